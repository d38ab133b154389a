"""Every position ever taken on a clause or an amendment, and how each ended."""

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.problems import NotFound
from app.record.audiences import reads_amendment
from app.record.base import Moment
from app.record.database import now_of
from app.record.journal import Entry
from app.record.people import Delegation
from app.record.proposals import Amendment, AmendmentVersion, Position
from app.record.texts import ClauseVersion
from app.rules.history import End, Ending, Wording, end_of
from app.rules.permissions import Seat
from app.rules.positions import Stance
from app.rules.standing import ClauseStanding
from app.said import Said


@dataclass(frozen=True, slots=True)
class PositionTaken:
    """What a delegation said on one version, at record entry `seq`. `ended` is null while it stands, else why it ended,
    at `ended_at` by the entry `ended_seq`: replaced by another of the same delegation, withdrawn, or lapsed because the
    text changed. An editorial change ends none.
    """

    delegation: str
    stance: Stance
    reason: str
    version: int
    seq: int
    taken_at: datetime
    ended: Ending | None
    ended_at: datetime | None
    ended_seq: int | None


async def clause_positions(
    db: AsyncSession, seat: Seat, clause: ClauseStanding, *, after: int = 0, limit: int = 50
) -> tuple[PositionTaken, ...]:
    """A page of the positions on a clause, oldest first, from the one after entry `after`. Three statements."""
    versions = await db.execute(
        select(ClauseVersion.number, ClauseVersion.substance, ClauseVersion.seq, ClauseVersion.created_at)
        .where(ClauseVersion.clause_id == clause.id)
        .order_by(ClauseVersion.number)
    )
    wordings = tuple(Wording(*version) for version in versions)
    withdrawn = await _withdrawals(db, seat, "clause", clause.key, after)
    return await _taken(db, Position.clause_id == clause.id, wordings, withdrawn, after=after, limit=limit)


async def amendment_positions(
    db: AsyncSession, seat: Seat, number: int, *, after: int = 0, limit: int = 50
) -> tuple[PositionTaken, ...]:
    """A page of the positions on an amendment that the seat may see, oldest first. Four statements. Raises NotFound."""
    amendment_id = await db.scalar(
        select(Amendment.id).where(
            Amendment.negotiation_id == seat.negotiation_id,
            Amendment.number == number,
            reads_amendment(seat, now_of(db).date()),
        )
    )
    if amendment_id is None:
        raise NotFound(
            what=Said("amendment"),
            name=f"A{number}",
            remedy=Said(
                "GET .../amendments lists those you may see.",
                "The page of the amendments lists those that you may see.",
            ),
        )
    versions = await db.execute(
        select(AmendmentVersion.number, AmendmentVersion.substance, AmendmentVersion.seq, AmendmentVersion.created_at)
        .where(AmendmentVersion.amendment_id == amendment_id)
        .order_by(AmendmentVersion.number)
    )
    wordings = tuple(Wording(*version) for version in versions)
    withdrawn = await _withdrawals(db, seat, "amendment", f"A{number}", after)
    return await _taken(db, Position.amendment_id == amendment_id, wordings, withdrawn, after=after, limit=limit)


async def _taken(
    db: AsyncSession,
    about: ColumnElement[bool],
    wordings: tuple[Wording, ...],
    withdrawn: dict[str, list[End]],
    *,
    after: int,
    limit: int,
) -> tuple[PositionTaken, ...]:
    of_one: Any = {"partition_by": Position.delegation_id, "order_by": Position.id}
    every = (
        select(
            Position.delegation_id,
            Position.stance,
            Position.reason,
            Position.version,
            Position.seq,
            Position.taken_at,
            func.lead(Position.seq).over(**of_one).label("next_seq"),
            func.lead(Position.taken_at, type_=Moment()).over(**of_one).label("next_at"),
        )
        .where(about)
        .subquery()
    )
    rows = await db.execute(
        select(every, Delegation.code)
        .join(Delegation, every.c.delegation_id == Delegation.id)
        .where(every.c.seq > after)
        .order_by(every.c.seq)
        .limit(limit)
    )
    return tuple(_view(row, wordings, withdrawn.get(row.code, ())) for row in rows)


def _view(row: Any, wordings: tuple[Wording, ...], withdrawn: Iterable[End]) -> PositionTaken:
    replaced = () if row.next_seq is None else (End(Ending.REPLACED, row.next_seq, row.next_at),)
    end = end_of(row.seq, row.version, wordings, (*replaced, *withdrawn))
    ended, ended_at, ended_seq = (None, None, None) if end is None else (end.why, end.at, end.seq)
    return PositionTaken(
        row.code, Stance(row.stance), row.reason, row.version, row.seq, row.taken_at, ended, ended_at, ended_seq
    )


async def _withdrawals(db: AsyncSession, seat: Seat, what: str, name: str, after: int) -> dict[str, list[End]]:
    """When delegations took back what they had said on `name` since entry `after`, from the record, by their code."""
    rows = await db.execute(
        select(Entry.seq, Entry.at, Entry.delegation, Entry.payload)
        .where(
            Entry.negotiation_id == seat.negotiation_id,
            Entry.seq > after,
            Entry.verb == "position.withdraw",
            Entry.payload.contains(f'"{what}":"{name}"', autoescape=True),  # the payload is canonical JSON
        )
        .order_by(Entry.seq)
    )
    found: dict[str, list[End]] = defaultdict(list)
    for seq, at, delegation, payload in rows:
        if json.loads(payload).get(what) == name:
            found[delegation].append(End(Ending.WITHDRAWN, seq, at))
    return found
