"""Sponsors of the text, and the outreach to states on their way to co-sponsorship."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Request, Response

from app.actions import reaching_out, sponsoring
from app.api.context import may
from app.api.sponsor_inputs import DepartureIn, JoiningIn, MeetingIn, SponsorIn
from app.api.transactions import Once, Transaction
from app.api.versions import NoneMatch, head_tag, tag_answer
from app.http.server import Db
from app.rules.outreach import Step
from app.rules.permissions import Seat
from app.views import outreach as outreach_views
from app.views import sponsors as views

router = APIRouter(prefix="/negotiations/{negotiation}", tags=["sponsors"], route_class=Transaction)

State = Annotated[str, Path(max_length=20, description="The code of a state, such as `FRA`.")]


@router.get("/sponsors", operation_id="listSponsors", summary="List the sponsors")
async def list_sponsors(
    request: Request,
    response: Response,
    db: Db,
    seat: Annotated[Seat, Depends(may("negotiation.read"))],
    with_former: Annotated[bool, Query(alias="all", description="Those that have left, too.")] = False,
    _known: NoneMatch = None,
) -> views.Sponsors:
    """Main sponsors and co-sponsors, since when and how, with the head of the document that they make."""
    tag_answer(request, response, head_tag(seat.negotiation, request.state.head_seq))
    return await views.sponsors(db, seat, with_former=with_former)


@router.post("/sponsors", status_code=201, operation_id="recordSponsor", summary="Record a sponsor")
async def record_sponsor(
    db: Db, seat: Annotated[Seat, Depends(may("sponsor.record"))], _once: Once, sponsor: SponsorIn
) -> sponsoring.Sponsored:
    """Those who hold the pen name the main sponsors, and record any state that told them that it joins, at the adoption
    too. The front matter follows."""
    return await sponsoring.record(db, seat, sponsor.to_joining())


@router.post(
    "/sponsors/{state}/departure", operation_id="recordSponsorDeparture", summary="Record that a sponsor has withdrawn"
)
async def record_sponsor_departure(
    db: Db, seat: Annotated[Seat, Depends(may("sponsor.record"))], _once: Once, state: State, departure: DepartureIn
) -> sponsoring.Sponsored:
    """On behalf of a state that told those who hold the pen so. That it sponsored until then is kept."""
    return await sponsoring.record_departure(db, seat, state, departure.told)


@router.post("/sponsorship", status_code=201, operation_id="joinSponsors", summary="Join the sponsors")
async def join_sponsors(
    db: Db, seat: Annotated[Seat, Depends(may("sponsor.join"))], _once: Once, joining: JoiningIn
) -> sponsoring.Sponsored:
    """In the name of your state, as co-sponsor, perhaps on behalf of a group of which it is a member."""
    return await sponsoring.join(db, seat, joining.on_behalf_of)


@router.delete("/sponsorship", operation_id="leaveSponsors", summary="Withdraw from the sponsors")
async def leave_sponsors(db: Db, seat: Annotated[Seat, Depends(may("sponsor.leave"))]) -> sponsoring.Sponsored:
    """In the name of your state. That it sponsored until then is kept."""
    return await sponsoring.leave(db, seat)


@router.get("/outreach", operation_id="getOutreach", summary="Read the outreach to states")
async def get_outreach(
    db: Db,
    seat: Annotated[Seat, Depends(may("outreach.read"))],
    step: Annotated[Step | None, Query(description="Only states at this step; `not_contacted` lists the rest.")] = None,
) -> outreach_views.Outreach:
    """For those who hold the pen: how far each state has come, why, and how many are not yet contacted."""
    return await outreach_views.outreach(db, seat, step)


@router.get("/outreach/{state}", operation_id="getOutreachToState", summary="Read the outreach to a state")
async def get_outreach_to_state(
    db: Db, seat: Annotated[Seat, Depends(may("outreach.read"))], state: State
) -> outreach_views.OneStateOnTheWay:
    """For those who hold the pen: its step and every note, the latest meeting first."""
    return await outreach_views.outreach_to(db, seat, state)


@router.post("/outreach", status_code=201, operation_id="noteOutreach", summary="Note what was spoken with a state")
async def note_outreach(
    db: Db, seat: Annotated[Seat, Depends(may("outreach.note"))], _once: Once, meeting: MeetingIn
) -> reaching_out.NoteTaken:
    """For those who hold the pen alone: nobody else reads it, on the record neither."""
    return await reaching_out.note(db, seat, meeting.to_meeting())


@router.delete("/outreach/notes/{note}", operation_id="retractOutreachNote", summary="Take back a note")
async def retract_outreach_note(
    db: Db,
    seat: Annotated[Seat, Depends(may("outreach.retract"))],
    note: Annotated[str, Path(max_length=20, description="The note, such as `N3`.")],
) -> reaching_out.NoteTaken:
    """One made by mistake counts no more; the record keeps it."""
    return await reaching_out.retract(db, seat, note)
