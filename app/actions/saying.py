"""Putting down what a delegation says: nothing is overwritten, the earlier position is ended and stays."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import update

from app.actions.locking import Act
from app.record.proposals import Amendment, Position
from app.rules.positions import Stance
from app.rules.standing import ClauseStanding


async def say(act: Act, subject: ClauseStanding | Amendment, stance: Stance, reason: str) -> None:
    """The seat's delegation takes a position on the current version of a clause or an amendment."""
    await take_back(act, subject)
    on_clause = isinstance(subject, ClauseStanding)
    act.db.add(
        Position(
            negotiation_id=act.negotiation.id,
            delegation_id=act.seat.delegation_id,
            person_id=act.seat.person_id,
            clause_id=subject.id if on_clause else None,
            amendment_id=None if on_clause else subject.id,
            version=subject.clause.version if isinstance(subject, ClauseStanding) else subject.current_version,
            stance=stance.value,
            reason=reason,
            seq=act.seq,
            taken_at=act.now,
        )
    )


async def take_back(
    act: Act,
    subject: ClauseStanding | Amendment,
    *,
    of: int | None = None,
    stances: Collection[Stance] = tuple(Stance),
) -> bool:
    """End a delegation's position on a clause or an amendment, if it is one of `stances`. Whether there was one.

    `of`: whose, by its id; the seat's own when left out.
    """
    about: Any = Position.clause_id if isinstance(subject, ClauseStanding) else Position.amendment_id
    ended = await act.db.execute(
        update(Position)
        .where(
            about == subject.id,
            Position.delegation_id == (of or act.seat.delegation_id),
            Position.stance.in_([stance.value for stance in stances]),
            Position.ended_at.is_(None),
        )
        .values(ended_at=act.now)
        .returning(Position.id)
    )
    return ended.first() is not None
