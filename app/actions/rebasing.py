"""When a clause moves, every open amendment to it is carried over: clean, conflicting, or absorbed. None is lost."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from sqlalchemy import and_, insert, select

from app.actions.finding import current_version
from app.actions.locking import Act
from app.record.people import Delegation
from app.record.proposals import Amendment, AmendmentVersion
from app.record.texts import ClauseVersion
from app.rules.amendments import AmendmentStatus, Audience, ChangeKind, OpenAmendment, split_texts
from app.rules.outcomes import absorbed, fallen_with
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
    carried = [one for one in found.facts.amendments if one.is_before_the_room and one.number not in but]
    kept = await _Kept.of(act, carried, found.id)
    outcomes = [_carry_over(act, kept, found, amendment, wording, version, by) for amendment in carried]
    await kept.put_in(act)
    return (*outcomes, *await _conflict_mergers(act, found.key, but))


async def conflict_all(act: Act, found: ClauseStanding, *, by: str, but: Collection[int] = ()) -> tuple[Rebased, ...]:
    """The clause leaves the text: what was proposed to it conflicts and waits for its author, deletions are done."""
    outcomes = []
    proposed = [one for one in found.facts.amendments if one.is_before_the_room and one.number not in but]
    kept = await _Kept.of(act, proposed)
    for amendment in proposed:
        row = kept.rows[amendment.number]
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
    subs = [one for one in siblings if one.amends == parent and one.is_before_the_room and one.text is not None]
    kept = await _Kept.of(act, subs)
    outcomes = [
        _settle_rebase(act, kept, amendment, base, wording, f"A{parent}", amendment.base_version) for amendment in subs
    ]
    await kept.put_in(act)
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
        settle(act, row, AmendmentStatus.REJECTED, fallen_with(f"A{parent.number}"))
        if row.audience == Audience.ROOM.value:
            fallen.append(f"A{row.number}")
    return fallen


_INTO_THE_TEXT = frozenset({AmendmentStatus.ACCEPTED.value, AmendmentStatus.ACCEPTED_WITH_CHANGES.value})


def settle(act: Act, row: Amendment, status: AmendmentStatus, reason: str) -> None:
    """Give an amendment its outcome."""
    row.status = status.value
    row.outcome_reason = str(reason)
    row.conflicts = False
    row.settled_at, row.settled_seq = act.now, act.seq


def absorb(act: Act, row: Amendment, amendment: OpenAmendment, by: str) -> Rebased:
    """Settle an amendment that the text now says already."""
    settle(act, row, AmendmentStatus.ABSORBED, absorbed(by))
    return _outcome(amendment, RebaseOutcome.ABSORBED, amendment.text)


async def wording_at(act: Act, clause_id: int, version: int) -> str:
    """The text of a clause at one version."""
    text = await act.db.scalar(
        select(ClauseVersion.text).where(ClauseVersion.clause_id == clause_id, ClauseVersion.number == version)
    )
    return text or ""


async def add_rebased_version(act: Act, row: Amendment, text: str | None, base_version: int) -> None:
    """Give an amendment the wording that it has on the new base; what its author said stays in the version before."""
    await act.db.execute(
        insert(AmendmentVersion), [_carried(act, row, await current_version(act, row), text, base_version)]
    )


def _carried(act: Act, row: Amendment, last: AmendmentVersion, text: str | None, base_version: int) -> dict[str, Any]:
    """The version that an amendment has from now on, to be put into the tables."""
    row.current_version += 1
    row.conflicts = False
    return {
        "amendment_id": row.id,
        "number": row.current_version,
        "base_version": base_version,
        "text": text,
        "details": last.details,
        "origin": "rebased",
        "substance": last.substance,
        "seq": act.seq,
        "created_at": act.now,
    }


@dataclass(frozen=True, slots=True)
class _Kept:
    """What the tables have of some open amendments, by number, and the wordings of their clause that they were written
    against."""

    rows: dict[int, Amendment]
    versions: dict[int, AmendmentVersion]
    bases: dict[int, str]
    carried: list[dict[str, Any]] = field(default_factory=list)  # their new versions

    @classmethod
    async def of(cls, act: Act, amendments: Collection[OpenAmendment], clause_id: int | None = None) -> "_Kept":
        """Two statements, however many they are; none where there are none."""
        if not amendments:
            return cls({}, {}, {})
        rows = await act.db.execute(
            select(Amendment, AmendmentVersion)
            .join(
                AmendmentVersion,
                and_(
                    AmendmentVersion.amendment_id == Amendment.id,
                    AmendmentVersion.number == Amendment.current_version,
                ),
            )
            .where(
                Amendment.negotiation_id == act.negotiation.id,
                Amendment.number.in_([amendment.number for amendment in amendments]),
            )
        )
        found = {row.number: (row, version) for row, version in rows}
        bases = await act.db.execute(
            select(ClauseVersion.number, ClauseVersion.text).where(
                ClauseVersion.clause_id == clause_id,
                ClauseVersion.number.in_({amendment.base_version for amendment in amendments}),
            )
        )
        return cls(
            {number: row for number, (row, _) in found.items()},
            {number: version for number, (_, version) in found.items()},
            {number: text for number, text in bases},  # noqa: C416 - rows, not pairs
        )

    async def put_in(self, act: Act) -> None:
        """Put their new versions into the tables, in one statement."""
        if self.carried:
            await act.db.execute(insert(AmendmentVersion), self.carried)


def _carry_over(
    act: Act, kept: _Kept, found: ClauseStanding, amendment: OpenAmendment, wording: str, version: int, by: str
) -> Rebased:
    row = kept.rows[amendment.number]
    if amendment.kind is ChangeKind.MERGE and row.conflicts:  # what it takes in reads otherwise: for its author to see
        return _outcome(amendment, RebaseOutcome.CONFLICTING, amendment.text)
    stays = amendment.text is None  # a deletion or a move: whatever the words are now
    if stays or (amendment.kind is ChangeKind.ALTERNATIVE and amendment.text != wording):
        kept.carried.append(_carried(act, row, kept.versions[amendment.number], amendment.text, version))
        return _outcome(amendment, RebaseOutcome.CLEAN, amendment.text, version)
    base = kept.bases.get(amendment.base_version, "")
    if amendment.amends and by == f"A{amendment.amends}":  # the words it was to amend are in the text now
        base = next(other.text or base for other in found.facts.amendments if other.name == by)
    return _settle_rebase(act, kept, amendment, base, wording, by, version)


def _settle_rebase(
    act: Act, kept: _Kept, amendment: OpenAmendment, base: str, wording: str, by: str, version: int
) -> Rebased:
    row = kept.rows[amendment.number]
    match rebase(amendment.text or "", base, wording):
        case Clean(text=text) if _is_whole(amendment, text):
            kept.carried.append(_carried(act, row, kept.versions[amendment.number], text, version))
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
