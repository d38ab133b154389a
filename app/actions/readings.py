"""Readings of the text: opened and closed one after the other, with where the text stands each time."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.actions.locking import Act, begin
from app.problems import NoReadingOpen, ReadingOpenAlready
from app.record.proposals import Reading
from app.record.standing import standing
from app.rules.consensus import TextStatus
from app.rules.permissions import Seat
from app.rules.readings import reading_begins, reading_name
from app.said import dated


@dataclass(frozen=True, slots=True)
class ReadingMark:
    """Where the text stood when a reading was opened or closed: how many paragraphs had each status, and in a
    sentence."""

    number: int
    name: str
    counts: dict[str, int]
    sentence: str
    seq: int


async def open_reading(db: AsyncSession, seat: Seat) -> ReadingMark:
    """Open the next reading. Until it is closed, labels do not change: no revision is published.

    Raises ReadingOpenAlready while another is open.
    """
    act = await begin(db, seat, "reading.open")
    if act.negotiation.reading is not None:
        reading = await _open_one(act, act.negotiation.reading)
        raise ReadingOpenAlready(reading=reading_begins(reading.number), since=dated(reading.opened_at))
    last = await db.scalar(select(func.max(Reading.number)).where(Reading.negotiation_id == act.negotiation.id))
    stands = await _stands(act)
    reading = Reading(
        negotiation_id=act.negotiation.id,
        number=(last or 0) + 1,
        opened_at=act.now,
        opened_seq=act.seq,
        opening_counts=_counts(stands),
        closed_at=None,
        closed_seq=None,
        closing_counts=None,
    )
    db.add(reading)
    act.negotiation.reading = reading.number
    return await _recorded(act, reading, stands)


async def close_reading(db: AsyncSession, seat: Seat) -> ReadingMark:
    """Close the reading that is open, and say where the text stands at its end. Raises NoReadingOpen."""
    act = await begin(db, seat, "reading.close")
    if act.negotiation.reading is None:
        raise NoReadingOpen()
    reading, stands = await _open_one(act, act.negotiation.reading), await _stands(act)
    reading.closed_at, reading.closed_seq, reading.closing_counts = act.now, act.seq, _counts(stands)
    act.negotiation.reading = None
    return await _recorded(act, reading, stands)


async def _open_one(act: Act, number: int) -> Reading:
    query = select(Reading).where(Reading.negotiation_id == act.negotiation.id, Reading.number == number)
    return (await act.db.scalars(query)).one()


async def _stands(act: Act) -> TextStatus:
    return (await standing(act.db, act.negotiation)).text_status(act.now)


def _counts(stands: TextStatus) -> dict[str, int]:
    return {status.value: count for status, count in stands.counts.items()}


async def _recorded(act: Act, reading: Reading, stands: TextStatus) -> ReadingMark:
    counts = _counts(stands)
    written = await act.recorded({"reading": reading.number, "counts": counts, "sentence": stands.sentence})
    return ReadingMark(reading.number, reading_name(reading.number), counts, stands.sentence, written.seq)
