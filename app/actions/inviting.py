"""Who takes part in a negotiation: delegations are invited with a role, people take seats."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.actions.access import person_signing_in
from app.actions.locking import Act, begin
from app.actions.silence import break_on_each
from app.problems import AlreadyThere, InvalidInput
from app.record.participants import delegation_coded, participating
from app.record.people import Delegation, Participation, Person
from app.record.people import Seat as SeatRow
from app.record.standing import standing
from app.record.texts import Negotiation
from app.rules.facts import objections
from app.rules.permissions import Role, Seat
from app.rules.seating import Chair, must_be_theirs_to_give, must_be_theirs_to_invite, must_leave_a_secretariat
from app.said import Said

_INVITED_AS = (Role.PENHOLDER, Role.DELEGATE, Role.OBSERVER)
_WITHOUT_DELEGATION = (Role.SECRETARIAT, Role.READER)


@dataclass(frozen=True, slots=True)
class Invited:
    """A delegation that was invited, with its role."""

    code: str
    name: str
    kind: str
    role: Role
    seq: int


@dataclass(frozen=True, slots=True)
class Seated:
    """A person who was given a seat. `delegation` is empty for the secretariat and for readers."""

    sign_in: str
    name: str
    role: Role
    delegation: str
    seq: int


async def invite(db: AsyncSession, seat: Seat, code: str, role: Role) -> Invited:
    """Invite a delegation as penholder, delegate or observer; only the secretariat gives the pen.

    Raises NotFound, AlreadyThere, InvalidInput, PenNotYoursToGive.
    """
    act = await begin(db, seat, "delegation.invite")
    if role not in _INVITED_AS:
        raise InvalidInput.at("role", Said("a delegation is invited as {roles}.", roles=", ".join(_INVITED_AS)))
    delegation = await delegation_coded(db, code)
    must_be_theirs_to_invite(seat, delegation.code, role)
    there = select(Participation.id).where(
        Participation.negotiation_id == act.negotiation.id, Participation.delegation_id == delegation.id
    )
    if await db.scalar(there) is not None:
        raise AlreadyThere(what=Said("participant"), name=delegation.code, remedy=Said("It takes part already."))
    db.add(
        Participation(
            negotiation_id=act.negotiation.id, delegation_id=delegation.id, role=role.value, invited_at=act.now
        )
    )
    await db.flush()
    payload = {"delegation": delegation.code, "role": role.value} | await _break_for_its_groups(act)
    written = await act.recorded(payload)
    return Invited(delegation.code, delegation.name, delegation.kind, role, written.seq)


async def _break_for_its_groups(act: Act) -> dict[str, Any]:
    """A delegation that comes in is spoken for by its groups: where one objects, a silence that runs is broken."""
    broken = []
    for found in (await standing(act.db, act.negotiation)).clauses:
        against = objections(found.facts)
        if against:
            broken.append((found, against[0].reason, against[0].via or against[0].delegation))
    return await break_on_each(act, broken)


async def assign_seat(db: AsyncSession, seat: Seat, sign_in: str, delegation: str, role: Role | None) -> Seated:
    """Give a person a seat: in a delegation that takes part, with its role, or as secretariat or reader without one.

    A person sits for exactly one delegation: a new seat replaces the one they had. Raises NotFound, NotTakingPart,
    InvalidInput; SeatNotYoursToGive where that is for the secretariat, LastOfTheSecretariat.
    """
    act = await begin(db, seat, "seat.assign")
    person = await person_signing_in(db, sign_in)
    given, delegation_id = await chair_of(db, act.negotiation, delegation, role)
    existing, held = await seat_of(act, person)
    must_be_theirs_to_give(seat, person.name, held, given)
    must_leave_a_secretariat(person.name, seat.negotiation, held, given, await secretariat_beside(act, person))
    put_in_chair(act, person, existing, given, delegation_id)
    written = await act.recorded(
        {"person": person.name, "person_id": person.id, "delegation": given.delegation, "role": given.role.value}
    )
    return Seated(person.sign_in, person.name, given.role, given.delegation, written.seq)


async def chair_of(
    db: AsyncSession, negotiation: Negotiation, delegation: str, role: Role | None
) -> tuple[Chair, int | None]:
    """The chair that is asked for, with the id of its delegation. Raises NotTakingPart, InvalidInput."""
    if delegation:
        row, its_role = await participating(db, negotiation, delegation)
        if role not in (None, its_role):
            raise InvalidInput.at(
                "role",
                Said(
                    "{delegation} takes part as {its_role}; leave the field out.",
                    "{delegation} takes part as {its_role}; choose no other role for it.",
                    delegation=row.code,
                    its_role=its_role,
                ),
            )
        return Chair(its_role, row.code), row.id
    if role not in _WITHOUT_DELEGATION:
        raise InvalidInput.at("role", Said("a seat without a delegation is that of the secretariat or of a reader."))
    return Chair(role), None


def put_in_chair(act: Act, person: Person, existing: SeatRow | None, given: Chair, delegation_id: int | None) -> None:
    """Seat a person, who gives up the seat that they had (`existing`)."""
    if existing is None:
        existing = SeatRow(negotiation_id=act.negotiation.id, person_id=person.id)
        act.db.add(existing)
    existing.delegation_id, existing.role, existing.taken_at = delegation_id, given.role.value, act.now


async def seat_of(act: Act, person: Person) -> tuple[SeatRow | None, Chair | None]:
    """The seat that a person has in the negotiation, with the chair that it is. One statement."""
    row = (
        await act.db.execute(
            select(SeatRow, Delegation.code)
            .outerjoin(Delegation, SeatRow.delegation_id == Delegation.id)
            .where(SeatRow.negotiation_id == act.negotiation.id, SeatRow.person_id == person.id)
        )
    ).first()
    return (None, None) if row is None else (row[0], Chair(Role(row[0].role), row[1] or ""))


async def secretariat_beside(act: Act, person: Person) -> int:
    """How many others sit as secretariat and can sign in."""
    others = (
        select(func.count())
        .select_from(SeatRow)
        .join(Person, SeatRow.person_id == Person.id)
        .where(
            SeatRow.negotiation_id == act.negotiation.id,
            SeatRow.role == Role.SECRETARIAT.value,
            SeatRow.person_id != person.id,
            Person.is_active,
        )
    )
    return await act.db.scalar(others) or 0
