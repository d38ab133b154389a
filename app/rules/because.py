"""The facts that a status rests on, in words: who objects and why, which amendments are open, which deadline runs."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.rules.amendments import ChangeKind, OpenAmendment
from app.rules.facts import ClauseFacts, objections, standing_in_the_way
from app.rules.positions import EffectivePosition, Stance
from app.said import Said, unended


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
            Fact.OBJECTION,
            Said(
                "{who} objects to v{version}: “{reason}”.", who=_speaker(p), version=p.version, reason=unended(p.reason)
            )
            if p.reason
            else Said("{who} objects to v{version}: no reason given.", who=_speaker(p), version=p.version),
            (p.delegation,),
            at=p.since,
        )
        for p in objections(facts)
    )


def because_reserved(facts: ClauseFacts) -> tuple[Because, ...]:
    """Who reserves its position on it."""
    return tuple(
        Because(
            Fact.RESERVATION,
            Said(
                "{who} reserves its position on v{version}: “{reason}”.",
                who=_speaker(p),
                version=p.version,
                reason=unended(p.reason),
            )
            if p.reason
            else Said("{who} reserves its position on v{version}.", who=_speaker(p), version=p.version),
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
            Said("{who} dissociates itself from it: “{reason}”.", who=d.delegation, reason=unended(d.statement))
            if d.statement
            else Said("{who} dissociates itself from it: no reason given.", who=d.delegation),
            (d.delegation,),
            at=d.at,
        )
        for d in facts.dissociations
    )


def because_removed(facts: ClauseFacts) -> Because:
    """What took it out of the text: an amendment (`A7`), a vote (`V1`) or an oral revision."""
    by = facts.removed_by
    if by.startswith("V"):
        return Because(Fact.VOTED_OUT, Said("It was rejected in the vote {vote}.", vote=by))
    if not by.startswith("A"):
        return Because(Fact.ORALLY_DELETED, Said("It was deleted by the sponsors ({by}).", by=by))
    return Because(Fact.DELETION_ACCEPTED, Said("Its deletion was accepted ({by}).", by=by), amendment=by)


def because_proposed(facts: ClauseFacts) -> tuple[Because, ...]:
    """Which amendments are open on it, or would take it along with another clause."""
    return tuple(
        Because(
            Fact.OPEN_AMENDMENT,
            _is_open(a, what),
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


def _is_open(amendment: OpenAmendment, what: Said) -> Said:
    name, by = amendment.name, (amendment.proposer, *amendment.cosponsors)
    if amendment.conflicts:
        return Said(
            "{amendment} by {by} to {what} is open and conflicts with the present wording.",
            amendment=name,
            by=by,
            what=what,
        )
    return Said("{amendment} by {by} to {what} is open.", amendment=name, by=by, what=what)


def _taking(amendment: OpenAmendment) -> Said:
    """What a proposal on another clause would do to this one."""
    match amendment.kind:
        case ChangeKind.MERGE:
            return Said("merge it into {label}", label=amendment.label)
        case ChangeKind.DELETE:
            return Said("delete {label}, of which it is a part,", label=amendment.label)
        case ChangeKind.MOVE:
            return Said("move {label}, of which it is a part,", label=amendment.label)
    return Said("{kind} {label}, of which it is a part,", kind=amendment.kind.value, label=amendment.label)


_WHAT = {
    "replace": Said("change the wording"),
    "insert": Said("insert a paragraph here"),
    "delete": Said("delete it"),
    "move": Said("move it"),
    "split": Said("split it"),
    "merge": Said("merge it with others"),
    "alternative": Said("put an alternative beside it"),
}


def _speaker(position: EffectivePosition) -> str:
    if not position.via:
        return position.delegation
    return Said("{delegation} (through {group})", delegation=position.delegation, group=position.via)
