"""Proposing: a delegate edits the paragraph in place, sees the tracked change and the compilation, and sends it."""

import re
from dataclasses import dataclass, replace
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Query, Request, Response

from app.actions import amending
from app.actions.finding import amendment_number
from app.actions.proposals import Proposal
from app.http.server import Db, standing_of
from app.problems import Problem
from app.rules.amendments import Audience, ChangeKind
from app.rules.permissions import Seat
from app.rules.standing import ClauseStanding, Standing
from app.text.clauses import Kind
from app.text.diff import diff
from app.text.merge import Absorbed, Clean, Conflict, rebase
from app.views.amendments import amendment
from app.views.clauses import clause_in, version
from app.views.compilations import compiled_with
from app.web.addresses import clause_address
from app.web.amendment import groups_of
from app.web.catalogue import N_
from app.web.pages import go_to, page, said
from app.web.routing import Page
from app.web.session import may

router = APIRouter(prefix="/n/{negotiation}/clauses/{clause}/propose", include_in_schema=False, route_class=Page)

Proposer = Annotated[Seat, Depends(may("amendment.propose"))]
_LINES = re.compile(r"\s*[\r\n]+\s*")
_WITH_WORDS = frozenset({ChangeKind.REPLACE, ChangeKind.INSERT, ChangeKind.ALTERNATIVE, ChangeKind.MERGE})


@dataclass(frozen=True, slots=True)
class Typed:
    """What somebody has typed so far. In `text` each line is a paragraph where the proposal is to split one."""

    kind: ChangeKind
    text: str
    rationale: str = ""
    after: str = ""
    merges: str = ""
    level: int | None = None
    amends: str = ""
    audience: Audience = Audience.ROOM
    expected: str = ""
    group: str = ""

    @property
    def wording(self) -> str:
        return _LINES.sub(" ", self.text).strip()

    def proposal(self, clause: str) -> Proposal:
        lines = tuple(line.strip() for line in self.text.splitlines() if line.strip())
        return Proposal(
            kind=self.kind,
            clause="" if self.amends else clause,
            text=self.wording if self.kind in _WITH_WORDS else None,
            texts=lines if self.kind is ChangeKind.SPLIT else None,
            rationale=self.rationale,
            level=self.level if self.kind is ChangeKind.INSERT else None,
            after=self.after if self.kind is ChangeKind.MOVE else None,
            merges=tuple(self.merges.replace(",", "\n").split("\n")) if self.kind is ChangeKind.MERGE else None,
            amends=self.amends,
            audience=self.audience,
            group=self.group,
        )


async def typed(
    kind: Annotated[ChangeKind, Form()],
    expected: Annotated[str, Form(max_length=100)],
    text: Annotated[str, Form(max_length=200_000)] = "",
    rationale: Annotated[str, Form(max_length=10_000)] = "",
    after: Annotated[str, Form(max_length=100)] = "",
    merges: Annotated[str, Form(max_length=2_000)] = "",
    level: Annotated[int | None, Form(ge=1, le=6)] = None,
    amends: Annotated[str, Form(max_length=20)] = "",
    audience: Annotated[Audience, Form()] = Audience.ROOM,
    group: Annotated[str, Form(max_length=20)] = "",
) -> Typed:
    shared_with = group if audience is Audience.GROUP else ""
    return Typed(kind, text, rationale, after, merges, level, amends, audience, expected, shared_with)


@router.get("")
async def propose_page(
    request: Request,
    db: Db,
    seat: Proposer,
    clause: str,
    kind: ChangeKind = ChangeKind.REPLACE,
    amends: Annotated[str, Query(max_length=20)] = "",
) -> Response:
    """The paragraph, ready to be edited."""
    standing = await standing_of(request, db, seat)
    found = clause_in(standing, clause)
    if amends:
        parent = await amendment(db, seat, amendment_number(amends))
        return await _form(
            request, db, seat, Typed(ChangeKind.REPLACE, parent.text or "", amends=amends, expected=parent.tag), found
        )
    text = "" if kind is ChangeKind.INSERT else found.clause.text
    return await _form(request, db, seat, Typed(kind, text, level=found.clause.level, expected=found.tag), found)


@router.post("/preview")
async def preview(
    request: Request, db: Db, seat: Proposer, clause: str, given: Annotated[Typed, Depends(typed)]
) -> Response:
    """The form again, with what the proposal would look like. Nothing is changed."""
    found = clause_in(await standing_of(request, db, seat), clause)
    return await _form(request, db, seat, given, found)


@router.post("")
async def propose(
    request: Request, db: Db, seat: Proposer, clause: str, given: Annotated[Typed, Depends(typed)]
) -> Response:
    """Put it before the room, or keep it as a draft. Where the paragraph has moved meanwhile the words are carried over
    and shown again; whatever stands in the way, what was typed stays in the form."""
    found = clause_in(await standing_of(request, db, seat), clause)
    if not given.amends and given.expected != found.tag:
        return await _carried_over(request, db, seat, given, found)
    try:
        async with db.begin_nested():
            made = await amending.propose(db, seat, given.proposal(found.label), given.expected)
    except Problem as refusal:
        return await _form(request, db, seat, given, found, problem=refusal)
    notice = (
        N_("{amendment} is before the room.") if given.audience is Audience.ROOM else N_("{amendment} is kept for you.")
    )
    address = clause_address(seat.negotiation, found.label)
    return go_to(request, f"{address}#{made.amendment}", said(request, notice, amendment=made.amendment))


async def _carried_over(request: Request, db: Db, seat: Seat, given: Typed, found: ClauseStanding) -> Response:
    """The paragraph has changed since it was opened: the words typed, carried over to what it says now."""
    base = given.expected.partition(".v")[2]
    outcome: Clean | Absorbed | Conflict = Conflict(())
    if given.kind is ChangeKind.REPLACE and base.isdigit() and int(base) <= found.clause.version:
        outcome = rebase(given.wording, (await version(db, found, int(base))).text, found.clause.text)
    match outcome:
        case Clean(text):
            notice = N_("The paragraph has changed since you opened it. Your words were carried over: look again.")
        case Absorbed():
            notice = N_("The paragraph has changed since you opened it, and says now what you propose.")
            text = given.text
        case Conflict():
            notice = N_("The paragraph has changed in the same words since you opened it. Compare, and send again.")
            text = given.text
    anew = replace(given, text=text, expected=found.tag)
    return await _form(request, db, seat, anew, found, notice=said(request, notice))


async def _form(
    request: Request,
    db: Db,
    seat: Seat,
    given: Typed,
    found: ClauseStanding,
    *,
    problem: Problem | None = None,
    notice: str = "",
) -> Response:
    standing = await standing_of(request, db, seat)
    base = found.clause.text
    if given.amends:
        base = (await amendment(db, seat, amendment_number(given.amends))).text or ""
    shows_words = given.kind is ChangeKind.REPLACE and bool(given.wording)
    return page(
        request,
        "propose.html",
        seat=seat,
        here="draft",
        status=problem.status if problem is not None else 200,
        standing=standing,
        clause=found.clause,
        given=given,
        runs=diff(base, given.wording) if shows_words else None,
        compiled=compiled_with(found, seat.delegation, given.wording) if shows_words and not given.amends else None,
        labels=_places(standing, found),
        following=_following(found, [one.label for one in standing.in_the_text()]),
        problem=problem,
        carried=notice,
        groups=groups_of(standing, seat),
    )


def _places(standing: Standing, found: ClauseStanding) -> list[str]:
    """The labels behind which the paragraph can go: nothing of the text comes before the opening line."""
    return [
        one.label for one in standing.in_the_text() if one.label != found.label and one.clause.kind is not Kind.TITLE
    ]


def _following(found: ClauseStanding, labels: list[str]) -> str:
    """The label of the paragraph behind one, empty for the last."""
    place = labels.index(found.label) + 1 if found.label in labels else len(labels)
    return labels[place] if place < len(labels) else ""
