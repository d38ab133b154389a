"""Whether a translation still says what the authentic text says.

Negotiations are held on one text, the authentic one; the other official languages follow it. A translation is of one
version of a clause. It holds for every version with the very same words (also when a change was undone), and is stale
once the words differ, be the change editorial or one of substance.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from app.problems import AuthenticLanguage
from app.rules.standing import version_tag
from app.text.clauses import FrontMatter
from app.text.languages import Language, is_language_of


class TranslationState(StrEnum):
    TRANSLATED = "translated"
    STALE = "stale"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Wording:
    """One version of the authentic text of a clause: its number, the hash of its words, and the version whose substance
    it has."""

    version: int
    text_hash: str
    substance: int


@dataclass(frozen=True, slots=True)
class Translated:
    """A translation into one language by its number (1, 2, ...), and the wording that it translates."""

    number: int
    of: Wording


@dataclass(frozen=True, slots=True)
class Fit:
    """How a clause stands in one language: the translation that is shown (`number`, 0 for none), and whether a stale
    one misses editorial changes only."""

    state: TranslationState
    number: int = 0
    is_editorial_only: bool = False


_MISSING: Final = Fit(TranslationState.MISSING)


def fit(wording: Wording, translations: Iterable[Translated]) -> Fit:
    """The translation of a clause, into one language, that goes with this wording of it.

    It is the newest translation of the same words, whichever version they were; where there is none, the newest of an
    earlier version, which is stale. A translation of later words alone is none of this wording.
    """
    known = sorted(translations, key=lambda one: one.number, reverse=True)
    for one in known:
        if one.of.text_hash == wording.text_hash:
            return Fit(TranslationState.TRANSLATED, one.number)
    for one in known:
        if one.of.version <= wording.version:
            return Fit(TranslationState.STALE, one.number, one.of.substance == wording.substance)
    return _MISSING


def must_be_a_translation(language: Language, front: FrontMatter) -> None:
    """Refuse (AuthenticLanguage) to take the language of the negotiation for one that the text is translated into."""
    if is_language_of(language, front):
        raise AuthenticLanguage(language=language.called, negotiation=front.slug)


def translation_tag(clause: str, version: int, language: Language, number: int) -> str:
    """What If-Match wants of who translates a clause: `c7.v4.fr2`, its version 4 and the second French translation."""
    return f"{version_tag(clause, version)}.{language}{number}"


def language_tag(slug: str, language: Language, last: int) -> str:
    """What If-Match wants of who translates a whole text: `sse.fr.v41`, where entry 41 was the last that translated
    into French."""
    return version_tag(f"{slug}.{language}", last)
