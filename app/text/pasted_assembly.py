"""Makes clauses of the lines of a pasted text: each line has a place, by its form or as somebody says, and what begins
a clause gets a label.

Operative paragraphs keep the numbers they have where these grow; sub-paragraphs take the kind of their paragraph.
"""

import re
from dataclasses import dataclass, field, replace
from enum import StrEnum

from app.text import pasted_lines as forms
from app.text.clauses import Clause, FrontMatter, Kind
from app.text.labelling import Labelling
from app.text.openers import opener
from app.text.pasted_lines import Line, LineKind, full
from app.text.pasted_notes import digits
from app.text.printed import agenda_item
from app.text.screen import TEXT_LIMIT, screened

_MARKED_OPENER = re.compile(r"^(?P<mark>[_*]{1,2})(?P<words>[^\W_](?:[^_*]*[^\W_])?)(?P=mark)(?!\w)")
_SYMBOLS = {
    "General Assembly": "A/RES/",
    "Economic and Social Council": "E/RES/",
    "Human Rights Council": "A/HRC/RES/",
    "Security Council": "S/RES/",
}
PARAGRAPHS = (Kind.PREAMBULAR, Kind.OPERATIVE, Kind.PARAGRAPH)


class Place(StrEnum):
    """What a line becomes: a clause of some kind, a line of the masthead or of the close, the rest of the line above
    (`joined`) or of the paragraph before a footnote (`resumed`), or nothing (`omitted`: page numbers and the like)."""

    TITLE = "title"
    OPENING = "opening"
    HEADING = "heading"
    PREAMBULAR = "preambular"
    OPERATIVE = "operative"
    PARAGRAPH = "paragraph"
    ANNEX = "annex"
    FOOTNOTE = "footnote"
    MASTHEAD = "masthead"
    CLOSING = "closing"
    JOINED = "joined"
    RESUMED = "resumed"
    OMITTED = "omitted"


@dataclass(frozen=True, slots=True)
class Placing:
    """The place of a line. `level` is 1 for a paragraph, 2 for (a), 3 for (i); for a heading its depth."""

    place: Place
    level: int = 1


@dataclass(slots=True)
class Assembly:
    """The clauses found so far and what the labels of the next depend on."""

    clauses: list[Clause] = field(default_factory=list)
    notes: dict[str, str] = field(default_factory=dict)  # the mark of a footnote on the page -> its label
    _masthead: list[str] = field(default_factory=list)
    _closing: list[str] = field(default_factory=list)
    _symbol: str = ""
    _organ: str = ""
    _labelling: Labelling = field(default_factory=Labelling)
    _last: Place | None = None  # where the line above went
    _in_annex: bool = False
    _operative_seen: bool = False
    _operative_in_part: bool = False
    _annex_waits_for_title: bool = False

    def front(self) -> FrontMatter:
        """The masthead taken apart: only what stands at its head, so that it is printed again in the same order."""
        lines = [screened(line, "masthead") for line in self._masthead]
        session = lines[0] if lines and full(forms.SESSION, lines[0]) else ""
        rest = lines[1:] if session else lines
        item = rest[0] if rest and full(forms.AGENDA_ITEM, rest[0]) else ""
        return FrontMatter(
            organ=self._organ,
            symbol=_SYMBOLS.get(self._organ, "") + self._symbol if self._symbol else "",
            session=session,
            agenda_item=agenda_item(item) if item else "",
            masthead=tuple(rest[1:] if item else rest),
            closing=tuple(screened(line, "closing") for line in self._closing),
        )

    def add(self, line: Line, given: Placing | None = None) -> tuple[Placing, str]:
        """Put a line where `given` says, or where its form does. What it became, and the label of its clause."""
        placing = given or self._placing(line)
        match placing.place:
            case Place.OMITTED:
                return placing, ""
            case Place.JOINED | Place.RESUMED:
                label = self._continue(line, placing.place)
                return (placing if label is not None else Placing(Place.OMITTED)), label or ""
            case Place.MASTHEAD | Place.CLOSING:
                entries = self._masthead if placing.place is Place.MASTHEAD else self._closing
                entries.append(_on_one_line(line.line))
                self._last = placing.place
                return placing, ""
        became, label = self._add_a_clause(line, placing)
        self._last = became.place
        return became, label

    def _placing(self, line: Line) -> Placing:
        if line.continues:
            return Placing(self._continuing(line))
        match line.kind:
            case LineKind.FRONTMATTER:
                return Placing(Place.OMITTED if full(forms.MARGIN, line.line) else Place.MASTHEAD)
            case LineKind.CLOSING:
                return Placing(Place.CLOSING)
            case LineKind.TITLE if not any(clause.kind is Kind.TITLE for clause in self.clauses):
                return Placing(Place.TITLE)
            case LineKind.FOOTNOTE:
                return Placing(Place.FOOTNOTE if line.number else Place.OMITTED)
            case LineKind.OPENING:
                return Placing(Place.OPENING)
            case LineKind.HEADING:
                is_annex = line.line.lower().startswith("annex") and full(forms.ANNEX, line.line) is not None
                if is_annex or self._annex_waits_for_title:
                    return Placing(Place.ANNEX)
                return Placing(Place.HEADING, line.level)
        return self._placing_of_a_paragraph(line)

    def _continuing(self, line: Line) -> Place:
        """What goes on with the line above it, and what with the paragraph before a footnote."""
        match line.kind:
            case LineKind.FRONTMATTER:
                return Place.JOINED if self._masthead else Place.MASTHEAD
            case LineKind.CLOSING:
                return Place.JOINED if self._closing else Place.CLOSING
            case LineKind.FOOTNOTE:
                return Place.JOINED if self._last is Place.FOOTNOTE else Place.OMITTED
        is_below_its_clause = self._last not in (Place.FOOTNOTE, Place.MASTHEAD, Place.CLOSING)
        return Place.JOINED if is_below_its_clause else Place.RESUMED

    def _placing_of_a_paragraph(self, line: Line) -> Placing:
        if line.level > 1 and (above := self._above()) is not None:
            return Placing(Place(above.kind.value), line.level)
        if self._in_annex or line.level > 1:
            return Placing(Place.PARAGRAPH)
        if line.kind is LineKind.OPERATIVE and line.number:
            return Placing(Place.OPERATIVE)
        if line.kind is LineKind.PREAMBULAR and self._is_preambular(line):
            return Placing(Place.PREAMBULAR)
        return Placing(Place.PARAGRAPH)

    def _is_preambular(self, line: Line) -> bool:
        opens_like_one = bool(opener(Kind.PREAMBULAR, line.text)) and line.text.endswith(",")
        return not self._operative_in_part and (opens_like_one or not self._operative_seen)

    def _continue(self, line: Line, place: Place) -> str | None:
        """Join what a page or a line end cut in two; a footnote may stand between the halves of a paragraph. The label
        of what it is joined to, None where there is nothing."""
        if place is Place.JOINED and self._last in (Place.MASTHEAD, Place.CLOSING):
            entries = self._masthead if self._last is Place.MASTHEAD else self._closing
            entries[-1:] = [_joined("".join(entries[-1:]), line.line)]
            return ""
        is_note = place is Place.JOINED and self._last is Place.FOOTNOTE
        here = (at for at in reversed(range(len(self.clauses))) if (self.clauses[at].kind is Kind.FOOTNOTE) is is_note)
        at = 0 if self._last is Place.TITLE and self.clauses else next(here, None)
        if at is None:
            return None
        clause = self.clauses[at]
        self.clauses[at] = replace(clause, text=_on_one_line(_joined(clause.text, line.line)))
        return clause.label

    def _add_a_clause(self, line: Line, placing: Placing) -> tuple[Placing, str]:
        place = placing.place
        if place not in (Place.ANNEX, Place.FOOTNOTE):
            self._annex_waits_for_title = False
        match place:
            case Place.TITLE if self.clauses and self.clauses[0].kind is Kind.TITLE:
                self.clauses[0] = replace(self.clauses[0], text=_joined(self.clauses[0].text, _on_one_line(line.line)))
                return placing, "Title"
            case Place.TITLE:
                council = forms.COUNCIL_TITLE.fullmatch(line.line)
                self._symbol = council["number"] if council else line.number
                self.clauses.insert(0, Clause(Kind.TITLE, "Title", _on_one_line(line.text)))
                return placing, "Title"
            case Place.FOOTNOTE:
                mark = digits(line.number) if line.number else ""
                label = self._append(Kind.FOOTNOTE, line.text, number=int(mark) if mark.isdecimal() else 0)
                self.notes[mark or label] = label
                return placing, label
            case Place.OPENING:
                self._operative_in_part = False
                self._organ = self._organ or re.sub(r"^[“\"]?The |[,.]$", "", line.text)
                return placing, self._append(Kind.OPENING, line.text)
            case Place.HEADING:
                self._operative_in_part = False
                return placing, self._append(Kind.HEADING, line.line, placing.level)
            case Place.ANNEX:
                return placing, self._add_an_annex(line)
        return self._add_a_paragraph(line, placing)

    def _add_an_annex(self, line: Line) -> str:
        """The heading of an annex; what is placed as an annex behind a bare “Annex I” is its title."""
        self._operative_in_part = False
        bare = full(forms.ANNEX, line.line)
        if self._annex_waits_for_title and not bare:
            self._annex_waits_for_title = False
            self.clauses[-1] = replace(self.clauses[-1], text=_on_one_line(line.line))
            return self.clauses[-1].label
        self._in_annex = True
        self._annex_waits_for_title = bare is not None and re.fullmatch(r"[IVXL]*", bare.number) is not None
        return self._append(Kind.ANNEX, line.line)

    def _add_a_paragraph(self, line: Line, placing: Placing) -> tuple[Placing, str]:
        if placing.level > 1 and (above := self._above()) is not None:
            label = self._add_below(line, above, placing.level)
            if label is not None:
                return Placing(Place(above.kind.value), placing.level), label
        kind = Kind(placing.place.value)
        number = int(line.number) if kind is Kind.OPERATIVE and line.number.isdecimal() else 0
        if kind is Kind.OPERATIVE:
            self._operative_seen = self._operative_in_part = True
        text = line.line if kind is Kind.PARAGRAPH else line.text
        return Placing(placing.place), self._append(kind, text, number=number)

    def _above(self) -> Clause | None:
        """The paragraph that a sub-paragraph would belong to, if there is one."""
        above = next((clause for clause in reversed(self.clauses) if clause.kind is not Kind.FOOTNOTE), None)
        return above if above is not None and above.kind in PARAGRAPHS else None

    def _add_below(self, line: Line, above: Clause, level: int) -> str | None:
        """Add a sub-paragraph to the last paragraph of a higher level; None beyond what letters can count."""
        given = self._labelling.below(above.label, level, line.number)
        if given is None:
            return None
        keeps_its_mark = full(forms.BULLET, line.line) is not None
        text = _on_one_line(line.line if keeps_its_mark else line.text)
        self.clauses.append(Clause(above.kind, given, text or line.line, level))
        return given

    def _append(self, kind: Kind, text: str, level: int = 1, number: int = 0) -> str:
        """Add a clause with the label of its number, where the numbers grow, or else of the number after the last."""
        label = self._labelling.next(kind, number)
        self.clauses.append(Clause(kind, label, _on_one_line(text), level))
        return label


def _joined(before: str, after: str) -> str:
    """Two halves of an entry, without the hyphen of a word that was divided between them."""
    text = before[:-1] + after if before.endswith("-") and after[:1].islower() else f"{before} {after}".strip()
    return (
        screened(text, "a paragraph") if len(text) > TEXT_LIMIT else text
    )  # refuses it before it grows with every line


def _on_one_line(text: str) -> str:
    """The text without tabs and without the marks around its opener that scanned pages have (`_Recalling_ ...`)."""
    return _MARKED_OPENER.sub(r"\g<words>", text.replace("\t", " ").strip())
