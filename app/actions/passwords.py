"""Passwords: set and verified with argon2id, away from the event loop, which goes on serving meanwhile."""

import asyncio
from functools import cache
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from app.record.people import Person
from app.rules.passwords import must_be_good, normal

_hasher: Final = PasswordHasher()  # argon2id, with the parameters of RFC 9106 for machines with little memory


async def set_password(person: Person, password: str) -> None:
    """Give somebody a password; only its hash is kept. Raises PasswordRefused."""
    must_be_good(password, person.sign_in, person.name)
    person.password_hash = await asyncio.to_thread(_hasher.hash, normal(password))


async def verify_password(person: Person | None, password: str) -> bool:
    """Whether this is the password of `person`, who may be nobody, have none, or have a closed account: then it is not,
    after the same work, so that the time taken tells nothing.

    A hash made with other parameters than today's is made anew.
    """
    known = person.password_hash if person is not None and person.is_active else None
    is_right = await asyncio.to_thread(_matches, known, normal(password))
    if person is None or known is None or not is_right:
        return False
    if _hasher.check_needs_rehash(known):
        person.password_hash = await asyncio.to_thread(_hasher.hash, normal(password))
    return True


def _matches(known: str | None, password: str) -> bool:
    try:
        _hasher.verify(known or _nobodys(), password)
        return known is not None
    except (VerificationError, InvalidHashError):
        return False


@cache
def _nobodys() -> str:
    """A hash that stands for that of somebody who is not there."""
    return _hasher.hash("nobody has this password")
