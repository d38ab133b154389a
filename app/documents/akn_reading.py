"""Reads Akoma Ntoso: what Chapeau wrote comes back as it was, with keys and origin; files of other makers where it is
clear what is a paragraph. What has no place in a resolution (tables, tracked changes) is refused with its line.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Final

from lxml import etree

from app.documents.akn_names import DRAFT, KIND, LABEL, LEVEL, ORIGIN, POSITION, VERSION, local, two_letters
from app.documents.document import Content
from app.documents.xml_parsing import parsed, refused
from app.problems import DocumentUnreadable
from app.said import N_, Said
from app.text import pasted_lines as forms
from app.text.clauses import WITH_SUBPARAGRAPHS, Clause, Draft, FrontMatter, Kind
from app.text.labelling import Labelling
from app.text.labels import read_label
from app.text.openers import opener
from app.text.origin import read_origin
from app.text.printed import agenda_item
from app.text.screen import screened

_TEXTS: Final = frozenset({"statement", "doc", "act", "bill"})
_COLLECTIONS: Final = frozenset({"documentCollection", "officialGazette"})
_HELD: Final = frozenset({"intro", "content", "wrapUp", "listIntroduction", "listWrapUp"})
_LISTS: Final = frozenset({"list", "sublist", "blockList", "ul", "ol"})
_BLOCKS: Final = frozenset({"p", "block", "formula", "container", "recital", "citation", "crossHeading"})
_TRANSPARENT: Final = frozenset(
    {"blockContainer", "recitals", "citations", "div", "body", "mainBody", "collectionBody"}
)
_INSIDE: Final = frozenset({"point", "item", "li", "indent", "subparagraph", "alinea", "subclause"})
_HIERARCHY: Final = frozenset(
    [
        "part",
        "section",
        "chapter",
        "title",
        "article",
        "book",
        "tome",
        "division",
        "subsection",
        "subpart",
        "subchapter",
        "subtitle",
        "subdivision",
        "level",
        "paragraph",
        "hcontainer",
        "clause",
        "rule",
        "subrule",
        "proviso",
        "transitional",
    ]
)
_UNFIT: Final = {
    "table": N_("a table"),
    "foreign": N_("content of another kind"),
    "toc": N_("a table of contents"),
    "ins": N_("tracked changes"),
    "del": N_("tracked changes"),
    "img": N_("a picture"),
    "quotedStructure": N_("a quoted structure"),
    "embeddedStructure": N_("an embedded structure"),
}
_PARAGRAPHS: Final = N_("paragraphs, lists and headings: what else a file holds cannot be negotiated")
_SPACE: Final = re.compile(r"\s+")
_DEEPEST: Final = 9
_MOST: Final = 1_000_000


def read_akoma_ntoso(data: bytes) -> Draft:
    """Raises DocumentUnreadable with the line, and what `screened` raises."""
    root = parsed(data)
    if local(root) != "akomaNtoso":
        raise _unfit(root, f"<{local(root)}>", Said("an Akoma Ntoso document (akomaNtoso)"))
    text = _the_text(root)
    draft = text.find(f".//{DRAFT}")
    shown = draft.get("content", "text") if draft is not None else "text"
    if shown != Content.TEXT.value:
        raise _unfit(
            text,
            Said("a document with the content “{content}”", content=shown[:60]),
            Said("the text alone: export it with the content “text”"),
        )
    reading = _Reading()
    reading.note_numbers(text)
    for part in text:
        reading.part(part)
    return reading.draft(draft)


def _the_text(root: etree._Element) -> etree._Element:
    for child in root:
        if local(child) in _TEXTS:
            return child
        if local(child) in _COLLECTIONS:
            inside = next((one for one in child.iter() if local(one) in _TEXTS), None)
            if inside is not None:
                return inside
        raise _unfit(child, f"<{local(child)}>", Said("a resolution: a statement, or a doc, bill or act"))
    raise _unfit(root, Said("nothing"), Said("a resolution: a statement, or a doc, bill or act"))


@dataclass(slots=True)
class _Reading:
    clauses: list[Clause] = field(default_factory=list)
    beside: list[tuple[int, Clause]] = field(default_factory=list)  # by position: the title, footnotes
    _front: dict[str, str] = field(default_factory=dict)
    _lists: dict[str, list[str]] = field(default_factory=lambda: {"sponsors": [], "masthead": [], "closing": []})
    _labelling: Labelling = field(default_factory=Labelling)
    _numbers: dict[etree._Element, str] = field(default_factory=dict)  # of notes and references to them
    _read_notes: set[etree._Element] = field(default_factory=set)
    _said: set[etree._Element] = field(default_factory=set)  # introductions of lists that are the words of a paragraph
    _origin: str = ""
    _in_annex: bool = False
    _operative: bool = False

    def note_numbers(self, text: etree._Element) -> None:
        """Which number each footnote has, and which footnote each reference means. Labels that the file gives to its
        paragraphs are kept for these."""
        taken: set[str] = set()
        by_eid: dict[str, str] = {}
        last = 0
        for one in text.iter():
            name = local(one)
            if name == "authorialNote" or (name == "note" and one.get(LABEL)):
                own = (one.get(LABEL) or "").removeprefix("N")
                marker = own or (one.get("marker") or "").strip("()[]. ")
                if not own and (not marker.isdecimal() or not marker.isascii() or len(marker) > 4 or marker in taken):
                    marker = str(last + 1)
                while marker in taken:
                    marker = str(last := last + 1)
                taken.add(marker)
                last = max(last, int(marker)) if marker.isdecimal() and len(marker) < 7 else last
                self._numbers[one] = by_eid[one.get("eId") or ""] = marker
        for one in text.iter():
            if local(one) == "noteRef":
                number = by_eid.get((one.get("href") or "").removeprefix("#"))
                if number:
                    self._numbers[one] = number

    def part(self, part: etree._Element) -> None:
        match local(part):
            case "meta":
                self._meta(part)
            case "coverPage" | "preface":
                self._cover(part)
            case "conclusions":
                self._lists["closing"] += self._lines(part)
            case "attachments" | "components":
                for attachment in part:
                    self._attachment(attachment)
            case _:
                for child in part:
                    self._block(child, 0)

    def draft(self, kept: etree._Element | None) -> Draft:
        if not any(clause.kind in WITH_SUBPARAGRAPHS for clause in self.clauses):
            raise refused(
                place=Said("The text"),
                found=Said("no paragraph of a resolution"),
                expected=Said("a preamble or a body with the paragraphs of a resolution"),
            )
        front = dict(self._front)
        if kept is not None:
            front["slug"] = kept.get("slug") or ""
            front["language"] = kept.get("language") or ""
        values = {name: screened(value, name) if value.strip() else "" for name, value in front.items()}
        lists = {
            name: tuple(screened(line, name) for line in lines if line.strip()) for name, lines in self._lists.items()
        }
        clauses = self.clauses
        for position, clause in sorted(self.beside, key=lambda one: one[0]):
            clauses.insert(min(position, len(clauses)), clause)
        if "organ" not in values:
            opening = next((one.text for one in clauses if one.kind is Kind.OPENING), "")
            values["organ"] = re.sub(r"^[“\"]?The |[,.]$", "", opening)
        origin = read_origin(self._origin) if self._origin else None
        front_matter = replace(FrontMatter(**values), **lists)  # type: ignore[arg-type] # texts, and tuples for the lists
        return Draft(front_matter, tuple(clauses), origin)

    def _meta(self, meta: etree._Element) -> None:
        for one in meta.iter():
            name = local(one)
            if name == "FRBRlanguage" and "language" not in self._front:
                self._front["language"] = two_letters((one.get("language") or "").lower())
            elif one.tag == ORIGIN:
                self._origin = one.text or ""
            elif name == "note" and one.get(LABEL):
                self._note(one)

    def _cover(self, part: etree._Element) -> None:
        for paragraph in _lines_in(part):
            named = {local(one): one for one in paragraph.iter() if one is not paragraph}
            fields = (("docAuthority", "organ"), ("docNumber", "symbol"), ("session", "session"))
            if "docTitle" in named and local(part) == "preface":
                self._title(named["docTitle"])
            elif inline := [one for one in paragraph if local(one) == "inline" and one.get("name") == "agendaItem"]:
                self._front["agenda_item"] = agenda_item(self._words(inline[0]))
            elif "docProponent" in named:
                self._lists["sponsors"].append(self._words(named["docProponent"]))
            elif found := next(((field, named[one]) for one, field in fields if one in named), None):
                name, element = found
                words = self._words(element)
                if name == "symbol" and local(part) == "preface" and "/" not in words:
                    continue
                self._front.setdefault(name, words)
            else:
                self._lists["masthead"] += [line for line in [self._words(paragraph)] if line]

    def _title(self, element: etree._Element) -> None:
        text = self._words(element)
        if text:
            clause = self._clause(element, Kind.TITLE, 1, text, "")
            self.beside.append((_whole(element, POSITION, 0, _MOST) or 0, clause))

    def _attachment(self, attachment: etree._Element) -> None:
        text = next((one for one in attachment.iter() if local(one) in _TEXTS), None)
        heading = next((one for one in attachment if local(one) == "heading"), None)
        if text is None:
            raise _unfit(attachment, Said("an annex without a text"), Said("annexes with their text"))
        title = self._words(heading) if heading is not None else ""
        parts = [part for part in text if local(part) not in ("meta", "coverPage")]
        if not title:
            found = next((one for part in parts for one in part.iter() if local(one) == "docTitle"), None)
            title = self._words(found) if found is not None else "Annex"
        self._in_annex, self._operative = True, False
        self._add(attachment, Kind.ANNEX, 1, title, "")
        for part in parts:
            if local(part) != "preface":
                for child in part:
                    self._block(child, 0)

    def _block(self, element: etree._Element, depth: int) -> None:
        """What stands in a preamble, a body or below a heading; `depth` counts the headings above it."""
        name = local(element)
        if name in _UNFIT:
            raise _unfit(element, Said(_UNFIT[name]), Said(_PARAGRAPHS))
        if name in _LISTS:
            self._list(element, 2, Kind.PARAGRAPH)
        elif name in _TRANSPARENT or name in _HELD:
            for child in element:
                self._block(child, depth)
        elif name in _BLOCKS:
            self._paragraph(element, self._kind_of_a_block(element), 1)
        elif name in _HIERARCHY or name in _INSIDE:
            heading = next((one for one in element if local(one) == "heading"), None)
            if heading is not None:
                self._section(element, heading, depth)
            elif element.get(LABEL) or name in ("paragraph", "clause") or any(local(one) in _HELD for one in element):
                self._paragraph(element, self._kind_of_a_paragraph(element), 1)
            else:
                for child in element:
                    if local(child) != "num":
                        self._block(child, depth)
        elif name not in ("num", "subheading", "componentRef"):
            raise _unfit(element, f"<{name}>", Said(_PARAGRAPHS))

    def _section(self, element: etree._Element, heading: etree._Element, depth: int) -> None:
        num = next((self._words(one) for one in element if local(one) == "num"), "")
        text = self._words(heading)
        if num and not element.get(LABEL):
            text = f"{num} {text}"
        self._add(element, Kind.HEADING, min(depth + 1, _DEEPEST), text, "")
        for child in element:
            if child is not heading and local(child) != "num":
                self._block(child, depth + 1)

    def _kind_of_a_block(self, element: etree._Element) -> Kind:
        name, text = local(element), self._words(element)
        if name == "formula" or (not self._in_annex and not self.clauses and forms.OPENING.fullmatch(text)):
            return Kind.OPENING
        if name == "crossHeading":
            return Kind.HEADING
        if name in ("container", "recital", "citation"):
            return Kind.PREAMBULAR
        is_preamble = any(local(one) == "preamble" for one in element.iterancestors())
        opens_like_one = bool(opener(Kind.PREAMBULAR, text)) and text.endswith(",")
        return Kind.PREAMBULAR if not self._in_annex and not self._operative and (is_preamble or opens_like_one) else (
            Kind.PARAGRAPH
        )  # fmt: skip

    def _kind_of_a_paragraph(self, element: etree._Element) -> Kind:
        kind = {"enactingFormula": Kind.OPENING, "preambular": Kind.PREAMBULAR}.get(element.get("name") or "")
        if kind is not None:
            return kind
        num = next((self._words(one) for one in element if local(one) == "num"), "")
        is_numbered = re.match(r"[(\[]?\d", num) is not None
        return Kind.OPERATIVE if is_numbered and not self._in_annex else Kind.PARAGRAPH

    def _paragraph(self, element: etree._Element, kind: Kind, level: int) -> None:
        """A paragraph with its sub-paragraphs: its own words come before the first list in it."""
        name = local(element)
        own: list[str] = []
        below: list[etree._Element] = []
        num = ""
        after: list[str] = []
        for child in [element] if name in ("p", "block", "crossHeading") else _held(element):
            kid = local(child)
            if kid == "num":
                num = self._words(child)
            elif kid in _LISTS or kid in _INSIDE or kid in _HIERARCHY:
                introduction = next((one for one in child if local(one) in ("intro", "listIntroduction")), None)
                if kid in _LISTS and not own and not below and introduction is not None:
                    own.append(self._words(introduction))
                    self._said.add(introduction)
                below.append(child)
            elif kid in _UNFIT:
                raise _unfit(child, Said(_UNFIT[kid]), Said(_PARAGRAPHS))
            elif words := self._words(child):
                (after if below else own).append(words)
        text = " ".join(own)
        if text or element.get(LABEL):
            if kind is Kind.PARAGRAPH and num and level == 1 and not element.get(LABEL):
                text = f"{num} {text}".strip()
            self._add(element, kind, level, text or num, num)
            kind = self.clauses[-1].kind
        for child in below:
            if local(child) in _LISTS:
                self._list(child, level + 1 if text else level, kind)
            else:
                self._paragraph(child, kind, min(level + 1, _DEEPEST))
        if after:
            self._add(None, Kind.PARAGRAPH, 1, " ".join(after), "")

    def _list(self, element: etree._Element, level: int, kind: Kind) -> None:
        for child in element:
            name = local(child)
            if name in _LISTS:
                self._list(child, level, kind)
            elif name in _HELD:
                if child not in self._said and (words := self._words(child)):
                    self._add(None, kind if level == 1 else Kind.PARAGRAPH, 1, words, "")
            elif name not in ("num", "heading"):
                self._paragraph(child, kind, min(level, _DEEPEST))

    def _note(self, element: etree._Element) -> None:
        text = " ".join(words for one in element if (words := self._words(one))) or self._words(element)
        number = self._numbers[element]
        clause = self._clause(element, Kind.FOOTNOTE, 1, text, number)
        position = _whole(element, POSITION, 0, _MOST)
        self.beside.append((_MOST if position is None else position, clause))

    def _add(self, element: etree._Element | None, kind: Kind, level: int, text: str, num: str) -> None:
        clause = self._clause(element, kind, level, text, num)
        self._operative = clause.kind is Kind.OPERATIVE or (self._operative and clause.kind is not Kind.HEADING)
        self.clauses.append(clause)

    def _clause(self, element: etree._Element | None, kind: Kind, level: int, text: str, num: str) -> Clause:
        """A clause with the label, kind, level and key that the file gives it, else with those of its place."""
        given = (element.get(LABEL) or "") if element is not None else ""
        read = read_label(given) if given else None
        if element is not None and read is not None and self._labelling.keep(given):
            said = element.get(KIND) or ""
            kind = Kind(said) if said in set(Kind) else read.kind
            level = _whole(element, LEVEL, 1, _DEEPEST) or read.level
            key = element.get("wId") or ""
            version = _whole(element, VERSION, 0, _MOST) or 0
            is_key = re.fullmatch(r"[a-z]\d{1,9}", key) is not None
            return Clause(kind, given, screened(text, given), level, key if is_key else "", version)
        digits = re.search(r"\d{1,4}", num)
        above = next((one for one in reversed(self.clauses) if one.kind is not Kind.FOOTNOTE), None)
        label = None
        if level > 1 and kind in WITH_SUBPARAGRAPHS and above is not None and above.kind is kind:
            label = self._labelling.below(above.label, level, re.sub(r"[^\w]", "", num))
        if label is None:
            level = level if kind is Kind.HEADING else 1
            label = self._labelling.next(kind, int(digits[0]) if digits else 0)
        return Clause(kind, label, screened(text, label), level)

    def _lines(self, part: etree._Element) -> list[str]:
        return [words for one in _lines_in(part) if (words := self._words(one))]

    def _words(self, element: etree._Element) -> str:
        """The text in an element: white space that an editor wrapped it with is one space."""
        return _SPACE.sub(_unwrapped, "".join(self._pieces(element))).strip()

    def _pieces(self, element: etree._Element) -> list[str]:
        pieces = [element.text or ""]
        for child in element:
            name = local(child)
            if name in _UNFIT:
                raise _unfit(child, Said(_UNFIT[name]), Said("the words alone; accept or reject tracked changes first"))
            if name == "authorialNote":
                if child not in self._read_notes:
                    self._read_notes.add(child)
                    self._note(child)
                pieces.append(f"[^{self._numbers[child]}]")
            elif name == "noteRef":
                pieces.append(f"[^{self._numbers[child]}]" if child in self._numbers else child.get("marker") or "")
            elif name in ("eol", "br"):
                pieces.append(" ")
            elif name != "inline" or child.get("name") != "num":
                between = " " if name in ("p", "block") else ""
                pieces += [between, *self._pieces(child), between]
            pieces.append(child.tail or "")
        return pieces


def _lines_in(element: etree._Element) -> Iterator[etree._Element]:
    """The outermost paragraphs in a cover, a preface or the conclusions, each once."""
    for child in element:
        if local(child) in ("p", "block", "longTitle"):
            yield child
        else:
            yield from _lines_in(child)


def _unwrapped(space: re.Match[str]) -> str:
    """White space with which an editor wraps lines is one space; other white space is kept."""
    return " " if any(mark in space[0] for mark in "\n\r\t") else space[0]


def _held(element: etree._Element) -> list[etree._Element]:
    """What a paragraph holds, out of its `content` or `intro`."""
    found: list[etree._Element] = []
    for child in element:
        found += _held(child) if local(child) in _HELD or local(child) == "blockContainer" else [child]
    return found


def _whole(element: etree._Element, name: str, least: int, most: int) -> int | None:
    written = element.get(name) or ""
    number = int(written) if re.fullmatch(r"[0-9]{1,9}", written) else None
    return number if number is not None and least <= number <= most else None


def _unfit(element: etree._Element, found: str, expected: str) -> DocumentUnreadable:
    line = getattr(element, "sourceline", None) or 1
    return refused(Said("Line {line}", line=line), found, expected)
