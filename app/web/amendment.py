"""One amendment: what it would change, who stands behind it, what is said of it, and what a delegation does with it."""

from dataclasses import dataclass, replace
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Query, Request, Response

from app.actions import amending, commenting, cosponsoring, positions, reintroducing, sharing
from app.actions.commenting import Remark
from app.actions.finding import amendment_number
from app.http.server import Db, standing_of
from app.problems import AmendmentConflicts, Problem
from app.rules.amendments import PARAGRAPH_BREAK, AmendmentStatus, Audience, ChangeKind
from app.rules.permissions import Seat
from app.rules.positions import DelegationKind, Stance
from app.rules.standing import Standing
from app.text.resolution import for_ours
from app.views.amendment_pages import AmendmentInFull, amendment_in_full
from app.views.amendments import Amendment
from app.web.addresses import amendment_address
from app.web.amendments import labels_of
from app.web.catalogue import N_
from app.web.pages import go_to, page, said
from app.web.rehearsals import Rehearsal
from app.web.routing import Page
from app.web.session import may

router = APIRouter(prefix="/n/{negotiation}/amendments/{amendment}", include_in_schema=False, route_class=Page)

Reader = Annotated[Seat, Depends(may("negotiation.read"))]
Restater = Annotated[Seat, Depends(may("amendment.restate"))]
Expected = Annotated[str, Form(max_length=100)]
Reason = Annotated[str, Form(max_length=5000)]


@dataclass(frozen=True, slots=True)
class Deciding:
    """What somebody who decides has typed so far: other words in `text`, None for those proposed. Each line of it is a
    paragraph where a split is decided on; `rehearsed` are the words whose effect was shown last, None before."""

    text: str | None = None
    reason: str = ""
    rehearsed: str | None = None


@router.get("")
async def amendment_page(
    request: Request, db: Db, seat: Reader, amendment: str, answer: Annotated[str, Query(max_length=20)] = ""
) -> Response:
    """Everything about one amendment on one page. `answer`: the comment that the form for comments answers."""
    return await shown(request, db, seat, amendment, answering=answer)


async def shown(
    request: Request,
    db: Db,
    seat: Seat,
    name: str,
    *,
    given: Deciding | None = None,
    rehearsal: Rehearsal | None = None,
    problem: Problem | None = None,
    notice: str = "",
    answering: str = "",
) -> Response:
    """The page of an amendment: as it is read, or with what a decision would do, or with what stands in its way."""
    standing = await standing_of(request, db, seat)
    full = await amendment_in_full(db, seat, standing, amendment_number(name))
    one, words, typed = full.amendment, words_to_decide_on(full), given or Deciding()
    return page(
        request,
        "amendment.html",
        seat=seat,
        here="amendments",
        status=problem.status if problem is not None else 200,
        full=full,
        one=one,
        is_ours=one.proposer == seat.delegation and bool(seat.delegation),
        is_open=not one.status.is_settled,
        is_before_the_room=one.status is AmendmentStatus.PROPOSED,
        amends_ours=full.parent is not None and full.parent.proposer == seat.delegation,
        may_be_amended=one.kind is ChangeKind.REPLACE and not one.amends,
        own=next((p for p in one.positions if p.delegation == seat.delegation and not p.via), None),
        given=typed if typed.text is not None else replace(typed, text=words),
        as_proposed=words,
        rehearsal=rehearsal,
        problem=problem,
        told=notice,
        groups=groups_of(standing, seat),
        answering=answering,
        labels=labels_of(standing),
        zone=standing.negotiation.time_zone,
    )


def groups_of(standing: Standing, seat: Seat) -> list[str]:
    """The groups that take part and of which the seat's delegation is a member, or which it is."""
    return [
        one.code
        for one in standing.participants
        if one.kind is DelegationKind.GROUP and seat.delegation and seat.delegation in (one.code, *one.members)
    ]


def words_to_decide_on(full: AmendmentInFull) -> str:
    """The words that would be accepted; where the clause changed the same ones, with all that does not touch them."""
    one = full.amendment
    if full.is_behind and one.text is not None:
        return for_ours(full.base, one.text, full.clause.clause.text)
    return in_lines(one)


def in_lines(one: Amendment) -> str:
    """The words of an amendment as a form has them: of a split, a line for each paragraph."""
    return "\n".join(one.texts) if one.texts else (one.text or "").replace(PARAGRAPH_BREAK, "\n")


# --- standing behind it, saying where one stands --------------------------------------------------------------------


@router.post("/cosponsorship")
async def cosponsor(
    request: Request,
    db: Db,
    seat: Annotated[Seat, Depends(may("amendment.cosponsor"))],
    amendment: str,
    expected: Expected,
) -> Response:
    made = await cosponsoring.cosponsor(db, seat, amendment, expected)
    notice = N_("{delegation} stands behind {amendment}.")
    told = said(request, notice, delegation=seat.delegation, amendment=made.amendment)
    return _back(request, seat, amendment, told)


@router.post("/cosponsorship/withdrawal")
async def leave(
    request: Request,
    db: Db,
    seat: Annotated[Seat, Depends(may("amendment.cosponsor"))],
    amendment: str,
    expected: Expected,
) -> Response:
    made = await cosponsoring.leave(db, seat, amendment, expected)
    notice = N_("{delegation} no longer stands behind {amendment}.")
    told = said(request, notice, delegation=seat.delegation, amendment=made.amendment)
    return _back(request, seat, amendment, told)


@router.post("/position")
async def take_position(
    request: Request,
    db: Db,
    seat: Annotated[Seat, Depends(may("position.take"))],
    amendment: str,
    expected: Expected,
    stance: Annotated[Stance, Form()],
    reason: Reason = "",
) -> Response:
    taken = await positions.take_on_amendment(db, seat, amendment, expected, stance, reason)
    notice = said(request, N_("Your position on {label} is on the record."), label=taken.on)
    return _back(request, seat, amendment, notice)


@router.post("/position/withdrawal")
async def withdraw_position(
    request: Request,
    db: Db,
    seat: Annotated[Seat, Depends(may("position.withdraw"))],
    amendment: str,
    expected: Expected,
) -> Response:
    taken = await positions.withdraw_from_amendment(db, seat, amendment, expected)
    notice = said(request, N_("Your position on {label} is taken back."), label=taken.on)
    return _back(request, seat, amendment, notice)


@router.post("/comments")
async def comment(
    request: Request,
    db: Db,
    seat: Annotated[Seat, Depends(may("comment.write"))],
    amendment: str,
    text: Annotated[str, Form(max_length=20_000)] = "",
    audience: Annotated[Audience, Form()] = Audience.ROOM,
    reply_to: Annotated[str, Form(max_length=20)] = "",
) -> Response:
    remark = Remark(text, amendment=amendment, audience=audience, reply_to=reply_to)
    made = await commenting.comment(db, seat, remark)
    return _back(request, seat, amendment, said(request, N_("Your comment is there.")), f"#{made.comment}")


@router.post("/comments/{comment_name}/retraction")
async def retract_comment(
    request: Request,
    db: Db,
    seat: Annotated[Seat, Depends(may("comment.retract"))],
    amendment: str,
    comment_name: str,
) -> Response:
    await commenting.retract(db, seat, comment_name)
    return _back(request, seat, amendment, said(request, N_("Your comment is taken back.")))


@router.post("/reintroduction")
async def reintroduce(
    request: Request,
    db: Db,
    seat: Annotated[Seat, Depends(may("amendment.reintroduce"))],
    amendment: str,
    expected: Expected,
    rationale: Reason = "",
) -> Response:
    """Bring a withdrawn amendment back in the name of one's own delegation."""
    made = await reintroducing.reintroduce(db, seat, amendment, expected, rationale)
    notice = said(request, N_("{amendment} is before the room."), amendment=made.amendment)
    return _back(request, seat, made.amendment, notice)


# --- what its proposer does -----------------------------------------------------------------------------------------


@router.post("/submission")
async def submit(
    request: Request,
    db: Db,
    seat: Annotated[Seat, Depends(may("amendment.submit"))],
    amendment: str,
    expected: Expected,
) -> Response:
    """Bring a draft before the room; where its clause has changed the same words, on to the page that settles it."""
    try:
        async with db.begin_nested():
            made = await amending.submit(db, seat, amendment, expected)
    except AmendmentConflicts:
        notice = N_("The paragraph has changed the same words since. Settle that first, then bring it before the room.")
        return go_to(request, f"{amendment_address(seat.negotiation, amendment)}/restate", said(request, notice))
    notice = said(request, N_("{amendment} is before the room."), amendment=made.amendment)
    return _back(request, seat, amendment, notice)


@router.post("/sharing")
async def share(
    request: Request,
    db: Db,
    seat: Annotated[Seat, Depends(may("amendment.share"))],
    amendment: str,
    expected: Expected,
    group: Annotated[str, Form(max_length=20)] = "",
) -> Response:
    """Show a draft to a group of one's own; without one, to nobody else any more."""
    if group:
        made = await sharing.share(db, seat, amendment, expected, group)
        notice = said(request, N_("{amendment} is shared with {group}."), amendment=made.amendment, group=group)
    else:
        made = await sharing.keep_back(db, seat, amendment, expected)
        notice = said(request, N_("{amendment} is our delegation's alone again."), amendment=made.amendment)
    return _back(request, seat, amendment, notice)


@router.post("/withdrawal")
async def withdraw(
    request: Request,
    db: Db,
    seat: Annotated[Seat, Depends(may("amendment.withdraw"))],
    amendment: str,
    expected: Expected,
    reason: Reason = "",
) -> Response:
    made = await amending.withdraw(db, seat, amendment, expected, reason)
    notice = N_("{amendment} is withdrawn. It stays on the record.")
    return _back(request, seat, amendment, said(request, notice, amendment=made.amendment))


@router.post("/adoption")
async def take_up(request: Request, db: Db, seat: Restater, amendment: str, expected: Expected) -> Response:
    """Take this sub-amendment up into one's own amendment."""
    made = await amending.take_up(db, seat, amendment, expected)
    notice = said(
        request, N_("{amendment} says now what {sub} proposed."), amendment=made.amendment, sub=amendment.upper()
    )
    return _back(request, seat, made.amendment, notice)


def _back(request: Request, seat: Seat, amendment: str, notice: str, place: str = "") -> Response:
    return go_to(request, amendment_address(seat.negotiation, amendment) + place, notice)
