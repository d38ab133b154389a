"""Which paragraphs of a Word file are which clauses of the text that it was exported from.

The bookmarks around them say it; where somebody typed before, behind or over them, the words say which of several.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from app.documents.word_lines import NUMBER, IsContext, Line, cleaned, lines_of
from app.documents.word_paragraphs import WordFile
from app.documents.word_settled import folded, same_words, settled
from app.text.clauses import WITH_SUBPARAGRAPHS, Clause, Draft, Kind
from app.text.printed import annex_lines, masthead, printed_numbers, title_number

_BOOKMARK: Final = re.compile(r"_?chp_(?P<key>c\d{1,9})(?:_v(?P<version>\d{1,9}))?(?:_.*)?", re.IGNORECASE)
_FRAME: Final = re.compile(r"chapeau(?:masthead|closing|smallprint|annexnumber|end)|header|footer", re.IGNORECASE)
_STYLE: Final = re.compile(r"Chapeau(?P<kind>PP|OP|Paragraph|Heading)(?P<level>[1-6])")
_STYLES: Final = {
    "PP": Kind.PREAMBULAR,
    "OP": Kind.OPERATIVE,
    "Paragraph": Kind.PARAGRAPH,
    "Heading": Kind.HEADING,
}
_LIKE: Final = 0.5  # of its words: a paragraph may be a clause whatever bookmark lies on it


@dataclass(frozen=True, slots=True)
class Placed:
    """A paragraph of the file as a clause: `line` is where its words stand (None for a footnote)."""

    clause: Clause
    line: Line | None


@dataclass(slots=True)
class Sorted:
    """The paragraphs of a file, sorted: clauses, and what is none of the text with the reason."""

    clauses: list[Placed] = field(default_factory=list)
    apart: list[tuple[Line, str]] = field(default_factory=list)
    relevelled: list[tuple[Clause, Line]] = field(default_factory=list)
    new_notes: list[str] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)


def keys_in(line: Line) -> dict[str, int]:
    """The clauses, by their keys, that bookmarks in a paragraph name, with the versions."""
    found = (_BOOKMARK.fullmatch(name) for name in line.bookmarks)
    return {one["key"].lower(): int(one["version"] or 0) for one in found if one is not None}


def sorted_out(file: WordFile, base: Draft, is_context: IsContext) -> Sorted:
    """The clauses that a file with bookmarks reads, in its order, with the keys of those of `base`."""
    found = Sorted()
    notes = _Notes(file, base, is_context)
    lines = lines_of(file.paragraphs, is_context, notes.reference)
    assigned = _assigned(lines, {clause.key: clause for clause in base.clauses})
    frame = _frame(base)
    levels = _levels(lines, assigned)
    numbers = {c.key: n for c, n in zip(base.clauses, printed_numbers(base.clauses), strict=True)}
    first = min(assigned, default=0)
    for at, line in enumerate(lines):
        clause = assigned.get(at)
        if clause is not None:
            words = settled(clause.text, _without_number(line, clause, numbers[clause.key], base))
            if words:
                found.clauses.append(Placed(Clause(clause.kind, clause.label, words, clause.level, clause.key), line))
            style = levels.get(line.style)
            if style and style != (clause.kind, clause.level) and words:
                found.relevelled.append((clause, line))
        elif _FRAME.fullmatch(line.style) or line.text in frame or at < first or not line.text:
            if line.is_tracked and line.text not in frame and (line.text or _FRAME.fullmatch(line.style)):
                found.apart.append((line, "frame"))
        elif line.in_table:
            found.apart.append((line, "table"))
        else:
            found.clauses.append(Placed(_new(line, levels, [one.clause for one in found.clauses]), line))
    found.clauses += [Placed(clause, None) for clause in notes.clauses(found.clauses)]
    found.new_notes, found.lines = notes.new, lines
    return found


def _assigned(lines: Sequence[Line], clauses: Mapping[str, Clause]) -> dict[int, Clause]:
    """Which line is which clause: each at most one, the likest first."""
    words = {key: Counter(folded(clause.text).split()) for key, clause in clauses.items()}
    exact = {folded(clause.text): key for key, clause in clauses.items()}
    scored: list[tuple[float, int, str]] = []
    for at, line in enumerate(lines):
        if not line.text:
            continue
        mine = Counter(folded(line.text).split())
        for key in keys_in(line):
            if key in clauses:
                score = (mine & words[key]).total() / max(1, min(mine.total(), words[key].total()))
                other = exact.get(folded(line.text))
                if score >= _LIKE or other in (None, key):
                    scored.append((score, at, key))
    found: dict[int, Clause] = {}
    taken: set[str] = set()
    for _, at, key in sorted(scored, key=lambda one: (-one[0], one[1])):
        if at not in found and key not in taken:
            found[at] = clauses[key]
            taken.add(key)
    return found


def _without_number(line: Line, clause: Clause, number: str, base: Draft) -> str:
    """The words of a clause without a number that somebody typed before them."""
    text = line.text
    if clause.kind is Kind.TITLE and (printed := title_number(base.front.symbol)):
        return text.removeprefix(printed).strip()
    is_numbered = bool(number) or clause.kind is Kind.OPERATIVE or clause.level > 1
    typed = NUMBER.match(text)
    if is_numbered and typed is not None and NUMBER.match(clause.text) is None and text[typed.end() :]:
        return text[typed.end() :]
    return text


def _frame(base: Draft) -> set[str]:
    """What is printed around the clauses, line by line."""
    annexes = [clause for clause in base.clauses if clause.kind is Kind.ANNEX]
    heads = (line for clause in annexes for line in annex_lines(clause, len(annexes))[:-1])
    return {cleaned(line) for line in (*masthead(base.front), *base.front.closing, *heads)}


def _levels(lines: Sequence[Line], assigned: Mapping[int, Clause]) -> dict[str, tuple[Kind, int]]:
    """What the styles of this file stand for, as the clauses in it show, whatever the styles are called now."""
    seen: dict[str, Counter[tuple[Kind, int]]] = {}
    for at, clause in assigned.items():
        seen.setdefault(lines[at].style, Counter())[(clause.kind, clause.level)] += 1
    found = {}
    for style, counted in seen.items():
        (common, count), *_ = counted.most_common(1)
        if style and (style.startswith("Chapeau") or count * 4 >= counted.total() * 3) and len(seen) > 2:
            found[style] = common
    for style in {line.style for line in lines}:
        if named := _STYLE.fullmatch(style):
            found[style] = (_STYLES[named["kind"]], int(named["level"]))
    return found


def _new(line: Line, levels: Mapping[str, tuple[Kind, int]], before: Sequence[Clause]) -> Clause:
    """A paragraph that the text does not have: what it is, its style says, its number, or the paragraph before it."""
    above = next((clause for clause in reversed(before) if clause.kind is not Kind.FOOTNOTE), None)
    kind, level = levels.get(line.style, (None, 0))
    typed = NUMBER.match(line.text) if not line.number else None
    number = line.number or (typed[0].strip() if typed is not None else "")
    text = line.text[typed.end() :] if typed is not None and line.text[typed.end() :] else line.text
    if kind in (None, Kind.TITLE, Kind.OPENING):
        kind, level = (above.kind, above.level) if above is not None else (Kind.PREAMBULAR, 1)
        if kind in (Kind.TITLE, Kind.OPENING):
            kind, level = Kind.PREAMBULAR, 1
        elif kind in (Kind.HEADING, Kind.ANNEX):
            kind, level = (Kind.OPERATIVE if re.match(r"\d", number) else Kind.PARAGRAPH), 1
    assert kind is not None  # noqa: S101 - for mypy
    if kind in WITH_SUBPARAGRAPHS and number.startswith("(") and level == 1 and above is not None:
        level = 2 if above.kind is kind else 1
    elif kind is Kind.OPERATIVE and re.match(r"\d", number):
        level = 1
    return Clause(kind, "", text, level)


class _Notes:
    """The footnotes of a file: which are those of the text, and what a reference to each reads."""

    def __init__(self, file: WordFile, base: Draft, is_context: IsContext) -> None:
        self._base = [clause for clause in base.clauses if clause.kind is Kind.FOOTNOTE]
        self._of: dict[str, Clause] = {}
        self._texts: dict[str, str] = {}
        self.new: list[str] = []
        referred = list(_references(file))
        for name, _ in referred:
            words = lines_of(file.footnotes.get(name, ()), is_context)
            self._texts[name] = " ".join(line.text for line in words if line.text)
        free = list(self._base)

        def give(name: str, clause: Clause) -> None:
            self._of[name] = clause
            free.remove(clause)

        mine = [name for name, is_new in dict(referred).items() if not is_new]
        for name in mine:
            alike = next((clause for clause in free if same_words(clause.text, self._texts[name])), None)
            if alike is not None:
                give(name, alike)
        for name in mine:
            if name not in self._of and (place := _between(name, mine, self._of, free, self._base)) is not None:
                give(name, place)
        self.new = [self._texts[name] for name, _ in referred if name not in self._of and self._texts[name]]

    def reference(self, name: str) -> str:
        clause = self._of.get(name)
        return f"[^{clause.label.removeprefix('N')}]" if clause is not None else ""

    def clauses(self, others: Collection[Placed]) -> Iterator[Clause]:
        """The footnotes of the text as they read in the file; one to which nothing refers any more is gone."""
        by_key = {clause.key: self._texts[name] for name, clause in self._of.items()}
        there = {one.clause.key for one in others}
        for clause in self._base:
            mark = f"[^{clause.label.removeprefix('N')}]"
            is_referred = any(mark in one.clause.text for one in others)
            if clause.key in there:
                continue  # among the paragraphs: nothing ever referred to it
            if is_referred or clause.key not in by_key:
                words = settled(clause.text, by_key.get(clause.key, clause.text))
                yield Clause(Kind.FOOTNOTE, clause.label, words or clause.text, 1, clause.key)


def _references(file: WordFile) -> Iterator[tuple[str, bool]]:
    """The footnotes of the file in the order of the references, and whether somebody inserted that."""
    for paragraph in file.paragraphs:
        for run in paragraph.runs:
            if run.note:
                yield run.note, run.inserted is not None


def _between(
    name: str, names: Sequence[str], known: Mapping[str, Clause], free: Sequence[Clause], base: Sequence[Clause]
) -> Clause | None:
    """The footnote that stands where one with other words does: between the same neighbours."""
    at = names.index(name)
    before = next((known[one] for one in reversed(names[:at]) if one in known), None)
    start = base.index(before) + 1 if before is not None else 0
    return base[start] if start < len(base) and base[start] in free else None
