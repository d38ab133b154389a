"""The record: the append-only, hash-chained journal of everything that happened in a negotiation.

An entry's hash is the SHA-256 of the hash before it and the entry in canonical JSON (sorted keys, no spaces, UTF-8),
so that nobody can alter, drop or reorder entries without every later hash changing.
"""

import hashlib
import json
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import ForeignKey, Integer, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from app.record.base import Base, BigId
from app.record.database import record_grew
from app.record.texts import Negotiation
from app.rules.permissions import Seat

GENESIS: Final = "0" * 64
ROOM: Final = "room"
PEN: Final = "pen"
SEATED: Final = "seated"  # those who have a seat, although a public negotiation can be read without one


class Entry(Base):
    """One act. `audience` is "room", or who alone may read the payload: a delegation by its code, a group and its
    members, "group:EU", those who hold the pen, "pen", or who have a seat, "seated" (see audiences.py).

    The database itself refuses to update or delete a row (a trigger made by the migration).
    """

    __tablename__ = "entry"

    negotiation_id: Mapped[int] = mapped_column(ForeignKey("negotiation.id"), primary_key=True)
    seq: Mapped[int] = mapped_column(Integer, primary_key=True)
    at: Mapped[datetime]
    actor: Mapped[str]
    person_id: Mapped[int | None] = mapped_column(BigId)
    delegation: Mapped[str]
    verb: Mapped[str]
    audience: Mapped[str]
    payload: Mapped[str]
    prev_hash: Mapped[str]
    hash: Mapped[str]


@dataclass(frozen=True, slots=True)
class Written:
    """What an act learns of its own entry: its number, its time and its hash."""

    seq: int
    at: datetime
    hash: str


def canonical(value: Mapping[str, Any]) -> str:
    """JSON with sorted keys and no spaces: the same value always gives the same bytes."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def entry_hash(prev_hash: str, slug: str, entry: "Entry") -> str:
    """The hash of an entry: SHA-256 over the one before it and the canonical entry, in hexadecimal."""
    content = canonical(
        {
            "negotiation": slug,
            "seq": entry.seq,
            "at": timestamp(entry.at),
            "actor": entry.actor,
            "delegation": entry.delegation,
            "verb": entry.verb,
            "audience": entry.audience,
            "payload": json.loads(entry.payload),
        }
    )
    return hashlib.sha256(f"{prev_hash}\n{content}".encode()).hexdigest()


def timestamp(at: datetime) -> str:
    """RFC 3339 in UTC with microseconds, as it is hashed and sent."""
    return at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def append(
    db: AsyncSession,
    negotiation: Negotiation,
    seat: Seat,
    verb: str,
    payload: Mapping[str, Any],
    *,
    at: datetime,
    audience: str = ROOM,
) -> Written:
    """Put one act on the record, in the transaction of the act. Exactly one call an action."""
    entry = Entry(
        negotiation_id=negotiation.id,
        seq=negotiation.head_seq + 1,
        at=at,
        actor=seat.name,
        person_id=seat.person_id,
        delegation=seat.delegation,
        verb=verb,
        audience=audience,
        payload=canonical(payload),
        prev_hash=negotiation.head_hash or GENESIS,
    )
    entry.hash = entry_hash(entry.prev_hash, negotiation.slug, entry)
    negotiation.head_seq, negotiation.head_hash = entry.seq, entry.hash
    db.add(entry)
    record_grew(db, negotiation.id)
    return Written(entry.seq, at, entry.hash)


async def entries(db: AsyncSession, negotiation_id: int, until: int | None = None) -> AsyncIterator[Entry]:
    """All entries in order, one statement for every 500, so that a long record does not fill the memory."""
    portion, last = 500, 0
    while True:
        query = select(Entry).where(Entry.negotiation_id == negotiation_id, Entry.seq > last)
        if until is not None:
            query = query.where(Entry.seq <= until)
        rows = (await db.scalars(query.order_by(Entry.seq).limit(portion))).all()
        for row in rows:
            yield row
        if len(rows) < portion:
            return
        last = rows[-1].seq
