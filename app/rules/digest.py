"""What in a negotiation waits for one person: for their delegation, and for those who hold the pen."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from app.rules.amendments import PARAGRAPH_BREAK, ChangeKind, OpenAmendment
from app.rules.consensus import Status
from app.rules.permissions import Role, Seat
from app.rules.positions import voices
from app.rules.standing import ClauseStanding, Standing
from app.text.clauses import Kind
from app.text.compilation import Proposal
from app.text.overlap import rivals


@dataclass(frozen=True, slots=True)
class WaitingAmendment:
    """An open amendment (`A12`) on the clause called `label`, and who proposed it."""

    amendment: str
    clause: str
    label: str
    proposer: str
    conflicts: bool
    submitted_at: datetime | None


@dataclass(frozen=True, slots=True)
class WaitingSubAmendment:
    """A sub-amendment (`A17`) by `proposer` to `amends`, which its proposer may take up."""

    amendment: str
    amends: str
    label: str
    proposer: str


@dataclass(frozen=True, slots=True)
class WaitingSilence:
    """A running silence (`S2`) on paragraphs on which the delegation has said nothing, and how long it still runs."""

    silence: str
    deadline: datetime
    seconds_left: int
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReadyClause:
    """A paragraph on which every delegation is in favour: ready for a ruling."""

    clause: str
    label: str


@dataclass(frozen=True, slots=True)
class Tie:
    """Open amendments that touch the same words of a paragraph: accepting one changes what the others mean."""

    clause: str
    label: str
    amendments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Needs:
    """What waits for a person. The first four are for their delegation: open amendments on which neither it nor its
    group has said anything, silences (the one that ends first comes first), its own amendments that have to be stated
    anew because their clause changed the same words, and sub-amendments to its own.

    The last three are for those who hold the pen: amendments to decide on, paragraphs ready for a ruling, and ties.
    """

    positions: tuple[WaitingAmendment, ...] = ()
    silences: tuple[WaitingSilence, ...] = ()
    conflicts: tuple[WaitingAmendment, ...] = ()
    sub_amendments: tuple[WaitingSubAmendment, ...] = ()
    decisions: tuple[WaitingAmendment, ...] = ()
    rulings: tuple[ReadyClause, ...] = ()
    ties: tuple[Tie, ...] = ()

    @property
    def are_none(self) -> bool:
        return self == Needs()


def needs_of(seat: Seat, standing: Standing, spoken: Mapping[int, Collection[str]], now: datetime) -> Needs:
    """What waits for the person of `seat` at `now`.

    `spoken` are, by the number of an open amendment, the delegations that have a position on it as it reads now.
    Observers and readers are waited for by nobody.
    """
    proposals = [amendment for _, amendment in _before_the_room(standing)]
    mine = _Mine.of(seat, standing)
    speaks = bool(seat.delegation) and seat.role in (Role.PENHOLDER, Role.DELEGATE)
    needs = Needs()
    if speaks:
        own = {a.number: a for a in proposals if a.proposer == seat.delegation}
        needs = Needs(
            positions=tuple(_waiting(a) for a in proposals if not mine.have_spoken(a, spoken.get(a.number, ()))),
            silences=_silences(standing, mine, now),
            conflicts=tuple(_waiting(a) for a in own.values() if a.conflicts),
            sub_amendments=tuple(
                WaitingSubAmendment(a.name, f"A{a.amends}", a.label, a.proposer) for a in proposals if a.amends in own
            ),
        )
    if not seat.holds_the_pen:
        return needs
    return Needs(
        needs.positions,
        needs.silences,
        needs.conflicts,
        needs.sub_amendments,
        decisions=tuple(_waiting(a) for a in proposals if not a.amends),
        rulings=tuple(_ready(standing, now)),
        ties=tuple(_ties(standing)),
    )


@dataclass(frozen=True, slots=True)
class _Mine:
    """The delegation of a person, with the groups that speak for it."""

    codes: frozenset[str]

    @classmethod
    def of(cls, seat: Seat, standing: Standing) -> "_Mine":
        groups = voices(standing.participants).groups.get(seat.delegation, ())
        return cls(frozenset({seat.delegation, *groups}))

    def have_spoken(self, amendment: OpenAmendment, spoken: Collection[str]) -> bool:
        """Whether they proposed it, stand behind it, or have a position on it."""
        return not self.codes.isdisjoint((amendment.proposer, *amendment.cosponsors, *spoken))

    def have_spoken_on(self, clause: ClauseStanding) -> bool:
        positions = (*clause.facts.positions, *clause.facts.groups)
        return any(position.delegation in self.codes for position in positions)


def _before_the_room(standing: Standing) -> Iterator[tuple[ClauseStanding, OpenAmendment]]:
    for clause in standing.clauses:
        for amendment in (*clause.facts.amendments, *clause.insertions):
            if amendment.is_before_the_room:
                yield clause, amendment


def _waiting(amendment: OpenAmendment) -> WaitingAmendment:
    return WaitingAmendment(
        amendment.name,
        amendment.clause,
        amendment.label,
        amendment.proposer,
        amendment.conflicts,
        amendment.submitted_at,
    )


def _silences(standing: Standing, mine: _Mine, now: datetime) -> tuple[WaitingSilence, ...]:
    labels: dict[tuple[datetime, str], list[str]] = defaultdict(list)
    for clause in standing.in_the_text():
        silence = clause.facts.silence
        if silence is not None and silence.is_running(now) and not mine.have_spoken_on(clause):
            labels[silence.deadline, silence.name].append(clause.label)
    return tuple(
        WaitingSilence(name, deadline, int((deadline - now).total_seconds()), tuple(labels[deadline, name]))
        for deadline, name in sorted(labels)
    )


def _ready(standing: Standing, now: datetime) -> Iterator[ReadyClause]:
    for clause in standing.in_the_text():
        if clause.clause.kind is not Kind.OPENING and clause.status(now).status is Status.EMERGING:
            yield ReadyClause(clause.key, clause.label)


_IN_WORDS = frozenset({ChangeKind.REPLACE, ChangeKind.DELETE, ChangeKind.SPLIT, ChangeKind.MERGE})


def _ties(standing: Standing) -> Iterator[Tie]:
    for clause in standing.in_the_text():
        proposals = [
            Proposal(a.name, (a.proposer,), None if a.text is None else a.text.replace(PARAGRAPH_BREAK, "¶"))
            for a in clause.facts.amendments
            if a.is_before_the_room and a.kind in _IN_WORDS and not a.conflicts and not a.amends
        ]
        for group in rivals(clause.clause.text, proposals) if len(proposals) > 1 else ():
            yield Tie(clause.key, clause.label, tuple(name for side in group.sides for name in side))
