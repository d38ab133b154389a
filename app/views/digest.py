"""The digest: for one person, what changed in a negotiation since they last looked, and what waits for them."""

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from app.record.audiences import heard_by_all, reads_entry
from app.record.database import now_of
from app.record.digests import DigestMark
from app.record.journal import Entry
from app.record.people import Delegation
from app.record.proposals import Amendment, AmendmentVersion, Position
from app.rules.amendments import AmendmentStatus
from app.rules.digest import Needs, needs_of
from app.rules.permissions import Seat
from app.rules.standing import Standing
from app.views.telling import Teller, teller

MOST_CHANGES: Final = 200  # the latest of what changed; how many came before is told
MOST_TOUCHES: Final = 2000  # the latest acts of which the paragraphs are marked as touched

_Read = tuple[Entry, dict[str, Any]]
_UNMARKED: Final = (0, None)


@dataclass(frozen=True, slots=True)
class Change:
    """One act of somebody else, in a sentence. `delegation` is empty where the secretariat acted."""

    seq: int
    at: datetime
    verb: str
    delegation: str
    sentence: str


@dataclass(frozen=True, slots=True)
class ClauseChanges:
    """What happened to one clause, in order. Without `clause` and `label`: what concerns several, or none."""

    clause: str
    label: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Digest:
    """What changed after entry `seen` of the record, and what waits for the person at entry `seq`.

    `changes` are what others did and this seat may read, clause by clause in the order of the text, then the rest;
    of more than 200 the latest, and `earlier` says how many came before those. Mark `seq` as seen when it was read.
    """

    negotiation: str
    seen: int
    seen_at: datetime | None
    seq: int
    at: datetime
    changes: tuple[ClauseChanges, ...]
    earlier: int
    needs: Needs

    @property
    def is_empty(self) -> bool:
        return not self.changes and self.needs.are_none


async def digest(
    db: AsyncSession, seat: Seat, standing: Standing, after: int | None = None, *, for_the_room: bool = False
) -> Digest:
    """The digest of the person of `seat`, since their mark or since entry `after`. Five statements.

    `for_the_room` leaves out what only their delegation or group may read, not what is for all who have a seat.
    """
    seen, seen_at = await _mark(db, seat)
    since = seen if after is None else after
    head = standing.negotiation.head_seq
    now = now_of(db)
    unread = _unread(seat, since, head, heard_by_all(seat) if for_the_room else reads_entry(seat, now.date()))
    read = await _latest(db, unread, MOST_CHANGES)
    count = await db.scalar(select(func.count()).select_from(Entry).where(unread)) or 0
    tell = await teller(db, standing, (payload for _, payload in read))
    needs = needs_of(seat, standing, await _spoken(db, seat.negotiation_id), now)
    return Digest(
        negotiation=standing.negotiation.slug,
        seen=since,
        seen_at=seen_at,
        seq=head,
        at=now,
        changes=_by_clause(standing, read, tell),
        earlier=count - len(read),
        needs=needs,
    )


async def touched(db: AsyncSession, seat: Seat, standing: Standing) -> frozenset[str]:
    """The keys of the clauses that others touched since the person of `seat` looked last: their words, proposals,
    positions, rulings. Of what happened, the latest 2000 acts are looked at. Three statements."""
    seen, _ = await _mark(db, seat)
    may_read = reads_entry(seat, now_of(db).date())
    read = await _latest(db, _unread(seat, seen, standing.negotiation.head_seq, may_read), MOST_TOUCHES)
    tell = await teller(db, standing, (payload for _, payload in read))
    return frozenset(key for _, payload in read for key in tell.clauses(payload))


async def _latest(db: AsyncSession, which: ColumnElement[bool], limit: int) -> list[_Read]:
    """The last entries of those, in order, with what they say."""
    rows = (await db.scalars(select(Entry).where(which).order_by(Entry.seq.desc()).limit(limit))).all()
    return [(entry, json.loads(entry.payload)) for entry in reversed(rows)]


async def _mark(db: AsyncSession, seat: Seat) -> tuple[int, datetime | None]:
    found = (
        await db.execute(
            select(DigestMark.seen_seq, DigestMark.seen_at).where(
                DigestMark.negotiation_id == seat.negotiation_id, DigestMark.person_id == (seat.person_id or 0)
            )
        )
    ).first()
    return _UNMARKED if found is None else (found[0], found[1])


def _unread(seat: Seat, since: int, head: int, readable: ColumnElement[bool]) -> ColumnElement[bool]:
    """Entries that are `readable`, by others than the person of the seat."""
    return and_(
        Entry.negotiation_id == seat.negotiation_id,
        Entry.seq > since,
        Entry.seq <= head,
        readable,
        or_(Entry.person_id.is_(None), Entry.person_id != (seat.person_id or 0)),
    )


async def _spoken(db: AsyncSession, negotiation_id: int) -> dict[int, set[str]]:
    """Who has a position on each amendment before the room, as it reads now, by the number of the amendment."""
    about, current = aliased(AmendmentVersion), aliased(AmendmentVersion)
    rows = await db.execute(
        select(Amendment.number, Delegation.code)
        .join(Position, Position.amendment_id == Amendment.id)
        .join(about, and_(about.amendment_id == Amendment.id, about.number == Position.version))
        .join(current, and_(current.amendment_id == Amendment.id, current.number == Amendment.current_version))
        .join(Delegation, Position.delegation_id == Delegation.id)
        .where(
            Amendment.negotiation_id == negotiation_id,
            Amendment.status == AmendmentStatus.PROPOSED.value,
            Position.ended_at.is_(None),
            about.substance == current.substance,
        )
    )
    found: dict[int, set[str]] = defaultdict(set)
    for number, code in rows:
        found[number].add(code)
    return found


def _by_clause(standing: Standing, read: Sequence[_Read], tell: Teller) -> tuple[ClauseChanges, ...]:
    found: dict[str, list[Change]] = defaultdict(list)
    for entry, payload in read:
        told = tell.sentence(entry.verb, payload, entry.actor, entry.delegation)
        found[tell.clause(payload)].append(Change(entry.seq, entry.at, entry.verb, entry.delegation, told))
    labels = {clause.key: clause.label for clause in standing.clauses}
    in_order = [key for key in labels if key in found]
    beside = [change for key, changes in found.items() if key not in labels for change in changes]
    by_clause = [ClauseChanges(key, labels[key], tuple(found[key])) for key in in_order]
    if beside:
        by_clause.append(ClauseChanges("", "", tuple(sorted(beside, key=lambda change: change.seq))))
    return tuple(by_clause)
