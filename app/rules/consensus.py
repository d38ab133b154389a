"""The consensus status of a paragraph and of the whole text: a pure function of the facts and of `now`.

Every status says why it holds (`because`) and what would move it on (`next`). The table is DESIGN, section 4: the
first row that holds decides.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Final

from app.problems import ClauseClosed, ClauseUnderSilence, ConsensusStandsAgainst
from app.rules.because import (
    Because,
    Fact,
    because_dissociated,
    because_objected,
    because_proposed,
    because_removed,
    because_reserved,
)
from app.rules.facts import ClauseFacts, RulingKind, not_spoken, objections
from app.rules.outcomes import how_it_stands
from app.rules.positions import Stance
from app.rules.stages import NEGOTIATED, Stage
from app.said import Said, all_said, dated, unended

AS_CIRCULATED: Final = Said("what is under silence has to stay as it was circulated.")


class Status(StrEnum):
    REMOVED = "removed"
    AGREED = "agreed"
    BRACKETED = "bracketed"
    UNDER_SILENCE = "under_silence"
    AD_REF = "ad_ref"
    RESERVED = "reserved"
    EMERGING = "emerging"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that would move the paragraph on: a verb of the permission table, who can do it, a sentence."""

    verb: str
    sentence: str
    delegations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ClauseStatus:
    status: Status
    because: tuple[Because, ...] = ()
    next: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class TextStatus:
    """The status of the whole text. `counts` is how many paragraphs have each status; removed ones do not stand in the
    way.
    """

    is_agreed: bool
    counts: dict[Status, int]
    sentence: str

    @property
    def standing(self) -> int:
        """How many paragraphs are in the text."""
        return sum(self.counts.values()) - self.counts.get(Status.REMOVED, 0)


def status_of(facts: ClauseFacts, now: datetime) -> ClauseStatus:
    """Where one paragraph stands, why, and what would move it on: once the text is tabled, nothing in the room does."""
    for judge in (_removed, _agreed, _bracketed, _under_silence, _ad_ref, _reserved, _emerging):
        found = judge(facts, now)
        if found is not None:
            break
    else:
        found = _open(facts)
    steps = found.next if facts.stage in NEGOTIATED else _AFTER_TABLING[facts.stage]
    return replace(found, because=found.because + because_dissociated(facts), next=steps)


_AFTER_TABLING: Final = {
    Stage.TABLED: (Step("text.revise_orally", Said("The text is tabled: its sponsors may revise it orally.")),),
    Stage.ADOPTED: (),
}


def status_of_text(statuses: Iterable[Status], open_beside: int = 0) -> TextStatus:
    """Nothing is agreed until everything is agreed: every paragraph, and no proposal beside them is open.

    `open_beside` counts those that bracket no paragraph: to insert one, or to one that has left the text.
    """
    counts = Counter(statuses)
    standing = sum(counts.values()) - counts[Status.REMOVED]
    agreed = counts[Status.AGREED]
    is_agreed = standing > 0 and agreed == standing and not open_beside
    sentence = how_it_stands(agreed, standing, open_beside)
    return TextStatus(is_agreed, {status: counts[status] for status in Status if counts[status]}, sentence)


def is_closed(facts: ClauseFacts, now: datetime) -> datetime | None:
    """Since when a clause is closed to amendments and positions, or None while it is open.

    A silence does not pass where an objection stands that came without an act, from a group whose member a delegation
    has become meanwhile.
    """
    if facts.ruling is not None and facts.ruling.kind is RulingKind.AGREED:
        return facts.ruling.at
    silence = facts.silence
    if silence is not None and silence.has_passed(now) and (silence.is_recorded or not objections(facts)):
        return silence.deadline
    return None


def must_be_open(facts: ClauseFacts, now: datetime) -> None:
    """Refuse (ClauseClosed, 409) what an agreed clause does not take until a penholder reopens it."""
    since = is_closed(facts, now)
    if since is not None:
        raise ClauseClosed(label=facts.label, since=dated(since))


def must_not_be_under_silence(facts: ClauseFacts, now: datetime, remedy: str) -> None:
    """Refuse (ClauseUnderSilence, 409) what has to wait until the silence running on a clause is over."""
    silence = facts.silence
    if silence is not None and silence.is_running(now):
        deadline = dated(silence.deadline)
        raise ClauseUnderSilence(silence=silence.name, label=facts.label, deadline=deadline, remedy=remedy)


def must_have_no_objection(facts: ClauseFacts, what: str) -> None:
    """Refuse `what` (a ruling, a silence) while an objection or an open amendment stands.

    Consensus means that nobody objects: ConsensusStandsAgainst (409) names who and what stands in the way.
    """
    against = because_objected(facts) + because_proposed(facts)
    if against:
        raise ConsensusStandsAgainst(
            label=facts.label, what=what, facts=all_said([fact.sentence for fact in against]), because=against
        )


# --- the rows of the table, in order --------------------------------------------------------------------------------


def _removed(facts: ClauseFacts, _now: datetime) -> ClauseStatus | None:
    if not facts.is_removed:
        return None
    step = Step("amendment.propose", Said("A delegation may propose to insert it again."))
    return ClauseStatus(Status.REMOVED, (because_removed(facts),), (step,))


def _agreed(facts: ClauseFacts, now: datetime) -> ClauseStatus | None:
    if is_closed(facts, now) is None:
        return None
    if facts.ruling is not None and facts.ruling.kind is RulingKind.AGREED:
        because = Because(
            Fact.RULED_AGREED,
            Said(
                "{who} ruled v{version} agreed on {day}.",
                who=facts.ruling.by,
                version=facts.ruling.version,
                day=facts.ruling.at.date(),
            ),
            at=facts.ruling.at,
        )
    else:
        assert facts.silence is not None  # noqa: S101 - is_closed holds by one of the two
        because = Because(
            Fact.SILENCE_PASSED,
            Said(
                "The silence {silence} passed unbroken at {time}.",
                silence=facts.silence.name,
                time=facts.silence.deadline,
            ),
            at=facts.silence.deadline,
        )
    step = Step("clause.reopen", Said("It is closed. A penholder may reopen it, with a reason."))
    return ClauseStatus(Status.AGREED, (because,), (step,))


def _bracketed(facts: ClauseFacts, _now: datetime) -> ClauseStatus | None:
    objections, amendments = because_objected(facts), because_proposed(facts)
    broken: tuple[Because, ...] = ()
    silence = facts.silence
    if silence is not None and silence.broken_by and not _ruled_since(facts, silence.broken_at):
        broken = (
            Because(
                Fact.SILENCE_BROKEN,
                _broken(silence.broken_by, silence.name, silence.reason),
                (silence.broken_by,),
                at=silence.broken_at,
            ),
        )
    because = objections + amendments + broken
    if not because:
        return None
    steps: list[Step] = []
    if amendments:
        names = ", ".join(fact.amendment for fact in amendments)
        decided = Said("A penholder decides on {amendments}, or its proposer withdraws.", amendments=names)
        steps.append(Step("amendment.decide", decided))
    objectors = tuple(dict.fromkeys(code for fact in objections for code in fact.delegations))
    if objectors:
        steps.append(
            Step(
                "position.take",
                Said(
                    "{who} would have to move, or the wording to change to meet the objection.",
                    who=objectors,
                ),
                objectors,
            )
        )
    if not steps:
        steps.append(
            Step("silence.open", Said("Nobody objects now: a penholder may rule on it or open a new silence."))
        )
    return ClauseStatus(Status.BRACKETED, because, tuple(steps))


def _under_silence(facts: ClauseFacts, now: datetime) -> ClauseStatus | None:
    if facts.silence is None or not facts.silence.is_running(now):
        return None
    name, ends, warned, silent = (
        facts.silence.name,
        facts.silence.deadline,
        facts.silence.warned_at,
        not_spoken(facts),
    )
    told = (
        Said("The silence {silence} runs until {time}.", silence=name, time=ends)
        if warned is None
        else Said(
            "The silence {silence} runs until {time}; the room was warned at {warned}.",
            silence=name,
            time=ends,
            warned=warned,
        )
    )
    because = Because(Fact.SILENCE_RUNNING, told, at=ends)
    counts = Said("It counts as agreed at {time} unless a delegation objects before.", time=ends)
    steps = [Step("silence.break", counts)]
    if silent:
        asked = Said("Until then {who} may still say where they stand.", who=silent)
        steps.append(Step("position.take", asked, silent))
    return ClauseStatus(Status.UNDER_SILENCE, (because,), tuple(steps))


def _ad_ref(facts: ClauseFacts, _now: datetime) -> ClauseStatus | None:
    ruling = facts.ruling
    if ruling is None or ruling.kind is not RulingKind.AD_REF:
        return None
    because = [
        Because(
            Fact.RULED_AD_REF,
            Said(
                "{who} ruled v{version} agreed ad ref on {day}.",
                who=ruling.by,
                version=ruling.version,
                day=ruling.at.date(),
            ),
            at=ruling.at,
        )
    ]
    steps: list[Step] = []
    if ruling.pending:
        who = ruling.pending
        because.append(Because(Fact.PENDING, Said("Pending confirmation by {who}.", who=who), who))
        steps.append(Step("position.take", Said("{who} would confirm after hearing from capital.", who=who), who))
    if ruling.package:
        package = Said("Part of the package “{package}”: conditional on its other clauses.", package=ruling.package)
        because.append(Because(Fact.PACKAGE, package))
    because += because_reserved(facts)
    steps.append(Step("clause.rule", Said("A penholder may rule it agreed once capitals have confirmed.")))
    return ClauseStatus(Status.AD_REF, tuple(because), tuple(steps))


def _reserved(facts: ClauseFacts, _now: datetime) -> ClauseStatus | None:
    because = because_reserved(facts)
    if not because:
        return None
    who = tuple(code for fact in because for code in fact.delegations)
    step = Step("position.take", Said("{who} would lift the reservation after instructions.", who=who), who)
    return ClauseStatus(Status.RESERVED, because, (step,))


def _emerging(facts: ClauseFacts, _now: datetime) -> ClauseStatus | None:
    in_favour = _codes(facts, Stance.SUPPORT, Stance.ACCEPT)
    needed = set(facts.counted) - facts.dissociated
    if not needed or not needed <= set(in_favour):
        return None
    because = Because(
        Fact.ALL_IN_FAVOUR,
        Said(
            "All {number} delegations support v{version} or can live with it.",
            number=len(in_favour),
            version=facts.version,
        ),
        in_favour,
    )
    return ClauseStatus(
        Status.EMERGING, (because,), (Step("clause.rule", Said("It is ready for a penholder's ruling.")),)
    )


def _open(facts: ClauseFacts) -> ClauseStatus:
    silent = not_spoken(facts)
    because = [
        Because(
            Fact.NO_POSITION,
            Said(
                "{number} of {all} delegations have taken no position on v{version}.",
                number=len(silent),
                all=len(facts.counted),
                version=facts.version,
            ),
            silent,
        )
    ]
    if facts.lapsed:
        told = all_said([_lapsed(p.delegation, p.stance, p.version) for p in facts.lapsed], between=", ")
        lapsed = Said("Positions on earlier wording lapsed: {positions}.", positions=told)
        because.append(Because(Fact.LAPSED, lapsed, tuple(p.delegation for p in facts.lapsed)))
    steps = (
        Step("position.take", Said("Delegations say where they stand."), silent),
        Step("silence.open", Said("A penholder may rule on it or open a silence.")),
    )
    return ClauseStatus(Status.OPEN, tuple(because), steps)


def _broken(who: str, silence: str, reason: str) -> Said:
    if not reason:
        return Said("{who} broke the silence {silence}: no reason given.", who=who, silence=silence)
    return Said("{who} broke the silence {silence}: “{reason}”.", who=who, silence=silence, reason=unended(reason))


def _lapsed(who: str, stance: Stance, version: int) -> Said:
    match stance:
        case Stance.SUPPORT:
            return Said("{who} (support on v{version})", who=who, version=version)
        case Stance.ACCEPT:
            return Said("{who} (accept on v{version})", who=who, version=version)
        case Stance.RESERVE:
            return Said("{who} (reserve on v{version})", who=who, version=version)
        case Stance.OBJECT:
            return Said("{who} (object on v{version})", who=who, version=version)


def _ruled_since(facts: ClauseFacts, at: datetime | None) -> bool:
    return facts.ruling is not None and at is not None and facts.ruling.at > at


def _codes(facts: ClauseFacts, *stances: Stance) -> tuple[str, ...]:
    return tuple(p.delegation for p in facts.positions if p.counts and p.stance in stances)
