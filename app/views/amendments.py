"""Amendments as people read them: one with its difference and positions, or a page of many."""

import json
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from app.problems import NotFound
from app.record.audiences import reads_amendment, reads_entry
from app.record.database import now_of
from app.record.journal import Entry
from app.record.participants import participants_of
from app.record.people import Delegation
from app.record.proposals import Amendment as AmendmentRow
from app.record.proposals import AmendmentVersion, Position
from app.record.standing import cosponsors
from app.record.texts import Clause, ClauseVersion
from app.rules import positions
from app.rules.amendments import PARAGRAPH_BREAK, AmendmentStatus, Audience, ChangeKind, split_texts
from app.rules.outcomes import said_again
from app.rules.permissions import Seat
from app.rules.positions import EffectivePosition, Stance
from app.rules.standing import version_tag
from app.said import Said
from app.views.clauses import Difference, differing


@dataclass(frozen=True, slots=True)
class Amendment:
    """One proposal. `clause` and `label` are the clause it replaces, deletes or follows; `base_version` the version of
    it that the wording is written against. `difference` shows it against that version. `conflicts`: its clause moved
    under it and both change the same words. `reason` and `settled_at` belong to its outcome.

    `texts` are the paragraphs of a split (parted by ¶ in the difference), `after` the key of the clause behind which
    one moves, `merges` those that a merger takes in, `amends` the amendment that a sub-amendment is to. `group` is the
    one with which a draft is shared; `reintroduces` the withdrawn amendment whose words it brings back, and
    `reintroduced_as` the one that brings back its words.
    """

    name: str
    kind: ChangeKind
    status: AmendmentStatus
    audience: Audience
    group: str
    clause: str
    label: str
    proposer: str
    cosponsors: tuple[str, ...]
    version: int
    base_version: int
    text: str | None
    rationale: str
    texts: tuple[str, ...]
    paragraph_kind: str | None
    level: int | None
    after: str
    merges: tuple[str, ...]
    amends: str
    reintroduces: str
    reintroduced_as: str
    conflicts: bool
    reason: str
    created_at: datetime
    submitted_at: datetime | None
    settled_at: datetime | None
    difference: Difference
    positions: tuple[EffectivePosition, ...]

    @property
    def tag(self) -> str:
        return version_tag(self.name, self.version)


@dataclass(frozen=True, slots=True)
class AmendmentVersionView:
    """What an amendment said at one time; `origin` is proposed, restated or rebased (carried over when its clause
    moved).
    """

    number: int
    base_version: int
    text: str | None
    origin: str
    seq: int
    created_at: datetime


@dataclass(frozen=True, slots=True)
class AmendmentFilter:
    """Which amendments to list: None for any. `clause` is the id of a clause's row."""

    clause: int | None = None
    status: AmendmentStatus | None = None
    proposer: str | None = None


async def amendments(
    db: AsyncSession, seat: Seat, wanted: AmendmentFilter, *, after: int = 0, limit: int = 50
) -> tuple[Amendment, ...]:
    """A page of the amendments that the seat may see, by number, from the one after `after`. Five statements."""
    query = visible_to(db, seat).where(AmendmentRow.number > after).order_by(AmendmentRow.number).limit(limit)
    if wanted.clause is not None:
        query = query.where(AmendmentRow.clause_id == wanted.clause)
    if wanted.status is not None:
        query = query.where(AmendmentRow.status == wanted.status.value)
    if wanted.proposer is not None:
        query = query.where(Delegation.code == wanted.proposer.strip().upper())
    return await views_of(db, seat, (await db.execute(query)).all())


async def amendment(db: AsyncSession, seat: Seat, number: int) -> Amendment:
    """One amendment by its number. Five statements. Raises NotFound."""
    found = await views_of(
        db, seat, (await db.execute(visible_to(db, seat).where(AmendmentRow.number == number))).all()
    )
    if not found:
        raise NotFound(
            what=Said("amendment"),
            name=f"A{number}",
            remedy=Said(
                "GET .../amendments lists those you may see.",
                "The page of the amendments lists those that you may see.",
            ),
        )
    return found[0]


async def amendment_versions(db: AsyncSession, seat: Seat, number: int) -> tuple[AmendmentVersionView, ...]:
    """Everything an amendment has said, oldest first; to others than its proposer, from what it said when it came
    before them: before the room, or a group of theirs. Seven statements. Raises NotFound.
    """
    found = await amendment(db, seat, number)
    readable = reads_entry(seat, now_of(db).date())
    rows = (
        await db.execute(
            select(AmendmentVersion, readable)
            .join(AmendmentRow, AmendmentVersion.amendment_id == AmendmentRow.id)
            .join(Entry, and_(Entry.negotiation_id == AmendmentRow.negotiation_id, Entry.seq == AmendmentVersion.seq))
            .where(AmendmentRow.negotiation_id == seat.negotiation_id, AmendmentRow.number == number)
            .order_by(AmendmentVersion.number)
        )
    ).all()
    shown = await _shown(db, found.name, and_(Entry.negotiation_id == seat.negotiation_id, readable))
    return tuple(
        AmendmentVersionView(row.number, row.base_version, row.text, row.origin, row.seq, row.created_at)
        for row, is_readable in rows
        if is_readable or row.number in shown
    )


async def _shown(db: AsyncSession, name: str, readable: ColumnElement[bool]) -> set[int]:
    """The versions that an amendment had when it was brought before somebody, from the entries that are `readable`."""
    payloads = await db.scalars(
        select(Entry.payload).where(
            readable,
            Entry.verb.in_(["amendment.share", "amendment.submit"]),
            Entry.payload.contains(f'"amendment":"{name}"', autoescape=True),  # the payload is canonical JSON
        )
    )
    entries = [json.loads(payload) for payload in payloads]
    return {entry["version"] for entry in entries if entry["amendment"] == name and "text" in entry}


def visible_to(
    db: AsyncSession, seat: Seat
) -> Select[AmendmentRow, AmendmentVersion, str, str, str, str, str, int, int]:
    """The amendments that the seat may see, each with its current version, its proposer, its clause and its base."""
    base = and_(
        ClauseVersion.clause_id == AmendmentRow.clause_id, ClauseVersion.number == AmendmentVersion.base_version
    )
    group, earlier, later = aliased(Delegation), aliased(AmendmentRow), aliased(AmendmentRow)
    brought_back_as = select(func.max(later.number)).where(later.reintroduces_id == AmendmentRow.id).scalar_subquery()
    return (
        select(
            AmendmentRow,
            AmendmentVersion,
            Delegation.code,
            Clause.key,
            Clause.label,
            ClauseVersion.text,
            group.code,
            earlier.number,
            brought_back_as,
        )
        .join(
            AmendmentVersion,
            and_(
                AmendmentVersion.amendment_id == AmendmentRow.id,
                AmendmentVersion.number == AmendmentRow.current_version,
            ),
        )
        .join(Delegation, AmendmentRow.delegation_id == Delegation.id)
        .join(Clause, AmendmentRow.clause_id == Clause.id)
        .join(ClauseVersion, base)
        .outerjoin(group, AmendmentRow.group_id == group.id)
        .outerjoin(earlier, AmendmentRow.reintroduces_id == earlier.id)
        .where(AmendmentRow.negotiation_id == seat.negotiation_id, reads_amendment(seat, now_of(db).date()))
    )


async def views_of(db: AsyncSession, seat: Seat, rows: Sequence[Any]) -> tuple[Amendment, ...]:
    """The rows that `visible_to` found, as people read them. Four statements."""
    ids = [row[0].id for row in rows]
    behind = await cosponsors(db, ids)
    spoken = await _positions(db, seat.negotiation_id, ids)
    return tuple(_view(row, behind[row[0].id], spoken[row[0].id]) for row in rows)


async def _positions(
    db: AsyncSession, negotiation_id: int, ids: Collection[int]
) -> dict[int, tuple[EffectivePosition, ...]]:
    """The effective positions on the substance each amendment has now."""
    current, at = AmendmentVersion.__table__.alias("current"), AmendmentVersion.__table__.alias("at_the_time")
    rows = await db.execute(
        select(
            AmendmentRow.id,
            Delegation.code,
            Position.stance,
            Position.reason,
            Position.version,
            Position.taken_at,
        )
        .join(Delegation, Position.delegation_id == Delegation.id)
        .join(AmendmentRow, Position.amendment_id == AmendmentRow.id)
        .join(
            current,
            and_(current.c.amendment_id == AmendmentRow.id, current.c.number == AmendmentRow.current_version),
        )
        .join(at, and_(at.c.amendment_id == AmendmentRow.id, at.c.number == Position.version))
        .where(Position.amendment_id.in_(ids), Position.ended_at.is_(None), at.c.substance == current.c.substance)
        .order_by(Position.id)
    )
    stated: dict[int, dict[str, positions.Position]] = defaultdict(dict)
    for amendment_id, code, stance, reason, number, taken_at in rows:
        stated[amendment_id][code] = positions.Position(code, Stance(stance), reason, number, taken_at)
    participants = await participants_of(db, negotiation_id)
    found: dict[int, tuple[EffectivePosition, ...]] = defaultdict(tuple)
    for amendment_id, said in stated.items():
        found[amendment_id] = positions.effective(participants, said)
    return found


def _view(row: Any, cosponsors: Sequence[str], spoken: tuple[EffectivePosition, ...]) -> Amendment:
    amendment, version, proposer, key, label, base, group, earlier, later = row
    kind, name = ChangeKind(amendment.kind), f"A{amendment.number}"
    is_new = kind in (ChangeKind.INSERT, ChangeKind.ALTERNATIVE)
    before, called = ("", f"nothing behind {label}") if is_new else (base, f"{label} v{version.base_version}")
    after = base if kind is ChangeKind.MOVE else (version.text or "").replace(PARAGRAPH_BREAK, "¶")
    return Amendment(
        name=name,
        kind=kind,
        status=AmendmentStatus(amendment.status),
        audience=Audience(amendment.audience),
        group=group or "",
        clause=key,
        label=label,
        proposer=proposer,
        cosponsors=tuple(cosponsors),
        version=version.number,
        base_version=version.base_version,
        text=None if kind is ChangeKind.SPLIT else version.text,
        texts=split_texts(version.text or "") if kind is ChangeKind.SPLIT else (),
        rationale=amendment.rationale,
        paragraph_kind=version.details.get("paragraph_kind"),
        level=version.details.get("level"),
        after=version.details.get("after", ""),
        merges=tuple(version.details.get("merges", ())),
        amends=f"A{version.details['amends']}" if "amends" in version.details else "",
        reintroduces="" if earlier is None else f"A{earlier}",
        reintroduced_as="" if later is None else f"A{later}",
        conflicts=amendment.conflicts,
        reason=said_again(amendment.outcome_reason),
        created_at=amendment.created_at,
        submitted_at=amendment.submitted_at,
        settled_at=amendment.settled_at,
        difference=differing(before, after, called, f"{name} v{version.number}"),
        positions=spoken,
    )
