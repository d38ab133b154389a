"""Meetings of the working group and their minutes."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Request, Response

from app.actions import meetings as actions
from app.api.context import may
from app.api.meeting_inputs import MeetingChangeIn, MeetingIn
from app.api.paging import Cursor, Limit, Page, after_number, page_of
from app.api.transactions import Once, Transaction
from app.api.versions import Expected, NoneMatch, head_tag, tag_answer, tag_written
from app.http.server import Db, standing_of
from app.rules.permissions import Seat
from app.rules.standing import version_tag
from app.views import meetings as views
from app.views.clauses import clause_in

router = APIRouter(prefix="/negotiations/{negotiation}/meetings", tags=["readings"], route_class=Transaction)

Name = Annotated[str, Path(max_length=20, description="The meeting, such as `M1`.")]
Reader = Annotated[Seat, Depends(may("meeting.read"))]


@router.get("", operation_id="listMeetings", summary="List the meetings")
async def list_meetings(
    request: Request,
    response: Response,
    db: Db,
    seat: Reader,
    clause: Annotated[
        str | None, Query(max_length=100, description="Only those at which this clause was discussed.")
    ] = None,
    limit: Limit = 50,
    cursor: Cursor = None,
    _known: NoneMatch = None,
) -> Page[views.MeetingSummary]:
    """With what was discussed, without the minutes, in the order in which they were put down. For those who have a
    seat, in a public negotiation too."""
    tag_answer(request, response, head_tag(seat.negotiation, request.state.head_seq))
    found = await views.meetings(
        db,
        seat,
        clause_id=None if clause is None else clause_in(await standing_of(request, db, seat), clause).id,
        after=after_number(cursor),
        limit=limit + 1,
    )
    return page_of(found, limit, lambda meeting: meeting.number)


@router.post("", status_code=201, operation_id="holdMeeting", summary="Put down a meeting")
async def hold_meeting(
    request: Request,
    response: Response,
    db: Db,
    seat: Annotated[Seat, Depends(may("meeting.hold"))],
    _once: Once,
    new: MeetingIn,
) -> actions.Held:
    """When and where it was held, the minutes, and the clauses discussed, each with a note if there is one."""
    held = await actions.hold(db, seat, new.to_minutes())
    response.headers["Location"] = f"{request.url.path}/{held.meeting}"
    tag_written(response, held.tag, held.seq)
    return held


@router.get("/{meeting}", operation_id="getMeeting", summary="Read a meeting with its minutes")
async def get_meeting(
    request: Request, response: Response, db: Db, seat: Reader, meeting: Name, _known: NoneMatch = None
) -> views.Meeting:
    """Its ETag is what If-Match wants when you change it."""
    found = await views.meeting(db, seat, meeting)
    tag_answer(request, response, f"{version_tag(found.name, found.version)}@{request.state.head_seq}")
    return found


@router.patch("/{meeting}", operation_id="noteMeeting", summary="Change what is put down of a meeting")
async def note_meeting(
    response: Response,
    db: Db,
    seat: Annotated[Seat, Depends(may("meeting.note"))],
    meeting: Name,
    change: MeetingChangeIn,
    expected: Expected,
) -> actions.Held:
    """The minutes, the clauses, the place, ...: fields that are left out stay as they are, and the record keeps what
    they said before. If-Match takes the ETag, so that two who keep the minutes do not overwrite each other."""
    noted = await actions.note(db, seat, meeting, expected, **change.changes())
    tag_written(response, noted.tag, noted.seq)
    return noted
