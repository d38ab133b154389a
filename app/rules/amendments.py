"""The life of an amendment: from draft to an outcome with a reason. No proposal is lost."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from app.problems import AmendmentAlreadySubmitted, AmendmentSettled, AmendmentStillDraft
from app.said import N_, Said
from app.text.clauses import Clause, Kind, block

# Stands between the paragraphs of a proposal to split one. A private-use character: no text from outside can hold it,
# and to the merge it is a word like any other, so that the place of the split is carried over with the words around it.
PARAGRAPH_BREAK: Final = "\ue000"


class ChangeKind(StrEnum):
    """What an amendment does to the text."""

    REPLACE = "replace"
    INSERT = "insert"
    DELETE = "delete"
    MOVE = "move"  # behind another clause, as it reads
    SPLIT = "split"  # into several paragraphs
    MERGE = "merge"  # with others into one paragraph
    ALTERNATIVE = "alternative"  # another paragraph beside it, `OP4 alt`, until one of the two goes

    @property
    def words(self) -> Said:
        """As a sentence says it: `a proposal to replace`."""
        return Said(_KINDS[self])


_KINDS: Final = {
    ChangeKind.REPLACE: N_("replace"),
    ChangeKind.INSERT: N_("insert"),
    ChangeKind.DELETE: N_("delete"),
    ChangeKind.MOVE: N_("move"),
    ChangeKind.SPLIT: N_("split"),
    ChangeKind.MERGE: N_("merge"),
    ChangeKind.ALTERNATIVE: N_("alternative"),
}
TAKING_ALONG: Final = frozenset({ChangeKind.DELETE, ChangeKind.MOVE, ChangeKind.MERGE})  # other clauses than their own


class AmendmentStatus(StrEnum):
    DRAFT = "draft"
    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    ACCEPTED_WITH_CHANGES = "accepted_with_changes"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    ABSORBED = "absorbed"

    @property
    def is_settled(self) -> bool:
        return self not in (AmendmentStatus.DRAFT, AmendmentStatus.PROPOSED)

    @property
    def words(self) -> Said:
        return Said(_STATUSES[self])


_STATUSES: Final = {
    AmendmentStatus.DRAFT: N_("draft"),
    AmendmentStatus.PROPOSED: N_("proposed"),
    AmendmentStatus.ACCEPTED: N_("accepted"),
    AmendmentStatus.ACCEPTED_WITH_CHANGES: N_("accepted with changes"),
    AmendmentStatus.REJECTED: N_("rejected"),
    AmendmentStatus.WITHDRAWN: N_("withdrawn"),
    AmendmentStatus.ABSORBED: N_("absorbed"),
}


class Audience(StrEnum):
    """Who sees an amendment: its proposer's delegation alone, a group of which that is a member, or the room."""

    DELEGATION = "delegation"
    GROUP = "group"
    ROOM = "room"


class AmendmentAct(StrEnum):
    RESTATE = "restate"
    SHARE = "share"
    SUBMIT = "submit"
    WITHDRAW = "withdraw"
    COSPONSOR = "cosponsor"
    DECIDE = "decide"
    ABSORB = "absorb"


@dataclass(frozen=True, slots=True)
class OpenAmendment:
    """An amendment that still waits for a decision, as consensus and compilation see it.

    `clause` is the key of the clause it is about and `label` what that is called. `text` is None for a deletion or a
    move; the paragraphs of a split are parted by PARAGRAPH_BREAK. `base_version` is the version of the clause it is
    written against. `amends` is the number of the amendment that a sub-amendment is to, 0 for one to the text itself;
    `merges` are the keys of the clauses that a merger takes in, `paragraph` the kind and level of an insertion.
    `conflicts` is true when the clause moved and the proposal could not be carried over: it waits for its author.
    `shared_with` are those who see it beside its proposer while it is a draft.
    """

    number: int
    kind: ChangeKind
    clause: str
    proposer: str
    status: AmendmentStatus
    version: int
    base_version: int
    text: str | None = None
    cosponsors: tuple[str, ...] = ()
    rationale: str = ""
    conflicts: bool = False
    submitted_at: datetime | None = None
    amends: int = 0
    merges: tuple[str, ...] = ()
    paragraph: tuple[Kind, int] | None = None
    label: str = ""
    shared_with: frozenset[str] = frozenset()

    @property
    def name(self) -> str:
        return f"A{self.number}"

    @property
    def is_before_the_room(self) -> bool:
        return self.status is AmendmentStatus.PROPOSED


def may_happen(
    number: int, status: AmendmentStatus, act: AmendmentAct, audience: Audience = Audience.DELEGATION
) -> None:
    """Refuse an act that the state of the amendment does not allow. A draft can be co-sponsored where its `audience` is
    a group.

    Raises AmendmentSettled once it has an outcome (a decision is undone only by a new act: propose it again),
    AmendmentAlreadySubmitted, and AmendmentStillDraft for what others do to it before it is before the room.
    """
    if status.is_settled:
        raise AmendmentSettled(amendment=f"A{number}", outcome=status.words)
    if status is AmendmentStatus.PROPOSED and act in (AmendmentAct.SHARE, AmendmentAct.SUBMIT):
        raise AmendmentAlreadySubmitted(amendment=f"A{number}")
    if act is AmendmentAct.COSPONSOR and audience is Audience.GROUP:
        return
    if status is AmendmentStatus.DRAFT and act in (AmendmentAct.COSPONSOR, AmendmentAct.DECIDE):
        raise AmendmentStillDraft(amendment=f"A{number}")


def taken_along(kind: ChangeKind, clause: str, merges: Collection[str], live: Sequence[Clause]) -> tuple[str, ...]:
    """The keys of the clauses, beside its own, that a proposal would take along in the text as it stands (`live`).

    A deletion and a move take the sub-paragraphs along, a merger takes in the clauses it names (`merges`). Nothing,
    where its own clause has left the text already.
    """
    if kind not in TAKING_ALONG or all(present.key != clause for present in live):
        return ()
    if kind is not ChangeKind.MERGE:
        return tuple(part.key for part in block(live, clause)[1:])
    return tuple(present.key for present in live if present.key in merges)


def split_texts(text: str) -> tuple[str, ...]:
    """The paragraphs of a proposal to split one, in order."""
    return tuple(part.strip() for part in text.split(PARAGRAPH_BREAK))


def joined_texts(texts: Sequence[str]) -> str:
    """The paragraphs of a proposal to split one, as one text."""
    return f" {PARAGRAPH_BREAK} ".join(texts)
