"""What a person reads in a Word file after accepting or rejecting all that is tracked in it, by the rules of Word."""

import io
import zipfile
from dataclasses import dataclass
from xml.etree import ElementTree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_CLAUSES = ("ChapeauTitle", "ChapeauOpening", "ChapeauHeading", "ChapeauPP", "ChapeauOP", "ChapeauParagraph")
_GONE = {True: ("del", "moveFrom"), False: ("ins", "moveTo")}
_HYPHENS = {W + "noBreakHyphen": "\u2011", W + "softHyphen": "\u00ad"}
_TEXTS = (W + "t", W + "delText", *_HYPHENS)


@dataclass
class Line:
    """A paragraph: its style, printed number, words, and the footnotes it refers to by their numbers in the file."""

    style: str = ""
    number: str = ""
    words: str = ""


class Word:
    """A Word file. `found` are the styles of the clauses that were read last."""

    def __init__(self, content: bytes) -> None:
        self.found: list[str] = []
        archive = zipfile.ZipFile(io.BytesIO(content))
        self.parts = {name: archive.read(name) for name in archive.namelist()}
        self.body = ElementTree.fromstring(self.parts["word/document.xml"])[0]
        styles = ElementTree.fromstring(self.parts["word/styles.xml"])
        self.styles = {
            str(one.get(W + "styleId")): str(name.get(W + "val")).replace(" ", "")
            for one in styles.iter(W + "style")
            if (name := one.find(W + "name")) is not None
        }

    def read(self, *, accepting: bool) -> tuple[list[tuple[str, str]], list[str]]:
        """The clauses (printed number, words with references as `[^1]`) and the words of the notes in their order."""
        notes: list[str] = []
        clauses = []
        self.found = []
        carried = Line()
        for one in self.body.iter(W + "p"):
            line = self._line(one, accepting, notes)
            line.number = carried.number or line.number
            line.words = carried.words + line.words
            carried = Line()
            marks = one.find(f"{W}pPr/{W}rPr")
            if marks is not None and any(marks.find(W + gone) is not None for gone in _GONE[accepting]):
                carried = line
            elif line.style == "ChapeauLooseNote":
                notes.append(line.words)
            elif line.style == "ChapeauAnnex" or line.style.startswith(_CLAUSES):
                clauses.append((line.number, line.words))
                self.found.append(line.style)
        assert not carried.words, "the last paragraph of a file stays"
        return clauses, notes

    def _line(self, one: ElementTree.Element, accepting: bool, notes: list[str]) -> Line:
        style = one.find(f"{W}pPr/{W}pStyle")
        before = one.find(f"{W}pPr/{W}pPrChange/{W}pPr/{W}pStyle")
        style = style if accepting or before is None else before
        line = Line("" if style is None else self.styles[str(style.get(W + "val"))])
        for run in self._runs(one, accepting):
            named = run.find(f"{W}rPr/{W}rStyle")
            name = "" if named is None else self.styles[str(named.get(W + "val"))]
            text = "".join(_HYPHENS.get(part.tag, part.text or "") for part in run if part.tag in _TEXTS)
            reference = run.find(W + "footnoteReference")
            if reference is not None:
                notes.append(self._note(str(reference.get(W + "id")), accepting))
                line.words += f"[^{len(notes)}]"
            elif name == "ChapeauNoteNumber":
                line.words += f"[^{text}]" if text else ""
            elif name == "ChapeauNumber":
                line.number += text
            elif name != "ChapeauLabel":
                line.words += text
        return line

    def _runs(self, one: ElementTree.Element, accepting: bool) -> list[ElementTree.Element]:
        runs = []
        for child in one:
            if child.tag == W + "r":
                runs.append(child)
            elif child.tag.removeprefix(W) in _GONE[not accepting]:
                runs += self._runs(child, accepting)
        return runs

    def _note(self, identity: str, accepting: bool) -> str:
        root = ElementTree.fromstring(self.parts["word/footnotes.xml"])
        (note,) = (one for one in root if one.get(W + "id") == identity)
        return "".join(self._line(one, accepting, []).words for one in note.iter(W + "p")).strip()
