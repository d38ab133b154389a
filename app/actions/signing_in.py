"""Signing in to the pages and out again. Nothing here belongs to one negotiation's record."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from app.actions.attempts import as_tried, must_not_have_failed_too_often, note_failure
from app.actions.passwords import set_password, verify_password
from app.problems import NotFound
from app.record.database import now_of
from app.record.people import Person
from app.record.secrets import secret_hash
from app.record.sessions import WebSession
from app.rules.permissions import Seat
from app.said import Said

LASTING: Final = timedelta(hours=14)  # a long day of negotiations


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
    await must_not_have_failed_too_often(db, name, address)
    person = await db.scalar(select(Person).where(Person.sign_in == as_tried(name)))
    if not await verify_password(person, password):
        await note_failure(db, name, address)
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
        raise NotFound(
            what=Said("session"), name=str(session_id), remedy=Said("It may have ended; your account lists yours.")
        )


async def end_other_sessions(db: AsyncSession, seat: Seat, keep: str) -> None:
    """End all of one's own sessions but the one with the secret `keep`."""
    seat.must("account.read")
    await _end(db, WebSession.person_id == (seat.person_id or 0), WebSession.secret_hash != secret_hash(keep))


async def change_password(db: AsyncSession, seat: Seat, old: str, new: str, *, keep: str, address: str = "") -> bool:
    """Change one's own password; every other session than the one with the secret `keep` ends. False, with the failure
    noted as at sign-in, where the old one is wrong.

    Raises PasswordRefused, TooManyAttempts.
    """
    seat.must("account.read")
    person = await db.get_one(Person, seat.person_id)
    await must_not_have_failed_too_often(db, person.sign_in, address)
    if not await verify_password(person, old):
        await note_failure(db, person.sign_in, address)
        return False
    await set_password(person, new)
    await end_other_sessions(db, seat, keep)
    return True


async def give_password(db: AsyncSession, person: Person, password: str) -> None:
    """Give somebody a new password, for whoever runs the server; all their sessions end. Raises PasswordRefused."""
    await set_password(person, password)
    await end_all_sessions(db, person.id)


async def end_all_sessions(db: AsyncSession, person_id: int) -> None:
    """End every session of a person."""
    await _end(db, WebSession.person_id == person_id)


async def _end(db: AsyncSession, *which: object) -> bool:
    ended = await db.execute(
        update(WebSession)
        .where(*which, WebSession.ended_at.is_(None))  # type: ignore[arg-type]
        .values(ended_at=now_of(db))
        .returning(WebSession.id)
    )
    await db.flush()
    return ended.first() is not None
