"""The room view: one paragraph, large, for the projector, and the next by a key."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response

from app.http.server import Db, standing_of
from app.record.database import now_of
from app.rules.amendments import OpenAmendment
from app.rules.consensus import Status
from app.rules.permissions import Seat
from app.rules.positions import Stance
from app.rules.standing import ClauseStanding, Standing
from app.text.clauses import Kind
from app.text.labels import canonical
from app.views.clauses import clause_in, clause_view
from app.views.compilations import compiled_clause
from app.web.addresses import clause_address, negotiation_address
from app.web.pages import go_to, page
from app.web.routing import Page
from app.web.session import may

router = APIRouter(prefix="/n/{negotiation}", include_in_schema=False, route_class=Page)

Reader = Annotated[Seat, Depends(may("negotiation.read"))]


@router.get("/room")
async def room(
    request: Request,
    db: Db,
    seat: Reader,
    clause: Annotated[str, Query(max_length=100)] = "",
    unsettled: bool = False,
) -> Response:
    """One paragraph with every proposal in place and who has something to say on it. `unsettled`: none agreed."""
    standing, now = await standing_of(request, db, seat), now_of(db)
    walk = [
        found
        for found in standing.in_the_text()
        if found.clause.kind is not Kind.OPENING and not (unsettled and found.status(now).status is Status.AGREED)
    ]
    found = clause_in(standing, clause) if clause else (walk or [next(standing.in_the_text())])[0]
    before, after = _beside(standing, walk, found)
    return page(
        request,
        "room.html",
        seat=seat,
        standing=standing,
        clause=clause_view(found, seat, now),
        compiled=compiled_clause(found),
        proposals=_before_the_room(found),
        floor=_floor(found),
        before=before,
        after=after,
        place=[one.key for one in walk].index(found.key) + 1 if found in walk else 0,
        among=len(walk),
        unsettled=unsettled,
    )


@router.get("/go")
async def jump(request: Request, db: Db, seat: Reader, to: Annotated[str, Query(max_length=100)] = "") -> Response:
    """Lead to what somebody names: a paragraph by its label (`op4`), an amendment by its number (`a12`)."""
    name = to.strip()
    if name[:1].upper() == "A" and name[1:].isdigit():
        return go_to(request, f"{negotiation_address(seat.negotiation)}/amendments/{name.upper()}")
    if not name:
        return go_to(request, negotiation_address(seat.negotiation))
    found = clause_in(await standing_of(request, db, seat), canonical(name) or name)
    return go_to(request, clause_address(seat.negotiation, found.label))


def _beside(standing: Standing, walk: list[ClauseStanding], found: ClauseStanding) -> tuple[str, str]:
    """The labels of the paragraphs before and after one, among those that are walked through."""
    order = [one.key for one in standing.clauses]
    place = order.index(found.key)
    earlier = [one.label for one in walk if order.index(one.key) < place]
    later = [one.label for one in walk if order.index(one.key) > place]
    return (earlier[-1] if earlier else ""), (later[0] if later else "")


def _before_the_room(found: ClauseStanding) -> list[OpenAmendment]:
    return [one for one in (*found.facts.amendments, *found.insertions) if one.is_before_the_room]


def _floor(found: ClauseStanding) -> list[str]:
    """Who has something to say on a paragraph: its proposers in the order in which they proposed, then who objects or
    reserves."""
    proposers = [one.proposer for one in sorted(_before_the_room(found), key=lambda one: one.number)]
    uneasy = [
        position.via or position.delegation
        for stance in (Stance.OBJECT, Stance.RESERVE)
        for position in found.facts.positions
        if position.stance is stance
    ]
    return list(dict.fromkeys((*proposers, *uneasy)))
