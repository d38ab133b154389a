"""The body of a Word file: the paragraphs of a document with what is tracked on them, and the lines around them."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from app.documents.document import Content, Document, Kind, Mark, Paragraph, Piece, Tracked
from app.documents.word_comments import Comments
from app.documents.word_ends import as_typed, with_splits
from app.documents.word_notes import Notes, with_each_note_once
from app.documents.word_styles import style_of
from app.documents.word_xml import Look, Tracking, attribute, paragraph, run
from app.text.clauses import Clause
from app.text.languages import Direction
from app.text.printed import annex_lines, masthead, title_comes_first, title_number

_UNLABELLED = frozenset({Kind.TITLE, Kind.OPENING, Kind.FOOTNOTE})


class Body:
    """Writes the body; afterwards `notes` and `comments` have what belongs to it."""

    def __init__(self, document: Document) -> None:
        self.document = as_typed(with_each_note_once(with_splits(document)))
        self.tracking = Tracking(self.document)
        self.notes = Notes(self.document, self._words)
        self.comments = Comments(self.document)
        self._is_rtl = self.document.direction is Direction.RTL
        self._bookmarks: set[str] = set()
        tracked = (piece.tracked for one in document.paragraphs for piece in one.pieces if piece.tracked)
        self._somebody = next(tracked, None)

    def xml(self) -> str:
        """All paragraphs. A last one that is tracked as a whole is followed by an empty one: Word keeps the end of the
        last paragraph whatever is accepted or rejected."""
        made = list(self._blocks())
        last = self.document.paragraphs[-1:]
        if not made or (last and last[0].end is not Mark.KEPT) or (last and last[0].kind is Kind.FOOTNOTE):
            made.append(paragraph("ChapeauEnd", ""))
        return "".join(made)

    def _blocks(self) -> Iterator[str]:
        front, paragraphs = self.document.front, self.document.paragraphs
        head = [self._line("ChapeauMasthead", line) for line in masthead(front)]
        closing = [self._line("ChapeauClosing", line) for line in front.closing]
        title_first = title_comes_first(front, self.document.title)
        annexes = _annex_heads(paragraphs)
        if not title_first:
            yield from head
        for place, one in enumerate(paragraphs):
            if one.kind is Kind.FOOTNOTE:
                continue
            if one.kind is Kind.ANNEX:
                yield from closing
                closing = []
                yield from self._annex_head(annexes[place], one)
            yield self._paragraph(place, one, page_break=one.kind is Kind.ANNEX and not annexes[place])
            if one.kind is Kind.TITLE and title_first:
                yield from head
        for place, one in enumerate(paragraphs):
            if one.kind is Kind.FOOTNOTE and (loose := self.notes.loose(one)):
                yield self._paragraph(place, loose)
        yield from closing

    def _line(self, style: str, text: str) -> str:
        return paragraph(style, run(text, self._look()))

    def _look(self, style: str = "") -> Look:
        return Look(style, is_rtl=self._is_rtl)

    def _annex_head(self, pieces: Sequence[Piece], one: Paragraph) -> Iterator[str]:
        if pieces:
            marks = {piece.mark for piece in pieces}
            mark = marks.pop() if len(marks) == 1 else Mark.KEPT
            end = self.tracking.end(mark, one.end_tracked)
            yield paragraph("ChapeauAnnexNumber", self._words(pieces), end=end)

    def _paragraph(self, place: int, one: Paragraph, *, page_break: bool = False) -> str:
        is_moved = bool(one.moved)
        content = self._before_the_words(one, is_moved) + self._commented(place, one, is_moved)
        name = _bookmark(one)
        if name and name not in self._bookmarks:
            self._bookmarks.add(name)
            number = self.tracking.number()
            content = f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{content}<w:bookmarkEnd w:id="{number}"/>'
        if not is_moved:
            end = self.tracking.end(one.end, one.end_tracked)
            return paragraph(style_of(one), content, end=end, was=self._was(one), page_break=page_break)
        element = "moveTo" if one.end is Mark.ADDED else "moveFrom"
        by = self.tracking.by(one.end_tracked)
        move = by.split('"')[1]  # the number of the mark that begins it ends it
        start = f"<w:{element}RangeStart {by} w:name={attribute(one.moved)}/>"
        end = self.tracking.end(one.end, one.end_tracked, moved=True)
        return (
            paragraph(style_of(one), start + content, end=end, page_break=page_break)
            + f'<w:{element}RangeEnd w:id="{move}"/>'
        )

    def _was(self, one: Paragraph) -> str:
        """The style that a paragraph had, in changes between two texts, which are all of one author."""
        if one.was is None:
            return ""
        kind, level = one.was
        old = style_of(replace(one, kind=kind, level=level))
        return "" if old == style_of(one) else self.tracking.was(old, self._somebody)

    def _before_the_words(self, one: Paragraph, is_moved: bool) -> str:
        """The label, in a compilation, and the number with the tab behind it."""
        made = ""
        if self.document.content is Content.COMPILATION and one.kind not in _UNLABELLED and one.label:
            text = run(f"[{one.label}] ", self._look("ChapeauLabel"), is_deleted=_whole(one) is Mark.DELETED)
            made += self.tracking.around(text, _whole(one), one.end_tracked)
        if one.kind is Kind.TITLE:
            is_changed = self.document.content is Content.CHANGES  # the text before had another
            number = "" if is_changed else title_number(self.document.front.symbol)
            return made + (run(number, self._look("ChapeauNumber"), tab=True) if number else "")
        if not one.number:
            return made
        for piece in one.number:
            is_deleted = piece.mark is Mark.DELETED and not is_moved
            text = run(piece.text, self._look("ChapeauNumber"), is_deleted=is_deleted)
            made += self.tracking.around(text, piece.mark, piece.tracked, moved=is_moved)
        marks = {piece.mark for piece in one.number}
        mark = marks.pop() if len(marks) == 1 else Mark.KEPT
        tab = run("", self._look("ChapeauNumber"), tab=True)
        return made + self.tracking.around(tab, mark, one.number[0].tracked, moved=is_moved)

    def _commented(self, place: int, one: Paragraph, is_moved: bool) -> str:
        """The words, with the comments on the proposals around what they change, or around all of it."""
        comments = self.comments.at(place)
        if not comments:
            return self._words(one.pieces, is_moved=is_moved)
        begins: dict[int, list[int]] = {}
        ends: dict[int, list[int]] = {}
        for name, number in comments.items():
            own = [n for n, piece in enumerate(one.pieces) if piece.tracked and name in piece.tracked.amendments]
            begins.setdefault(own[0] if own else 0, []).append(number)
            ends.setdefault(own[-1] if own else max(len(one.pieces) - 1, 0), []).append(number)
        made = []
        for at in range(max(len(one.pieces), 1)):
            made += [f'<w:commentRangeStart w:id="{number}"/>' for number in begins.get(at, ())]
            made.append(self._words(one.pieces[at : at + 1]))
            for number in ends.get(at, ()):
                reference = (
                    '<w:r><w:rPr><w:rStyle w:val="CommentReference"/></w:rPr>'
                    f'<w:commentReference w:id="{number}"/></w:r>'
                )
                made.append(f'<w:commentRangeEnd w:id="{number}"/>')
                made.append(self.tracking.around(reference, _whole(one), one.end_tracked))
        return "".join(made)

    def _words(self, pieces: Iterable[Piece], *, is_moved: bool = False) -> str:
        """Pieces as runs; those that stand together with the same history in one mark."""
        made = []
        for (mark, tracked), alike in groupby(pieces, key=lambda piece: (piece.mark, piece.tracked)):
            runs = "".join(self._run(piece, is_deleted=mark is Mark.DELETED and not is_moved) for piece in alike)
            made.append(self.tracking.around(runs, mark, tracked, moved=is_moved))
        return "".join(made)

    def _run(self, piece: Piece, *, is_deleted: bool) -> str:
        if piece.note:
            return self.notes.reference(piece)
        return run(piece.text, self._look("ChapeauOpener" if piece.is_italic else ""), is_deleted=is_deleted)


def _whole(one: Paragraph) -> Mark:
    """What becomes of a paragraph as a whole; KEPT where only its end goes or comes."""
    is_whole = one.end is not Mark.KEPT and all(piece.mark is one.end for piece in one.pieces)
    return one.end if is_whole else Mark.KEPT


def _bookmark(one: Paragraph) -> str:
    """The name that carries the identity of a clause: `chp_c7_v4`; `chp_p12` for what only amendment A12 proposes."""
    if one.key:
        return f"chp_{re.sub(r'[^A-Za-z0-9]', '', one.key)[:20]}_v{one.version}"
    names = [name for piece in one.pieces if piece.tracked for name in piece.tracked.amendments]
    return f"chp_p{names[0].removeprefix('A')}" if names else ""


def _annex_heads(paragraphs: Sequence[Paragraph]) -> dict[int, tuple[Piece, ...]]:
    """For each annex the line above its title (`Annex II`), before and after the changes."""
    shown = {view: _annexes(paragraphs, view) for view in (Mark.ADDED, Mark.DELETED)}
    heads = {}
    for place, one in enumerate(paragraphs):
        if one.kind is Kind.ANNEX:
            before, after = (shown[view].get(place, "") for view in (Mark.ADDED, Mark.DELETED))
            tracked = one.end_tracked or next((piece.tracked for piece in one.pieces if piece.tracked), Tracked(()))
            pieces = (
                (Piece(after),)
                if before == after
                else (Piece(before, Mark.DELETED, tracked), Piece(after, Mark.ADDED, tracked))
            )
            heads[place] = tuple(piece for piece in pieces if piece.text)
    return heads


def _annexes(paragraphs: Sequence[Paragraph], without: Mark) -> dict[int, str]:
    places = [
        place
        for place, one in enumerate(paragraphs)
        if one.kind is Kind.ANNEX and (one.end is not without or one.text(without))
    ]
    heads = {}
    for at, place in enumerate(places, 1):
        lines = annex_lines(Clause(Kind.ANNEX, str(at), paragraphs[place].text(without)), len(places))
        heads[place] = lines[0] if len(lines) > 1 else ""
    return heads
