"""The digest: for one person, what changed in a negotiation since they last looked, and what waits for them."""

import json
from collections import defaultdict
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
from app.record.texts import Clause
from app.rules.amendments import AmendmentStatus
from app.rules.digest import Needs, needs_of
from app.rules.permissions import Seat
from app.rules.sentences import sentence
from app.rules.standing import Standing

MOST_CHANGES: Final = 200  # the latest of what changed; how many came before is told

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
    rows = (await db.scalars(select(Entry).where(unread).order_by(Entry.seq.desc()).limit(MOST_CHANGES))).all()
    count = await db.scalar(select(func.count()).select_from(Entry).where(unread)) or 0
    read = [(entry, json.loads(entry.payload)) for entry in reversed(rows)]
    subjects = await _subjects(db, seat.negotiation_id, {str(payload.get("amendment", "")) for _, payload in read})
    needs = needs_of(seat, standing, await _spoken(db, seat.negotiation_id), now)
    return Digest(
        negotiation=standing.negotiation.slug,
        seen=since,
        seen_at=seen_at,
        seq=head,
        at=now,
        changes=_by_clause(standing, read, subjects),
        earlier=count - len(rows),
        needs=needs,
    )


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


async def _subjects(db: AsyncSession, negotiation_id: int, amendments: set[str]) -> dict[str, str]:
    """The keys of the clauses that amendments are on, by their names."""
    numbers = [int(name[1:]) for name in amendments if name[:1] == "A" and name[1:].isdigit()]
    rows = await db.execute(
        select(Amendment.number, Clause.key)
        .join(Clause, Amendment.clause_id == Clause.id)
        .where(Amendment.negotiation_id == negotiation_id, Amendment.number.in_(numbers))
    )
    return {f"A{number}": key for number, key in rows}


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


def _by_clause(
    standing: Standing, read: list[tuple[Entry, dict[str, Any]]], subjects: dict[str, str]
) -> tuple[ClauseChanges, ...]:
    names = {participant.code: participant.name for participant in standing.participants}
    found: dict[str, list[Change]] = defaultdict(list)
    for entry, payload in read:
        amendment = str(payload.get("amendment", ""))
        key = str(payload.get("clause") or subjects.get(amendment, ""))
        who = names.get(entry.delegation, entry.delegation) or _capital(entry.actor)
        told = sentence(entry.verb, _with_label(payload, standing, key), who, names)
        found[key].append(Change(entry.seq, entry.at, entry.verb, entry.delegation, told))
    labels = {clause.key: clause.label for clause in standing.clauses}
    in_order = [key for key in labels if key in found]
    beside = [change for key, changes in found.items() if key not in labels for change in changes]
    by_clause = [ClauseChanges(key, labels[key], tuple(found[key])) for key in in_order]
    if beside:
        by_clause.append(ClauseChanges("", "", tuple(sorted(beside, key=lambda change: change.seq))))
    return tuple(by_clause)


def _with_label(payload: dict[str, Any], standing: Standing, key: str) -> dict[str, Any]:
    """The payload of an entry that names an amendment only, with what the amendment is on."""
    if payload.get("label") or not key:
        return payload
    label = next((clause.label for clause in standing.clauses if clause.key == key), "")
    return {**payload, "label": label}


def _capital(actor: str) -> str:
    return actor[:1].upper() + actor[1:]
