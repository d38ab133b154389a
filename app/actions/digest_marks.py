"""Marking how far one has read. It changes nothing of the negotiation: no entry of the record is made."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import case, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from app.problems import InvalidInput
from app.record.database import now_of
from app.record.digests import DigestMark
from app.record.texts import Negotiation
from app.rules.permissions import Seat
from app.said import Said


@dataclass(frozen=True, slots=True)
class Seen:
    """The entry up to which a person has read the record, and when they said so."""

    negotiation: str
    seen: int
    seen_at: datetime


async def mark_seen(db: AsyncSession, seat: Seat, seq: int) -> Seen:
    """The person of `seat` has read the record up to entry `seq`. A mark never moves back: an earlier one is left.

    Not an act of the negotiation, so that nothing is recorded. Raises InvalidInput for an entry that is not there yet.
    """
    seat.must("digest.mark")
    head = await db.scalar(select(Negotiation.head_seq).where(Negotiation.id == seat.negotiation_id)) or 0
    if seq > head:
        raise InvalidInput.at(
            "seq",
            Said(
                "the record ends at entry {head}; send the 'seq' of the digest that was read.",
                "the record ends at entry {head}; reload the page.",
                head=head,
            ),
        )
    now = now_of(db)
    dialect = sqlite if db.get_bind().dialect.name == "sqlite" else postgresql
    new = dialect.insert(DigestMark).values(
        negotiation_id=seat.negotiation_id, person_id=seat.person_id, seen_seq=seq, seen_at=now
    )
    moves = new.excluded.seen_seq > DigestMark.seen_seq
    statement = new.on_conflict_do_update(
        index_elements=[DigestMark.negotiation_id, DigestMark.person_id],
        set_={
            "seen_seq": case((moves, new.excluded.seen_seq), else_=DigestMark.seen_seq),
            "seen_at": case((moves, new.excluded.seen_at), else_=DigestMark.seen_at),
        },
    ).returning(DigestMark.seen_seq, DigestMark.seen_at)
    seen, seen_at = (await db.execute(statement)).one()
    return Seen(seat.negotiation, seen, seen_at)
