"""The words of a Word file, paragraph by paragraph, each run with what is tracked on it, and the marks around them.

Formatting is of no interest, and so are its tracked changes. Nothing is decided here on what counts.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from app.documents.word_package import Package
from app.problems import WordTooLarge
from app.said import Said

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT: Final = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_MATH: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_COMPATIBLE: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MOST_PARAGRAPHS: Final = 5_000
_MOST_CHARACTERS: Final = 2_000_000
_DEEPEST: Final = 200

LOST: Final = "\ufffc"  # stands for a character that has no meaning outside the file


@dataclass(frozen=True, slots=True)
class Revision:
    """Who tracked a change, and when, as the file says it."""

    author: str
    at: str


@dataclass(frozen=True, slots=True)
class WordRun:
    """Words with the same history: `inserted` and `deleted` by whom (both, where an insertion was deleted again).
    `style` is that of its characters; `note` the footnote of the file that it refers to."""

    text: str
    inserted: Revision | None = None
    deleted: Revision | None = None
    style: str = ""
    note: str = ""


@dataclass(slots=True)
class WordParagraph:
    """A paragraph. `begun` and `ended` say who inserted or deleted its end; `bookmarks` touch it somewhere, `comments`
    are anchored in it; `numbering` is (list, level) of an automatic number; `holds` names what is no words."""

    runs: list[WordRun] = field(default_factory=list)
    style: str = ""
    begun: Revision | None = None
    ended: Revision | None = None
    bookmarks: dict[str, None] = field(default_factory=dict)
    comments: dict[str, None] = field(default_factory=dict)
    in_table: bool = False
    numbering: tuple[str, int] | None = None
    holds: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class WordComment:
    author: str
    at: str
    text: str


@dataclass(frozen=True, slots=True)
class WordFile:
    """What a Word file says: its paragraphs, its footnotes by their id in the file, comments by id, properties."""

    paragraphs: tuple[WordParagraph, ...]
    footnotes: dict[str, tuple[WordParagraph, ...]]
    comments: dict[str, WordComment]
    properties: dict[str, str]

    def revisions(self) -> Iterator[Revision]:
        """Every tracked change, as often as a run or a paragraph's end has it."""
        for paragraph in (*self.paragraphs, *(one for note in self.footnotes.values() for one in note)):
            for revision in (paragraph.begun, paragraph.ended):
                if revision is not None:
                    yield revision
            for run in paragraph.runs:
                yield from (one for one in (run.inserted, run.deleted) if one is not None)


def word_file(package: Package) -> WordFile:
    """The words of a file. Raises WordTooLarge for one with more than any text has."""
    styles = _style_names(package.styles)
    paragraphs = _Reader(styles).read(_body(package.document))
    footnotes = {}
    for note in package.footnotes if package.footnotes is not None else ():
        if local_name(note) == "footnote" and value_of(note, "type") in ("", "normal"):
            footnotes[value_of(note, "id")] = tuple(_Reader(styles).read(note))
    comments = {}
    for one in package.comments if package.comments is not None else ():
        if local_name(one) == "comment":
            words = (" ".join(run.text for run in part.runs) for part in _Reader(styles).read(one))
            text = " ".join(" ".join(words).split())
            comments[value_of(one, "id")] = WordComment(value_of(one, "author"), value_of(one, "date"), text)
    return WordFile(tuple(paragraphs), footnotes, comments, _properties(package.properties))


def _style_names(styles: etree._Element | None) -> dict[str, str]:
    """What styles are called, by their id, without spaces: `ChapeauOP1`."""
    found = {}
    for style in styles if styles is not None else ():
        if local_name(style) == "style":
            called = next((value_of(child, "val") for child in style if local_name(child) == "name"), "")
            found[value_of(style, "styleId")] = called.replace(" ", "")
    return found


def _properties(custom: etree._Element | None) -> dict[str, str]:
    found = {}
    for one in custom if custom is not None else ():
        name = one.get("name")
        if isinstance(name, str):
            found[name] = "".join(str(text) for text in one.itertext()).strip()[:500]
    return found


def _body(document: etree._Element) -> etree._Element:
    return next((child for child in document if local_name(child) == "body"), document)


@dataclass(frozen=True, slots=True)
class _State:
    """What holds where the reader is."""

    inserted: Revision | None = None
    deleted: Revision | None = None
    in_table: bool = False


class _Reader:
    """Walks through a story (the body, a footnote, a comment) in the order of its words."""

    def __init__(self, styles: dict[str, str]) -> None:
        self._styles = styles
        self._paragraphs: list[WordParagraph] = []
        self._at: WordParagraph | None = None
        self._names: dict[str, str] = {}  # ids of bookmarks that are open -> their names
        self._comments: dict[str, None] = {}
        self._waiting: dict[str, None] = {}  # bookmarks between two paragraphs
        self._characters = 0

    def read(self, story: etree._Element) -> list[WordParagraph]:
        self._children(story, _State(), 0)
        return self._paragraphs

    def _children(self, parent: etree._Element, state: _State, depth: int) -> None:
        if depth > _DEEPEST:
            raise WordTooLarge(
                found=Said("parts inside each other without end"), limit=Said("{number} levels", number=f"{_DEEPEST}")
            )
        for child in parent:
            self._one(child, local_name(child), state, depth)

    def _one(self, element: etree._Element, name: str, state: _State, depth: int) -> None:
        match name:
            case "p":
                self._paragraph(element, state, depth)
            case "r":
                self._run(element, state, depth)
            case "ins" | "moveTo":
                self._children(element, _State(_revision(element), state.deleted, state.in_table), depth + 1)
            case "del" | "moveFrom":
                self._children(element, _State(state.inserted, _revision(element), state.in_table), depth + 1)
            case "tbl":
                self._children(element, _State(state.inserted, state.deleted, True), depth + 1)
            case "tr":
                self._children(element, _row_state(element, state), depth + 1)
            case "bookmarkStart" | "bookmarkEnd":
                self._bookmark(element, name)
            case "commentRangeStart" | "commentRangeEnd" | "commentReference":
                self._comment(element, name)
            case "oMath" | "oMathPara":
                self._holds("an equation")
            case "altChunk":
                self._holds("an embedded document")
            case "AlternateContent":
                self._holds("a picture or a text box")
            case _ if not name.endswith("Pr"):  # hyperlinks, content controls, smart tags, cells, fields
                self._children(element, state, depth + 1)

    def _paragraph(self, element: etree._Element, state: _State, depth: int) -> None:
        if self._at is not None:  # one inside another: a text box
            self._holds("a text box")
            return
        if len(self._paragraphs) >= _MOST_PARAGRAPHS:
            raise WordTooLarge(
                found=Said("more than {number} paragraphs", number=f"{_MOST_PARAGRAPHS:,}"),
                limit=f"{_MOST_PARAGRAPHS:,}",
            )
        at = self._at = WordParagraph(in_table=state.in_table, begun=state.inserted, ended=state.deleted)
        self._paragraphs.append(at)
        at.bookmarks = {**self._waiting, **dict.fromkeys(self._names.values())}
        at.comments = dict(self._comments)
        self._waiting = {}
        properties = next((child for child in element if local_name(child) == "pPr"), None)
        for child in properties if properties is not None else ():
            self._property(at, child)
        for child in element:
            if child is not properties:
                self._one(child, local_name(child), state, depth + 1)
        self._at = None

    def _property(self, at: WordParagraph, element: etree._Element) -> None:
        match local_name(element):
            case "pStyle":
                at.style = self._styles.get(value_of(element, "val"), "") or value_of(element, "val")
            case "numPr":
                told = {local_name(child): value_of(child, "val") for child in element}
                level = told.get("ilvl", "0")
                at.numbering = (told.get("numId", ""), int(level) if level.isascii() and level.isdigit() else 0)
            case "rPr":
                for child in element:
                    if local_name(child) in ("ins", "moveTo"):
                        at.begun = _revision(child)
                    elif local_name(child) in ("del", "moveFrom"):
                        at.ended = _revision(child)

    def _run(self, element: etree._Element, state: _State, depth: int) -> None:
        style = ""
        text: list[str] = []

        def say() -> None:
            if text and self._at is not None:
                words = "".join(text)
                self._characters += len(words)
                if self._characters > _MOST_CHARACTERS:
                    raise WordTooLarge(
                        found=Said("more than {number} characters", number=f"{_MOST_CHARACTERS:,}"),
                        limit=f"{_MOST_CHARACTERS:,}",
                    )
                self._at.runs.append(WordRun(words, state.inserted, state.deleted, style))
            text.clear()

        for child in element:
            name = local_name(child)
            if name == "rPr":
                given = next((value_of(one, "val") for one in child if local_name(one) == "rStyle"), "")
                style = self._styles.get(given, "") or given
            elif name in ("t", "delText"):
                text.append(child.text or "")
            elif name in _SAID:
                text.append(_SAID[name])
            elif name == "br":
                text.append(" " if value_of(child, "type") in ("", "textWrapping") else "")
            elif name == "sym":
                text.append(LOST)
            elif name == "footnoteReference":
                say()
                if self._at is not None:
                    self._at.runs.append(WordRun("", state.inserted, state.deleted, style, value_of(child, "id")))
                if value_of(child, "customMarkFollows") in ("1", "true", "on"):
                    break  # its number, as it is printed
            elif name in _HELD:
                self._holds(_HELD[name])
            elif name not in ("instrText", "delInstrText", "t"):
                self._one(child, name, state, depth + 1) if name in _INSIDE else None
        say()

    def _bookmark(self, element: etree._Element, name: str) -> None:
        given = value_of(element, "id")
        if name == "bookmarkEnd":
            self._names.pop(given, None)
            return
        called = value_of(element, "name")[:80]
        if len(self._names) < 1_000:
            self._names[given] = called
        if self._at is not None:
            self._at.bookmarks[called] = None
        else:
            self._waiting[called] = None

    def _comment(self, element: etree._Element, name: str) -> None:
        given = value_of(element, "id")
        if name == "commentRangeEnd":
            self._comments.pop(given, None)
            return
        if name == "commentRangeStart" and len(self._comments) < 1_000:
            self._comments[given] = None
        if self._at is not None:
            self._at.comments[given] = None

    def _holds(self, what: str) -> None:
        if self._at is not None:
            self._at.holds.append(what)


_SAID: Final = {"tab": " ", "ptab": " ", "cr": " ", "noBreakHyphen": "\u2011", "softHyphen": ""}
_HELD: Final = {
    "drawing": "a picture",
    "pict": "a picture",
    "object": "an embedded object",
    "endnoteReference": "an endnote",
    "AlternateContent": "a picture or a text box",
}
_INSIDE: Final = frozenset({"commentReference", "ruby", "rubyBase", "r"})


def _row_state(row: etree._Element, state: _State) -> _State:
    """A row of a table that is inserted or deleted, with all that is in it."""
    properties = next((child for child in row if local_name(child) == "trPr"), None)
    inserted, deleted = state.inserted, state.deleted
    for child in properties if properties is not None else ():
        if local_name(child) == "ins":
            inserted = _revision(child)
        elif local_name(child) == "del":
            deleted = _revision(child)
    return _State(inserted, deleted, True)


def _revision(element: etree._Element) -> Revision:
    return Revision(value_of(element, "author")[:500], value_of(element, "date")[:40])


def local_name(element: etree._Element) -> str:
    """The name of an element of a text, empty for one of another vocabulary."""
    tag = str(element.tag)
    for vocabulary in (W, _STRICT, _MATH, _COMPATIBLE):
        if tag.startswith(vocabulary):
            return tag[len(vocabulary) :]
    return ""


def value_of(element: etree._Element, name: str) -> str:
    found = element.get(W + name)
    return found if found is not None else element.get(_STRICT + name) or ""
