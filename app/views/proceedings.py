"""The tables of a negotiation as rows that can be compared with what the record tells (app/rules/telling.py)."""

from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.record.proposals import (
    Amendment,
    AmendmentVersion,
    Cosponsorship,
    Position,
    Ruling,
    Silence,
    SilenceClause,
)
from app.record.texts import Clause, ClauseVersion, Negotiation
from app.rules import told_amendments, told_clauses
from app.rules.told_adoption import (
    CorrectionTold,
    DissociationTold,
    ExplanationTold,
    OralRevisionTold,
    StageTold,
    VoteRequestTold,
    VoteTold,
)
from app.rules.told_amendments import DETAILS, AmendmentTold, AmendmentVersionTold, CosponsorTold
from app.rules.told_clauses import (
    ClauseTold,
    ClauseVersionTold,
    PositionTold,
    RulingTold,
    SilenceTold,
    UnderSilenceTold,
)
from app.rules.told_meetings import MeetingTold
from app.rules.told_room import (
    CommentTold,
    HouseTold,
    InvitationTold,
    ParticipationTold,
    ReadingTold,
    RevisionTold,
    SeatTold,
    TranslationTold,
)
from app.rules.told_sponsors import OutreachNoteTold, SponsorshipTold
from app.views.proceedings_adoption import (
    stored_corrections,
    stored_dissociations,
    stored_explanations,
    stored_oral_revisions,
    stored_stages,
    stored_vote_requests,
    stored_votes,
)
from app.views.proceedings_names import Names, Rows
from app.views.proceedings_room import (
    stored_comments,
    stored_house,
    stored_invitations,
    stored_meetings,
    stored_participations,
    stored_readings,
    stored_revisions,
    stored_seats,
    stored_translations,
)
from app.views.proceedings_sponsors import stored_outreach_notes, stored_sponsorships

# --- clauses ----------------------------------------------------------------------------------------------------------


async def _clauses(db: AsyncSession, negotiation: Negotiation, _names: Names) -> Rows:
    rows = await db.scalars(select(Clause).where(Clause.negotiation_id == negotiation.id))
    return {told_clauses.named_clause(row.key): ClauseTold(row.removed_by) for row in rows}


async def _clause_versions(db: AsyncSession, negotiation: Negotiation, names: Names) -> Rows:
    rows = await db.scalars(_of_clauses(negotiation, select(ClauseVersion), ClauseVersion.clause_id))
    return {
        told_clauses.named_version(
            row.number, told_clauses.named_clause(names.clauses[row.clause_id])
        ): ClauseVersionTold(
            text=row.text,
            text_hash=row.text_hash,
            origin=row.origin,
            origin_name=row.origin_name,
            substance=row.substance,
            entry=row.seq,
            created_at=row.created_at,
        )
        for row in rows
    }


async def _positions(db: AsyncSession, negotiation: Negotiation, names: Names) -> Rows:
    rows = await db.scalars(select(Position).where(Position.negotiation_id == negotiation.id))
    return {
        told_clauses.named_position(names.delegation(row.delegation_id), names.subject(row), row.seq): PositionTold(
            delegation=names.delegation(row.delegation_id),
            on=names.subject(row),
            version=row.version,
            stance=row.stance,
            reason=row.reason,
            person=row.person_id,
            taken_at=row.taken_at,
            ended_at=row.ended_at,
        )
        for row in rows
    }


async def _rulings(db: AsyncSession, negotiation: Negotiation, names: Names) -> Rows:
    rows = await db.scalars(_of_clauses(negotiation, select(Ruling), Ruling.clause_id))
    return {
        told_clauses.named_ruling(names.clauses[row.clause_id], row.seq): RulingTold(
            clause=names.clauses[row.clause_id],
            version=row.version,
            kind=row.kind,
            by=row.by,
            pending=tuple(row.pending),
            package=row.package,
            ruled_at=row.ruled_at,
            ended_at=row.ended_at,
            ended_reason=row.ended_reason,
        )
        for row in rows
    }


async def _silences(db: AsyncSession, negotiation: Negotiation, _names: Names) -> Rows:
    rows = await db.scalars(select(Silence).where(Silence.negotiation_id == negotiation.id))
    return {
        f"S{row.number}": SilenceTold(
            opened_at=row.opened_at,
            deadline=row.deadline,
            deadline_to_the_second=row.deadline.replace(microsecond=0),
            opened_entry=row.opened_seq,
            passed_entry=row.passed_seq,
        )
        for row in rows
    }


async def _under_silence(db: AsyncSession, negotiation: Negotiation, names: Names) -> Rows:
    rows = await db.execute(
        select(SilenceClause, Silence.number)
        .join(Silence, SilenceClause.silence_id == Silence.id)
        .where(Silence.negotiation_id == negotiation.id)
    )
    return {
        told_clauses.named_under(names.clauses.get(row.clause_id, "?"), f"S{number}"): UnderSilenceTold(
            clause=names.clauses.get(row.clause_id, "?"),
            silence=f"S{number}",
            version=row.version,
            broken_by=row.broken_by,
            broken_at=row.broken_at,
            broken_reason=row.broken_reason,
            broken_entry=row.broken_seq,
            ended_at=row.ended_at,
        )
        for row, number in rows
    }


# --- amendments -------------------------------------------------------------------------------------------------------


async def _amendments(db: AsyncSession, negotiation: Negotiation, names: Names) -> Rows:
    rows = await db.scalars(select(Amendment).where(Amendment.negotiation_id == negotiation.id))
    return {
        f"A{row.number}": AmendmentTold(
            kind=row.kind,
            clause=names.clauses.get(row.clause_id, "?"),
            amends="" if row.parent_id is None else names.amendments.get(row.parent_id, "?"),
            proposer=names.delegation(row.delegation_id),
            author=row.author_id,
            status=row.status,
            audience=row.audience,
            shared_with=names.delegation(row.group_id),
            reintroduces="" if row.reintroduces_id is None else names.amendments.get(row.reintroduces_id, "?"),
            rationale=row.rationale,
            version=row.current_version,
            conflicts=row.conflicts,
            outcome_reason=row.outcome_reason,
            created_at=row.created_at,
            submitted_at=row.submitted_at,
            settled_at=row.settled_at,
            settled_entry=row.settled_seq,
        )
        for row in rows
    }


async def _amendment_versions(db: AsyncSession, negotiation: Negotiation, names: Names) -> Rows:
    rows = await db.scalars(_of_amendments(negotiation, select(AmendmentVersion), AmendmentVersion.amendment_id))
    return {
        told_clauses.named_version(row.number, names.amendments[row.amendment_id]): AmendmentVersionTold(
            base_version=row.base_version,
            text=row.text,
            details={name: value for name, value in row.details.items() if name in DETAILS},
            origin=row.origin,
            substance=row.substance,
            entry=row.seq,
            created_at=row.created_at,
        )
        for row in rows
    }


async def _cosponsors(db: AsyncSession, negotiation: Negotiation, names: Names) -> Rows:
    of_these = _of_amendments(negotiation, select(Cosponsorship), Cosponsorship.amendment_id)
    times: Counter[tuple[str, str]] = Counter()
    found: dict[str, CosponsorTold] = {}
    for row in await db.scalars(of_these.order_by(Cosponsorship.id)):
        who = names.delegation(row.delegation_id), names.amendments[row.amendment_id]
        times[who] += 1
        found[told_amendments.named_cosponsor(*who, times[who])] = CosponsorTold(row.joined_at, row.left_at)
    return found


# The tables that `chapeau verify` compares with the record, each read in one statement.
STORED: Final[Mapping[type, Callable[[AsyncSession, Negotiation, Names], Awaitable[Rows]]]] = {
    HouseTold: stored_house,
    ParticipationTold: stored_participations,
    SeatTold: stored_seats,
    InvitationTold: stored_invitations,
    ClauseTold: _clauses,
    ClauseVersionTold: _clause_versions,
    AmendmentTold: _amendments,
    AmendmentVersionTold: _amendment_versions,
    CosponsorTold: _cosponsors,
    PositionTold: _positions,
    RulingTold: _rulings,
    SilenceTold: _silences,
    UnderSilenceTold: _under_silence,
    RevisionTold: stored_revisions,
    ReadingTold: stored_readings,
    MeetingTold: stored_meetings,
    CommentTold: stored_comments,
    TranslationTold: stored_translations,
    SponsorshipTold: stored_sponsorships,
    OutreachNoteTold: stored_outreach_notes,
    StageTold: stored_stages,
    OralRevisionTold: stored_oral_revisions,
    VoteRequestTold: stored_vote_requests,
    VoteTold: stored_votes,
    CorrectionTold: stored_corrections,
    ExplanationTold: stored_explanations,
    DissociationTold: stored_dissociations,
}


def _of_clauses(negotiation: Negotiation, rows: Select[Any], clause_id: Any) -> Select[Any]:
    return rows.join(Clause, clause_id == Clause.id).where(Clause.negotiation_id == negotiation.id)


def _of_amendments(negotiation: Negotiation, rows: Select[Any], amendment_id: Any) -> Select[Any]:
    return rows.join(Amendment, amendment_id == Amendment.id).where(Amendment.negotiation_id == negotiation.id)
