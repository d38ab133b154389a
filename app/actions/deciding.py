"""Those who hold the pen decide on amendments: accept, accept with changes, reject. Every outcome has its reason."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, Final

from sqlalchemy.ext.asyncio import AsyncSession

from app.actions.effects import Effect, carry_out, must_fit
from app.actions.finding import amendment_named, must_be_at
from app.actions.locking import Act, begin, undone
from app.actions.rebasing import Rebased, let_fall, settle
from app.problems import InvalidInput, ReasonRequired
from app.record.proposals import Amendment, AmendmentVersion
from app.record.standing import standing
from app.rules.amendments import AmendmentAct, AmendmentStatus, ChangeKind, joined_texts, may_happen
from app.rules.permissions import Seat
from app.rules.replay import Change
from app.rules.standing import version_tag
from app.said import Said
from app.text.screen import screened

A_REHEARSAL: Final = "A rehearsal."  # stands for a reason that is not given yet

Named = tuple[Amendment, AmendmentVersion, str]  # an amendment, its current version, its proposer's code


class Choice(StrEnum):
    ACCEPT = "accept"
    REJECT = "reject"


@dataclass(frozen=True, slots=True)
class Decision:
    """What is decided on one amendment, called `amendment`, as it was read at the tag `expected`.

    `with_texts` are other words to accept than those proposed: one text, or for a split one for each paragraph.
    """

    amendment: str
    expected: str
    choice: Choice
    with_texts: Sequence[str] | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Decided:
    """What a decision did: the amendment's outcome, the clause it made or changed (None for a rejection), and what
    became of the other open amendments. `removed` lists the labels that left the text, `fallen` the sub-amendments
    that fell with their amendment."""

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
    fallen: tuple[str, ...] = ()

    @property
    def tag(self) -> str:
        return version_tag(self.amendment, self.version)


@dataclass(frozen=True, slots=True)
class Carried:
    """A decision that was carried out: what to answer, what to put on the record, what changed in the text."""

    decided: Decided
    payload: dict[str, Any]
    changes: list[Change] = field(default_factory=list)


async def accept(
    db: AsyncSession, seat: Seat, name: str, expected: str, *, with_texts: Sequence[str] | None = None, reason: str = ""
) -> Decided:
    """Put an amendment into the text as it stands in version `expected`, or `with_texts` instead of its words.

    The clause gets a new version (an insertion makes a clause, a deletion takes one out with its sub-paragraphs, ...)
    and the other open amendments are carried over. Accepting with changes needs a reason. Raises StaleVersion,
    AmendmentSettled, AmendmentStillDraft, AmendmentConflicts, ClauseClosed, ClauseUnderSilence, ClauseRemoved,
    ReasonRequired, InsertionImpossible.
    """
    act = await begin(db, seat, "amendment.decide")
    return await _alone(act, Decision(name, expected, Choice.ACCEPT, with_texts, reason))


async def rehearse(
    db: AsyncSession, seat: Seat, name: str, expected: str, *, with_texts: Sequence[str] | None = None
) -> Decided:
    """What accepting an amendment would do, to the text and to the other amendments: carried out and undone.

    Nothing is left of it, not even on the record (`seq` is 0). Raises what accepting would raise, but for a missing
    reason.
    """
    act = await begin(db, seat, "amendment.rehearse")
    found = await undone(act, _alone(act, Decision(name, expected, Choice.ACCEPT, with_texts, A_REHEARSAL)))
    return replace(found, seq=0, reason="")


async def reject(db: AsyncSession, seat: Seat, name: str, expected: str, reason: str) -> Decided:
    """Leave an amendment aside, with a reason; its sub-amendments fall. Raises ReasonRequired, StaleVersion,
    AmendmentSettled."""
    act = await begin(db, seat, "amendment.decide")
    return await _alone(act, Decision(name, expected, Choice.REJECT, reason=reason))


async def _alone(act: Act, decision: Decision) -> Decided:
    carried = await carried_out(act, decision, await to_be_decided(act, decision))
    await act.recorded(recorded_as(carried.payload, carried.changes))
    return carried.decided


async def to_be_decided(act: Act, decision: Decision) -> Named:
    """The amendment that a decision is on, when it is before the room and at the version that was read."""
    named = await amendment_named(act, decision.amendment)
    amendment, *_ = named
    may_happen(amendment.number, AmendmentStatus(amendment.status), AmendmentAct.DECIDE)
    must_be_at(amendment, decision.expected)
    return named


async def carried_out(act: Act, decision: Decision, named: Named) -> Carried:
    """Carry out a decision on an amendment, in an act that will be recorded."""
    if decision.choice is Choice.REJECT:
        return await _rejected(act, decision, named)
    amendment, version, proposer = named
    found = (await standing(act.db, act.negotiation, [amendment.clause_id])).clauses[0]
    wording, has_changes = _wording(ChangeKind(amendment.kind), version, decision.with_texts)
    if has_changes and not decision.reason.strip():
        raise ReasonRequired(act=Said("Accepting with changes"))
    reason = screened(decision.reason, "reason") if decision.reason.strip() else ""
    must_fit(amendment, version, found, proposer, has_changes)
    effect = await carry_out(act, amendment, version, found, wording)
    status = AmendmentStatus.ACCEPTED_WITH_CHANGES if has_changes else AmendmentStatus.ACCEPTED
    settle(act, amendment, status, reason)
    decided = _with_effect(await _decided(act, amendment), effect)
    told = {
        "clause": effect.key,
        "label": effect.label,
        "rebased": [outcome.as_payload() for outcome in effect.rebased],
    }
    return Carried(decided, _payload(decided, proposer) | told, effect.changes)


def recorded_as(payload: dict[str, Any], changes: Sequence[Change]) -> dict[str, Any]:
    """What an entry says; only one that changes the text has `changes`."""
    return {**payload, "changes": list(changes)} if changes else payload


async def _rejected(act: Act, decision: Decision, named: Named) -> Carried:
    amendment, _, proposer = named
    if decision.with_texts is not None:
        raise InvalidInput.at(
            "text",
            Said(
                "a rejection puts no words into the text; leave the field out.",
                "a rejection puts no words into the text; leave it empty.",
            ),
        )
    if not decision.reason.strip():
        raise ReasonRequired(act=Said("Rejecting an amendment"))
    settle(act, amendment, AmendmentStatus.REJECTED, screened(decision.reason, "reason"))
    decided = await _decided(act, amendment)
    return Carried(decided, _payload(decided, proposer))


async def _decided(act: Act, amendment: Amendment) -> Decided:
    """The outcome of an amendment that has just been settled; its sub-amendments fall with it."""
    return Decided(
        amendment=f"A{amendment.number}",
        version=amendment.current_version,
        status=AmendmentStatus(amendment.status),
        reason=amendment.outcome_reason,
        seq=act.seq,
        fallen=tuple(await let_fall(act, amendment)),
    )


def _with_effect(decided: Decided, effect: Effect) -> Decided:
    return replace(
        decided,
        label=effect.label,
        key=effect.key,
        clause_version=effect.clause_version,
        text=effect.text,
        removed=effect.removed,
        rebased=effect.rebased,
    )


def _payload(decided: Decided, proposer: str) -> dict[str, Any]:
    return {
        "amendment": decided.amendment,
        "version": decided.version,
        "proposer": proposer,
        "status": decided.status.value,
        "reason": decided.reason,
        "fallen": list(decided.fallen),
    }


def _wording(kind: ChangeKind, version: AmendmentVersion, with_texts: Sequence[str] | None) -> tuple[str | None, bool]:
    """The words to put into the text, and whether they are others than those proposed."""
    if with_texts is None:
        return version.text, False
    if version.text is None:
        raise InvalidInput.at(
            "text", Said("a proposal to {kind} has no words that could be changed; reject it instead.", kind=kind.words)
        )
    texts = [screened(given, "text") for given in with_texts]
    if kind is ChangeKind.SPLIT and len(texts) < 2:
        raise InvalidInput.at("texts", Said("a split makes at least two paragraphs; give the text of each."))
    if kind is not ChangeKind.SPLIT and len(texts) != 1:
        raise InvalidInput.at("texts", Said("only a split makes several paragraphs; give one text."))
    wording = joined_texts(texts)
    return wording, wording != version.text
