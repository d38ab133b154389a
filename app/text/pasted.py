"""Reads plain text pasted from an official document: no labels, numbered operative paragraphs, masthead, footnotes.

What a line is, pasted_structure finds out; pasted_assembly makes clauses of the lines, each with a label of its own.
What belongs to the page and not to the text (page numbers, running heads, rules) is left behind. Somebody who sees what
was found can place each line otherwise (`Placing`).
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.problems import DraftUnreadable
from app.said import Said
from app.text.clauses import Draft
from app.text.drafts import parse
from app.text.drafts_front import FENCE
from app.text.origin import Origin, read_origin
from app.text.pasted_assembly import PARAGRAPHS, Assembly, Place, Placing
from app.text.pasted_lines import Line, LineKind
from app.text.pasted_notes import with_references
from app.text.pasted_structure import detect
from app.text.screen import screened

__all__ = [
    "Line",
    "LineKind",
    "Place",
    "PlacedLine",
    "Placing",
    "Reading",
    "detect",
    "is_draft_file",
    "read_draft",
    "read_lines",
    "read_pasted",
]

_LABELLED = re.compile(r"\s*(?:\*{1,3}|_{1,3})?(?:PP|OP) ?\d+(?:[^.:\n]{0,30}[.:]|\s)", re.IGNORECASE)
_KEY = re.compile(r"[a-z_]+:")
# What typesetting leaves in official texts without showing: soft hyphens, zero-width spaces and joiners, single marks
# of direction, byte order marks. Overrides of direction, which can make a text read otherwise, are refused as ever.
_DEBRIS = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")


def read_draft(source: str) -> Draft:
    """Read a draft in either form: a drafts/ file, known by its front matter or labels, or pasted plain text."""
    return parse(source) if is_draft_file(source) else read_pasted(source)


def is_draft_file(source: str) -> bool:
    """Whether a text is in the drafts/ format: it has its front matter or its labels."""
    lines = [line for line in source.removeprefix("\ufeff").splitlines() if line.strip()]
    has_front = len(lines) > 1 and lines[0].rstrip() == FENCE and (_KEY.match(lines[1]) or lines[1].rstrip() == FENCE)
    return bool(has_front) or any(_LABELLED.match(line) for line in lines)


def read_pasted(source: str) -> Draft:
    """Read plain text pasted from an official document and find its structure.

    Operative paragraphs keep the numbers they have where these grow; unnumbered paragraphs after them, and all of an
    annex, are P1, P2, ... in the order of the text. In annexes, whose numbering is their own, numbers stay in the text;
    so do bullets. Raises DraftUnreadable when there is no paragraph of a resolution in it.
    """
    return read_lines(source).draft()


@dataclass(frozen=True, slots=True)
class PlacedLine:
    """A line of the source that is not blank, by its number there, and what it became. `label` is that of the clause
    which it begins or goes on with; empty where it belongs to none."""

    number: int
    text: str
    placing: Placing
    label: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A pasted text, line by line. `draft()` is the text that they make."""

    lines: tuple[PlacedLine, ...]
    _assembly: Assembly
    _origin: Origin | None = None

    def draft(self) -> Draft:
        """Raises DraftUnreadable where no paragraph of a resolution is in it, and what `screened` raises."""
        found = self._assembly
        if not any(clause.kind in PARAGRAPHS for clause in found.clauses):
            raise DraftUnreadable(
                line=1,
                found=Said("no paragraph of a resolution"),
                expected=Said(
                    "an opening line (“The General Assembly,”) and paragraphs (“Recalling ...,”, “1. Requests ...;”)"
                ),
            )
        clauses = with_references(found.clauses, found.notes)
        screen = [replace(clause, text=screened(clause.text, clause.label)) for clause in clauses]
        return Draft(found.front(), tuple(screen), self._origin)


def read_lines(source: str, placings: Sequence[Placing] | None = None) -> Reading:
    """Read a pasted text line by line, each placed as `placings` says (one for each line that is not blank), or as its
    form tells. The placings of a reading, given again, make the same draft. The small print with which exports end is
    no line of the text. Never fails."""
    composed = unicodedata.normalize("NFC", _DEBRIS.sub("", source)).rstrip()
    text, _, small_print = composed.rpartition("\n")
    if origin := read_origin(small_print):
        composed = text
    numbers = [number for number, line in enumerate(composed.splitlines(), 1) if line.strip().strip("\ufeff")]
    lines = detect(composed)
    given = placings if placings is not None and len(placings) == len(lines) else [None] * len(lines)
    assembly = Assembly()
    placed = []
    for number, line, placing in zip(numbers, lines, given, strict=True):
        became, label = assembly.add(line, placing)
        placed.append(PlacedLine(number, line.line, became, label))
    return Reading(tuple(placed), assembly, origin)
