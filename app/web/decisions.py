"""Several decisions in one act: choose the amendments, see what all decisions do together, make them all or none."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Query, Request, Response

from app.actions import deciding_together
from app.actions.deciding import Choice, Decision
from app.actions.deciding_together import MOST_DECISIONS
from app.actions.finding import amendment_number
from app.http.server import Db, standing_of
from app.problems import InvalidInput, Problem
from app.rules.permissions import Seat
from app.said import Said
from app.views.amendment_pages import Wanted, Which, amendment_list
from app.views.amendments import Amendment
from app.web.amendment import in_lines
from app.web.amendments import labels_of
from app.web.catalogue import N_
from app.web.deciding import with_texts
from app.web.pages import go_to, page, said
from app.web.rehearsals import Rehearsal, rehearsal_together
from app.web.routing import Page
from app.web.session import may

router = APIRouter(prefix="/n/{negotiation}/decisions", include_in_schema=False, route_class=Page)

Decider = Annotated[Seat, Depends(may("amendment.decide_together"))]
MOST_LISTED: Final = 500


@dataclass(frozen=True, slots=True)
class Row:
    """One amendment on the form, with what was typed about it so far. `choice` is empty while none is made."""

    one: Amendment
    choice: str = ""
    reason: str = ""
    text: str = ""
    order: int = 0
    expected: str = ""


@router.get("")
async def decisions_page(
    request: Request,
    db: Db,
    seat: Decider,
    choose: Annotated[list[str] | None, Query(max_length=MOST_DECISIONS)] = None,
) -> Response:
    """First all that is before the room, to choose from; then the chosen ones, to decide on each."""
    if not choose:
        standing = await standing_of(request, db, seat)
        waiting = await amendment_list(db, seat, Wanted(which=Which.WAITING), limit=MOST_LISTED)
        labels = labels_of(standing)
        groups: dict[str, list[Amendment]] = {key: [] for key in labels}
        for _, one in waiting:
            groups[one.clause].append(one)
        return page(
            request,
            "decisions_choose.html",
            seat=seat,
            here="amendments",
            groups=[(labels[key], found) for key, found in groups.items() if found],
            most=MOST_DECISIONS,
            labels=labels,
        )
    rows = [
        Row(one, text=in_lines(one), order=place, expected=one.tag)
        for place, one in enumerate(await _chosen(db, seat, choose), 1)
    ]
    return await _form(request, db, seat, rows)


@router.post("/rehearsal")
async def rehearse(request: Request, db: Db, seat: Annotated[Seat, Depends(may("amendment.rehearse"))]) -> Response:
    """The form again, with what the decisions would do together. Nothing is changed."""
    rows = await _typed(db, seat, request.state.form)
    standing = await standing_of(request, db, seat)
    try:
        async with db.begin_nested():
            made = await deciding_together.rehearse_together(db, seat, _decisions(rows))
    except Problem as refusal:
        return await _form(request, db, seat, rows, problem=refusal)
    return await _form(request, db, seat, rows, rehearsal=rehearsal_together(standing, made))


@router.post("")
async def decide(request: Request, db: Db, seat: Decider) -> Response:
    """Make the decisions, all or none: where one is refused, the page says which, with all that was typed."""
    rows = await _typed(db, seat, request.state.form)
    try:
        async with db.begin_nested():
            made = await deciding_together.decide_together(db, seat, _decisions(rows))
    except Problem as refusal:
        return await _form(request, db, seat, rows, problem=refusal)
    names = ", ".join(one.amendment for one in made.decisions)
    notice = said(request, N_("{amendments} are decided on, in one act."), amendments=names)
    return go_to(request, f"/n/{seat.negotiation}/amendments", notice)


async def _chosen(db: Db, seat: Seat, names: Sequence[str]) -> list[Amendment]:
    """Those chosen that are still before the room, in their order."""
    numbers = tuple(amendment_number(name) for name in names)
    wanted = Wanted(which=Which.WAITING, numbers=numbers)
    return [one for _, one in await amendment_list(db, seat, wanted, limit=MOST_DECISIONS)]


async def _typed(db: Db, seat: Seat, form: Any) -> list[Row]:
    """The rows as they were sent, in the order that their numbers give."""
    chosen = await _chosen(db, seat, [str(name) for name in form.getlist("chosen")])
    rows = [_row(one, form) for one in chosen]
    return sorted(rows, key=lambda row: row.order)


def _row(one: Amendment, form: Mapping[str, Any]) -> Row:
    def sent(field: str) -> str:
        return str(form.get(f"{field}-{one.name}", ""))

    order = sent("order")
    return Row(
        one,
        choice=sent("choice"),
        reason=sent("reason")[:5000],
        text=sent("text") or in_lines(one),
        order=int(order) if order.isascii() and order.isdigit() and len(order) < 6 else MOST_DECISIONS,
        expected=sent("expected"),
    )


def _decisions(rows: Sequence[Row]) -> list[Decision]:
    """The decisions on the form, in order. Raises InvalidInput when there is none."""
    decided = [row for row in rows if row.choice in (Choice.ACCEPT, Choice.REJECT)]
    if not decided:
        raise InvalidInput.at("decisions", Said("accept or reject at least one of the amendments."))
    return [
        Decision(
            row.one.name,
            row.expected,
            Choice(row.choice),
            with_texts(row.one, row.text) if row.choice == Choice.ACCEPT else None,
            row.reason,
        )
        for row in decided
    ]


async def _form(
    request: Request,
    db: Db,
    seat: Seat,
    rows: Sequence[Row],
    *,
    rehearsal: Rehearsal | None = None,
    problem: Problem | None = None,
) -> Response:
    standing = await standing_of(request, db, seat)
    return page(
        request,
        "decisions.html",
        seat=seat,
        here="amendments",
        status=problem.status if problem is not None else 200,
        rows=rows,
        rehearsal=rehearsal,
        problem=problem,
        labels=labels_of(standing),
    )
