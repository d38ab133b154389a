"""Laws of the rules: they hold for any facts, any sequence of acts, any moment."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from app.problems import ClauseClosed, ConsensusStandsAgainst, SilenceOver
from app.rules.amendments import AmendmentStatus, ChangeKind
from app.rules.because import Fact
from app.rules.consensus import Status, is_closed, must_be_open, must_have_no_objection, status_of, status_of_text
from app.rules.facts import ClauseFacts, Ruling
from app.rules.outstanding import JudgedClause, outstanding
from app.rules.permissions import VERBS, Role
from app.rules.positions import EffectivePosition, Participant, Stance, counted, effective
from app.rules.replay import Change, clause_inserted, clause_removed, clause_reworded, replayed
from app.rules.silence import ClauseSilence, must_still_run
from app.text.clauses import Clause, Kind
from tests.builders import (
    NOW,
    accepts,
    amendment,
    broken,
    facts,
    group,
    objects,
    observer,
    reserves,
    ruled_ad_ref,
    ruled_agreed,
    said,
    silence,
    state,
    supports,
)

STATES: Final = ("ARG", "BRA", "COL", "ESP", "FRA")
OBSERVERS: Final = ("ILO", "OECD")
IN_THE_WAY: Final = (Fact.OBJECTION, Fact.OPEN_AMENDMENT, Fact.SILENCE_BROKEN, Fact.RESERVATION, Fact.PENDING)
SAYING: Final = (supports, accepts, reserves, objects)

hours = st.integers(0, 200).map(lambda n: timedelta(hours=n))
moments = hours.map(lambda after: NOW + after)


@st.composite
def positions(draw: st.DrawFn, codes: tuple[str, ...], **known: object) -> tuple[EffectivePosition, ...]:
    """Some of these delegations say something."""
    speaking = draw(st.lists(st.sampled_from(codes), unique=True)) if codes else []
    return tuple(draw(st.sampled_from(SAYING))(code, **known) for code in speaking)


amendments = st.builds(
    amendment,
    number=st.integers(1, 99),
    proposer=st.sampled_from(STATES),
    kind=st.sampled_from([ChangeKind.REPLACE, ChangeKind.DELETE]),
    status=st.sampled_from([AmendmentStatus.DRAFT, AmendmentStatus.PROPOSED]),
    cosponsors=st.lists(st.sampled_from(STATES), unique=True, max_size=2).map(tuple),
    conflicts=st.booleans(),
)
rulings = st.one_of(
    st.builds(ruled_agreed, at=moments),
    st.builds(
        ruled_ad_ref,
        at=moments,
        pending=st.lists(st.sampled_from(STATES), unique=True).map(tuple),
        package=st.sampled_from(["", "finance"]),
    ),
)
silences = st.one_of(
    st.builds(
        lambda opened, is_recorded: replace(opened, is_recorded=is_recorded),
        st.builds(silence, hours=st.integers(1, 100), opened_at=moments),
        st.booleans(),
    ),
    st.builds(broken, by=st.sampled_from(STATES), broken_at=moments),
)


@st.composite
def any_facts(draw: st.DrawFn) -> ClauseFacts:
    codes = tuple(draw(st.lists(st.sampled_from(STATES), unique=True)))
    return facts(
        counted=codes,
        positions=draw(positions(codes)) + draw(positions(OBSERVERS, counts=False)),
        lapsed=draw(positions(codes, version=0)),
        amendments=draw(st.lists(amendments, max_size=3)),
        ruling=draw(st.none() | rulings),
        silence=draw(st.none() | silences),
        is_removed=draw(st.booleans()),
        removed_by="A7",
    )


# --- one paragraph --------------------------------------------------------------------------------------------------


def the_table(facts: ClauseFacts, now: datetime) -> dict[Status, bool]:
    """DESIGN, section 4, row by row: whether each row holds, whatever the others do."""
    stances = {code: [p.stance for p in facts.positions if p.delegation == code] for code in facts.counted}
    said_by_counted = [stance for spoken in stances.values() for stance in spoken]
    ruling, silence = facts.ruling, facts.silence
    is_broken = silence is not None and bool(silence.broken_by)
    # An objection that came without an act, through a group, stops a silence whose passing is not on the record yet.
    is_late = silence is not None and not silence.is_recorded and Stance.OBJECT in said_by_counted
    settled_since = is_broken and ruling is not None and ruling.at > silence.broken_at
    return {
        Status.REMOVED: facts.is_removed,
        Status.AGREED: (ruling is not None and ruling.kind == "agreed")
        or (silence is not None and not is_broken and silence.deadline <= now and not is_late),
        Status.BRACKETED: Stance.OBJECT in said_by_counted
        or any(a.status is AmendmentStatus.PROPOSED for a in facts.amendments)
        or (is_broken and not settled_since),
        Status.UNDER_SILENCE: silence is not None and not is_broken and now < silence.deadline,
        Status.AD_REF: ruling is not None and ruling.kind == "ad_ref",
        Status.RESERVED: Stance.RESERVE in said_by_counted,
        Status.EMERGING: bool(facts.counted)
        and all(spoken and set(spoken) <= {Stance.SUPPORT, Stance.ACCEPT} for spoken in stances.values()),
        Status.OPEN: True,
    }


@given(any_facts(), moments)
def test_the_first_row_of_the_table_that_holds_is_the_status(known: ClauseFacts, now: datetime) -> None:
    first = next(status for status, holds in the_table(known, now).items() if holds)
    assert status_of(known, now).status is first


@given(any_facts(), moments)
def test_every_status_says_why_and_what_would_move_it_on(known: ClauseFacts, now: datetime) -> None:
    found = status_of(known, now)
    assert found == status_of(known, now)
    assert found.because
    assert all(because.sentence.endswith(".") for because in found.because)
    assert found.next
    assert {step.verb for step in found.next} <= set(VERBS)


@given(any_facts(), moments, st.sampled_from(STATES))
def test_an_objection_brackets_whatever_is_not_removed_or_agreed(known: ClauseFacts, now: datetime, code: str) -> None:
    silence = known.silence
    if silence is not None:  # what has passed on the record stays agreed
        known = replace(known, silence=replace(silence, is_recorded=silence.has_passed(now)))
    others = tuple(p for p in known.positions if p.delegation != code)
    with_it = replace(known, positions=(*others, objects(code)))
    expected = Status.BRACKETED
    if known.is_removed:
        expected = Status.REMOVED
    elif is_closed(known, now) is not None:
        expected = Status.AGREED
    assert status_of(with_it, now).status is expected


@given(any_facts(), moments)
def test_a_paragraph_is_closed_exactly_when_it_is_agreed(known: ClauseFacts, now: datetime) -> None:
    in_the_text = replace(known, is_removed=False)
    is_agreed = status_of(in_the_text, now).status is Status.AGREED
    assert (is_closed(in_the_text, now) is not None) == is_agreed
    if is_agreed:
        with pytest.raises(ClauseClosed):
            must_be_open(in_the_text, now)
    else:
        must_be_open(in_the_text, now)


@given(any_facts())
def test_a_ruling_is_refused_exactly_while_an_objection_or_an_open_amendment_stands(known: ClauseFacts) -> None:
    objectors = [p for p in known.positions if p.delegation in known.counted and p.stance is Stance.OBJECT]
    proposed = [a for a in known.amendments if a.is_before_the_room]
    if not objectors and not proposed:
        must_have_no_objection(known, "A ruling")
        return
    with pytest.raises(ConsensusStandsAgainst) as refused:
        must_have_no_objection(known, "A ruling")
    assert all(p.delegation in refused.value.detail for p in objectors)
    assert all(a.name in refused.value.detail for a in proposed)


@given(any_facts(), moments, positions(OBSERVERS, counts=False))
def test_whatever_observers_say_nothing_changes(
    known: ClauseFacts, now: datetime, said_by_observers: tuple[EffectivePosition, ...]
) -> None:
    without = replace(known, positions=tuple(p for p in known.positions if p.counts))
    assert status_of(replace(without, positions=without.positions + said_by_observers), now) == status_of(without, now)


@given(any_facts(), moments)
def test_whatever_delegations_draft_nothing_changes(known: ClauseFacts, now: datetime) -> None:
    without = replace(known, amendments=tuple(a for a in known.amendments if a.is_before_the_room))
    assert status_of(known, now) == status_of(without, now)


@given(any_facts(), moments, hours)
def test_time_alone_changes_nothing_but_that_a_silence_passes(known: ClauseFacts, now: datetime, by: timedelta) -> None:
    before, after = status_of(known, now), status_of(known, now + by)
    if before != after:
        assert known.silence is not None
        assert now < known.silence.deadline <= now + by
        assert after.status is Status.AGREED


# --- the whole text -------------------------------------------------------------------------------------------------


@given(st.lists(st.sampled_from(Status)), st.integers(0, 2))
def test_a_text_is_agreed_exactly_when_all_that_is_left_in_it_is(statuses: list[Status], open_beside: int) -> None:
    found = status_of_text(statuses, open_beside)
    left = [status for status in statuses if status is not Status.REMOVED]
    assert found.is_agreed == (bool(left) and set(left) == {Status.AGREED} and open_beside == 0)
    assert sum(found.counts.values()) == len(statuses)


@given(st.lists(any_facts(), max_size=4), moments)
def test_a_delegation_holds_exactly_the_paragraphs_whose_facts_in_the_way_name_it(
    known: list[ClauseFacts], now: datetime
) -> None:
    judged = [JudgedClause(f"c{n}", f"OP{n}", status_of(facts, now)) for n, facts in enumerate(known)]
    found = outstanding(judged)
    named = {
        (code, clause.key)
        for clause in judged
        for because in clause.found.because
        if because.fact in IN_THE_WAY
        for code in because.delegations
    }
    assert {(holder.delegation, hold.clause) for holder in found.holders for hold in holder.holds} == named
    assert {(code, clause.clause) for clause in found.clauses for code in clause.delegations} == named
    assert sum(holder.paragraphs for holder in found.holders) == len(named)
    settled = [clause for clause in judged if clause.found.status in (Status.AGREED, Status.REMOVED)]
    assert len(found.clauses) + len(found.unheld) + len(settled) == len(judged)


# --- who is held to say what ----------------------------------------------------------------------------------------


@st.composite
def rooms(draw: st.DrawFn) -> list[Participant]:
    """States as delegates or observers, groups of some of them (in the room or not), organisations; in any order."""
    present = draw(st.lists(st.sampled_from(STATES), unique=True))
    roles = st.sampled_from([Role.DELEGATE, Role.DELEGATE, Role.PENHOLDER, Role.OBSERVER])
    members = st.lists(st.sampled_from(STATES), unique=True)
    return draw(
        st.permutations(
            [state(code, draw(roles)) for code in present]
            + [group(code, *draw(members), role=draw(roles)) for code in draw(st.sets(st.sampled_from(["EU", "G77"])))]
            + [observer(code) for code in draw(st.sets(st.sampled_from(OBSERVERS)))]
        )
    )


@given(rooms(), positions((*STATES, "EU", "G77", *OBSERVERS)))
def test_each_is_held_to_one_position_its_own_or_the_most_cautious_of_its_groups(
    room: list[Participant], spoken: tuple[EffectivePosition, ...]
) -> None:
    own = said(*spoken)
    found = [p for p in effective(room, own) if p.counts]
    held = {p.delegation: p for p in found}
    assert len(held) == len(found)
    assert set(held) <= set(counted(room))
    caution = list(Stance)
    voices = {p.code: p.members for p in room if p.members and p.role is not Role.OBSERVER}
    for code in counted(room):
        through = [own[voice].stance for voice, members in voices.items() if code in members and voice in own]
        if code in own:
            assert (held[code].stance, held[code].via) == (own[code].stance, "")
        elif through:
            assert held[code].stance is max(through, key=caution.index)
            assert held[code].via in voices
        else:
            assert code not in held


@given(rooms())
def test_every_state_with_a_voice_is_counted_and_a_group_only_when_nobody_stands_for_it(
    room: list[Participant],
) -> None:
    voices = {p.code for p in room if p.role in (Role.DELEGATE, Role.PENHOLDER)}
    needed = set(counted(room))
    assert {code for code in voices if code in STATES} <= needed <= voices
    for participant in room:
        if participant.code in voices and participant.members & voices:
            assert participant.code not in needed


# --- any sequence of acts -------------------------------------------------------------------------------------------


class OneParagraph(RuleBasedStateMachine):
    """A paragraph under whatever delegations and penholders try, in any order, guarded by the rules alone."""

    @initialize()
    def begin(self) -> None:
        self.now = NOW
        self.facts = facts(counted=STATES)

    @property
    def is_agreed(self) -> bool:
        return status_of(self.facts, self.now).status is Status.AGREED

    @rule(by=hours)
    def time_passes(self, by: timedelta) -> None:
        self.now += by

    @rule(code=st.sampled_from(STATES), say=st.sampled_from(SAYING))
    def takes_a_position(self, code: str, say: object) -> None:
        if self.is_refused():
            return
        assert callable(say)
        others = tuple(p for p in self.facts.positions if p.delegation != code)
        self.facts = replace(self.facts, positions=(*others, say(code, version=self.facts.version)))
        if say is objects:
            self.break_the_silence(code)

    @rule(code=st.sampled_from(STATES), number=st.integers(1, 99))
    def proposes(self, code: str, number: int) -> None:
        if self.is_refused():
            return
        self.facts = replace(self.facts, amendments=(*self.facts.amendments, amendment(number, code)))
        self.break_the_silence(code)

    @precondition(lambda self: self.facts.amendments)
    @rule(is_accepted=st.booleans())
    def decides_on_the_oldest_amendment(self, is_accepted: bool) -> None:
        self.facts = replace(self.facts, amendments=self.facts.amendments[1:])
        if is_accepted:  # a new version: what was said and ruled was about the old one
            self.facts = replace(
                self.facts, version=self.facts.version + 1, positions=(), lapsed=self.facts.positions, ruling=None
            )
            self.facts = replace(self.facts, silence=None)

    @rule(ruling=st.sampled_from([ruled_agreed, ruled_ad_ref]))
    def rules(self, ruling: object) -> None:
        try:
            must_be_open(self.facts, self.now)
            must_have_no_objection(self.facts, "A ruling")
        except (ClauseClosed, ConsensusStandsAgainst):
            return
        assert callable(ruling)
        made: Ruling = ruling(at=self.now, version=self.facts.version)
        self.facts = replace(self.facts, ruling=made)

    @rule(length=st.integers(1, 90))
    def opens_a_silence(self, length: int) -> None:
        running: ClauseSilence | None = self.facts.silence
        if running is not None and running.is_running(self.now):
            return
        try:
            must_be_open(self.facts, self.now)
            must_have_no_objection(self.facts, "A silence")
        except (ClauseClosed, ConsensusStandsAgainst):
            return
        self.facts = replace(self.facts, silence=silence(hours=length, opened_at=self.now))

    @rule()
    def reopens(self) -> None:
        if self.is_agreed:
            self.facts = replace(self.facts, ruling=None, silence=None)

    @invariant()
    def it_is_not_agreed_while_an_objection_or_an_open_amendment_stands(self) -> None:
        if self.is_agreed:
            must_have_no_objection(self.facts, "Agreement")

    def is_refused(self) -> bool:
        try:
            must_be_open(self.facts, self.now)
        except ClauseClosed:
            assert self.is_agreed
            return True
        return False

    def break_the_silence(self, code: str) -> None:
        running: ClauseSilence | None = self.facts.silence
        if running is None:
            return
        try:
            must_still_run(running, self.now)
        except SilenceOver:
            return
        self.facts = replace(self.facts, silence=replace(running, broken_by=code, broken_at=self.now, reason="no"))


TestNoSequenceOfActsReachesAgreementAgainstAnObjection = OneParagraph.TestCase


# --- replay ---------------------------------------------------------------------------------------------------------


@st.composite
def changes(draw: st.DrawFn) -> tuple[list[Change], list[tuple[str, int, str]]]:
    """A valid sequence of changes, and the text they make: kept by hand as a list of (key, version, text)."""
    made: list[Change] = []
    text: list[tuple[str, int, str]] = []
    wording = st.text(max_size=8)
    for number in range(draw(st.integers(0, 25))):
        act = draw(st.sampled_from(["insert", "insert", "reword", "remove"])) if text else "insert"
        if act == "insert":
            key, words = f"c{number}", draw(wording)
            place = draw(st.integers(0, len(text)))
            made.append(
                clause_inserted(
                    Clause(Kind.OPERATIVE, "OP1", words, key=key, version=1), text[place - 1][0] if place else ""
                )
            )
            text.insert(place, (key, 1, words))
            continue
        place = draw(st.integers(0, len(text) - 1))
        key, version, _ = text[place]
        if act == "reword":
            words = draw(wording)
            made.append(clause_reworded(key, version + 1, words))
            text[place] = (key, version + 1, words)
        else:
            made.append(clause_removed(key))
            del text[place]
    return made, text


@given(changes())
def test_any_changes_replayed_make_the_text_that_making_them_made(
    told: tuple[list[Change], list[tuple[str, int, str]]],
) -> None:
    made, text = told
    assert [(c.key, c.version, c.text) for c in replayed([made]).clauses] == text


@given(changes(), st.data())
def test_it_does_not_matter_how_changes_are_gathered_into_entries(
    told: tuple[list[Change], list[tuple[str, int, str]]], data: st.DataObject
) -> None:
    made, _ = told
    cut = data.draw(st.integers(0, len(made)))
    assert replayed([made[:cut], made[cut:]]) == replayed([made]) == replayed([change] for change in made)
