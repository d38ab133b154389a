"""From the working group to adoption: stages, tabling, oral revisions, votes, the action, and what is said about it."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Request, Response

from app.actions import (
    adopting,
    dissociating,
    explaining,
    revising_orally,
    staging,
    tabling,
    vote_requests,
    voting,
)
from app.api.adoption_inputs import (
    AdoptionIn,
    CorrectionIn,
    DissociationIn,
    ExplanationIn,
    OralRevisionIn,
    ParagraphVoteIn,
    StageIn,
    TablingIn,
    VoteRequestIn,
)
from app.api.context import Db, may, standing_of
from app.api.transactions import Once, Transaction
from app.api.versions import NoneMatch, head_tag, tag_answer, version_in
from app.rules.permissions import Seat
from app.views import adoption as views

router = APIRouter(prefix="/negotiations/{negotiation}", tags=["adoption"], route_class=Transaction)


@router.get("/adoption", operation_id="getAdoption", summary="Read the way of the text to adoption")
async def get_adoption(
    request: Request,
    response: Response,
    db: Db,
    seat: Annotated[Seat, Depends(may("negotiation.read"))],
    _known: NoneMatch = None,
) -> views.Adoption:
    """Its stages with their days, how it was tabled, what was revised orally, the votes with how each state voted, the
    adoption, explanations, and dissociations as they are printed with the numbers of now."""
    tag_answer(request, response, head_tag(seat.negotiation, request.state.head_seq))
    return await views.adoption(db, await standing_of(request, db, seat))


@router.post("/stage", operation_id="moveToStage", summary="Move the text to another stage")
async def move_to_stage(
    db: Db, seat: Annotated[Seat, Depends(may("stage.advance"))], _once: Once, to: StageIn
) -> staging.Advanced:
    """On between the zero draft, the working group and the permanent representations; back, with a reason."""
    return await staging.advance(db, seat, to.stage, to.reason)


@router.post("/tabling", operation_id="tableText", summary="Table the text")
async def table_text(
    db: Db, seat: Annotated[Seat, Depends(may("text.table"))], _once: Once, new: TablingIn
) -> tabling.Tabled:
    """Its paragraphs are numbered afresh, and it is kept “as tabled” under its symbol. From then on it is no longer
    negotiated: its sponsors can revise it orally, and the Assembly acts on it."""
    return await tabling.table(db, seat, new.to_submission())


@router.post("/oral-revisions", status_code=201, operation_id="reviseOrally", summary="Revise the tabled text orally")
async def revise_orally(
    db: Db, seat: Annotated[Seat, Depends(may("text.revise_orally"))], _once: Once, new: OralRevisionIn
) -> revising_orally.Revised:
    """All of it or nothing. The text is kept “as orally revised”; what differs from “as tabled” is under /changes."""
    read_out = [change.to_read_out() for change in new.changes]
    return await revising_orally.revise_orally(db, seat, read_out, new.announced_by)


@router.post("/vote-requests", status_code=201, operation_id="requestVote", summary="Ask for a recorded vote")
async def request_vote(
    db: Db, seat: Annotated[Seat, Depends(may("vote.request"))], _once: Once, new: VoteRequestIn
) -> vote_requests.Requested:
    """On the whole text, or a separate one on a paragraph. The text is not adopted without it while the request
    stands."""
    return await vote_requests.request_vote(db, seat, new.clause, new.delegation)


@router.delete("/vote-requests/{request}", operation_id="withdrawVoteRequest", summary="Withdraw a request for a vote")
async def withdraw_vote_request(
    db: Db,
    seat: Annotated[Seat, Depends(may("vote.request"))],
    request: Annotated[str, Path(max_length=20, description="The request, such as `R1`.")],
) -> vote_requests.Requested:
    """Your delegation does not ask for a vote any more."""
    return await vote_requests.withdraw_request(db, seat, request)


@router.post("/votes", status_code=201, operation_id="recordVote", summary="Record a separate vote on a paragraph")
async def record_vote(
    db: Db, seat: Annotated[Seat, Depends(may("vote.record"))], _once: Once, new: ParagraphVoteIn
) -> voting.Voted:
    """The paragraph is retained or leaves the text. Abstentions are not votes; when votes are equally divided, it is
    rejected. When no operative paragraph is left, so is the whole text."""
    return await voting.vote_on_paragraph(db, seat, new.clause, version_in(new.etag), new.to_roll(new.day, new.meeting))


@router.post("/votes/{vote}/corrections", status_code=201, operation_id="correctVote", summary="Correct a vote")
async def correct_vote(
    db: Db,
    seat: Annotated[Seat, Depends(may("vote.correct"))],
    _once: Once,
    vote: Annotated[str, Path(max_length=20, description="The vote, such as `V1`.")],
    new: CorrectionIn,
) -> voting.Corrected:
    """A state advises that it had intended to vote otherwise: recorded beside the vote, whose result stands."""
    return await voting.correct_vote(db, seat, vote, new.intended, new.state)


@router.post("/adoption", operation_id="adoptText", summary="Record the action on the text")
async def adopt_text(
    db: Db, seat: Annotated[Seat, Depends(may("text.adopt"))], _once: Once, new: AdoptionIn
) -> adopting.Acted:
    """Adopted without a vote, which nobody may have asked for, or by a recorded vote. What is adopted has its final
    numbers and is closed for ever; what a vote rejects stays tabled, with the vote on record."""
    return await adopting.adopt(db, seat, new.to_action())


@router.post("/explanations", status_code=201, operation_id="explain", summary="Explain a position or a vote")
async def explain(
    db: Db, seat: Annotated[Seat, Depends(may("explanation.give"))], _once: Once, new: ExplanationIn
) -> explaining.Explained:
    """Before or after the action, on the whole text or on the paragraphs named."""
    return await explaining.explain(db, seat, new.to_statement())


@router.post(
    "/dissociations",
    status_code=201,
    operation_id="dissociate",
    summary="Dissociate a delegation from paragraphs",
)
async def dissociate(
    db: Db, seat: Annotated[Seat, Depends(may("dissociation.declare"))], _once: Once, new: DissociationIn
) -> dissociating.Dissociated:
    """It joins the consensus except on these paragraphs: its objections and reservations there end, and consensus can
    be ruled. It stays with the paragraphs and is printed with their final numbers."""
    return await dissociating.declare(db, seat, new.clauses, new.statement, new.delegation)


@router.delete("/dissociations/{dissociation}", operation_id="withdrawDissociation", summary="Withdraw a dissociation")
async def withdraw_dissociation(
    db: Db,
    seat: Annotated[Seat, Depends(may("dissociation.withdraw"))],
    dissociation: Annotated[str, Path(max_length=20, description="The dissociation, such as `D1`.")],
) -> dissociating.Dissociated:
    """The delegation is part of the consensus on those paragraphs too."""
    return await dissociating.withdraw(db, seat, dissociation)
