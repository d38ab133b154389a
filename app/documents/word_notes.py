"""The footnotes of a Word file. Word numbers them itself, in the order of the references to them.

A reference that goes and one that comes are two footnotes, each with the words of its own text, as Word makes them.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Final

from app.documents.document import Document, Kind, Mark, Paragraph, Piece, Tracked
from app.documents.word_xml import Look, root, run

_BEFORE, _AFTER = Mark.ADDED, Mark.DELETED  # a text is what it is without these
_VIEWS: Final = (_BEFORE, _AFTER)
_FIRST_ID: Final = 1
_SEPARATORS: Final = (
    '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>'
)


class Notes:
    """The footnotes that the text refers to, collected while it is written."""

    def __init__(self, document: Document, runs: Callable[[Iterable[Piece]], str]) -> None:
        self._runs = runs
        self._by_number = {view: _texts(document, view) for view in _VIEWS}
        self._referred: set[tuple[Mark, str]] = set()
        self._is_counted = all(_is_counted(document, view, self._by_number[view]) for view in _VIEWS)
        self._written: list[str] = []

    def loose(self, one: Paragraph) -> Paragraph | None:
        """A footnote as a paragraph of its own, as far as nothing refers to it in the text before or after."""
        numbers = ((view, one.printed_number(view)) for view in _VIEWS)
        views = [view for view, number in numbers if number and (view, number) not in self._referred]
        if len(views) != 1:
            return one if views else None
        mark = Mark.DELETED if views[0] is _BEFORE else Mark.ADDED
        pieces, number = (tuple(_remarked(one, row, views[0], mark)) for row in (one.pieces, one.number))
        return replace(one, pieces=pieces, number=number, end=mark, end_tracked=_whose(one))

    def reference(self, piece: Piece) -> str:
        """The run that refers to a footnote. A second reference to the same one is its number, raised."""
        views = [view for view in _VIEWS if piece.mark is not view]
        first = [view for view in views if (view, piece.note) not in self._referred]
        if not any(piece.note in self._by_number[view] for view in views) or not first:
            return run(piece.note, Look("ChapeauNoteNumber"), is_deleted=piece.mark is Mark.DELETED)
        self._referred.update((view, piece.note) for view in views)
        identity = len(self._written) + _FIRST_ID
        self._written.append(self._note(identity, piece))
        own = "" if self._is_counted else ' w:customMarkFollows="1"'
        shown = "" if self._is_counted else f"<w:t>{piece.note}</w:t>"
        return (
            f'<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteReference{own} w:id="{identity}"/>'
            f"{shown}</w:r>"
        )

    def part(self) -> str:
        """The part `footnotes.xml`."""
        return root("w:footnotes", _SEPARATORS + "".join(self._written))

    def _note(self, identity: int, piece: Piece) -> str:
        mark = "<w:footnoteRef/>" if self._is_counted else f"<w:t>{piece.note}</w:t>"
        words = self._runs(self._words(piece))
        return (
            f'<w:footnote w:id="{identity}"><w:p><w:pPr><w:pStyle w:val="FootnoteText"/></w:pPr>'
            f'<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr>{mark}</w:r>{run(" ", Look())}{words}</w:p>'
            "</w:footnote>"
        )

    def _words(self, piece: Piece) -> tuple[Piece, ...]:
        """The words of a note: with their changes where the reference stays, else those of its own text."""
        before, after = (self._by_number[view].get(piece.note, ()) for view in _VIEWS)
        if piece.mark is not Mark.KEPT:
            own = after if piece.mark is Mark.ADDED else before
            return tuple(replace(one, mark=Mark.KEPT, tracked=None) for part in own for one in _live(part, piece.mark))
        if before == after:
            return tuple(one for part in after for one in part.pieces)
        gone = (one for part in before for one in _remarked(part, part.pieces, _BEFORE, Mark.DELETED))
        come = (one for part in after for one in _remarked(part, part.pieces, _AFTER, Mark.ADDED))
        return (*gone, *come)


def with_each_note_once(document: Document) -> Document:
    """The same document, each footnote in the text before, and in the text after, referred to first by a piece that is
    the first in both or stands in one of them only: a kept one that is the first in one is set as two."""
    first: dict[tuple[Mark, str], Tracked | None] = {}

    def pieces(one: Paragraph) -> Iterator[Piece]:
        for piece in one.pieces:
            views = [view for view in _VIEWS if piece.note and piece.mark is not view]
            known = [view for view in views if (view, piece.note) in first]
            if len(known) == 1 and len(views) > 1:
                tracked = first[known[0], piece.note]
                yield replace(piece, mark=Mark.DELETED, tracked=tracked)
                yield replace(piece, mark=Mark.ADDED, tracked=tracked)
            else:
                yield piece
            for view in views:
                first.setdefault((view, piece.note), piece.tracked)

    paragraphs = (
        one if one.kind is Kind.FOOTNOTE else replace(one, pieces=tuple(pieces(one))) for one in document.paragraphs
    )
    return replace(document, paragraphs=tuple(paragraphs))


def _live(one: Paragraph, mark: Mark) -> Iterator[Piece]:
    without = Mark.DELETED if mark is Mark.ADDED else Mark.ADDED
    return (piece for piece in one.pieces if piece.mark is not without)


def _remarked(one: Paragraph, pieces: Iterable[Piece], without: Mark, mark: Mark) -> Iterator[Piece]:
    for piece in pieces:
        if piece.mark is not without:
            yield replace(piece, mark=mark, tracked=piece.tracked or _whose(one))


def _whose(one: Paragraph) -> Tracked:
    """Who changes a footnote, as far as that is known."""
    tracked = (piece.tracked for piece in (*one.pieces, *one.number) if piece.tracked)
    return one.end_tracked or next(tracked, Tracked(()))


def _texts(document: Document, without: Mark) -> dict[str, list[Paragraph]]:
    """The footnotes of a text by their numbers; several paragraphs where they are joined."""
    found: dict[str, list[Paragraph]] = {}
    joined: list[Paragraph] = []
    for one in document.paragraphs:
        if one.kind is Kind.FOOTNOTE:
            joined.append(one)
            if one.end is not without:
                number = next((given for part in joined if (given := part.printed_number(without))), "")
                found[number] = joined
                joined = []
    return found


def _is_counted(document: Document, without: Mark, known: dict[str, list[Paragraph]]) -> bool:
    """Whether the first references to the footnotes count 1, 2, 3, as Word does."""
    numbers = dict.fromkeys(
        piece.note
        for one in document.paragraphs
        if one.kind is not Kind.FOOTNOTE
        for piece in one.pieces
        if piece.note in known and piece.mark is not without
    )
    return list(numbers) == [str(at) for at in range(1, len(numbers) + 1)]
