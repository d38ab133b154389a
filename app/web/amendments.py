"""The amendments: all that was proposed, by paragraph, state and delegation, with what became of each."""

import re
from typing import Annotated, Final

from fastapi import APIRouter, Depends, Query, Request, Response

from app.http.server import Db, standing_of
from app.rules.permissions import Seat
from app.rules.standing import Standing
from app.views.amendment_pages import BEGINNING, Place, Wanted, Which, amendment_list, tally
from app.views.clauses import clause_in
from app.web.pages import page
from app.web.routing import Page
from app.web.session import may

router = APIRouter(prefix="/n/{negotiation}/amendments", include_in_schema=False, route_class=Page)

Reader = Annotated[Seat, Depends(may("negotiation.read"))]
OURS: Final = "ours"
ON_A_PAGE: Final = 30
_PLACE = re.compile(r"([0-9]{1,9})\.([0-9]{1,9})")


@router.get("")
async def list_page(
    request: Request,
    db: Db,
    seat: Reader,
    clause: Annotated[str, Query(max_length=100)] = "",
    which: Which = Which.ALL,
    by: Annotated[str, Query(max_length=20)] = "",
    after: Annotated[str, Query(max_length=30)] = "",
) -> Response:
    """A page of the amendments, each sub-amendment behind what it amends."""
    standing = await standing_of(request, db, seat)
    wanted = Wanted(
        clause=clause_in(standing, clause).id if clause else None,
        which=which,
        proposer="" if by == OURS else by,
        ours=by == OURS,
    )
    found = await amendment_list(db, seat, wanted, after=_place(after), limit=ON_A_PAGE + 1)
    shown = found[:ON_A_PAGE]
    return page(
        request,
        "amendments.html",
        seat=seat,
        here="amendments",
        amendments=[one for _, one in shown],
        following="{}.{}".format(*shown[-1][0]) if len(found) > ON_A_PAGE else "",
        is_first=not after,
        tally=await tally(db, seat),
        clause=clause,
        which=which,
        by=by,
        labels=labels_of(standing),
        delegations=[one.code for one in standing.participants],
        zone=standing.negotiation.time_zone,
    )


def labels_of(standing: Standing) -> dict[str, str]:
    """What each clause is called, by its key; those in the text in the order of the text, then those that left it."""
    present = {found.key: found.label for found in standing.in_the_text()}
    return present | {found.key: found.label for found in standing.clauses if found.key not in present}


def _place(after: str) -> Place:
    found = _PLACE.fullmatch(after)
    return BEGINNING if found is None else (int(found[1]), int(found[2]))
