"""The tables of the way to adoption as rows that can be compared with what the record tells (told_adoption.py)."""

from collections import defaultdict
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.record.adoption import (
    Ballot,
    Dissociation,
    Explanation,
    OralRevision,
    StageChange,
    Vote,
    VoteCorrection,
    VoteRequest,
)
from app.record.texts import Negotiation
from app.rules.told_adoption import (
    CorrectionTold,
    DissociationTold,
    ExplanationTold,
    OralRevisionTold,
    StageTold,
    VoteRequestTold,
    VoteTold,
    named_correction,
    named_oral_revision,
    named_stage,
)
from app.views.proceedings_names import Names, Rows


async def stored_stages(db: AsyncSession, negotiation: Negotiation, _names: Names) -> Rows:
    rows = await db.scalars(select(StageChange).where(StageChange.negotiation_id == negotiation.id))
    return {
        named_stage(row.seq): StageTold(
            stage=row.stage,
            reason=row.reason,
            symbol=row.symbol,
            day=row.day,
            meeting=row.meeting,
            revision=row.revision,
            reached_at=row.at,
        )
        for row in rows
    }


async def stored_oral_revisions(db: AsyncSession, negotiation: Negotiation, _names: Names) -> Rows:
    rows = await db.scalars(select(OralRevision).where(OralRevision.negotiation_id == negotiation.id))
    return {
        named_oral_revision(row.number): OralRevisionTold(
            row.announced_by, tuple(row.labels), row.revision, row.seq, row.announced_at
        )
        for row in rows
    }


async def stored_vote_requests(db: AsyncSession, negotiation: Negotiation, names: Names) -> Rows:
    rows = await db.scalars(select(VoteRequest).where(VoteRequest.negotiation_id == negotiation.id))
    return {
        f"R{row.number}": VoteRequestTold(
            delegation=names.delegation(row.delegation_id),
            on=_on(row.clause_id, names),
            entry=row.seq,
            requested_at=row.requested_at,
            ended_at=row.ended_at,
            vote="" if row.vote is None else f"V{row.vote}",
        )
        for row in rows
    }


async def stored_votes(db: AsyncSession, negotiation: Negotiation, names: Names) -> Rows:
    """With how each state voted. One statement: a vote has a ballot at least."""
    rows = await db.execute(
        select(Vote, Ballot)
        .outerjoin(Ballot, Ballot.vote_id == Vote.id)
        .where(Vote.negotiation_id == negotiation.id)
        .order_by(Vote.number)
    )
    rolls: dict[int, dict[str, tuple[str, str]]] = defaultdict(dict)
    votes: dict[int, Any] = {}
    for vote, ballot in rows:
        votes[vote.number] = vote
        if ballot is not None:
            rolls[vote.number][ballot.state] = (ballot.name, ballot.choice)
    return {
        f"V{number}": VoteTold(
            on=_on(vote.clause_id, names),
            label=vote.label,
            majority=vote.majority,
            is_carried=vote.is_carried,
            rejects_whole=vote.rejects_whole,
            requested_by=tuple(vote.requested_by),
            day=vote.day,
            meeting=vote.meeting,
            roll=rolls[number],
            entry=vote.seq,
            taken_at=vote.taken_at,
        )
        for number, vote in votes.items()
    }


async def stored_corrections(db: AsyncSession, negotiation: Negotiation, _names: Names) -> Rows:
    rows = await db.execute(
        select(VoteCorrection, Vote.number)
        .join(Vote, VoteCorrection.vote_id == Vote.id)
        .where(Vote.negotiation_id == negotiation.id)
    )
    return {
        named_correction(row.state, f"V{number}", row.seq): CorrectionTold(row.name, row.choice, row.advised_at)
        for row, number in rows
    }


async def stored_explanations(db: AsyncSession, negotiation: Negotiation, names: Names) -> Rows:
    rows = await db.scalars(select(Explanation).where(Explanation.negotiation_id == negotiation.id))
    return {
        f"E{row.number}": ExplanationTold(
            delegation=names.delegation(row.delegation_id),
            person=row.person_id,
            subject=row.subject,
            moment=row.moment,
            text=row.text,
            clauses=tuple(row.clauses),
            entry=row.seq,
            given_at=row.given_at,
        )
        for row in rows
    }


async def stored_dissociations(db: AsyncSession, negotiation: Negotiation, names: Names) -> Rows:
    rows = await db.scalars(select(Dissociation).where(Dissociation.negotiation_id == negotiation.id))
    return {
        f"D{row.number}": DissociationTold(
            delegation=names.delegation(row.delegation_id),
            person=row.person_id,
            clauses=tuple(row.clauses),
            statement=row.statement,
            entry=row.seq,
            declared_at=row.declared_at,
            withdrawn_at=row.withdrawn_at,
        )
        for row in rows
    }


def _on(clause_id: int | None, names: Names) -> str:
    return "" if clause_id is None else names.clauses.get(clause_id, f"clause {clause_id}")
