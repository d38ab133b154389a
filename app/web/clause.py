"""A clause: what it says, what is proposed, who said what, and what is decided on it."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Query, Request, Response

from app.actions import commenting, drafting, positions, ruling
from app.actions.commenting import Remark
from app.http.server import Db, standing_of
from app.record.database import now_of
from app.rules.amendments import AmendmentStatus, Audience
from app.rules.facts import RulingKind
from app.rules.permissions import Seat
from app.rules.positions import Stance
from app.rules.standing import ClauseStanding, Standing
from app.views.amendments import AmendmentFilter, amendments
from app.views.clauses import clause_in, clause_view, difference, versions
from app.views.comments import comments
from app.views.compilations import compiled_clause
from app.views.positions import clause_positions
from app.web.addresses import clause_address
from app.web.amendments import labels_of
from app.web.catalogue import N_
from app.web.pages import go_to, page, said
from app.web.routing import Page
from app.web.session import may

router = APIRouter(prefix="/n/{negotiation}/clauses/{clause}", include_in_schema=False, route_class=Page)

Reader = Annotated[Seat, Depends(may("negotiation.read"))]
Expected = Annotated[str, Form(max_length=100)]
Reason = Annotated[str, Form(max_length=5000)]


@router.get("")
async def clause_page(
    request: Request, db: Db, seat: Reader, clause: str, answer: Annotated[str, Query(max_length=20)] = ""
) -> Response:
    """Everything about one paragraph on one page. `answer`: the comment that the form for comments answers."""
    standing, now = await standing_of(request, db, seat), now_of(db)
    found = clause_in(standing, clause)
    mine = await amendments(db, seat, AmendmentFilter(clause=found.id), limit=200)
    waiting = (AmendmentStatus.PROPOSED, AmendmentStatus.DRAFT)
    before, after = _neighbours(standing, found)
    return page(
        request,
        "clause.html",
        seat=seat,
        here="draft",
        standing=standing,
        tag=found.tag,
        clause=clause_view(found, seat, now),
        compiled=compiled_clause(found),
        open_amendments=[one for one in mine if one.status in waiting],
        settled=[one for one in mine if one.status not in waiting],
        comments=await comments(db, seat, clause_id=found.id, limit=200),
        before=before,
        after=after,
        own=next((p for p in found.facts.positions if p.delegation == seat.delegation and not p.via), None),
        zone=standing.negotiation.time_zone,
        labels=labels_of(standing),
        answering=answer,
        silence=found.facts.silence if found.facts.silence and found.facts.silence.is_running(now) else None,
        now=now,
    )


def _neighbours(standing: Standing, found: ClauseStanding) -> tuple[str, str]:
    """The labels of the paragraphs before and after one, empty at the ends."""
    labels = [clause.label for clause in standing.in_the_text()]
    if found.label not in labels:
        return "", ""
    place = labels.index(found.label)
    return labels[place - 1] if place else "", labels[place + 1] if place + 1 < len(labels) else ""


@router.get("/history")
async def history_page(
    request: Request,
    db: Db,
    seat: Reader,
    clause: str,
    old: Annotated[int | None, Query(ge=1)] = None,
    new: Annotated[int | None, Query(ge=1)] = None,
) -> Response:
    """Every text it has had, any two compared, and every position ever taken on it."""
    standing = await standing_of(request, db, seat)
    found = clause_in(standing, clause)
    later = new or found.clause.version
    earlier = old or max(1, later - 1)
    return page(
        request,
        "clause_history.html",
        seat=seat,
        here="draft",
        standing=standing,
        found=found,
        versions=await versions(db, found),
        old=earlier,
        new=later,
        difference=await difference(db, found, earlier, later),
        positions=await clause_positions(db, seat, found, limit=500),
        zone=standing.negotiation.time_zone,
    )


@router.post("/position")
async def take_position(
    request: Request,
    db: Db,
    seat: Annotated[Seat, Depends(may("position.take"))],
    clause: str,
    expected: Expected,
    stance: Annotated[Stance, Form()],
    reason: Reason = "",
) -> Response:
    await positions.take_on_clause(db, seat, clause, expected, stance, reason)
    return _back(request, seat, clause, said(request, N_("Your position on {label} is on the record."), label=clause))


@router.post("/position/withdrawal")
async def withdraw_position(
    request: Request,
    db: Db,
    seat: Annotated[Seat, Depends(may("position.withdraw"))],
    clause: str,
    expected: Expected,
) -> Response:
    await positions.withdraw_from_clause(db, seat, clause, expected)
    return _back(request, seat, clause, said(request, N_("Your position on {label} is taken back."), label=clause))


@router.post("/comments")
async def comment(
    request: Request,
    db: Db,
    seat: Annotated[Seat, Depends(may("comment.write"))],
    clause: str,
    text: Annotated[str, Form(max_length=20_000)] = "",
    audience: Annotated[Audience, Form()] = Audience.ROOM,
    reply_to: Annotated[str, Form(max_length=20)] = "",
) -> Response:
    made = await commenting.comment(db, seat, Remark(text, clause=clause, audience=audience, reply_to=reply_to))
    return _back(request, seat, clause, said(request, N_("Your comment is there.")), f"#{made.comment}")


@router.post("/comments/{name}/retraction")
async def retract_comment(
    request: Request,
    db: Db,
    seat: Annotated[Seat, Depends(may("comment.retract"))],
    clause: str,
    name: str,
) -> Response:
    await commenting.retract(db, seat, name)
    return _back(request, seat, clause, said(request, N_("Your comment is taken back.")))


@router.post("/ruling")
async def rule(
    request: Request,
    db: Db,
    seat: Annotated[Seat, Depends(may("clause.rule"))],
    clause: str,
    expected: Expected,
    kind: Annotated[RulingKind, Form()],
    pending: Annotated[str, Form(max_length=2000)] = "",
    package: Annotated[str, Form(max_length=200)] = "",
) -> Response:
    codes = [code for code in pending.replace(",", " ").upper().split() if code]
    await ruling.rule(db, seat, clause, expected, kind, codes, package)
    return _back(request, seat, clause, said(request, N_("The ruling on {label} is on the record."), label=clause))


@router.post("/reopening")
async def reopen(
    request: Request,
    db: Db,
    seat: Annotated[Seat, Depends(may("clause.reopen"))],
    clause: str,
    expected: Expected,
    reason: Reason = "",
) -> Response:
    await ruling.reopen(db, seat, clause, expected, reason)
    return _back(request, seat, clause, said(request, N_("{label} is open again."), label=clause))


@router.post("/edit")
async def edit(
    request: Request,
    db: Db,
    seat: Annotated[Seat, Depends(may("clause.edit"))],
    clause: str,
    expected: Expected,
    text: Annotated[str, Form(max_length=200_000)] = "",
    reason: Reason = "",
) -> Response:
    made = await drafting.edit(db, seat, clause, expected, text, reason)
    notice = said(request, N_("{label} has version {version}."), label=made.label, version=made.version)
    return _back(request, seat, clause, notice)


def _back(request: Request, seat: Seat, clause: str, notice: str, place: str = "") -> Response:
    return go_to(request, clause_address(seat.negotiation, clause) + place, notice)
