"""Many proposals at once, as a Word file makes them: all in one transaction, each an amendment with its own entry.

What was written on an earlier text is carried over to the present one, as a single proposal is on the pages. A proposal
that its clause cannot take is told and left out; whatever stands against all of them stops the whole.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from app.actions.amending import propose
from app.actions.locking import Act, begin, locked, undone
from app.actions.proposals import Proposal
from app.problems import (
    ClauseClosed,
    ClauseFixed,
    ClauseRemoved,
    InsertionImpossible,
    InvalidInput,
    NothingChanges,
    TextEmpty,
    TextRefused,
    TextTooLong,
    WordTooLarge,
)
from app.record.standing import clause_named, clause_standing
from app.rules.amendments import AmendmentStatus, ChangeKind, joined_texts, split_texts
from app.rules.permissions import Seat
from app.rules.standing import ClauseStanding
from app.said import Said
from app.text.diff import Runs, diff
from app.text.merge import Absorbed, Clean, rebase

MOST_PROPOSALS: Final = 200
_OF_ITS_CLAUSE: Final = (
    ClauseClosed,
    ClauseFixed,
    ClauseRemoved,
    InsertionImpossible,
    InvalidInput,
    NothingChanges,
    TextEmpty,
    TextRefused,
    TextTooLong,
)
_IN_CONFLICT: Final = "{label} has changed since, in the same words. Compare, and propose it on its page."
_SAID_ALREADY: Final = "{label} says it by now."


@dataclass(frozen=True, slots=True)
class Written:
    """A proposal, and the words of its clause that it was written on (of a merger, of all its clauses). `note` goes
    along to whoever looks at it."""

    proposal: Proposal
    base: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class ProposedOne:
    """One of them as it was put down (`amendment` and `seq` are empty and 0 in a preview): `base` is what its clause
    says now, `runs` lead from there to its words; `is_carried` where the clause has changed since it was written."""

    kind: ChangeKind
    label: str
    base: str
    text: str | None
    texts: tuple[str, ...]
    after: str
    merges: tuple[str, ...]
    level: int | None
    rationale: str
    runs: Runs
    is_carried: bool
    note: str = ""
    amendment: str = ""
    status: AmendmentStatus | None = None
    seq: int = 0


@dataclass(frozen=True, slots=True)
class NotProposed:
    """What its clause could not take: its words, and why."""

    words: str
    why: str
    label: str


@dataclass(frozen=True, slots=True)
class ProposedTogether:
    proposed: tuple[ProposedOne, ...]
    refused: tuple[NotProposed, ...]


async def propose_together(db: AsyncSession, seat: Seat, written: Sequence[Written]) -> ProposedTogether:
    """Propose all in the name of the seat's delegation, in their order.

    Raises what `propose` raises but for what is about one clause, which is told with its words; WordTooLarge for too
    many.
    """
    act = await begin(db, seat, "amendment.propose")
    return await _together(act, written)


async def rehearse_proposals(db: AsyncSession, seat: Seat, written: Sequence[Written]) -> ProposedTogether:
    """What proposing all would do: carried out and undone. Raises as `propose_together` does."""
    act = await begin(db, seat, "amendment.propose")
    found = await undone(act, _together(act, written))
    return replace(found, proposed=tuple(replace(one, amendment="", status=None, seq=0) for one in found.proposed))


async def _together(act: Act, written: Sequence[Written]) -> ProposedTogether:
    if len(written) > MOST_PROPOSALS:
        raise WordTooLarge(found=Said("{number} changes", number=f"{len(written)}"), limit=str(MOST_PROPOSALS))
    proposed: list[ProposedOne] = []
    refused: list[NotProposed] = []
    for one in written:
        found = await clause_standing(act.db, act.negotiation, one.proposal.clause)
        try:
            async with act.db.begin_nested():
                proposed.append(await _one(act, one, found))
        except (_NoPlace, *_OF_ITS_CLAUSE) as refusal:
            refused.append(_refused(one, found, refusal))
            await locked(act.db, act.seat.negotiation_id)  # what was undone is read anew
    return ProposedTogether(tuple(proposed), tuple(refused))


async def _one(act: Act, one: Written, found: ClauseStanding) -> ProposedOne:
    found.must_be_in_the_text()
    base = await _present(act, one, found)
    proposal = _carried(one, found, base)
    made = await propose(act.db, act.seat, proposal, found.tag)
    words = proposal.text if proposal.texts is None else "\n".join(proposal.texts)
    has_words = proposal.kind in (ChangeKind.REPLACE, ChangeKind.SPLIT, ChangeKind.MERGE)
    if proposal.kind is ChangeKind.DELETE:
        words, has_words = "", True
    names = [(await clause_named(act.db, act.negotiation, key)).label for key in proposal.merges or ()]
    after = (await clause_named(act.db, act.negotiation, proposal.after)).label if proposal.after else ""
    return ProposedOne(
        kind=proposal.kind,
        label=found.label,
        base=base,
        text=proposal.text,
        texts=proposal.texts or (),
        after=after,
        merges=tuple(names),
        level=proposal.level,
        rationale=proposal.rationale,
        runs=diff(base if has_words else "", words or ""),
        is_carried=proposal.kind is not ChangeKind.INSERT and base != one.base,
        note=one.note,
        amendment=made.amendment,
        status=made.status,
        seq=made.seq,
    )


async def _present(act: Act, one: Written, found: ClauseStanding) -> str:
    """What the clause says now; of a merger, all its clauses."""
    others = [await clause_standing(act.db, act.negotiation, key) for key in one.proposal.merges or ()]
    return " ".join((found.clause.text, *(other.clause.text for other in others)))


class _NoPlace(Exception):
    """The clause has changed since in a way that leaves no place for the proposal."""


def _carried(one: Written, found: ClauseStanding, base: str) -> Proposal:
    """The proposal on the present text."""
    proposal = one.proposal
    words = joined_texts(proposal.texts) if proposal.texts is not None else proposal.text
    if words is None or proposal.kind is ChangeKind.INSERT or base == one.base:
        return proposal
    match rebase(words, one.base, base):
        case Clean(text=text) if proposal.texts is None or len(split_texts(text)) == len(proposal.texts):
            if proposal.texts is not None:
                return replace(proposal, texts=split_texts(text))
            return replace(proposal, text=text)
        case Absorbed():
            raise _NoPlace(_SAID_ALREADY.format(label=found.label))
    raise _NoPlace(_IN_CONFLICT.format(label=found.label))


def _refused(one: Written, found: ClauseStanding, refusal: Exception) -> NotProposed:
    proposal = one.proposal
    words = "\n".join(proposal.texts) if proposal.texts is not None else proposal.text
    return NotProposed(one.base if words is None else words, str(refusal), found.label)
