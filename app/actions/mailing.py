"""Choosing when digests are mailed, and the book-keeping of those who mail them. Nothing here is on a record."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from sqlalchemy import delete, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from app.problems import NotFound, TokenForOneNegotiation
from app.record.database import now_of
from app.record.mails import DigestMail
from app.record.mails import MailChoice as MailChoiceRow
from app.record.people import Person
from app.record.people import Seat as SeatRow
from app.record.texts import Negotiation
from app.rules.delivery import pause_after
from app.rules.mailing import DEFAULT, MailChoice
from app.rules.permissions import Seat
from app.said import Said

LEASE: Final = timedelta(minutes=2)  # several times what one mail may take


async def choose(db: AsyncSession, seat: Seat, account: MailChoice, negotiations: Mapping[str, MailChoice]) -> None:
    """Have digests mailed as `account` says, and otherwise in some `negotiations`, by slug.

    What was chosen before is forgotten. Raises NotFound for a negotiation in which the person has no seat,
    TokenForOneNegotiation.
    """
    seat.must("account.choose_mail")
    if seat.only:
        raise TokenForOneNegotiation(negotiation=seat.only, what=Said("what holds for all negotiations"))
    # Locked, so that of two choices made at once one is whole.
    await db.execute(select(Person.id).where(Person.id == seat.person_id).with_for_update())
    ids = await _seated_in(db, seat)
    for slug in negotiations:
        if slug not in ids:
            raise NotFound(what=Said("negotiation"), name=slug, remedy=Said("Name one in which you have a seat."))
    await db.execute(delete(MailChoiceRow).where(MailChoiceRow.person_id == seat.person_id))
    if account != DEFAULT:
        db.add(MailChoiceRow(person_id=seat.person_id, timing=account.timing.value, hour=account.hour))
    await db.execute(update(DigestMail).where(DigestMail.person_id == seat.person_id).values(timing=None, hour=None))
    for slug, choice in negotiations.items():
        chosen = {"timing": choice.timing.value, "hour": choice.hour}
        await db.execute(_upsert(db, ids[slug], seat.person_id, chosen))
    await db.flush()


@dataclass(frozen=True, slots=True)
class MailClaim:
    """The mails of a negotiation to a person, which this process looks after for now."""

    id: int
    claim: str


async def claim(db: AsyncSession, negotiation_id: int, person_id: int, told: int) -> MailClaim | None:
    """Take the mails of a negotiation to a person for LEASE, as long as they were told up to entry `told`.

    None when another process has them, or has told more meanwhile. Three statements.
    """
    now, token = now_of(db), secrets.token_hex(8)
    await db.execute(_insert(db, negotiation_id, person_id).on_conflict_do_nothing())
    taken = await db.scalar(
        update(DigestMail)
        .where(
            DigestMail.negotiation_id == negotiation_id,
            DigestMail.person_id == person_id,
            DigestMail.told_seq == told,
            or_(DigestMail.claimed_until.is_(None), DigestMail.claimed_until <= now),
        )
        .values(claim=token, claimed_until=now + LEASE)
        .returning(DigestMail.id)
    )
    return None if taken is None else MailClaim(taken, token)


async def told(db: AsyncSession, claimed: MailClaim, seq: int, *, mailed: bool, error: str = "") -> bool:
    """They were told up to entry `seq`: by a mail, or because nothing in it was for them, or (`error`) their address
    refuses mail for good. False when the claim was lost."""
    when: dict[str, Any] = {"mailed_at": now_of(db)} if mailed else {}
    return await _moved(db, claimed, told_seq=seq, attempts=0, next_attempt_at=None, last_error=error, **when)


async def failed(db: AsyncSession, claimed: MailClaim, error: str, chance: float) -> bool:
    """A mail could not be sent for now: it is tried again later, with what there is to tell then."""
    attempts = (await db.scalar(select(DigestMail.attempts).where(DigestMail.id == claimed.id)) or 0) + 1
    later = now_of(db) + pause_after(attempts, chance)
    return await _moved(db, claimed, attempts=attempts, next_attempt_at=later, last_error=error)


async def _moved(db: AsyncSession, claimed: MailClaim, **values: Any) -> bool:
    moved = await db.scalar(
        update(DigestMail)
        .where(DigestMail.id == claimed.id, DigestMail.claim == claimed.claim)
        .values(claim="", claimed_until=None, **values)
        .returning(DigestMail.id)
    )
    return moved is not None


async def _seated_in(db: AsyncSession, seat: Seat) -> dict[str, int]:
    rows = await db.execute(
        select(Negotiation.slug, Negotiation.id)
        .join(SeatRow, SeatRow.negotiation_id == Negotiation.id)
        .where(SeatRow.person_id == (seat.person_id or 0))
    )
    return {row.slug: row.id for row in rows}


def _insert(db: AsyncSession, negotiation_id: int, person_id: int | None, **values: Any) -> Any:
    dialect = sqlite if db.get_bind().dialect.name == "sqlite" else postgresql
    empty = {"told_seq": 0, "attempts": 0, "last_error": "", "claim": ""}
    return dialect.insert(DigestMail).values(negotiation_id=negotiation_id, person_id=person_id, **{**empty, **values})


def _upsert(db: AsyncSession, negotiation_id: int, person_id: int | None, chosen: dict[str, Any]) -> Any:
    return _insert(db, negotiation_id, person_id, **chosen).on_conflict_do_update(
        index_elements=[DigestMail.negotiation_id, DigestMail.person_id], set_=chosen
    )
