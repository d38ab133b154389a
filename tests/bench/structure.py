"""Scores the structure detector on the corpus: `python -m tests.bench.structure [--misses] [--left-out]`.

A line counts as right when its kind is the given one and, for paragraphs, its level. The opening line is given as
preambular there, a closing line as backmatter, a footnote as footer. Lines whose given label is plainly wrong are left
out, by rules that say why (`doubt`), so that other texts can be scored in the same way; the score with them is printed,
too.
"""

import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from app.text import pasted_lines as forms
from app.text.clauses import Kind
from app.text.openers import opener
from app.text.pasted import Line, detect
from tests.corpus import pasted, resolution_lines, symbols

_GIVEN = {"frontmatter": "frontmatter", "title": "title", "heading": "heading", "backmatter": "closing"}


@dataclass(frozen=True, slots=True)
class Scored:
    """One line of the corpus with what was given and what was found; `doubt` says why it is left out, if it is."""

    symbol: str
    at: int
    given: str
    found: Line
    is_right: bool
    doubt: str


def given_kind(line: dict[str, Any]) -> str:
    kind = str(line["type"])
    if kind == "paragraph":
        return str(line.get("paragraph_type") or "operative")
    return _GIVEN.get(kind, "footnote")


def is_right(line: dict[str, Any], found: Line) -> bool:
    kind = "preambular" if found.kind == "opening" else str(found.kind)
    level = line.get("paragraph_level")
    return kind == given_kind(line) and (level is None or level == found.level)


def scored(symbol: str) -> list[Scored]:
    """The lines of one resolution, each with its score."""
    given = [line for line in resolution_lines(symbol) if f"{line.get('prefix') or ''} {line['text']}".strip()]
    found = detect(pasted(symbol))
    doubts = doubts_of(given)
    levels = [f"{given_kind(line)} {line.get('paragraph_level') or ''}".strip() for line in given]
    return [
        Scored(symbol, at, levels[at], mine, is_right(line, mine), why)
        for at, (line, mine, why) in enumerate(zip(given, found, doubts, strict=True))
    ]


@dataclass(frozen=True, slots=True)
class Place:
    """A line among the others: what the rules below look at."""

    line: dict[str, Any]
    text: str
    kind: str
    above: "Place | None"
    below: dict[str, Any]
    after_the_beginning: bool
    after_operative: bool
    in_annex: bool
    in_further_part: bool
    has_title: bool

    def reads(self, *patterns: re.Pattern[str]) -> bool:
        whole = f"{self.line.get('prefix') or ''} {self.text}".strip()
        return any(forms.full(pattern, text) for pattern in patterns for text in (self.text, whole))


DOUBTS: tuple[tuple[str, Callable[[Place], bool]], ...] = (
    (
        "a meeting or date labelled as a paragraph",
        lambda at: at.kind == "preambular" and at.after_the_beginning and at.reads(forms.MEETING, forms.DATE),
    ),
    (
        "an annex or its contents labelled as closing lines",
        lambda at: at.kind == "closing" and at.in_annex,
    ),
    (
        "a further part of the resolution labelled as closing lines",
        lambda at: at.kind == "closing" and at.in_further_part,
    ),
    (
        "a paragraph or heading of the text labelled as footer",
        lambda at: at.kind == "footnote" and (at.text[0].isalpha() or re.match(r"\d+\.\s", at.text) is not None),
    ),
    (
        "a page mark or note labelled as text",
        lambda at: at.kind in ("preambular", "heading") and at.reads(forms.RUNNING_HEAD, forms.FOOTNOTE),
    ),
    (
        "a lettered line of the operative part labelled as preambular",
        lambda at: at.kind == "preambular" and bool(at.line.get("prefix")) and at.after_operative,
    ),
    (
        "a preambular paragraph labelled as a heading",
        lambda at: at.kind == "heading" and bool(opener(Kind.PREAMBULAR, at.text)) and at.text.endswith(","),
    ),
    (
        "an operative verb labelled as preambular",
        lambda at: at.kind == "preambular" and forms.is_operative(at.text),
    ),
    (
        "the second half of a paragraph or heading labelled as a paragraph of its own",
        lambda at: at.kind == "preambular" and at.text[:1].islower(),
    ),
    (
        "a part or heading labelled as a paragraph",
        lambda at: (
            at.kind == "preambular"
            and (
                at.reads(forms.LETTER_ALONE)
                or (at.above is not None and at.above.kind == "heading" and not at.above.text)
            )
        ),
    ),
    (
        "title, part and opening line labelled as front matter",
        lambda at: (
            at.kind == "frontmatter" and not at.has_title and at.reads(forms.TITLE, forms.OPENING, forms.LETTER_ALONE)
        ),
    ),
    (
        "(i) one level above (ii)",
        lambda at: (
            (at.line.get("prefix"), at.below.get("prefix")) == ("(i)", "(ii)")
            and at.line.get("paragraph_level") != at.below.get("paragraph_level")
        ),
    ),
    ("a level with none above it", lambda at: (at.line.get("paragraph_level") or 0) > 3),
)


def doubts_of(given: list[dict[str, Any]]) -> list[str]:
    """For each line why its label is plainly wrong, or an empty string."""
    return [next((why for why, holds in DOUBTS if holds(place)), "") for place in _places(given)]


def _places(given: list[dict[str, Any]]) -> Iterator[Place]:
    texts = [" ".join(line["text"].split()) for line in given]
    has_title = any(line["type"] == "title" for line in given)
    beginning = operative = annex = part = other = False
    above: Place | None = None
    for at, (line, text) in enumerate(zip(given, texts, strict=True)):
        kind = given_kind(line)
        closing = kind == "closing"
        annex |= operative and forms.full(forms.ANNEX, text) is not None
        other |= closing and forms.full(forms.TITLE, text) is not None
        part |= closing and forms.full(forms.LETTER_ALONE, text) is not None and forms.is_opening(texts, at + 1)
        below = given[at + 1] if at + 1 < len(given) else {}
        above = Place(line, text, kind, above, below, beginning, operative, annex, part and not other, has_title)
        beginning |= kind == "preambular"
        operative |= kind == "operative"
        yield above


def main() -> None:
    everything = [line for symbol in symbols() for line in scored(symbol)]
    judged = [line for line in everything if not line.doubt]
    for name, lines in (("structure", judged), ("structure, plainly wrong labels included", everything)):
        right = sum(line.is_right for line in lines)
        print(f"{name}: {right} of {len(lines)} lines right, {right / len(lines):.2%}")
    for doubt, count in Counter(line.doubt for line in everything if line.doubt).most_common():
        differ = sum(not line.is_right for line in everything if line.doubt == doubt)
        print(f"  left out {count:4} ({differ} of them found otherwise): {doubt}")
    for kinds, count in Counter(
        f"{line.given} -> {line.found.kind}" for line in judged if not line.is_right
    ).most_common():
        print(f"  missed {count:6}: {kinds}")
    for flag, lines in (("--misses", judged), ("--left-out", [line for line in everything if line.doubt])):
        for line in (line for line in lines if flag in sys.argv and not line.is_right):
            found = f"{line.found.kind} {line.found.level}"
            print(f"{line.symbol:18} {line.at:4} {line.given:14} {found:14} {line.found.line[:60]} | {line.doubt}")


if __name__ == "__main__":
    main()
