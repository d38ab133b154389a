"""An amendment stated anew by its proposer: other words in place, or a conflict with the present text settled."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request, Response

from app.actions import amending
from app.actions.finding import amendment_number
from app.http.server import Db, standing_of
from app.problems import Problem
from app.rules.amendments import ChangeKind
from app.rules.permissions import Seat
from app.text.diff import diff
from app.text.resolution import for_ours, for_theirs
from app.views.amendment_pages import AmendmentInFull, amendment_in_full
from app.views.compilations import compiled_with
from app.web.addresses import amendment_address
from app.web.amendment import in_lines
from app.web.catalogue import N_
from app.web.pages import go_to, page, said
from app.web.routing import Page
from app.web.session import may

router = APIRouter(prefix="/n/{negotiation}/amendments/{amendment}/restate", include_in_schema=False, route_class=Page)

Restater = Annotated[Seat, Depends(may("amendment.restate"))]
_LINES = re.compile(r"\s*[\r\n]+\s*")


class Start(StrEnum):
    """Where the words in the form come from: the last ones, or those that settle a conflict one way or the other."""

    LAST = "last"
    OURS = "ours"
    THEIRS = "theirs"


@dataclass(frozen=True, slots=True)
class Anew:
    """What its proposer has typed so far. In `text` each line is a paragraph where the proposal is to split one."""

    expected: str
    text: str
    rationale: str
    is_fresh: bool = False

    @property
    def lines(self) -> tuple[str, ...]:
        return tuple(line.strip() for line in self.text.splitlines() if line.strip())

    @property
    def wording(self) -> str:
        return _LINES.sub(" ", self.text).strip()


async def anew(
    expected: Annotated[str, Form(max_length=100)],
    text: Annotated[str, Form(max_length=200_000)] = "",
    rationale: Annotated[str, Form(max_length=10_000)] = "",
) -> Anew:
    return Anew(expected, text, rationale)


@router.get("")
async def restate_page(request: Request, db: Db, seat: Restater, amendment: str, start: Start = Start.LAST) -> Response:
    """The words of the amendment, ready to be edited; beside them what they amend, where that has changed."""
    full = await _full(request, db, seat, amendment)
    one = full.amendment
    words, now = in_lines(one), full.clause.clause.text
    if full.is_behind and one.text is not None:
        words = (for_theirs if start is Start.THEIRS else for_ours)(full.base, one.text, now)
    return await _form(request, seat, full, Anew(one.tag, words, one.rationale, is_fresh=start is Start.LAST))


@router.post("/preview")
async def preview(
    request: Request, db: Db, seat: Restater, amendment: str, given: Annotated[Anew, Depends(anew)]
) -> Response:
    """The form again, with what the words typed would change. Nothing is changed."""
    return await _form(request, seat, await _full(request, db, seat, amendment), given)


@router.post("")
async def restate(
    request: Request, db: Db, seat: Restater, amendment: str, given: Annotated[Anew, Depends(anew)]
) -> Response:
    """State it anew; whatever stands in the way, what was typed stays in the form."""
    full = await _full(request, db, seat, amendment)
    one = full.amendment
    try:
        async with db.begin_nested():
            made = await amending.restate(
                db,
                seat,
                amendment,
                given.expected,
                text=given.wording if one.text is not None else None,
                texts=given.lines if one.kind is ChangeKind.SPLIT else None,
                rationale=given.rationale,
            )
    except Problem as refusal:
        current = Anew(one.tag, given.text, given.rationale)
        return await _form(request, seat, full, current, problem=refusal)
    notice = N_("{amendment} is stated anew. Those who stood behind it have to join again.")
    if not one.cosponsors:
        notice = N_("{amendment} is stated anew.")
    address = amendment_address(seat.negotiation, made.amendment)
    return go_to(request, address, said(request, notice, amendment=made.amendment))


async def _full(request: Request, db: Db, seat: Seat, name: str) -> AmendmentInFull:
    return await amendment_in_full(db, seat, await standing_of(request, db, seat), amendment_number(name))


async def _form(
    request: Request, seat: Seat, full: AmendmentInFull, given: Anew, *, problem: Problem | None = None
) -> Response:
    one, found = full.amendment, full.clause
    now = found.clause.text
    if full.to_parent is not None and full.parent is not None:
        now = full.parent.text or ""
    shows_words = one.kind is ChangeKind.REPLACE and bool(given.wording)
    compiled = None
    if shows_words and not one.amends:
        compiled = compiled_with(found, seat.delegation, given.wording, instead_of=one.name)
    return page(
        request,
        "restate.html",
        seat=seat,
        here="amendments",
        status=problem.status if problem is not None else 200,
        full=full,
        one=one,
        given=given,
        runs=diff(now, given.wording) if shows_words else None,
        compiled=compiled,
        words_then=diff(full.base, one.text) if full.disputes and one.text is not None else None,
        text_since=diff(full.base, now) if full.disputes else None,
        problem=problem,
        has_words=one.text is not None or bool(one.texts),
    )
