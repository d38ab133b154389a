"""Negotiations, the delegations that take part in them, the seats people have, and the silences opened."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from typing import Any

from sqlalchemy import and_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.record.database import now_of
from app.record.participants import delegation_coded, participants_of
from app.record.people import Delegation as DelegationRow
from app.record.people import Person
from app.record.people import Seat as SeatRow
from app.record.proposals import Silence as SilenceRow
from app.record.proposals import SilenceClause
from app.record.texts import Clause, ClauseVersion
from app.record.texts import Negotiation as NegotiationRow
from app.rules.permissions import Role, Seat, Visibility
from app.rules.positions import DelegationKind, counted
from app.rules.silence import CoveredClause, SilenceState, state_of
from app.rules.standing import Standing
from app.text.clauses import Kind


@dataclass(frozen=True, slots=True)
class NegotiationSummary:
    """One draft resolution on its way."""

    slug: str
    title: str
    organ: str
    stage: str
    visibility: Visibility
    seq: int
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Negotiation:
    """A negotiation with its front matter, its rules and where its text stands. `seq` and `hash`: the head of its
    record. `reading` is the number of the reading that is open, in which labels do not change.
    """

    slug: str
    title: str
    organ: str
    symbol: str
    session: str
    agenda_item: str
    language: str
    sponsors: tuple[str, ...]
    stage: str
    visibility: Visibility
    time_zone: str
    silence_least_hours: float
    silence_warning_hours: float
    submissions_until: datetime | None
    reading: int | None
    sponsors_until: datetime | None
    created_at: datetime
    seq: int
    hash: str
    paragraphs: int
    is_agreed: bool
    sentence: str
    counts: dict[str, int]
    your_role: Role
    your_delegation: str


@dataclass(frozen=True, slots=True)
class Delegation:
    """A delegation the server knows. A state's code is ISO 3166 alpha-3."""

    code: str
    name: str
    kind: DelegationKind


@dataclass(frozen=True, slots=True)
class ParticipantView:
    """A delegation in a negotiation. `counts`: whether consensus needs it; a group counts through its members."""

    code: str
    name: str
    kind: DelegationKind
    role: Role
    members: tuple[str, ...]
    counts: bool


@dataclass(frozen=True, slots=True)
class SeatView:
    """Who sits where. `delegation` is empty for the secretariat and for readers."""

    sign_in: str
    name: str
    role: Role
    delegation: str
    taken_at: datetime


@dataclass(frozen=True, slots=True)
class SilenceView:
    """A silence procedure. `state`: `running`; `passed`, so that clauses count as agreed by it; `broken` on every
    clause it covered; or `ended`, left behind where it was not broken: reopened since, or out of the text.

    `warning_at` is when the room is warned of the deadline (null: not at all), `warned_at` when it was. `seconds_left`
    and `hours_left` count to the deadline by the server's clock, to 0 once it no longer runs.
    """

    name: str
    state: SilenceState
    opened_at: datetime
    deadline: datetime
    warning_at: datetime | None
    warned_at: datetime | None
    seconds_left: int
    hours_left: float
    clauses: tuple[str, ...]
    broken: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SilenceBreak:
    """How a silence was broken on one clause: by whom, when, and why."""

    label: str
    by: str
    at: datetime
    reason: str


async def negotiations(
    db: AsyncSession, seat: Seat, *, after: int = 0, limit: int = 50
) -> tuple[tuple[int, NegotiationSummary], ...]:
    """A page of the negotiations that a person may see, each with its id for the cursor. One statement."""
    holds_pen = SeatRow.role.in_((Role.SECRETARIAT.value, Role.PENHOLDER.value))
    visible = or_(
        NegotiationRow.visibility == Visibility.PUBLIC.value,
        and_(NegotiationRow.visibility == Visibility.PARTICIPANTS.value, SeatRow.id.isnot(None)),
        holds_pen,
    )
    query = (
        select(NegotiationRow, ClauseVersion.text)
        .outerjoin(
            SeatRow, and_(SeatRow.negotiation_id == NegotiationRow.id, SeatRow.person_id == (seat.person_id or 0))
        )
        .outerjoin(Clause, and_(Clause.negotiation_id == NegotiationRow.id, Clause.kind == Kind.TITLE.value))
        .outerjoin(
            ClauseVersion,
            and_(ClauseVersion.clause_id == Clause.id, ClauseVersion.number == Clause.current_version),
        )
        .where(NegotiationRow.id > after, visible)
        .order_by(NegotiationRow.id)
        .limit(limit)
    )
    if seat.only:
        query = query.where(NegotiationRow.slug == seat.only)
    return tuple(
        (
            row.id,
            NegotiationSummary(
                row.slug, title or "", row.organ, row.stage, Visibility(row.visibility), row.head_seq, row.created_at
            ),
        )
        for row, title in await db.execute(query)
    )


def negotiation(standing: Standing, seat: Seat, now: datetime) -> Negotiation:
    """A negotiation as the holder of `seat` sees it at `now`."""
    facts, front, whole = standing.negotiation, standing.negotiation.front, standing.text_status(now)
    draft = standing.draft()
    return Negotiation(
        slug=facts.slug,
        title=draft.title,
        organ=front.organ,
        symbol=front.symbol,
        session=front.session,
        agenda_item=front.agenda_item,
        language=front.language,
        sponsors=front.sponsors,
        stage=facts.stage,
        visibility=facts.visibility,
        time_zone=facts.time_zone,
        silence_least_hours=facts.silence_least / timedelta(hours=1),
        silence_warning_hours=facts.silence_warning / timedelta(hours=1),
        submissions_until=facts.submissions_until,
        reading=facts.reading,
        sponsors_until=facts.sponsors_until,
        created_at=facts.created_at,
        seq=facts.head_seq,
        hash=facts.head_hash,
        paragraphs=whole.standing,
        is_agreed=whole.is_agreed,
        sentence=whole.sentence,
        counts={status.value: count for status, count in whole.counts.items()},
        your_role=seat.role,
        your_delegation=seat.delegation,
    )


async def delegations(db: AsyncSession, *, after: str = "", limit: int = 50) -> tuple[Delegation, ...]:
    """A page of the delegations the server knows, by code. One statement."""
    rows = await db.scalars(
        select(DelegationRow).where(DelegationRow.code > after).order_by(DelegationRow.code).limit(limit)
    )
    return tuple(Delegation(row.code, row.name, DelegationKind(row.kind)) for row in rows)


async def delegation(db: AsyncSession, code: str) -> Delegation:
    """One delegation the server knows, as it is stored. One statement. Raises NotFound."""
    row = await delegation_coded(db, code)
    return Delegation(row.code, row.name, DelegationKind(row.kind))


async def participants(db: AsyncSession, negotiation_id: int) -> tuple[ParticipantView, ...]:
    """Who takes part, in the order of invitation. Two statements."""
    present = await participants_of(db, negotiation_id)
    needed = set(counted(present))
    return tuple(
        ParticipantView(p.code, p.name, p.kind, p.role, tuple(sorted(p.members)), p.code in needed) for p in present
    )


async def seats(db: AsyncSession, negotiation_id: int) -> tuple[SeatView, ...]:
    """Who sits where, in the order of sitting down. One statement."""
    rows = await db.execute(
        select(SeatRow, Person, DelegationRow.code)
        .join(Person, SeatRow.person_id == Person.id)
        .outerjoin(DelegationRow, SeatRow.delegation_id == DelegationRow.id)
        .where(SeatRow.negotiation_id == negotiation_id)
        .order_by(SeatRow.id)
    )
    return tuple(
        SeatView(person.sign_in, person.name, Role(row.role), code or "", row.taken_at) for row, person, code in rows
    )


async def silences(db: AsyncSession, negotiation_id: int) -> tuple[SilenceView, ...]:
    """Every silence opened, newest first. One statement."""
    rows = await db.execute(
        select(SilenceRow, SilenceClause, Clause)
        .join(SilenceClause, SilenceClause.silence_id == SilenceRow.id)
        .join(Clause, SilenceClause.clause_id == Clause.id)
        .where(SilenceRow.negotiation_id == negotiation_id)
        .order_by(SilenceRow.number.desc(), Clause.place)
    )
    grouped: dict[int, list[Any]] = {}
    for row in rows:
        grouped.setdefault(row[0].number, []).append(row)
    now = now_of(db)
    return tuple(_silence(found, now) for found in grouped.values())


async def silence_breaks(db: AsyncSession, negotiation_id: int) -> dict[str, tuple[SilenceBreak, ...]]:
    """Who broke which silence on which clause, by the name of the silence. One statement."""
    rows = await db.execute(
        select(
            SilenceRow.number,
            Clause.label,
            SilenceClause.broken_by,
            SilenceClause.broken_at,
            SilenceClause.broken_reason,
        )
        .select_from(SilenceRow)
        .join(SilenceClause, SilenceClause.silence_id == SilenceRow.id)
        .join(Clause, SilenceClause.clause_id == Clause.id)
        .where(SilenceRow.negotiation_id == negotiation_id, SilenceClause.broken_by.isnot(None))
        .order_by(SilenceRow.number, Clause.place)
    )
    found: dict[str, tuple[SilenceBreak, ...]] = {}
    for number, label, by, at, reason in rows:
        if at is None:
            continue
        found[f"S{number}"] = (*found.get(f"S{number}", ()), SilenceBreak(label, by or "", at, reason))
    return found


def _silence(rows: list[Any], now: datetime) -> SilenceView:
    silence = rows[0][0]
    covered = [
        CoveredClause(under.broken_by is not None, under.ended_at is not None or clause.removed_by is not None)
        for _, under, clause in rows
    ]
    state = state_of(covered, silence.deadline, now)
    left = silence.deadline - now if state is SilenceState.RUNNING else timedelta(0)
    return SilenceView(
        name=f"S{silence.number}",
        state=state,
        opened_at=silence.opened_at,
        deadline=silence.deadline,
        warning_at=silence.warn_at,
        warned_at=silence.warned_at,
        seconds_left=ceil(left.total_seconds()),
        hours_left=round(left / timedelta(hours=1), 2),
        clauses=tuple(clause.label for _, _, clause in rows),
        broken=tuple(clause.label for _, under, clause in rows if under.broken_by is not None),
    )
