"""The record: a page of entries, one entry, and the proof that nothing in it was altered."""

import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.problems import NotFound
from app.record.audiences import reads_entry
from app.record.database import now_of
from app.record.journal import GENESIS, Entry, entries, entry_hash
from app.record.standing import standing
from app.record.texts import Clause, ClauseVersion, Negotiation
from app.record.translations import Translation
from app.rules.permissions import Seat
from app.rules.replay import NotReplayable, Replay

_Which = tuple[str, str, int]  # the clause, the language, the number of the translation
_Words = tuple[
    int, str, str, bool, int
]  # the version translated, the words and their hash, confirmed or not, the entry


@dataclass(frozen=True, slots=True)
class RecordEntry:
    """One act. `hash` is the SHA-256 over `prev_hash` and the canonical entry. `payload` is null where the act
    is for another delegation or another group alone, as with drafts and what is said of them; the hash still covers it.
    """

    seq: int
    at: datetime
    actor: str
    delegation: str
    verb: str
    payload: dict[str, Any] | None
    prev_hash: str
    hash: str


@dataclass(frozen=True, slots=True)
class Verification:
    """What recomputing a record found. `faults` is empty when every hash, and the text replayed from it, is right."""

    negotiation: str
    entries: int
    head_hash: str
    is_intact: bool
    faults: tuple[str, ...]


async def record(
    db: AsyncSession, seat: Seat, *, after: int = 0, limit: int = 50, verb: str | None = None
) -> tuple[RecordEntry, ...]:
    """A page of the record in order, from the entry after `after`. One statement."""
    query = _readable(db, seat).where(Entry.seq > after)
    if verb is not None:
        query = query.where(Entry.verb == verb)
    return tuple(_view(*row) for row in await db.execute(query.order_by(Entry.seq).limit(limit)))


async def record_entry(db: AsyncSession, seat: Seat, seq: int) -> RecordEntry:
    """One entry by its number. One statement. Raises NotFound."""
    row = (await db.execute(_readable(db, seat).where(Entry.seq == seq))).first()
    if row is None:
        raise NotFound(what="record entry", name=str(seq), remedy="GET .../record lists them.")
    return _view(*row)


async def verification(db: AsyncSession, negotiation_id: int) -> Verification:
    """Recompute every hash of a record, replay the texts, and compare both, and the translations, with the tables.

    Eleven statements and one for every 500 entries.
    """
    negotiation = await db.get_one(Negotiation, negotiation_id)
    faults: list[str] = []
    replay, seen, previous = Replay(), 0, GENESIS
    made: dict[tuple[str, int], str] = {}
    translated: dict[_Which, _Words] = {}
    async for entry in entries(db, negotiation_id):
        seen += 1
        faults += _chain_faults(entry, seen, previous, negotiation.slug)
        previous = entry.hash
        try:
            replay.apply(json.loads(entry.payload).get("changes", ()))
            translated.update(_translations_in(entry))
        except (NotReplayable, ValueError, KeyError, TypeError, AttributeError) as error:
            faults.append(f"entry {entry.seq} cannot be replayed: {error}")
            break
        for change in json.loads(entry.payload).get("changes", ()):
            if change["op"] in ("insert", "reword"):
                made[change["clause"], change["version"]] = change["text"]
    if (negotiation.head_seq, negotiation.head_hash or GENESIS) != (seen, previous):
        faults.append(f"the head is entry {negotiation.head_seq}, but the record ends at {seen}")
    faults += await _text_faults(db, negotiation, replay, made)
    faults += await _translation_faults(db, negotiation, translated)
    return Verification(negotiation.slug, seen, negotiation.head_hash, not faults, tuple(faults))


async def heads(db: AsyncSession, negotiations: Collection[int]) -> dict[int, int]:
    """The number of the last entry of each of these negotiations (by id). One statement."""
    rows = await db.execute(select(Negotiation.id, Negotiation.head_seq).where(Negotiation.id.in_(negotiations)))
    return {row.id: row.head_seq for row in rows}


async def negotiation_ids(db: AsyncSession, slug: str | None = None) -> list[int]:
    """The ids of all negotiations, or of the one with `slug`. One statement. Raises NotFound."""
    query = select(Negotiation.id).order_by(Negotiation.id)
    found = list(await db.scalars(query if slug is None else query.where(Negotiation.slug == slug)))
    if slug is not None and not found:
        raise NotFound(what="negotiation", name=slug, remedy="Check the slug.")
    return found


def _chain_faults(entry: Entry, expected_seq: int, previous: str, slug: str) -> list[str]:
    faults = []
    if entry.seq != expected_seq:
        faults.append(f"entry {expected_seq} is missing: entry {entry.seq} follows")
    if entry.prev_hash != previous:
        faults.append(f"entry {entry.seq} does not follow the one before it")
    try:
        hashed = entry_hash(entry.prev_hash, slug, entry)
    except ValueError:
        hashed = ""
    if hashed != entry.hash:
        faults.append(f"entry {entry.seq} was altered: its hash is not that of its content")
    return faults


async def _text_faults(
    db: AsyncSession, negotiation: Negotiation, replay: Replay, made: dict[tuple[str, int], str]
) -> list[str]:
    faults = []
    now = (await standing(db, negotiation)).draft()
    then = replay.draft()
    if now.front != then.front:
        faults.append("the front matter is not what the record makes of it")
    if now.clauses != then.clauses:
        changed = {clause.key for clause in set(now.clauses) ^ set(then.clauses)}
        faults.append(f"the text is not what the record makes of it: {', '.join(sorted(changed)) or 'the order'}")
    rows = await db.execute(
        select(Clause.key, ClauseVersion.number, ClauseVersion.text)
        .join(Clause, ClauseVersion.clause_id == Clause.id)
        .where(Clause.negotiation_id == negotiation.id)
    )
    stored = {(key, number): text for key, number, text in rows}
    for key, number in sorted(stored.keys() | made.keys()):
        if stored.get((key, number)) != made.get((key, number)):
            faults.append(f"version {number} of clause {key} is not what the record says")
    return faults


def _translations_in(entry: Entry) -> dict[_Which, _Words]:
    """The translations that an entry tells of."""
    return {
        (said["clause"], said["language"], said["number"]): (
            said["of_version"],
            said["text"],
            hashlib.sha256(said["text"].encode()).hexdigest(),
            said["confirmed"],
            entry.seq,
        )
        for said in json.loads(entry.payload).get("translations", ())
    }


async def _translation_faults(db: AsyncSession, negotiation: Negotiation, said: Mapping[_Which, _Words]) -> list[str]:
    rows = await db.execute(
        select(Clause.key, Translation)
        .join(Clause, Translation.clause_id == Clause.id)
        .where(Clause.negotiation_id == negotiation.id)
    )
    stored: dict[_Which, _Words] = {
        (key, row.language, row.number): (row.of_version, row.text, row.text_hash, row.is_confirmed, row.seq)
        for key, row in rows
    }
    return [
        f"translation {number} of clause {key} into {language} is not what the record says"
        for key, language, number in sorted(stored.keys() | said.keys())
        if stored.get((key, language, number)) != said.get((key, language, number))
    ]


def _readable(db: AsyncSession, seat: Seat) -> Select[Entry, bool]:
    """The entries of a negotiation, each with whether the seat may read what it says."""
    return select(Entry, reads_entry(seat, now_of(db).date())).where(Entry.negotiation_id == seat.negotiation_id)


def _view(row: Entry, is_readable: bool) -> RecordEntry:
    payload = json.loads(row.payload) if is_readable else None
    return RecordEntry(row.seq, row.at, row.actor, row.delegation, row.verb, payload, row.prev_hash, row.hash)
