"""Several decisions in one act, all or nothing: “accept these five”, one entry on the record; and their rehearsal."""

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Final

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.actions.deciding import A_REHEARSAL, Carried, Decided, Decision, carried_out, recorded_as, to_be_decided
from app.actions.finding import amendment_named, amendment_number
from app.actions.locking import Act, begin, undone
from app.actions.rebasing import Rebased
from app.problems import InvalidInput, Problem, SettledTogether
from app.record.standing import standing
from app.record.texts import Clause
from app.rules.amendments import AmendmentStatus
from app.rules.consensus import Status
from app.rules.outcomes import said_again
from app.rules.permissions import Seat
from app.rules.replay import Change
from app.said import Said

MOST_DECISIONS: Final = 100


@dataclass(frozen=True, slots=True)
class ClauseAfter:
    """A clause that decisions are about or have made or changed, as it stands after the last of them."""

    key: str
    label: str
    version: int
    text: str
    status: Status


@dataclass(frozen=True, slots=True)
class DecidedTogether:
    """What several decisions did, in the order in which they were carried out: the outcome of each, the clauses
    concerned as they stand then, and what became in the end of the `others`, the amendments that were carried over and
    are not decided on here."""

    decisions: tuple[Decided, ...]
    clauses: tuple[ClauseAfter, ...]
    others: tuple[Rebased, ...]
    seq: int


async def decide_together(db: AsyncSession, seat: Seat, decisions: Sequence[Decision]) -> DecidedTogether:
    """Carry out decisions in the order given, all or nothing, as one act with one entry on the record.

    The tag that a decision expects is that of its amendment before the first of them: what this very act carries over
    to new words is not stale. Raises what each decision alone would raise, with the `amendment` as a member;
    SettledTogether for one that an earlier decision settles; InvalidInput for none, too many, or two on one amendment.
    """
    act = await begin(db, seat, "amendment.decide_together")
    return await _together(act, decisions)


async def rehearse_together(db: AsyncSession, seat: Seat, decisions: Sequence[Decision]) -> DecidedTogether:
    """What decisions would do if they were made together: carried out and undone (`seq` is 0).

    Raises what making them would raise, but for missing reasons.
    """
    act = await begin(db, seat, "amendment.rehearse")
    with_reasons = [replace(one, reason=one.reason if one.reason.strip() else A_REHEARSAL) for one in decisions]
    found = await undone(act, _together(act, with_reasons))
    outcomes = (
        replace(outcome, seq=0, reason=outcome.reason if given.reason.strip() else "")
        for outcome, given in zip(found.decisions, decisions, strict=True)
    )
    return replace(found, seq=0, decisions=tuple(outcomes))


async def _together(act: Act, decisions: Sequence[Decision]) -> DecidedTogether:
    _must_be_a_list(decisions)
    concerned: set[int] = set()
    for decision in decisions:
        with _naming(decision):
            amendment, *_ = await to_be_decided(act, decision)
            concerned.add(amendment.clause_id)
    carried: list[Carried] = []
    for decision in decisions:
        with _naming(decision):
            carried.append(await _in_turn(act, decision))
            await act.db.flush()  # the next one reads from the tables what this one did
    changes = [{**change, "by": one.decided.amendment} for one in carried for change in one.changes]
    clauses = await _clauses_after(act, concerned, changes)
    written = await act.recorded(recorded_as({"decisions": [one.payload for one in carried]}, changes))
    outcomes = tuple(one.decided for one in carried)
    return DecidedTogether(outcomes, clauses, _others(outcomes), written.seq)


def _must_be_a_list(decisions: Sequence[Decision]) -> None:
    if not 1 <= len(decisions) <= MOST_DECISIONS:
        raise InvalidInput.at(
            "decisions", Said("give from 1 to {most_decisions} decisions.", most_decisions=MOST_DECISIONS)
        )
    names = [_name(decision) for decision in decisions]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise InvalidInput.at(
            "decisions", Said("{twice} is in the list twice; decide once on each amendment.", twice=twice)
        )


async def _in_turn(act: Act, decision: Decision) -> Carried:
    named = await amendment_named(act, decision.amendment)
    amendment, *_ = named
    status = AmendmentStatus(amendment.status)
    if status.is_settled:  # it was not when the act began
        outcome = status.words
        raise SettledTogether(
            amendment=f"A{amendment.number}", outcome=outcome, reason=said_again(amendment.outcome_reason)
        )
    return await carried_out(act, decision, named)


@contextmanager
def _naming(decision: Decision) -> Iterator[None]:
    """A problem says which decision of the list it is about."""
    try:
        yield
    except Problem as problem:
        problem.facts["amendment"] = _name(decision)
        raise


def _name(decision: Decision) -> str:
    number = amendment_number(decision.amendment)
    return f"A{number}" if number else decision.amendment


async def _clauses_after(act: Act, concerned: Collection[int], changes: Sequence[Change]) -> tuple[ClauseAfter, ...]:
    changed = {change["clause"] for change in changes}
    ids = await act.db.scalars(
        select(Clause.id).where(
            Clause.negotiation_id == act.negotiation.id, or_(Clause.id.in_(concerned), Clause.key.in_(changed))
        )
    )
    return tuple(
        ClauseAfter(one.key, one.label, one.clause.version, one.clause.text, one.status(act.now).status)
        for one in (await standing(act.db, act.negotiation, ids.all())).clauses
    )


def _others(outcomes: Sequence[Decided]) -> tuple[Rebased, ...]:
    last = {other.amendment: other for outcome in outcomes for other in outcome.rebased}
    settled = {outcome.amendment for outcome in outcomes} | {name for outcome in outcomes for name in outcome.fallen}
    return tuple(other for name, other in last.items() if name not in settled)
