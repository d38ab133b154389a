"""Revisions: the text as it was published, any two compared, and the next one."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Query, Request, Response

from app.actions import readings as actions
from app.actions import revising
from app.actions.revising import Published
from app.http.server import Db, standing_of
from app.problems import Problem
from app.rules.permissions import Seat
from app.text.document_diff import ChangeOp
from app.views.compilations import changes_between
from app.views.readings import readings
from app.views.revisions import revisions
from app.web.catalogue import N_
from app.web.pages import go_to, page, said
from app.web.routing import Page
from app.web.session import may

router = APIRouter(prefix="/n/{negotiation}/revisions", include_in_schema=False, route_class=Page)

Reader = Annotated[Seat, Depends(may("negotiation.read"))]
Publisher = Annotated[Seat, Depends(may("revision.publish"))]
Name = Annotated[str, Form(max_length=100)]


@router.get("")
async def revisions_page(
    request: Request,
    db: Db,
    seat: Reader,
    old: Annotated[str, Query(max_length=40)] = "",
    new: Annotated[str, Query(max_length=40)] = "",
) -> Response:
    """All revisions; two of them, or one and the present text, compared."""
    return await _answer(request, db, seat, old=old, new=new)


@router.post("/reading")
async def open_reading(request: Request, db: Db, seat: Annotated[Seat, Depends(may("reading.open"))]) -> Response:
    """Open the next reading: until it is closed, labels stay."""
    made = await actions.open_reading(db, seat)
    return _back(
        request, seat, said(request, N_("Reading {number} is open. {stands}"), number=made.number, stands=made.sentence)
    )


@router.post("/reading/close")
async def close_reading(request: Request, db: Db, seat: Annotated[Seat, Depends(may("reading.close"))]) -> Response:
    """Close the reading that is open."""
    made = await actions.close_reading(db, seat)
    return _back(
        request,
        seat,
        said(request, N_("Reading {number} is closed. {stands}"), number=made.number, stands=made.sentence),
    )


@router.post("/rehearsal")
async def rehearse(request: Request, db: Db, seat: Publisher, name: Name = "") -> Response:
    """How the paragraphs would be numbered in the next revision. Nothing is changed."""
    try:
        async with db.begin_nested():
            made = await revising.rehearse_publication(db, seat, name)
    except Problem as refusal:
        return await _answer(request, db, seat, name=name, problem=refusal)
    return await _answer(request, db, seat, name=name, rehearsed=made)


@router.post("")
async def publish(request: Request, db: Db, seat: Publisher, name: Name = "") -> Response:
    try:
        async with db.begin_nested():
            made = await revising.publish(db, seat, name)
    except Problem as refusal:
        return await _answer(request, db, seat, name=name, problem=refusal)
    notice = N_("{revision} is published.")
    if made.unsure:
        notice = N_("{revision} is published. Look at these references yourself: {references}.")
    told = said(request, notice, revision=made.name, references="; ".join(made.unsure))
    return _back(request, seat, told)


def _back(request: Request, seat: Seat, notice: str) -> Response:
    return go_to(request, f"/n/{seat.negotiation}/revisions", notice)


async def _answer(
    request: Request,
    db: Db,
    seat: Seat,
    *,
    old: str = "",
    new: str = "",
    name: str = "",
    rehearsed: Published | None = None,
    problem: Problem | None = None,
) -> Response:
    standing = await standing_of(request, db, seat)
    published = await revisions(db, seat.negotiation_id)
    changes = await changes_between(db, standing, old, new or None) if old else None
    return page(
        request,
        "revisions.html",
        seat=seat,
        here="draft",
        status=problem.status if problem is not None else 200,
        revisions=published,
        readings=await readings(db, seat.negotiation_id),
        old=old or published[-1].name,
        new=new,
        changes=None if changes is None else [change for change in changes if change.op is not ChangeOp.EQUAL],
        name=name,
        suggested=f"Rev.{published[-1].number + 1}",
        rehearsed=rehearsed,
        problem=problem,
        zone=standing.negotiation.time_zone,
    )
