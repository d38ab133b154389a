"""References of a text to its own paragraphs ("paragraph 3 (a) above"): finding them, and having them follow a
renumbering.

Only what says of itself that it is in the same text is a reference to it: "... above", "... below", "... of the present
resolution", "... of this resolution". "Paragraph 5 of its resolution 70/1" is somebody else's and never touched.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from app.text.clauses import Kind
from app.text.labels import ORDINALS, Label, read_label

_SPACE: Final = r"[\s\u00a0]"
_NUMBER: Final = (
    rf"[0-9]{{1,4}}(?:{_SPACE}+(?:{'|'.join(ORDINALS)}))?(?:{_SPACE}*\([0-9a-zA-Z]{{1,5}}\)"
    rf"(?:{_SPACE}+(?:{'|'.join(ORDINALS)}))?)*"
)
_AND: Final = rf"(?:{_SPACE}*,{_SPACE}*(?:and{_SPACE}+|or{_SPACE}+)?|{_SPACE}+(?:and|or|to|through){_SPACE}+)"
_PARAGRAPH: Final = rf"(?:preambular{_SPACE}+|operative{_SPACE}+)?paragraphs?{_SPACE}+"
_WHERE: Final = rf"above|below|of{_SPACE}+(?:the{_SPACE}+present|this)"
_REFERENCE: Final = re.compile(
    rf"(?P<word>{_PARAGRAPH})(?P<list>{_NUMBER}(?:{_AND}(?:{_PARAGRAPH})?{_NUMBER})*)(?P<gap>,?{_SPACE}+)(?P<where>{_WHERE})\b",
    re.IGNORECASE,
)
_ONE: Final = re.compile(rf"(?P<to>(?:to|through){_SPACE}+)?(?<![\w(])(?P<number>{_NUMBER})")
_RANGES: Final = ("to", "through")


@dataclass(frozen=True, slots=True)
class Reference:
    """One paragraph that a text refers to: `text[start:end]` names it, `label` is what it is called."""

    start: int
    end: int
    label: str


@dataclass(frozen=True, slots=True)
class Followed:
    """A text after a renumbering. `unsure` are the references, as they were written, that a person has to look at:
    their paragraph is gone, or a range no longer runs from its first to its last."""

    text: str
    unsure: tuple[str, ...] = ()


def references(text: str, here: str = "OP1") -> tuple[Reference, ...]:
    """The paragraphs of the same text that `text` names, in order. `here` is the label of the clause it stands in: in
    an annex the numbers are those of the annex."""
    return tuple(found for _, group in _groups(text, here) for found in group)


def followed(text: str, renumbering: Mapping[str, str | None], old_here: str, new_here: str) -> Followed:
    """`text` with its references to own paragraphs as they are called after `renumbering` (old label -> new, None:
    gone).

    "above" becomes "below" where the paragraph now comes after the one that names it, and the other way round. A label
    that is not in the mapping keeps its number. What cannot be followed with certainty is left as it is and named in
    `unsure`.
    """
    pieces: list[str] = []
    unsure: list[str] = []
    done = 0
    for match, group in _groups(text, old_here):
        new = [renumbering.get(reference.label, reference.label) for reference in group]
        where = _side(match["where"], [label for label in new if label is not None], new_here)
        if None in new or where is None or not _ranges_hold(match, group, renumbering):
            unsure.append(match.group())
            continue
        for reference, label in zip(group, new, strict=True):
            if label is not None and label != reference.label:  # an unchanged one keeps its own spacing
                pieces += [text[done : reference.start], _written(label)]
                done = reference.end
        pieces += [text[done : match.start("where")], where]
        done = match.end("where")
    return Followed("".join(pieces) + text[done:], tuple(unsure))


def _groups(text: str, here: str) -> Iterator[tuple[re.Match[str], list[Reference]]]:
    for match in _REFERENCE.finditer(text):
        own = read_label(here)
        kind = Kind.PARAGRAPH if own is not None and own.kind is Kind.PARAGRAPH else Kind.OPERATIVE
        if match["word"].lower().startswith("preambular"):
            kind = Kind.PREAMBULAR
        start = match.start("list")
        found = []
        for one in _ONE.finditer(match["list"]):
            label = read_label(f"{_PREFIX[kind]}{one['number']}")
            if label is not None:
                found.append(Reference(start + one.start("number"), start + one.end("number"), str(label)))
        if found:
            yield match, found


_PREFIX: Final = {Kind.OPERATIVE: "OP", Kind.PREAMBULAR: "PP", Kind.PARAGRAPH: "P"}


def _ranges_hold(match: re.Match[str], group: list[Reference], renumbering: Mapping[str, str | None]) -> bool:
    """Whether every "8 to 11" still runs over the same paragraphs, and over no others."""
    before: Reference | None = None
    for reference in group:
        between = match.string[before.end : reference.start] if before is not None else ""
        if before is not None and any(word in between.lower().split() for word in _RANGES):
            old = _run(before.label, reference.label)
            first, last = (renumbering.get(label, label) for label in (before.label, reference.label))
            new = [renumbering.get(label, label) for label in old]
            if first is None or last is None or new != _run(first, last):
                return False
        before = reference
    return True


def _run(first: str, last: str) -> list[str]:
    """The labels from one to another of the same level, as numbered by a fresh numbering."""
    a, b = read_label(first), read_label(last)
    if a is None or b is None or a.kind is not b.kind or a.steps[:-1] != b.steps[:-1]:
        return [first, last]
    numbers = range(a.steps[-1].number, b.steps[-1].number + 1)
    return [str(Label(a.kind, (*a.steps[:-1], replace(a.steps[-1], number=number)))) for number in numbers]


def _side(where: str, labels: list[str], here: str) -> str | None:
    """`where` as it has to read for these paragraphs, seen from `here`; None when some are above and some below."""
    if where.lower() not in ("above", "below"):
        return where
    own = read_label(here)
    sides = {
        "above" if label < own else "below"
        for text in labels
        if (label := read_label(text)) is not None and own is not None and label != own
    }
    if len(sides) > 1:
        return None
    side = next(iter(sides), where.lower())
    return where if where.lower() == side else side


def _written(label: str) -> str:
    """How a paragraph is called in a text: `OP4(a)(ii)` is "4 (a) (ii)"."""
    number = label[len(_PREFIX[known.kind]) :] if (known := read_label(label)) is not None else label
    return re.sub(r"(?<=[^\s(])\(", " (", number)
