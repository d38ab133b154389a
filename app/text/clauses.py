"""The words of the text itself: a draft is its front matter and a list of clauses in the order of the document."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from app.said import N_, Said
from app.text.origin import Origin


class Kind(StrEnum):
    """What a clause is. A sub-paragraph has the kind of the paragraph it belongs to and a deeper level."""

    TITLE = "title"
    OPENING = "opening"  # "The General Assembly,"
    HEADING = "heading"
    PREAMBULAR = "preambular"
    OPERATIVE = "operative"
    ANNEX = "annex"  # the title of an annex; what follows belongs to it
    PARAGRAPH = "paragraph"  # a paragraph of an annex, or an unnumbered one of the operative part
    FOOTNOTE = "footnote"

    @property
    def words(self) -> Said:
        """As a sentence says it: `an operative paragraph`."""
        return Said(_WORDS[self])


_WORDS: Final = {
    Kind.TITLE: N_("title"),
    Kind.OPENING: N_("opening"),
    Kind.HEADING: N_("heading"),
    Kind.PREAMBULAR: N_("preambular"),
    Kind.OPERATIVE: N_("operative"),
    Kind.ANNEX: N_("annex"),
    Kind.PARAGRAPH: N_("paragraph"),
    Kind.FOOTNOTE: N_("footnote"),
}

WITH_SUBPARAGRAPHS: Final = frozenset({Kind.PREAMBULAR, Kind.OPERATIVE, Kind.PARAGRAPH})


@dataclass(frozen=True, slots=True)
class Clause:
    """One paragraph of a draft.

    `level` is 1 for a paragraph, 2 for (a), 3 for (i), and so on; for a heading its depth, from 1. `label` is what
    negotiators call it (`PP3`, `OP4(a)(ii)`, `PP3 bis`). `text` is NFC on one line, without its number and without
    marks of emphasis; a reference to a footnote stands in it as `[^1]`. `key` is the stable identity inside a
    negotiation ("c7"), empty for a text that belongs to none; `version` counts the texts the clause has had, 0 for
    none.
    """

    kind: Kind
    label: str
    text: str
    level: int = 1
    key: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What is known of a draft beside its paragraphs. Empty strings and tuples mean: not said.

    `masthead` and `closing` are the lines printed above the title and below the last paragraph of an official document
    (session, agenda item, meeting, date) that have no field of their own, in order.
    """

    slug: str = ""
    organ: str = ""
    symbol: str = ""
    session: str = ""
    agenda_item: str = ""
    language: str = "en"
    sponsors: tuple[str, ...] = ()
    masthead: tuple[str, ...] = ()
    closing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """A whole text: front matter and clauses in the order of the document (parents before their sub-paragraphs).

    `origin` says of an export where it was taken from.
    """

    front: FrontMatter = field(default_factory=FrontMatter)
    clauses: tuple[Clause, ...] = ()
    origin: Origin | None = None

    @property
    def title(self) -> str:
        """The text of the title clause, or an empty string."""
        return next((clause.text for clause in self.clauses if clause.kind is Kind.TITLE), "")


def parents(clauses: Sequence[Clause]) -> tuple[int | None, ...]:
    """For each clause the index of the paragraph it is a sub-paragraph of, or None."""
    above: list[int] = []  # the paragraphs around the present place, outermost first
    found: list[int | None] = []
    for index, clause in enumerate(clauses):
        above = [i for i in above if clauses[i].level < clause.level and clauses[i].kind is clause.kind]
        found.append(above[-1] if above else None)
        if clause.kind in WITH_SUBPARAGRAPHS:
            above.append(index)
    return tuple(found)


def block(live: Sequence[Clause], key: str) -> list[Clause]:
    """A clause with its sub-paragraphs."""
    start = next(i for i, clause in enumerate(live) if clause.key == key)
    end = start + 1
    has_parts = live[start].kind in WITH_SUBPARAGRAPHS  # a sub-heading is no part of the heading before it
    while has_parts and end < len(live) and live[end].kind is live[start].kind and live[end].level > live[start].level:
        end += 1
    return list(live[start:end])
