"""The same request twice acts once: its answer is kept with the act and given again."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from app.problems import IdempotencyKeyReused
from app.record.database import now_of
from app.record.people import KeptAnswer


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer as it was sent: status, the headers worth keeping, the body."""

    status: int
    headers: dict[str, str]
    body: bytes


async def reserve(
    db: AsyncSession, person_id: int, key: str, request_hash: str, within: timedelta | None = None
) -> Answer | None:
    """Claim a key for the act about to happen: None, or the answer to give again when it happened already, or (with
    `within`) happened so recently.

    Whoever claims the same key at the same time waits here for the first to finish. Raises IdempotencyKeyReused when
    the key came with another request.
    """
    if within is not None:
        await forget(db, person_id, key, before=now_of(db) - within)
    values = {
        "person_id": person_id,
        "key": key,
        "request_hash": request_hash,
        "status": 0,
        "headers": {},
        "body": b"",
        "kept_at": now_of(db),
    }
    dialect = sqlite if db.get_bind().dialect.name == "sqlite" else postgresql
    claim = dialect.insert(KeptAnswer).values(**values).on_conflict_do_nothing().returning(KeptAnswer.id)
    kept = None
    while kept is None:  # again when the answer in the way was dropped as too old before it could be read
        if await db.scalar(claim) is not None:
            return None
        kept = await db.scalar(select(KeptAnswer).where(KeptAnswer.person_id == person_id, KeptAnswer.key == key))
    if kept.request_hash != request_hash:
        raise IdempotencyKeyReused(key=key)
    return Answer(kept.status, kept.headers, kept.body)


async def keep(db: AsyncSession, person_id: int, key: str, answer: Answer) -> None:
    """Keep the answer under the key that was claimed, in the transaction of the act."""
    await db.execute(
        update(KeptAnswer)
        .where(KeptAnswer.person_id == person_id, KeptAnswer.key == key)
        .values(status=answer.status, headers=answer.headers, body=answer.body)
    )


async def forget(db: AsyncSession, person_id: int, key: str, before: datetime | None = None) -> None:
    """Let go of a key, for good or where it was claimed `before` a moment: with it one may act anew."""
    which = delete(KeptAnswer).where(KeptAnswer.person_id == person_id, KeptAnswer.key == key)
    await db.execute(which if before is None else which.where(KeptAnswer.kept_at < before))


async def forget_old(db: AsyncSession, kept_for: timedelta) -> None:
    """Drop the answers that were kept long enough."""
    await db.execute(delete(KeptAnswer).where(KeptAnswer.kept_at < now_of(db) - kept_for))
