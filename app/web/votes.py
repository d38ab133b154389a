"""Votes: asking for one, taking that back, putting one on record, and advising afterwards of another intention."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request, Response

from app.actions import vote_requests, voting
from app.actions.voting import RollCall
from app.http.server import Db
from app.rules.permissions import Seat
from app.rules.voting import Choice
from app.web.adoption import Line, carried_out, roll_call
from app.web.catalogue import N_
from app.web.routing import Page
from app.web.session import may

router = APIRouter(prefix="/n/{negotiation}/adoption", include_in_schema=False, route_class=Page)

Asker = Annotated[Seat, Depends(may("vote.request"))]


@router.post("/requests")
async def request_vote(request: Request, db: Db, seat: Asker, clause: Line = "", delegation: Line = "") -> Response:
    act = vote_requests.request_vote(db, seat, clause, delegation)
    return await carried_out(request, db, seat, act, N_("{delegation} has asked for a vote."), "delegation")


@router.post("/requests/{name}/withdrawal")
async def withdraw_request(request: Request, db: Db, seat: Asker, name: str) -> Response:
    act = vote_requests.withdraw_request(db, seat, name)
    return await carried_out(request, db, seat, act, N_("{delegation} does not ask for a vote any more."), "delegation")


@router.post("/votes")
async def record_vote(
    request: Request,
    db: Db,
    seat: Annotated[Seat, Depends(may("vote.record"))],
    roll: Annotated[RollCall, Depends(roll_call)],
    expected: Line = "",
) -> Response:
    """A separate vote on a paragraph, which is named by the version that was read (`c6.v1`)."""
    act = voting.vote_on_paragraph(db, seat, expected.partition(".")[0], expected, roll)
    return await carried_out(request, db, seat, act, N_("The vote {vote} on {on} is on the record."), "vote", "on")


@router.post("/votes/{name}/corrections")
async def correct_vote(
    request: Request,
    db: Db,
    seat: Annotated[Seat, Depends(may("vote.correct"))],
    name: str,
    intended: Annotated[Choice, Form()],
    state: Line = "",
) -> Response:
    act = voting.correct_vote(db, seat, name, intended, state)
    notice = N_("What {name} had intended is recorded beside {vote}.")
    return await carried_out(request, db, seat, act, notice, "name", "vote")
