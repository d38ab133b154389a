"""The text as it stood: which record entry a moment is, what an entry tells, and the draft that the record makes."""

import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Row, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.problems import InvalidInput, NotFound
from app.record.journal import Entry, entries
from app.record.proposals import Reading, Revision
from app.rules.proceedings import Told
from app.rules.readings import Edge, edge_named, reading_name
from app.rules.replay import Replay
from app.rules.standing import NegotiationFacts
from app.said import Said, dated
from app.text.clauses import Draft


async def seq_at(db: AsyncSession, negotiation: NegotiationFacts, at: str, field: str = "at") -> int:
    """The record entry that `at` names: by its number, by a revision, by the opening or closing of a reading, or the
    last one at a time. Raises NotFound, InvalidInput (of `field`)."""
    if at.isascii() and at.isdigit() and len(at) <= 9:
        if not 1 <= int(at) <= negotiation.head_seq:
            raise NotFound(
                what=Said("record entry"),
                name=at,
                remedy=Said("The record goes from 1 to {head_seq}.", head_seq=negotiation.head_seq),
            )
        return int(at)
    published = await db.scalar(
        select(Revision.seq).where(Revision.negotiation_id == negotiation.id, Revision.name == at)
    )
    if published is not None:
        return int(published)
    edge = edge_named(at)
    if edge is not None:
        return await _seq_of_reading(db, negotiation, *edge)
    moment = _moment(at)
    if moment is None:
        raise InvalidInput.at(
            field,
            Said(
                "“{at}” is no record entry such as 42, no time such as 2026-03-05T14:00:00Z, "
                "no reading such as “reading 1” and no revision.",
                at=at,
            ),
        )
    seq = await db.scalar(select(func.max(Entry.seq)).where(Entry.negotiation_id == negotiation.id, Entry.at <= moment))
    if seq is None:
        raise NotFound(
            what=Said("text at"),
            name=at,
            remedy=Said("The record begins at {moment}.", moment=dated(negotiation.created_at)),
        )
    return int(seq)


async def draft_at(db: AsyncSession, negotiation_id: int, seq: int) -> Draft:
    """The text as it stood at a record entry, replayed. One statement for every 500 entries."""
    replay = Replay()
    async for entry in entries(db, negotiation_id, seq):
        replay.apply(json.loads(entry.payload).get("changes", ()))
    return replay.draft()


def told_by(entry: Entry | Row[*tuple[Any, ...]]) -> Told:
    """What an entry tells. Raises ValueError for a payload that is none."""
    payload = json.loads(entry.payload)
    if not isinstance(payload, dict):
        raise ValueError(Said("its payload is not an object"))  # noqa: TRY004 - as for one that is no JSON
    return Told(
        seq=entry.seq,
        at=entry.at,
        actor=entry.actor,
        person_id=entry.person_id,
        delegation=entry.delegation,
        verb=entry.verb,
        audience=entry.audience,
        payload=payload,
    )


async def told(db: AsyncSession, negotiation_id: int, until: int) -> AsyncIterator[Told]:
    """What the entries up to one tell, in order; in portions, so that others are served between them. One statement."""
    columns = (Entry.seq, Entry.at, Entry.actor, Entry.person_id, Entry.delegation, Entry.verb, Entry.audience)
    query = select(*columns, Entry.payload).where(Entry.negotiation_id == negotiation_id, Entry.seq <= until)
    async for row in await db.stream(query.order_by(Entry.seq).execution_options(yield_per=200)):
        yield told_by(row)


async def _seq_of_reading(db: AsyncSession, negotiation: NegotiationFacts, number: int, edge: Edge) -> int:
    query = select(Reading).where(Reading.negotiation_id == negotiation.id, Reading.number == number)
    reading = await db.scalar(query)
    if reading is None:
        raise NotFound(
            what=Said("reading"),
            name=reading_name(number),
            remedy=Said("GET .../readings lists them.", "The page of the revisions lists them."),
        )
    match edge:
        case Edge.OPENED:
            return reading.opened_seq
        case Edge.CLOSED if reading.closed_seq is None:
            raise NotFound(
                what=Said("closing of"),
                name=reading_name(number),
                remedy=Said("It is open; use “{reading}”.", reading=reading_name(number)),
            )
        case _:
            return negotiation.head_seq if reading.closed_seq is None else reading.closed_seq


def _moment(at: str) -> datetime | None:
    """A time with its zone, in UTC; None when it is none, or beyond the calendar."""
    try:
        moment = datetime.fromisoformat(at)
        return moment.astimezone(UTC) if moment.tzinfo is not None else None
    except (ValueError, OverflowError):
        return None
