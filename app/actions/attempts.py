"""Guesses of passwords are counted, wherever a password is asked for: too many, and nobody is let try for a while."""

from datetime import timedelta
from typing import Final

from sqlalchemy import delete, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.problems import TooManyAttempts
from app.record.database import now_of
from app.record.sessions import SignInFailure

WINDOW: Final = timedelta(minutes=15)
MOST_FOR_NAME: Final = 8
MOST_FROM_ADDRESS: Final = 60


def as_tried(name: str) -> str:
    """A sign-in name as failures are noted for it."""
    return name.strip().lower()[:255]


async def must_not_have_failed_too_often(db: AsyncSession, name: str, address: str) -> None:
    """Refuse (TooManyAttempts) after eight failures for one name, or sixty from one address of the network, in a
    quarter of an hour. One statement."""
    name = as_tried(name)
    by_name = func.count().filter(SignInFailure.sign_in == name)
    from_address = func.count().filter(SignInFailure.address == address)
    counts = select(by_name, from_address).where(
        SignInFailure.at > now_of(db) - WINDOW, or_(SignInFailure.sign_in == name, SignInFailure.address == address)
    )
    for_name, from_there = (await db.execute(counts)).one()
    if for_name >= MOST_FOR_NAME or (address and from_there >= MOST_FROM_ADDRESS):
        raise TooManyAttempts(minutes=int(WINDOW.total_seconds() // 60))


async def note_failure(db: AsyncSession, name: str, address: str) -> None:
    """Note a wrong password. Whoever calls it lets the transaction come to its end, so that the note is kept."""
    now = now_of(db)
    db.add(SignInFailure(sign_in=as_tried(name), address=address, at=now))
    await db.execute(delete(SignInFailure).where(SignInFailure.at < now - 4 * WINDOW))
    await db.flush()
