"""Passwords, kept as argon2id hashes. Hashing takes its time on purpose: it runs off the event loop."""

import asyncio
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from app.problems import PasswordTooWeak
from app.record.people import Person

LEAST: Final = 12
MOST: Final = 256
_COMMON: Final = frozenset({"password1234", "123456789012", "1234567890ab", "qwertyuiop12", "passwordpassword"})
_hasher: Final = PasswordHasher()  # RFC 9106, the low-memory choice: 64 MiB, three passes
_NOBODYS: Final = _hasher.hash("nobody signs in with this")


async def set_password(person: Person, password: str) -> None:
    """Give a person a password. Raises PasswordTooWeak."""
    if not LEAST <= len(password) <= MOST:
        raise PasswordTooWeak(reason=f"it has to have {LEAST} to {MOST} characters")
    if password.lower() in _COMMON or len(set(password)) < 5 or person.sign_in.partition("@")[0] in password.lower():
        raise PasswordTooWeak(reason="it is among the first that somebody would try")
    person.password_hash = await asyncio.to_thread(_hasher.hash, password)


async def is_password_of(person: Person | None, password: str) -> bool:
    """Whether it is the password of that person; takes as long where there is none, so that nobody learns who has an
    account. A hash of weaker parameters than today's is renewed."""
    kept = (person.password_hash if person is not None else None) or _NOBODYS
    right = await asyncio.to_thread(_matches, kept, password[:MOST])
    if not right or person is None or person.password_hash is None or not person.is_active:
        return False
    if _hasher.check_needs_rehash(person.password_hash):
        person.password_hash = await asyncio.to_thread(_hasher.hash, password)
    return True


def _matches(kept: str, password: str) -> bool:
    try:
        return _hasher.verify(kept, password)
    except (VerificationError, InvalidHashError):
        return False
