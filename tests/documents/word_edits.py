"""What a delegate does to an exported file in Word: edits, tracked or not, as Word writes them into the file."""

import copy
import io
import zipfile
from collections.abc import Sequence

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
AT = "2026-11-24T12:34:56Z"


class Edited:
    """A Word file open for editing. A paragraph goes by the key of its clause."""

    def __init__(self, content: bytes, author: str = "Norway", at: str = AT) -> None:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            self.parts = {name: archive.read(name) for name in archive.namelist()}
        self.document = etree.fromstring(self.parts["word/document.xml"])
        self._author, self._at, self._last = author, at, 9_000

    def saved(self) -> bytes:
        self.parts["word/document.xml"] = etree.tostring(self.document, xml_declaration=True, encoding="UTF-8")
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in self.parts.items():
                archive.writestr(name, content)
        return made.getvalue()

    def at(self, key: str) -> etree._Element:
        for mark in self.document.iter(W + "bookmarkStart"):
            if str(mark.get(W + "name")).startswith(f"chp_{key}_"):
                return next(one for one in mark.iterancestors(W + "p"))
        raise KeyError(key)

    def replace(self, key: str, old: str, new: str, *, tracked: bool = True) -> None:
        """Type `new` over `old`, both within one paragraph; an empty `old` is the end of it."""
        paragraph = self.at(key)
        runs = self._word_runs(paragraph)
        whole = "".join(self._text(run) for run in runs)
        start = whole.index(old) if old else len(whole)
        cut = self._cut(paragraph, start, start + len(old))
        anchor = cut[-1] if cut else self._word_runs(paragraph)[-1]
        if new:
            run = copy.deepcopy(anchor)
            self._set(run, new)
            anchor.addnext(self._around("ins", run) if tracked else run)
        for run in cut:
            self._delete(run, tracked)

    def delete(self, key: str, *, tracked: bool = True) -> None:
        paragraph = self.at(key)
        if not tracked:
            self._parent(paragraph).remove(paragraph)
            return
        for run in list(paragraph.iter(W + "r")):
            self._delete(run, tracked)
        self._mark(paragraph, "del")

    def insert_after(self, key: str, text: str, *, tracked: bool = True) -> etree._Element:
        """Press Enter at the end of a paragraph, and type."""
        paragraph = self.at(key)
        new = etree.Element(W + "p")
        properties = paragraph.find(W + "pPr")
        if properties is not None:
            new.append(copy.deepcopy(properties))
        run = etree.Element(W + "r")
        self._set(run, text)
        new.append(self._around("ins", run) if tracked else run)
        if tracked:
            self._mark(new, "ins")
        paragraph.addnext(new)
        return new

    def split(self, key: str, before: str, *, tracked: bool = True) -> None:
        """Press Enter before some words: the bookmark then ends in the second paragraph."""
        paragraph = self.at(key)
        whole = "".join(self._text(run) for run in self._word_runs(paragraph))
        start = whole.index(before)
        first_of_second = self._cut(paragraph, start, len(whole))[0]
        second = etree.Element(W + "p")
        properties = paragraph.find(W + "pPr")
        if properties is not None:
            second.append(copy.deepcopy(properties))
        while first_of_second.getparent() is not paragraph:
            first_of_second = self._parent(first_of_second)
        moving = [first_of_second, *first_of_second.itersiblings()]
        for one in moving:
            second.append(one)
        paragraph.addnext(second)
        if tracked:
            self._mark(paragraph, "ins")

    def join(self, key: str, *, tracked: bool = True) -> None:
        """Delete the end of a paragraph, and put a space there."""
        paragraph = self.at(key)
        run = etree.Element(W + "r")
        self._set(run, " ")
        paragraph.append(self._around("ins", run) if tracked else run)
        if tracked:
            self._mark(paragraph, "del")
            return
        following = next(paragraph.itersiblings(W + "p"))
        for one in list(following):
            if one.tag != W + "pPr":
                paragraph.append(one)
        self._parent(following).remove(following)

    def move(self, key: str, after: str, *, tracked: bool = True) -> None:
        """Cut a paragraph and paste it behind another: tracked, what is pasted has no bookmark."""
        paragraph, anchor = self.at(key), self.at(after)
        if not tracked:
            anchor.addnext(paragraph)
            return
        text = "".join(self._text(run) for run in self._word_runs(paragraph))
        self.delete(key)
        new = copy.deepcopy(anchor)
        for child in list(new):
            if child.tag != W + "pPr":
                new.remove(child)
        run = etree.Element(W + "r")
        self._set(run, text)
        new.append(self._around("moveTo", run))
        self._mark(new, "moveTo")
        anchor.addnext(new)

    def comment(self, key: str, text: str) -> None:
        """Select a paragraph and comment on it."""
        self._last += 1
        number = str(self._last)
        name = "word/comments.xml"
        if name not in self.parts:
            self.parts[name] = f'<w:comments xmlns:w="{W[1:-1]}"/>'.encode()
            rels = self.parts["word/_rels/document.xml.rels"].replace(
                b"</Relationships>",
                b'<Relationship Id="rIdC" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
                b'comments" Target="comments.xml"/></Relationships>',
            )
            self.parts["word/_rels/document.xml.rels"] = rels
            self.parts["[Content_Types].xml"] = self.parts["[Content_Types].xml"].replace(
                b"</Types>",
                b'<Override PartName="/word/comments.xml" ContentType="application/vnd.openxmlformats-officedocument.'
                b'wordprocessingml.comments+xml"/></Types>',
            )
        comments = etree.fromstring(self.parts[name])
        one = etree.SubElement(comments, W + "comment", self._by() | {W + "id": number})
        run = etree.SubElement(etree.SubElement(one, W + "p"), W + "r")
        self._set(run, text)
        self.parts[name] = etree.tostring(comments)
        paragraph = self.at(key)
        properties = paragraph.find(W + "pPr")
        place = 0 if properties is None else 1
        paragraph.insert(place, etree.Element(W + "commentRangeStart", {W + "id": number}))
        paragraph.append(etree.Element(W + "commentRangeEnd", {W + "id": number}))
        run = etree.SubElement(paragraph, W + "r")
        etree.SubElement(run, W + "commentReference", {W + "id": number})

    # --- inside ------------------------------------------------------------------------------------------------------

    def _by(self) -> dict[str, str]:
        self._last += 1
        return {W + "id": str(self._last), W + "author": self._author, W + "date": self._at}

    def _around(self, element: str, run: etree._Element) -> etree._Element:
        made = etree.Element(W + element, self._by())
        made.append(run)
        return made

    def _mark(self, paragraph: etree._Element, element: str) -> None:
        properties = paragraph.find(W + "pPr")
        if properties is None:
            properties = etree.Element(W + "pPr")
            paragraph.insert(0, properties)
        run = properties.find(W + "rPr")
        if run is None:
            run = etree.SubElement(properties, W + "rPr")
        run.insert(0, etree.Element(W + element, self._by()))

    def _delete(self, run: etree._Element, tracked: bool) -> None:
        parent = self._parent(run)
        if not tracked:
            parent.remove(run)
            return
        place = parent.index(run)
        for text in run.findall(W + "t"):
            text.tag = W + "delText"
        parent.insert(place, self._around("del", run))

    def _word_runs(self, paragraph: etree._Element) -> list[etree._Element]:
        """The runs with words: not those of the number."""
        return [
            run
            for run in paragraph.iter(W + "r")
            if run.find(W + "t") is not None
            and not any("Number" in str(one.get(W + "val")) for one in run.iter(W + "rStyle"))
            and self._parent(run).tag not in (W + "del", W + "moveFrom")
        ]

    def _cut(self, paragraph: etree._Element, start: int, end: int) -> Sequence[etree._Element]:
        """The runs of the words from `start` to `end`, once runs are cut there."""
        found = []
        at = 0
        for run in self._word_runs(paragraph):
            text = self._text(run)
            here, there = max(start - at, 0), min(end - at, len(text))
            at += len(text)
            if here >= there:
                continue
            middle = run
            if there < len(text):
                rest = copy.deepcopy(run)
                self._set(rest, text[there:])
                run.addnext(rest)
            if here > 0:
                middle = copy.deepcopy(run)
                run.addnext(middle)
                self._set(run, text[:here])
            self._set(middle, text[here:there])
            found.append(middle)
        return found

    def _text(self, run: etree._Element) -> str:
        return "".join(text.text or "" for text in run.findall(W + "t"))

    def _set(self, run: etree._Element, words: str) -> None:
        for child in list(run):
            if child.tag != W + "rPr":
                run.remove(child)
        text = etree.SubElement(run, W + "t")
        text.text = words
        text.set(XML_SPACE, "preserve")

    def _parent(self, element: etree._Element) -> etree._Element:
        parent = element.getparent()
        assert parent is not None
        return parent
