"""Documents as PDF: set like a resolution of the United Nations, tagged, with the same bytes for the same text."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any, Final

from app.documents.document import Document
from app.documents.sheet import Block, Sheet, sheet
from app.documents.typesetting import typeset

_LONGEST_HEAD: Final = 95  # characters of the running head beside the symbol


def as_pdf(document: Document) -> bytes:
    """The document as PDF/A-2a and PDF/UA-1. Raises FontMissing, DocumentTooLong."""
    laid = sheet(document)
    origin = document.origin
    data: dict[str, Any] = asdict(laid)
    headings = tuple(_headings(laid.blocks))
    data["blocks"] = [{**block, "heading": heading} for block, heading in zip(data["blocks"], headings, strict=True)]
    data |= {
        "title": laid.title or laid.symbol or (origin.negotiation if origin else "") or laid.organ or "Chapeau",
        "keywords": [laid.small_print] if laid.small_print else [],
        "running_symbol": laid.symbol or (origin.negotiation if origin else ""),
        "running_title": _running(laid),
        "proposals_heading": min(2, 1 + max(headings, default=0)),
    }
    return typeset("resolution.typ", data, laid.language, origin.at if origin else None)


def _headings(blocks: Sequence[Block]) -> Iterator[int]:
    """The level of each heading, 0 for what is none: no level is left out, as PDF/UA asks."""
    last = 0
    for block in blocks:
        wanted = {"title": 1, "annex": 2, "heading": 2 + block.level}.get(block.role, 0)
        if wanted:
            last = min(wanted, last + 1, 6)
            yield last
        else:
            yield 0


def _running(laid: Sheet) -> str:
    shown = f"{laid.kicker}: {laid.title}" if laid.kicker and laid.title else laid.kicker or laid.title
    return shown if len(shown) <= _LONGEST_HEAD else shown[:_LONGEST_HEAD].rsplit(" ", 1)[0] + " …"
