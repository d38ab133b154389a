"""Who takes part: delegations with their role and members, who sits where, and invitations to take a seat."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Final

from fastapi import APIRouter, Depends, Form, Request, Response

from app.actions import invitations as inviting_people
from app.actions import inviting
from app.http.server import Db, standing_of
from app.problems import Problem
from app.rules.invitations import LASTING, LONGEST
from app.rules.permissions import Role, Seat
from app.views.groups import delegation_called
from app.views.invitations import invitations
from app.views.negotiations import delegations, participants, seats
from app.web.addresses import server_address
from app.web.catalogue import N_
from app.web.pages import go_to, page, said
from app.web.routing import Page
from app.web.session import may
from app.web.typed import whole_in

router = APIRouter(prefix="/n/{negotiation}/people", include_in_schema=False, route_class=Page)

_ALL: Final = 2_000
_WITHOUT_DELEGATION: Final = {":secretariat": Role.SECRETARIAT, ":reader": Role.READER}


@dataclass(frozen=True, slots=True)
class Refused:
    """What stands in the way of which form, and what was typed into it."""

    form: str
    problem: Problem
    typed: Mapping[str, str]


@router.get("")
async def people_page(request: Request, db: Db, seat: Annotated[Seat, Depends(may("negotiation.read"))]) -> Response:
    return await _answer(request, db, seat)


@router.post("/delegations")
async def invite_delegation(
    request: Request,
    db: Db,
    seat: Annotated[Seat, Depends(may("delegation.invite"))],
    delegation: Annotated[str, Form(max_length=300)] = "",
    role: Annotated[Role, Form()] = Role.DELEGATE,
) -> Response:
    """A delegation comes in, found by its name or its code."""
    try:
        async with db.begin_nested():
            found = await delegation_called(db, delegation)
            made = await inviting.invite(db, seat, found.code, role)
    except Problem as refusal:
        typed = {"delegation": delegation, "role": role.value}
        return await _answer(request, db, seat, refused=Refused("delegation", refusal, typed))
    return _back(request, seat, said(request, N_("{delegation} takes part now."), delegation=made.name))


@router.post("/invitations")
async def send_invitation(
    request: Request,
    db: Db,
    seat: Annotated[Seat, Depends(may("invitation.send"))],
    chair: Annotated[str, Form(max_length=30)] = "",
    sign_in: Annotated[str, Form(max_length=255)] = "",
    name: Annotated[str, Form(max_length=1000)] = "",
    days: Annotated[str, Form(max_length=10)] = "",
) -> Response:
    """Make an invitation: the page that answers is the only one that shows its link."""
    delegation, role = _chair(chair)
    try:
        lasting = whole_in(days, "days", str(LASTING))
        async with db.begin_nested():
            sent = await inviting_people.send(db, seat, delegation, role, sign_in=sign_in, name=name, days=lasting)
    except Problem as refusal:
        typed = {"chair": chair, "sign_in": sign_in, "name": name, "days": days}
        return await _answer(request, db, seat, refused=Refused("invitation", refusal, typed))
    return await _answer(request, db, seat, link=f"{server_address(request)}/join/{sent.secret}", sent=sent)


@router.post("/invitations/{invitation}/revocation")
async def revoke_invitation(
    request: Request, db: Db, seat: Annotated[Seat, Depends(may("invitation.revoke"))], invitation: str
) -> Response:
    made = await inviting_people.revoke(db, seat, invitation)
    return _back(request, seat, said(request, N_("{invitation} is revoked."), invitation=made.invitation))


@router.post("/seats")
async def assign_seat(
    request: Request,
    db: Db,
    seat: Annotated[Seat, Depends(may("seat.assign"))],
    sign_in: Annotated[str, Form(max_length=255)] = "",
    chair: Annotated[str, Form(max_length=30)] = "",
) -> Response:
    """Somebody who has an account sits down, or elsewhere."""
    delegation, role = _chair(chair)
    try:
        async with db.begin_nested():
            made = await inviting.assign_seat(db, seat, sign_in, delegation, role)
    except Problem as refusal:
        typed = {"sign_in": sign_in, "chair": chair}
        return await _answer(request, db, seat, refused=Refused("seat", refusal, typed))
    return _back(request, seat, said(request, N_("{name} has the seat now."), name=made.name))


def _chair(chosen: str) -> tuple[str, Role | None]:
    """The delegation and the role that a choice of seats stands for."""
    role = _WITHOUT_DELEGATION.get(chosen)
    return ("", role) if role is not None else (chosen, None)


async def _answer(
    request: Request,
    db: Db,
    seat: Seat,
    *,
    refused: Refused | None = None,
    link: str = "",
    sent: inviting_people.Sent | None = None,
) -> Response:
    present = await participants(db, seat.negotiation_id)
    seated = await seats(db, seat.negotiation_id) if seat.holds_the_pen else ()
    known = await delegations(db, limit=_ALL) if seat.holds_the_pen else ()
    there = {one.code for one in present}
    response = page(
        request,
        "people.html",
        seat=seat,
        here="people",
        status=refused.problem.status if refused is not None else 200,
        participants=present,
        roles=(Role.PENHOLDER, Role.DELEGATE, Role.OBSERVER),
        seated={code: [one for one in seated if one.delegation == code] for code in there},
        apart=[one for one in seated if not one.delegation],
        choices=[one for one in known if one.code not in there],
        chairs=[one for one in present if seat.role is Role.SECRETARIAT or one.code == seat.delegation],
        invitations=(await invitations(db, seat, limit=_ALL))[::-1] if seat.holds_the_pen else (),
        zone=(await standing_of(request, db, seat)).negotiation.time_zone,
        refused=refused,
        link=link,
        sent=sent,
        lasting=LASTING,
        longest=LONGEST,
    )
    if link:
        response.headers["Cache-Control"] = "no-store"
    return response


def _back(request: Request, seat: Seat, notice: str) -> Response:
    return go_to(request, f"/n/{seat.negotiation}/people", notice)
