"""Looking for something in the record: newest first, by family of acts, delegation, paragraph, time, and words.

What words and paragraphs an entry is about stands in what it says, so those are looked at one by one, in portions, as
many as fit one page of results. Only what the seat may read is looked into.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.record.audiences import reads_entry
from app.record.database import now_of
from app.record.journal import Entry
from app.rules.permissions import Seat
from app.rules.standing import Standing
from app.views.records import RecordEntry, shown
from app.views.telling import Subject, teller

PORTION: Final = 500  # entries looked at with one statement
MOST_PORTIONS: Final = 10  # for one page of results; the next page goes on from there


@dataclass(frozen=True, slots=True)
class Sought:
    """What is looked for. `family` is the first part of a verb (`amendment`); `clause` is a key; every word of `words`
    has to be in the sentence, the names or the texts of an entry, in upper or lower case. `since` and `until` are
    moments, the second not included."""

    family: str = ""
    delegation: str = ""
    clause: str = ""
    words: str = ""
    since: datetime | None = None
    until: datetime | None = None

    @property
    def reads_what_is_said(self) -> bool:
        return bool(self.clause or self.words.strip())


@dataclass(frozen=True, slots=True)
class ToldEntry:
    """An entry in a sentence (empty where the seat may not read it), and the clauses that it is about."""

    entry: RecordEntry
    sentence: str
    who: str
    clauses: tuple[Subject, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """A page of entries, newest first. `before` is where the next page goes on (0: there is none); `looked_at_all`
    says whether the whole record was looked at for this page."""

    entries: tuple[ToldEntry, ...]
    before: int
    looked_at_all: bool


@dataclass(frozen=True, slots=True)
class Neighbours:
    """An entry told, and those beside it in the chain (None at the ends)."""

    told: ToldEntry
    previous: RecordEntry | None
    following: RecordEntry | None


async def search_record(
    db: AsyncSession,
    seat: Seat,
    standing: Standing,
    sought: Sought,
    *,
    before: int = 0,
    limit: int = 50,
    say: Callable[[str], object] = str,
) -> Found:
    """The newest `limit` entries like that, older than entry `before` (0: from the end of the record). Words are looked
    for in sentences as the reader has them: `say` is how these are said to them.

    Two statements for every 500 entries looked at, and of those at most 5000.
    """
    found: list[ToldEntry] = []
    portion = PORTION if sought.reads_what_is_said else limit + 1
    for _ in range(MOST_PORTIONS):
        query = _like(_entries(db, seat), sought)
        query = query.where(Entry.seq < before) if before else query
        rows = (await db.execute(query.order_by(Entry.seq.desc()).limit(portion))).all()
        told = await _told(db, standing, [shown(*row) for row in rows])
        for one in told:
            if len(found) == limit:
                return Found(tuple(found), found[-1].entry.seq, looked_at_all=False)
            if _says(one, sought, say):
                found.append(one)
        if len(rows) < portion:
            return Found(tuple(found), 0, looked_at_all=True)
        before = rows[-1][0].seq
    return Found(tuple(found), before, looked_at_all=False)


async def entry_in_the_chain(db: AsyncSession, seat: Seat, standing: Standing, seq: int) -> Neighbours | None:
    """One entry, told, with the ones before and after it; None where there is no such entry. Two statements."""
    query = _entries(db, seat).where(Entry.seq.between(seq - 1, seq + 1))
    entries = {row[0].seq: shown(*row) for row in await db.execute(query)}
    if seq not in entries:
        return None
    (told,) = await _told(db, standing, [entries[seq]])
    return Neighbours(told, entries.get(seq - 1), entries.get(seq + 1))


async def families(db: AsyncSession, negotiation_id: int) -> tuple[str, ...]:
    """The families of acts that a record has, in order of the alphabet. One statement."""
    verbs = await db.scalars(select(Entry.verb).where(Entry.negotiation_id == negotiation_id).distinct())
    return tuple(sorted({verb.partition(".")[0] for verb in verbs}))


def _entries(db: AsyncSession, seat: Seat) -> Select[Entry, bool]:
    return select(Entry, reads_entry(seat, now_of(db).date())).where(Entry.negotiation_id == seat.negotiation_id)


def _like(query: Select[Entry, bool], sought: Sought) -> Select[Entry, bool]:
    conditions: list[ColumnElement[bool]] = []
    if sought.family:
        conditions.append(or_(Entry.verb == sought.family, Entry.verb.startswith(f"{sought.family}.", autoescape=True)))
    if sought.delegation:
        conditions.append(Entry.delegation == sought.delegation)
    if sought.since is not None:
        conditions.append(Entry.at >= sought.since)
    if sought.until is not None:
        conditions.append(Entry.at < sought.until)
    return query.where(*conditions)


async def _told(db: AsyncSession, standing: Standing, entries: Sequence[RecordEntry]) -> list[ToldEntry]:
    tell = await teller(db, standing, (entry.payload or {} for entry in entries))
    return [
        ToldEntry(
            entry,
            "" if entry.payload is None else tell.sentence(entry.verb, entry.payload, entry.actor, entry.delegation),
            tell.name(entry.delegation) or entry.actor,
            tell.labelled(tell.clauses(entry.payload or {})),
        )
        for entry in entries
    ]


def _says(told: ToldEntry, sought: Sought, say: Callable[[str], object]) -> bool:
    if sought.clause and sought.clause not in {clause.key for clause in told.clauses}:
        return False
    words = sought.words.casefold().split()
    if not words:
        return True
    entry = told.entry
    names = (f"#{entry.seq}", entry.hash, entry.actor, entry.delegation, told.who, str(say(told.sentence)))
    said = "\n".join((*names, *_texts(entry.payload))).casefold()
    return all(word in said for word in words)


def _texts(said: Any) -> list[str]:
    """Every text in the payload of an entry, without the names of its fields."""
    if isinstance(said, dict):
        return [text for value in said.values() for text in _texts(value)]
    if isinstance(said, list):
        return [text for value in said for text in _texts(value)]
    return [said] if isinstance(said, str) else []
