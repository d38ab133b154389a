"""Reads adopted texts for the library: leniently, since they are what they are and nobody can type them again.

What shows nothing (joiners, marks of direction, soft hyphens and the like: U+200D, U+200E, ...) is dropped and counted,
where it would be refused in a new text. Everything else is read as any draft is.
"""

import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from app.problems import InvalidInput
from app.said import Said
from app.text.clauses import Clause, Draft, Kind
from app.text.pasted import read_draft
from app.text.screen import screened

SOURCE_LIMIT: Final = 2_000_000  # characters of one text
MOST_CLAUSES: Final = 5_000
_LONGEST_SYMBOL: Final = 60
_LONGEST_LANGUAGE: Final = 35
_LONGEST_TITLE: Final = 2_000

_INVISIBLE: Final = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0000-\U000e0fff]"
)
_SYMBOL: Final = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9().,:& -]|/(?!/))*[A-Za-z0-9)]")
_FILE_NAME: Final = re.compile(r"[A-Z][A-Z0-9.]*(?:_[A-Za-z0-9().-]+)+")
_PART: Final = re.compile(r"/([A-Z])$")
_MONTHS: Final = "January February March April May June July August September October November December".lower().split()
_DATE: Final = re.compile(rf"\b(\d{{1,2}})\s+({'|'.join(_MONTHS)})\s+(\d{{4}})\b", re.IGNORECASE)
_SESSION: Final = re.compile(r"\S+(?: \S+){0,3} session", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Adopted:
    """An adopted text as it was read. `dropped` counts the characters left out because they show nothing."""

    draft: Draft
    dropped: int = 0

    @property
    def symbol(self) -> str:
        return self.draft.front.symbol

    @property
    def session(self) -> str:
        """The session, "Seventy-ninth session", from where it stands; empty when the text does not say."""
        front = self.draft.front
        return front.session or next((line for line in front.masthead if _SESSION.fullmatch(line)), "")

    @property
    def adopted_on(self) -> date | None:
        """The day of adoption, where the text says it in English: at its head after "adopted", or else at its end."""
        front = self.draft.front
        head = [line for line in front.masthead if "adopted" in line.lower()]
        for line in (*head, *reversed(front.closing)):
            for day, month, year in _DATE.findall(" ".join(line.split())):
                number = _MONTHS.index(month.lower()) + 1
                try:
                    return date(int(year), number, int(day))
                except ValueError:
                    continue  # 31 November
        return None


def read_adopted(source: str, *, symbol: str = "", title: str = "", language: str = "") -> Adopted:
    """Read an adopted text in the drafts/ format or as plain text; what is given here goes before what the text says.

    Raises DraftUnreadable and what `screened` raises where the text cannot be read; InvalidInput when it is too large,
    or says no symbol and none is given.
    """
    if len(source) > SOURCE_LIMIT:
        raise InvalidInput.at(
            "draft",
            Said(
                "the text has {count} characters; at most {source_limit} are accepted.",
                count=len(source),
                source_limit=SOURCE_LIMIT,
            ),
        )
    visible = "".join(filter(_shows, source)) if not source.isascii() else source
    draft = read_draft(visible)
    if len(draft.clauses) > MOST_CLAUSES:
        found = Said(
            "the text has {count} paragraphs; at most {most_clauses} are accepted.",
            count=len(draft.clauses),
            most_clauses=MOST_CLAUSES,
        )
        raise InvalidInput.at("draft", found)
    front = replace(draft.front, symbol=canonical_symbol(symbol or draft.front.symbol))
    if language:
        front = replace(front, language=screened(language, "language", limit=_LONGEST_LANGUAGE))
    clauses = draft.clauses
    if title:
        titled = Clause(Kind.TITLE, "Title", screened(title, "title", limit=_LONGEST_TITLE))
        clauses = (titled, *(clause for clause in clauses if clause.kind is not Kind.TITLE))
    return Adopted(Draft(front, clauses), len(source) - len(visible))


def canonical_symbol(symbol: str) -> str:
    """A symbol as the library keeps it: `A/RES/79/213`, `S/RES/1674(2006)`, `A/RES/76/246 B`. Raises InvalidInput."""
    written = as_kept(symbol)
    if not written:
        raise InvalidInput.at("symbol", Said("the text does not say its symbol; give it, such as A/RES/79/213."))
    if len(written) > _LONGEST_SYMBOL or not _SYMBOL.fullmatch(written):
        raise InvalidInput.at(
            "symbol",
            Said(
                "“{symbol}” cannot be a symbol: use at most {longest_symbol} letters, digits, / ( ) . -",
                symbol=written[:80],
                longest_symbol=_LONGEST_SYMBOL,
            ),
        )
    return written


def as_kept(symbol: str) -> str:
    """A symbol with its spaces as the library has them: none before a bracket."""
    return re.sub(r" (?=\()", "", " ".join(symbol.split()))


def symbol_in_name(name: str) -> str:
    """The symbol that a file is named after, with `_` for `/`: `A_RES_79_213`, `A_RES_76_246_B`. Empty if it is not."""
    if not _FILE_NAME.fullmatch(name) or not re.search(r"\d", name):
        return ""
    return _PART.sub(r" \1", name.replace("_", "/"))


def _shows(character: str) -> bool:
    return character.isascii() or not (unicodedata.category(character) == "Cf" or _INVISIBLE.match(character))
