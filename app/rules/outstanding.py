"""What stands between a text and consensus: who holds which paragraphs, and how; which paragraphs nobody holds.

Made of the facts that a status gives as its `because`: a delegation holds a paragraph when one of those names it as
objecting, proposing, reserving, having broken a silence, or waiting for its capital.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from app.rules.amendments import OpenAmendment
from app.rules.because import Because, Fact
from app.rules.consensus import ClauseStatus, Status


class Hold(StrEnum):
    """How a delegation holds a paragraph."""

    OBJECTION = "objection"
    PROPOSER = "proposer"  # of an open amendment
    COSPONSOR = "cosponsor"  # of one
    BROKEN_SILENCE = "broken_silence"
    RESERVATION = "reservation"
    PENDING = "pending"  # agreed ad ref, subject to its capital


@dataclass(frozen=True, slots=True)
class JudgedClause:
    """One paragraph with its status."""

    key: str
    label: str
    found: ClauseStatus


@dataclass(frozen=True, slots=True)
class Held:
    """One way in which a delegation holds one paragraph. `amendment` is empty but for proposers and co-sponsors."""

    clause: str
    label: str
    how: Hold
    sentence: str
    amendment: str = ""


@dataclass(frozen=True, slots=True)
class Holder:
    """A delegation with what it holds: how many paragraphs, in which ways (one paragraph may be held in several), and
    the open proposals `beside` the paragraphs (to insert one, or to one that has left the text) that it stands behind.
    """

    delegation: str
    paragraphs: int
    holds: tuple[Held, ...]
    beside: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class HeldClause:
    """A paragraph that something stands in the way of, `because` of what, and which delegations hold it."""

    clause: str
    label: str
    status: Status
    because: tuple[Because, ...]
    delegations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outstanding:
    """What is outstanding in a whole text. `holders` come with who holds most first, `clauses` as in the document;
    `beside` names the open proposals that bracket no paragraph; `unheld` are the labels of paragraphs that are not
    agreed although nobody holds them: they wait for positions, a deadline or a ruling.
    """

    holders: tuple[Holder, ...]
    clauses: tuple[HeldClause, ...]
    beside: tuple[str, ...]
    unheld: tuple[str, ...]


def outstanding(judged: Iterable[JudgedClause], beside: Iterable[OpenAmendment] = ()) -> Outstanding:
    """What stands in the way, by delegation and by paragraph. `beside` are open proposals that bracket no paragraph."""
    held: dict[str, list[Held]] = defaultdict(list)
    proposals: dict[str, list[str]] = defaultdict(list)
    clauses: list[HeldClause] = []
    unheld: list[str] = []
    open_beside = [proposal for proposal in beside if proposal.is_before_the_room]
    for clause in judged:
        because = tuple(fact for fact in clause.found.because if fact.fact in _STANDING_IN_THE_WAY)
        if because:
            who = tuple(dict.fromkeys(code for fact in because for code in fact.delegations))
            clauses.append(HeldClause(clause.key, clause.label, clause.found.status, because, who))
        elif clause.found.status not in (Status.AGREED, Status.REMOVED):
            unheld.append(clause.label)
        for fact in because:
            for code, how in _ways(fact):
                held[code].append(Held(clause.key, clause.label, how, fact.sentence, fact.amendment))
    for proposal in open_beside:
        for code in (proposal.proposer, *proposal.cosponsors):
            proposals[code].append(proposal.name)
    holders = [
        Holder(code, len({hold.clause for hold in held[code]}), tuple(held[code]), tuple(proposals[code]))
        for code in {**held, **proposals}
    ]
    holders.sort(key=lambda holder: (-holder.paragraphs, -len(holder.beside), holder.delegation))
    return Outstanding(tuple(holders), tuple(clauses), tuple(proposal.name for proposal in open_beside), tuple(unheld))


def _ways(fact: Because) -> Iterator[tuple[str, Hold]]:
    """Each delegation that a fact names, with how it holds the paragraph by it; the first behind a proposal made it."""
    for place, code in enumerate(fact.delegations):
        yield code, _HOLDS[fact.fact] if fact.fact is not Fact.OPEN_AMENDMENT or not place else Hold.COSPONSOR


_HOLDS: Final = {
    Fact.OBJECTION: Hold.OBJECTION,
    Fact.OPEN_AMENDMENT: Hold.PROPOSER,
    Fact.SILENCE_BROKEN: Hold.BROKEN_SILENCE,
    Fact.RESERVATION: Hold.RESERVATION,
    Fact.PENDING: Hold.PENDING,
}
_STANDING_IN_THE_WAY: Final = frozenset({*_HOLDS, Fact.PACKAGE})  # a package holds a paragraph in nobody's name
