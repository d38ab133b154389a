"""A delegation says where it stands on a clause or on an amendment, or takes back what it said."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from app.actions.finding import amendment_named, must_be_at
from app.actions.locking import Act, begin
from app.actions.saying import say, take_back
from app.actions.silence import break_on
from app.problems import NoPosition, ReasonRequired
from app.record.standing import clause_standing, standing
from app.rules.amendments import AmendmentAct, AmendmentStatus, may_happen
from app.rules.consensus import must_be_open
from app.rules.facts import objections
from app.rules.permissions import Seat
from app.rules.positions import Stance
from app.rules.standing import ClauseStanding
from app.said import Said
from app.text.screen import screened


@dataclass(frozen=True, slots=True)
class Taken:
    """A position after an act: what it is on (`OP4`, `A12`) and its version. `stance` None: it was taken back."""

    on: str
    version: int
    delegation: str
    stance: Stance | None
    reason: str
    seq: int


async def take_on_clause(
    db: AsyncSession, seat: Seat, clause: str, expected: str, stance: Stance, reason: str
) -> Taken:
    """Say where the seat's delegation stands on the version `expected` of a clause.

    An objection needs a reason, and breaks a silence running on the clause. Raises StaleVersion, ClauseClosed,
    ClauseRemoved, ReasonRequired.
    """
    act = await begin(db, seat, "position.take")
    reason = _reason(stance, reason)
    found = await clause_standing(db, act.negotiation, clause)
    found.must_be_at(expected)
    found.must_be_in_the_text()
    must_be_open(found.facts, act.now)
    broken = await break_on(act, found, reason) if stance is Stance.OBJECT else {}
    await say(act, found, stance, reason)
    version = found.clause.version
    said = {"clause": found.key, "label": found.label, "version": version, "stance": stance.value, "reason": reason}
    written = await act.recorded(said | broken)
    return Taken(found.label, version, seat.delegation, stance, reason, written.seq)


async def withdraw_from_clause(db: AsyncSession, seat: Seat, clause: str, expected: str) -> Taken:
    """Take back the delegation's own position on a clause: it is silent again, or its group speaks for it."""
    act = await begin(db, seat, "position.withdraw")
    found = await clause_standing(db, act.negotiation, clause)
    found.must_be_at(expected)
    must_be_open(found.facts, act.now)
    if not await take_back(act, found):
        raise NoPosition(delegation=seat.delegation, what=found.label)
    version = found.clause.version
    said = {"clause": found.key, "label": found.label, "version": version, "stance": None}
    written = await act.recorded(said | await _break_for_the_group(act, found))
    return Taken(found.label, version, seat.delegation, None, "", written.seq)


async def take_on_amendment(
    db: AsyncSession, seat: Seat, name: str, expected: str, stance: Stance, reason: str
) -> Taken:
    """Say where the seat's delegation stands on an open amendment: it advises the room, it decides nothing."""
    act = await begin(db, seat, "position.take")
    reason = _reason(stance, reason)
    amendment, _, _ = await amendment_named(act, name)
    may_happen(amendment.number, AmendmentStatus(amendment.status), AmendmentAct.COSPONSOR)
    must_be_at(amendment, expected)
    await say(act, amendment, stance, reason)
    version = amendment.current_version
    said = {"amendment": f"A{amendment.number}", "version": version, "stance": stance.value, "reason": reason}
    written = await act.recorded(said)
    return Taken(f"A{amendment.number}", version, seat.delegation, stance, reason, written.seq)


async def withdraw_from_amendment(db: AsyncSession, seat: Seat, name: str, expected: str) -> Taken:
    """Take back the delegation's own position on an open amendment."""
    act = await begin(db, seat, "position.withdraw")
    amendment, _, _ = await amendment_named(act, name)
    may_happen(amendment.number, AmendmentStatus(amendment.status), AmendmentAct.COSPONSOR)
    must_be_at(amendment, expected)
    if not await take_back(act, amendment):
        raise NoPosition(delegation=seat.delegation, what=f"A{amendment.number}")
    version = amendment.current_version
    written = await act.recorded({"amendment": f"A{amendment.number}", "version": version, "stance": None})
    return Taken(f"A{amendment.number}", version, seat.delegation, None, "", written.seq)


async def _break_for_the_group(act: Act, before: ClauseStanding) -> dict[str, Any]:
    """A member that is silent again is spoken for by its group: where that objects, a running silence is broken."""
    await act.db.flush()
    found = (await standing(act.db, act.negotiation, [before.id])).clauses[0]
    for position in objections(found.facts):
        return await break_on(act, found, position.reason, by=position.via or position.delegation)
    return {}


def _reason(stance: Stance, reason: str) -> str:
    if stance is Stance.OBJECT and not reason.strip():
        raise ReasonRequired(act=Said("An objection"))
    return screened(reason, "reason") if reason.strip() else ""
