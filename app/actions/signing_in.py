"""Signing in to the pages and out again. Nothing here belongs to one negotiation's record."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import delete, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from app.actions.passwords import set_password, verify_password
from app.problems import NotFound, SignInRefused, TooManyAttempts
from app.record.database import now_of
from app.record.people import Person
from app.record.secrets import secret_hash
from app.record.sessions import SignInFailure, WebSession
from app.rules.permissions import Seat

LASTING: Final = timedelta(hours=14)  # a long day of negotiations
_WINDOW: Final = timedelta(minutes=15)
_MOST_FOR_NAME: Final = 8
_MOST_FROM_ADDRESS: Final = 60


@dataclass(frozen=True, slots=True)
class Opened:
    """A session that was opened. `secret` goes into the cookie; the server keeps its hash only."""

    secret: str
    expires_at: datetime


async def sign_in(db: AsyncSession, name: str, password: str, *, browser: str = "", address: str = "") -> Opened | None:
    """Open a session for whoever has this name and password; None, with the failure noted, for a wrong one.

    None rather than a refusal, so that the note is kept. Raises TooManyAttempts: eight failures for one name, or sixty
    from one address, in a quarter of an hour.
    """
    name, now = name.strip().lower()[:255], now_of(db)
    await _must_not_have_tried_too_often(db, name, address, now)
    person = await db.scalar(select(Person).where(Person.sign_in == name))
    if not await verify_password(person, password):
        db.add(SignInFailure(sign_in=name, address=address, at=now))
        await db.execute(delete(SignInFailure).where(SignInFailure.at < now - 4 * _WINDOW))
        await db.flush()
        return None
    assert person is not None  # noqa: S101 - nobody has no password
    return await open_session(db, person.id, browser=browser)


async def open_session(db: AsyncSession, person_id: int, *, browser: str = "") -> Opened:
    """Open a session for a person who has shown who they are."""
    secret, now = secrets.token_urlsafe(32), now_of(db)
    db.add(
        WebSession(
            person_id=person_id,
            secret_hash=secret_hash(secret),
            browser=browser[:200],
            started_at=now,
            expires_at=now + LASTING,
        )
    )
    await db.flush()
    return Opened(secret, now + LASTING)


async def sign_out(db: AsyncSession, secret: str) -> None:
    """End the session of this browser, if it has one."""
    await _end(db, WebSession.secret_hash == secret_hash(secret))


async def end_session(db: AsyncSession, seat: Seat, session_id: int) -> None:
    """End one of one's own sessions. Raises NotFound."""
    seat.must("account.read")
    if not await _end(db, WebSession.id == session_id, WebSession.person_id == seat.person_id):
        raise NotFound(what="session", name=str(session_id), remedy="It may have ended; your account lists yours.")


async def change_password(db: AsyncSession, seat: Seat, old: str, new: str, *, keep: str) -> None:
    """Change one's own password; every other session than the one with the secret `keep` ends.

    Raises SignInRefused where the old one is wrong, PasswordRefused.
    """
    seat.must("account.read")
    person = await db.get_one(Person, seat.person_id)
    if not await verify_password(person, old):
        raise SignInRefused()
    await set_password(person, new)
    await _end(db, WebSession.person_id == person.id, WebSession.secret_hash != secret_hash(keep))


async def _end(db: AsyncSession, *which: object) -> bool:
    ended = await db.execute(
        update(WebSession)
        .where(*which, WebSession.ended_at.is_(None))  # type: ignore[arg-type]
        .values(ended_at=now_of(db))
        .returning(WebSession.id)
    )
    await db.flush()
    return ended.first() is not None


async def _must_not_have_tried_too_often(db: AsyncSession, name: str, address: str, now: datetime) -> None:
    by_name = func.count().filter(SignInFailure.sign_in == name)
    from_address = func.count().filter(SignInFailure.address == address)
    counts = select(by_name, from_address).where(
        SignInFailure.at > now - _WINDOW, or_(SignInFailure.sign_in == name, SignInFailure.address == address)
    )
    for_name, from_there = (await db.execute(counts)).one()
    if for_name >= _MOST_FOR_NAME or (address and from_there >= _MOST_FROM_ADDRESS):
        raise TooManyAttempts(minutes=int(_WINDOW.total_seconds() // 60))
