"""The formats of documents, and the one way to write any of them: the same document always gives the same bytes."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Final

from app.documents.akn_writing import as_akoma_ntoso
from app.documents.document import Document
from app.documents.html import as_html
from app.documents.marked import as_json, as_markdown, as_text
from app.documents.pdf import as_pdf
from app.documents.word import as_word


class Format(StrEnum):
    """What a document is written as."""

    MARKDOWN = "md"
    TEXT = "txt"
    JSON = "json"
    AKOMA_NTOSO = "xml"
    HTML = "html"
    PDF = "pdf"
    WORD = "docx"


MEDIA_TYPES: Final[Mapping[Format, str]] = {
    Format.MARKDOWN: "text/markdown; charset=utf-8",
    Format.TEXT: "text/plain; charset=utf-8",
    Format.JSON: "application/json",
    Format.AKOMA_NTOSO: "application/akn+xml",
    Format.HTML: "text/html; charset=utf-8",
    Format.PDF: "application/pdf",
    Format.WORD: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}

_WRITERS: Final[Mapping[Format, Callable[[Document], bytes]]] = {
    Format.MARKDOWN: as_markdown,
    Format.TEXT: as_text,
    Format.JSON: as_json,
    Format.AKOMA_NTOSO: as_akoma_ntoso,
    Format.HTML: as_html,
    Format.PDF: as_pdf,
    Format.WORD: as_word,
}


def written(document: Document, as_format: Format) -> bytes:
    """The document in one of the formats. No clock and nothing random goes into it. Costs processor time, for a
    compilation of 1,000 amendments up to a second, as PDF up to three: not for the event loop.

    Raises what the writers do: FontMissing, DocumentTooLong (PDF).
    """
    return _WRITERS[as_format](document)
