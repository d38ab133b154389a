"""People take seats by invitation: it is sent, revoked, and accepted once."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.actions.access import add_person, as_sign_in
from app.actions.attempts import must_not_have_failed_too_often, note_failure
from app.actions.inviting import chair_of, put_in_chair, seat_of, secretariat_beside
from app.actions.locking import Act, begin
from app.actions.passwords import set_password, verify_password
from app.problems import (
    AlreadySeated,
    AlreadyThere,
    InvalidInput,
    InvitationForAnother,
    InvitationNotGood,
    InvitationSettled,
    NotFound,
    ScopeTooNarrow,
    SeatKept,
    SeatNotYoursToGive,
    SignInRefused,
)
from app.record.invitations import Invitation, good_invitation
from app.record.people import Delegation, Person
from app.record.secrets import INVITATION, new_secret, secret_hash
from app.record.texts import Negotiation
from app.rules.invitations import InvitationStatus, expiry
from app.rules.passwords import must_be_good
from app.rules.permissions import Role, Seat
from app.rules.seating import Chair, must_be_theirs_to_give, must_leave_a_secretariat
from app.said import Said
from app.text.screen import screened


@dataclass(frozen=True, slots=True)
class Sent:
    """A new invitation. `secret` is shown this once; the server keeps its hash only."""

    invitation: str
    secret: str
    role: Role
    delegation: str
    sign_in: str
    name: str
    expires_at: datetime
    seq: int


@dataclass(frozen=True, slots=True)
class Revoked:
    """An invitation that is good for nothing any more."""

    invitation: str
    seq: int


@dataclass(frozen=True, slots=True)
class Accepted:
    """The seat that a person took."""

    negotiation: str
    sign_in: str
    name: str
    role: Role
    delegation: str
    seq: int


@dataclass(frozen=True, slots=True)
class Account:
    """How somebody who is not signed in makes themselves known: with an account they have, or (with a `name`) a new
    one; `is_known`: they say that they have one, and none is made. `address` is that in the network they come from."""

    sign_in: str
    password: str
    name: str = ""
    is_known: bool = False
    address: str = ""


# --- sending and revoking -------------------------------------------------------------------------------------------


async def send(
    db: AsyncSession,
    seat: Seat,
    delegation: str = "",
    role: Role | None = None,
    *,
    sign_in: str = "",
    name: str = "",
    days: int | None = None,
) -> Sent:
    """Make an invitation to a seat: in a delegation that takes part, or as secretariat or reader without one.

    With a `sign_in`, only the person with that address can accept it. It lasts two weeks, or so many `days`. Raises
    NotTakingPart, InvalidInput; SeatNotYoursToGive where that is for the secretariat.
    """
    act = await begin(db, seat, "invitation.send")
    given, delegation_id = await chair_of(db, act.negotiation, delegation, role)
    must_be_theirs_to_give(seat, name, None, given)
    last = await db.scalar(select(func.max(Invitation.number)).where(Invitation.negotiation_id == act.negotiation.id))
    secret = new_secret(INVITATION)
    made = Invitation(
        negotiation_id=act.negotiation.id,
        number=(last or 0) + 1,
        delegation_id=delegation_id,
        role=given.role.value,
        sign_in=as_sign_in(sign_in) if sign_in.strip() else "",
        name=screened(name, "name", limit=200) if name.strip() else "",
        secret_hash=secret_hash(secret),
        sent_by=seat.person_id,
        sent_as=seat.role.value,
        sent_for_id=seat.delegation_id,
        sent_at=act.now,
        expires_at=expiry(act.now, days),
    )
    db.add(made)
    called = f"I{made.number}"
    written = await act.recorded(  # whom it is addressed to is nobody's business, and the record is for ever
        {
            "invitation": called,
            "delegation": given.delegation,
            "role": given.role.value,
            "until": made.expires_at.isoformat(),
        }
    )
    return Sent(called, secret, given.role, given.delegation, made.sign_in, made.name, made.expires_at, written.seq)


async def revoke(db: AsyncSession, seat: Seat, name: str) -> Revoked:
    """Make an invitation useless. A penholder revokes those that it could send.

    Raises NotFound, SeatNotYoursToGive, InvitationSettled.
    """
    act = await begin(db, seat, "invitation.revoke")
    digits = name.strip().removeprefix("I").removeprefix("i")
    number = int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= 9 else 0
    row = (
        await db.execute(
            select(Invitation, Delegation.code)
            .outerjoin(Delegation, Invitation.delegation_id == Delegation.id)
            .where(Invitation.negotiation_id == act.negotiation.id, Invitation.number == number)
        )
    ).first()
    if row is None:
        raise NotFound(
            what=Said("invitation"),
            name=name,
            remedy=Said("GET .../invitations lists them.", "The page “People” lists them."),
        )
    found, code = row
    must_be_theirs_to_give(seat, found.name, None, Chair(Role(found.role), code or ""))
    if (status := found.status(act.now)) in (InvitationStatus.ACCEPTED, InvitationStatus.REVOKED):
        raise InvitationSettled(invitation=f"I{found.number}", status=Said(status.value))
    found.revoked_at = act.now
    written = await act.recorded({"invitation": f"I{found.number}"})
    return Revoked(f"I{found.number}", written.seq)


# --- accepting ------------------------------------------------------------------------------------------------------


async def accept(db: AsyncSession, who: Seat, secret: str, account: Account | None = None) -> Accepted | None:
    """Take the seat that an invitation keeps: as the person of `who`, or of nobody there, as that of `account`, which
    is made where there is none with its sign-in name. None, with the failure noted as at sign-in, for a wrong password.

    Raises InvitationNotGood for one that is not known, or used, revoked or expired: nobody learns which;
    InvitationForAnother, TooManyAttempts, PasswordRefused, AlreadySeated, SeatKept, LastOfTheSecretariat.
    """
    invitation = await good_invitation(db, secret)
    negotiation = await db.get_one(Negotiation, invitation.negotiation_id)
    person = await _person_accepting(db, who, negotiation, invitation, account)
    if person is None:
        return None
    delegation = await db.get(Delegation, invitation.delegation_id) if invitation.delegation_id else None
    code = "" if delegation is None else delegation.code
    given, delegation_id = await chair_of(db, negotiation, code, None if code else Role(invitation.role))
    seat = Seat(person.id, person.name, given.role, negotiation.slug, negotiation.id, code, delegation_id)
    act = await begin(db, seat, "invitation.accept")
    await db.refresh(invitation)  # whoever else had it may have been first
    if invitation.status(act.now) is not InvitationStatus.OPEN:
        raise InvitationNotGood()
    existing, held = await seat_of(act, person)
    if held == given:
        raise AlreadySeated(person=person.name, negotiation=negotiation.slug, chair=given.words)
    await _must_be_free_to_move(act, invitation, person, held, given)
    must_leave_a_secretariat(person.name, negotiation.slug, held, given, await secretariat_beside(act, person))
    put_in_chair(act, person, existing, given, delegation_id)
    invitation.accepted_at, invitation.accepted_by = act.now, person.id
    payload = {"person": person.name, "person_id": person.id, "delegation": code, "role": given.role.value}
    written = await act.recorded({"invitation": f"I{invitation.number}", **payload})
    return Accepted(negotiation.slug, person.sign_in, person.name, given.role, code, written.seq)


async def _person_accepting(
    db: AsyncSession, who: Seat, negotiation: Negotiation, invitation: Invitation, account: Account | None
) -> Person | None:
    if who.person_id is not None:
        if account is not None:
            raise InvalidInput.at(
                "sign_in",
                Said(
                    "you are signed in with a token; leave sign_in, name and password out.",
                    "you are signed in already.",
                ),
            )
        if who.only not in ("", negotiation.slug):
            raise ScopeTooNarrow(
                verb="invitation.accept", scope=Said("{scope} in {only} alone", scope=who.scope.words, only=who.only)
            )
        person = await db.get_one(Person, who.person_id)
        _must_be_for(invitation, person.sign_in)
        return person
    if account is None:
        raise InvalidInput.at(
            "sign_in",
            Said(
                "give your sign-in name and password, or send an access token.",
                "give your sign-in name and password.",
            ),
        )
    sign_in = as_sign_in(account.sign_in)
    _must_be_for(invitation, sign_in)
    name = account.name.strip() or invitation.name
    if not account.is_known:  # of all alike: a refusal does not tell whether there is an account
        must_be_good(account.password, sign_in, name)
    await must_not_have_failed_too_often(db, sign_in, account.address)
    found = await db.scalar(select(Person).where(Person.sign_in == sign_in))
    if await verify_password(found, account.password) and found is not None:
        return found
    if found is not None or account.is_known or not name:
        await note_failure(db, sign_in, account.address)
        return None
    return await _new_person(db, sign_in, name, account.password)


async def _new_person(db: AsyncSession, sign_in: str, name: str, password: str) -> Person:
    try:
        person = await db.get_one(Person, await add_person(db, sign_in, name))
    except AlreadyThere:  # somebody made it at this moment
        raise SignInRefused() from None
    await set_password(person, password)
    await db.flush()
    return person


def _must_be_for(invitation: Invitation, sign_in: str) -> None:
    if invitation.sign_in not in ("", sign_in):
        raise InvitationForAnother()


async def _must_be_free_to_move(
    act: Act, invitation: Invitation, person: Person, held: Chair | None, given: Chair
) -> None:
    """Whoever sent the invitation moves nobody with it whom they could not give that seat."""
    sender = await act.db.get(Delegation, invitation.sent_for_id) if invitation.sent_for_id else None
    giver = replace(act.seat, role=Role(invitation.sent_as), delegation="" if sender is None else sender.code)
    try:
        must_be_theirs_to_give(giver, person.name, held, given)
    except SeatNotYoursToGive:
        raise SeatKept(person=person.name, negotiation=act.negotiation.slug, chair=held.words if held else "") from None
