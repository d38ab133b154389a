"""The record: a page of entries, and one entry."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.problems import NotFound
from app.record.audiences import reads_entry
from app.record.database import now_of
from app.record.journal import Entry
from app.record.texts import Negotiation
from app.rules.permissions import Seat
from app.said import Said


@dataclass(frozen=True, slots=True)
class RecordEntry:
    """One act. `hash` is the SHA-256 over `prev_hash` and the canonical entry. `payload` is null where the act
    is for another delegation, another group or those who hold the pen alone, as with drafts and what is said of them;
    or for those who have a seat, as minutes are. The hash still covers it.
    """

    seq: int
    at: datetime
    actor: str
    delegation: str
    verb: str
    payload: dict[str, Any] | None
    prev_hash: str
    hash: str


async def record(
    db: AsyncSession, seat: Seat, *, after: int = 0, limit: int = 50, verb: str | None = None
) -> tuple[RecordEntry, ...]:
    """A page of the record in order, from the entry after `after`. One statement."""
    query = _readable(db, seat).where(Entry.seq > after)
    if verb is not None:
        query = query.where(Entry.verb == verb)
    return tuple(shown(*row) for row in await db.execute(query.order_by(Entry.seq).limit(limit)))


async def record_entry(db: AsyncSession, seat: Seat, seq: int) -> RecordEntry:
    """One entry by its number. One statement. Raises NotFound."""
    row = (await db.execute(_readable(db, seat).where(Entry.seq == seq))).first()
    if row is None:
        raise NotFound(
            what=Said("record entry"),
            name=str(seq),
            remedy=Said("GET .../record lists them.", "The page of the record lists them."),
        )
    return shown(*row)


async def heads(db: AsyncSession, negotiations: Collection[int]) -> dict[int, int]:
    """The number of the last entry of each of these negotiations (by id). One statement."""
    rows = await db.execute(select(Negotiation.id, Negotiation.head_seq).where(Negotiation.id.in_(negotiations)))
    return {row.id: row.head_seq for row in rows}


async def negotiation_ids(db: AsyncSession, slug: str | None = None) -> list[int]:
    """The ids of all negotiations, or of the one with `slug`. One statement. Raises NotFound."""
    query = select(Negotiation.id).order_by(Negotiation.id)
    found = list(await db.scalars(query if slug is None else query.where(Negotiation.slug == slug)))
    if slug is not None and not found:
        raise NotFound(what=Said("negotiation"), name=slug, remedy=Said("Check the slug."))
    return found


def _readable(db: AsyncSession, seat: Seat) -> Select[Entry, bool]:
    """The entries of a negotiation, each with whether the seat may read what it says."""
    return select(Entry, reads_entry(seat, now_of(db).date())).where(Entry.negotiation_id == seat.negotiation_id)


def shown(row: Entry, is_readable: bool) -> RecordEntry:
    """An entry, for somebody who may read what it says or may not."""
    payload = json.loads(row.payload) if is_readable else None
    return RecordEntry(row.seq, row.at, row.actor, row.delegation, row.verb, payload, row.prev_hash, row.hash)
