"""Who is asking: from an access token to the seat its holder has. And the tokens somebody holds."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy import and_, bindparam, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.problems import NotFound, NotSignedIn
from app.record.database import now_of
from app.record.people import AccessToken, Delegation, Person
from app.record.people import Seat as SeatRow
from app.record.secrets import is_well_formed, secret_hash
from app.record.texts import Negotiation
from app.rules.permissions import Role, Scope, Seat, Visibility, may_see
from app.said import Said

OPERATOR: Final = "the operator"

# Asked with every request: put together once. (Any: who has no seat has None in the place of seat and delegation.)
_SEAT: Final[Any] = (
    select(AccessToken, Person, Negotiation, SeatRow, Delegation)
    .join(Person, AccessToken.person_id == Person.id)
    .join(Negotiation, Negotiation.slug == bindparam("slug"))
    .outerjoin(SeatRow, and_(SeatRow.negotiation_id == Negotiation.id, SeatRow.person_id == Person.id))
    .outerjoin(Delegation, SeatRow.delegation_id == Delegation.id)
    .where(AccessToken.secret_hash == bindparam("secret"))
)


@dataclass(frozen=True, slots=True)
class Account:
    """Whose token this is, what it is good for and until when."""

    sign_in: str
    name: str
    is_administrator: bool
    scope: Scope
    negotiation: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class TokenView:
    """An access token, without its secret. `negotiation` is empty for one that is good for all of its holder's."""

    id: int
    name: str
    scope: Scope
    negotiation: str
    created_at: datetime
    expires_at: datetime
    revoked_at: datetime | None


async def server_seat(db: AsyncSession, secret: str | None) -> Seat:
    """Who asks, outside any negotiation: an administrator, or a reader. One statement, none without a token.

    Raises NotSignedIn for a token that is not good.
    """
    if secret is None:
        return Seat(None, "anonymous", Role.READER, scope=Scope.READ)
    token, person, only = await _holder(db, secret)
    # A token that is limited to one negotiation is no good for what belongs to the whole server.
    role = Role.ADMINISTRATOR if person.is_administrator and only is None else Role.READER
    return Seat(person.id, person.name, role, scope=Scope(token.scope), only=only or "", until=token.expires_at)


async def seat_in(db: AsyncSession, secret: str | None, slug: str) -> tuple[Seat, int]:
    """Who asks in a negotiation, and the number of its last record entry. One statement (two without a seat).

    Without a seat one is a reader, where the negotiation is public. Raises NotSignedIn; NotFound for a negotiation
    that is not there or not to be seen: nobody learns which.
    """
    if secret is None:
        visitor, venue = await public_seat_in(db, slug)
        return visitor, venue.head_seq
    row = (await db.execute(_SEAT, {"secret": secret_hash(secret), "slug": slug})).first()
    if row is None:
        await _holder(db, secret)
        raise _not_here(slug)
    token, person, negotiation, seat, delegation = row
    _must_be_good(token, person, now_of(db))
    role = Role(seat.role) if seat is not None else None
    if not may_see(role, Visibility(negotiation.visibility)) or token.negotiation_id not in (None, negotiation.id):
        raise _not_here(slug)
    only = negotiation.slug if token.negotiation_id is not None else ""
    taken = replace(
        seat_of(person, negotiation, role or Role.READER, delegation),
        scope=Scope(token.scope),
        only=only,
        until=token.expires_at,
        is_seated=role is not None,
    )
    return taken, negotiation.head_seq


@dataclass(frozen=True, slots=True)
class Venue:
    """What every page of a negotiation goes by: the number of its last record entry, where it meets, and the language
    of its text."""

    head_seq: int = 0
    time_zone: str = "UTC"
    language: str = ""


def venue_of(row: Negotiation) -> Venue:
    return Venue(row.head_seq, row.time_zone, row.language)


async def public_seat_in(db: AsyncSession, slug: str) -> tuple[Seat, Venue]:
    """The seat of anybody in a public negotiation, and what its pages go by. One statement. Raises NotSignedIn."""
    found = await db.scalar(select(Negotiation).where(Negotiation.slug == slug))
    if found is None or found.visibility != Visibility.PUBLIC.value:
        raise NotSignedIn(reason=Said("“{slug}” is not open to everybody.", slug=slug))
    visitor = Seat(None, "anonymous", Role.READER, found.slug, found.id, scope=Scope.READ, is_seated=False)
    return visitor, venue_of(found)


async def seat_named(db: AsyncSession, sign_in: str, slug: str) -> Seat:
    """The seat that a person has in a negotiation, for whoever runs the server. One statement. Raises NotFound."""
    row = (
        await db.execute(
            select(Person, Negotiation, SeatRow, Delegation)
            .join(SeatRow, SeatRow.person_id == Person.id)
            .join(Negotiation, SeatRow.negotiation_id == Negotiation.id)
            .outerjoin(Delegation, SeatRow.delegation_id == Delegation.id)
            .where(Person.sign_in == sign_in.strip().lower(), Negotiation.slug == slug)
        )
    ).first()
    if row is None:
        raise NotFound(
            what=Said("seat"),
            name=Said("{sign_in} in {slug}", sign_in=sign_in, slug=slug),
            remedy=Said(
                "Give that person a seat with 'chapeau seat'.",
                "Ask the secretariat to give that person a seat.",
            ),
        )
    person, negotiation, seat, delegation = row
    return seat_of(person, negotiation, Role(seat.role), delegation)


async def operator_seat(db: AsyncSession, slug: str = "") -> Seat:
    """The seat of whoever runs the server and acts on the command line: an administrator, in a negotiation its
    secretariat.

    One statement for a negotiation. Raises NotFound.
    """
    if not slug:
        return Seat(None, OPERATOR, Role.ADMINISTRATOR)
    negotiation = await db.scalar(select(Negotiation).where(Negotiation.slug == slug))
    if negotiation is None:
        raise NotFound(
            what=Said("negotiation"),
            name=slug,
            remedy=Said("'chapeau list' shows those there are.", "Your first page lists yours."),
        )
    return Seat(None, OPERATOR, Role.SECRETARIAT, negotiation.slug, negotiation.id)


async def account(db: AsyncSession, secret: str) -> Account:
    """Whose token this is. One statement. Raises NotSignedIn."""
    token, person, only = await _holder(db, secret)
    return Account(
        person.sign_in, person.name, person.is_administrator, Scope(token.scope), only or "", token.expires_at
    )


async def tokens(db: AsyncSession, seat: Seat) -> tuple[TokenView, ...]:
    """The tokens of the person of `seat`, newest first; asked with one for one negotiation, those for it. One
    statement.
    """
    query = (
        select(AccessToken, Negotiation.slug)
        .outerjoin(Negotiation, AccessToken.negotiation_id == Negotiation.id)
        .where(AccessToken.person_id == (seat.person_id or 0))
        .order_by(AccessToken.id.desc())
    )
    if seat.only:
        query = query.where(Negotiation.slug == seat.only)
    rows = await db.execute(query)
    return tuple(
        TokenView(row.id, row.name, Scope(row.scope), slug or "", row.created_at, row.expires_at, row.revoked_at)
        for row, slug in rows
    )


def seat_of(person: Person, negotiation: Negotiation, role: Role, delegation: Delegation | None) -> Seat:
    """The seat that a person has in a negotiation, from the tables."""
    return Seat(
        person_id=person.id,
        name=person.name,
        role=role,
        negotiation=negotiation.slug,
        negotiation_id=negotiation.id,
        delegation=delegation.code if delegation is not None else "",
        delegation_id=delegation.id if delegation is not None else None,
    )


async def _holder(db: AsyncSession, secret: str) -> tuple[AccessToken, Person, str | None]:
    if not is_well_formed(secret):
        raise NotSignedIn(reason=Said("This is not an access token of Chapeau: a character is wrong or missing."))
    row = (
        await db.execute(
            select(AccessToken, Person, Negotiation.slug)
            .join(Person, AccessToken.person_id == Person.id)
            .outerjoin(Negotiation, AccessToken.negotiation_id == Negotiation.id)
            .where(AccessToken.secret_hash == secret_hash(secret))
        )
    ).first()
    if row is None:
        raise NotSignedIn(reason=Said("This access token is not known here."))
    _must_be_good(row[0], row[1], now_of(db))
    return row[0], row[1], row[2]


def _must_be_good(token: AccessToken, person: Person, now: datetime) -> None:
    if token.revoked_at is not None:
        raise NotSignedIn(reason=Said("This access token was revoked."))
    if token.expires_at <= now:
        raise NotSignedIn(reason=Said("This access token has expired."))
    if not person.is_active:
        raise NotSignedIn(reason=Said("This account is closed."))


def _not_here(slug: str) -> NotFound:
    return NotFound(
        what=Said("negotiation"),
        name=slug,
        remedy=Said("GET /api/v1/negotiations lists yours.", "Your first page lists yours."),
    )
