"""Those who hold the pen decide on amendments: accept, accept with changes, reject. Every outcome has its reason."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from app.actions.effects import carry_out, must_fit
from app.actions.finding import amendment_named, must_be_at
from app.actions.locking import Act, begin
from app.actions.rebasing import Rebased, let_fall, settle
from app.problems import InvalidInput, ReasonRequired
from app.record.proposals import AmendmentVersion
from app.record.standing import standing
from app.rules.amendments import AmendmentAct, AmendmentStatus, ChangeKind, joined_texts, may_happen
from app.rules.permissions import Seat
from app.rules.standing import version_tag
from app.text.screen import screened


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


async def accept(
    db: AsyncSession, seat: Seat, name: str, expected: str, *, with_texts: Sequence[str] | None = None, reason: str = ""
) -> Decided:
    """Put an amendment into the text as it stands in version `expected`, or `with_texts` instead of its words.

    The clause gets a new version (an insertion makes a clause, a deletion takes one out with its sub-paragraphs, ...)
    and the other open amendments are carried over. `with_texts` is one text, or for a split one for each paragraph;
    accepting with changes needs a reason. Raises StaleVersion, AmendmentSettled, AmendmentStillDraft,
    AmendmentConflicts, ClauseClosed, ClauseRemoved, ReasonRequired, InsertionImpossible.
    """
    act = await begin(db, seat, "amendment.decide")
    return await _accept(act, name, expected, with_texts, reason)


async def rehearse(
    db: AsyncSession, seat: Seat, name: str, expected: str, *, with_texts: Sequence[str] | None = None
) -> Decided:
    """What accepting an amendment would do, to the text and to the other amendments: carried out and undone.

    Nothing is left of it, not even on the record (`seq` is 0). Raises what accepting would raise, but for a missing
    reason.
    """
    act = await begin(db, seat, "amendment.rehearse")
    async with db.begin_nested() as savepoint:
        found = await _accept(act, name, expected, with_texts, reason="A rehearsal.")
        await savepoint.rollback()
    return replace(found, seq=0, reason="")


async def reject(db: AsyncSession, seat: Seat, name: str, expected: str, reason: str) -> Decided:
    """Leave an amendment aside, with a reason; its sub-amendments fall. Raises ReasonRequired, StaleVersion,
    AmendmentSettled."""
    act = await begin(db, seat, "amendment.decide")
    amendment, _, proposer = await amendment_named(act, name)
    may_happen(amendment.number, AmendmentStatus(amendment.status), AmendmentAct.DECIDE)
    must_be_at(amendment, expected)
    if not reason.strip():
        raise ReasonRequired(act="Rejecting an amendment")
    reason = screened(reason, "reason")
    settle(act, amendment, AmendmentStatus.REJECTED, reason)
    fallen = await let_fall(act, amendment)
    number, version = f"A{amendment.number}", amendment.current_version
    payload: dict[str, Any] = {"amendment": number, "version": version, "proposer": proposer}
    written = await act.recorded(payload | {"status": amendment.status, "reason": reason, "fallen": fallen})
    return Decided(number, version, AmendmentStatus.REJECTED, reason, written.seq, fallen=tuple(fallen))


async def _accept(act: Act, name: str, expected: str, with_texts: Sequence[str] | None, reason: str) -> Decided:
    amendment, version, proposer = await amendment_named(act, name)
    may_happen(amendment.number, AmendmentStatus(amendment.status), AmendmentAct.DECIDE)
    must_be_at(amendment, expected)
    found = (await standing(act.db, act.negotiation, [amendment.clause_id])).clauses[0]
    wording, has_changes = _wording(ChangeKind(amendment.kind), version, with_texts)
    if has_changes and not reason.strip():
        raise ReasonRequired(act="Accepting with changes")
    reason = screened(reason, "reason") if reason.strip() else ""
    must_fit(amendment, version, found, proposer, has_changes)
    effect = await carry_out(act, amendment, version, found, wording)
    status = AmendmentStatus.ACCEPTED_WITH_CHANGES if has_changes else AmendmentStatus.ACCEPTED
    settle(act, amendment, status, reason)
    fallen = await let_fall(act, amendment)
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
            "fallen": fallen,
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
        fallen=tuple(fallen),
    )


def _wording(kind: ChangeKind, version: AmendmentVersion, with_texts: Sequence[str] | None) -> tuple[str | None, bool]:
    """The words to put into the text, and whether they are others than those proposed."""
    if with_texts is None:
        return version.text, False
    if version.text is None:
        raise InvalidInput.at(
            "text", f"a proposal to {kind.value} has no words that could be changed; reject it instead."
        )
    texts = [screened(given, "text") for given in with_texts]
    if kind is ChangeKind.SPLIT and len(texts) < 2:
        raise InvalidInput.at("texts", "a split makes at least two paragraphs; give the text of each.")
    if kind is not ChangeKind.SPLIT and len(texts) != 1:
        raise InvalidInput.at("texts", "only a split makes several paragraphs; give one text.")
    wording = joined_texts(texts)
    return wording, wording != version.text
