"""What delegations say on a clause or an amendment, and for whom it counts."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.rules.permissions import Role


class Stance(StrEnum):
    """In order of caution: the later, the further from consensus."""

    SUPPORT = "support"
    ACCEPT = "accept"  # can live with it
    RESERVE = "reserve"  # awaiting instructions
    OBJECT = "object"  # a reason is required


class DelegationKind(StrEnum):
    STATE = "state"
    GROUP = "group"
    ORGANISATION = "organisation"


@dataclass(frozen=True, slots=True)
class Participant:
    """A delegation as it takes part in a negotiation. `members` are the codes of a group's members on the day."""

    code: str
    name: str
    kind: DelegationKind
    role: Role
    members: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Position:
    """What one delegation said itself, on one version. `since` is when."""

    delegation: str
    stance: Stance
    reason: str
    version: int
    since: datetime


@dataclass(frozen=True, slots=True)
class EffectivePosition:
    """A position as it counts for one delegation. `via` is the group that spoke for it, empty when it spoke itself.

    `counts` is false for observers: shown, never counted.
    """

    delegation: str
    stance: Stance
    reason: str
    version: int
    since: datetime
    via: str = ""
    counts: bool = True


def counted(participants: Iterable[Participant]) -> tuple[str, ...]:
    """The codes of the delegations whose agreement consensus needs, in the order given.

    Penholders and delegates count; observers and readers do not. A group counts through those of its members that take
    part; one none of whose members takes part counts itself.
    """
    present = [p for p in participants if p.role in (Role.PENHOLDER, Role.DELEGATE)]
    codes = {p.code for p in present}
    return tuple(p.code for p in present if p.kind is not DelegationKind.GROUP or not (p.members & codes))


def effective(participants: Collection[Participant], stated: Mapping[str, Position]) -> tuple[EffectivePosition, ...]:
    """Who is held to say what, from what each delegation said itself (`stated`, by code).

    A group's position counts for each of its members that has taken none itself; a member's own always prevails. Where
    two groups of a member differ, the more cautious counts. Observers' own positions follow with `counts` false.
    """
    by_code = {p.code: p for p in participants}
    voices = [p for p in participants if p.kind is DelegationKind.GROUP and p.role in (Role.PENHOLDER, Role.DELEGATE)]
    found: list[EffectivePosition] = []
    for code in counted(participants):
        own = stated.get(code)
        if own is not None:
            found.append(_as_effective(own, code))
            continue
        spoken = [stated[g.code] for g in voices if code in g.members and g.code in stated and g.code != code]
        if spoken:
            most_cautious = max(spoken, key=lambda position: (_CAUTION[position.stance], position.delegation))
            found.append(_as_effective(most_cautious, code, via=most_cautious.delegation))
    for code, position in stated.items():
        participant = by_code.get(code)
        if participant is not None and participant.role not in (Role.PENHOLDER, Role.DELEGATE):
            found.append(_as_effective(position, code, counts=False))
    return tuple(found)


def for_members(participants: Collection[Participant], stated: Mapping[str, Position]) -> tuple[EffectivePosition, ...]:
    """What groups said that count through their members: shown, and counted with the members only."""
    voices = [p for p in participants if p.role in (Role.PENHOLDER, Role.DELEGATE) and p.code in stated]
    through_members = {p.code for p in voices} - set(counted(participants))
    return tuple(_as_effective(stated[p.code], p.code, counts=False) for p in voices if p.code in through_members)


def lapsed(
    participants: Iterable[Participant], earlier: Mapping[str, Position], current: Collection[str]
) -> tuple[EffectivePosition, ...]:
    """What delegations said themselves on earlier wording, and groups; but for those that have spoken since."""
    voices = {p.code for p in participants if p.role in (Role.PENHOLDER, Role.DELEGATE)}
    return tuple(
        _as_effective(position, code, counts=code in voices)
        for code, position in earlier.items()
        if code not in current
    )


_CAUTION = {stance: rank for rank, stance in enumerate(Stance)}


def _as_effective(position: Position, code: str, via: str = "", counts: bool = True) -> EffectivePosition:
    return EffectivePosition(
        delegation=code,
        stance=position.stance,
        reason=position.reason,
        version=position.version,
        since=position.since,
        via=via,
        counts=counts,
    )
