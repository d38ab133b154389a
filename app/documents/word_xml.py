"""The words of WordprocessingML: runs, paragraphs and what is tracked on them, as characters of XML.

Elements stand in the order that the schema of ECMA-376 asks for; Word refuses a file where they do not.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final
from xml.sax.saxutils import quoteattr

from app.documents.document import Document, Mark, Tracked

NAMESPACES: Final = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
DECLARATION: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
LONGEST_AUTHOR: Final = 255  # characters; Word refuses more
_FORBIDDEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ESCAPES: Final = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_ELEMENTS: Final = {
    (Mark.ADDED, False): "ins",
    (Mark.DELETED, False): "del",
    (Mark.ADDED, True): "moveTo",
    (Mark.DELETED, True): "moveFrom",
}


@dataclass(frozen=True, slots=True)
class Look:
    """How words are set: the style of their characters, raised, from right to left."""

    style: str = ""
    is_raised: bool = False
    is_rtl: bool = False

    def properties(self) -> str:
        """The `w:rPr` of a run, or nothing."""
        parts = f'<w:rStyle w:val="{self.style}"/>' if self.style else ""
        parts += '<w:vertAlign w:val="superscript"/>' if self.is_raised else ""
        parts += "<w:rtl/>" if self.is_rtl else ""
        return f"<w:rPr>{parts}</w:rPr>" if parts else ""


class Tracking:
    """Gives out the numbers of a document's marks, each once, in order, and names who makes a change."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._last = 0
        self._said: dict[tuple[tuple[str, ...], datetime | None], str] = {}

    def number(self) -> int:
        self._last += 1
        return self._last

    def by(self, tracked: Tracked | None) -> str:
        """The attributes that say who changes something, and when."""
        who = (tracked.by, tracked.at) if tracked else ((), None)
        if who not in self._said:
            date = f' w:date="{timestamp(who[1])}"' if who[1] else ""
            self._said[who] = f"w:author={attribute(author(self._document, who[0]))}{date}"
        return f'w:id="{self.number()}" {self._said[who]}'

    def around(self, runs: str, mark: Mark, tracked: Tracked | None, *, moved: bool = False) -> str:
        """Runs as kept, inserted, deleted or moved ones."""
        if mark is Mark.KEPT or not runs:
            return runs
        element = _ELEMENTS[mark, moved]
        return f"<w:{element} {self.by(tracked)}>{runs}</w:{element}>"

    def end(self, mark: Mark, tracked: Tracked | None, *, moved: bool = False) -> str:
        """The `w:rPr` of a paragraph's end, or nothing where it stays."""
        return "" if mark is Mark.KEPT else f"<w:rPr><w:{_ELEMENTS[mark, moved]} {self.by(tracked)}/></w:rPr>"

    def was(self, style: str, tracked: Tracked | None) -> str:
        """That a paragraph had another style before."""
        return f'<w:pPrChange {self.by(tracked)}><w:pPr><w:pStyle w:val="{style}"/></w:pPr></w:pPrChange>'


def run(text: str, look: Look, *, is_deleted: bool = False, tab: bool = False) -> str:
    """Words in a run; `is_deleted` inside of `w:del`; with a tab after them."""
    name = "delText" if is_deleted else "t"
    words = f'<w:{name} xml:space="preserve">{escaped(text)}</w:{name}>' if text else ""
    return f"<w:r>{look.properties()}{words}{'<w:tab/>' if tab else ''}</w:r>" if words or tab else ""


def paragraph(style: str, content: str, *, end: str = "", was: str = "", page_break: bool = False) -> str:
    """A paragraph; `end` and `was` are what Tracking gives for its end and for the style that it had."""
    breaks = "<w:pageBreakBefore/>" if page_break else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{breaks}{end}{was}</w:pPr>{content}</w:p>'


def author(document: Document, codes: tuple[str, ...]) -> str:
    """Delegations as the author of a change, by name; where they are too many for Word, the first and how many more."""
    named = document.author(codes) or "Chapeau"
    shown = len(codes)
    while len(named) > LONGEST_AUTHOR and shown > 1:
        shown -= 1
        named = f"{document.author(codes[:shown])} and {len(codes) - shown} more"
    return named[:LONGEST_AUTHOR]


def timestamp(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def escaped(text: str) -> str:
    return _FORBIDDEN.sub("\ufffd", text).translate(_ESCAPES)


def attribute(text: str) -> str:
    """A value of an attribute, in quotation marks."""
    return quoteattr(_FORBIDDEN.sub("\ufffd", text))


def root(name: str, content: str, namespaces: str = NAMESPACES, attributes: Mapping[str, str] | None = None) -> str:
    """A whole part of the file."""
    more = "".join(f" {key}={attribute(value)}" for key, value in (attributes or {}).items())
    return f"{DECLARATION}<{name} {namespaces}{more}>{content}</{name}>"
