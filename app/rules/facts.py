"""What is known of one paragraph: all that its status depends on."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.rules.amendments import OpenAmendment
from app.rules.positions import EffectivePosition, Stance
from app.rules.silence import ClauseSilence
from app.rules.stages import Stage


class RulingKind(StrEnum):
    AGREED = "agreed"
    AD_REF = "ad_ref"


@dataclass(frozen=True, slots=True)
class Ruling:
    """A penholder's ruling on one version. `pending` names delegations whose capitals still have to confirm."""

    kind: RulingKind
    version: int
    at: datetime
    by: str
    pending: tuple[str, ...] = ()
    package: str = ""


@dataclass(frozen=True, slots=True)
class Dissociation:
    """A delegation that joins the consensus except on this paragraph: it neither blocks it nor is waited for."""

    name: str
    delegation: str
    statement: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ClauseFacts:
    """All that the status of one clause depends on, for its current version.

    `counted` are the delegations whose agreement is needed; `positions` the effective ones on this version, `groups`
    what groups said themselves that count through their members; `lapsed` those taken on earlier wording; `amendments`
    are open on this clause, `taken_by` those open on others that would take this one along; `ruling` and `silence` the
    last on this version, None when it was reopened since; `dissociations` stand on the clause whatever it says. `stage`
    is that of the whole text.
    """

    label: str
    version: int
    counted: tuple[str, ...] = ()
    positions: tuple[EffectivePosition, ...] = ()
    groups: tuple[EffectivePosition, ...] = ()
    lapsed: tuple[EffectivePosition, ...] = ()
    amendments: tuple[OpenAmendment, ...] = ()
    taken_by: tuple[OpenAmendment, ...] = ()
    ruling: Ruling | None = None
    silence: ClauseSilence | None = None
    is_removed: bool = False
    removed_by: str = ""
    stage: Stage = Stage.ZERO_DRAFT
    dissociations: tuple[Dissociation, ...] = ()

    @property
    def dissociated(self) -> frozenset[str]:
        """The delegations that are not waited for on this paragraph."""
        return frozenset(dissociation.delegation for dissociation in self.dissociations)


def objections(facts: ClauseFacts) -> tuple[EffectivePosition, ...]:
    """The objections that count, on the current version."""
    return standing_in_the_way(facts, Stance.OBJECT)


def not_spoken(facts: ClauseFacts) -> tuple[str, ...]:
    """The delegations that consensus needs and that are not held to say anything on the current version."""
    spoken = facts.dissociated | {position.delegation for position in facts.positions if position.counts}
    return tuple(code for code in facts.counted if code not in spoken)


def standing_in_the_way(facts: ClauseFacts, stance: Stance) -> tuple[EffectivePosition, ...]:
    """The positions with a stance that count; who has dissociated itself is not held to what its group says."""
    dissociated = facts.dissociated
    return tuple(
        p for p in facts.positions if p.counts and p.stance is stance and not (p.via and p.delegation in dissociated)
    )
