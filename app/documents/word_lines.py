"""What a Word file reads when its changes are accepted, but for those of others, which are refused: line by line.

A paragraph whose end goes is joined to the next, as Word does it. Numbers are no words.
"""

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

from app.documents.word_paragraphs import Revision, WordParagraph, WordRun

_ORDINAL: Final = r"bis|ter|quater|quinquies|sexies|septies|octies|novies|decies|alt"
NUMBER: Final = re.compile(
    rf"\s*(?:\d{{1,4}}(?:\s+(?:{_ORDINAL})\b(?:\s\d{{1,2}}\b)?)*\s?[.)](?=\s|$)|\((?:[a-z]{{1,5}}|[ivx]{{1,6}}|\d{{1,2}})\)"
    rf"(?:\s+(?:{_ORDINAL})\b)*)\s*"
)
_STYLED_NUMBER: Final = re.compile(rf"[\s\d.()a-z•·–—-]{{0,12}}(?:(?:{_ORDINAL})[\s\d.)]*)*\s*")
_LABEL: Final = re.compile(r"\s*\[[^\[\]]{1,60}\]\s*")
_DEBRIS: Final = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff\u202a-\u202e\u2066-\u2069]")
_SPACES: Final = re.compile(r"[ \t\r\n\v\f\x85\u2028\u2029]+")

IsContext = Callable[[Revision], bool]


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph as it reads then. `sources` are the paragraphs of the file that it is made of; `number` what stood
    before its words; `is_tracked` whether the sender tracked a change in it; `inside` their words within proposals of
    others, which are not in `text`."""

    text: str
    number: str = ""
    sources: tuple[int, ...] = ()
    bookmarks: tuple[str, ...] = ()
    style: str = ""
    comments: tuple[str, ...] = ()
    in_table: bool = False
    is_tracked: bool = False
    inside: tuple[str, ...] = ()
    holds: tuple[str, ...] = ()
    numbering: tuple[str, int] | None = None


@dataclass(slots=True)
class _Growing:
    """A line while paragraphs are joined to it, each without its number; that of the first is the line's."""

    number: str = ""
    words: list[str] = field(default_factory=list)
    sources: list[int] = field(default_factory=list)
    paragraphs: list[WordParagraph] = field(default_factory=list)
    leading: WordParagraph | None = None  # whose words come first: its style is that of the line
    is_tracked: bool = False
    inside: list[str] = field(default_factory=list)


def lines_of(
    paragraphs: Sequence[WordParagraph],
    is_context: IsContext = lambda _: False,
    note: Callable[[str], str] = lambda _: "",
) -> list[Line]:
    """The lines, empty ones too. `note` gives what a reference to a footnote of the file reads."""
    found: list[Line] = []
    growing = _Growing()
    for at, paragraph in enumerate(paragraphs):
        _grow(growing, at, paragraph, is_context, note)
        is_joined = (paragraph.begun is not None and is_context(paragraph.begun)) or (
            paragraph.ended is not None and not is_context(paragraph.ended)
        )
        if not is_joined:
            found.append(_line(growing))
            growing = _Growing()
    if growing.paragraphs:
        found.append(_line(growing))
    return found


def cleaned(text: str) -> str:
    """Words as texts have them: NFC, on one line, without what does not show."""
    return _SPACES.sub(" ", unicodedata.normalize("NFC", _DEBRIS.sub("", text))).strip()


def _grow(
    growing: _Growing, at: int, paragraph: WordParagraph, is_context: IsContext, note: Callable[[str], str]
) -> None:
    growing.sources.append(at)
    growing.paragraphs.append(paragraph)
    if any(mark is not None and not is_context(mark) for mark in (paragraph.begun, paragraph.ended)):
        growing.is_tracked = True
    proposed = _within_proposals(paragraph, is_context)
    pieces: list[tuple[str, bool]] = []  # words, and whether they have the style of numbers
    for place, run in enumerate(paragraph.runs):
        by_others = run.inserted is not None and is_context(run.inserted)
        is_deleted = run.deleted is not None and not is_context(run.deleted)
        if not by_others and (run.inserted is not None or is_deleted):
            growing.is_tracked = True
        if (by_others and is_deleted) or (place in proposed and not is_deleted):
            growing.inside.append(cleaned(run.text))
        elif not by_others and not is_deleted:
            words = note(run.note) if run.note else _without_marks(run)
            pieces.append((words, "number" in run.style.lower() and not run.note))
            if words.strip() and growing.leading is None:
                growing.leading = paragraph
    number, written = _number_and_words(pieces)
    growing.number = growing.number or ("" if "".join(growing.words).strip() else number)
    growing.words.append(written)


def _without_marks(run: WordRun) -> str:
    """The words of a run: the labels that compilations print are none, and a raised number refers to a footnote."""
    style = run.style.lower()
    if "label" in style and "chapeau" in style:
        return _LABEL.sub("", run.text)
    if style in ("footnotereference", "footnoteanchor", "footnotecharacters") and run.text.strip().isdecimal():
        return f"[^{int(run.text)}]"
    return run.text


def _within_proposals(paragraph: WordParagraph, is_context: IsContext) -> set[int]:
    """The runs that the sender inserted amid words that others only propose: they have no place in the text."""

    def theirs(run: WordRun) -> bool:
        return run.inserted is not None and is_context(run.inserted)

    runs = [(at, run) for at, run in enumerate(paragraph.runs) if run.text.strip() or run.note]
    if not any(theirs(run) for _, run in runs):
        return set()
    whole = paragraph.begun is not None and is_context(paragraph.begun)
    found: set[int] = set()
    before = whole  # whether what stands before is theirs
    waiting: list[int] = []
    for at, run in runs:
        if theirs(run):
            found.update(waiting if before else ())
            before, waiting = True, []
        elif run.inserted is not None:
            waiting.append(at)
        else:
            before, waiting = False, []
    return found | set(waiting if before and whole else ())


def _line(growing: _Growing) -> Line:
    leading = growing.leading or growing.paragraphs[-1]
    of_all = growing.paragraphs
    return Line(
        text=cleaned("".join(growing.words)),
        number=growing.number,
        sources=tuple(growing.sources),
        bookmarks=tuple(dict.fromkeys(name for one in of_all for name in one.bookmarks)),
        style=leading.style,
        comments=tuple(dict.fromkeys(name for one in of_all for name in one.comments)),
        in_table=leading.in_table,
        is_tracked=growing.is_tracked,
        inside=tuple(words for words in growing.inside if words),
        holds=tuple(what for one in of_all for what in one.holds),
        numbering=leading.numbering,
    )


def _number_and_words(pieces: Sequence[tuple[str, bool]]) -> tuple[str, str]:
    """The number that has the style of numbers, and the words: what somebody wrote in that style by accident too."""
    at = 0
    while at < len(pieces) and (pieces[at][1] or not pieces[at][0].strip()):
        at += 1
    head = "".join(words for words, _ in pieces[:at])
    number = _STYLED_NUMBER.match(head)
    end = number.end() if number is not None and number.end() == len(head) else 0
    if not end and (typed := NUMBER.match(head)) is not None:
        end = typed.end()
    behind = (words for words, is_number in pieces[at:] if not (is_number and _STYLED_NUMBER.fullmatch(words)))
    rest = head[end:] + "".join(behind)
    return cleaned(head[:end]), rest
