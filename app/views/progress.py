"""How far a text has come over time: how many paragraphs had each status at the end of each day, and what happened."""

import asyncio
from collections import OrderedDict
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.problems import RecordNotTold
from app.record.journal import Entry
from app.record.participants import groups_in
from app.record.past import told
from app.rules.progress import Day, Days, start_of
from app.rules.stages import Stage
from app.rules.standing import NegotiationFacts, Standing
from app.views.readings import readings
from app.views.revisions import revisions


class Happened(StrEnum):
    """What marks a day on the way of a text."""

    REVISION = "revision"
    READING_OPENED = "reading_opened"
    READING_CLOSED = "reading_closed"


@dataclass(frozen=True, slots=True)
class Milestone:
    """A revision that was published, or a reading that was opened or closed, on a day in the time zone of the
    negotiation. The text of one is that `?at=` its `name`, or its record entry `seq`; `number` is that of the reading
    or the revision.
    """

    what: Happened
    number: int
    name: str
    day: date
    at: datetime
    seq: int


@dataclass(frozen=True, slots=True)
class Progress:
    """Every day of a negotiation in its own time zone, from the first to today or the day on which the text was
    adopted, with the milestones in order of time. `seq` is the last entry of the record.
    """

    negotiation: str
    seq: int
    time_zone: str
    days: tuple[Day, ...]
    milestones: tuple[Milestone, ...]


class PastDays:
    """The days that are over of the negotiations looked at most recently, at most `size` of them.

    What is over changes no more: it is told from the record once, and again when another day is over, or when an entry
    of yesterday was committed only today.
    """

    def __init__(self, size: int) -> None:
        self._size = size
        self._kept: OrderedDict[int, tuple[tuple[object, ...], tuple[Day, ...]]] = OrderedDict()
        self._turn = asyncio.Lock()  # one record is told at a time: it is work, and the next who asks finds it done

    async def before(self, db: AsyncSession, negotiation: NegotiationFacts, day: date) -> tuple[Day, ...]:
        """The days before `day`. One statement, and two when they are not in memory. Raises RecordNotTold."""
        zone = ZoneInfo(negotiation.time_zone)
        last = await db.scalar(
            select(Entry.seq)
            .where(Entry.negotiation_id == negotiation.id, Entry.at < start_of(day, zone))
            .order_by(Entry.seq.desc())
            .limit(1)
        )
        if last is None:
            return ()
        known = (negotiation.time_zone, day, last)
        async with self._turn:
            kept = self._kept.get(negotiation.id)
            if kept is None or kept[0] != known:
                kept = self._kept[negotiation.id] = (known, await _told(db, negotiation, day, last))
            self._kept.move_to_end(negotiation.id)
            while len(self._kept) > self._size:
                self._kept.popitem(last=False)
        return kept[1]


async def progress(db: AsyncSession, past: PastDays, standing: Standing, now: datetime) -> Progress:
    """Where the text stood at the end of each day, and stands now. Three statements; two more when the days that are
    over are not in memory. Raises RecordNotTold.
    """
    negotiation = standing.negotiation
    zone = ZoneInfo(negotiation.time_zone)
    milestones = await _milestones(db, negotiation, zone)
    last = now.astimezone(zone).date()
    if negotiation.stage == Stage.ADOPTED:  # the last revision is the text as adopted
        last = max(one.day for one in milestones if one.what is Happened.REVISION)
    today = Day.of(last, standing.text_status(now).counts)
    days = (*await past.before(db, negotiation, last), today)
    return Progress(negotiation.slug, negotiation.head_seq, negotiation.time_zone, days, milestones)


async def _told(db: AsyncSession, negotiation: NegotiationFacts, day: date, last: int) -> tuple[Day, ...]:
    """Two statements. Cost: O(entries + days x paragraphs changed on them)."""
    days, seq = Days(ZoneInfo(negotiation.time_zone), await groups_in(db, negotiation.id)), 0
    try:
        async for entry in told(db, negotiation.id, last):
            seq = entry.seq
            days.hear(entry)
    except ValueError as wrong:
        raise RecordNotTold(seq=seq, why=wrong, negotiation=negotiation.slug) from wrong
    return days.before(day)


async def _milestones(db: AsyncSession, negotiation: NegotiationFacts, zone: ZoneInfo) -> tuple[Milestone, ...]:
    """Two statements."""
    found = []
    for revision in await revisions(db, negotiation.id):
        found.append((Happened.REVISION, revision.number, revision.name, revision.published_at, revision.seq))
    for reading in await readings(db, negotiation.id):
        number, name = reading.number, reading.name
        found.append((Happened.READING_OPENED, number, name, reading.opened_at, reading.opened_seq))
        if reading.closed_at is not None and reading.closed_seq is not None:
            found.append((Happened.READING_CLOSED, number, name, reading.closed_at, reading.closed_seq))
    return tuple(
        Milestone(what, number, name, at.astimezone(zone).date(), at, seq)
        for what, number, name, at, seq in sorted(found, key=lambda one: one[-1])
    )
