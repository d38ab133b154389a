"""From the tables to the facts that rules and views work on, in a constant number of statements."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from app.problems import NotFound
from app.record.adoption import Dissociation as DissociationRow
from app.record.participants import participants_of
from app.record.people import Delegation
from app.record.proposals import (
    Amendment,
    AmendmentVersion,
    Cosponsorship,
    Position,
    Ruling,
    Silence,
    SilenceClause,
)
from app.record.texts import Clause, ClauseVersion, Negotiation
from app.rules import positions
from app.rules.amendments import TAKING_ALONG, AmendmentStatus, ChangeKind, OpenAmendment, taken_along
from app.rules.facts import ClauseFacts, Dissociation, RulingKind
from app.rules.facts import Ruling as RulingFact
from app.rules.permissions import Visibility
from app.rules.positions import Participant, Stance, Voices
from app.rules.silence import ClauseSilence
from app.rules.stages import Stage
from app.rules.standing import ClauseStanding, NegotiationFacts, Standing
from app.said import Said
from app.text import clauses as text
from app.text.labels import canonical

OPEN = (AmendmentStatus.DRAFT.value, AmendmentStatus.PROPOSED.value)


async def standing(db: AsyncSession, negotiation: Negotiation, only: Collection[int] | None = None) -> Standing:
    """Where a negotiation stands now; of the clauses, those with the ids `only` (None: all).

    Nine statements; ten for some clauses only, which stand then as they do among all.
    """
    participants = await participants_of(db, negotiation.id)
    rows = (await db.execute(_clauses(negotiation.id, only))).all()
    outline = [clause for clause, _ in rows] if only is None else await _outline(db, negotiation.id)
    said = await _Said.load(db, negotiation.id, only, outline, participants)
    keys = {clause.id: clause.key for clause in outline}
    voices = positions.voices(participants)
    stage = Stage(negotiation.stage)
    found = (_clause_standing(clause, version, voices, said, keys, stage) for clause, version in rows)
    return Standing(facts_of(negotiation), participants, tuple(found))


async def clause_standing(db: AsyncSession, negotiation: Negotiation, name: str) -> ClauseStanding:
    """One clause by label or key. Raises NotFound."""
    clause = await clause_named(db, negotiation, name)
    return (await standing(db, negotiation, [clause.id])).clauses[0]


async def clause_named(db: AsyncSession, negotiation: Negotiation, name: str) -> Clause:
    """The row of a clause, by label (`OP4`, `op4(a)`) or key (`c7`); one in the text before one removed. Raises
    NotFound.
    """
    query = select(Clause).where(
        Clause.negotiation_id == negotiation.id,
        or_(Clause.key == name.strip().lower(), Clause.label == (canonical(name) or name)),
    )
    rows = (await db.scalars(query.order_by(Clause.removed_by.isnot(None), Clause.id.desc()).limit(1))).all()
    if not rows:
        raise _no_such_clause(negotiation, name)
    return rows[0]


async def clauses_named(db: AsyncSession, negotiation: Negotiation, names: Iterable[str]) -> list[Clause]:
    """The rows of clauses as `clause_named` finds them, each once, in the order named. One statement.

    Raises NotFound.
    """
    query = select(Clause).where(Clause.negotiation_id == negotiation.id)
    by_name: dict[str, Clause] = {}
    for row in await db.scalars(query.order_by(Clause.removed_by.isnot(None), Clause.id.desc())):
        by_name.setdefault(row.key, row)
        by_name.setdefault(row.label, row)
    found: dict[int, Clause] = {}
    for name in names:
        named = by_name.get(name.strip().lower()) or by_name.get(canonical(name) or name)
        if named is None:
            raise _no_such_clause(negotiation, name)
        found[named.id] = named
    return list(found.values())


def _no_such_clause(negotiation: Negotiation, name: str) -> NotFound:
    return NotFound(
        what=Said("clause"),
        name=name,
        remedy=Said(
            "The labels of {slug} are listed under /clauses.",
            "The draft of {slug} shows the labels that there are.",
            slug=negotiation.slug,
        ),
    )


def facts_of(negotiation: Negotiation) -> NegotiationFacts:
    """What is known of a negotiation itself."""
    return NegotiationFacts(
        id=negotiation.id,
        slug=negotiation.slug,
        front=text.FrontMatter(
            slug=negotiation.slug,
            organ=negotiation.organ,
            symbol=negotiation.symbol,
            session=negotiation.session,
            agenda_item=negotiation.agenda_item,
            language=negotiation.language,
            sponsors=tuple(negotiation.sponsors),
            masthead=tuple(negotiation.masthead),
            closing=tuple(negotiation.closing),
        ),
        stage=negotiation.stage,
        visibility=Visibility(negotiation.visibility),
        time_zone=negotiation.time_zone,
        silence_least=negotiation.silence_least,
        silence_warning=negotiation.silence_warning,
        submissions_until=negotiation.submissions_until,
        reading=negotiation.reading,
        sponsors_until=negotiation.sponsors_until,
        created_at=negotiation.created_at,
        head_seq=negotiation.head_seq,
        head_hash=negotiation.head_hash,
    )


# --- what is said about the clauses ---------------------------------------------------------------------------------


@dataclass(slots=True)
class _Said:
    """What is said about each clause, by its id; positions, rulings and silences with the substance they are about.

    `takings` are, by the key of a clause, the proposals on others that would take it along; `dissociations` those that
    stand, by the same.
    """

    positions: Mapping[int, Sequence[Any]] = field(default_factory=dict)
    amendments: Mapping[int, Sequence[OpenAmendment]] = field(default_factory=dict)
    rulings: Mapping[int, Sequence[Any]] = field(default_factory=dict)
    silences: Mapping[int, Sequence[Any]] = field(default_factory=dict)
    takings: Mapping[str, Sequence[OpenAmendment]] = field(default_factory=dict)
    dissociations: Mapping[str, Sequence[Dissociation]] = field(default_factory=dict)

    @classmethod
    async def load(
        cls,
        db: AsyncSession,
        negotiation_id: int,
        only: Collection[int] | None,
        outline: Sequence[Clause],
        participants: Sequence[Participant],
    ) -> "_Said":
        """Six statements."""
        amendments = await _open_amendments(db, negotiation_id, only, {p.code: p for p in participants})
        return cls(
            positions=_by_clause(await db.execute(_positions(negotiation_id, only))),
            amendments=amendments,
            takings=_takings(amendments, outline),
            rulings=_by_clause(await db.execute(_rulings(negotiation_id, only))),
            silences=_by_clause(await db.execute(_silences(negotiation_id, only))),
            dissociations=await _dissociations(db, negotiation_id),
        )


def _of_these(negotiation_id: int, only: Collection[int] | None) -> ColumnElement[bool]:
    mine = Clause.negotiation_id == negotiation_id
    return mine if only is None else and_(mine, Clause.id.in_(only))


def _at_version(number: Any) -> ColumnElement[bool]:
    return and_(ClauseVersion.clause_id == Clause.id, ClauseVersion.number == number)


def _clauses(negotiation_id: int, only: Collection[int] | None) -> Select[Clause, ClauseVersion]:
    return (
        select(Clause, ClauseVersion)
        .join(ClauseVersion, _at_version(Clause.current_version))
        .where(_of_these(negotiation_id, only))
        .order_by(Clause.place)
    )


async def _outline(db: AsyncSession, negotiation_id: int) -> Sequence[Clause]:
    """All clauses in order, without their wording: what belongs to what. One statement."""
    query = select(Clause).where(Clause.negotiation_id == negotiation_id).order_by(Clause.place)
    return (await db.scalars(query)).all()


def _positions(negotiation_id: int, only: Collection[int] | None) -> Select[int, int, str, str, str, int, datetime]:
    return (
        select(
            Clause.id,
            ClauseVersion.substance,
            Delegation.code,
            Position.stance,
            Position.reason,
            Position.version,
            Position.taken_at,
        )
        .join(Clause, Position.clause_id == Clause.id)
        .join(ClauseVersion, _at_version(Position.version))
        .join(Delegation, Position.delegation_id == Delegation.id)
        .where(_of_these(negotiation_id, only), Position.ended_at.is_(None))
        .order_by(Position.id)
    )


def _rulings(negotiation_id: int, only: Collection[int] | None) -> Select[int, int, Ruling]:
    return (
        select(Clause.id, ClauseVersion.substance, Ruling)
        .join(Clause, Ruling.clause_id == Clause.id)
        .join(ClauseVersion, _at_version(Ruling.version))
        .where(_of_these(negotiation_id, only), Ruling.ended_at.is_(None))
        .order_by(Ruling.id)
    )


def _silences(negotiation_id: int, only: Collection[int] | None) -> Select[int, int, Silence, SilenceClause]:
    return (
        select(Clause.id, ClauseVersion.substance, Silence, SilenceClause)
        .join(SilenceClause, SilenceClause.silence_id == Silence.id)
        .join(Clause, SilenceClause.clause_id == Clause.id)
        .join(ClauseVersion, _at_version(SilenceClause.version))
        .where(_of_these(negotiation_id, only), SilenceClause.ended_at.is_(None))
        .order_by(Silence.number)
    )


async def _dissociations(db: AsyncSession, negotiation_id: int) -> dict[str, list[Dissociation]]:
    """Those that stand, by the keys of their clauses: they stay with a clause whatever its version. One statement."""
    rows = await db.execute(
        select(DissociationRow, Delegation.code)
        .join(Delegation, DissociationRow.delegation_id == Delegation.id)
        .where(DissociationRow.negotiation_id == negotiation_id, DissociationRow.withdrawn_at.is_(None))
        .order_by(DissociationRow.number)
    )
    found: dict[str, list[Dissociation]] = defaultdict(list)
    for row, code in rows:
        for key in row.clauses:
            found[key].append(Dissociation(f"D{row.number}", code, row.statement, row.declared_at))
    return found


async def _open_amendments(
    db: AsyncSession, negotiation_id: int, only: Collection[int] | None, participants: Mapping[str, Participant]
) -> dict[int, list[OpenAmendment]]:
    """Those on the clauses `only`, and all that may take other clauses along with their own."""
    of_these = [Amendment.negotiation_id == negotiation_id, Amendment.status.in_(OPEN)]
    if only is not None:
        of_these.append(or_(Amendment.clause_id.in_(only), Amendment.kind.in_([kind.value for kind in TAKING_ALONG])))
    group = aliased(Delegation)
    rows = (
        await db.execute(
            select(Amendment, AmendmentVersion, Delegation.code, Clause, group.code)
            .join(
                AmendmentVersion,
                and_(
                    AmendmentVersion.amendment_id == Amendment.id,
                    AmendmentVersion.number == Amendment.current_version,
                ),
            )
            .join(Delegation, Amendment.delegation_id == Delegation.id)
            .join(Clause, Amendment.clause_id == Clause.id)
            .outerjoin(group, Amendment.group_id == group.id)
            .where(*of_these)
            .order_by(Amendment.number)
        )
    ).all()
    behind = await cosponsors(db, select(Amendment.id).where(*of_these))
    found: dict[int, list[OpenAmendment]] = defaultdict(list)
    for amendment, version, proposer, clause, code in rows:
        shared_with = _shared_with(participants.get(code or ""))
        found[amendment.clause_id].append(
            _open_amendment(amendment, version, clause, proposer, behind[amendment.id], shared_with)
        )
    return found


def _shared_with(group: Participant | None) -> frozenset[str]:
    return frozenset() if group is None else group.members | {group.code}


def _takings(
    amendments: Mapping[int, Sequence[OpenAmendment]], outline: Sequence[Clause]
) -> dict[str, list[OpenAmendment]]:
    """By the key of a clause, the proposals before the room on others that would take it along."""
    live = [
        text.Clause(text.Kind(clause.kind), clause.label, "", clause.level, clause.key)
        for clause in outline
        if clause.removed_by is None
    ]
    found: dict[str, list[OpenAmendment]] = defaultdict(list)
    open_ones = (a for on_one in amendments.values() for a in on_one if a.is_before_the_room)
    for amendment in sorted(open_ones, key=lambda a: a.number):
        for key in taken_along(amendment.kind, amendment.clause, amendment.merges, live):
            found[key].append(amendment)
    return found


def _open_amendment(
    amendment: Amendment,
    version: AmendmentVersion,
    clause: Clause,
    proposer: str,
    cosponsors: Iterable[str],
    shared_with: frozenset[str],
) -> OpenAmendment:
    """An amendment's row and its current version as the rules see it."""
    return OpenAmendment(
        number=amendment.number,
        kind=ChangeKind(amendment.kind),
        clause=clause.key,
        label=clause.label,
        proposer=proposer,
        status=AmendmentStatus(amendment.status),
        version=amendment.current_version,
        base_version=version.base_version,
        text=version.text,
        cosponsors=tuple(cosponsors),
        rationale=amendment.rationale,
        conflicts=amendment.conflicts,
        submitted_at=amendment.submitted_at,
        amends=int(version.details.get("amends", 0)),
        merges=tuple(version.details.get("merges", ())),
        paragraph=_inserted(version.details),
        shared_with=shared_with,
    )


def _inserted(details: Mapping[str, Any]) -> tuple[text.Kind, int] | None:
    return (text.Kind(details["paragraph_kind"]), int(details["level"])) if "paragraph_kind" in details else None


async def cosponsors(db: AsyncSession, of: Select[int] | Collection[int]) -> dict[int, list[str]]:
    """Who stands behind each of the amendments with the ids `of`, in the order of joining. One statement."""
    rows = await db.execute(
        select(Cosponsorship.amendment_id, Delegation.code)
        .join(Delegation, Cosponsorship.delegation_id == Delegation.id)
        .where(Cosponsorship.amendment_id.in_(of), Cosponsorship.left_at.is_(None))
        .order_by(Cosponsorship.id)
    )
    found: dict[int, list[str]] = defaultdict(list)
    for amendment_id, code in rows:
        found[amendment_id].append(code)
    return found


def _by_clause(rows: Iterable[Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[row[0]].append(row)
    return found


# --- one clause -----------------------------------------------------------------------------------------------------


def _clause_standing(
    clause: Clause,
    version: ClauseVersion,
    voices: Voices,
    said: _Said,
    keys: Mapping[int, str],
    stage: Stage,
) -> ClauseStanding:
    amendments = said.amendments.get(clause.id, ())
    current, earlier = _stated(said.positions.get(clause.id, ()), version.substance)
    facts = ClauseFacts(
        label=clause.label,
        version=version.number,
        counted=voices.counted,
        positions=voices.effective(current),
        groups=voices.for_members(current),
        lapsed=voices.lapsed(earlier, current),
        amendments=tuple(a for a in amendments if a.kind is not ChangeKind.INSERT),
        taken_by=tuple(said.takings.get(clause.key, ())),
        ruling=_ruling(said.rulings.get(clause.id, ()), version.substance),
        silence=_silence(said.silences.get(clause.id, ()), version.substance),
        is_removed=clause.removed_by is not None,
        removed_by=clause.removed_by or "",
        stage=stage,
        dissociations=tuple(said.dissociations.get(clause.key, ())),
    )
    return ClauseStanding(
        id=clause.id,
        clause=text.Clause(
            kind=text.Kind(clause.kind),
            label=clause.label,
            text=version.text,
            level=clause.level,
            key=clause.key,
            version=version.number,
        ),
        parent=keys.get(clause.parent_id, "") if clause.parent_id else "",
        text_hash=version.text_hash,
        facts=facts,
        insertions=tuple(a for a in amendments if a.kind is ChangeKind.INSERT),
    )


def _stated(rows: Sequence[Any], substance: int) -> tuple[dict[str, positions.Position], dict[str, positions.Position]]:
    """What delegations said themselves on this substance, and on earlier ones."""
    current: dict[str, positions.Position] = {}
    earlier: dict[str, positions.Position] = {}
    for _, about, code, stance, reason, number, taken_at in rows:
        position = positions.Position(code, Stance(stance), reason, number, taken_at)
        (current if about == substance else earlier)[code] = position
    return current, earlier


def _ruling(rows: Sequence[Any], substance: int) -> RulingFact | None:
    for _, about, ruling in reversed(rows):
        if about == substance:
            return RulingFact(
                kind=RulingKind(ruling.kind),
                version=ruling.version,
                at=ruling.ruled_at,
                by=ruling.by,
                pending=tuple(ruling.pending),
                package=ruling.package,
            )
    return None


def _silence(rows: Sequence[Any], substance: int) -> ClauseSilence | None:
    for _, about, silence, under in reversed(rows):
        if about == substance:
            return ClauseSilence(
                number=silence.number,
                opened_at=silence.opened_at,
                deadline=silence.deadline,
                broken_by=under.broken_by or "",
                broken_at=under.broken_at,
                reason=under.broken_reason,
                is_recorded=silence.passed_seq is not None,
                warned_at=silence.warned_at,
            )
    return None
