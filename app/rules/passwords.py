"""Which passwords are good enough: long, and not the first that somebody would try."""

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

from app.problems import PasswordRefused
from app.said import Said

LEAST: Final = 12
MOST: Final = 200
_LEFT: Final = 6  # so many characters besides what anybody would think of

# What passwords of many people are made of, after the lists of those that were found in use; in lower case.
_COMMON: Final = """
    password passwort passw0rd motdepasse contrasena contraseña senha parola mima secret secreto geheim private
    welcome bienvenue bienvenido letmein changeme default guest login access admin administrator root master test
    testing user hello bonjour hola monkey dragon shadow sunshine princess football baseball basketball superman
    batman spiderman starwars pokemon iloveyou loveyou iloveu ihateyou forever trustno freedom whatever nothing
    michael jennifer jordan michelle charlie jessica ashley nicole daniel thomas andrew joshua matthew anthony
    christopher elizabeth samantha alexander liverpool manchester chelsea arsenal barcelona juventus realmadrid
    chocolate cheese cookie flower butterfly summer winter spring autumn monday friday january december computer
    internet google facebook samsung windows microsoft diamond purple orange banana money mustang ferrari mercedes
    qwerty qwertz azerty asdf zxcv wasd abcd
    correcthorsebatterystaple maythefourcebewithyou maytheforcebewithyou tobeornottobe thequickbrownfox loremipsum
    onetwothreefour opensesame 112233445566 147258369147 a1b2c3d4e5f6
"""
# What anybody thinks of in this house, and the words of our own advice, which is not to be taken by the letter.
_OF_THE_HOUSE: Final = """
    chapeau resolution résolution draft negotiation unitednations nationsunies nacionesunidas united nations general
    assembly generalassembly secretariat secretary delegation delegate delegué penholder observer council committee
    consensus agreed agenda sustainable development 77281 a77l60 newyork geneva paris madrid
    atleast characters character that nobody would guess such as any four or five three six words word spaces count
    quatre cinq trois six mots espaces comptent cuatro cinco palabras please your mine the and
"""
_GUESSED: Final = tuple(_COMMON.split() + _OF_THE_HOUSE.split())
_SERIES: Final = tuple(
    one + one[::-1]
    for one in (
        "01234567890123456789",
        "abcdefghijklmnopqrstuvwxyz",
        "qwertyuiop",
        "qwertzuiop",
        "azertyuiop",
        "asdfghjkl",
        "zxcvbnm",
        "1q2w3e4r5t6y7u8i9o0p",
        "q1w2e3r4t5y6u7i8o9p0",
        "1qaz2wsx3edc4rfv5tgb6yhn7ujm",
        "zaq12wsxcde34rfv",
    )
)
_LOOKS_LIKE: Final = str.maketrans("013457@$!", "oieastasi")
_WORD: Final = re.compile(r"\w{3,}")
_NO_LETTER: Final = re.compile(r"[\W_]+")
_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_AGAIN: Final = re.compile(r"(.{1,4}?)\1{2,}")  # the same over and over


def normal(password: str) -> str:
    """A password in one form, however a keyboard composes its letters."""
    return unicodedata.normalize("NFKC", password)


def must_be_good(password: str, sign_in: str, name: str = "") -> None:
    """Refuse (PasswordRefused) a password that is too short or too long, or that somebody would guess who knows whose
    it is: made of their name or address, of common passwords, of words of this house or of our own advice."""
    password, sign_in = normal(password), normal(sign_in).strip().casefold()
    plain = password.strip().casefold()
    if len(password) < LEAST:
        raise PasswordRefused(why=Said("it has fewer than {least} characters.", least=LEAST))
    if len(password) > MOST:
        raise PasswordRefused(why=Said("it has more than {most} characters.", most=MOST))
    if plain in (sign_in, sign_in.partition("@")[0], sign_in[::-1]):
        raise PasswordRefused(why=Said("it is your sign-in name."))
    if len(set(plain)) < 4 or _is_left(plain, _GUESSED) < _LEFT:
        raise PasswordRefused(why=Said("it is one of the first that anybody would try."))
    of_them = _WORD.findall(f"{sign_in} {normal(name).casefold()}".replace("_", " "))
    if _is_left(plain, (*_GUESSED, *of_them)) < _LEFT:
        raise PasswordRefused(why=Said("it is made of your name or address."))


def _is_left(plain: str, words: Iterable[str]) -> int:
    """How many different characters are left of a password without `words`, series, years and repetitions: of it as it
    is, or with digits read as the letters that they look like, whichever leaves less."""
    known = sorted({_NO_LETTER.sub("", word) for word in words} - {""}, key=len, reverse=True)
    return min(len(set(_without(spelt, known))) for spelt in (plain, plain.translate(_LOOKS_LIKE)))


def _without(plain: str, known: Iterable[str]) -> str:
    left = _NO_LETTER.sub("", plain)
    for word in known:
        left = left.replace(word, " ")
    left = _AGAIN.sub(" ", _YEAR.sub(" ", left))
    for series in _SERIES:
        left = _without_runs_of(series, left)
    return left.replace(" ", "")


def _without_runs_of(series: str, left: str) -> str:
    """Without what goes on as a series does for three characters or more."""
    place = 0
    while place < len(left):
        length = 0
        while place + length < len(left) and left[place : place + length + 1] in series:
            length += 1
        if length >= 3:
            left = f"{left[:place]} {left[place + length :]}"
        place += 1
    return left
