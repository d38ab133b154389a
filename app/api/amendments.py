"""Amendments: what delegations propose, who stands behind it, and what becomes of it."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Request, Response

from app.actions import amending, cosponsoring, deciding, positions, reintroducing, sharing
from app.actions.finding import amendment_number
from app.actions.putting import Proposed
from app.api.context import may
from app.api.inputs import (
    AcceptanceIn,
    AmendmentIn,
    OptionalReasonIn,
    PositionIn,
    ReasonIn,
    RehearsalIn,
    ReintroductionIn,
    RestatementIn,
    SharingIn,
)
from app.api.paging import Cursor, Limit, Page, after_number, page_of
from app.api.transactions import Once, Transaction
from app.api.versions import Expected, NoneMatch, day_tag, head_tag, tag_answer, tag_written
from app.http.server import Db, standing_of
from app.record.database import now_of
from app.rules.amendments import AmendmentStatus
from app.rules.permissions import Seat
from app.rules.standing import version_tag
from app.views import amendments as views
from app.views.clauses import clause_in
from app.views.positions import PositionTaken, amendment_positions

router = APIRouter(prefix="/negotiations/{negotiation}/amendments", tags=["amendments"], route_class=Transaction)

Name = Annotated[str, Path(max_length=20, description="The amendment, such as `A12`.")]
Reader = Annotated[Seat, Depends(may("negotiation.read"))]
Decider = Annotated[Seat, Depends(may("amendment.decide"))]


@router.get("", operation_id="listAmendments", summary="List amendments")
async def list_amendments(
    request: Request,
    response: Response,
    db: Db,
    seat: Reader,
    clause: Annotated[str | None, Query(max_length=100, description="Only those to this clause.")] = None,
    status: Annotated[AmendmentStatus | None, Query(description="Only those in this state.")] = None,
    proposer: Annotated[str | None, Query(max_length=20, description="Only those of this delegation.")] = None,
    limit: Limit = 50,
    cursor: Cursor = None,
    _known: NoneMatch = None,
) -> Page[views.Amendment]:
    """In the order in which they were proposed, settled ones too.

    Drafts are shown to their delegation, and to the group with which they are shared.
    """
    tag_answer(request, response, day_tag(head_tag(seat.negotiation, request.state.head_seq), now_of(db)))
    clause_id = None if clause is None else clause_in(await standing_of(request, db, seat), clause).id
    wanted = views.AmendmentFilter(clause_id, status, proposer)
    found = await views.amendments(db, seat, wanted, after=after_number(cursor), limit=limit + 1)
    return page_of(found, limit, lambda amendment: amendment_number(amendment.name))


@router.post("", status_code=201, operation_id="proposeAmendment", summary="Propose an amendment")
async def propose_amendment(
    request: Request,
    response: Response,
    db: Db,
    seat: Annotated[Seat, Depends(may("amendment.propose"))],
    _once: Once,
    proposal: AmendmentIn,
    expected: Expected,
) -> Proposed:
    """In the name of your delegation. If-Match takes the ETag of the clause as you read it."""
    made = await amending.propose(db, seat, proposal.to_proposal(), expected)
    response.headers["Location"] = f"{request.url.path}/{made.amendment}"
    tag_written(response, made.tag, made.seq)
    return made


@router.get("/{amendment}", operation_id="getAmendment", summary="Read an amendment")
async def get_amendment(
    request: Request, response: Response, db: Db, seat: Reader, amendment: Name, _known: NoneMatch = None
) -> views.Amendment:
    """With its difference to the text, who stands behind it, who says what on it, and its outcome."""
    found = await views.amendment(db, seat, amendment_number(amendment))
    tag = f"{version_tag(found.name, found.version)}@{request.state.head_seq}"
    tag_answer(request, response, day_tag(tag, now_of(db)))
    return found


@router.get("/{amendment}/versions", operation_id="listAmendmentVersions", summary="Read all it has said")
async def list_amendment_versions(db: Db, seat: Reader, amendment: Name) -> Sequence[views.AmendmentVersionView]:
    """As proposed, as restated, and as carried over when its clause moved. The original words are always kept."""
    return await views.amendment_versions(db, seat, amendment_number(amendment))


@router.get(
    "/{amendment}/positions", operation_id="listPositionsOnAmendment", summary="Read every position taken on it"
)
async def list_positions_on_amendment(
    request: Request,
    response: Response,
    db: Db,
    seat: Reader,
    amendment: Name,
    limit: Limit = 50,
    cursor: Cursor = None,
    _known: NoneMatch = None,
) -> Page[PositionTaken]:
    """Oldest first, and how each ended: replaced, withdrawn, or lapsed because it was stated anew."""
    number = amendment_number(amendment)
    taken = await amendment_positions(db, seat, number, after=after_number(cursor), limit=limit + 1)
    tag_answer(request, response, head_tag(seat.negotiation, request.state.head_seq))
    return page_of(taken, limit, lambda position: position.seq)


@router.put("/{amendment}", operation_id="restateAmendment", summary="State your amendment anew")
async def restate_amendment(
    response: Response,
    db: Db,
    seat: Annotated[Seat, Depends(may("amendment.restate"))],
    amendment: Name,
    anew: RestatementIn,
    expected: Expected,
) -> Proposed:
    """With other words or another rationale, on the present version of the clause. Co-sponsors have to join again."""
    made = await amending.restate(
        db,
        seat,
        amendment,
        expected,
        text=anew.text,
        texts=None if anew.texts is None else tuple(anew.texts),
        rationale=anew.rationale,
    )
    tag_written(response, made.tag, made.seq)
    return made


@router.post("/{amendment}/share", operation_id="shareAmendment", summary="Share your draft with a group")
async def share_amendment(
    response: Response,
    db: Db,
    seat: Annotated[Seat, Depends(may("amendment.share"))],
    _once: Once,
    amendment: Name,
    with_whom: SharingIn,
    expected: Expected,
) -> Proposed:
    """With one of which your delegation is a member, before it is for the room. It stays a draft: the others of the
    group see it, comment on it and co-sponsor it, and nobody else learns of it."""
    made = await sharing.share(db, seat, amendment, expected, with_whom.group)
    tag_written(response, made.tag, made.seq)
    return made


@router.delete("/{amendment}/share", operation_id="keepBackAmendment", summary="Take your draft back from the group")
async def keep_back_amendment(
    response: Response,
    db: Db,
    seat: Annotated[Seat, Depends(may("amendment.share"))],
    amendment: Name,
    expected: Expected,
) -> Proposed:
    """It is your delegation's alone again, and its co-sponsors are released."""
    made = await sharing.keep_back(db, seat, amendment, expected)
    tag_written(response, made.tag, made.seq)
    return made


@router.post(
    "/{amendment}/submission",
    operation_id="submitAmendment",
    summary="Bring your draft before the room",
)
async def submit_amendment(
    response: Response,
    db: Db,
    seat: Annotated[Seat, Depends(may("amendment.submit"))],
    _once: Once,
    amendment: Name,
    expected: Expected,
) -> Proposed:
    """It is carried over to the present wording of its clause; where both change the same words, restate it first."""
    made = await amending.submit(db, seat, amendment, expected)
    tag_written(response, made.tag, made.seq)
    return made


@router.post("/{amendment}/withdrawal", operation_id="withdrawAmendment", summary="Withdraw your amendment")
async def withdraw_amendment(
    response: Response,
    db: Db,
    seat: Annotated[Seat, Depends(may("amendment.withdraw"))],
    _once: Once,
    amendment: Name,
    why: OptionalReasonIn,
    expected: Expected,
) -> Proposed:
    """It stays on the record as withdrawn."""
    made = await amending.withdraw(db, seat, amendment, expected, why.reason)
    tag_written(response, made.tag, made.seq)
    return made


@router.post(
    "/{amendment}/reintroduce",
    status_code=201,
    operation_id="reintroduceAmendment",
    summary="Reintroduce a withdrawn amendment",
)
async def reintroduce_amendment(
    request: Request,
    response: Response,
    db: Db,
    seat: Annotated[Seat, Depends(may("amendment.reintroduce"))],
    _once: Once,
    amendment: Name,
    anew: ReintroductionIn,
    expected: Expected,
) -> Proposed:
    """In the name of your delegation, with its words, carried over to the present wording of the clause. Any may.

    It counts as a new proposal. If-Match takes the ETag of the withdrawn one.
    """
    made = await reintroducing.reintroduce(db, seat, amendment, expected, anew.rationale)
    response.headers["Location"] = f"{request.url.path.rsplit('/', 2)[0]}/{made.amendment}"
    tag_written(response, made.tag, made.seq)
    return made


@router.put("/{amendment}/cosponsorship", operation_id="cosponsorAmendment", summary="Co-sponsor an amendment")
async def cosponsor_amendment(
    db: Db, seat: Annotated[Seat, Depends(may("amendment.cosponsor"))], amendment: Name, expected: Expected
) -> cosponsoring.Behind:
    """Put your delegation behind another's proposal, as it reads in the version you have read."""
    return await cosponsoring.cosponsor(db, seat, amendment, expected)


@router.delete("/{amendment}/cosponsorship", operation_id="leaveAmendment", summary="Take your co-sponsorship back")
async def leave_amendment(
    db: Db, seat: Annotated[Seat, Depends(may("amendment.cosponsor"))], amendment: Name, expected: Expected
) -> cosponsoring.Behind:
    """Your delegation no longer stands behind it."""
    return await cosponsoring.leave(db, seat, amendment, expected)


@router.put(
    "/{amendment}/position",
    operation_id="takePositionOnAmendment",
    summary="Say where your delegation stands on an amendment",
)
async def take_position_on_amendment(
    db: Db,
    seat: Annotated[Seat, Depends(may("position.take"))],
    amendment: Name,
    position: PositionIn,
    expected: Expected,
) -> positions.Taken:
    """It advises those who hold the pen; by itself it decides nothing."""
    return await positions.take_on_amendment(db, seat, amendment, expected, position.stance, position.reason)


@router.delete(
    "/{amendment}/position",
    operation_id="withdrawPositionOnAmendment",
    summary="Take back your position on an amendment",
)
async def withdraw_position_on_amendment(
    db: Db, seat: Annotated[Seat, Depends(may("position.withdraw"))], amendment: Name, expected: Expected
) -> positions.Taken:
    """Your delegation is silent on it again."""
    return await positions.withdraw_from_amendment(db, seat, amendment, expected)


@router.post("/{amendment}/acceptance", operation_id="acceptAmendment", summary="Accept an amendment")
async def accept_amendment(
    response: Response, db: Db, seat: Decider, _once: Once, amendment: Name, how: AcceptanceIn, expected: Expected
) -> deciding.Decided:
    """The text gets a new version; the other open amendments are carried over, and the answer says how each fared."""
    made = await deciding.accept(db, seat, amendment, expected, with_texts=how.with_texts(), reason=how.reason)
    tag_written(response, made.tag, made.seq)
    return made


@router.post("/{amendment}/rejection", operation_id="rejectAmendment", summary="Reject an amendment")
async def reject_amendment(
    response: Response, db: Db, seat: Decider, _once: Once, amendment: Name, why: ReasonIn, expected: Expected
) -> deciding.Decided:
    """With a reason, which stays with it."""
    made = await deciding.reject(db, seat, amendment, expected, why.reason)
    tag_written(response, made.tag, made.seq)
    return made


@router.post(
    "/{amendment}/rehearsal",
    operation_id="rehearseAmendment",
    summary="See what accepting an amendment would do",
)
async def rehearse_amendment(
    db: Db,
    seat: Annotated[Seat, Depends(may("amendment.rehearse"))],
    _once: Once,
    amendment: Name,
    how: RehearsalIn,
    expected: Expected,
) -> deciding.Decided:
    """To the text and to each of the other open amendments: carried out and undone, so that nothing is left of it."""
    return await deciding.rehearse(db, seat, amendment, expected, with_texts=how.with_texts())


@router.post(
    "/{amendment}/adoption",
    operation_id="takeUpAmendment",
    summary="Take a sub-amendment up into your amendment",
)
async def take_up_amendment(
    response: Response,
    db: Db,
    seat: Annotated[Seat, Depends(may("amendment.restate"))],
    _once: Once,
    amendment: Name,
    expected: Expected,
) -> Proposed:
    """A friendly amendment: yours then says what the sub-amendment says. The answer is your amendment."""
    made = await amending.take_up(db, seat, amendment, expected)
    tag_written(response, made.tag, made.seq)
    return made
