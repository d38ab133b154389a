"""The text of a Word file, line by line, as one would paste it."""

from typing import Final

from app.documents.word_lines import lines_of
from app.documents.word_numbering import Numbering
from app.documents.word_package import opened
from app.documents.word_paragraphs import WordFile, word_file
from app.problems import WordHasChanges

_SUPERSCRIPTS: Final = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_ZIP, _OLD_WORD = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


def is_word(data: bytes, name: str) -> bool:
    return data.startswith((_ZIP, _OLD_WORD)) or name.lower().endswith((".docx", ".docm", ".doc"))


def word_text(data: bytes) -> str:
    """The text of a Word file: its paragraphs with their numbers, automatic ones too, and then its footnotes.

    A text that is brought in is a clean one: with tracked changes it is refused (WordHasChanges), since nobody but its
    authors can say which of them are meant.
    """
    package = opened(data)
    file = word_file(package)
    _must_be_clean(file)
    numbering = Numbering.of(package)
    notes: dict[str, str] = {}

    def note(name: str) -> str:
        return notes.setdefault(name, str(len(notes) + 1).translate(_SUPERSCRIPTS))

    written = []
    for line in lines_of(file.paragraphs, note=note):
        number = line.number or (numbering.next(line.numbering, line.style) if line.text else "")
        text = _plain_references(line.text)
        if text:
            written.append(f"{number} {text}" if number else text)
    for name, mark in notes.items():
        words = " ".join(line.text for line in lines_of(file.footnotes.get(name, ())) if line.text)
        if words:
            written.append(f"{mark} {words}")
    return "".join(f"{line}\n" for line in written)


def _plain_references(text: str) -> str:
    before, *others = text.split("[^")
    for other in others:
        digits, closing, rest = other.partition("]")
        is_one = closing and digits.isdecimal()
        before += f"{digits.translate(_SUPERSCRIPTS)}{rest}" if is_one else f"[^{other}"
    return before


def _must_be_clean(file: WordFile) -> None:
    found = list(file.revisions())
    if found:
        authors = sorted({revision.author or "?" for revision in found})
        shown = ", ".join(authors[:3]) + (", ..." if len(authors) > 3 else "")
        raise WordHasChanges(count=len(found), authors=shown)
