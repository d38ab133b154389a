"""Finds the structure of a text pasted from an official document: what each line is, its level and its number.

A walk from the first line to the last, which remembers in which part of the document it is. The beginning is where the
opening line stands ("The General Assembly,"); what stands above is the masthead and the title. After the meeting and
date that close a resolution come votes and annexes, or further parts (B, C) with an opening line of their own.
"""

import re
from dataclasses import dataclass, field, replace
from enum import StrEnum

from app.text import pasted_lines as forms
from app.text.clauses import Kind
from app.text.openers import opener
from app.text.pasted_lines import full, is_ended

_WRAPPED_SHARE = 0.1  # of lines that begin in lower case: the text was wrapped where it was copied
_HEADING_LIMIT = 320  # characters
_OPENING_WITHIN = 12  # lines below the title


class LineKind(StrEnum):
    """What a line of a document is. A page number or running head counts as footnote: it belongs to the page."""

    FRONTMATTER = "frontmatter"
    TITLE = "title"
    OPENING = "opening"
    HEADING = "heading"
    PREAMBULAR = "preambular"
    OPERATIVE = "operative"
    CLOSING = "closing"
    FOOTNOTE = "footnote"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a pasted text.

    `text` is the line without its number. `level` is 1 for a paragraph, 2 for (a), 3 for (i); for a heading its depth.
    `number` is as printed, without a full stop: `1`, `(a)`, `IV`, `•`; empty where there is none. `continues` says that
    the line goes on with the paragraph before it. A paragraph without a number is preambular, unless it opens with an
    operative verb. `line` is the whole line as it stands.
    """

    text: str
    kind: LineKind
    level: int = 1
    number: str = ""
    continues: bool = False
    line: str = ""


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
    return _Walk(lines, after_blank).walk()


@dataclass(slots=True)
class _Walk:
    lines: list[str]
    after_blank: set[int]
    part: _Part = _Part.FRONT
    found: list[Line] = field(default_factory=list)
    _levels: "_Levels" = field(default_factory=lambda: _Levels())
    _depth: int = 0
    _letter: str = ""
    _number: int = 0
    _is_wrapped: bool = False
    _after_rule: bool = False

    def walk(self) -> tuple[Line, ...]:
        lower = sum(1 for line in self.lines if line[0].islower())
        self._is_wrapped = lower > _WRAPPED_SHARE * len(self.lines)
        begins_at, title_at = _beginning(self.lines)
        for at, line in enumerate(self.lines[:begins_at]):
            self.found.append(_front_line(at, line, title_at, self.found))
        self.part = _Part.PREAMBLE
        for at in range(begins_at, len(self.lines)):
            self.found.append(self._line(at, self.lines[at]))
        return tuple(replace(found, line=line) for found, line in zip(self.found, self.lines, strict=True))

    def _line(self, at: int, line: str) -> Line:
        return (
            self._of_the_page(line)
            or self._of_the_close(at, line)
            or self._opening(at, line)
            or self._continuation(at, line)
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
            if _is_opening(self.lines, at) or (full(forms.LETTER_ALONE, line) and _is_opening(self.lines, at + 1)):
                self.part = _Part.PREAMBLE
                return None
            if full(forms.TITLE, line) and any(_is_opening(self.lines, next_) for next_ in range(at + 1, at + 4)):
                self.part = _Part.OTHER
        return Line(line, LineKind.CLOSING)

    def _opening(self, at: int, line: str) -> Line | None:
        if not _is_opening(self.lines, at):
            return None
        self._enter(_Part.PREAMBLE)
        return Line(line, LineKind.OPENING)

    def _continuation(self, at: int, line: str) -> Line | None:
        """The rest of a paragraph, or of a heading, that a page or a line end cut in two."""
        before = next((past for past in reversed(self.found) if past.kind is not LineKind.FOOTNOTE), None)
        if before is None or before.kind not in (*_PARAGRAPHS, LineKind.HEADING) or _has_number(line):
            return None
        end = before.text.rstrip()
        goes_on = line[0].islower() and (self._is_wrapped or not is_ended(end) or end.endswith(","))
        if self._is_wrapped and not goes_on and at not in self.after_blank and before.kind in _PARAGRAPHS:
            goes_on = not is_ended(end) or (end.endswith(",") and not _opens(line))
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
            self._letter, self._depth = letter.number, 2
            self._levels.clear()
            return Line(letter.text, LineKind.HEADING, 2 if letter.text else 1, letter.number)
        roman = full(forms.ROMAN, line)
        if roman and not _is_long_or_ended(roman.text) and not roman.text[:1].islower():
            self._letter, self._depth = "", 1
            self._levels.clear()
            return Line(roman.text, LineKind.HEADING, 1, roman.number)
        return None

    def _numbered(self, at: int, line: str) -> Line | None:
        numbered = full(forms.NUMBERED, line)
        if numbered and self._is_plausible(int(numbered.number)):
            return self._numbered_paragraph(numbered)
        bare = full(forms.NUMBER_WITHOUT_STOP, line)
        if bare and self.part is _Part.OPERATIVE and int(bare.number) == self._number + 1:
            return self._numbered_paragraph(bare)
        lettered = full(forms.LETTERED, line)
        if lettered and (self.part is not _Part.PREAMBLE or self.found[-1:]):
            level = self._levels.of(lettered.number, self._next_letter(at))
            mark = f"({lettered.number})" if line.startswith("(") else lettered.number
            return Line(lettered.text, self._kind(), level, mark)
        if bullet := full(forms.BULLET, line):
            return Line(bullet.text, self._kind(), 2, bullet.number)
        return None

    def _is_plausible(self, number: int) -> bool:
        """In a wrapped text a line may begin with the end of a sentence: "31 December\\n2015. The ..."."""
        return not self._is_wrapped or number in (1, self._number + 1)

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
        if _is_long_or_ended(line) or opener(Kind.PREAMBULAR, line):
            return None
        if self._is_wrapped and not (at in self.after_blank or self._starts_something(at + 1)):
            return None
        self._levels.clear()
        return Line(line, LineKind.HEADING, self._depth + 1)

    def _starts_something(self, at: int) -> bool:
        line = self.lines[at] if at < len(self.lines) else ""
        return at in self.after_blank or _has_number(line) or _opens(line)

    def _paragraph(self, line: str) -> Line:
        if _is_operative(line):
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


@dataclass(slots=True)
class _Levels:
    """Which level a lettered sub-paragraph has: (a) 2, (i) 3, and styles that come below these as they appear."""

    _last: dict[int, str] = field(default_factory=dict)

    def clear(self) -> None:
        self._last.clear()

    def of(self, mark: str, following: str) -> int:
        level = self._level(mark, following)
        for deeper in [known for known in self._last if known > level]:
            del self._last[deeper]
        self._last[level] = mark
        return level

    def _level(self, mark: str, following: str) -> int:
        if mark.isdigit() or mark.isupper():
            same = [
                level for level, last in self._last.items() if last.isdigit() == mark.isdigit() and not last.islower()
            ]
            return same[0] if same else max(self._last, default=1) + 1
        is_next_letter = self._last.get(2, "") == _before(mark) and following != "ii"
        return 3 if re.fullmatch(r"[ivx]+", mark) and not is_next_letter else 2


def _before(mark: str) -> str:
    """The letter before: h for i, hh for ii."""
    return chr(ord(mark[0]) - 1) * len(mark)


def _beginning(lines: list[str]) -> tuple[int, int | None]:
    """Where the resolution itself begins (its opening line, or else its first paragraph), and where its title is."""
    for at, line in enumerate(lines):
        if full(forms.TITLE, line) or forms.COUNCIL_TITLE.fullmatch(line):
            below = range(at + 1, min(at + 1 + _OPENING_WITHIN, len(lines)))
            if (opening := next((below_at for below_at in below if _is_opening(lines, below_at)), None)) is not None:
                return _from_its_letter(lines, opening), at
    begins = next((at for at in range(len(lines)) if _is_opening(lines, at)), None)
    if begins is None:
        begins = next((at for at, line in enumerate(lines) if _begins_a_resolution(line)), len(lines))
    begins = _from_its_letter(lines, begins)
    above = [
        at for at in range(begins) if not full(forms.MARGIN, lines[at]) and not full(forms.LETTER_ALONE, lines[at])
    ]
    titled = [at for at in above if full(forms.TITLE, lines[at])]
    if titled:
        return begins, titled[-1]
    untitled = not above or begins == len(lines) or full(forms.MASTHEAD, lines[above[-1]]) is not None
    return begins, None if untitled else above[-1]


def _from_its_letter(lines: list[str], begins: int) -> int:
    """Where the resolution begins when it is one of several parts: the letter above its opening line belongs to it."""
    return begins - 1 if begins and begins < len(lines) and full(forms.LETTER_ALONE, lines[begins - 1]) else begins


def _front_line(at: int, line: str, title_at: int | None, found: list[Line]) -> Line:
    if at == title_at:
        title = full(forms.TITLE, line)
        return Line(title.text, LineKind.TITLE, number=title.number) if title else Line(line, LineKind.TITLE)
    after_title = title_at is not None and at > title_at and found[-1].kind is LineKind.TITLE and found[-1].number
    if (
        after_title
        and not full(forms.MASTHEAD, line)
        and not full(forms.LETTER_ALONE, line)
        and not full(forms.MARGIN, line)
    ):
        return Line(line, LineKind.TITLE, continues=True)
    return Line(line, LineKind.FRONTMATTER)


def _is_opening(lines: list[str], at: int) -> bool:
    """An organ in the nominative on a line of its own, with a comma or before a participle or verb."""
    if at >= len(lines) or not forms.OPENING.fullmatch(lines[at]):
        return False
    following = next((line for line in lines[at + 1 : at + 4] if not full(forms.MARGIN, line)), "")
    return lines[at].endswith(",") or _opens(following)


def _opens(line: str) -> bool:
    bare = line.lstrip('“"_*')
    return bool(opener(Kind.PREAMBULAR, bare) or opener(Kind.PARAGRAPH, bare))


def _is_operative(line: str) -> bool:
    return bool(opener(Kind.PARAGRAPH, line)) and not line.endswith(",")


def _begins_a_resolution(line: str) -> bool:
    is_numbered = full(forms.NUMBERED, line) is not None and is_ended(line)
    return is_numbered or (line.endswith(",") and bool(opener(Kind.PREAMBULAR, line)))


def _has_number(line: str) -> bool:
    return any(full(form, line) for form in (forms.NUMBERED, forms.LETTERED, forms.BULLET))


def _is_long_or_ended(text: str) -> bool:
    return is_ended(text) or len(text) > _HEADING_LIMIT


def _is_roman_next(letter: str, last_letter: str) -> bool:
    """Whether a lone I, V, X or L is a Roman number rather than the letter after the last one."""
    return letter in "IVXL" and last_letter != _before(letter)
