"""Reads plain text pasted from an official document: no labels, numbered operative paragraphs, masthead, footnotes.

What a line is, pasted_structure finds out; here the lines become the clauses of a draft, each with a label of its own.
What belongs to the page and not to the text (page numbers, running heads, rules) is left behind.
"""

import re
import unicodedata
from dataclasses import dataclass, field, replace

from app.problems import DraftUnreadable
from app.text import pasted_lines as forms
from app.text.clauses import Clause, Draft, FrontMatter, Kind
from app.text.drafts import parse
from app.text.drafts_front import FENCE
from app.text.labels import Label, Step, canonical, read_label
from app.text.openers import opener
from app.text.pasted_lines import Line, LineKind, full
from app.text.pasted_notes import digits, with_references
from app.text.pasted_structure import detect
from app.text.plain import agenda_item
from app.text.screen import TEXT_LIMIT, screened

__all__ = ["Line", "LineKind", "detect", "is_draft_file", "read_draft", "read_pasted"]

_LABELLED = re.compile(r"\s*(?:\*{1,3}|_{1,3})?(?:PP|OP) ?\d+(?:[^.:\n]{0,30}[.:]|\s)", re.IGNORECASE)
_KEY = re.compile(r"[a-z_]+:")
# What typesetting leaves in official texts without showing: soft hyphens, zero-width spaces and joiners, single marks
# of direction, byte order marks. Overrides of direction, which can make a text read otherwise, are refused as ever.
_DEBRIS = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_MARKED_OPENER = re.compile(r"^(?P<mark>[_*]{1,2})(?P<words>[^\W_](?:[^_*]*[^\W_])?)(?P=mark)(?!\w)")
_SYMBOLS = {
    "General Assembly": "A/RES/",
    "Economic and Social Council": "E/RES/",
    "Human Rights Council": "A/HRC/RES/",
    "Security Council": "S/RES/",
}
_MOST_CHILDREN = 500
_PARAGRAPHS = (Kind.PREAMBULAR, Kind.OPERATIVE, Kind.PARAGRAPH)


def read_draft(source: str) -> Draft:
    """Read a draft in either form: a drafts/ file, known by its front matter or labels, or pasted plain text."""
    return parse(source) if is_draft_file(source) else read_pasted(source)


def is_draft_file(source: str) -> bool:
    """Whether a text is in the drafts/ format: it has its front matter or its labels."""
    lines = [line for line in source.removeprefix("\ufeff").splitlines() if line.strip()]
    has_front = len(lines) > 1 and lines[0].rstrip() == FENCE and (_KEY.match(lines[1]) or lines[1].rstrip() == FENCE)
    return bool(has_front) or any(_LABELLED.match(line) for line in lines)


def read_pasted(source: str) -> Draft:
    """Read plain text pasted from an official document and find its structure.

    Operative paragraphs keep the numbers they have where these grow; unnumbered paragraphs after them, and all of an
    annex, are P1, P2, ... in the order of the text. In annexes, whose numbering is their own, numbers stay in the text;
    so do bullets. Raises DraftUnreadable when there is no paragraph of a resolution in it.
    """
    composed = unicodedata.normalize("NFC", _DEBRIS.sub("", source))
    assembly = _Assembly()
    for line in detect(composed):
        assembly.add(line)
    if not any(clause.kind in _PARAGRAPHS for clause in assembly.clauses):
        raise DraftUnreadable(
            line=1,
            found="no paragraph of a resolution",
            expected="an opening line (“The General Assembly,”) and paragraphs (“Recalling ...,”, “1. Requests ...;”)",
        )
    clauses = with_references(assembly.clauses, assembly.notes)
    screen = [replace(clause, text=screened(clause.text, clause.label)) for clause in clauses]
    return Draft(assembly.front(), tuple(screen))


@dataclass(slots=True)
class _Assembly:
    """The clauses found so far and what the labels of the next depend on."""

    clauses: list[Clause] = field(default_factory=list)
    notes: dict[str, str] = field(default_factory=dict)  # the mark of a footnote on the page -> its label
    _masthead: list[str] = field(default_factory=list)
    _closing: list[str] = field(default_factory=list)
    _symbol: str = ""
    _organ: str = ""
    _counts: dict[Kind, int] = field(default_factory=dict)
    _labels: set[str] = field(default_factory=set)
    _children: dict[str, int] = field(default_factory=dict)
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

    def add(self, line: Line) -> None:
        if line.continues:
            self._continue(line)
            return
        match line.kind:
            case LineKind.FRONTMATTER:
                if not full(forms.MARGIN, line.line):
                    self._masthead.append(_on_one_line(line.line))
            case LineKind.CLOSING:
                self._closing.append(_on_one_line(line.line))
            case LineKind.TITLE if not any(clause.kind is Kind.TITLE for clause in self.clauses):
                council = forms.COUNCIL_TITLE.fullmatch(line.line)
                self._symbol = council["number"] if council else line.number
                self.clauses.insert(0, Clause(Kind.TITLE, "Title", _on_one_line(line.text)))
            case LineKind.FOOTNOTE:
                if line.number:
                    mark = digits(line.number)
                    self.notes[mark] = self._append(
                        Kind.FOOTNOTE, line.text, number=int(mark) if mark.isdecimal() else 0
                    )
            case LineKind.HEADING | LineKind.OPENING:
                self._add_a_head(line)
            case _:
                self._annex_waits_for_title = False
                self._add_a_paragraph(line)

    def _continue(self, line: Line) -> None:
        """Join what a page or a line end cut in two; a footnote may stand between the halves of a paragraph."""
        if line.kind in (LineKind.FRONTMATTER, LineKind.CLOSING):
            entries = self._masthead if line.kind is LineKind.FRONTMATTER else self._closing
            entries[-1:] = [_joined("".join(entries[-1:]), line.text)]
            return
        is_note = line.kind is LineKind.FOOTNOTE
        here = (at for at in reversed(range(len(self.clauses))) if (self.clauses[at].kind is Kind.FOOTNOTE) is is_note)
        if (at := next(here, None)) is not None:
            clause = self.clauses[at]
            self.clauses[at] = replace(clause, text=_on_one_line(_joined(clause.text, line.text)))

    def _add_a_head(self, line: Line) -> None:
        self._operative_in_part = False
        if line.kind is LineKind.OPENING:
            self._organ = self._organ or re.sub(r"^[“\"]?The |[,.]$", "", line.text)
            self._append(Kind.OPENING, line.text)
        elif line.line.lower().startswith("annex") and full(forms.ANNEX, line.line):
            self._in_annex = True
            self._append(Kind.ANNEX, line.line)
            self._annex_waits_for_title = re.fullmatch(r"[IVXL]*", line.number) is not None
            return
        elif self._annex_waits_for_title:
            self.clauses[-1] = replace(self.clauses[-1], text=_on_one_line(line.line))
        else:
            self._append(Kind.HEADING, line.line, line.level)
        self._annex_waits_for_title = False

    def _add_a_paragraph(self, line: Line) -> None:
        if line.level > 1 and self._add_below(line):
            return
        if self._in_annex or line.level > 1:
            self._append(Kind.PARAGRAPH, line.line)
        elif line.kind is LineKind.OPERATIVE and line.number:
            self._operative_seen = self._operative_in_part = True
            self._append(Kind.OPERATIVE, line.text, number=int(line.number))
        elif line.kind is LineKind.PREAMBULAR and self._is_preambular(line):
            self._append(Kind.PREAMBULAR, line.text)
        else:
            self._append(Kind.PARAGRAPH, line.line)

    def _is_preambular(self, line: Line) -> bool:
        opens_like_one = bool(opener(Kind.PREAMBULAR, line.text)) and line.text.endswith(",")
        return not self._operative_in_part and (opens_like_one or not self._operative_seen)

    def _add_below(self, line: Line) -> bool:
        """Add a sub-paragraph to the last paragraph of a higher level; False if there is none."""
        above = next((clause for clause in reversed(self.clauses) if clause.kind is not Kind.FOOTNOTE), None)
        if above is None or above.kind not in _PARAGRAPHS:
            return False
        label = read_label(above.label)
        if label is None:  # pragma: no cover - every label was given out here
            return False
        steps = list(label.steps[: line.level - 1])
        steps += [Step(0)] * (line.level - 1 - len(steps))
        given = self._label_below(label.kind, tuple(steps), line.number.strip("()"))
        if given is None:
            return False
        keeps_its_mark = full(forms.BULLET, line.line) is not None
        self._labels.add(given)
        text = _on_one_line(line.line if keeps_its_mark else line.text)
        self.clauses.append(Clause(above.kind, given, text or line.line, line.level))
        return True

    def _label_below(self, kind: Kind, above: tuple[Step, ...], mark: str) -> str | None:
        """The label that `mark` says if it is free, else the next one; None beyond what letters can count."""
        parent = str(Label(kind, (*above, Step(1)))).rpartition("(")[0]
        given = canonical(f"{parent}({mark})")
        while given is None or given in self._labels:
            self._children[parent] = self._children.get(parent, 0) + 1
            if self._children[parent] > _MOST_CHILDREN:
                return None
            given = str(Label(kind, (*above, Step(self._children[parent]))))
        return given

    def _append(self, kind: Kind, text: str, level: int = 1, number: int = 0) -> str:
        """Add a clause with the label of its number, where the numbers grow, or else of the number after the last."""
        last = self._counts.get(kind, 0)
        self._counts[kind] = number if number > last else last + 1
        label = str(Label(kind, (Step(self._counts[kind]),)))
        self._labels.add(label)
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
