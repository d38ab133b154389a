"""The secrets of access tokens, invitations and password links: how they are made, recognised and kept."""

import hashlib
import secrets
import zlib
from typing import Final

PREFIX: Final = "chp_"  # of an access token
INVITATION: Final = "chi_"
PASSWORD_LINK: Final = "chl_"  # noqa: S105 - how one begins, not one
_ALPHABET: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


def new_secret(prefix: str = PREFIX) -> str:
    """A token: `chp_`, 40 random characters, 6 of checksum, so that a typing slip or a leak scanner is told at once.

    For an invitation or a password link, with its own `prefix`.
    """
    body = "".join(secrets.choice(_ALPHABET) for _ in range(40))
    return f"{prefix}{body}{_checksum(body)}"


def is_well_formed(secret: str, prefix: str = PREFIX) -> bool:
    """Whether a string can be one of our tokens, by prefix, length and checksum."""
    body = secret.removeprefix(prefix)[:40]
    return secret == f"{prefix}{body}{_checksum(body)}" and len(body) == 40


def secret_hash(secret: str) -> str:
    """What is kept of a secret. SHA-256 without salt: 40 random characters leave nothing to guess."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _checksum(body: str) -> str:
    number, digits = zlib.crc32(body.encode()), ""
    for _ in range(6):
        number, digit = divmod(number, len(_ALPHABET))
        digits = _ALPHABET[digit] + digits
    return digits
