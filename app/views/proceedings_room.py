"""The tables of the room as rows that can be compared with what the record tells (app/rules/told_room.py)."""

import hashlib
from collections import defaultdict

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.record.comments import Comment
from app.record.invitations import Invitation
from app.record.meetings import Meeting, MeetingClause
from app.record.people import Participation, Seat
from app.record.proposals import Reading, Revision
from app.record.texts import Clause, Negotiation
from app.record.translations import Translation
from app.rules import told_room
from app.rules.meetings import hour, meeting_name
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
from app.views.proceedings_names import Names, Rows


async def stored_house(_db: AsyncSession, negotiation: Negotiation, _names: Names) -> Rows:
    return {
        told_room.HOUSE: HouseTold(
            visibility=negotiation.visibility,
            time_zone=negotiation.time_zone,
            least_silence_in_seconds=negotiation.silence_least_seconds,
            submissions_until=negotiation.submissions_until,
            sponsors_until=negotiation.sponsors_until,
            warning_of_a_silence_in_seconds=negotiation.silence_warning_seconds,
        )
    }


async def stored_participations(db: AsyncSession, negotiation: Negotiation, names: Names) -> Rows:
    rows = await db.scalars(select(Participation).where(Participation.negotiation_id == negotiation.id))
    return {
        told_room.named_participation(code): ParticipationTold(code, row.role, row.invited_at)
        for row in rows
        for code in (names.delegation(row.delegation_id),)
    }


async def stored_seats(db: AsyncSession, negotiation: Negotiation, names: Names) -> Rows:
    rows = await db.scalars(select(Seat).where(Seat.negotiation_id == negotiation.id))
    return {
        told_room.named_seat(row.person_id): SeatTold(names.delegation(row.delegation_id), row.role, row.taken_at)
        for row in rows
    }


async def stored_invitations(db: AsyncSession, negotiation: Negotiation, names: Names) -> Rows:
    rows = await db.scalars(select(Invitation).where(Invitation.negotiation_id == negotiation.id))
    return {
        f"I{row.number}": InvitationTold(
            delegation=names.delegation(row.delegation_id),
            role=row.role,
            person=row.sent_by,
            sender=names.delegation(row.sent_for_id),
            sent_at=row.sent_at,
            expires_at=row.expires_at,
            accepted_at=row.accepted_at,
            accepted_by=row.accepted_by,
            revoked_at=row.revoked_at,
        )
        for row in rows
    }


async def stored_revisions(db: AsyncSession, negotiation: Negotiation, _names: Names) -> Rows:
    rows = await db.scalars(select(Revision).where(Revision.negotiation_id == negotiation.id))
    return {
        told_room.named_revision(row.number): RevisionTold(
            name=row.name,
            hash=row.source_hash,
            labels=row.labels,
            entry=row.seq,
            published_at=row.published_at,
            is_as_hashed=hashlib.sha256(row.source.encode()).hexdigest() == row.source_hash,
        )
        for row in rows
    }


async def stored_readings(db: AsyncSession, negotiation: Negotiation, _names: Names) -> Rows:
    rows = await db.scalars(select(Reading).where(Reading.negotiation_id == negotiation.id))
    return {
        told_room.named_reading(row.number): ReadingTold(
            opened_at=row.opened_at,
            opened_entry=row.opened_seq,
            opening_counts=row.opening_counts or {},
            closed_at=row.closed_at,
            closed_entry=row.closed_seq,
            closing_counts=row.closing_counts,
        )
        for row in rows
    }


async def stored_meetings(db: AsyncSession, negotiation: Negotiation, _names: Names) -> Rows:
    rows = await db.execute(
        select(Meeting, MeetingClause, Clause.key)
        .outerjoin(MeetingClause, MeetingClause.meeting_id == Meeting.id)
        .outerjoin(Clause, MeetingClause.clause_id == Clause.id)
        .where(Meeting.negotiation_id == negotiation.id)
        .order_by(Meeting.number, MeetingClause.place)
    )
    meetings: dict[str, Meeting] = {}
    clauses: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for meeting, discussed, key in rows:
        name = meeting_name(meeting.number)
        meetings[name] = meeting
        if discussed is not None:
            clauses[name].append((key, discussed.label, discussed.note))
    return {name: _meeting(row, clauses[name]) for name, row in meetings.items()}


def _meeting(row: Meeting, clauses: list[tuple[str, str, str]]) -> MeetingTold:
    return MeetingTold(
        version=row.version,
        title=row.title,
        held_on=row.held_on.isoformat(),
        starts_at=hour(row.starts_at),
        ends_at=hour(row.ends_at),
        place=row.place,
        reading=row.reading,
        notes=row.notes,
        clauses=tuple(clauses),
        entry=row.seq,
        noted_at=row.noted_at,
    )


async def stored_comments(db: AsyncSession, negotiation: Negotiation, names: Names) -> Rows:
    rows = await db.scalars(select(Comment).where(Comment.negotiation_id == negotiation.id))
    return {
        f"C{row.number}": CommentTold(
            on=names.subject(row),
            version=row.version,
            person=row.person_id,
            delegation=names.delegation(row.delegation_id),
            audience=row.audience,
            group=names.delegation(row.group_id),
            reply_to="" if row.reply_to is None else f"C{row.reply_to}",
            text=row.text,
            entry=row.seq,
            written_at=row.written_at,
            retracted_at=row.retracted_at,
        )
        for row in rows
    }


async def stored_translations(db: AsyncSession, negotiation: Negotiation, names: Names) -> Rows:
    rows = await db.scalars(
        select(Translation)
        .join(Clause, Translation.clause_id == Clause.id)
        .where(Clause.negotiation_id == negotiation.id)
    )
    return {
        told_room.named_translation(row.number, names.clauses[row.clause_id], row.language): TranslationTold(
            of_version=row.of_version,
            text=row.text,
            text_hash=row.text_hash,
            is_confirmed=row.is_confirmed,
            person=row.person_id,
            delegation=names.delegation(row.delegation_id),
            entry=row.seq,
            written_at=row.written_at,
        )
        for row in rows
    }
