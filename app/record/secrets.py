"""The secrets of access tokens: how they are made, recognised and kept."""

import hashlib
import secrets
import zlib
from typing import Final

PREFIX: Final = "chp_"
_ALPHABET: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


def new_secret() -> str:
    """A token: `chp_`, 40 random characters, 6 of checksum, so that a typing slip or a leak scanner is told at once."""
    body = "".join(secrets.choice(_ALPHABET) for _ in range(40))
    return f"{PREFIX}{body}{_checksum(body)}"


def is_well_formed(secret: str) -> bool:
    """Whether a string can be one of our tokens, by prefix, length and checksum."""
    body = secret.removeprefix(PREFIX)[:40]
    return secret == f"{PREFIX}{body}{_checksum(body)}" and len(body) == 40


def secret_hash(secret: str) -> str:
    """What is kept of a token. SHA-256 without salt: 40 random characters leave nothing to guess."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _checksum(body: str) -> str:
    number, digits = zlib.crc32(body.encode()), ""
    for _ in range(6):
        number, digit = divmod(number, len(_ALPHABET))
        digits = _ALPHABET[digit] + digits
    return digits
