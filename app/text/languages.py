"""The official languages of the United Nations, what they are called, and the direction in which they are written."""

from dataclasses import replace
from enum import StrEnum
from typing import Final

from app.said import Said
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
    def called(self) -> Said:
        """Its name: `French`."""
        return Said(self.name.capitalize())


_ORGANS: Final = (
    {
        Language.ARABIC: "الجمعية العامة",
        Language.CHINESE: "大会",
        Language.ENGLISH: "General Assembly",
        Language.FRENCH: "Assemblée générale",
        Language.RUSSIAN: "Генеральная Ассамблея",
        Language.SPANISH: "Asamblea General",
    },
    {
        Language.ARABIC: "مجلس الأمن",
        Language.CHINESE: "安全理事会",
        Language.ENGLISH: "Security Council",
        Language.FRENCH: "Conseil de sécurité",
        Language.RUSSIAN: "Совет Безопасности",
        Language.SPANISH: "Consejo de Seguridad",
    },
    {
        Language.ARABIC: "المجلس الاقتصادي والاجتماعي",
        Language.CHINESE: "经济及社会理事会",
        Language.ENGLISH: "Economic and Social Council",
        Language.FRENCH: "Conseil économique et social",
        Language.RUSSIAN: "Экономический и Социальный Совет",
        Language.SPANISH: "Consejo Económico y Social",
    },
    {
        Language.ARABIC: "مجلس حقوق الإنسان",
        Language.CHINESE: "人权理事会",
        Language.ENGLISH: "Human Rights Council",
        Language.FRENCH: "Conseil des droits de l’homme",
        Language.RUSSIAN: "Совет по правам человека",
        Language.SPANISH: "Consejo de Derechos Humanos",
    },
)


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


def front_in(language: Language, front: FrontMatter) -> FrontMatter:
    """The front matter of a draft in another language: the great organs have a name in each, the rest stays."""
    organ = next((names[language] for names in _ORGANS if front.organ in names.values()), front.organ)
    return replace(front, organ=organ, language=language.value)


def _primary(code: str) -> str:
    return code.strip().lower().replace("_", "-").partition("-")[0]
