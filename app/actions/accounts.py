"""Accounts of people on the server, for whoever runs it: closed and opened again, and a link for a lost password.

Nothing here belongs to one negotiation's record: what a person did in one stays there under their name.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from app.actions.passwords import set_password
from app.actions.signing_in import end_all_sessions
from app.problems import AccountIsClosed, NotFound, OwnAccountKept, PasswordLinkNotGood
from app.record.database import now_of
from app.record.password_links import PasswordLink, good_link
from app.record.people import AccessToken, Person
from app.record.secrets import PASSWORD_LINK, new_secret, secret_hash
from app.rules.permissions import Seat
from app.said import Said

LINK_LASTING: Final = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class AccountState:
    """Whether a person can come in."""

    id: int
    sign_in: str
    name: str
    is_active: bool


@dataclass(frozen=True, slots=True)
class MadeLink:
    """A new link for a lost password. `secret` is shown this once; the server keeps its hash only."""

    person: int
    sign_in: str
    name: str
    secret: str
    expires_at: datetime


async def close_account(db: AsyncSession, seat: Seat, person_id: int) -> AccountState:
    """Let a person in no more: their sessions, access tokens and password links end at once.

    Their seats stay, as does all that they did. Raises NotFound; OwnAccountKept, so that an administrator is left.
    """
    seat.must("person.close")
    person = await _person(db, person_id)
    if person.id == seat.person_id:
        raise OwnAccountKept()
    person.is_active = False
    await end_all_sessions(db, person.id)
    await _end_links(db, person.id)
    await db.execute(
        update(AccessToken)
        .where(AccessToken.person_id == person.id, AccessToken.revoked_at.is_(None))
        .values(revoked_at=now_of(db))
    )
    await db.flush()
    return _state(person)


async def reopen_account(db: AsyncSession, seat: Seat, person_id: int) -> AccountState:
    """Let a person in again, with the password that they had. Tokens that ended stay ended. Raises NotFound."""
    seat.must("person.reopen")
    person = await _person(db, person_id)
    person.is_active = True
    await db.flush()
    return _state(person)


async def make_password_link(db: AsyncSession, seat: Seat, person_id: int) -> MadeLink:
    """Make a link with which a person chooses a new password: good once, for a day, and in place of any older one.

    The password that they have stays good until then. Raises NotFound, AccountIsClosed.
    """
    seat.must("password.link")
    person = await _person(db, person_id)
    if not person.is_active:
        raise AccountIsClosed(person=person.name)
    await _end_links(db, person.id)
    secret, now = new_secret(PASSWORD_LINK), now_of(db)
    made = PasswordLink(
        person_id=person.id,
        secret_hash=secret_hash(secret),
        made_by=seat.person_id,
        made_at=now,
        expires_at=now + LINK_LASTING,
        ended_at=None,
    )
    db.add(made)
    await db.flush()
    return MadeLink(person.id, person.sign_in, person.name, secret, made.expires_at)


async def choose_password(db: AsyncSession, secret: str, password: str) -> AccountState:
    """Choose a new password with a link; all sessions of its person end, and the link is used up.

    Raises PasswordLinkNotGood for one that is not known, or used, replaced or expired: nobody learns which;
    PasswordRefused.
    """
    link, person = await good_link(db, secret)
    await set_password(person, password)
    used = await db.execute(
        update(PasswordLink)
        .where(PasswordLink.id == link.id, PasswordLink.ended_at.is_(None))
        .values(ended_at=now_of(db))
        .returning(PasswordLink.id)
    )
    if used.first() is None:  # somebody else was first
        raise PasswordLinkNotGood()
    await end_all_sessions(db, person.id)
    return _state(person)


async def _person(db: AsyncSession, person_id: int) -> Person:
    found = await db.get(Person, person_id, with_for_update=True)
    if found is None:
        raise NotFound(
            what=Said("person"),
            name=str(person_id),
            remedy=Said("GET /api/v1/people lists all.", "The page of the people on this server lists all."),
        )
    return found


async def _end_links(db: AsyncSession, person_id: int) -> None:
    await db.execute(
        update(PasswordLink)
        .where(PasswordLink.person_id == person_id, PasswordLink.ended_at.is_(None))
        .values(ended_at=now_of(db))
    )


def _state(person: Person) -> AccountState:
    return AccountState(person.id, person.sign_in, person.name, person.is_active)
