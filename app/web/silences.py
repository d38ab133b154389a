"""The silence procedure: which silences run and until when; opening, extending and breaking one."""

from enum import StrEnum
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request, Response

from app.actions import silence
from app.http.server import Db, standing_of
from app.problems import Problem
from app.record.database import now_of
from app.rules.consensus import Status
from app.rules.permissions import Seat
from app.text.clauses import Kind
from app.views.clauses import clauses_view
from app.views.negotiations import silence_breaks, silences
from app.web.addresses import clause_address
from app.web.catalogue import N_
from app.web.pages import go_to, page, said
from app.web.routing import Page
from app.web.session import may
from app.web.typed import moment_in, number_in

router = APIRouter(prefix="/n/{negotiation}/silences", include_in_schema=False, route_class=Page)

Reader = Annotated[Seat, Depends(may("negotiation.read"))]
Opener = Annotated[Seat, Depends(may("silence.open"))]
Labels = Annotated[list[str], Form(max_length=2_000)]
_TAKEN = frozenset({Status.AGREED, Status.REMOVED, Status.UNDER_SILENCE})


class Over(StrEnum):
    """What a silence is opened over: every paragraph that is not agreed, or those that are chosen."""

    WHOLE = "whole"
    CHOSEN = "chosen"


@router.get("")
async def silences_page(request: Request, db: Db, seat: Reader) -> Response:
    """Every silence, the running ones first with their clocks; below, the form that opens one."""
    return await _answer(request, db, seat)


@router.post("")
async def open_silence(
    request: Request,
    db: Db,
    seat: Opener,
    over: Annotated[Over, Form()] = Over.CHOSEN,
    clauses: Labels = [],  # noqa: B006 - FastAPI copies it
    hours: Annotated[str, Form(max_length=10)] = "",
    deadline: Annotated[str, Form(max_length=40)] = "",
) -> Response:
    zone = (await standing_of(request, db, seat)).negotiation.time_zone
    try:
        async with db.begin_nested():
            opened = await silence.open_silence(
                db,
                seat,
                None if over is Over.WHOLE else clauses,
                hours=_hours(hours),
                deadline=moment_in(deadline, zone) if deadline else None,
            )
    except Problem as refusal:
        return await _answer(request, db, seat, problem=refusal, typed=(over, clauses, hours, deadline))
    notice = N_("{silence} runs on {labels}.")
    return _back(request, seat, said(request, notice, silence=opened.name, labels=", ".join(opened.labels)))


@router.post("/{silence_name}/extension")
async def extend(
    request: Request,
    db: Db,
    seat: Annotated[Seat, Depends(may("silence.extend"))],
    silence_name: str,
    deadline: Annotated[str, Form(max_length=40)] = "",
) -> Response:
    zone = (await standing_of(request, db, seat)).negotiation.time_zone
    try:
        async with db.begin_nested():
            made = await silence.extend(db, seat, silence_name, moment_in(deadline, zone))
    except Problem as refusal:
        return await _answer(request, db, seat, problem=refusal)
    return _back(request, seat, said(request, N_("{silence} has a later deadline."), silence=made.name))


@router.post("/{silence_name}/break")
async def break_silence(
    request: Request,
    db: Db,
    seat: Annotated[Seat, Depends(may("silence.break"))],
    silence_name: str,
    clauses: Labels = [],  # noqa: B006 - FastAPI copies it
    reason: Annotated[str, Form(max_length=5000)] = "",
    page_of: Annotated[str, Form(max_length=100)] = "",
) -> Response:
    """Object before the deadline, on the clauses chosen; back to where the button was."""
    made = await silence.break_silence(db, seat, silence_name, clauses, reason)
    notice = N_("{delegation} has broken {silence} on {labels}.")
    told = said(request, notice, delegation=seat.delegation, silence=made.name, labels=", ".join(made.labels))
    return go_to(request, clause_address(seat.negotiation, page_of), told) if page_of else _back(request, seat, told)


async def _answer(
    request: Request,
    db: Db,
    seat: Seat,
    *,
    problem: Problem | None = None,
    typed: tuple[Over, list[str], str, str] = (Over.CHOSEN, [], "", ""),
) -> Response:
    standing, now = await standing_of(request, db, seat), now_of(db)
    zone = standing.negotiation.time_zone
    clauses = [one for one in clauses_view(standing, seat, now) if one.kind is not Kind.OPENING]
    over, chosen, hours, deadline = typed
    return page(
        request,
        "silences.html",
        seat=seat,
        here="amendments",
        status=problem.status if problem is not None else 200,
        silences=await silences(db, seat.negotiation_id),
        breaks=await silence_breaks(db, seat.negotiation_id),
        running_on={one.label for one in clauses if one.status is Status.UNDER_SILENCE},
        free=[one for one in clauses if one.status not in _TAKEN],
        over=over,
        chosen=chosen,
        hours=hours,
        deadline=deadline,
        least=standing.negotiation.silence_least.total_seconds() / 3600,
        problem=problem,
        now=now,
        zone=zone,
    )


def _hours(typed: str) -> float | None:
    return number_in(typed, "hours", "72") if typed.strip() else None


def _back(request: Request, seat: Seat, notice: str) -> Response:
    return go_to(request, f"/n/{seat.negotiation}/silences", notice)
