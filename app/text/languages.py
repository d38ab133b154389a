"""The official languages of the United Nations, what they are called, and the direction in which they are written."""

from enum import StrEnum
from typing import Final

from app.text.clauses import FrontMatter


class Language(StrEnum):
    """An official language, by its code (ISO 639-1)."""

    ARABIC = "ar"
    CHINESE = "zh"
    ENGLISH = "en"
    FRENCH = "fr"
    RUSSIAN = "ru"
    SPANISH = "es"

    @property
    def called(self) -> str:
        """Its English name: `French`."""
        return self.name.capitalize()


class Direction(StrEnum):
    """From left to right or from right to left, as HTML's `dir` takes it."""

    LTR = "ltr"
    RTL = "rtl"


_FROM_THE_RIGHT: Final = frozenset({"ar", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})


def direction_of(language: str) -> Direction:
    """The direction of a language by its code (`ar`, `ar-EG`, `fr`)."""
    return Direction.RTL if _primary(language) in _FROM_THE_RIGHT else Direction.LTR


def is_language_of(language: Language, front: FrontMatter) -> bool:
    """Whether a draft says that it is in this language; `en-GB` is English too."""
    return _primary(front.language) == language.value


def _primary(code: str) -> str:
    return code.strip().lower().replace("_", "-").partition("-")[0]
