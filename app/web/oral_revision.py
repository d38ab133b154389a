"""An oral revision: the whole text as tabled, ready to be changed as it is read out, all or nothing."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from app.actions import revising_orally
from app.actions.revising_orally import OralChange, ReadOut
from app.http.server import Db, standing_of
from app.problems import NothingChanges, Problem
from app.rules.permissions import Seat
from app.rules.standing import ClauseStanding, Standing
from app.said import Said
from app.text.clauses import Kind
from app.web.adoption import Line
from app.web.catalogue import N_
from app.web.pages import go_to, page, said
from app.web.routing import Page, typed_in
from app.web.session import may

router = APIRouter(prefix="/n/{negotiation}/adoption/oral-revision", include_in_schema=False, route_class=Page)

Reviser = Annotated[Seat, Depends(may("text.revise_orally"))]


@router.get("")
async def oral_revision_page(request: Request, db: Db, seat: Reviser) -> Response:
    """Every paragraph with its words, to be changed."""
    return await _answer(request, db, seat)


@router.post("")
async def revise(request: Request, db: Db, seat: Reviser, announced_by: Line = "") -> Response:
    clauses = _clauses(await standing_of(request, db, seat))
    read_out = [change for clause in clauses for change in _changes(request, clause)]
    try:
        if not read_out:
            raise NothingChanges(what=Said("The text"))
        async with db.begin_nested():
            made = await revising_orally.revise_orally(db, seat, read_out, announced_by)
    except Problem as refusal:
        return await _answer(request, db, seat, problem=refusal)
    labels = ", ".join(one.label for one in made.changed)
    notice = said(request, N_("The text is orally revised: {labels}."), labels=labels)
    return go_to(request, f"/n/{seat.negotiation}/adoption", notice)


def _changes(request: Request, found: ClauseStanding) -> list[ReadOut]:
    """What was typed for one paragraph: other words or its deletion, and a paragraph behind it."""
    typed, key = typed_in(request), found.key
    expected = str(typed.get(f"expected-{key}", found.tag))
    words = " ".join(str(typed.get(f"text-{key}", found.clause.text)).split())
    behind = " ".join(str(typed.get(f"behind-{key}", "")).split())
    changes = []
    if behind:
        changes.append(ReadOut(OralChange.INSERT, key, expected, behind))
    if typed.get(f"delete-{key}"):
        changes.append(ReadOut(OralChange.DELETE, key, expected))
    elif words != " ".join(found.clause.text.split()):
        changes.append(ReadOut(OralChange.REPLACE, key, expected, words))
    return changes


async def _answer(request: Request, db: Db, seat: Seat, *, problem: Problem | None = None) -> Response:
    standing = await standing_of(request, db, seat)
    return page(
        request,
        "oral_revision.html",
        seat=seat,
        here="adoption",
        status=problem.status if problem is not None else 200,
        problem=problem,
        typed=typed_in(request),
        clauses=_clauses(standing),
    )


def _clauses(standing: Standing) -> list[ClauseStanding]:
    """What can be read out anew: all but the organ's own opening line."""
    return [one for one in standing.in_the_text() if one.clause.kind is not Kind.OPENING]
