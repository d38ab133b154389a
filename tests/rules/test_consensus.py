"""Where a paragraph stands: every row of the table, why it holds, what would move it on, and which row goes first."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.problems import ClauseClosed, ConsensusStandsAgainst
from app.rules.amendments import AmendmentStatus, ChangeKind
from app.rules.because import Fact
from app.rules.consensus import Status, is_closed, must_be_open, must_have_no_objection, status_of, status_of_text
from tests.builders import (
    NOW,
    accepts,
    amendment,
    broken,
    facts,
    objects,
    reserves,
    ruled_ad_ref,
    ruled_agreed,
    silence,
    supports,
)

AFTER_THE_DEADLINE = NOW + timedelta(hours=72)
ALL_IN_FAVOUR = [supports("ARG"), accepts("BRA"), supports("FRA")]


# --- the rows -------------------------------------------------------------------------------------------------------


def test_a_paragraph_whose_deletion_was_accepted_is_removed() -> None:
    found = status_of(facts(is_removed=True, removed_by="A7"), NOW)
    assert found.status is Status.REMOVED
    assert [(b.fact, b.amendment, b.sentence) for b in found.because] == [
        (Fact.DELETION_ACCEPTED, "A7", "Its deletion was accepted (A7).")
    ]
    assert [step.verb for step in found.next] == ["amendment.propose"]


def test_a_paragraph_ruled_agreed_is_agreed_and_says_by_whom_and_when() -> None:
    found = status_of(facts(ruling=ruled_agreed(by="France")), NOW)
    assert found.status is Status.AGREED
    assert [(b.fact, b.sentence, b.at) for b in found.because] == [
        (Fact.RULED_AGREED, "France ruled v1 agreed on 16 January 2023.", NOW)
    ]
    assert [step.verb for step in found.next] == ["clause.reopen"]


def test_a_ruling_is_told_on_the_version_it_was_made_on_though_an_editorial_change_came_after() -> None:
    agreed = status_of(facts(version=2, ruling=ruled_agreed(version=1)), NOW)
    ad_ref = status_of(facts(version=2, ruling=ruled_ad_ref(version=1)), NOW)
    assert "ruled v1 agreed" in agreed.because[0].sentence
    assert "ruled v1 agreed ad ref" in ad_ref.because[0].sentence


def test_a_silence_that_passed_unbroken_makes_a_paragraph_agreed_from_the_deadline_on() -> None:
    before = status_of(facts(silence=silence(hours=72)), AFTER_THE_DEADLINE - timedelta(microseconds=1))
    after = status_of(facts(silence=silence(hours=72)), AFTER_THE_DEADLINE)
    assert before.status is Status.UNDER_SILENCE
    assert after.status is Status.AGREED
    assert [(b.fact, b.sentence, b.at) for b in after.because] == [
        (Fact.SILENCE_PASSED, "The silence S1 passed unbroken at 09:00 UTC on 19 January 2023.", AFTER_THE_DEADLINE)
    ]


def test_an_objection_brackets_and_says_who_objects_and_why() -> None:
    found = status_of(facts(positions=[objects("ARG", "cost"), supports("FRA")]), NOW)
    assert found.status is Status.BRACKETED
    assert [(b.fact, b.delegations, b.sentence) for b in found.because] == [
        (Fact.OBJECTION, ("ARG",), "ARG objects to v1: “cost”.")
    ]
    assert [(step.verb, step.delegations) for step in found.next] == [("position.take", ("ARG",))]


def test_an_objection_of_a_group_names_the_member_it_counts_for() -> None:
    found = status_of(facts(positions=[objects("FRA", "cost", via="EU")]), NOW)
    assert found.because[0].sentence == "FRA (through EU) objects to v1: “cost”."


def test_an_open_amendment_brackets_and_names_who_is_behind_it() -> None:
    found = status_of(facts(amendments=[amendment(12, "ARG", cosponsors=("BRA",))]), NOW)
    assert found.status is Status.BRACKETED
    assert [(b.fact, b.amendment, b.delegations, b.sentence) for b in found.because] == [
        (Fact.OPEN_AMENDMENT, "A12", ("ARG", "BRA"), "A12 by ARG and BRA to change the wording is open.")
    ]
    assert [step.verb for step in found.next] == ["amendment.decide"]
    assert "A12" in found.next[0].sentence


def test_an_amendment_that_conflicts_with_the_present_wording_says_so() -> None:
    found = status_of(facts(amendments=[amendment(12, "ARG", kind=ChangeKind.DELETE, conflicts=True)]), NOW)
    assert found.because[0].sentence == "A12 by ARG to delete it is open and conflicts with the present wording."


def test_a_draft_of_a_delegation_brackets_nothing() -> None:
    found = status_of(facts(amendments=[amendment(12, "ARG", status=AmendmentStatus.DRAFT)]), NOW)
    assert found.status is Status.OPEN


def test_a_broken_silence_brackets_and_says_who_broke_it_and_why() -> None:
    found = status_of(facts(silence=broken("ARG", "no instructions yet")), NOW)
    assert found.status is Status.BRACKETED
    assert [(b.fact, b.delegations, b.sentence) for b in found.because] == [
        (Fact.SILENCE_BROKEN, ("ARG",), "ARG broke the silence S1: “no instructions yet”.")
    ]
    assert [step.verb for step in found.next] == ["silence.open"]


def test_a_broken_silence_does_not_pass_at_its_deadline() -> None:
    assert status_of(facts(silence=broken("ARG")), AFTER_THE_DEADLINE).status is Status.BRACKETED


def test_a_ruling_made_after_a_silence_was_broken_settles_it() -> None:
    later = NOW + timedelta(hours=5)
    found = status_of(facts(silence=broken("ARG", broken_at=NOW), ruling=ruled_ad_ref(at=later)), later)
    assert found.status is Status.AD_REF


def test_a_silence_broken_after_a_ruling_brackets_it_again() -> None:
    later = NOW + timedelta(hours=5)
    found = status_of(facts(silence=broken("ARG", broken_at=later), ruling=ruled_ad_ref(at=NOW)), later)
    assert found.status is Status.BRACKETED


def test_everything_that_brackets_is_told_at_once() -> None:
    found = status_of(
        facts(
            positions=[objects("ARG"), objects("BRA", "scope")],
            amendments=[amendment(1, "ARG"), amendment(2, "FRA")],
            silence=broken("BRA"),
        ),
        NOW,
    )
    assert [b.fact for b in found.because] == [
        Fact.OBJECTION,
        Fact.OBJECTION,
        Fact.OPEN_AMENDMENT,
        Fact.OPEN_AMENDMENT,
        Fact.SILENCE_BROKEN,
    ]
    assert [step.verb for step in found.next] == ["amendment.decide", "position.take"]
    assert found.next[1].delegations == ("ARG", "BRA")


def test_a_running_silence_says_until_when() -> None:
    found = status_of(facts(silence=silence(2)), NOW)
    assert found.status is Status.UNDER_SILENCE
    assert [(b.fact, b.sentence, b.at) for b in found.because] == [
        (Fact.SILENCE_RUNNING, "The silence S2 runs until 09:00 UTC on 19 January 2023.", AFTER_THE_DEADLINE)
    ]
    assert [(step.verb, step.delegations) for step in found.next] == [
        ("silence.break", ()),
        ("position.take", ("ARG", "BRA", "FRA")),
    ]


def test_a_running_silence_says_that_the_room_was_warned_and_asks_nobody_who_has_spoken() -> None:
    warned = replace(silence(2), warned_at=AFTER_THE_DEADLINE - timedelta(hours=24))
    found = status_of(facts(silence=warned, positions=[supports("ARG"), accepts("BRA"), reserves("FRA")]), NOW)
    assert found.because[0].sentence == (
        "The silence S2 runs until 09:00 UTC on 19 January 2023; the room was warned at 09:00 UTC on 18 January 2023."
    )
    assert [step.verb for step in found.next] == ["silence.break"]


def test_a_paragraph_agreed_ad_ref_says_whose_capital_is_awaited_and_what_it_depends_on() -> None:
    found = status_of(
        facts(ruling=ruled_ad_ref(pending=("ARG", "BRA"), package="finance"), positions=[reserves("ARG")]), NOW
    )
    assert found.status is Status.AD_REF
    assert [(b.fact, b.delegations) for b in found.because] == [
        (Fact.RULED_AD_REF, ()),
        (Fact.PENDING, ("ARG", "BRA")),
        (Fact.PACKAGE, ()),
        (Fact.RESERVATION, ("ARG",)),
    ]
    assert [step.verb for step in found.next] == ["position.take", "clause.rule"]


def test_a_reservation_says_who_waits_for_instructions() -> None:
    found = status_of(facts(positions=[reserves("ARG", "capital is asleep"), reserves("BRA"), supports("FRA")]), NOW)
    assert found.status is Status.RESERVED
    assert [b.sentence for b in found.because] == [
        "ARG reserves its position on v1: “capital is asleep”.",
        "BRA reserves its position on v1.",
    ]
    assert [(step.verb, step.delegations) for step in found.next] == [("position.take", ("ARG", "BRA"))]


def test_a_paragraph_that_all_support_or_accept_is_emerging() -> None:
    found = status_of(facts(positions=ALL_IN_FAVOUR), NOW)
    assert found.status is Status.EMERGING
    assert [(b.fact, b.delegations) for b in found.because] == [(Fact.ALL_IN_FAVOUR, ("ARG", "BRA", "FRA"))]
    assert [step.verb for step in found.next] == ["clause.rule"]


def test_a_paragraph_on_which_somebody_is_still_silent_is_open_and_names_them() -> None:
    found = status_of(facts(positions=[supports("FRA")]), NOW)
    assert found.status is Status.OPEN
    assert [(b.fact, b.delegations, b.sentence) for b in found.because] == [
        (Fact.NO_POSITION, ("ARG", "BRA"), "2 of 3 delegations have taken no position on v1.")
    ]
    assert [step.verb for step in found.next] == ["position.take", "silence.open"]


def test_a_paragraph_nobody_is_asked_about_is_open() -> None:
    assert status_of(facts(counted=()), NOW).status is Status.OPEN


def test_positions_on_earlier_wording_have_lapsed_and_are_shown_as_such() -> None:
    found = status_of(facts(version=4, lapsed=[objects("ARG", version=3)]), NOW)
    assert found.status is Status.OPEN
    assert (found.because[1].fact, found.because[1].sentence) == (
        Fact.LAPSED,
        "Positions on earlier wording lapsed: ARG (object on v3).",
    )


def test_what_an_observer_says_is_not_counted() -> None:
    assert status_of(facts(positions=[*ALL_IN_FAVOUR, objects("ILO", counts=False)]), NOW).status is Status.EMERGING
    assert status_of(facts(positions=[reserves("ILO", counts=False)]), NOW).status is Status.OPEN


# --- which row goes first -------------------------------------------------------------------------------------------

EVERY_ROW_HOLDS = {
    Status.REMOVED: {"is_removed": True, "removed_by": "A7"},
    Status.AGREED: {"ruling": ruled_agreed()},
    Status.BRACKETED: {"positions": [objects("ARG")]},
    Status.UNDER_SILENCE: {"silence": silence()},
    Status.AD_REF: {"ruling": ruled_ad_ref()},
    Status.RESERVED: {"positions": [reserves("ARG")]},
    Status.EMERGING: {"positions": ALL_IN_FAVOUR},
    Status.OPEN: {},
}
TABLE = list(EVERY_ROW_HOLDS)


@pytest.mark.parametrize(
    ("first", "second"), [(first, second) for place, first in enumerate(TABLE) for second in TABLE[place + 1 :]]
)
def test_the_row_that_stands_higher_in_the_table_decides(first: Status, second: Status) -> None:
    both = {**EVERY_ROW_HOLDS[second], **EVERY_ROW_HOLDS[first]}
    if "positions" in EVERY_ROW_HOLDS[second]:
        both["positions"] = [*EVERY_ROW_HOLDS[first].get("positions", []), *EVERY_ROW_HOLDS[second]["positions"]]
    assert status_of(facts(**both), NOW).status is first


# --- what is refused ------------------------------------------------------------------------------------------------


def test_an_agreed_paragraph_is_closed_since_its_ruling_or_the_deadline_of_its_silence() -> None:
    assert is_closed(facts(ruling=ruled_agreed(at=NOW)), AFTER_THE_DEADLINE) == NOW
    assert is_closed(facts(silence=silence(hours=72)), AFTER_THE_DEADLINE + timedelta(days=1)) == AFTER_THE_DEADLINE
    with pytest.raises(ClauseClosed, match=r"OP4 was agreed on 2023-01-16T09:00:00\+00:00"):
        must_be_open(facts(ruling=ruled_agreed()), NOW)


@pytest.mark.parametrize(
    "known",
    [{}, {"ruling": ruled_ad_ref()}, {"silence": silence()}, {"silence": broken("ARG")}, {"positions": ALL_IN_FAVOUR}],
    ids=["nothing said", "ad ref", "silence running", "silence broken", "emerging"],
)
def test_a_paragraph_that_is_not_agreed_stays_open_to_amendments_and_positions(known: dict[str, object]) -> None:
    assert is_closed(facts(**known), NOW) is None
    must_be_open(facts(**known), NOW)


def test_a_ruling_is_refused_with_the_names_of_those_who_object_and_of_the_open_amendments() -> None:
    contested = facts(positions=[objects("ARG", "cost")], amendments=[amendment(12, "BRA")])
    with pytest.raises(ConsensusStandsAgainst) as refused:
        must_have_no_objection(contested, "A ruling")
    assert "ARG objects to v1: “cost”. A12 by BRA to change the wording is open." in refused.value.detail
    assert refused.value.status == 409


@pytest.mark.parametrize(
    "known",
    [
        {"positions": [reserves("ARG")]},
        {"positions": [objects("ILO", counts=False)]},
        {"lapsed": [objects("ARG")]},
        {"amendments": [amendment(12, "BRA", status=AmendmentStatus.DRAFT)]},
        {"silence": broken("ARG")},
    ],
    ids=["reservation", "observer objects", "lapsed objection", "draft amendment", "broken silence"],
)
def test_a_ruling_is_not_refused_where_nobody_objects(known: dict[str, object]) -> None:
    must_have_no_objection(facts(**known), "A ruling")


# --- the whole text -------------------------------------------------------------------------------------------------


def test_nothing_is_agreed_until_everything_is_agreed() -> None:
    found = status_of_text([Status.AGREED, Status.AGREED, Status.AD_REF])
    assert not found.is_agreed
    assert found.counts == {Status.AGREED: 2, Status.AD_REF: 1}
    assert found.sentence == "2 of 3 paragraphs are agreed; nothing is agreed until everything is agreed."


def test_a_text_is_agreed_when_every_paragraph_that_is_left_in_it_is() -> None:
    found = status_of_text([Status.AGREED, Status.REMOVED, Status.AGREED])
    assert found.is_agreed
    assert found.sentence == "All 2 paragraphs are agreed: the whole text is agreed."


def test_a_text_with_an_open_proposal_to_insert_a_paragraph_is_not_agreed() -> None:
    found = status_of_text([Status.AGREED, Status.AGREED], open_beside=1)
    assert not found.is_agreed
    assert "open" in found.sentence


@pytest.mark.parametrize("statuses", [[], [Status.REMOVED]])
def test_a_text_without_a_paragraph_is_not_agreed(statuses: list[Status]) -> None:
    assert not status_of_text(statuses).is_agreed


def test_a_silence_does_not_pass_against_an_objection_that_came_without_an_act() -> None:
    over = NOW + timedelta(hours=72)
    contested = facts(silence=silence(), positions=[objects("BRA", via="G77")])
    assert is_closed(contested, over) is None
    assert status_of(contested, over).status is Status.BRACKETED


def test_what_a_silence_passed_on_stays_agreed_once_that_is_on_the_record() -> None:
    over = NOW + timedelta(hours=72)
    recorded = replace(silence(), is_recorded=True)
    assert status_of(facts(silence=recorded, positions=[objects("BRA", via="G77")]), over).status is Status.AGREED
