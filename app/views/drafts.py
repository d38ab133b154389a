"""The consolidated text, now or at any moment of the record, and its export as Markdown, plain text or JSON."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.problems import InvalidInput, NotFound
from app.record.journal import Entry, entries
from app.record.proposals import Reading, Revision
from app.rules.readings import Edge, edge_named, reading_name
from app.rules.replay import Replay
from app.rules.standing import NegotiationFacts, Standing
from app.record.journal import Entry
from app.record.past import draft_at, seq_at
from app.rules.standing import Standing
from app.text.clauses import Draft
from app.text.drafts import print_draft
from app.text.languages import Direction, direction_of
from app.text.plain import plain


class Format(StrEnum):
    """What a draft is exported as."""

    MARKDOWN = "md"
    TEXT = "txt"
    JSON = "json"


MEDIA_TYPES = {
    Format.MARKDOWN: "text/markdown; charset=utf-8",
    Format.TEXT: "text/plain; charset=utf-8",
    Format.JSON: "application/json",
}


@dataclass(frozen=True, slots=True)
class Consolidated:
    """A consolidated text, with the record entry it stands at (`seq`, its hash and time) and its writing direction."""

    negotiation: str
    seq: int
    hash: str
    at: datetime
    draft: Draft
    direction: Direction


async def consolidated(db: AsyncSession, standing: Standing, at: str | None = None) -> Consolidated:
    """The text of a negotiation: its head (one statement), or as it stood `at` a record entry (`42`), a revision
    (`Rev.1`), a reading (`reading 1`) or an RFC 3339 time.

    The past is replayed from the record: one statement for every 500 entries. Raises NotFound, InvalidInput.
    """
    negotiation = standing.negotiation
    seq = negotiation.head_seq if at is None else await seq_at(db, negotiation, at)
    entry = (await db.scalars(select(Entry).where(Entry.negotiation_id == negotiation.id, Entry.seq == seq))).one()
    draft = standing.draft() if seq == negotiation.head_seq else await _replayed(entries(db, negotiation.id, seq))
    return Consolidated(negotiation.slug, seq, entry.hash, entry.at, draft)


async def seq_at(db: AsyncSession, negotiation: NegotiationFacts, at: str) -> int:
    """The record entry that `at` names: by its number, by a revision, by the opening or closing of a reading, or the
    last one at a time. Raises NotFound, InvalidInput."""
    if at.isascii() and at.isdigit() and len(at) <= 9:
        if not 1 <= int(at) <= negotiation.head_seq:
            raise NotFound(what="record entry", name=at, remedy=f"The record goes from 1 to {negotiation.head_seq}.")
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
            "at",
            f"“{at}” is no record entry such as 42, no time such as 2026-03-05T14:00:00Z, no reading such as "
            "“reading 1” and no revision.",
        )
    seq = await db.scalar(select(func.max(Entry.seq)).where(Entry.negotiation_id == negotiation.id, Entry.at <= moment))
    if seq is None:
        raise NotFound(
            what="text at",
            name=at,
            remedy=f"The record begins at {negotiation.created_at.isoformat(timespec='seconds')}.",
        )
    return int(seq)
    draft = standing.draft() if seq == negotiation.head_seq else await draft_at(db, negotiation.id, seq)
    return Consolidated(negotiation.slug, seq, entry.hash, entry.at, draft, direction_of(draft.front.language))


async def _seq_of_reading(db: AsyncSession, negotiation: NegotiationFacts, number: int, edge: Edge) -> int:
    query = select(Reading).where(Reading.negotiation_id == negotiation.id, Reading.number == number)
    reading = await db.scalar(query)
    if reading is None:
        raise NotFound(what="reading", name=reading_name(number), remedy="GET .../readings lists them.")
    match edge:
        case Edge.OPENED:
            return reading.opened_seq
        case Edge.CLOSED if reading.closed_seq is None:
            raise NotFound(
                what="closing of", name=reading_name(number), remedy=f"It is open; use “{reading_name(number)}”."
            )
        case _:
            return negotiation.head_seq if reading.closed_seq is None else reading.closed_seq


def exported(consolidated: Consolidated, as_format: Format) -> str:
    """The text in one of the formats; the same text always gives the same bytes."""
    match as_format:
        case Format.MARKDOWN:
            return print_draft(consolidated.draft)
        case Format.TEXT:
            return plain(consolidated.draft)
        case Format.JSON:
            return _as_json(consolidated.draft)


def _as_json(draft: Draft) -> str:
    clauses = [
        {"label": clause.label, "kind": clause.kind.value, "level": clause.level, "text": clause.text}
        for clause in draft.clauses
    ]
    content = {**asdict(draft.front), "title": draft.title, "clauses": clauses}
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"
