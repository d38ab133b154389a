"""The way of a text to adoption on one page: its stages, tabling, votes, the action, and what is said about it."""

from collections.abc import Awaitable
from datetime import date
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Depends, Form, Request, Response

from app.actions import adopting, staging, tabling
from app.actions.adopting import Action
from app.actions.tabling import Submission
from app.actions.vote_facts import VOTED_ON
from app.actions.voting import RollCall
from app.http.server import Db, standing_of
from app.problems import Problem
from app.record.database import now_of
from app.rules.permissions import Seat
from app.rules.stages import NEGOTIATED, ORDER, PERMITTED, Stage
from app.rules.voting import Choice, Majority
from app.text.clauses import Kind
from app.views.adoption import adoption
from app.web.catalogue import N_
from app.web.outreach import day_in
from app.web.pages import go_to, page, said
from app.web.routing import Page, typed_in
from app.web.session import may
from app.web.sponsors import states

router = APIRouter(prefix="/n/{negotiation}/adoption", include_in_schema=False, route_class=Page)

Reader = Annotated[Seat, Depends(may("negotiation.read"))]
Line = Annotated[str, Form(max_length=300)]
Words = Annotated[str, Form(max_length=20_000)]
Names = Annotated[list[str], Form(max_length=300)]


async def roll_call(
    in_favour: Words = "",
    against: Words = "",
    abstaining: Words = "",
    requested_by: Words = "",
    majority: Annotated[Majority, Form()] = Majority.SIMPLE,
    day: Line = "",
    meeting: Line = "",
) -> RollCall:
    """A roll call as it is typed: lists of codes, parted by commas, spaces or lines."""
    return RollCall(
        codes_in(in_favour),
        codes_in(against),
        codes_in(abstaining),
        codes_in(requested_by),
        majority,
        _day(day),
        meeting,
    )


@router.get("")
async def adoption_page(request: Request, db: Db, seat: Reader) -> Response:
    """Everything that was done on the way to adoption; what can be done now."""
    return await answer(request, db, seat)


@router.post("/stage")
async def advance(
    request: Request,
    db: Db,
    seat: Annotated[Seat, Depends(may("stage.advance"))],
    stage: Annotated[Stage, Form()],
    reason: Words = "",
) -> Response:
    act = staging.advance(db, seat, stage, reason)
    return await carried_out(request, db, seat, act, N_("The text has come to another stage."))


@router.post("/tabling")
async def table(
    request: Request,
    db: Db,
    seat: Annotated[Seat, Depends(may("text.table"))],
    symbol: Line = "",
    day: Line = "",
    session: Line = "",
    agenda_item: Line = "",
    although: Words = "",
) -> Response:
    act = tabling.table(db, seat, Submission(symbol, _day(day), session, agenda_item, although))
    return await carried_out(request, db, seat, act, N_("The text is tabled as {symbol}."), "symbol")


@router.post("")
async def adopt(
    request: Request,
    db: Db,
    seat: Annotated[Seat, Depends(may("text.adopt"))],
    roll: Annotated[RollCall, Depends(roll_call)],
    symbol: Line = "",
    by_vote: Annotated[bool, Form()] = False,
    reconsidered: Words = "",
) -> Response:
    """Without a vote, or by the recorded vote that was typed."""
    action = Action(symbol, roll.meeting, roll.day, roll if by_vote else None, reconsidered)
    try:
        async with db.begin_nested():
            made = await adopting.adopt(db, seat, action)
    except Problem as refusal:
        return await answer(request, db, seat, problem=refusal)
    notice = N_("The text is adopted as {symbol}.") if made.is_adopted else N_("The vote {vote} rejected the text.")
    return go_to(request, _address(seat), said(request, notice, symbol=made.symbol, vote=made.vote))


async def carried_out(request: Request, db: Db, seat: Seat, act: Awaitable[Any], notice: str, *facts: str) -> Response:
    """Do an act and lead back with a notice, in which the act's `facts` are named; where it is refused, the page says
    why and keeps what was typed."""
    try:
        async with db.begin_nested():
            made = await act
    except Problem as refusal:
        return await answer(request, db, seat, problem=refusal)
    told = {name: getattr(made, name) for name in facts}
    return go_to(request, _address(seat), said(request, notice, **told))


async def answer(request: Request, db: Db, seat: Seat, *, problem: Problem | None = None) -> Response:
    standing, now = await standing_of(request, db, seat), now_of(db)
    zone = standing.negotiation.time_zone
    found = await adoption(db, standing)
    in_the_text = [one for one in standing.in_the_text() if one.clause.kind is not Kind.OPENING]
    return page(
        request,
        "adoption.html",
        seat=seat,
        here="adoption",
        status=problem.status if problem is not None else 200,
        problem=problem,
        typed=typed_in(request),
        found=found,
        text=standing.text_status(now),
        clauses=in_the_text,
        votable=[one for one in in_the_text if one.clause.kind in VOTED_ON],
        possible=frozenset(verb for verb, stages in PERMITTED.items() if found.stage in stages),
        stages=ORDER,
        steps=[stage for stage in ORDER if stage in NEGOTIATED and stage is not found.stage],
        reached={one.stage: one for one in found.stages},
        choices=tuple(Choice),
        states=await states(db) if seat.holds_the_pen else (),
        today=now.astimezone(ZoneInfo(zone)).date().isoformat(),
        zone=zone,
    )


def codes_in(typed: str) -> tuple[str, ...]:
    """The codes of states in what was typed, each once."""
    return tuple(dict.fromkeys(typed.replace(",", " ").replace(";", " ").upper().split()))


def _day(typed: str) -> date | None:
    return day_in(typed, "day") if typed.strip() else None


def _address(seat: Seat) -> str:
    return f"/n/{seat.negotiation}/adoption"
