"""The consolidated text, now or at any moment of the record, and its export as Markdown, plain text or JSON."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

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
    draft = standing.draft() if seq == negotiation.head_seq else await draft_at(db, negotiation.id, seq)
    return Consolidated(negotiation.slug, seq, entry.hash, entry.at, draft, direction_of(draft.front.language))


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
