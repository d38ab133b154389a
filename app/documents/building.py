"""Lays a text out for print: the text alone, its compilation, or the changes from one text to another."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from app.documents.document import Document, Paragraph, Piece, Tracked
from app.documents.placing import Placed, placed
from app.text.clauses import Clause, Draft, Kind
from app.text.compilation import CompiledRun, Mark
from app.text.diff import Op, Run
from app.text.openers import opener
from app.text.printed import printed_numbers
from app.views.compilations import CompiledParagraph
from app.views.exports import Content, Export, OpenProposal

_REFERENCE: Final = re.compile(r"\[\^(\d+)\]")
_MARKS: Final = {Op.EQUAL: Mark.KEPT, Op.INSERT: Mark.ADDED, Op.DELETE: Mark.DELETED}
_SOMEBODY: Final = "Chapeau"  # whose changes are, when nobody is said


def document_of(export: Export) -> Document:
    """What an export shows, laid out."""
    return replace(_shown(export), names=export.names, revisions=export.revisions)


def _shown(export: Export) -> Document:
    draft = export.text.draft
    match export.content:
        case Content.TEXT:
            return text_document(draft)
        case Content.CHANGES:
            assert export.since is not None  # noqa: S101 - views.exports.export sees to it
            return changes_document(export.since.draft, draft)
        case Content.COMPILATION:
            paragraphs = tuple(_compiled(export.compiled, export.proposals))
            return Document(Content.COMPILATION, draft.front, paragraphs, draft.origin, proposals=export.proposals)


def text_document(draft: Draft) -> Document:
    """A text alone, clean."""
    numbers = printed_numbers(draft.clauses)
    paragraphs = (
        _paragraph(clause, _number("", number), _pieces(clause, [Run(Op.EQUAL, clause.text)], None))
        for clause, number in zip(draft.clauses, numbers, strict=True)
    )
    return Document(Content.TEXT, draft.front, tuple(paragraphs), draft.origin)


def changes_document(old: Draft, new: Draft, author: str = "", at: datetime | None = None) -> Document:
    """What changed from one text to another, each change of `author` (by default the name of the later revision)."""
    origin = new.origin
    name = author or (origin.revision if origin else "") or _SOMEBODY
    tracked = Tracked((name,), (), at or (origin.at if origin else None))
    numbers = printed_numbers(old.clauses), printed_numbers(new.clauses)
    paragraphs: list[Paragraph] = []
    for place in placed(old.clauses, new.clauses):
        paragraphs.extend(_changed(place, old.clauses, new.clauses, numbers, tracked))
    return Document(Content.CHANGES, new.front, tuple(paragraphs), origin, old.origin)


def _changed(
    place: Placed,
    old: Sequence[Clause],
    new: Sequence[Clause],
    numbers: tuple[Sequence[str], Sequence[str]],
    tracked: Tracked,
) -> Iterator[Paragraph]:
    """The paragraphs of one change: several where one is split or several are merged."""
    before = [(old[i], numbers[0][i]) for i in place.old]
    after = [(new[j], numbers[1][j]) for j in place.new]
    for at, (runs, end) in enumerate(_parted(place.runs)):
        was, was_number = before[at] if at < len(before) else (None, "")
        clause, number = after[at] if at < len(after) else (was or after[-1][0], "")
        if place.is_whole:
            end = Mark.ADDED if after else Mark.DELETED
        paragraph = replace(
            _paragraph(clause, _number(was_number, number, tracked), _pieces(clause, runs, tracked, was)),
            end=end,
            end_tracked=None if end is Mark.KEPT else tracked,
            moved=place.moved,
        )
        yield (
            paragraph
            if place.is_whole
            else _shaped(paragraph, [one for one, _ in before], [one for one, _ in after], at)
        )


def _shaped(one: Paragraph, before: Sequence[Clause], after: Sequence[Clause], at: int) -> Paragraph:
    """A paragraph that stays, or a part of it, as what it is in the text after; and what it was in the text before."""
    old, new = (side[min(at, len(side) - 1)] for side in (before, after))
    was = (old.kind, old.level)
    shaped = replace(one, kind=new.kind, level=new.level)
    return shaped if was == (new.kind, new.level) else replace(shaped, was=was)


def _parted(runs: Iterable[Run]) -> list[tuple[list[Run], Mark]]:
    """The runs of each paragraph, and what becomes of its end: they are joined by line breaks."""
    parts: list[tuple[list[Run], Mark]] = [([], Mark.KEPT)]
    for run in runs:
        for number, line in enumerate(run.text.split("\n")):
            if number:
                parts[-1] = (parts[-1][0], _MARKS[run.op])
                parts.append(([], Mark.KEPT))
            if line:
                parts[-1][0].append(Run(run.op, line))
    return parts


def _compiled(compiled: Sequence[CompiledParagraph], proposals: Sequence[OpenProposal]) -> Iterator[Paragraph]:
    at = {proposal.name: proposal.at for proposal in proposals}
    deleting = {(p.clause, p.name) for p in proposals if p.text is None}
    standing = [_clause(one) for one in compiled if not one.is_proposed]
    numbers = iter(printed_numbers(standing))
    for one in compiled:
        runs = [(run.mark, run.text, _by(run, at)) for run in one.runs]
        number = "" if one.is_proposed else next(numbers)
        whole = one.runs[0] if len(one.runs) == 1 else None
        is_deleted = (
            whole is not None
            and whole.mark is Mark.DELETED
            and any((one.key, name) in deleting for name in whole.amendments)
        )
        end = Mark.ADDED if one.is_proposed else Mark.DELETED if is_deleted else Mark.KEPT
        behind = None if end is Mark.KEPT else _by(one.runs[0], at)
        printed = _number(number, "", behind) if is_deleted else _number("", number)
        paragraph = _paragraph(_clause(one), printed, _laid(one, runs))
        yield replace(paragraph, end=end, end_tracked=behind, beside=one.beside)


def _by(run: CompiledRun, at: dict[str, datetime]) -> Tracked | None:
    if run.mark is Mark.KEPT:
        return None
    times = [at[name] for name in run.amendments if name in at]
    return Tracked(run.by or run.amendments, run.amendments, min(times, default=None))


def _clause(one: CompiledParagraph) -> Clause:
    text = "".join(run.text for run in one.runs if run.mark is not Mark.ADDED)
    return Clause(one.kind, one.label, text, one.level, one.key, one.version)


def _paragraph(clause: Clause, number: tuple[Piece, ...], pieces: Iterable[Piece]) -> Paragraph:
    return Paragraph(clause.kind, clause.label, clause.level, clause.key, clause.version, number, tuple(pieces))


def _number(old: str, new: str, tracked: Tracked | None = None) -> tuple[Piece, ...]:
    if old == new or tracked is None:
        return (Piece(new),) if new else ()
    given = (Piece(old, Mark.DELETED, tracked), Piece(new, Mark.ADDED, tracked))
    return tuple(piece for piece in given if piece.text)


def _pieces(clause: Clause, runs: Iterable[Run], tracked: Tracked | None, was: Clause | None = None) -> Iterator[Piece]:
    """The words of a paragraph between two texts. What stays or comes is in italics as the new text has it, what goes
    as the old one has it."""
    runs = list(runs)
    new_text = "".join(run.text for run in runs if run.op is not Op.DELETE)
    old_text = "".join(run.text for run in runs if run.op is not Op.INSERT)
    new_italics = _italics(clause, new_text)
    old_italics = _italics(was or clause, old_text)
    new_at = old_at = 0
    for run in runs:
        length = len(run.text)
        italics = old_italics - old_at if run.op is Op.DELETE else new_italics - new_at
        yield from _cut(run.text, _MARKS[run.op], None if run.op is Op.EQUAL else tracked, italics)
        new_at += length if run.op is not Op.DELETE else 0
        old_at += length if run.op is not Op.INSERT else 0


def _laid(one: CompiledParagraph, runs: Iterable[tuple[Mark, str, Tracked | None]]) -> Iterator[Piece]:
    """The words of a compiled paragraph: italics as the base has them, and for words put before all as they would."""
    clause = _clause(one)
    italics, at = _italics(clause, clause.text), 0
    for mark, text, tracked in runs:
        if mark is Mark.ADDED:
            yield from _cut(
                text, mark, tracked, len(text) if at < italics and at else 0 if at else _italics(clause, text)
            )
        else:
            yield from _cut(text, mark, tracked, italics - at)
            at += len(text)


def _italics(clause: Clause, text: str) -> int:
    return len(opener(clause.kind, text)) if clause.level == 1 or clause.kind is Kind.OPENING else 0


def _cut(text: str, mark: Mark, tracked: Tracked | None, italics: int) -> Iterator[Piece]:
    """A run as pieces: cut where italics end and around references to footnotes. The first `italics` characters are in
    italics (0 or less: none)."""
    italics = max(0, min(italics, len(text)))
    for part, is_italic in ((text[:italics], True), (text[italics:], False)):
        for number, cut in enumerate(_REFERENCE.split(part)):
            if number % 2:
                yield Piece("", mark, tracked, note=cut)
            elif cut:
                yield Piece(cut, mark, tracked, is_italic)
