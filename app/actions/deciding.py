"""Those who hold the pen decide on amendments: accept, accept with changes, reject. Every outcome has its reason."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from app.actions.finding import amendment_named, amendment_row, current_version, live_clauses, must_be_at
from app.actions.locking import Act, begin
from app.actions.rebasing import Rebased, absorb, conflict_all, rebase_others
from app.actions.versioning import add_version, first_version
from app.problems import AmendmentConflicts, InvalidInput, NothingChanges, ReasonRequired
from app.record.proposals import Amendment, AmendmentVersion
from app.record.standing import standing
from app.record.texts import Clause
from app.rules import replay
from app.rules.amendments import AmendmentAct, AmendmentStatus, ChangeKind, may_happen
from app.rules.consensus import must_be_open
from app.rules.permissions import Seat
from app.rules.standing import ClauseStanding, version_tag
from app.text import clauses as text
from app.text.insertion import insertion
from app.text.screen import screened


@dataclass(frozen=True, slots=True)
class Decided:
    """What a decision did: the amendment's outcome, the clause it made or changed (None for a rejection), and what
    became of the other open amendments. `removed` lists the labels that left the text."""

    amendment: str
    version: int
    status: AmendmentStatus
    reason: str
    seq: int
    label: str = ""
    key: str = ""
    clause_version: int = 0
    text: str | None = None
    removed: tuple[str, ...] = ()
    rebased: tuple[Rebased, ...] = ()

    @property
    def tag(self) -> str:
        return version_tag(self.amendment, self.version)


@dataclass(slots=True)
class _Effect:
    """What accepting does to the text."""

    changes: list[replay.Change]
    rebased: tuple[Rebased, ...] = ()
    label: str = ""
    key: str = ""
    clause_version: int = 0
    text: str | None = None
    removed: tuple[str, ...] = ()


async def accept(
    db: AsyncSession, seat: Seat, name: str, expected: str, *, with_text: str | None = None, reason: str = ""
) -> Decided:
    """Put an amendment into the text as it stands in version `expected`, or `with_text` instead of its words.

    The clause gets a new version (an insertion makes a clause, a deletion takes one out with its sub-paragraphs) and
    the other open amendments are carried over. Accepting with changes needs a reason. Raises StaleVersion,
    AmendmentSettled, AmendmentStillDraft, AmendmentConflicts, ClauseClosed, ClauseRemoved, ReasonRequired,
    InsertionImpossible.
    """
    act = await begin(db, seat, "amendment.decide")
    amendment, version, proposer = await amendment_named(act, name)
    may_happen(amendment.number, AmendmentStatus(amendment.status), AmendmentAct.DECIDE)
    must_be_at(amendment, expected)
    found = (await standing(db, act.negotiation, [amendment.clause_id])).clauses[0]
    wording, has_changes = _wording(version, with_text)
    if has_changes and not reason.strip():
        raise ReasonRequired(act="Accepting with changes")
    reason = screened(reason, "reason") if reason.strip() else ""
    match ChangeKind(amendment.kind):
        case ChangeKind.REPLACE:
            _must_fit(amendment, version, found, proposer, has_changes)
            effect = await _reworded(act, amendment, found, wording)
        case ChangeKind.INSERT:
            effect = await _inserted(act, amendment, version, found, wording)
        case ChangeKind.DELETE:
            effect = await _removed(act, amendment, found)
    status = AmendmentStatus.ACCEPTED_WITH_CHANGES if has_changes else AmendmentStatus.ACCEPTED
    _settle(act, amendment, status, reason)
    written = await act.recorded(
        {
            "amendment": f"A{amendment.number}",
            "version": amendment.current_version,
            "proposer": proposer,
            "status": status.value,
            "reason": reason,
            "clause": effect.key,
            "label": effect.label,
            "rebased": [outcome.as_payload() for outcome in effect.rebased],
            "changes": effect.changes,
        }
    )
    return Decided(
        amendment=f"A{amendment.number}",
        version=amendment.current_version,
        status=status,
        reason=reason,
        seq=written.seq,
        label=effect.label,
        key=effect.key,
        clause_version=effect.clause_version,
        text=effect.text,
        removed=effect.removed,
        rebased=effect.rebased,
    )


async def reject(db: AsyncSession, seat: Seat, name: str, expected: str, reason: str) -> Decided:
    """Leave an amendment aside, with a reason. Raises ReasonRequired, StaleVersion, AmendmentSettled."""
    act = await begin(db, seat, "amendment.decide")
    amendment, _, proposer = await amendment_named(act, name)
    may_happen(amendment.number, AmendmentStatus(amendment.status), AmendmentAct.DECIDE)
    must_be_at(amendment, expected)
    if not reason.strip():
        raise ReasonRequired(act="Rejecting an amendment")
    reason = screened(reason, "reason")
    _settle(act, amendment, AmendmentStatus.REJECTED, reason)
    number, version = f"A{amendment.number}", amendment.current_version
    payload: dict[str, Any] = {"amendment": number, "version": version, "proposer": proposer}
    written = await act.recorded(payload | {"status": amendment.status, "reason": reason})
    return Decided(number, version, AmendmentStatus.REJECTED, reason, written.seq)


def _wording(version: AmendmentVersion, with_text: str | None) -> tuple[str | None, bool]:
    """The words to put into the text, and whether they are others than those proposed."""
    if with_text is None:
        return version.text, False
    if version.text is None:
        raise InvalidInput.at("text", "a deletion has no text that could be changed; reject it instead.")
    wording = screened(with_text, "text")
    return wording, wording != version.text


def _must_fit(
    amendment: Amendment, version: AmendmentVersion, found: ClauseStanding, proposer: str, has_changes: bool
) -> None:
    if amendment.conflicts and not has_changes:
        raise AmendmentConflicts(
            amendment=f"A{amendment.number}",
            base=version.base_version,
            label=found.label,
            now=found.clause.version,
            proposer=proposer,
            proposed=version.text,
            current=found.clause.text,
        )


async def _reworded(act: Act, amendment: Amendment, found: ClauseStanding, wording: str | None) -> _Effect:
    found.must_be_in_the_text()
    must_be_open(found.facts, act.now)
    if wording is None or wording == found.clause.text:
        raise NothingChanges(what=found.label)
    name = f"A{amendment.number}"
    number = await add_version(act, found.id, wording, origin="amendment", origin_name=name)
    rebased = await rebase_others(act, found, wording, number, by=name, but=amendment.number)
    changes = [replay.clause_reworded(found.key, number, wording)]
    return _Effect(changes, rebased, found.label, found.key, number, wording)


async def _inserted(
    act: Act, amendment: Amendment, version: AmendmentVersion, anchor: ClauseStanding, wording: str | None
) -> _Effect:
    anchor.must_be_in_the_text()
    kind, level = text.Kind(version.details["paragraph_kind"]), int(version.details["level"])
    live, taken = await live_clauses(act)
    spot = insertion(live, anchor.label, kind, level, taken)
    await _make_room(act, live[spot.place].key if spot.place < len(live) else None)
    act.negotiation.last_clause += 1
    new = text.Clause(kind, spot.label, wording or "", level, f"c{act.negotiation.last_clause}", 1)
    after = live[spot.place - 1].key if spot.place else ""
    row = Clause(
        negotiation_id=act.negotiation.id,
        key=new.key,
        kind=kind.value,
        level=level,
        label=new.label,
        place=await _place_behind(act, after),
        parent_id=await _parent_id(act, [*live[: spot.place], new]),
        current_version=1,
        removed_by=None,
    )
    act.db.add(row)
    await act.db.flush()
    name = f"A{amendment.number}"
    act.db.add(first_version(act, row, new.text, origin="amendment", origin_name=name))
    rebased = await _absorb_same_insertions(act, anchor, amendment, new, name)
    return _Effect([replay.clause_inserted(new, after)], rebased, new.label, new.key, 1, new.text)


async def _removed(act: Act, amendment: Amendment, found: ClauseStanding) -> _Effect:
    """Take a clause out of the text with its sub-paragraphs; a closed one among them stays closed and refuses."""
    found.must_be_in_the_text()
    live, _ = await live_clauses(act)
    start = next(i for i, clause in enumerate(live) if clause.key == found.key)
    end = start + 1
    while end < len(live) and live[end].kind is live[start].kind and live[end].level > live[start].level:
        end += 1
    keys = [clause.key for clause in live[start:end]]
    rows = (
        await act.db.scalars(
            select(Clause)
            .where(Clause.negotiation_id == act.negotiation.id, Clause.key.in_(keys))
            .order_by(Clause.place)
        )
    ).all()
    name = f"A{amendment.number}"
    rebased: list[Rebased] = []
    for gone in (await standing(act.db, act.negotiation, [row.id for row in rows])).clauses:
        must_be_open(gone.facts, act.now)
        rebased += await conflict_all(act, gone, by=name, but=amendment.number)
    for row in rows:
        row.removed_by = name
    labels = tuple(row.label for row in rows)
    changes = [replay.clause_removed(key) for key in reversed(keys)]
    return _Effect(changes, tuple(rebased), found.label, found.key, found.clause.version, None, labels)


def _settle(act: Act, amendment: Amendment, status: AmendmentStatus, reason: str) -> None:
    amendment.status = status.value
    amendment.outcome_reason = reason
    amendment.conflicts = False
    amendment.settled_at, amendment.settled_seq = act.now, act.seq


async def _make_room(act: Act, before: str | None) -> None:
    """Move the clauses from the one with the key `before` on one place further."""
    if before is None:
        return
    place = select(Clause.place).where(Clause.negotiation_id == act.negotiation.id, Clause.key == before)
    first = (await act.db.scalars(place)).one()
    await act.db.execute(
        update(Clause)
        .where(Clause.negotiation_id == act.negotiation.id, Clause.place >= first)
        .values(place=Clause.place + 1)
    )


async def _place_behind(act: Act, key: str) -> int:
    place = select(Clause.place).where(Clause.negotiation_id == act.negotiation.id, Clause.key == key)
    return ((await act.db.scalar(place)) or 0) + 1


async def _parent_id(act: Act, up_to: list[text.Clause]) -> int | None:
    parent = text.parents(up_to)[-1]
    if parent is None:
        return None
    found: int | None = await act.db.scalar(
        select(Clause.id).where(Clause.negotiation_id == act.negotiation.id, Clause.key == up_to[parent].key)
    )
    return found


async def _absorb_same_insertions(
    act: Act, anchor: ClauseStanding, accepted: Amendment, new: text.Clause, by: str
) -> tuple[Rebased, ...]:
    """Proposals to insert the very same paragraph at the same place are in the text now."""
    outcomes = []
    for other in anchor.insertions:
        if other.number == accepted.number or not other.is_before_the_room or other.text != new.text:
            continue
        row = await amendment_row(act, other.number)
        details = (await current_version(act, row)).details
        if (details["paragraph_kind"], details["level"]) == (new.kind.value, new.level):
            outcomes.append(absorb(act, row, other, by))
    return tuple(outcomes)
