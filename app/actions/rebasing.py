"""When a clause moves, every open amendment to it is carried over: clean, conflicting, or absorbed. None is lost."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import and_, select

from app.actions.finding import amendment_row, current_version
from app.actions.locking import Act
from app.record.people import Delegation
from app.record.proposals import Amendment, AmendmentVersion
from app.record.texts import ClauseVersion
from app.rules.amendments import AmendmentStatus, Audience, ChangeKind, OpenAmendment, split_texts
from app.rules.standing import ClauseStanding
from app.text.merge import Absorbed, Clean, rebase


class RebaseOutcome(StrEnum):
    CLEAN = "clean"
    CONFLICTING = "conflicting"
    ABSORBED = "absorbed"


@dataclass(frozen=True, slots=True)
class Rebased:
    """What became of one open amendment when its clause moved. `text` is its wording now, None for a deletion;
    `base_version` the version of its clause that it is written on now, 0 where it stays as it was."""

    amendment: str
    proposer: str
    outcome: RebaseOutcome
    text: str | None = None
    base_version: int = 0

    def as_payload(self) -> dict[str, Any]:
        base = {"base_version": self.base_version} if self.base_version else {}
        return base | {
            "amendment": self.amendment,
            "proposer": self.proposer,
            "outcome": self.outcome.value,
            "text": self.text,
        }


async def rebase_others(
    act: Act, found: ClauseStanding, wording: str, version: int, *, by: str, but: Collection[int] = ()
) -> tuple[Rebased, ...]:
    """Carry the open amendments before the room over to `wording`, the new version of their clause.

    `found` is the clause before the change; `by` says what made it; `but` are the numbers of amendments that are
    settled by it. A merger that takes this clause in conflicts: what it was to take in reads otherwise now. Drafts
    stay where they are: they are carried over when they are submitted.
    """
    outcomes = []
    for amendment in found.facts.amendments:
        if amendment.is_before_the_room and amendment.number not in but:
            outcomes.append(await _carry_over(act, found, amendment, wording, version, by))
    return (*outcomes, *await _conflict_mergers(act, found.key, but))


async def conflict_all(act: Act, found: ClauseStanding, *, by: str, but: Collection[int] = ()) -> tuple[Rebased, ...]:
    """The clause leaves the text: what was proposed to it conflicts and waits for its author, deletions are done."""
    outcomes = []
    for amendment in found.facts.amendments:
        if not amendment.is_before_the_room or amendment.number in but:
            continue
        row = await amendment_row(act, amendment.number)
        if amendment.kind is ChangeKind.DELETE:
            outcomes.append(absorb(act, row, amendment, by))
        else:
            row.conflicts = True
            outcomes.append(_outcome(amendment, RebaseOutcome.CONFLICTING, amendment.text))
    return (*outcomes, *await _conflict_mergers(act, found.key, but))


async def rebase_sub_amendments(
    act: Act, parent: int, base: str, wording: str, siblings: Iterable[OpenAmendment]
) -> tuple[Rebased, ...]:
    """Carry the sub-amendments of `parent` over to its new `wording`; `base` is what it said before."""
    outcomes = []
    for amendment in siblings:
        if amendment.amends != parent or not amendment.is_before_the_room or amendment.text is None:
            continue
        row = await amendment_row(act, amendment.number)
        outcomes.append(await _settle_rebase(act, row, amendment, base, wording, f"A{parent}", amendment.base_version))
    return tuple(outcomes)


async def let_fall(act: Act, parent: Amendment) -> list[str]:
    """Sub-amendments fall with their amendment, and say so; one that was carried over to the text itself stands.

    The names of those that fell before the room.
    """
    rows = await act.db.scalars(
        select(Amendment)
        .where(
            Amendment.parent_id == parent.id,
            Amendment.status.in_([AmendmentStatus.DRAFT.value, AmendmentStatus.PROPOSED.value]),
        )
        .order_by(Amendment.number)
    )
    fallen = []
    for row in rows:
        if parent.status in _INTO_THE_TEXT and not row.conflicts and row.status == AmendmentStatus.PROPOSED.value:
            row.parent_id = None  # its words amend the text now, which says what it was to amend
            continue
        settle(act, row, AmendmentStatus.REJECTED, f"It falls with A{parent.number}, which it was to amend.")
        if row.audience == Audience.ROOM.value:
            fallen.append(f"A{row.number}")
    return fallen


_INTO_THE_TEXT = frozenset({AmendmentStatus.ACCEPTED.value, AmendmentStatus.ACCEPTED_WITH_CHANGES.value})


def settle(act: Act, row: Amendment, status: AmendmentStatus, reason: str) -> None:
    """Give an amendment its outcome."""
    row.status = status.value
    row.outcome_reason = reason
    row.conflicts = False
    row.settled_at, row.settled_seq = act.now, act.seq


def absorb(act: Act, row: Amendment, amendment: OpenAmendment, by: str) -> Rebased:
    """Settle an amendment that the text now says already."""
    settle(act, row, AmendmentStatus.ABSORBED, f"The text says it since {by}.")
    return _outcome(amendment, RebaseOutcome.ABSORBED, amendment.text)


async def wording_at(act: Act, clause_id: int, version: int) -> str:
    """The text of a clause at one version."""
    text = await act.db.scalar(
        select(ClauseVersion.text).where(ClauseVersion.clause_id == clause_id, ClauseVersion.number == version)
    )
    return text or ""


async def add_rebased_version(act: Act, row: Amendment, text: str | None, base_version: int) -> None:
    """Give an amendment the wording that it has on the new base; what its author said stays in the version before."""
    last = await current_version(act, row)
    row.current_version += 1
    row.conflicts = False
    act.db.add(
        AmendmentVersion(
            amendment_id=row.id,
            number=row.current_version,
            base_version=base_version,
            text=text,
            details=last.details,
            origin="rebased",
            substance=last.substance,
            seq=act.seq,
            created_at=act.now,
        )
    )


async def _carry_over(
    act: Act, found: ClauseStanding, amendment: OpenAmendment, wording: str, version: int, by: str
) -> Rebased:
    row = await amendment_row(act, amendment.number)
    if amendment.kind is ChangeKind.MERGE and row.conflicts:  # what it takes in reads otherwise: for its author to see
        return _outcome(amendment, RebaseOutcome.CONFLICTING, amendment.text)
    if amendment.text is None:  # a deletion or a move: whatever the words are now
        await add_rebased_version(act, row, None, version)
        return _outcome(amendment, RebaseOutcome.CLEAN, None, version)
    if amendment.kind is ChangeKind.ALTERNATIVE and amendment.text != wording:
        await add_rebased_version(act, row, amendment.text, version)
        return _outcome(amendment, RebaseOutcome.CLEAN, amendment.text, version)
    base = await wording_at(act, found.id, amendment.base_version)
    if amendment.amends and by == f"A{amendment.amends}":  # the words it was to amend are in the text now
        base = next(other.text or base for other in found.facts.amendments if other.name == by)
    return await _settle_rebase(act, row, amendment, base, wording, by, version)


async def _settle_rebase(
    act: Act, row: Amendment, amendment: OpenAmendment, base: str, wording: str, by: str, version: int
) -> Rebased:
    match rebase(amendment.text or "", base, wording):
        case Clean(text=text) if _is_whole(amendment, text):
            await add_rebased_version(act, row, text, version)
            return _outcome(amendment, RebaseOutcome.CLEAN, text, version)
        case Absorbed():
            return absorb(act, row, amendment, by)
        case _:
            row.conflicts = True
            return _outcome(amendment, RebaseOutcome.CONFLICTING, amendment.text)


def _is_whole(amendment: OpenAmendment, text: str) -> bool:
    """Whether a proposal still says something after it was carried over; a split, in each of its paragraphs."""
    return all(split_texts(text)) and len(split_texts(text)) == len(split_texts(amendment.text or ""))


async def _conflict_mergers(act: Act, key: str, but: Collection[int]) -> list[Rebased]:
    """Mergers on other clauses that would take in the clause `key`, which has just changed."""
    rows = await act.db.execute(
        select(Amendment, AmendmentVersion, Delegation.code)
        .join(
            AmendmentVersion,
            and_(AmendmentVersion.amendment_id == Amendment.id, AmendmentVersion.number == Amendment.current_version),
        )
        .join(Delegation, Amendment.delegation_id == Delegation.id)
        .where(
            Amendment.negotiation_id == act.negotiation.id,
            Amendment.kind == ChangeKind.MERGE.value,
            Amendment.status == AmendmentStatus.PROPOSED.value,
            Amendment.number.not_in(list(but)),
        )
        .order_by(Amendment.number)
    )
    outcomes = []
    for row, version, proposer in rows:
        if key in version.details.get("merges", ()):
            row.conflicts = True
            outcomes.append(Rebased(f"A{row.number}", proposer, RebaseOutcome.CONFLICTING, version.text))
    return outcomes


def _outcome(amendment: OpenAmendment, outcome: RebaseOutcome, text: str | None, base_version: int = 0) -> Rebased:
    return Rebased(amendment.name, amendment.proposer, outcome, text, base_version)
