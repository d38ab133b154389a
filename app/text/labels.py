"""What negotiators call a clause: `PP3`, `OP4(a)(ii)`, `PP3 bis`, `OP4 alt`. Reads, sorts and gives out labels.

A label is a part of the text (`PP`, `OP`, `H`, ...) and one step for each level: `OP4(a)(ii)` has three. A step has a
number, an ordinal when it was inserted during a reading (`bis` is the second, `ter` the third of its number) and the
count of an alternative (`alt`, `alt 2`). Numbers are written `4` at level 1, `(a)` at level 2, `(i)` at level 3, `(A)`
at level 4, `(1)` at level 5, and from level 6 on the same four again. Letters run a to z, then aa, bb, cc.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from app.text.clauses import Clause, Kind

HEADS: dict[Kind, str] = {
    Kind.TITLE: "Title",
    Kind.OPENING: "Opening",
    Kind.HEADING: "H",
    Kind.PREAMBULAR: "PP",
    Kind.OPERATIVE: "OP",
    Kind.ANNEX: "Annex ",
    Kind.PARAGRAPH: "P",
    Kind.FOOTNOTE: "N",
}
_RANK = {kind: rank for rank, kind in enumerate(HEADS)}
_UNNUMBERED = frozenset({Kind.TITLE, Kind.OPENING})  # the first is "Title", not "Title 1"
_WITH_SUBPARAGRAPHS = frozenset({Kind.PREAMBULAR, Kind.OPERATIVE, Kind.PARAGRAPH})

ORDINALS = (
    *("bis", "ter", "quater", "quinquies", "sexies", "septies", "octies", "novies", "decies", "undecies", "duodecies"),
    *("terdecies", "quaterdecies", "quindecies", "sexdecies", "septdecies", "octodecies", "novodecies", "vicies"),
)
_LAST_ORDINAL = len(ORDINALS) + 1  # vicies, the twentieth; from there on plain numbers
_ORDINAL_OF = {name: count for count, name in enumerate(ORDINALS, start=2)} | {
    **{"quinques": 5, "nonies": 9, "tredecies": 13, "quattuordecies": 14, "sedecies": 16, "septendecies": 17},
    **{"duodevicies": 18, "undevicies": 19},
}

_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"))
_ROMAN_ONES = ((9, "ix"), (5, "v"), (4, "iv"), (1, "i"))

_GAP = r"[\s_‐-―-]"
_SUFFIX = (
    rf"(?:{_GAP}*(?P<ordinal>{'|'.join(sorted(_ORDINAL_OF, key=len, reverse=True))})|{_GAP}+(?P<count>[0-9]{{2,6}}))?"
    rf"(?:{_GAP}*(?P<alt>alt)\.?(?:{_GAP}*(?P<alternative>[0-9]{{1,6}}))?)?"
)
_HEAD = re.compile(
    rf"(?P<head>title|opening|annex|pp|op|p|h|n)(?:{_GAP}*(?P<number>[0-9]{{1,6}})|{_GAP}+(?P<roman>[ivxlc]+)\b)?{_SUFFIX}"
)
_STEP = re.compile(rf"{_GAP}*\({_GAP}*(?P<number>[a-z]{{1,20}}|[0-9]{{1,6}}){_GAP}*\){_SUFFIX}")
_KIND_OF = {head.strip().lower(): kind for kind, head in HEADS.items()}


@dataclass(frozen=True, slots=True, order=True)
class Step:
    """One level of a label. `ordinal` is 1, or 2 for bis; `alternative` is 0, or 1 for alt, 2 for alt 2.

    The number 0 stands before the first (`PP0 bis`), or for a level that the text leaves out (`OP1(0)(i)`).
    """

    number: int
    ordinal: int = 1
    alternative: int = 0

    @property
    def suffix(self) -> str:
        """What follows the number: ` bis`, ` alt 2`, or nothing."""
        suffix = ""
        if self.ordinal > 1:
            suffix = f" {ORDINALS[self.ordinal - 2]}" if self.ordinal <= _LAST_ORDINAL else f" {self.ordinal}"
        if self.alternative:
            suffix += " alt" if self.alternative == 1 else f" alt {self.alternative}"
        return suffix


@dataclass(frozen=True, slots=True)
class Label:
    """A label taken apart. Labels of one part sort as the text does: `OP4`, `OP4(a)`, `OP4 alt`, `OP4 bis`, `OP5`."""

    kind: Kind
    steps: tuple[Step, ...]

    @property
    def sort_key(self) -> tuple[int, tuple[Step, ...]]:
        return _RANK[self.kind], self.steps

    @property
    def level(self) -> int:
        return len(self.steps)

    def __lt__(self, other: "Label") -> bool:
        return self.sort_key < other.sort_key

    def __str__(self) -> str:
        first = self.steps[0]
        number = str(first.number)
        if (
            self.kind in _UNNUMBERED
        ):  # "Title 21" would be the 21st title, so the 21st "bis" of the first says its number
            number = "" if first.number == 1 and first.ordinal <= _LAST_ORDINAL else f" {number}"
        written = [HEADS[self.kind], number, first.suffix]
        for level, step in enumerate(self.steps[1:], start=2):
            written.append(f"({_written(step.number, level)}){step.suffix}")
        return "".join(written)


def read_label(text: str) -> Label | None:
    """Read a label as a person writes it (`op4 (a)`, `PP3bis`, `pp3-bis`, `Annex II`); None if it is none.

    Upper or lower case does not matter, since the level of a step says which case is meant.
    """
    text = text.strip().lower()
    match = _HEAD.match(text)
    if match is None:
        return None
    kind = _KIND_OF[match["head"]]
    number = _first_number(kind, match["number"], match["roman"])
    step = _step(number, match)
    if step is None:
        return None
    steps = [step]
    while match.end() < len(text):
        match = _STEP.match(text, match.end())
        if match is None or kind not in _WITH_SUBPARAGRAPHS:
            return None
        step = _step(_number(match["number"], len(steps) + 1), match)
        if step is None:
            return None
        steps.append(step)
    if steps[-1].number == 0 and steps[-1].ordinal == 1:
        return None  # `PP0` is a place before the first, not a paragraph
    return Label(kind, tuple(steps))


def canonical(text: str) -> str | None:
    """The label as it is stored and printed, or None if `text` is no label."""
    label = read_label(text)
    return None if label is None else str(label)


def same(first: str, second: str) -> bool:
    """Whether two spellings name the same clause."""
    label = read_label(first)
    return label is not None and label == read_label(second)


def label_after(anchor: str, taken: Collection[str] = ()) -> str:
    """The label of a paragraph inserted after `anchor` at the same level: the next ordinal that is not taken.

    After `PP3` comes `PP3 bis`, or `PP3 ter` where that is taken: a label once given is never given to another.
    """
    label = _known(anchor)
    return _next_ordinal(label.kind, label.steps[:-1], label.steps[-1], taken)


def label_before_first(parent: Kind | str, taken: Collection[str] = ()) -> str:
    """The label of a paragraph inserted before the first of its kind (`PP0 bis`), or before the first
    sub-paragraph of the paragraph with the label `parent` (`OP4(0) bis`)."""
    if isinstance(parent, Kind):
        return _next_ordinal(parent, (), Step(0), taken)
    label = _parent(parent)
    return _next_ordinal(label.kind, label.steps, Step(0), taken)


def first_child(label: str) -> str:
    """The label of the first sub-paragraph of a paragraph that has none yet: `OP4(a)`, `PP3 bis(a)`."""
    parent = _parent(label)
    return str(Label(parent.kind, (*parent.steps, Step(1))))


def alternative_of(label: str, taken: Collection[str] = ()) -> str:
    """The label of an alternative beside a clause: `OP4 alt`, then `OP4 alt 2`."""
    original = _known(label)
    *above, last = original.steps
    spoken_for = {canonical(other) for other in taken}
    step = replace(last, alternative=last.alternative + 1)
    while (given := str(Label(original.kind, (*above, step)))) in spoken_for:
        step = replace(step, alternative=step.alternative + 1)
    return given


def renumbered(clauses: Sequence[Clause]) -> tuple[str, ...]:
    """Fresh labels for clauses in the order of the document, from their kinds and levels alone; each is unique.

    Every part is numbered through the whole text, whatever stands between. A level that the text leaves out counts
    as 0: `OP1`, then level 3, gives `OP1(0)(i)`.
    """
    counts: dict[Kind, list[int]] = {kind: [] for kind in Kind}
    labels = []
    for clause in clauses:
        level = clause.level if clause.kind in _WITH_SUBPARAGRAPHS else 1
        numbers = counts[clause.kind]
        del numbers[level:]
        numbers.extend([0] * (level - len(numbers)))
        numbers[-1] += 1
        labels.append(str(Label(clause.kind, tuple(map(Step, numbers)))))
    return tuple(labels)


def _next_ordinal(kind: Kind, above: tuple[Step, ...], anchor: Step, taken: Collection[str]) -> str:
    spoken_for = {canonical(label) for label in taken}
    ordinal = anchor.ordinal + 1
    while (given := str(Label(kind, (*above, Step(anchor.number, ordinal))))) in spoken_for:
        ordinal += 1
    return given


def _known(text: str) -> Label:
    label = read_label(text)
    if label is None:
        raise ValueError(f"{text!r} is not a label")
    return label


def _parent(text: str) -> Label:
    label = _known(text)
    if label.kind not in _WITH_SUBPARAGRAPHS:
        raise ValueError(f"{label} cannot have sub-paragraphs")
    return label


def _step(number: int | None, match: re.Match[str]) -> Step | None:
    if number is None:
        return None
    ordinal = _ORDINAL_OF[match["ordinal"]] if match["ordinal"] else int(match["count"] or 1)
    if match["count"] and ordinal <= _LAST_ORDINAL:
        return None  # "PP3 5" or "PP3-15" is a slip or a range, not "PP3 quinquies"
    alternative = int(match["alternative"] or 1) if match["alt"] else 0
    return Step(number, ordinal, alternative) if alternative or not match["alt"] else None


def _first_number(kind: Kind, number: str | None, roman: str | None) -> int | None:
    if number is not None:
        return int(number)
    if roman is not None:  # printed annexes count "Annex II"
        return _number(roman, 3) if kind is Kind.ANNEX else None
    return 1 if kind in _UNNUMBERED or kind is Kind.ANNEX else None


def _number(written: str, level: int) -> int | None:
    """The number that `written` stands for at a level from 2 on, whatever its case."""
    if written == "0":
        return 0
    style = (level - 2) % 4
    number: int | None = None
    if written.isdigit():
        number = int(written) if style == 3 else None
    elif style == 1:
        number = _from_roman(written)
    elif style in (0, 2) and len(set(written)) == 1:
        number = ord(written[0]) - ord("a") + 1 + 26 * (len(written) - 1)
    return number


def _written(number: int, level: int) -> str:
    """`number` as it is written at a level from 2 on."""
    style = (level - 2) % 4
    if number == 0 or style == 3:
        return str(number)
    if style == 1:
        return _roman(number)
    letters = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
    return letters if style == 0 else letters.upper()


def _roman(number: int) -> str:
    written = []
    for value, letters in (*_ROMAN, *_ROMAN_ONES):
        count, number = divmod(number, value)
        written.append(letters * count)
    return "".join(written)


def _from_roman(written: str) -> int | None:
    number = 0
    rest = written
    for value, letters in (*_ROMAN, *_ROMAN_ONES):
        while rest.startswith(letters):
            number += value
            rest = rest[len(letters) :]
    return number if not rest and number and _roman(number) == written else None


def first_of(labels: Sequence[str], most: int = 10) -> str:
    """Labels for a sentence, of many the first: `OP1, OP2, OP7`, or `PP1, PP2, ... and 31 more`."""
    more = len(labels) - most
    return ", ".join(labels) if more <= 0 else f"{', '.join(labels[:most])} and {more} more"
