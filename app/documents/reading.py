"""Drafts from files, whatever they are: Word documents, or text in the drafts/ format or as one pastes it."""

from typing import Final

from app.documents.word_lines import lines_of
from app.documents.word_numbering import Numbering
from app.documents.word_package import opened
from app.documents.word_paragraphs import WordFile, word_file
from app.problems import InvalidInput, WordHasChanges
from app.said import Said
from app.text.clauses import Draft
from app.text.pasted import read_draft

_SUPERSCRIPTS: Final = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_ZIP, _OLD_WORD = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


MOST_BYTES: Final = 10_000_000  # of a file as it comes; the longest of 250 real resolutions has under 300,000


def read_document(data: bytes, name: str = "") -> Draft:
    """The draft that a file has; `name` is what it is called. Costs processor time: not for the event loop.

    Raises what reading a Word file or a draft raises, InvalidInput for bytes that are neither.
    """
    return read_draft(document_text(data, name))


def document_text(data: bytes, name: str) -> str:
    """The text of a file, line by line, as one would paste it. Raises as read_document."""
    if is_word(data, name):
        return word_text(data)
    called = name or "file"
    if len(data) > MOST_BYTES:
        raise InvalidInput.at(
            "file",
            Said("“{file}” has more than {limit} bytes. Give the text alone.", file=called, limit=f"{MOST_BYTES:,}"),
        )
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InvalidInput.at(
            "file",
            Said(
                "“{file}” is neither a Word document (.docx) nor plain text (UTF-8). Save it as one of them.",
                file=called,
            ),
        ) from None


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
