"""What delegations say about the action: explanations of position or of vote, and dissociations."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request, Response

from app.actions import dissociating, explaining
from app.actions.explaining import Statement, Subject, When
from app.http.server import Db
from app.rules.permissions import Seat
from app.web.adoption import Line, Names, Words, carried_out
from app.web.catalogue import N_
from app.web.routing import Page
from app.web.session import may

router = APIRouter(prefix="/n/{negotiation}/adoption", include_in_schema=False, route_class=Page)


@router.post("/explanations")
async def explain(
    request: Request,
    db: Db,
    seat: Annotated[Seat, Depends(may("explanation.give"))],
    text: Words = "",
    clauses: Names = [],  # noqa: B006 - FastAPI copies it
    delegation: Line = "",
    subject: Annotated[Subject | None, Form()] = None,
    when: Annotated[When | None, Form()] = None,
) -> Response:
    act = explaining.explain(db, seat, Statement(text, tuple(clauses), delegation, subject, when))
    notice = N_("The explanation {explanation} is on the record.")
    return await carried_out(request, db, seat, act, notice, "explanation")


@router.post("/dissociations")
async def dissociate(
    request: Request,
    db: Db,
    seat: Annotated[Seat, Depends(may("dissociation.declare"))],
    statement: Words = "",
    clauses: Names = [],  # noqa: B006 - FastAPI copies it
    delegation: Line = "",
) -> Response:
    act = dissociating.declare(db, seat, clauses, statement, delegation)
    return await carried_out(request, db, seat, act, "{sentence}", "sentence")


@router.post("/dissociations/{name}/withdrawal")
async def withdraw_dissociation(
    request: Request, db: Db, seat: Annotated[Seat, Depends(may("dissociation.withdraw"))], name: str
) -> Response:
    act = dissociating.withdraw(db, seat, name)
    notice = N_("The dissociation {dissociation} is withdrawn.")
    return await carried_out(request, db, seat, act, notice, "dissociation")
