"""Which passwords are good enough: long, and not the first that somebody would try."""

import unicodedata
from typing import Final

from app.problems import PasswordRefused
from app.said import Said

LEAST: Final = 12
MOST: Final = 200

# The commonest of twelve characters and more, and words that end up as passwords in this house; in lower case, without
# spaces.
_COMMONEST: Final = """
    123456789012 1234567890123 12345678901234 123456789123 123123123123 111111111111 000000000000 121212121212
    012345678910 1234567891011 098765432109 987654321098 112233445566 123321123321 147258369147 qwertyuiop12
    qwertyuiop123 qwertyuiop[] qwertyuiopasdf qwertyuiopasdfghjkl qwerty123456 qwerty12345678 1q2w3e4r5t6y 1qaz2wsx3edc
    q1w2e3r4t5y6 zaq12wsxcde3 asdfghjkl123 zxcvbnm12345 zxcvbnmasdfghjkl abcdefghijkl abcdefghijklm abcd12345678
    abc123456789 a1b2c3d4e5f6 aaaaaaaaaaaa password1234 password12345 password123456 passwordpassword mypassword123
    p@ssw0rd1234 p@ssword1234 passw0rd1234 password2024 password2025 password2026 password!123 changeme1234
    changemechangeme welcome12345 welcome123456 administrator administrator1 adminadmin12 admin1234567 letmeinletmein
    iloveyou1234 iloveyouforever ihateyou1234 trustno1trustno1 sunshine1234 football1234 baseball1234 princess1234
    superman1234 spiderman123 liverpool123 manchester12 chocolate123 basketball12 christopher1 unitednations
    generalassembly secretariat1 secretariat123 resolution77281 correcthorsebatterystaple
"""
_COMMON: Final = frozenset(_COMMONEST.split())


def normal(password: str) -> str:
    """A password in one form, however a keyboard composes its letters."""
    return unicodedata.normalize("NFKC", password)


def must_be_good(password: str, sign_in: str) -> None:
    """Refuse (PasswordRefused) a password that is too short or too long, or that somebody would guess."""
    password, sign_in = normal(password), normal(sign_in).strip().casefold()
    plain = password.strip().casefold()
    if len(password) < LEAST:
        raise PasswordRefused(why=Said("it has fewer than {least} characters.", least=LEAST))
    if len(password) > MOST:
        raise PasswordRefused(why=Said("it has more than {most} characters.", most=MOST))
    if plain in (sign_in, sign_in.partition("@")[0], sign_in[::-1]):
        raise PasswordRefused(why=Said("it is your sign-in name."))
    if "".join(plain.split()) in _COMMON or len(set(plain)) < 4:
        raise PasswordRefused(why=Said("it is one of the first that anybody would try."))
