"""Negotiations and those who take part in them."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from app.actions import access, arranging, drafting, inviting
from app.api.context import may, may_here
from app.api.inputs import ArrangementIn, DelegationIn, InvitationIn, NegotiationIn, SeatIn
from app.api.paging import Cursor, Limit, Page, after_name, after_number, page_of
from app.api.transactions import Once, Transaction
from app.api.versions import NoneMatch, day_tag, head_tag, standing_tag, tag_answer
from app.http.server import Db, standing_of
from app.record.database import now_of
from app.rules.permissions import Seat
from app.text.pasted import read_draft
from app.views import negotiations as views
from app.views.standings import Standings

router = APIRouter(tags=["negotiations"], route_class=Transaction)


@router.get("/negotiations", operation_id="listNegotiations", summary="List the negotiations you can see")
async def list_negotiations(
    db: Db,
    seat: Annotated[Seat, Depends(may_here("negotiation.list"))],
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Page[views.NegotiationSummary]:
    """Public ones, and those in which you have a seat."""
    found = await views.negotiations(db, seat, after=after_number(cursor), limit=limit + 1)
    ids = {summary.slug: number for number, summary in found}
    return page_of([summary for _, summary in found], limit, lambda summary: ids[summary.slug])


@router.post(
    "/negotiations",
    status_code=201,
    operation_id="createNegotiation",
    summary="Begin a negotiation from a draft",
)
async def create_negotiation(
    request: Request,
    response: Response,
    db: Db,
    seat: Annotated[Seat, Depends(may_here("negotiation.create"))],
    _once: Once,
    new: NegotiationIn,
) -> views.Negotiation:
    """The draft becomes the zero draft; you sit as its secretariat, and can invite delegations and give seats."""
    facts = await drafting.create(db, seat, read_draft(new.draft), slug=new.slug, house=new.house())
    response.headers["Location"] = f"{request.url.path}/{facts.slug}"
    standing = await Standings(1).of(db, facts.id)  # not the shared one: this is not committed yet
    return views.negotiation(standing, seat, now_of(db))


@router.get("/negotiations/{negotiation}", operation_id="getNegotiation", summary="Read a negotiation")
async def get_negotiation(
    request: Request,
    response: Response,
    db: Db,
    seat: Annotated[Seat, Depends(may("negotiation.read"))],
    _known: NoneMatch = None,
) -> views.Negotiation:
    """Its front matter, its rules, your seat in it, and how many paragraphs are agreed."""
    standing, now = await standing_of(request, db, seat), now_of(db)
    tag_answer(request, response, standing_tag(standing, now))
    return views.negotiation(standing, seat, now)


@router.patch(
    "/negotiations/{negotiation}", operation_id="arrangeNegotiation", summary="Change how a negotiation is run"
)
async def arrange_negotiation(
    db: Db, seat: Annotated[Seat, Depends(may("negotiation.arrange"))], house: ArrangementIn
) -> views.Negotiation:
    """Who sees it, its time zone, the least length of a silence, how long before its end the room is warned of one, the
    deadlines for language and for joining the sponsors (null lifts one). Fields that are left out stay as they are; a
    silence that runs keeps its deadline and the time of its warning."""
    facts = await arranging.arrange(db, seat, **house.changes())
    standing = await Standings(1).of(db, facts.id)  # not the shared one: this is not committed yet
    return views.negotiation(standing, seat, now_of(db))


@router.get("/delegations", operation_id="listDelegations", summary="List the delegations the server knows")
async def list_delegations(
    db: Db,
    _seat: Annotated[Seat, Depends(may_here("delegation.list"))],
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Page[views.Delegation]:
    """States, groups of states and organisations, by code."""
    found = await views.delegations(db, after=after_name(cursor), limit=limit + 1)
    return page_of(found, limit, lambda delegation: delegation.code)


@router.post(
    "/delegations",
    status_code=201,
    operation_id="addDelegation",
    summary="Make a delegation known to the server",
)
async def add_delegation(
    db: Db, _seat: Annotated[Seat, Depends(may_here("delegation.add"))], _once: Once, new: DelegationIn
) -> views.Delegation:
    """An administrator adds a state, a group or an organisation; it can then be invited to negotiations."""
    await access.add_delegation(db, new.code, new.name, new.kind)
    return await views.delegation(db, new.code)


@router.get("/negotiations/{negotiation}/delegations", operation_id="listParticipants", summary="List who takes part")
async def list_participants(
    request: Request,
    response: Response,
    db: Db,
    seat: Annotated[Seat, Depends(may("negotiation.read"))],
    _known: NoneMatch = None,
) -> Sequence[views.ParticipantView]:
    """Delegations with their role, the members of groups, and whether consensus needs them."""
    tag_answer(request, response, day_tag(head_tag(seat.negotiation, request.state.head_seq), now_of(db)))
    return await views.participants(db, seat.negotiation_id)


@router.post(
    "/negotiations/{negotiation}/delegations",
    status_code=201,
    operation_id="inviteDelegation",
    summary="Invite a delegation",
)
async def invite_delegation(
    db: Db, seat: Annotated[Seat, Depends(may("delegation.invite"))], _once: Once, invitation: InvitationIn
) -> inviting.Invited:
    """As penholder, delegate or observer. Its people then take seats."""
    return await inviting.invite(db, seat, invitation.code, invitation.role)


@router.get("/negotiations/{negotiation}/seats", operation_id="listSeats", summary="List who sits where")
async def list_seats(db: Db, seat: Annotated[Seat, Depends(may("seat.read"))]) -> Sequence[views.SeatView]:
    """People with the delegation they speak for."""
    return await views.seats(db, seat.negotiation_id)


@router.post(
    "/negotiations/{negotiation}/seats",
    status_code=201,
    operation_id="assignSeat",
    summary="Give a person a seat",
)
async def assign_seat(
    db: Db, seat: Annotated[Seat, Depends(may("seat.assign"))], _once: Once, new: SeatIn
) -> inviting.Seated:
    """In one delegation that takes part, or as secretariat or reader without one. Replaces the seat they had.

    A penholder seats people of its own delegation and readers; every other seat is given by the secretariat.
    """
    return await inviting.assign_seat(db, seat, new.sign_in, new.delegation, new.role)
