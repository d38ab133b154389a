"""The readings of a text, with where it stood when each was opened and closed."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.record.proposals import Reading as ReadingRow
from app.rules.readings import reading_name


@dataclass(frozen=True, slots=True)
class Reading:
    """One pass of the working group through the text; its labels do not change while it `is_open`. `opening` and
    `closing` say how many paragraphs had each status then. The text of one is that `?at=` its name.
    """

    number: int
    name: str
    is_open: bool
    opened_at: datetime
    opened_seq: int
    opening: dict[str, int]
    closed_at: datetime | None
    closed_seq: int | None
    closing: dict[str, int] | None


async def readings(db: AsyncSession, negotiation_id: int) -> tuple[Reading, ...]:
    """All readings, the first one first. One statement."""
    rows = await db.scalars(
        select(ReadingRow).where(ReadingRow.negotiation_id == negotiation_id).order_by(ReadingRow.number)
    )
    return tuple(
        Reading(
            number=row.number,
            name=reading_name(row.number),
            is_open=row.closed_at is None,
            opened_at=row.opened_at,
            opened_seq=row.opened_seq,
            opening=dict(row.opening_counts or {}),
            closed_at=row.closed_at,
            closed_seq=row.closed_seq,
            closing=None if row.closed_at is None else dict(row.closing_counts or {}),
        )
        for row in rows
    )
