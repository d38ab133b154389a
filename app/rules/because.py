"""The facts that a status rests on, in words: who objects and why, which amendments are open, which deadline runs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.rules.amendments import ChangeKind, OpenAmendment
from app.rules.facts import ClauseFacts, objections, standing_in_the_way
from app.rules.positions import EffectivePosition, Stance


class Fact(StrEnum):
    """The kinds of facts that a status rests on."""

    DELETION_ACCEPTED = "deletion_accepted"
    RULED_AGREED = "ruled_agreed"
    SILENCE_PASSED = "silence_passed"
    OBJECTION = "objection"
    OPEN_AMENDMENT = "open_amendment"
    SILENCE_BROKEN = "silence_broken"
    SILENCE_RUNNING = "silence_running"
    RULED_AD_REF = "ruled_ad_ref"
    PENDING = "pending"
    PACKAGE = "package"
    RESERVATION = "reservation"
    ALL_IN_FAVOUR = "all_in_favour"
    NO_POSITION = "no_position"
    LAPSED = "lapsed"
    DISSOCIATION = "dissociation"
    VOTED_OUT = "voted_out"
    ORALLY_DELETED = "orally_deleted"


@dataclass(frozen=True, slots=True)
class Because:
    """One fact that makes a status so, with whom it concerns and a sentence for people."""

    fact: Fact
    sentence: str
    delegations: tuple[str, ...] = ()
    amendment: str = ""
    at: datetime | None = None


def because_objected(facts: ClauseFacts) -> tuple[Because, ...]:
    """Who objects to the current version, and why."""
    return tuple(
        Because(
            Fact.OBJECTION, f"{_speaker(p)} objects to v{p.version}: {quoted(p.reason)}", (p.delegation,), at=p.since
        )
        for p in objections(facts)
    )


def because_reserved(facts: ClauseFacts) -> tuple[Because, ...]:
    """Who reserves its position on it."""
    return tuple(
        Because(
            Fact.RESERVATION,
            f"{_speaker(p)} reserves its position on v{p.version}" + (f": {quoted(p.reason)}" if p.reason else "."),
            (p.delegation,),
            at=p.since,
        )
        for p in standing_in_the_way(facts, Stance.RESERVE)
    )


def because_dissociated(facts: ClauseFacts) -> tuple[Because, ...]:
    """Who joins the consensus except on it."""
    return tuple(
        Because(
            Fact.DISSOCIATION,
            f"{d.delegation} dissociates itself from it: {quoted(d.statement)}",
            (d.delegation,),
            at=d.at,
        )
        for d in facts.dissociations
    )


def because_removed(facts: ClauseFacts) -> Because:
    """What took it out of the text: an amendment (`A7`), a vote (`V1`) or an oral revision."""
    by = facts.removed_by
    if by.startswith("V"):
        return Because(Fact.VOTED_OUT, f"It was rejected in the vote {by}.")
    if not by.startswith("A"):
        return Because(Fact.ORALLY_DELETED, f"It was deleted by the sponsors ({by}).")
    return Because(Fact.DELETION_ACCEPTED, f"Its deletion was accepted ({by}).", amendment=by)


def because_proposed(facts: ClauseFacts) -> tuple[Because, ...]:
    """Which amendments are open on it, or would take it along with another clause."""
    return tuple(
        Because(
            Fact.OPEN_AMENDMENT,
            f"{a.name} by {listed((a.proposer, *a.cosponsors))} to {what} is open"
            + (" and conflicts with the present wording." if a.conflicts else "."),
            (a.proposer, *a.cosponsors),
            amendment=a.name,
            at=a.submitted_at,
        )
        for a, what in (
            *((a, _WHAT[a.kind.value]) for a in facts.amendments),
            *((a, _taking(a)) for a in facts.taken_by),
        )
        if a.is_before_the_room
    )


def _taking(amendment: OpenAmendment) -> str:
    """What a proposal on another clause would do to this one."""
    if amendment.kind is ChangeKind.MERGE:
        return f"merge it into {amendment.label}"
    return f"{amendment.kind} {amendment.label}, of which it is a part,"


_WHAT = {
    "replace": "change the wording",
    "insert": "insert a paragraph here",
    "delete": "delete it",
    "move": "move it",
    "split": "split it",
    "merge": "merge it with others",
    "alternative": "put an alternative beside it",
}


def _speaker(position: EffectivePosition) -> str:
    return f"{position.delegation} (through {position.via})" if position.via else position.delegation


def listed(codes: Sequence[str]) -> str:
    """`FRA, ITA and NOR`. At least one code."""
    return codes[0] if len(codes) == 1 else f"{', '.join(codes[:-1])} and {codes[-1]}"


def quoted(reason: str) -> str:
    """A reason in quotation marks, at the end of a sentence."""
    return f"“{reason.removesuffix('.')}”." if reason else "no reason given."


def day(at: datetime) -> str:
    """`5 March 2026`."""
    return f"{at.day} {at:%B %Y}"


def moment(at: datetime) -> str:
    """`14:00 UTC on 5 March 2026`."""
    return f"{at:%H:%M} UTC on {day(at)}"
