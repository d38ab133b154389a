"""Comments on clauses and amendments."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Request, Response

from app.actions import commenting
from app.actions.finding import amendment_number
from app.api.context import may
from app.api.inputs import CommentIn
from app.api.paging import Cursor, Limit, Page, after_number, page_of
from app.api.transactions import Once, Transaction
from app.api.versions import NoneMatch, day_tag, head_tag, tag_answer
from app.http.server import Db, standing_of
from app.record.database import now_of
from app.rules.permissions import Seat
from app.views import comments as views
from app.views.clauses import clause_in

router = APIRouter(prefix="/negotiations/{negotiation}/comments", tags=["comments"], route_class=Transaction)


@router.get("", operation_id="listComments", summary="List comments")
async def list_comments(
    request: Request,
    response: Response,
    db: Db,
    seat: Annotated[Seat, Depends(may("negotiation.read"))],
    clause: Annotated[str | None, Query(max_length=100, description="Only those on this clause.")] = None,
    amendment: Annotated[str | None, Query(max_length=20, description="Only those on this amendment.")] = None,
    limit: Limit = 50,
    cursor: Cursor = None,
    _known: NoneMatch = None,
) -> Page[views.Comment]:
    """What was said to the room, within your delegation and your groups, in order. One taken back has no text."""
    tag_answer(request, response, day_tag(head_tag(seat.negotiation, request.state.head_seq), now_of(db)))
    found = await views.comments(
        db,
        seat,
        clause_id=None if clause is None else clause_in(await standing_of(request, db, seat), clause).id,
        amendment=None if amendment is None else amendment_number(amendment),
        after=after_number(cursor),
        limit=limit + 1,
    )
    return page_of(found, limit, lambda comment: comment.number)


@router.post("", status_code=201, operation_id="writeComment", summary="Comment on something")
async def write_comment(
    db: Db, seat: Annotated[Seat, Depends(may("comment.write"))], _once: Once, remark: CommentIn
) -> commenting.Commented:
    """On a clause or an amendment, to the room, within your delegation, or within the group that sees a draft.

    It changes no status.
    """
    return await commenting.comment(db, seat, remark.to_remark())


@router.delete("/{comment}", operation_id="retractComment", summary="Take back your comment")
async def retract_comment(
    db: Db,
    seat: Annotated[Seat, Depends(may("comment.retract"))],
    comment: Annotated[str, Path(max_length=20, description="The comment, such as `C3`.")],
) -> commenting.Commented:
    """It shows as taken back; the record keeps what it said."""
    return await commenting.retract(db, seat, comment)
