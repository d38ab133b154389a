"""Meetings of the working group: put down when they are held, with their minutes, and changed by who keeps them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, time
from typing import Any, Final

from sqlalchemy import delete, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.actions.locking import Act, begin
from app.problems import InvalidInput, NotFound, NothingChanges
from app.record import journal
from app.record.meetings import Meeting, MeetingClause
from app.record.proposals import Reading
from app.record.standing import clauses_named
from app.record.texts import Clause
from app.rules.meetings import day_held, day_in_utc, hour, meeting_name, meeting_number
from app.rules.permissions import Seat
from app.rules.readings import reading_name
from app.rules.standing import must_be_current, version_tag
from app.said import Said
from app.text.screen import screened, screened_lines

NOTES_LIMIT: Final = 20_000  # characters
Rows = Sequence[tuple[MeetingClause, Clause]]


@dataclass(frozen=True, slots=True)
class Discussed:
    """A clause that was discussed, by its label or key, and what was said of it in a word: “EU asked for time”."""

    clause: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Minutes:
    """What is put down of a meeting. The day (None: today) and the times are those of the negotiation's time zone; a
    meeting that ends at an earlier hour than it starts ended after midnight.

    `reading` is the number of the one that it was part of; `notes` are the minutes, each line a paragraph.
    """

    title: str
    held_on: date | None = None
    starts_at: time | None = None
    ends_at: time | None = None
    place: str = ""
    reading: int | None = None
    notes: str = ""
    clauses: tuple[Discussed, ...] = ()


@dataclass(frozen=True, slots=True)
class Held:
    """A meeting after an act on it: its name (`M1`), the version of its minutes, its day, the reading that it was part
    of, the labels of the clauses discussed, the entry."""

    meeting: str
    version: int
    title: str
    held_on: date
    reading: int | None
    labels: tuple[str, ...]
    seq: int

    @property
    def tag(self) -> str:
        return version_tag(self.meeting, self.version)


async def hold(db: AsyncSession, seat: Seat, minutes: Minutes) -> Held:
    """Put down a meeting that was held; of the reading that was open on that day, when none is named.

    The entry is for those who have a seat. Raises NotFound, InvalidInput, TextRefused, TextTooLong, TextEmpty.
    """
    act = await begin(db, seat, "meeting.hold")
    minutes = _checked(act, minutes)
    if minutes.reading is None:
        minutes = replace(minutes, reading=await _reading_on(act, minutes.held_on))
    else:
        await _must_be_a_reading(act, minutes.reading)
    discussed = await _discussed(act, minutes.clauses)
    last = await db.scalar(select(func.max(Meeting.number)).where(Meeting.negotiation_id == act.negotiation.id))
    meeting = Meeting(negotiation_id=act.negotiation.id, number=(last or 0) + 1, version=1)
    _put_down(act, meeting, minutes)
    db.add(meeting)
    await db.flush()
    return await _recorded(act, meeting, discussed)


async def note(db: AsyncSession, seat: Seat, name: str, expected: str, **changes: Any) -> Held:
    """Change what is put down of a meeting: `changes` are fields of Minutes, the others stay. What it said before stays
    on the record.

    `expected` is the tag of the version read last. Raises StaleVersion, NothingChanges, and what `hold` raises.
    """
    act = await begin(db, seat, "meeting.note")
    meeting, before = await _named(act, name)
    current = version_tag(meeting_name(meeting.number), meeting.version)
    must_be_current(
        meeting_name(meeting.number),
        expected,
        current,
        version=meeting.version,
        title=meeting.title,
        notes=meeting.notes,
    )
    known = Minutes(
        meeting.title,
        meeting.held_on,
        meeting.starts_at,
        meeting.ends_at,
        meeting.place,
        meeting.reading,
        meeting.notes,
        tuple(Discussed(clause.key, row.note) for row, clause in before),
    )
    minutes = _checked(act, replace(known, **changes))
    if minutes.reading is not None and minutes.reading != known.reading:
        await _must_be_a_reading(act, minutes.reading)
    discussed = await _discussed(act, minutes.clauses, before)
    if replace(minutes, clauses=()) == replace(known, clauses=()) and _said(discussed) == _said(before):
        raise NothingChanges(what=meeting_name(meeting.number))
    await db.execute(delete(MeetingClause).where(MeetingClause.meeting_id == meeting.id))
    meeting.version += 1
    _put_down(act, meeting, minutes)
    return await _recorded(act, meeting, discussed)


def _checked(act: Act, minutes: Minutes) -> Minutes:
    """What may be put down, as it is kept."""
    return replace(
        minutes,
        title=screened(minutes.title, "title", limit=200),
        held_on=day_held(minutes.held_on, act.now, act.negotiation.time_zone),
        place=screened(minutes.place, "place", limit=200) if minutes.place.strip() else "",
        notes=screened_lines(minutes.notes, "notes", limit=NOTES_LIMIT) if minutes.notes.strip() else "",
        clauses=tuple(
            Discussed(one.clause, screened(one.note, "note", limit=1_000) if one.note.strip() else "")
            for one in minutes.clauses
        ),
    )


def _put_down(act: Act, meeting: Meeting, minutes: Minutes) -> None:
    meeting.title, meeting.place, meeting.notes = minutes.title, minutes.place, minutes.notes
    meeting.held_on = day_held(minutes.held_on, act.now, act.negotiation.time_zone)
    meeting.starts_at, meeting.ends_at = minutes.starts_at, minutes.ends_at
    meeting.reading = minutes.reading
    meeting.seq, meeting.noted_at = act.seq, act.now


async def _reading_on(act: Act, day: date | None) -> int | None:
    """The number of the last reading that was open on a day."""
    begins, ends = day_in_utc(day_held(day, act.now, act.negotiation.time_zone), act.negotiation.time_zone)
    found: int | None = await act.db.scalar(
        select(func.max(Reading.number)).where(
            Reading.negotiation_id == act.negotiation.id,
            Reading.opened_at < ends,
            or_(Reading.closed_at.is_(None), Reading.closed_at >= begins),
        )
    )
    return found


async def _must_be_a_reading(act: Act, number: int) -> None:
    query = select(Reading.id).where(Reading.negotiation_id == act.negotiation.id, Reading.number == number)
    if await act.db.scalar(query) is None:
        raise NotFound(
            what=Said("reading"),
            name=reading_name(number),
            remedy=Said("GET .../readings lists them.", "The page of the revisions lists them."),
        )


async def _discussed(act: Act, clauses: Sequence[Discussed], before: Rows = ()) -> Rows:
    """The rows of clauses discussed, in the order in which they are named; one that was put down `before` keeps the
    label it had. Raises NotFound, InvalidInput.
    """
    found = await clauses_named(act.db, act.negotiation, [one.clause for one in clauses])
    if len(found) < len(clauses):
        raise InvalidInput.at("clauses", Said("name each clause once, with all that is to be noted of it."))
    labels = {row.clause_id: row.label for row, _ in before}
    return [
        (MeetingClause(clause_id=row.id, place=place, label=labels.get(row.id, row.label), note=one.note), row)
        for place, (one, row) in enumerate(zip(clauses, found, strict=True), start=1)
    ]


def _said(discussed: Rows) -> list[tuple[int, str]]:
    return [(row.clause_id, row.note) for row, _ in discussed]


async def _recorded(act: Act, meeting: Meeting, discussed: Rows) -> Held:
    """Keep the clauses discussed, and put all that is put down of a meeting on the record, for those who have a
    seat."""
    for row, _ in discussed:
        row.meeting_id = meeting.id
    act.db.add_all(row for row, _ in discussed)
    name = meeting_name(meeting.number)
    written = await act.recorded(
        {
            "meeting": name,
            "version": meeting.version,
            "title": meeting.title,
            "held_on": meeting.held_on.isoformat(),
            "starts_at": hour(meeting.starts_at),
            "ends_at": hour(meeting.ends_at),
            "place": meeting.place,
            "reading": meeting.reading,
            "notes": meeting.notes,
            "clauses": [{"clause": clause.key, "label": row.label, "note": row.note} for row, clause in discussed],
        },
        audience=journal.SEATED,
    )
    labels = tuple(row.label for row, _ in discussed)
    return Held(name, meeting.version, meeting.title, meeting.held_on, meeting.reading, labels, written.seq)


async def _named(act: Act, name: str) -> tuple[Meeting, Rows]:
    """A meeting by its name, with the clauses discussed. Raises NotFound."""
    query = select(Meeting).where(Meeting.negotiation_id == act.negotiation.id, Meeting.number == meeting_number(name))
    meeting = await act.db.scalar(query)
    if meeting is None:
        raise NotFound(
            what=Said("meeting"),
            name=name,
            remedy=Said("GET .../meetings lists them.", "The page of the meetings lists them."),
        )
    rows = await act.db.execute(
        select(MeetingClause, Clause)
        .join(Clause, MeetingClause.clause_id == Clause.id)
        .where(MeetingClause.meeting_id == meeting.id)
        .order_by(MeetingClause.place)
    )
    return meeting, [(row, clause) for row, clause in rows]
