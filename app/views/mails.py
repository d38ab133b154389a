"""Who is to be mailed a digest now, and what somebody chose about mail."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, case, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.record.database import now_of
from app.record.digests import DigestMark
from app.record.journal import Entry
from app.record.mails import DigestMail
from app.record.mails import MailChoice as MailChoiceRow
from app.record.people import Delegation, Person
from app.record.people import Seat as SeatRow
from app.record.texts import Negotiation
from app.rules.mailing import DEFAULT, MailChoice, Timing, is_due
from app.rules.permissions import Role, Seat, Visibility, may_see


@dataclass(frozen=True, slots=True)
class NegotiationMail:
    """Mail about one negotiation: `timing` and `hour` as chosen for it, or (`is_own` false) as for all; the record
    entry up to which the person was told by mail; and why the last mail could not be sent, empty when it could."""

    negotiation: str
    timing: Timing
    hour: int
    is_own: bool
    told: int
    mailed_at: datetime | None
    last_error: str


@dataclass(frozen=True, slots=True)
class MailSettings:
    """When somebody's digests are mailed. `is_mailed`: this server sends mail, and the sign-in name is an address."""

    address: str
    is_mailed: bool
    timing: Timing
    hour: int
    negotiations: tuple[NegotiationMail, ...]


@dataclass(frozen=True, slots=True)
class Addressee:
    """Somebody who is to be mailed a digest now: their seat, address and name. `told` is the entry up to which they
    were told by mail, `seen` the one up to which they told us that they read."""

    seat: Seat
    address: str
    told: int
    seen: int


async def mail_settings(db: AsyncSession, seat: Seat, *, sends: bool) -> MailSettings:
    """What the person of `seat` chose, for all negotiations and each that they sit in. Two statements."""
    person, account = (
        await db.execute(
            select(Person, MailChoiceRow)
            .outerjoin(MailChoiceRow, MailChoiceRow.person_id == Person.id)
            .where(Person.id == (seat.person_id or 0))
        )
    ).one()
    of_all = _choice(account) or DEFAULT
    rows = await db.execute(
        select(Negotiation.slug, DigestMail)
        .join(SeatRow, SeatRow.negotiation_id == Negotiation.id)
        .outerjoin(DigestMail, _mails_of(SeatRow.person_id))
        .where(SeatRow.person_id == person.id)
        .order_by(Negotiation.slug)
    )
    return MailSettings(
        address=person.sign_in,
        is_mailed=sends and "@" in person.sign_in,
        timing=of_all.timing,
        hour=of_all.hour,
        negotiations=tuple(_of_one(slug, mail, of_all) for slug, mail in rows if seat.only in ("", slug)),
    )


async def addressees(db: AsyncSession) -> list[Addressee]:
    """Everybody who is to be mailed a digest now and whom nobody mails. One statement."""
    now = now_of(db)
    read = func.coalesce(DigestMark.seen_seq, 0)
    told = func.coalesce(DigestMail.told_seq, 0)
    known = case((read > told, read), else_=told)
    query: Any = (
        select(Person, SeatRow, Negotiation, Delegation.id, Delegation.code, DigestMail, MailChoiceRow, read, Entry.at)
        .join(SeatRow, SeatRow.person_id == Person.id)
        .join(Negotiation, SeatRow.negotiation_id == Negotiation.id)
        .outerjoin(Delegation, SeatRow.delegation_id == Delegation.id)
        .outerjoin(DigestMail, _mails_of(Person.id))
        .outerjoin(DigestMark, and_(DigestMark.negotiation_id == Negotiation.id, DigestMark.person_id == Person.id))
        .outerjoin(MailChoiceRow, MailChoiceRow.person_id == Person.id)
        .join(Entry, and_(Entry.negotiation_id == Negotiation.id, Entry.seq == known + 1))
        .where(
            Person.is_active,
            Person.sign_in.contains("@"),
            or_(DigestMail.claimed_until.is_(None), DigestMail.claimed_until <= now),
            or_(DigestMail.next_attempt_at.is_(None), DigestMail.next_attempt_at <= now),
        )
        .order_by(SeatRow.id)
    )
    found = []
    for person, seat, negotiation, delegation_id, code, mail, account, seen, first in await db.execute(query):
        choice = _choice(mail) or _choice(account) or DEFAULT
        since = max(first, seat.taken_at)
        mailed_at = None if mail is None else mail.mailed_at
        role = Role(seat.role)
        if may_see(role, Visibility(negotiation.visibility)) and is_due(
            choice, negotiation.time_zone, since, mailed_at, now
        ):
            their_seat = Seat(person.id, person.name, role, negotiation.slug, negotiation.id, code or "", delegation_id)
            found.append(Addressee(their_seat, person.sign_in, 0 if mail is None else mail.told_seq, seen))
    return found


def _mails_of(person_id: Any) -> Any:
    return and_(DigestMail.negotiation_id == Negotiation.id, DigestMail.person_id == person_id)


def _choice(row: Any) -> MailChoice | None:
    return None if row is None or row.timing is None else MailChoice(Timing(row.timing), row.hour)


def _of_one(slug: str, mail: DigestMail | None, of_all: MailChoice) -> NegotiationMail:
    own = _choice(mail)
    choice = own or of_all
    return NegotiationMail(
        negotiation=slug,
        timing=choice.timing,
        hour=choice.hour,
        is_own=own is not None,
        told=0 if mail is None else mail.told_seq,
        mailed_at=None if mail is None else mail.mailed_at,
        last_error="" if mail is None else mail.last_error,
    )
