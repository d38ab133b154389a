"""Outreach, for those who hold the pen: how far each state has come on the way to co-sponsorship, and what was said."""

from datetime import date
from typing import Annotated
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Depends, Form, Query, Request, Response

from app.actions import reaching_out
from app.actions.reaching_out import Meeting
from app.http.server import Db, standing_of
from app.problems import InvalidInput, Problem
from app.record.database import now_of
from app.rules.outreach import ON_THE_WAY, Step
from app.rules.permissions import Seat
from app.said import Said
from app.views.outreach import outreach, outreach_to
from app.web.catalogue import N_
from app.web.pages import go_to, page, said
from app.web.routing import Page, typed_in
from app.web.session import may
from app.web.sponsors import states

router = APIRouter(prefix="/n/{negotiation}/outreach", include_in_schema=False, route_class=Page)

Reader = Annotated[Seat, Depends(may("outreach.read"))]
_STEPS = (*ON_THE_WAY, Step.DECLINED)


@router.get("")
async def outreach_page(
    request: Request, db: Db, seat: Reader, step: Annotated[Step | None, Query()] = None
) -> Response:
    """The states on their way, or those at one step."""
    return await _answer(request, db, seat, step=step)


@router.get("/{state}")
async def state_page(request: Request, db: Db, seat: Reader, state: str) -> Response:
    """One state: its step, and every note."""
    return await _answer(request, db, seat, state=state)


@router.post("")
async def note(
    request: Request,
    db: Db,
    seat: Annotated[Seat, Depends(may("outreach.note"))],
    step: Annotated[Step, Form()],
    state: Annotated[str, Form(max_length=20)] = "",
    held_on: Annotated[str, Form(max_length=20)] = "",
    text: Annotated[str, Form(max_length=10_000)] = "",
    between: Annotated[str, Form(max_length=1000)] = "",
    page_of: Annotated[str, Form(max_length=20)] = "",
) -> Response:
    """What was spoken with a state, and the step that it took."""
    try:
        meeting = Meeting(state.strip().upper(), day_in(held_on, "held_on"), step, text, between)
        async with db.begin_nested():
            made = await reaching_out.note(db, seat, meeting)
    except Problem as refusal:
        return await _answer(request, db, seat, state=page_of, problem=refusal)
    notice = said(request, N_("{note} on {state} is there."), note=made.note, state=made.state)
    return go_to(request, f"/n/{seat.negotiation}/outreach/{made.state}", notice)


@router.post("/notes/{name}/retraction")
async def retract(
    request: Request, db: Db, seat: Annotated[Seat, Depends(may("outreach.retract"))], name: str
) -> Response:
    """One made by mistake counts no more; the record keeps it."""
    made = await reaching_out.retract(db, seat, name)
    notice = said(request, N_("{note} is taken back."), note=made.note)
    return go_to(request, f"/n/{seat.negotiation}/outreach/{made.state}", notice)


def day_in(typed: str, field: str) -> date:
    """The day that a field for days holds. Raises InvalidInput."""
    try:
        return date.fromisoformat(typed)
    except ValueError:
        raise InvalidInput.at(field, Said("“{typed}” is no day such as 2023-04-18.", typed=typed)) from None


async def _answer(
    request: Request,
    db: Db,
    seat: Seat,
    *,
    step: Step | None = None,
    state: str = "",
    problem: Problem | None = None,
) -> Response:
    zone = (await standing_of(request, db, seat)).negotiation.time_zone
    return page(
        request,
        "outreach_state.html" if state else "outreach.html",
        seat=seat,
        here="adoption",
        status=problem.status if problem is not None else 200,
        problem=problem,
        typed=typed_in(request),
        found=await (outreach_to(db, seat, state) if state else outreach(db, seat, step)),
        step=step,
        steps=_STEPS,
        states=await states(db),
        today=now_of(db).astimezone(ZoneInfo(zone)).date().isoformat(),
        zone=zone,
    )
