"""The revisions of a text: what was published, when, and how labels were mapped."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.record.proposals import Revision as RevisionRow


@dataclass(frozen=True, slots=True)
class Revision:
    """A named, immutable snapshot of the whole text. `hash` is the SHA-256 of it in the drafts/ format; `labels` says
    what each clause (by key) is called in it. Its text is that `?at=` its name."""

    number: int
    name: str
    hash: str
    seq: int
    published_at: datetime
    labels: dict[str, str]


async def revisions(db: AsyncSession, negotiation_id: int) -> tuple[Revision, ...]:
    """All revisions, the zero draft first. One statement."""
    rows = await db.scalars(
        select(RevisionRow).where(RevisionRow.negotiation_id == negotiation_id).order_by(RevisionRow.number)
    )
    return tuple(
        Revision(row.number, row.name, row.source_hash, row.seq, row.published_at, dict(row.labels)) for row in rows
    )
