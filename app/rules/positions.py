"""What delegations say on a clause or an amendment, and for whom it counts."""

from collections.abc import Collection, Mapping
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


@dataclass(frozen=True, slots=True)
class Voices:
    """Who speaks for whom in a negotiation: worked out once from who takes part, and asked for every paragraph.

    `counted` are the codes of the delegations whose agreement consensus needs, in the order given; `groups` those of
    the groups that speak for each of them; `through_members` the groups that count through their members; `observers`
    those who are heard and never counted.
    """

    counted: tuple[str, ...]
    groups: Mapping[str, tuple[str, ...]]
    through_members: tuple[str, ...]
    observers: frozenset[str]

    def effective(self, stated: Mapping[str, Position]) -> tuple[EffectivePosition, ...]:
        """Who is held to say what, from what each delegation said itself (`stated`, by code).

        A group's position counts for each of its members that has taken none itself; a member's own always prevails.
        Where two groups of a member differ, the more cautious counts. Observers' own positions follow with `counts`
        false.
        """
        found: list[EffectivePosition] = []
        for code in self.counted:
            own = stated.get(code)
            if own is not None:
                found.append(_as_effective(own, code))
                continue
            spoken = [stated[group] for group in self.groups[code] if group in stated]
            if spoken:
                most_cautious = max(spoken, key=lambda position: (_CAUTION[position.stance], position.delegation))
                found.append(_as_effective(most_cautious, code, most_cautious.delegation))
        if self.observers:
            heard = ((code, position) for code, position in stated.items() if code in self.observers)
            found += (_as_effective(position, code, counts=False) for code, position in heard)
        return tuple(found)

    def for_members(self, stated: Mapping[str, Position]) -> tuple[EffectivePosition, ...]:
        """What groups said themselves that count through their members: shown, and counted with the members only."""
        return tuple(_as_effective(stated[c], c, counts=False) for c in self.through_members if c in stated)

    def lapsed(self, earlier: Mapping[str, Position], current: Collection[str]) -> tuple[EffectivePosition, ...]:
        """What delegations said themselves on earlier wording, and groups; but for those that have spoken since."""
        return tuple(
            _as_effective(position, code, counts=code in self.groups or code in self.through_members)
            for code, position in earlier.items()
            if code not in current
        )


def voices(participants: Collection[Participant]) -> Voices:
    """Who speaks for whom among those who take part.

    Penholders and delegates count; observers and readers do not. A group counts through those of its members that take
    part; one none of whose members takes part counts itself.
    """
    present = [p for p in participants if p.role in (Role.PENHOLDER, Role.DELEGATE)]
    codes = {p.code for p in present}
    groups = [p for p in present if p.kind is DelegationKind.GROUP]
    through_members = tuple(group.code for group in groups if group.members & codes)
    counted = tuple(p.code for p in present if p.code not in through_members)
    return Voices(
        counted,
        {code: tuple(g.code for g in groups if code in g.members and g.code != code) for code in counted},
        through_members,
        frozenset(p.code for p in participants) - codes,
    )


def counted(participants: Collection[Participant]) -> tuple[str, ...]:
    """The codes of the delegations whose agreement consensus needs, in the order given."""
    return voices(participants).counted


def effective(participants: Collection[Participant], stated: Mapping[str, Position]) -> tuple[EffectivePosition, ...]:
    """Who is held to say what, on one thing; see Voices."""
    return voices(participants).effective(stated)


_CAUTION = {stance: rank for rank, stance in enumerate(Stance)}


def _as_effective(position: Position, code: str, via: str = "", counts: bool = True) -> EffectivePosition:
    return EffectivePosition(code, position.stance, position.reason, position.version, position.since, via, counts)
