"""The languages of the pages: what is written in English in templates, in the words of each official language.

The catalogues are gettext files (locales/<language>.po), read when they are first needed.
"""

import unicodedata
from collections.abc import Iterable, Mapping
from copy import copy
from datetime import UTC, date, datetime, tzinfo
from functools import cache
from gettext import c2py
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from babel import Locale
from babel.core import negotiate_locale
from babel.dates import format_date, format_datetime
from babel.lists import format_list
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from fastapi import Request

from app.problems import Problem
from app.said import N_ as N_
from app.said import Field, Said
from app.web.fields import FIELDS

HERE: Final = Path(__file__).parent / "locales"
LANGUAGES: Final = {
    "en": "English",
    "fr": "Français",
    "es": "Español",
    "ar": "العربية",
    "zh": "中文",
    "ru": "Русский",
}
CHOSEN: Final = "chapeau-language"  # the cookie that says which was chosen


_COMMAS: Final = {"ar": "، ", "zh": "、"}


class Catalogue:
    """The words of the pages in one language. What has no translation is said in English."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._locale = Locale.parse(language)
        self._lists = Locale.parse("en_GB") if language == "en" else self._locale  # "A, B and C", as documents have it
        self._zone: tzinfo = UTC
        self._found = Catalog(language)
        file = HERE / f"{language}.po"
        if file.exists():
            with file.open("rb") as stream:
                self._found = read_po(stream, locale=language)
        self._form_of = c2py(self._found.plural_expr)  # as the header of the catalogue states the rule

    def in_zone(self, zone: str) -> "Catalogue":
        """The same words, with the times within sentences in a time zone."""
        found = copy(self)
        found._zone = ZoneInfo(zone)
        return found

    def gettext(self, text: str, /, **facts: object) -> str:
        """A text in this language, with its `{facts}` filled in."""
        message = self._found.get(text) if text else None
        said = message.string if message is not None and not message.fuzzy else ""
        words = said if isinstance(said, str) and said else text
        return words.format(**self._filling(facts)) if facts else words

    def say(self, fact: object) -> object:
        """A sentence of the rules in this language, with its facts; anything else as it is."""
        if isinstance(fact, Said):
            return self.gettext(fact.template, **fact.facts)
        return fact

    def problem(self, problem: Problem) -> str:
        """What stands in the way, and what a person can do, in this language."""
        return self.gettext(problem.on_pages or problem.sentence, **problem.facts)

    def _filling(self, facts: Mapping[str, object]) -> dict[str, object]:
        return {name: self._fact(fact) for name, fact in facts.items()}

    def _fact(self, fact: object) -> object:
        match fact:
            case Said():
                return self.say(fact)
            case Field():
                return self.gettext(FIELDS.get(fact, fact))
            case str():
                return self._isolated(fact)
            case tuple():
                return format_list([str(self._fact(one)) for one in fact], locale=self._lists)
            case datetime():
                return self.moment(fact.astimezone(self._zone))
            case date():
                return self.day_of(fact)
        return fact

    def _isolated(self, text: str) -> str:
        """A text that runs against the direction of the page, fenced off so that it does not upset what is around it:
        a name in Latin letters within an Arabic sentence, an Arabic one within a French sentence."""
        runs = {unicodedata.bidirectional(character) for character in text}
        is_contrary = "L" in runs if direction_of(self.language) == "rtl" else bool(runs & {"R", "AL"})
        return f"\N{FIRST STRONG ISOLATE}{text}\N{POP DIRECTIONAL ISOLATE}" if is_contrary else text

    def ngettext(self, one: str, many: str, number: int, /, **facts: object) -> str:
        """A text about a number of things, in the form that the language has for it; `{number}` is filled in."""
        message = self._found.get(one)
        forms = message.string if message is not None and not message.fuzzy else ()
        if isinstance(forms, tuple | list) and forms and all(forms):
            words = forms[min(self._form_of(number), len(forms) - 1)]
        else:
            words = one if number == 1 else many
        return words.format(number=number, **self._filling(facts))

    def listed(self, things: Iterable[object]) -> str:
        """Things one behind the other, without a word before the last: a row of codes or labels."""
        return _COMMAS.get(self.language, ", ").join(str(self._fact(one)) for one in things)

    def moment(self, when: datetime) -> str:
        """A time with its zone: `16 January 2023, 09:00 UTC`."""
        return f"{format_datetime(when, 'd MMMM y, HH:mm', locale=self._locale)} {when.tzname()}"

    def day(self, when: datetime) -> str:
        return self.day_of(when.date())

    def short_day(self, day: date) -> str:
        """`16 Jan`."""
        return format_date(day, "d MMM", locale=self._locale)

    def month(self, day: date) -> str:
        """`Jan 2023`."""
        return format_date(day, "MMM y", locale=self._locale)

    def day_of(self, day: date) -> str:
        return format_date(day, "d MMMM y", locale=self._locale)


@cache
def catalogue(language: str) -> Catalogue:
    return Catalogue(language)


def language_of(request: Request) -> str:
    """The language of the pages for whoever asks: the one they chose, or the first that their browser prefers."""
    chosen = request.cookies.get(CHOSEN, "")
    if chosen in LANGUAGES:
        return chosen
    preferred = [
        part.partition(";")[0].strip().replace("-", "_")
        for part in request.headers.get("accept-language", "").split(",")
    ]
    found = negotiate_locale([p for p in preferred if p], list(LANGUAGES))
    return found if found in LANGUAGES else "en"


def direction_of(language: str) -> str:
    """The direction in which a language is written: `ltr` or `rtl`."""
    return "rtl" if language in ("ar", "fa", "he", "ur") else "ltr"
