"""How every act begins: the negotiation's row is locked, so that acts on one negotiation happen one after the other."""

from collections.abc import Awaitable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from app.problems import NotFound, Problem
from app.record import journal
from app.record.database import now_of
from app.record.texts import Negotiation
from app.rules.permissions import Seat
from app.rules.stages import Stage, must_be_possible
from app.said import Said

Result = TypeVar("Result")


@dataclass(slots=True)
class Act:
    """An act under way: who does what, in which negotiation, at which moment, and the number its entry will have."""

    db: AsyncSession
    seat: Seat
    verb: str
    negotiation: Negotiation
    now: datetime

    @property
    def seq(self) -> int:
        return self.negotiation.head_seq + 1

    async def recorded(self, payload: dict[str, Any], audience: str = journal.ROOM) -> journal.Written:
        """Put the act on the record and send everything to the database. Called once, at the end."""
        written = journal.append(
            self.db, self.negotiation, self.seat, self.verb, payload, at=self.now, audience=audience
        )
        await self.db.flush()
        return written


async def locked(db: AsyncSession, negotiation_id: int) -> Negotiation | None:
    """The row of a negotiation, as it is once nobody else writes to it.

    Read anew: a session that has looked at it before would otherwise go on with what it said before the wait.
    """
    query = select(Negotiation).where(Negotiation.id == negotiation_id).with_for_update()
    found: Negotiation | None = await db.scalar(query.execution_options(populate_existing=True))
    return found


async def begin(db: AsyncSession, seat: Seat, verb: str) -> Act:
    """Check that `seat` may do `verb`, lock its negotiation, and check that its stage permits it.

    Raises what Seat.must and must_be_possible raise.
    """
    seat.must(verb)
    negotiation = await locked(db, seat.negotiation_id)
    if negotiation is None:
        raise NotFound(
            what=Said("negotiation"),
            name=seat.negotiation,
            remedy=Said("GET /api/v1/negotiations lists yours.", "Your first page lists yours."),
        )
    must_be_possible(verb, Stage(negotiation.stage), negotiation.symbol)
    return Act(db, seat, verb, negotiation, now_of(db))


async def undone(act: Act, carried_out: Awaitable[Result]) -> Result:
    """What an act would give back: it is carried out and undone, so that nothing is left of it, on record neither."""
    async with act.db.begin_nested() as savepoint:
        found = await carried_out
        await savepoint.rollback()
    return found


async def flush_new(db: AsyncSession, taken: Problem) -> None:
    """Send a new row with a unique name to the database. Raises `taken` when another act took the name meanwhile."""
    try:
        await db.flush()
    except IntegrityError as error:
        raise taken from error
