"""Finds the structure of a text pasted from an official document: what each line is, its level and its number.

A walk from the first line to the last, which remembers in which part of the document it is. The beginning is where the
opening line stands ("The General Assembly,"); what stands above is the masthead and the title. After the meeting and
date that close a resolution come votes and annexes, or further parts (B, C) with an opening line of their own.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum

from app.text import pasted_lines as forms
from app.text.pasted_front import beginning, front_line
from app.text.pasted_levels import Levels, letter_before
from app.text.pasted_lines import (
    Line,
    LineKind,
    full,
    has_number,
    is_ended,
    is_opening,
    is_operative,
    is_part,
    opens,
    reads_as_preambular,
)
from app.text.pasted_wrapping import paragraphs

_HEADING_LIMIT = 320  # characters


class _Part(StrEnum):
    FRONT = "front"
    PREAMBLE = "preamble"
    OPERATIVE = "operative"
    CLOSING = "closing"
    ANNEX = "annex"
    OTHER = "other"  # the next resolution on the same page


_PARAGRAPHS = (LineKind.PREAMBULAR, LineKind.OPERATIVE)


def detect(source: str) -> tuple[Line, ...]:
    """What each line of `source` that is not blank is. Never fails: text of another kind comes out as best it can."""
    lines: list[str] = []
    after_blank: set[int] = set()
    for raw in source.splitlines():
        if line := raw.strip().strip("\ufeff"):
            lines.append(line)
        else:
            after_blank.add(len(lines))
    groups = [[lines[at] for at in group] for group in paragraphs(lines, after_blank)]
    found = _Walk([" ".join(group) for group in groups]).walk()
    return tuple(line for whole, group in zip(found, groups, strict=True) for line in _as_it_was_broken(whole, group))


def _as_it_was_broken(whole: Line, lines: list[str]) -> Iterator[Line]:
    """The lines of a paragraph that was put together, the first with its number, the others as its continuation."""
    if len(lines) == 1:
        yield whole
        return
    mark = len(whole.line) - len(whole.text)
    yield replace(whole, text=lines[0][mark:], line=lines[0])
    for line in lines[1:]:
        yield replace(whole, text=line, line=line, number="", continues=True)


@dataclass(slots=True)
class _Walk:
    """Where the walk is: the part of the document, the depth of its sections, the levels open in its paragraph."""

    lines: list[str]
    part: _Part = _Part.FRONT
    found: list[Line] = field(default_factory=list)
    _levels: Levels = field(default_factory=Levels)
    _depth: int = 0
    _letter: str = ""
    _number: int = 0
    _after_rule: bool = False

    def walk(self) -> tuple[Line, ...]:
        begins_at, title_at = beginning(self.lines)
        for at, line in enumerate(self.lines[:begins_at]):
            self.found.append(front_line(at, line, title_at, self.found))
        self.part = _Part.PREAMBLE
        for at in range(begins_at, len(self.lines)):
            self.found.append(self._line(at, self.lines[at]))
        return tuple(replace(found, line=line) for found, line in zip(self.found, self.lines, strict=True))

    def _line(self, at: int, line: str) -> Line:
        return (
            self._of_the_page(line)
            or self._of_the_close(at, line)
            or self._opening(at, line)
            or self._continuation(line)
            or self._numbered_heading(line)
            or self._numbered(at, line)
            or self._heading(at, line)
            or self._paragraph(line)
        )

    def _of_the_page(self, line: str) -> Line | None:
        if self.part in (_Part.CLOSING, _Part.OTHER):
            return None
        if full(forms.MARGIN, line) or full(forms.RUNNING_HEAD, line):
            self._after_rule = full(forms.RULE, line) is not None
            return Line(line, LineKind.FOOTNOTE)
        if note := full(forms.FOOTNOTE, line):
            mark = line[: len(line) - len(note.text)].strip(" \t./[^]:")
            return Line(note.text, LineKind.FOOTNOTE, number=mark)
        if self._after_rule and (note := full(forms.NOTE_BELOW_A_RULE, line)):
            return Line(note.text, LineKind.FOOTNOTE, number=note.number)
        self._after_rule = False
        return None

    def _of_the_close(self, at: int, line: str) -> Line | None:
        is_date = full(forms.DATE, line) is not None and self.part in (_Part.OPERATIVE, _Part.CLOSING)
        if self.part is not _Part.OTHER and (full(forms.MEETING, line) or is_date or full(forms.VOTE, line)):
            self.part = _Part.CLOSING
        if self.part not in (_Part.CLOSING, _Part.OTHER):
            return None
        if self.part is _Part.CLOSING:
            if full(forms.ANNEX, line):
                return None
            if is_opening(self.lines, at) or is_part(self.lines, at):
                self.part = _Part.PREAMBLE
                return None
            if full(forms.TITLE, line) and any(is_opening(self.lines, next_) for next_ in range(at + 1, at + 4)):
                self.part = _Part.OTHER
        return Line(line, LineKind.CLOSING)

    def _opening(self, at: int, line: str) -> Line | None:
        if not is_opening(self.lines, at):
            return None
        self._enter(_Part.PREAMBLE)
        return Line(line, LineKind.OPENING)

    def _continuation(self, line: str) -> Line | None:
        """The rest of a paragraph, or of a heading, that a page or a line end cut in two."""
        before = next((past for past in reversed(self.found) if past.kind is not LineKind.FOOTNOTE), None)
        if before is None or before.kind not in (*_PARAGRAPHS, LineKind.HEADING) or has_number(line):
            return None
        end = before.text.rstrip()
        goes_on = line[0].islower() and (not is_ended(end) or end.endswith(","))
        if self.found[-1].kind is LineKind.FOOTNOTE and before.kind in _PARAGRAPHS:
            goes_on = goes_on or not is_ended(end)  # a page ended in the middle of the paragraph
        return replace(before, text=line, number="", continues=True) if goes_on else None

    def _numbered_heading(self, line: str) -> Line | None:
        if annex := full(forms.ANNEX, line):
            self._enter(_Part.ANNEX)
            self._depth = 0
            return Line(line, LineKind.HEADING, 1, annex.number)
        if part := full(forms.PART, line):
            self._levels.clear()
            self._depth = 1
            return Line(line, LineKind.HEADING, 1, part.number)
        letter = full(forms.LETTER, line)
        if letter and not _is_long_or_ended(letter.text) and not _is_roman_next(letter.number, self._letter):
            self._letter, self._depth = letter.number, 2 if letter.text else 1
            self._levels.clear()
            return Line(letter.text, LineKind.HEADING, self._depth, letter.number)
        roman = full(forms.ROMAN, line)
        if roman and not is_ended(roman.text) and not roman.text[:1].islower():
            self._letter, self._depth = "", 1
            self._levels.clear()
            return Line(roman.text, LineKind.HEADING, 1, roman.number)
        return None

    def _numbered(self, at: int, line: str) -> Line | None:
        if numbered := full(forms.NUMBERED, line):
            return self._numbered_paragraph(numbered)
        bare = full(forms.NUMBER_WITHOUT_STOP, line)
        if bare and self.part is _Part.OPERATIVE and int(bare.number) == self._number + 1:
            return self._numbered_paragraph(bare)
        if lettered := full(forms.LETTERED, line):
            is_bare = not line.startswith("(")
            level = self._levels.of(lettered.number, self._next_letter(at), is_bare=is_bare)
            return Line(lettered.text, self._kind(), level, lettered.number if is_bare else f"({lettered.number})")
        if bullet := full(forms.BULLET, line):
            return Line(bullet.text, self._kind(), 2, bullet.number)
        return None

    def _numbered_paragraph(self, numbered: forms.Numbered) -> Line:
        if self.part is _Part.PREAMBLE:
            self.part = _Part.OPERATIVE
        self._number = int(numbered.number)
        self._levels.clear()
        return Line(numbered.text, LineKind.OPERATIVE, 1, numbered.number)

    def _next_letter(self, at: int) -> str:
        following = (full(forms.LETTERED, line) for line in self.lines[at + 1 : at + 12])
        return next((lettered.number for lettered in following if lettered), "")

    def _heading(self, at: int, line: str) -> Line | None:
        if _is_long_or_ended(line) or (self.part is _Part.PREAMBLE and reads_as_preambular(line)):
            return None
        below = self.lines[at + 1] if at + 1 < len(self.lines) else ""
        if opens(line) and (full(forms.MARGIN, below) or full(forms.RUNNING_HEAD, below)):
            return None  # the page ended within the paragraph
        self._levels.clear()
        return Line(line, LineKind.HEADING, self._depth + 1)

    def _paragraph(self, line: str) -> Line:
        if is_operative(line):
            if self.part is _Part.PREAMBLE:
                self.part = _Part.OPERATIVE
            return Line(line, LineKind.OPERATIVE)
        return Line(line, LineKind.PREAMBULAR)

    def _kind(self) -> LineKind:
        return LineKind.PREAMBULAR if self.part is _Part.PREAMBLE else LineKind.OPERATIVE

    def _enter(self, part: _Part) -> None:
        self.part = part
        self._number = 0
        self._letter = ""
        self._levels.clear()


def _is_long_or_ended(text: str) -> bool:
    return is_ended(text) or len(text) > _HEADING_LIMIT


def _is_roman_next(letter: str, last_letter: str) -> bool:
    """Whether a lone I, V, X or L is a Roman number rather than the letter after the last one."""
    return letter in "IVXL" and last_letter != letter_before(letter)
