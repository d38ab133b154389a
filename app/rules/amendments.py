"""The life of an amendment: from draft to an outcome with a reason. No proposal is lost."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.problems import AmendmentAlreadySubmitted, AmendmentSettled, AmendmentStillDraft


class ChangeKind(StrEnum):
    """What an amendment does to the text."""

    REPLACE = "replace"
    INSERT = "insert"
    DELETE = "delete"


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


class Audience(StrEnum):
    """Who sees an amendment: its proposer's delegation alone, or the room."""

    DELEGATION = "delegation"
    ROOM = "room"


class AmendmentAct(StrEnum):
    RESTATE = "restate"
    SUBMIT = "submit"
    WITHDRAW = "withdraw"
    COSPONSOR = "cosponsor"
    DECIDE = "decide"
    ABSORB = "absorb"


@dataclass(frozen=True, slots=True)
class OpenAmendment:
    """An amendment that still waits for a decision, as consensus and compilation see it.

    `text` is None for a deletion. `base_version` is the version of the clause it is written against. `conflicts` is
    true when the clause moved and the proposal could not be carried over: it waits for its author.
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

    @property
    def name(self) -> str:
        return f"A{self.number}"

    @property
    def is_before_the_room(self) -> bool:
        return self.status is AmendmentStatus.PROPOSED


def may_happen(number: int, status: AmendmentStatus, act: AmendmentAct) -> None:
    """Refuse an act that the state of the amendment does not allow.

    Raises AmendmentSettled once it has an outcome (a decision is undone only by a new act: propose it again),
    AmendmentAlreadySubmitted, and AmendmentStillDraft for what others do to it before it is before the room.
    """
    if status.is_settled:
        raise AmendmentSettled(amendment=f"A{number}", outcome=status.value.replace("_", " "))
    if status is AmendmentStatus.PROPOSED and act is AmendmentAct.SUBMIT:
        raise AmendmentAlreadySubmitted(amendment=f"A{number}")
    if status is AmendmentStatus.DRAFT and act in (AmendmentAct.COSPONSOR, AmendmentAct.DECIDE):
        raise AmendmentStillDraft(amendment=f"A{number}")
