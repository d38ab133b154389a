"""When a clause moves, every open amendment to it is carried over: clean, conflicting, or absorbed. None is lost."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import select

from app.actions.finding import amendment_row, current_version
from app.actions.locking import Act
from app.record.proposals import Amendment, AmendmentVersion
from app.record.texts import ClauseVersion
from app.rules.amendments import AmendmentStatus, ChangeKind, OpenAmendment
from app.rules.standing import ClauseStanding
from app.text.merge import Absorbed, Clean, rebase


class RebaseOutcome(StrEnum):
    CLEAN = "clean"
    CONFLICTING = "conflicting"
    ABSORBED = "absorbed"


@dataclass(frozen=True, slots=True)
class Rebased:
    """What became of one open amendment when its clause moved. `text` is its wording now, None for a deletion."""

    amendment: str
    proposer: str
    outcome: RebaseOutcome
    text: str | None = None

    def as_payload(self) -> dict[str, Any]:
        return {
            "amendment": self.amendment,
            "proposer": self.proposer,
            "outcome": self.outcome.value,
            "text": self.text,
        }


async def rebase_others(
    act: Act, found: ClauseStanding, wording: str, version: int, *, by: str, but: int = 0
) -> tuple[Rebased, ...]:
    """Carry the open amendments before the room over to `wording`, the new version of their clause.

    `found` is the clause before the change; `but` the number of the amendment that made it; `by` says what made it.
    Drafts stay where they are: they are carried over when they are submitted.
    """
    outcomes = []
    for amendment in found.facts.amendments:
        if amendment.is_before_the_room and amendment.number != but:
            outcomes.append(await _carry_over(act, found, amendment, wording, version, by))
    return tuple(outcomes)


async def conflict_all(act: Act, found: ClauseStanding, *, by: str, but: int = 0) -> tuple[Rebased, ...]:
    """The clause leaves the text: proposals to reword it conflict and wait for their authors, deletions are done."""
    outcomes = []
    for amendment in found.facts.amendments:
        if not amendment.is_before_the_room or amendment.number == but:
            continue
        row = await amendment_row(act, amendment.number)
        if amendment.kind is ChangeKind.DELETE:
            outcomes.append(absorb(act, row, amendment, by))
        else:
            row.conflicts = True
            outcomes.append(_outcome(amendment, RebaseOutcome.CONFLICTING, amendment.text))
    return tuple(outcomes)


def absorb(act: Act, row: Amendment, amendment: OpenAmendment, by: str) -> Rebased:
    """Settle an amendment that the text now says already."""
    row.status = AmendmentStatus.ABSORBED.value
    row.outcome_reason = f"The text says it since {by}."
    row.conflicts = False
    row.settled_at, row.settled_seq = act.now, act.seq
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
    if amendment.text is None:  # a deletion: whatever the words are now, it would take them out
        await add_rebased_version(act, row, None, version)
        return _outcome(amendment, RebaseOutcome.CLEAN, None)
    base = await wording_at(act, found.id, amendment.base_version)
    match rebase(amendment.text, base, wording):
        case Clean(text=text):
            await add_rebased_version(act, row, text, version)
            return _outcome(amendment, RebaseOutcome.CLEAN, text)
        case Absorbed():
            return absorb(act, row, amendment, by)
        case _:
            row.conflicts = True
            return _outcome(amendment, RebaseOutcome.CONFLICTING, amendment.text)


def _outcome(amendment: OpenAmendment, outcome: RebaseOutcome, text: str | None) -> Rebased:
    return Rebased(amendment.name, amendment.proposer, outcome, text)
