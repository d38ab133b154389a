"""Warning the room before a silence ends: once for each deadline, whichever process notices first."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.actions.locking import Act, locked
from app.actions.silence import clauses_under, running_on
from app.record.database import now_of
from app.record.proposals import Silence, SilenceClause
from app.record.texts import Clause
from app.rules.facts import not_spoken
from app.rules.permissions import Role, Seat
from app.rules.standing import ClauseStanding


async def due(db: AsyncSession) -> list[int]:
    """The ids of the silences that the room has to be warned of now. One statement."""
    now = now_of(db)
    query = select(Silence.id).where(_to_come(now), Silence.warn_at <= now).order_by(Silence.warn_at)
    return list(await db.scalars(query))


async def next_due(db: AsyncSession) -> datetime | None:
    """When the room next has to be warned of a silence, or None when it has not. One statement."""
    found: datetime | None = await db.scalar(
        select(Silence.warn_at).where(_to_come(now_of(db))).order_by(Silence.warn_at).limit(1)
    )
    return found


async def warn(db: AsyncSession, silence_id: int) -> bool:
    """Put on the record that a silence is about to end, on which clauses, and who has not spoken on them. Whether this
    call did it: not before it is due, not twice, and not where nothing is left of the silence.
    """
    silence = await db.get(Silence, silence_id)
    if silence is None:
        return False
    negotiation = await locked(db, silence.negotiation_id)
    await db.refresh(silence)
    now = now_of(db)
    if negotiation is None or silence.warn_at is None or silence.warned_at is not None:
        return False
    if not silence.warn_at <= now < silence.deadline:
        return False
    seat = Seat(None, "Chapeau", Role.SECRETARIAT, negotiation.slug, negotiation.id)
    act = Act(db, seat, "silence.warn", negotiation, now)
    running = running_on(await clauses_under(act, silence), silence, now)
    if not running:
        silence.warn_at = None  # nothing is left to warn of
        return False
    silence.warned_at = now
    await act.recorded(
        {
            "silence": f"S{silence.number}",
            "deadline": silence.deadline.isoformat(timespec="seconds"),
            **_who_is_silent(running),
        }
    )
    return True


def _to_come(now: datetime) -> ColumnElement[bool]:
    """Silences with a warning still to be given, that run on a clause."""
    runs_somewhere = exists().where(
        SilenceClause.silence_id == Silence.id,
        SilenceClause.clause_id == Clause.id,
        SilenceClause.broken_by.is_(None),
        SilenceClause.ended_at.is_(None),
        Clause.removed_by.is_(None),
    )
    return and_(
        Silence.passed_seq.is_(None),
        Silence.deadline > now,
        Silence.warn_at.isnot(None),
        Silence.warned_at.is_(None),
        runs_somewhere,
    )


def _who_is_silent(running: Iterable[ClauseStanding]) -> dict[str, Any]:
    """The clauses with the delegations that have said nothing on each, and those that have said nothing on some."""
    silent = [(found, not_spoken(found.facts)) for found in running]
    return {
        "clauses": [
            {"clause": f.key, "label": f.label, "version": f.clause.version, "not_spoken": list(codes)}
            for f, codes in silent
        ],
        "not_spoken": list(dict.fromkeys(code for _, codes in silent for code in codes)),
    }
