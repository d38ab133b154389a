"""The board: who stands where on which paragraph, and what blocks consensus."""

from enum import StrEnum
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from app.http.server import Db, server_of, standing_of
from app.problems import RecordNotTold
from app.record.database import now_of
from app.rules.consensus import Status
from app.rules.permissions import Seat
from app.views.board import board, narrowed
from app.views.outstanding import outstanding
from app.views.progress import progress
from app.web.pages import page
from app.web.plot import plot
from app.web.routing import Page
from app.web.session import may

router = APIRouter(prefix="/n/{negotiation}", include_in_schema=False, route_class=Page)

Reader = Annotated[Seat, Depends(may("negotiation.read"))]
_SETTLED = frozenset({Status.AGREED, Status.REMOVED})


class Rows(StrEnum):
    """Which paragraphs the board shows: those in the text, or those of them that are not agreed yet."""

    TEXT = "text"
    UNSETTLED = "unsettled"


class Columns(StrEnum):
    """Which delegations it shows: all, or those that are held to say something."""

    ALL = "all"
    HEARD = "heard"


@router.get("/board")
async def board_page(
    request: Request, db: Db, seat: Reader, rows: Rows = Rows.TEXT, columns: Columns = Columns.ALL
) -> Response:
    """Paragraphs by delegations; below, what stands in the way, by delegation and by paragraph, and how far the text
    has come since it was begun."""
    standing, now = await standing_of(request, db, seat), now_of(db)
    drawn, untold = None, ""
    try:
        drawn = plot(await progress(db, server_of(request).past_days, standing, now))
    except RecordNotTold as problem:
        untold = problem.detail
    left_out = _SETTLED if rows is Rows.UNSETTLED else frozenset({Status.REMOVED})
    return page(
        request,
        "board.html",
        seat=seat,
        here="board",
        text=standing.text_status(now),
        board=narrowed(board(standing, now), left_out=left_out, only_heard=columns is Columns.HEARD),
        outstanding=outstanding(standing, now),
        plot=drawn,
        untold=untold,
        names={who.code: who.name for who in standing.participants},
        rows=rows,
        columns=columns,
    )
