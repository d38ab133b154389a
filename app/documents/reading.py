"""Any file that Chapeau can read, as a draft: one function, whatever the file is."""

import re
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Final

from app.documents.akn_reading import read_akoma_ntoso
from app.documents.json_reading import read_json
from app.documents.word_text import is_word, word_text
from app.problems import InvalidInput
from app.said import N_, Said
from app.text.clauses import Draft
from app.text.drafts import parse, print_draft
from app.text.pasted import read_draft, read_pasted

MOST_BYTES: Final = 10_000_000  # of a file as it comes; the longest of 250 real resolutions has under 300,000

_XML: Final = re.compile(r"\s*(?:<\?xml\b|<!DOCTYPE (?!html)|<(?:[\w.-]+:)?akomaNtoso\b)")
_HTML: Final = re.compile(r"\s*(?:<!DOCTYPE html|<html\b)", re.IGNORECASE)
_BYTE_ORDER: Final = (b"\xff\xfe", b"\xfe\xff")
_OTHERS: Final = {
    b"%PDF": N_("“{file}” is a PDF, which has lost what is a paragraph. Copy its words and paste them."),
    b"{\\rtf": N_("“{file}” is a rich text file (.rtf). Save it as plain text, or copy its words."),
}


class Readable(StrEnum):
    """What a draft is read from, by the suffix of such files."""

    MARKDOWN = "md"
    TEXT = "txt"
    JSON = "json"
    AKOMA_NTOSO = "xml"
    WORD = "docx"


def read_document(data: bytes, name: str = "", kind: Readable | None = None) -> Draft:
    """The draft in a file: in the drafts/ format, plain text as one would paste it, a Word file, Akoma Ntoso, or the
    JSON of an export. What it is, its content tells, unless `kind` says it; `name` is what the file is called. Costs
    processor time: not for the event loop.

    Raises what reading a Word file raises, InvalidInput for a file of another kind or too large a one,
    DocumentUnreadable, DraftUnreadable, and what `screened` raises.
    """
    called = name or "file"
    if kind is Readable.WORD or (kind is None and is_word(data, name)):
        return read_draft(word_text(data))
    _refuse_others(data, called)
    if kind is None:
        kind = _structured(data)
    if kind is Readable.AKOMA_NTOSO:
        return read_akoma_ntoso(data.removeprefix(b"\xef\xbb\xbf"))
    readers: Mapping[Readable | None, Callable[[str], Draft]] = {
        Readable.MARKDOWN: parse,
        Readable.TEXT: read_pasted,
        Readable.JSON: read_json,
        None: read_draft,
    }
    return readers[kind](_decoded(data, called))


def document_text(data: bytes, name: str) -> str:
    """A file as a text to look at and correct, which read_draft reads: plain text and drafts as they are, what is in a
    form for programs (Akoma Ntoso, JSON) in the drafts/ format. Raises as read_document."""
    if is_word(data, name):
        return word_text(data)
    if _structured(data) is not None:
        return print_draft(read_document(data, name))
    _refuse_others(data, name)
    return _decoded(data, name)


def _structured(data: bytes) -> Readable | None:
    """The form for programs that a file is in, which says itself what each paragraph is."""
    head = data[:400]
    beginning = head.decode("utf-16" if head.startswith(_BYTE_ORDER) else "utf-8", "replace").removeprefix("\ufeff")
    if _XML.match(beginning):
        return Readable.AKOMA_NTOSO
    return Readable.JSON if beginning.lstrip().startswith("{") else None


def _refuse_others(data: bytes, called: str) -> None:
    if len(data) > MOST_BYTES:
        raise InvalidInput.at(
            "file",
            Said("“{file}” has more than {limit} bytes. Give the text alone.", file=called, limit=f"{MOST_BYTES:,}"),
        )
    for begins, sentence in _OTHERS.items():
        if data.startswith(begins):
            raise InvalidInput.at("file", Said(sentence, file=called))
    if _HTML.match(data[:400].decode("utf-8", "replace").removeprefix("\ufeff")):
        raise InvalidInput.at("file", Said("“{file}” is a web page. Copy its words and paste them.", file=called))


def _decoded(data: bytes, called: str) -> str:
    is_wide = data.startswith(_BYTE_ORDER) and len(data) % 2 == 0  # as Notepad once saved it
    try:
        return data.decode("utf-16") if is_wide else data.decode("utf-8-sig")
    except UnicodeDecodeError:
        message = Said(
            "“{file}” is neither a Word document (.docx) nor plain text (UTF-8). Save it as one of them.", file=called
        )
        raise InvalidInput.at("file", message) from None
