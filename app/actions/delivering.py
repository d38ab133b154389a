"""The book-keeping of webhooks: who sends to which, what was answered, when it is tried again.

No acts of the negotiation: nothing here is on the record. A webhook is claimed before anything is sent to it, for
LEASE; whoever holds the claim moves it on with every delivery. A process that dies holds up a webhook for LEASE and no
longer, and one that comes back after that finds that its claim is worth nothing.
"""

import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from sqlalchemy import and_, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from app.record.database import now_of
from app.record.texts import Negotiation
from app.record.webhooks import Webhook
from app.rules.delivery import WebhookState, after_failure

LEASE: Final = timedelta(seconds=60)  # several times what one delivery may take


@dataclass(frozen=True, slots=True)
class Claimed:
    """A webhook that this process sends to for now. `after` is the entry up to which it has the record; `pings`: a
    test delivery is wanted; `sends`: entries are due."""

    id: int
    claim: str
    name: str
    negotiation_id: int
    negotiation: str
    url: str
    secret: str
    verbs: tuple[str, ...]
    after: int
    pings: bool
    sends: bool


async def due(db: AsyncSession, most: int) -> list[int]:
    """The ids of webhooks to which something is to be sent now and nobody sends. One statement."""
    now = now_of(db)
    waits = and_(
        Webhook.state == WebhookState.ACTIVE.value,
        Webhook.delivered_seq < Negotiation.head_seq,
        or_(Webhook.next_attempt_at.is_(None), Webhook.next_attempt_at <= now),
    )
    query = (
        select(Webhook.id)
        .join(Negotiation, Webhook.negotiation_id == Negotiation.id)
        .where(or_(waits, Webhook.ping_asked_at.isnot(None)))
        .where(or_(Webhook.claimed_until.is_(None), Webhook.claimed_until <= now))
        .order_by(Webhook.claimed_until.isnot(None), Webhook.delivered_at, Webhook.id)
    )
    return list(await db.scalars(query.limit(most)))


async def claim(db: AsyncSession, webhook_id: int) -> Claimed | None:
    """Take a webhook for LEASE; None when another process has it, or it was removed. Two statements."""
    now, token = now_of(db), secrets.token_hex(8)
    taken = await db.scalar(
        update(Webhook)
        .where(Webhook.id == webhook_id, Webhook.state != WebhookState.REMOVED.value)
        .where(or_(Webhook.claimed_until.is_(None), Webhook.claimed_until <= now))
        .values(claim=token, claimed_until=now + LEASE)
        .returning(Webhook.id)
    )
    if taken is None:
        return None
    query = select(Webhook, Negotiation.slug).join(Negotiation, Webhook.negotiation_id == Negotiation.id)
    found, slug = (await db.execute(query.where(Webhook.id == webhook_id))).one()
    in_time = found.next_attempt_at is None or found.next_attempt_at <= now
    return Claimed(
        id=found.id,
        claim=token,
        name=f"W{found.number}",
        negotiation_id=found.negotiation_id,
        negotiation=slug,
        url=found.url,
        secret=found.secret,
        verbs=tuple(found.verbs),
        after=found.delivered_seq,
        pings=found.ping_asked_at is not None,
        sends=found.state == WebhookState.ACTIVE.value and in_time,
    )


async def delivered(db: AsyncSession, claimed: Claimed, seq: int) -> bool:
    """The webhook has the record up to `seq`; the claim holds for another LEASE. False when the claim was lost."""
    now = now_of(db)
    return await _moved(
        db,
        claimed,
        delivered_seq=seq,
        delivered_at=now,
        attempts=0,
        failing_since=None,
        next_attempt_at=None,
        last_error="",
        claimed_until=now + LEASE,
    )


async def passed_over(db: AsyncSession, claimed: Claimed, seq: int) -> bool:
    """What the webhook does not want, up to `seq`, is behind it. False when the claim was lost."""
    return await _moved(db, claimed, delivered_seq=seq)


async def failed(db: AsyncSession, claimed: Claimed, error: str, chance: float, *, gone: bool = False) -> bool:
    """A delivery failed, for the reason `error`: it is tried again later, or no more. The claim is given back."""
    now = now_of(db)
    query = select(Webhook.attempts, Webhook.failing_since).where(Webhook.id == claimed.id)
    attempts, since = (await db.execute(query)).one()
    becomes = after_failure(attempts, since, now, chance, gone=gone)
    return await _moved(
        db,
        claimed,
        state=becomes.state.value,
        attempts=becomes.attempts,
        failing_since=becomes.failing_since,
        next_attempt_at=becomes.next_attempt_at,
        last_error=error,
        claim="",
        claimed_until=None,
    )


async def pinged(db: AsyncSession, claimed: Claimed, answer: str) -> bool:
    """The test delivery was sent and answered so. False when the claim was lost."""
    now = now_of(db)
    return await _moved(db, claimed, ping_asked_at=None, pinged_at=now, ping_answer=answer, claimed_until=now + LEASE)


async def release(db: AsyncSession, claimed: Claimed) -> bool:
    """Give a claim back, so that the next delivery need not wait for its end."""
    return await _moved(db, claimed, claim="", claimed_until=None)


async def _moved(db: AsyncSession, claimed: Claimed, **values: Any) -> bool:
    moved = await db.scalar(
        update(Webhook)
        .where(Webhook.id == claimed.id, Webhook.claim == claimed.claim)
        .values(**values)
        .returning(Webhook.id)
    )
    return moved is not None
