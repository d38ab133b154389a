"""The ends of paragraphs as Word tracks them: where a proposal splits one, and where whole ones come behind words."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from app.documents.document import Document, Mark, Paragraph, Piece, Tracked
from app.documents.word_styles import style_of
from app.rules.amendments import ChangeKind

_BREAK = "¶"  # how a compilation shows where a split cuts


def with_splits(document: Document) -> Document:
    """The same document with its paragraphs cut where open proposals split them."""
    splits = {one.name for one in document.proposals if one.kind is ChangeKind.SPLIT}
    if not splits:
        return document
    return replace(document, paragraphs=tuple(part for one in document.paragraphs for part in _parts(one, splits)))


def _parts(one: Paragraph, splits: set[str]) -> Iterator[Paragraph]:
    rows: list[list[Piece]] = [[]]
    ends = []
    for piece in one.pieces:
        if not (piece.mark is Mark.ADDED and piece.tracked and splits.intersection(piece.tracked.amendments)):
            rows[-1].append(piece)
            continue
        for number, words in enumerate(piece.text.split(_BREAK)):
            if number:
                ends.append(piece.tracked)
                rows.append([])
            if words or piece.note:
                rows[-1].append(replace(piece, text=words))
    for at, end in enumerate(ends):
        if end is not None:
            rows[at] = _trimmed(rows[at], end, at_end=True)
            rows[at + 1] = _trimmed(rows[at + 1], end, at_end=False)
    for at, row in enumerate(rows):
        part = replace(one, pieces=tuple(row))
        if at:
            part = replace(part, number=(), label="", beside=())
        yield replace(part, end=Mark.ADDED, end_tracked=ends[at]) if at < len(ends) else part


def _trimmed(row: list[Piece], tracked: Tracked, *, at_end: bool) -> list[Piece]:
    """The pieces of a part without the space that stood around the cut: of the text itself it goes as well."""
    live = [at for at, piece in enumerate(row) if piece.mark is not Mark.DELETED]
    if not live:
        return row
    at = live[-1 if at_end else 0]
    piece = row[at]
    words = piece.text.rstrip() if at_end else piece.text.lstrip()
    space = len(piece.text) - len(words)
    if not space or (piece.mark is Mark.ADDED and piece.tracked != tracked):
        return row
    kept = [replace(piece, text=words)] if words else []
    if piece.mark is Mark.KEPT:
        cut = piece.text[len(words) :] if at_end else piece.text[:space]
        gone = Piece(cut, Mark.DELETED, tracked)
        kept = [*kept, gone] if at_end else [gone, *kept]
    return [*row[:at], *kept, *row[at + 1 :]]


def as_typed(document: Document) -> Document:
    """The same document as if somebody had typed what comes: who goes on writing at the end of a paragraph, and then
    writes others, adds the end of that paragraph and not of the last one.

    Both read alike; but where words come at the end of a paragraph and whole ones behind it, LibreOffice rejects only
    this one as it should.
    """
    paragraphs = list(document.paragraphs)
    for at in range(len(paragraphs)):
        last = _last_that_comes(paragraphs, at)
        if last > at and style_of(paragraphs[last]) == style_of(paragraphs[at]):
            for place in range(at, last):
                coming = paragraphs[place + 1].end_tracked
                paragraphs[place] = replace(paragraphs[place], end=Mark.ADDED, end_tracked=coming)
            paragraphs[last] = replace(paragraphs[last], end=Mark.KEPT, end_tracked=None)
    return replace(document, paragraphs=tuple(paragraphs))


def _last_that_comes(paragraphs: Sequence[Paragraph], at: int) -> int:
    """The last of the paragraphs that come as a whole right behind the words that come at the end of this one."""
    one = paragraphs[at]
    if one.end is not Mark.KEPT or not one.pieces or one.pieces[-1].mark is not Mark.ADDED:
        return at
    last = at
    while last + 1 < len(paragraphs) and _comes(paragraphs[last + 1]):
        last += 1
    return last


def _comes(one: Paragraph) -> bool:
    return one.end is Mark.ADDED and not one.moved and all(piece.mark is Mark.ADDED for piece in one.pieces)
