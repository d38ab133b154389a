"""People and their access tokens, on the server; nothing here belongs to one negotiation's record."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import and_, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.actions.locking import flush_new
from app.problems import AlreadyThere, InvalidInput, NotFound, TokenOutlasts
from app.record.database import now_of
from app.record.people import AccessToken, Delegation, Membership, Person
from app.record.people import Seat as SeatRow
from app.record.secrets import new_secret, secret_hash
from app.record.texts import Negotiation
from app.rules.permissions import Role, Scope, Seat, Visibility, may_see
from app.rules.positions import DelegationKind
from app.said import Said, dated
from app.text.screen import screened

TOKEN_DEFAULT: Final = timedelta(days=90)
TOKEN_LONGEST: Final = timedelta(days=366)
_SIGN_IN: Final = re.compile(r"[^\s@]{1,64}@[a-z0-9.-]{1,190}")
_CODE: Final = re.compile(r"[A-Z0-9][A-Z0-9-]{1,19}")


@dataclass(frozen=True, slots=True)
class IssuedToken:
    """A new access token. `secret` is shown this once; the server keeps its hash only."""

    id: int
    name: str
    scope: Scope
    secret: str
    created_at: datetime
    expires_at: datetime
    negotiation: str


async def add_person(db: AsyncSession, sign_in: str, name: str, *, is_administrator: bool = False) -> int:
    """Make somebody known to the server. The id. Raises AlreadyThere, InvalidInput."""
    sign_in = as_sign_in(sign_in)
    taken = AlreadyThere(what=Said("person"), name=sign_in, remedy=Said("Give that person a seat instead."))
    if await db.scalar(select(Person.id).where(Person.sign_in == sign_in)) is not None:
        raise taken
    person = Person(
        sign_in=sign_in,
        name=screened(name, "name", limit=200),
        password_hash=None,
        is_administrator=is_administrator,
        is_active=True,
        created_at=now_of(db),
    )
    db.add(person)
    await flush_new(db, taken)
    return person.id


def as_sign_in(address: str) -> str:
    """An e-mail address as a sign-in name. Raises InvalidInput."""
    sign_in = address.strip().lower()
    if not _SIGN_IN.fullmatch(sign_in):
        raise InvalidInput.at(
            "sign_in", Said("“{sign_in}” is no e-mail address; use one such as delegate@example.org.", sign_in=sign_in)
        )
    return sign_in


async def person_signing_in(db: AsyncSession, sign_in: str) -> Person:
    """A person by sign-in name. Raises NotFound."""
    found = await db.scalar(select(Person).where(Person.sign_in == sign_in.strip().lower()))
    if found is None:
        raise NotFound(
            what=Said("person"),
            name=sign_in,
            remedy=Said("Add them with 'chapeau person'.", "Ask whoever runs this server to add them."),
        )
    return found


async def add_delegation(db: AsyncSession, code: str, name: str, kind: DelegationKind) -> int:
    """Make a delegation known to the server. The id. Raises AlreadyThere, InvalidInput."""
    code = code.strip().upper()
    if not _CODE.fullmatch(code):
        raise InvalidInput.at(
            "code", Said("“{code}” cannot be a code: use 2 to 20 capital letters, digits and hyphens.", code=code)
        )
    taken = AlreadyThere(what=Said("delegation"), name=code, remedy=Said("Invite that one, or choose another code."))
    if await db.scalar(select(Delegation.id).where(Delegation.code == code)) is not None:
        raise taken
    delegation = Delegation(code=code, name=screened(name, "name", limit=200), kind=kind.value)
    db.add(delegation)
    await flush_new(db, taken)
    return delegation.id


async def add_member(db: AsyncSession, group_id: int, member_id: int, since: datetime) -> None:
    """A state joins a group on the day of `since`."""
    db.add(Membership(group_id=group_id, member_id=member_id, since=since.date(), until=None))
    await db.flush()


async def issue_token(
    db: AsyncSession,
    seat: Seat,
    *,
    name: str,
    scope: Scope,
    negotiation: str = "",
    lasting: timedelta | None = None,
) -> IssuedToken:
    """Issue an access token for the person of `seat`, for one negotiation or (empty) for all of theirs.

    Asked for with a token, the new one gives no more: it takes one for writing, a limit to one negotiation holds for
    the new one too, and it ends no later. `lasting` None: 90 days, or as long as that. Raises InvalidInput, NotFound,
    ScopeTooNarrow, TokenOutlasts.
    """
    seat.must("token.issue")
    if seat.person_id is None:
        raise NotFound(what=Said("person"), name=seat.name, remedy=Said("A token belongs to a person."))
    now = now_of(db)
    expires_at = _end_of_token(seat, now, lasting)
    negotiation = seat.only or negotiation
    negotiation_id = None
    if negotiation:
        negotiation_id = await _negotiation_to_be_seen(db, seat.person_id, negotiation)
    secret = new_secret()
    token = AccessToken(
        person_id=seat.person_id,
        negotiation_id=negotiation_id,
        name=screened(name, "name", limit=100),
        scope=scope.value,
        secret_hash=secret_hash(secret),
        created_at=now,
        expires_at=expires_at,
        revoked_at=None,
    )
    db.add(token)
    await db.flush()
    return IssuedToken(token.id, token.name, scope, secret, now, token.expires_at, negotiation)


def _end_of_token(seat: Seat, now: datetime, lasting: timedelta | None) -> datetime:
    if lasting is not None and not timedelta(0) < lasting <= TOKEN_LONGEST:
        raise InvalidInput.at(
            "days", Said("a token lasts from 1 to {token_longest} days.", token_longest=TOKEN_LONGEST.days)
        )
    ends = now + (lasting or TOKEN_DEFAULT)
    if seat.until is None or ends <= seat.until:
        return ends
    if lasting is not None:
        raise TokenOutlasts(until=dated(seat.until))
    return seat.until


async def _negotiation_to_be_seen(db: AsyncSession, person_id: int, slug: str) -> int:
    """The id of a negotiation; nobody learns here that one is there which they may not see. Raises NotFound."""
    row = (
        await db.execute(
            select(Negotiation.id, Negotiation.visibility, SeatRow.role)
            .outerjoin(SeatRow, and_(SeatRow.negotiation_id == Negotiation.id, SeatRow.person_id == person_id))
            .where(Negotiation.slug == slug)
        )
    ).first()
    if row is None or not may_see(Role(row.role) if row.role is not None else None, Visibility(row.visibility)):
        raise NotFound(
            what=Said("negotiation"),
            name=slug,
            remedy=Said("GET /api/v1/negotiations lists yours.", "Your first page lists yours."),
        )
    return int(row.id)


async def revoke_token(db: AsyncSession, seat: Seat, token_id: int) -> None:
    """Make one of one's own tokens useless at once; with a token for one negotiation, one for that. Raises NotFound."""
    seat.must("token.revoke")
    theirs = (
        select(AccessToken)
        .outerjoin(Negotiation, AccessToken.negotiation_id == Negotiation.id)
        .where(AccessToken.id == token_id, AccessToken.person_id == (seat.person_id or 0))
    )
    if seat.only:
        theirs = theirs.where(Negotiation.slug == seat.only)
    token = await db.scalar(theirs)
    if token is None:
        raise NotFound(
            what=Said("token"),
            name=str(token_id),
            remedy=Said("GET /api/v1/tokens lists yours.", "Your account lists yours."),
        )
    token.revoked_at = token.revoked_at or now_of(db)
    await db.flush()
