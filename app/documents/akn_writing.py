"""Akoma Ntoso 3.0 after the profile of the United Nations: the text as archives keep it, changes as `ins`, `del`.

What the standard has no word for stands in attributes of our own namespace: the label of a clause, the version of its
wording, where a footnote stands among the clauses. `wId` is the key of a clause and never changes.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Final

from lxml import etree

from app.documents.akn_meta import add, add_meta, add_part_meta, amendment, organization
from app.documents.akn_names import (
    AKN,
    KIND,
    LABEL,
    LEVEL,
    OURS,
    POSITION,
    VERSION,
    XML,
    Addresses,
    Identifiers,
    addresses,
    akn,
    is_adopted,
    local,
)
from app.documents.document import Content, Document, Kind, Mark, Paragraph, Piece
from app.text.clauses import Clause, parents
from app.text.labels import read_label
from app.text.printed import agenda_line, title_number

_WITH_WORDS: Final = frozenset({"p", "num", "heading"})  # white space in them is text
_LANGUAGE: Final = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")
_BESIDE: Final = (Kind.TITLE, Kind.FOOTNOTE)  # what stands elsewhere in XML than among the clauses


def as_akoma_ntoso(document: Document) -> bytes:
    """A text, its compilation or its changes as an Akoma Ntoso `statement`."""
    root = _Writer(document, addresses(document)).written()
    _indent(root, 0)
    written: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True)
    return written + b"\n"


@dataclass(slots=True)
class _Open:
    """An element that waits for what belongs below it: the sub-paragraphs of a paragraph, what follows a heading."""

    element: etree._Element
    eid: str
    below: etree._Element | None = None


@dataclass(slots=True)
class _Writer:
    document: Document
    where: Addresses
    eids: dict[int, str] = field(default_factory=dict)
    _given: Identifiers = field(default_factory=Identifiers)
    _notes: dict[str, int] = field(default_factory=dict)  # the number of a footnote -> its paragraph
    _noted: dict[int, str] = field(default_factory=dict)  # footnotes that stand at their reference -> their eId
    _open: dict[int, _Open] = field(default_factory=dict)
    _sections: list[tuple[int, _Open]] = field(default_factory=list)
    _body: etree._Element = field(default_factory=lambda: etree.Element(akn("mainBody")))
    _preamble: etree._Element | None = None
    _attachments: etree._Element | None = None
    _known: frozenset[str] = frozenset()  # the amendments among the references
    _within: str = ""  # the eId of the annex that is being written

    def written(self) -> etree._Element:
        document = self.document
        self._known = frozenset(proposal.name for proposal in document.proposals)
        root = etree.Element(akn("akomaNtoso"), nsmap={None: AKN, "chp": OURS})  # type: ignore[dict-item] # stubs
        is_text = document.content is Content.TEXT
        statement = add(root, "statement", name="resolution" if is_adopted(document) else "resolutionDraft")
        statement.set("contains", "originalVersion" if is_text else "multipleVersions")
        for index, one in enumerate(document.paragraphs):
            if one.kind is Kind.FOOTNOTE:
                number = one.label.removeprefix("N")
                if number not in self._notes or one.end is not Mark.DELETED:
                    self._notes[number] = index
        preface = self._front(statement)
        main = self._body
        main.set("eId", "body")
        if _LANGUAGE.fullmatch(document.front.language):
            main.set(f"{{{XML}}}lang", document.front.language)
        conclusions = self._closing()
        self._clauses()
        for body in (main, *(self._attachments.iter(akn("mainBody")) if self._attachments is not None else ())):
            if not len(body):
                add(body, "p")
        meta = self._meta(statement)
        meta.addnext(preface[0])
        preface[0].addnext(preface[1])
        for part in (self._preamble, main, conclusions, self._attachments):
            if part is not None:
                statement.append(part)
        return root

    def _meta(self, statement: etree._Element) -> etree._Element:
        """Written last, when all eIds are known; notes without a reference stand in it."""
        holder = etree.Element(akn("holder"))
        add_meta(holder, self.document, self.where, self.eids)
        meta = holder[0]
        loose = [
            (index, one)
            for index, one in enumerate(self.document.paragraphs)
            if one.kind is Kind.FOOTNOTE and index not in self._noted
        ]
        if loose:
            notes = meta.find(akn("notes"))
            if notes is None:
                notes = etree.Element(akn("notes"), {"source": "#chapeau"})
                proprietary = meta.find(akn("proprietary"))
                assert proprietary is not None  # noqa: S101 - add_meta wrote it
                proprietary.addprevious(notes)
            for index, one in loose:
                self._note(add(notes, "note", marker=one.label.removeprefix("N")), index, "")
        statement.insert(0, meta)
        return meta

    def _front(self, statement: etree._Element) -> tuple[etree._Element, etree._Element]:
        """The masthead on the cover, the title with its number in the preface."""
        front = self.document.front
        cover = add(statement, "coverPage", eId="coverPage")
        head = add(cover, "container", name="masthead", eId="coverPage__container_masthead")
        if front.organ:
            add(add(head, "p"), "docAuthority", front.organ, refersTo="#organ")
        if front.symbol:
            add(add(head, "p"), "docNumber", front.symbol, refersTo="#symbol")
        if front.session:
            add(add(head, "p"), "session", front.session, refersTo="#organ")
        if front.agenda_item:
            line = agenda_line(front.agenda_item)
            paragraph = add(head, "p", line.removesuffix(front.agenda_item))
            add(paragraph, "inline", front.agenda_item, name="agendaItem", refersTo="#agendaItem")
        for sponsor in front.sponsors:
            add(add(head, "p"), "docProponent", sponsor)
        for line in front.masthead:
            add(head, "p", line, class_="masthead")
        if not len(head):
            add(head, "p")
        preface = add(statement, "preface", eId="preface")
        for index, one in enumerate(self.document.paragraphs):
            if one.kind is Kind.TITLE:
                paragraph = add(preface, "p")
                number = title_number(front.symbol)
                if number:
                    add(paragraph, "docNumber", number, refersTo="#symbol").tail = " "
                title = add(paragraph, "docTitle", refersTo="#resolutionTitle")
                self._identify(title, index, "docTitle", "")
                self._words(title, one.pieces)
        if not len(preface):
            add(preface, "p")
        return cover, preface

    def _closing(self) -> etree._Element | None:
        closing = self.document.front.closing
        if not closing:
            return None
        conclusions = etree.Element(akn("conclusions"), {"eId": "conclusions"})
        for line in closing:
            add(conclusions, "p", line)
        return conclusions

    def _clauses(self) -> None:
        placed = [index for index, one in enumerate(self.document.paragraphs) if one.kind not in _BESIDE]
        paragraphs = [self.document.paragraphs[index] for index in placed]
        above = parents([Clause(one.kind, one.label, "", one.level) for one in paragraphs])
        has_below = {parent for parent in above if parent is not None}
        for at, (index, one) in enumerate(zip(placed, paragraphs, strict=True)):
            parent = above[at]
            if one.kind is Kind.ANNEX:
                self._annex(index, one)
            elif one.kind is Kind.HEADING:
                self._heading(index, one)
            elif parent is not None:
                self._below(self._open[placed[parent]], index, one, has_below=at in has_below)
            elif one.kind in (Kind.OPENING, Kind.PREAMBULAR) and self._is_preamble():
                self._in_preamble(index, one)
            else:
                self._in_body(index, one, has_below=at in has_below)

    def _is_preamble(self) -> bool:
        return self._attachments is None and not self._sections and not len(self._body)

    def _in_preamble(self, index: int, one: Paragraph) -> None:
        if self._preamble is None:
            self._preamble = etree.Element(akn("preamble"), {"eId": "preamble"})
        if one.kind is Kind.OPENING:
            element = add(self._preamble, "formula", name="enactingFormula")
            self._identify(element, index, "formula", "")
        else:
            element = add(self._preamble, "container", name="preambular")
            self._identify(element, index, "container", "")
        self._number(element, one, within_words=True)
        self._open[index] = _Open(element, self.eids[index])

    def _in_body(self, index: int, one: Paragraph, *, has_below: bool) -> None:
        holder = self._sections[-1][1] if self._sections else _Open(self._body, self._within)
        name = "paragraph" if one.kind in (Kind.OPERATIVE, Kind.PARAGRAPH) else "hcontainer"
        element = add(holder.element, name)
        if name == "hcontainer":
            element.set("name", "enactingFormula" if one.kind is Kind.OPENING else "preambular")
        self._hierarchical(element, index, one, holder.eid, has_below=has_below)

    def _below(self, parent: _Open, index: int, one: Paragraph, *, has_below: bool) -> None:
        in_blocks = local(parent.element) in ("container", "item", "formula")
        if parent.below is None:
            parent.below = add(parent.element, "blockList" if in_blocks else "list")
            parent.below.set("eId", self._given.give("blockList" if in_blocks else "list", "", parent.eid))
        within = parent.below.get("eId", "")
        if in_blocks:
            element = add(parent.below, "item")
            self._identify(element, index, "item", within)
            self._number(element, one)
            self._words(add(element, "p"), one.pieces)
            self._open[index] = _Open(element, self.eids[index])
        else:
            self._hierarchical(add(parent.below, "point"), index, one, within, has_below=has_below)

    def _hierarchical(
        self, element: etree._Element, index: int, one: Paragraph, within: str, *, has_below: bool
    ) -> None:
        self._identify(element, index, local(element), within)
        self._number(element, one)
        words = add(element, "intro" if has_below else "content")
        words.set("eId", f"{self.eids[index]}__{local(words)}")
        self._words(add(words, "p"), one.pieces)
        self._open[index] = _Open(element, self.eids[index])

    def _heading(self, index: int, one: Paragraph) -> None:
        while self._sections and self._sections[-1][0] >= one.level:
            self._sections.pop()
        holder = self._sections[-1][1] if self._sections else _Open(self._body, self._within)
        section = add(holder.element, "subsection" if self._sections else "section")
        self._identify(section, index, local(section), holder.eid)
        self._words(add(section, "heading"), one.pieces)
        self._sections.append((one.level, _Open(section, self.eids[index])))

    def _annex(self, index: int, one: Paragraph) -> None:
        if self._attachments is None:
            self._attachments = etree.Element(akn("attachments"))
        attachment = add(self._attachments, "attachment")
        self._identify(attachment, index, "attachment", "")
        self._words(add(attachment, "heading"), one.pieces)
        annex = add(attachment, "doc", name="annex")
        self._within = self.eids[index]
        add_part_meta(annex, replace(self.document, paragraphs=()), self.where, self._within)
        self._body = add(annex, "mainBody", eId=f"{self._within}__body")
        self._sections.clear()

    def _identify(self, element: etree._Element, index: int, name: str, within: str) -> None:
        """eId, wId, and what else tells the clause; its level and kind where they do not follow from its label."""
        one = self.document.paragraphs[index]
        number = one.printed_number() if name in ("paragraph", "point", "item") else ""
        runs_through = name == "paragraph" and not self._within
        eid = self._given.give(name, number, within, through=runs_through)
        element.set("eId", eid)
        if one.key:
            element.set("wId", one.key)
        element.set(LABEL, one.label)
        if one.version:
            element.set(VERSION, str(one.version))
        label = read_label(one.label)
        if label is None or label.kind is not one.kind:
            element.set(KIND, one.kind.value)
        if one.level != (label.level if label else 1):
            element.set(LEVEL, str(one.level))
        if one.kind in _BESIDE:
            element.set(POSITION, str(index))
        if one.end is not Mark.KEPT:
            element.set(f"{{{OURS}}}end", one.end.value)
        if one.moved:
            element.set(f"{{{OURS}}}moved", one.moved)
        self.eids[index] = eid

    def _number(self, element: etree._Element, one: Paragraph, *, within_words: bool = False) -> None:
        if within_words:
            paragraph = add(element, "p")
            if one.number:
                self._words(add(paragraph, "inline", name="num"), one.number)
            self._words(paragraph, one.pieces)
        elif one.number:
            self._words(add(element, "num"), one.number)

    def _words(self, holder: etree._Element, pieces: Iterable[Piece]) -> None:
        for piece in pieces:
            into = holder
            if piece.tracked is not None:
                tracked = piece.tracked
                into = add(holder, "ins" if piece.mark is Mark.ADDED else "del")
                refers = [f"#{organization(code)}" for code in tracked.by]
                refers += [f"#{amendment(name)}" for name in tracked.amendments if name in self._known]
                if refers:
                    into.set("refersTo", " ".join(refers))
                into.set("title", ", ".join((self.document.author(tracked.by), *tracked.amendments)))
            if piece.note:
                self._reference(into, piece)
            elif piece.is_italic:
                add(into, "i", piece.text)
            else:
                _append(into, piece.text)

    def _reference(self, into: etree._Element, piece: Piece) -> None:
        """A footnote stands where it is first referred to from the text; elsewhere a reference to it."""
        index = self._notes.get(piece.note)
        if index is None:
            _append(into, f"[^{piece.note}]")
        elif index in self._noted or piece.mark is Mark.DELETED or _is_in_a_note(into):
            marker = add(into, "noteRef", href=f"#{self._note_eid(index)}", marker=piece.note)
            marker.set("placement", "bottom")
        else:
            self._noted[index] = self._note_eid(index)
            note = add(into, "authorialNote", marker=piece.note, placement="bottom")
            self._note(note, index, self._noted[index])

    def _note_eid(self, index: int) -> str:
        if index not in self.eids:
            label = self.document.paragraphs[index].label.removeprefix("N")
            self.eids[index] = self._given.give("authorialNote", label)
        return self.eids[index]

    def _note(self, note: etree._Element, index: int, _eid: str) -> None:
        eid = self._note_eid(index)
        self._identify(note, index, "note", "")
        note.set("eId", eid)
        self.eids[index] = eid
        self._words(add(note, "p"), self.document.paragraphs[index].pieces)


def _is_in_a_note(element: etree._Element) -> bool:
    return any(local(one) in ("authorialNote", "note") for one in (element, *element.iterancestors()))


def _append(element: etree._Element, text: str) -> None:
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text


def _indent(element: etree._Element, depth: int) -> None:
    """Line by line, as git compares files; inside of words nothing is touched."""
    if not len(element) or local(element) in _WITH_WORDS:
        return
    element.text = "\n" + "  " * (depth + 1)
    for child in element:
        _indent(child, depth + 1)
        child.tail = "\n" + "  " * (depth + (child is not element[-1]))
