"""Meetings of the working group as people read them, with the clauses discussed at each."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.problems import NotFound
from app.record.meetings import Meeting as MeetingRow
from app.record.meetings import MeetingClause
from app.record.texts import Clause
from app.rules.meetings import hour, meeting_name, meeting_number
from app.rules.permissions import Seat
from app.said import Said


@dataclass(frozen=True, slots=True)
class DiscussedClause:
    """A clause that was discussed: by its key, with the label it has now (`label`), the label it had when that was put
    down (`label_then`), and what was noted of it."""

    clause: str
    label: str
    label_then: str
    note: str


@dataclass(frozen=True, slots=True)
class MeetingSummary:
    """A meeting. The day and the times are those of the negotiation's time zone; one that ends at an earlier hour than
    it starts ended after midnight. `reading` is the number of the reading that it was part of. `version` counts the
    changes of what is put down; entry `seq` of the record put down the present one, at `noted_at`.
    """

    name: str
    version: int
    title: str
    held_on: date
    starts_at: str | None
    ends_at: str | None
    place: str
    reading: int | None
    clauses: tuple[DiscussedClause, ...]
    seq: int
    noted_at: datetime

    @property
    def number(self) -> int:
        return int(self.name[1:])


@dataclass(frozen=True, slots=True)
class Meeting(MeetingSummary):
    """A meeting with its minutes (`notes`), as for MeetingSummary. What they said before is on the record."""

    notes: str


async def meetings(
    db: AsyncSession, seat: Seat, *, clause_id: int | None = None, after: int = 0, limit: int = 50
) -> tuple[MeetingSummary, ...]:
    """A page of the meetings in the order in which they were put down, from the one after `after`; those at which one
    clause (its row) was discussed, where given. Two statements.
    """
    query = select(MeetingRow).where(MeetingRow.negotiation_id == seat.negotiation_id, MeetingRow.number > after)
    if clause_id is not None:
        discussed = select(MeetingClause.meeting_id).where(MeetingClause.clause_id == clause_id)
        query = query.where(MeetingRow.id.in_(discussed))
    rows = (await db.scalars(query.order_by(MeetingRow.number).limit(limit))).all()
    clauses = await _clauses(db, [row.id for row in rows])
    return tuple(MeetingSummary(**_told(row, clauses[row.id])) for row in rows)


async def meeting(db: AsyncSession, seat: Seat, name: str) -> Meeting:
    """One meeting by its name (`M1`). Two statements. Raises NotFound."""
    query = select(MeetingRow).where(
        MeetingRow.negotiation_id == seat.negotiation_id, MeetingRow.number == meeting_number(name)
    )
    row = await db.scalar(query)
    if row is None:
        raise NotFound(
            what=Said("meeting"),
            name=name,
            remedy=Said("GET .../meetings lists them.", "The page of the meetings lists them."),
        )
    return Meeting(**_told(row, (await _clauses(db, [row.id]))[row.id]), notes=row.notes)


async def _clauses(db: AsyncSession, ids: Collection[int]) -> dict[int, list[DiscussedClause]]:
    rows = await db.execute(
        select(MeetingClause, Clause.key, Clause.label)
        .join(Clause, MeetingClause.clause_id == Clause.id)
        .where(MeetingClause.meeting_id.in_(ids))
        .order_by(MeetingClause.meeting_id, MeetingClause.place)
    )
    found: dict[int, list[DiscussedClause]] = defaultdict(list)
    for row, key, label in rows:
        found[row.meeting_id].append(DiscussedClause(key, label, row.label, row.note))
    return found


def _told(row: MeetingRow, clauses: Sequence[DiscussedClause]) -> dict[str, Any]:
    return {
        "name": meeting_name(row.number),
        "version": row.version,
        "title": row.title,
        "held_on": row.held_on,
        "starts_at": hour(row.starts_at),
        "ends_at": hour(row.ends_at),
        "place": row.place,
        "reading": row.reading,
        "clauses": tuple(clauses),
        "seq": row.seq,
        "noted_at": row.noted_at,
    }
