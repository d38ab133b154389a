"""The consolidated text, now or at any moment of the record."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.record.journal import ROOM, Entry
from app.record.past import draft_at, seq_at
from app.record.proposals import Revision
from app.rules.standing import Standing
from app.text.clauses import Draft
from app.text.languages import Direction, direction_of
from app.text.origin import Origin

# The payloads of the entries that changed the text: canonical JSON, in which no text from outside can say this.
_CHANGES_THE_TEXT = '%"changes":[{%'


@dataclass(frozen=True, slots=True)
class Consolidated:
    """A consolidated text, with the record entry it stands at (`seq`, its hash and time) and its writing direction.

    Its `draft.origin` is the entry since which the text reads so, or under which it was published if that is later.
    """

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
    entry, origin = await _entries(db, standing, seq)
    draft = standing.draft() if seq == negotiation.head_seq else await draft_at(db, negotiation.id, seq)
    direction = direction_of(draft.front.language)
    return Consolidated(negotiation.slug, seq, entry.hash, entry.at, replace(draft, origin=origin), direction)


async def with_proposals(db: AsyncSession, standing: Standing) -> Consolidated:
    """The text as it stands, for its compilation: its origin is the last entry that changed the text or touched a
    proposal before the room. One statement."""
    head = standing.negotiation.head_seq
    proposals = and_(Entry.verb.like("amendment.%"), Entry.audience == ROOM)
    entry, origin = await _entries(db, standing, head, proposals)
    draft = replace(standing.draft(), origin=origin)
    slug, direction = standing.negotiation.slug, direction_of(draft.front.language)
    return Consolidated(slug, head, entry.hash, entry.at, draft, direction)


async def _entries(
    db: AsyncSession, standing: Standing, seq: int, *or_else: ColumnElement[bool]
) -> tuple[Entry, Origin]:
    """The entry `seq` of the record, and the last one up to it that changed the text, published it, or is one of those
    that `or_else` names. One statement."""
    negotiation = standing.negotiation
    here = Entry.negotiation_id == negotiation.id
    published = and_(Revision.negotiation_id == Entry.negotiation_id, Revision.seq == Entry.seq)
    counts = or_(Entry.payload.like(_CHANGES_THE_TEXT), Revision.id.is_not(None), *or_else)
    last = (
        select(Entry.seq)
        .outerjoin(Revision, published)
        .where(here, Entry.seq <= seq, counts)
        .order_by(Entry.seq.desc())
        .limit(1)
        .scalar_subquery()
    )
    name = select(func.max(Revision.name)).where(published).scalar_subquery()
    wanted = select(Entry, name).where(here, or_(Entry.seq == seq, Entry.seq == last)).order_by(Entry.seq)
    found = (await db.execute(wanted)).all()
    (since, revision), entry = found[0], found[-1][0]
    return entry, Origin(negotiation.slug, revision or "", since.seq, since.hash, since.at)
