"""What decisions would do, as people read it: the words before and after, and what becomes of the other amendments."""

from collections.abc import Iterable
from dataclasses import dataclass

from app.actions.deciding import Decided
from app.actions.deciding_together import DecidedTogether
from app.actions.rebasing import Rebased, RebaseOutcome
from app.rules.amendments import PARAGRAPH_BREAK
from app.rules.consensus import Status
from app.rules.standing import Standing
from app.text.diff import Op, Runs, diff


@dataclass(frozen=True, slots=True)
class Other:
    """What would become of another open amendment. `runs`: what it would change in the text as it would then be."""

    amendment: str
    proposer: str
    outcome: RebaseOutcome
    runs: Runs


@dataclass(frozen=True, slots=True)
class ClauseThen:
    """A paragraph as it would be: `runs` lead from what it says now. `is_new`: it is not in the text yet."""

    label: str
    version: int
    is_new: bool
    runs: Runs
    status: Status | None = None

    @property
    def stays(self) -> bool:
        """Whether it reads then as it reads now."""
        return not self.is_new and all(run.op is Op.EQUAL for run in self.runs)


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What one decision, or several together, would do."""

    clauses: tuple[ClauseThen, ...]
    removed: tuple[str, ...]
    others: tuple[Other, ...]
    fallen: tuple[str, ...]

    @property
    def conflicts(self) -> int:
        return sum(1 for other in self.others if other.outcome is RebaseOutcome.CONFLICTING)


def rehearsal(standing: Standing, decided: Decided) -> Rehearsal:
    """What accepting one amendment would do to the text that `standing` holds."""
    now = _present(standing)
    then: tuple[ClauseThen, ...] = ()
    if decided.text is not None:
        then = (_then(now, decided.key, decided.label, decided.clause_version, decided.text),)
    return Rehearsal(
        then,
        decided.removed,
        _others(decided.rebased, {other.amendment: decided.text or "" for other in decided.rebased}),
        decided.fallen,
    )


def rehearsal_together(standing: Standing, decided: DecidedTogether) -> Rehearsal:
    """What several decisions would do together to the text that `standing` holds."""
    now = _present(standing)
    by_key = {clause.key: clause for clause in decided.clauses}
    bases = {
        other.amendment: by_key[one.key].text if one.key in by_key else one.text or ""
        for one in decided.decisions
        for other in one.rebased
    }
    removed = tuple(label for one in decided.decisions for label in one.removed)
    return Rehearsal(
        tuple(
            _then(now, clause.key, clause.label, clause.version, clause.text, clause.status)
            for clause in decided.clauses
            if clause.status is not Status.REMOVED
        ),
        removed,
        _others(decided.others, bases),
        tuple(name for one in decided.decisions for name in one.fallen),
    )


def _present(standing: Standing) -> dict[str, str]:
    return {found.key: found.clause.text for found in standing.in_the_text()}


def _then(
    now: dict[str, str], key: str, label: str, version: int, text: str, status: Status | None = None
) -> ClauseThen:
    return ClauseThen(label, version, key not in now, diff(now.get(key, ""), text), status)


def _others(found: Iterable[Rebased], bases: dict[str, str]) -> tuple[Other, ...]:
    return tuple(
        Other(
            other.amendment,
            other.proposer,
            other.outcome,
            diff(bases.get(other.amendment, ""), other.text.replace(PARAGRAPH_BREAK, "¶"))
            if other.text is not None and other.outcome is RebaseOutcome.CLEAN
            else (),
        )
        for other in found
    )
