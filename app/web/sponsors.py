"""Sponsors: who introduces the text and who has joined; joining and leaving, and recording what states told."""

from collections.abc import Awaitable
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request, Response

from app.actions import sponsoring
from app.actions.sponsoring import Joining, Sponsored
from app.http.server import Db, standing_of
from app.problems import Problem
from app.rules.permissions import Seat
from app.rules.positions import DelegationKind
from app.rules.sponsors import SponsorKind
from app.views.negotiations import delegations
from app.views.sponsors import sponsors
from app.web.catalogue import N_
from app.web.pages import go_to, page, said
from app.web.routing import Page, typed_in
from app.web.session import may

router = APIRouter(prefix="/n/{negotiation}/sponsors", include_in_schema=False, route_class=Page)

Reader = Annotated[Seat, Depends(may("negotiation.read"))]
Recorder = Annotated[Seat, Depends(may("sponsor.record"))]
Code = Annotated[str, Form(max_length=20)]
Told = Annotated[str, Form(max_length=1000)]
_ALL = 500


@router.get("")
async def sponsors_page(request: Request, db: Db, seat: Reader) -> Response:
    """Main sponsors and co-sponsors, those that left, and the head of the document that they make."""
    return await _answer(request, db, seat)


@router.post("/joining")
async def join(
    request: Request, db: Db, seat: Annotated[Seat, Depends(may("sponsor.join"))], on_behalf_of: Code = ""
) -> Response:
    """In the name of one's own state."""
    return await _carried_out(
        request, db, seat, sponsoring.join(db, seat, on_behalf_of.strip().upper()), N_("{name} is among the sponsors.")
    )


@router.post("/leaving")
async def leave(request: Request, db: Db, seat: Annotated[Seat, Depends(may("sponsor.leave"))]) -> Response:
    return await _carried_out(
        request, db, seat, sponsoring.leave(db, seat), N_("{name} is no longer among the sponsors.")
    )


@router.post("")
async def record(
    request: Request,
    db: Db,
    seat: Recorder,
    state: Code = "",
    kind: Annotated[SponsorKind, Form()] = SponsorKind.COSPONSOR,
    on_behalf_of: Code = "",
    told: Told = "",
    at_adoption: Annotated[bool, Form()] = False,
    exceptionally: Told = "",
) -> Response:
    """What a state told those who hold the pen: that it sponsors the text."""
    code, group = state.strip().upper(), on_behalf_of.strip().upper()
    joining = Joining(code, kind, group, told, at_adoption, exceptionally)
    made = sponsoring.record(db, seat, joining)
    return await _carried_out(request, db, seat, made, N_("{name} is among the sponsors."))


@router.post("/{state}/departure")
async def record_departure(request: Request, db: Db, seat: Recorder, state: str, told: Told = "") -> Response:
    """What a state told them: that it has withdrawn."""
    made = sponsoring.record_departure(db, seat, state, told)
    return await _carried_out(request, db, seat, made, N_("{name} is no longer among the sponsors."))


async def _carried_out(request: Request, db: Db, seat: Seat, act: Awaitable[Sponsored], notice: str) -> Response:
    try:
        async with db.begin_nested():
            made = await act
    except Problem as refusal:
        return await _answer(request, db, seat, problem=refusal)
    return go_to(request, f"/n/{seat.negotiation}/sponsors", said(request, notice, name=made.name))


async def _answer(request: Request, db: Db, seat: Seat, *, problem: Problem | None = None) -> Response:
    standing = await standing_of(request, db, seat)
    found = await sponsors(db, seat, with_former=True)
    present = [one for one in found.sponsors if one.until is None]
    return page(
        request,
        "sponsors.html",
        seat=seat,
        here="adoption",
        status=problem.status if problem is not None else 200,
        problem=problem,
        typed=typed_in(request),
        found=found,
        present=present,
        former=[one for one in found.sponsors if one.until is not None],
        is_sponsor=any(one.code == seat.delegation for one in present),
        own_groups=[
            who for who in standing.participants if who.kind is DelegationKind.GROUP and seat.delegation in who.members
        ],
        states=await states(db) if seat.holds_the_pen else (),
        zone=standing.negotiation.time_zone,
    )


async def states(db: Db) -> list[tuple[str, str]]:
    """The code and the name of each state that the server knows, by name."""
    known = await delegations(db, limit=_ALL)
    return sorted(((one.code, one.name) for one in known if one.kind is DelegationKind.STATE), key=lambda one: one[1])
