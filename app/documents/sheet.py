"""A document in the order in which it is printed: masthead, paragraphs, annexes, notes, proposals.

What a page that is to be read (PDF, HTML) sets, without knowing how it is set.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Final

from app.documents.document import Content, Document, Kind, Mark, Paragraph, Piece
from app.documents.words import Words, words_in
from app.text.clauses import Clause
from app.text.origin import Origin
from app.text.printed import annex_lines, masthead, title_comes_first, title_number

NO_NOTE: Final = -1


@dataclass(frozen=True, slots=True)
class Word:
    """Words set alike, or a reference to the footnote `note` (a place in `Sheet.notes`; NO_NOTE for one that the text
    does not have), whose number is `text`."""

    text: str
    italic: bool = False
    is_reference: bool = False
    note: int = NO_NOTE


@dataclass(frozen=True, slots=True)
class Run:
    """Words with one mark. `by` are the delegations to print with them in a bracket, `before` and `after` the spaces
    around it: a bracket that holds several runs begins with the one that `opens` and ends with the one that `closes`
    it; `amendments` are those behind the words, `author` is who that is in full."""

    mark: Mark
    words: tuple[Word, ...]
    by: str = ""
    amendments: str = ""
    author: str = ""
    before: str = ""
    after: str = ""
    opens: bool = True
    closes: bool = True


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph. `role` is the kind of a clause, or `masthead`, `closing`. `break_mark` is what becomes of its end
    where it is split from or joined to the next; `aside` what is to be said beside it."""

    role: str
    runs: tuple[Run, ...]
    level: int = 1
    number: tuple[Run, ...] = ()
    label: str = ""
    key: str = ""
    is_changed: bool = False
    break_mark: Mark = Mark.KEPT
    aside: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote. One that nothing refers to `is_loose`."""

    number: str
    runs: tuple[Run, ...]
    label: str
    is_loose: bool


@dataclass(frozen=True, slots=True)
class Listed:
    """A proposal in the list at the end of a compilation: `A12`, who, what it does, when, why."""

    name: str
    by: str
    does: str
    on: str
    rationale: str
    text: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """All that is printed. `kicker` says what the document shows, empty for a text alone; `small_print` its origin."""

    content: Content
    language: str
    direction: str
    title: str
    organ: str
    symbol: str
    kicker: str
    blocks: tuple[Block, ...]
    notes: tuple[Note, ...]
    proposals: tuple[Listed, ...]
    small_print: str
    words: Words = field(compare=False)


def sheet(document: Document) -> Sheet:
    """A document as it is printed."""
    words = words_in(document.front.language)
    notes = _Notes(document)
    blocks = tuple(_ordered(document, words, notes))
    return Sheet(
        content=document.content,
        language=document.front.language,
        direction=document.direction.value,
        title=document.title,
        organ=document.front.organ,
        symbol=document.front.symbol,
        kicker=_kicker(document, words),
        blocks=blocks,
        notes=notes.noted(),
        proposals=tuple(_listed(document, words)),
        small_print=str(document.origin) if document.origin else "",
        words=words,
    )


def named(origin: Origin, words: Words) -> str:
    """A moment by the name of its revision, else by its record entry."""
    return origin.revision or words.entry.format(seq=origin.seq)


class _Notes:
    """The footnotes of a document, found by the number that a reference to them has before or after the changes."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._paragraphs = [one for one in document.paragraphs if one.kind is Kind.FOOTNOTE]
        self._referred: set[int] = set()
        self._places: dict[tuple[Mark, str], int] = {}
        for place, one in enumerate(self._paragraphs):
            for without in (Mark.ADDED, Mark.DELETED):
                if one.end is not without:
                    self._places.setdefault((without, one.printed_number(without)), place)

    def place(self, piece: Piece) -> int:
        without = Mark.ADDED if piece.mark is Mark.DELETED else Mark.DELETED
        place = self._places.get((without, piece.note), NO_NOTE)
        self._referred.add(place)
        return place

    def noted(self) -> tuple[Note, ...]:
        runs = [
            tuple(_runs(self._document, one.pieces, self)) for one in self._paragraphs
        ]  # first: they may refer, too
        return tuple(
            Note(
                one.printed_number() or one.printed_number(Mark.ADDED),
                runs[place],
                one.label,
                place not in self._referred,
            )
            for place, one in enumerate(self._paragraphs)
        )


def _ordered(document: Document, words: Words, notes: _Notes) -> Iterator[Block]:
    """The paragraphs as an official document has them: as `plain` orders them."""
    front = document.front
    head = [_line("masthead", line) for line in masthead(front)]
    closing = [_line("closing", line) for line in front.closing]
    title_first = title_comes_first(front, document.title)
    annexes = sum(1 for one in document.paragraphs if one.kind is Kind.ANNEX and one.end is not Mark.DELETED)
    moved = _moved(document)
    if not title_first:
        yield from head
        head = []
    for one in document.paragraphs:
        if one.kind is Kind.FOOTNOTE:
            continue
        block = _block(document, one, words, notes, moved)
        if one.kind is Kind.ANNEX:
            yield from closing
            closing = []
            lines = annex_lines(Clause(one.kind, one.label, one.text()), annexes)
            number = lines[0] if len(lines) > 1 else ""
            block = _with_number(block, number)
        elif one.kind is Kind.TITLE:
            block = _with_number(block, title_number(front.symbol))
        yield block
        if one.kind is Kind.TITLE:
            yield from head
            head = []
    yield from (*head, *closing)


def _line(role: str, text: str) -> Block:
    return Block(role, (Run(Mark.KEPT, (Word(text),)),))


def _with_number(block: Block, number: str) -> Block:
    runs = (Run(Mark.KEPT, (Word(number),)),) if number else ()
    return replace(block, number=runs)


def _block(
    document: Document, one: Paragraph, words: Words, notes: _Notes, moved: dict[tuple[str, Mark], str]
) -> Block:
    marks = {piece.mark for piece in one.pieces}
    is_whole = one.end is not Mark.KEPT and marks <= {one.end}
    asides = []
    if one.moved:
        there = Mark.ADDED if one.end is Mark.DELETED else Mark.DELETED
        said = words.moved_to if there is Mark.ADDED else words.moved_from
        asides.append(said.format(label=moved.get((one.moved, there), "")))
    if one.beside:
        asides.append(words.beside.format(names=", ".join(one.beside)))
    return Block(
        role=one.kind.value,
        runs=tuple(_runs(document, one.pieces, notes)),
        level=one.level,
        number=tuple(_runs(document, one.number, notes, is_bracketed=False)),
        label=one.label,
        key=one.key,
        is_changed=one.end is not Mark.KEPT or marks != {Mark.KEPT} or any(p.mark is not Mark.KEPT for p in one.number),
        break_mark=Mark.KEPT if is_whole else one.end,
        aside="; ".join(asides),
    )


def _moved(document: Document) -> dict[tuple[str, Mark], str]:
    return {(one.moved, one.end): one.label for one in document.paragraphs if one.moved}


def _runs(document: Document, pieces: Iterable[Piece], notes: _Notes, *, is_bracketed: bool = True) -> Iterator[Run]:
    """Pieces that stand together with the same mark of the same delegations are one run; runs with the same proposals
    behind them share a bracket, as a replacement does."""
    last: Run | None = None
    for _, together in groupby(pieces, key=lambda piece: (piece.mark, piece.tracked)):
        run = _run(document, tuple(together), notes, is_bracketed)
        if last is not None:
            if run.by and (last.by, last.amendments) == (run.by, run.amendments):
                last, run = replace(last, after=" ", closes=False), replace(run, before="", opens=False)
            yield last
        last = run
    if last is not None:
        yield last


def _run(document: Document, pieces: Sequence[Piece], notes: _Notes, is_bracketed: bool) -> Run:
    tracked = pieces[0].tracked
    words = tuple(
        Word(piece.note, piece.is_italic, True, notes.place(piece)) if piece.note else Word(piece.text, piece.is_italic)
        for piece in pieces
    )
    if tracked is None:
        return Run(pieces[0].mark, words)
    behind = (", ".join(tracked.amendments), document.author(tracked.by))
    if not is_bracketed or document.content is not Content.COMPILATION:
        return Run(pieces[0].mark, words, "", *behind)
    return _bracketed(pieces[0].mark, words, ", ".join(tracked.by), behind)


def _bracketed(mark: Mark, words: tuple[Word, ...], by: str, behind: tuple[str, str]) -> Run:
    """In a bracket, whose spaces stand outside of it."""
    first, last = words[0].text, words[-1].text
    before = first[: len(first) - len(first.lstrip())]
    words = (replace(words[0], text=first.lstrip()), *words[1:])
    after = last[len(last.rstrip()) :] if words[-1].text else ""
    words = (*words[:-1], replace(words[-1], text=words[-1].text.rstrip()))
    return Run(mark, words, by, *behind, before, after)


def _kicker(document: Document, words: Words) -> str:
    match document.content:
        case Content.TEXT:
            return ""
        case Content.COMPILATION:
            return words.compilation
        case Content.CHANGES:
            if document.since is None:
                return words.changes
            return words.changes_since.format(since=named(document.since, words))


def _listed(document: Document, words: Words) -> Iterator[Listed]:
    for one in document.proposals:
        does = words.does[one.kind].format(label=one.label)
        yield Listed(
            name=one.name,
            by=", ".join(one.delegations),
            does=f"{does}; {words.conflicts}" if one.conflicts else does,
            on=one.at.date().isoformat(),
            rationale=one.rationale,
            text=one.text or "",
        )
