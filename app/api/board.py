"""Who stands where on what, and what stands in the way of consensus."""

from datetime import datetime
from typing import Annotated, Final

from fastapi import APIRouter, Depends, Request, Response
from pydantic import TypeAdapter

from app.api.context import may
from app.api.transactions import Transaction
from app.api.versions import NoneMatch, progress_tag, standing_tag, tag_answer
from app.http.server import Db, server_of, standing_of
from app.record.database import now_of
from app.rules.permissions import Seat
from app.rules.standing import Standing
from app.views.board import Board, board
from app.views.outstanding import Outstanding, outstanding
from app.views.progress import Progress, progress

router = APIRouter(prefix="/negotiations/{negotiation}", tags=["consensus"], route_class=Transaction)

Reader = Annotated[Seat, Depends(may("negotiation.read"))]

_BOARD: Final = TypeAdapter(Board)


@router.get("/board", operation_id="getBoard", summary="Read the board", response_model=Board)
async def get_board(request: Request, response: Response, db: Db, seat: Reader, _known: NoneMatch = None) -> Response:
    """Every paragraph by every delegation: what each is held to say, itself or through which group, and the status.

    What observers say is shown and not counted. What was said on earlier wording has `lapsed`.
    """
    standing, now = await standing_of(request, db, seat), now_of(db)
    tag_answer(request, response, standing_tag(standing, now))
    body = server_of(request).rendered.of("board", standing, now, lambda: rendered_board(standing, now))
    return Response(body, media_type="application/json", headers=dict(response.headers))


def rendered_board(standing: Standing, now: datetime) -> bytes:
    """The board as JSON."""
    return _BOARD.dump_json(board(standing, now), exclude_defaults=True)


@router.get("/progress", operation_id="getProgress", summary="Read how far the text has come, day by day")
async def get_progress(
    request: Request, response: Response, db: Db, seat: Reader, _known: NoneMatch = None
) -> Progress:
    """For every day of the negotiation, in its own time zone, how many paragraphs had each status at the end of it;
    for today, now. The days end with the adoption of the text. With the revisions and readings that mark them.
    """
    standing, now = await standing_of(request, db, seat), now_of(db)
    tag_answer(request, response, progress_tag(standing, now))
    return await progress(db, server_of(request).past_days, standing, now)


@router.get("/outstanding-issues", operation_id="getOutstandingIssues", summary="Read what stands in the way")
async def get_outstanding_issues(
    request: Request, response: Response, db: Db, seat: Reader, _known: NoneMatch = None
) -> Outstanding:
    """By delegation, how many paragraphs it holds, which and how; and by paragraph, because of what."""
    standing, now = await standing_of(request, db, seat), now_of(db)
    tag_answer(request, response, standing_tag(standing, now))
    return outstanding(standing, now)
