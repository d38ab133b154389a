"""Amendments as their pages show them: lists in which a sub-amendment follows what it amends, and all about one."""

import json
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from app.record.audiences import reads_entry
from app.record.database import now_of
from app.record.journal import Entry
from app.record.participants import participants_of
from app.record.people import Delegation
from app.record.proposals import Amendment as AmendmentRow
from app.record.proposals import Cosponsorship
from app.rules.amendments import PARAGRAPH_BREAK, AmendmentStatus, Audience, ChangeKind
from app.rules.permissions import Seat
from app.rules.sentences import sentence
from app.rules.standing import ClauseStanding, Standing
from app.text.diff import Runs, diff
from app.text.merge import Conflict, Dispute, rebase
from app.views.amendments import (
    Amendment,
    AmendmentVersionView,
    amendment,
    amendment_versions,
    views_of,
    visible_to,
)
from app.views.clauses import Difference, Version, clause_in, differing, versions
from app.views.comments import Comment, comments
from app.views.compilations import compiled_clause

MOST_SHOWN: Final = 200  # rivals and sub-amendments, comments, entries of the record about one amendment


class Which(StrEnum):
    """Which amendments to list."""

    ALL = "all"
    WAITING = "waiting"
    CONFLICTING = "conflicting"
    DRAFTS = "drafts"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    ABSORBED = "absorbed"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Amendments to list: to a clause (the id of its row), in a state, proposed by a delegation (its code), or proposed
    or co-sponsored by the seat's own (`ours`). `numbers`: only these."""

    clause: int | None = None
    which: Which = Which.ALL
    proposer: str = ""
    ours: bool = False
    numbers: tuple[int, ...] | None = None


Place = tuple[int, int]  # in a list: the number of the amendment that is amended (its own for others), its own number
BEGINNING: Final[Place] = (0, 0)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many amendments wait for a decision (those in conflict among them), and how many have their outcome."""

    waiting: int
    conflicting: int
    settled: int


@dataclass(frozen=True, slots=True)
class Told:
    """One entry of the record, in a sentence."""

    seq: int
    at: datetime
    sentence: str


@dataclass(frozen=True, slots=True)
class Said:
    """One version of an amendment; `runs` lead to it from the version before, for the first from what it amends."""

    version: AmendmentVersionView
    runs: Runs


@dataclass(frozen=True, slots=True)
class AmendmentInFull:
    """One amendment with everything around it.

    `said` is all it has said, oldest first. `present`: how it differs from what its clause says now, None where that is
    what it was written against. `became`: how the words that came into the text differ from those proposed, None unless
    it was accepted with changes. `disputes`: the words that its clause and it both changed. `parent` is what a
    sub-amendment amends, and `to_parent` how it differs from that. `twins` are proposals that say the very same.
    """

    amendment: Amendment
    clause: ClauseStanding
    said: tuple[Said, ...]
    present: Difference | None
    became: Difference | None
    disputes: tuple[Dispute, ...]
    base: str
    parent: Amendment | None
    to_parent: Difference | None
    subs: tuple[Amendment, ...]
    twins: tuple[Amendment, ...]
    rivals: tuple[Amendment, ...]
    comments: tuple[Comment, ...]
    record: tuple[Told, ...]

    @property
    def is_behind(self) -> bool:
        """Whether its clause has moved since it was written, so that its words have to be carried over."""
        one = self.amendment
        is_of_words = one.kind is ChangeKind.REPLACE and one.text is not None and not one.status.is_settled
        return is_of_words and self.to_parent is None and self.base != self.clause.clause.text


async def amendment_list(
    db: AsyncSession, seat: Seat, wanted: Wanted, *, after: Place = BEGINNING, limit: int = 30
) -> tuple[tuple[Place, Amendment], ...]:
    """A page of the amendments that the seat may see, each behind the one that it amends. Five statements."""
    parent = aliased(AmendmentRow)
    family = func.coalesce(parent.number, AmendmentRow.number)
    query = (
        visible_to(db, seat)
        .add_columns(family.label("family"))
        .outerjoin(parent, AmendmentRow.parent_id == parent.id)
        .where(or_(family > after[0], and_(family == after[0], AmendmentRow.number > after[1])))
        .where(*_conditions(seat, wanted))
        .order_by(family, AmendmentRow.number)
        .limit(limit)
    )
    rows = (await db.execute(query)).all()
    found = await views_of(db, seat, [tuple(row)[:-1] for row in rows])
    return tuple(((row.family, row[0].number), view) for row, view in zip(rows, found, strict=True))


async def tally(db: AsyncSession, seat: Seat) -> Tally:
    """How many amendments before the room there are, by state. One statement."""
    rows = await db.execute(
        select(AmendmentRow.status, AmendmentRow.conflicts, func.count())
        .where(AmendmentRow.negotiation_id == seat.negotiation_id, AmendmentRow.audience == Audience.ROOM.value)
        .group_by(AmendmentRow.status, AmendmentRow.conflicts)
    )
    waiting = conflicting = settled = 0
    for status, conflicts, count in rows:
        if AmendmentStatus(status).is_settled:
            settled += count
        else:
            waiting += count
            conflicting += count if conflicts else 0
    return Tally(waiting, conflicting, settled)


async def amendment_in_full(db: AsyncSession, seat: Seat, standing: Standing, number: int) -> AmendmentInFull:
    """Everything about one amendment. A constant number of statements. Raises NotFound."""
    one = await amendment(db, seat, number)
    clause = clause_in(standing, one.clause)
    texts = {version.number: version for version in await versions(db, clause)}
    base, now = texts[one.base_version].text, clause.clause.text
    made = next((v for v in texts.values() if v.origin == "amendment" and v.origin_name == one.name), None)
    became = None
    if one.status is AmendmentStatus.ACCEPTED_WITH_CHANGES and made is not None and one.text is not None:
        became = differing(one.text, made.text, one.name, f"{clause.label} v{made.number}")
    competing = [found for found in compiled_clause(clause).rivals if any(one.name in side for side in found.sides)]
    same = {name for found in competing for side in found.sides if one.name in side for name in side}
    around = await _around(db, seat, one, {name for found in competing for side in found.sides for name in side})
    beside = [other for other in around if other.amends != one.name and other.name != one.amends]
    parent = next((other for other in around if other.name == one.amends), None)
    to_parent = None
    if parent is not None and not parent.status.is_settled and not one.status.is_settled:
        to_parent = differing(parent.text or "", one.text or "", parent.name, one.name)
    return AmendmentInFull(
        amendment=one,
        clause=clause,
        said=_in_turn(await amendment_versions(db, seat, number), _bases(one, texts)),
        present=_to_the_present(one, now) if one.base_version != clause.clause.version else None,
        became=became,
        disputes=_disputes(one, base, now) if to_parent is None else (),
        base=base,
        parent=parent,
        to_parent=to_parent,
        subs=tuple(other for other in around if other.amends == one.name),
        twins=tuple(other for other in beside if other.name in same),
        rivals=tuple(other for other in beside if other.name not in same),
        comments=await comments(db, seat, amendment=number, limit=MOST_SHOWN),
        record=await record_of(db, seat, one.name),
    )


async def record_of(db: AsyncSession, seat: Seat, name: str) -> tuple[Told, ...]:
    """What the record says of an amendment, oldest first: acts on it, and what others made of it. Three statements."""
    rows = await db.scalars(
        select(Entry)
        .where(
            Entry.negotiation_id == seat.negotiation_id,
            reads_entry(seat, now_of(db).date()),
            Entry.payload.contains(f'"amendment":"{name}"', autoescape=True),  # the payload is canonical JSON
        )
        .order_by(Entry.seq)
        .limit(MOST_SHOWN)
    )
    names = {one.code: one.name for one in await participants_of(db, seat.negotiation_id)}
    return tuple(
        Told(
            row.seq,
            row.at,
            sentence(row.verb, json.loads(row.payload), names.get(row.delegation, row.actor), names),
        )
        for row in rows
    )


def _bases(one: Amendment, texts: dict[int, Version]) -> dict[int, str]:
    """What each version of the clause says to a proposal: nothing to a new paragraph."""
    is_new = one.kind in (ChangeKind.INSERT, ChangeKind.ALTERNATIVE)
    return {number: "" if is_new else version.text for number, version in texts.items()}


def _in_turn(versions: tuple[AmendmentVersionView, ...], base_of: dict[int, str]) -> tuple[Said, ...]:
    found: list[Said] = []
    for version in versions:
        before = base_of[version.base_version] if not found else found[-1].version.text or ""
        found.append(Said(version, () if version.text is None else diff(_shown(before), _shown(version.text))))
    return tuple(found)


def _shown(words: str) -> str:
    return words.replace(PARAGRAPH_BREAK, "¶")


def _conditions(seat: Seat, wanted: Wanted) -> list[ColumnElement[bool]]:
    found: list[Any] = list(_IN_STATE[wanted.which])
    if wanted.clause is not None:
        found.append(AmendmentRow.clause_id == wanted.clause)
    if wanted.proposer:
        found.append(Delegation.code == wanted.proposer.strip().upper())
    if wanted.numbers is not None:
        found.append(AmendmentRow.number.in_(wanted.numbers))
    if wanted.ours:
        behind = exists().where(
            Cosponsorship.amendment_id == AmendmentRow.id,
            Cosponsorship.delegation_id == (seat.delegation_id or 0),
            Cosponsorship.left_at.is_(None),
        )
        found.append(or_(AmendmentRow.delegation_id == (seat.delegation_id or 0), behind))
    return found


def _is(*statuses: AmendmentStatus) -> ColumnElement[bool]:
    return AmendmentRow.status.in_([status.value for status in statuses])


_IN_STATE: Final[dict[Which, tuple[ColumnElement[bool], ...]]] = {
    Which.ALL: (),
    Which.WAITING: (_is(AmendmentStatus.PROPOSED),),
    Which.CONFLICTING: (_is(AmendmentStatus.PROPOSED), AmendmentRow.conflicts.is_(True)),
    Which.DRAFTS: (_is(AmendmentStatus.DRAFT),),
    Which.ACCEPTED: (_is(AmendmentStatus.ACCEPTED, AmendmentStatus.ACCEPTED_WITH_CHANGES),),
    Which.REJECTED: (_is(AmendmentStatus.REJECTED),),
    Which.WITHDRAWN: (_is(AmendmentStatus.WITHDRAWN),),
    Which.ABSORBED: (_is(AmendmentStatus.ABSORBED),),
}


async def _around(db: AsyncSession, seat: Seat, one: Amendment, rivals: set[str]) -> list[Amendment]:
    """What it amends, what amends it, and its rivals for the same words. Five statements."""
    named = [int(name[1:]) for name in (rivals | {one.amends}) - {one.name, ""} if name[1:].isdigit()]
    own = select(AmendmentRow.id).where(
        AmendmentRow.negotiation_id == seat.negotiation_id, AmendmentRow.number == int(one.name[1:])
    )
    query = (
        visible_to(db, seat)
        .where(or_(AmendmentRow.number.in_(named), AmendmentRow.parent_id.in_(own)))
        .order_by(AmendmentRow.number)
        .limit(MOST_SHOWN)
    )
    return list(await views_of(db, seat, (await db.execute(query)).all()))


def _to_the_present(one: Amendment, now: str) -> Difference | None:
    if one.kind not in (ChangeKind.REPLACE, ChangeKind.MERGE) or one.text is None or one.status.is_settled:
        return None
    return differing(now, one.text, f"{one.label} now", one.name)


def _disputes(one: Amendment, base: str, now: str) -> tuple[Dispute, ...]:
    if one.kind is not ChangeKind.REPLACE or one.text is None or one.status.is_settled or base == now:
        return ()
    outcome = rebase(one.text, base, now)
    return outcome.runs if isinstance(outcome, Conflict) else ()
