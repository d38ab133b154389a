"""The board as PDF: paragraphs by delegations on wide pages."""

from dataclasses import asdict
from typing import Final

from app.documents.typesetting import typeset
from app.documents.words import words_in
from app.rules.consensus import Status
from app.text.clauses import Draft
from app.text.languages import direction_of
from app.text.origin import Origin
from app.views.board import Board, narrowed

_COLUMNS: Final = 28  # delegations that one page is wide enough for


def board_as_pdf(whole: Board, draft: Draft, origin: Origin) -> bytes:
    """The board without the paragraphs that were removed, in the language of its draft. `origin` is the head of the
    record. Raises FontMissing, DocumentTooLong."""
    shown = narrowed(whole, left_out={Status.REMOVED}, only_heard=False)
    front, words = draft.front, words_in(draft.front.language)
    data = {
        **asdict(shown),
        "title": f"{words.board}: {draft.title}" if draft.title else words.board,
        "board_title": draft.title or whole.negotiation,
        "kicker": words.board,
        "running_symbol": front.symbol or whole.negotiation,
        "running_title": words.board,
        "organ": front.organ,
        "symbol": front.symbol,
        "direction": direction_of(front.language).value,
        "keywords": [str(origin)],
        "small_print": str(origin),
        "words": asdict(words),
        "columns": _COLUMNS,
    }
    return typeset("board.typ", data, front.language, origin.at)
