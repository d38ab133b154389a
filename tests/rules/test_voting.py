"""Votes of the Assembly: majorities, ties, the order of states, and when a text is rejected as a whole."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.rules.voting import Choice, Majority, Tally, alphabetical, rejects_the_whole, tally
from app.text.clauses import Kind

choices = st.lists(st.sampled_from(Choice), max_size=193)


@pytest.mark.parametrize(
    ("in_favour", "against", "abstaining", "simple", "two_thirds"),
    [
        (2, 1, 0, True, True),  # exactly two thirds is enough
        (3, 2, 0, True, False),
        (65, 65, 63, False, False),  # equally divided: rejected
        (1, 0, 192, True, True),  # who abstains is not voting
        (0, 0, 193, False, False),
        (0, 1, 0, False, False),
        (120, 60, 13, True, True),
        (119, 60, 14, True, False),
    ],
)
def test_a_majority_is_of_those_present_and_voting(
    in_favour: int, against: int, abstaining: int, simple: bool, two_thirds: bool
) -> None:
    counted = Tally(in_favour, against, abstaining)
    assert counted.is_carried(Majority.SIMPLE) is simple
    assert counted.is_carried(Majority.TWO_THIRDS) is two_thirds


@given(choices)
def test_every_vote_is_counted_once_and_in_whatever_order(cast: list[Choice]) -> None:
    counted = tally(cast)
    assert counted.in_favour + counted.against + counted.abstaining == len(cast)
    assert counted.voting == len(cast) - counted.abstaining
    assert tally(reversed(cast)) == counted


@given(choices, st.sampled_from(Majority))
def test_an_abstention_changes_no_result_and_a_vote_in_favour_never_defeats(
    cast: list[Choice], majority: Majority
) -> None:
    carried = tally(cast).is_carried(majority)
    assert tally([*cast, Choice.ABSTAINING]).is_carried(majority) is carried
    assert tally([*cast, Choice.IN_FAVOUR]).is_carried(majority) or not carried
    assert carried or not tally([*cast, Choice.AGAINST]).is_carried(majority)


@given(choices)
def test_who_has_two_thirds_has_the_simple_majority_and_the_other_side_never_has_both(cast: list[Choice]) -> None:
    counted = tally(cast)
    assert counted.is_carried(Majority.SIMPLE) or not counted.is_carried(Majority.TWO_THIRDS)
    reverse = Tally(counted.against, counted.in_favour, counted.abstaining)
    assert not (counted.is_carried(Majority.SIMPLE) and reverse.is_carried(Majority.SIMPLE))


def test_a_tally_is_said_as_the_record_of_a_meeting_says_it() -> None:
    part = "by a recorded vote of {} in favour to {} against, with {}"
    assert Tally(130, 3, 12).sentence_part == part.format(130, 3, "12 abstentions")
    assert Tally(130, 0, 1).sentence_part == part.format(130, "none", "1 abstention")
    assert Tally(2, 1, 0).sentence_part == part.format(2, 1, "no abstentions")


def test_states_are_named_in_english_alphabetical_order_whatever_their_marks() -> None:
    names = {"HRV": "Croatia", "CIV": "Côte d'Ivoire", "CRI": "Costa Rica", "TUR": "Türkiye", "TUV": "Tuvalu"}
    assert alphabetical(names) == ("CRI", "CIV", "HRV", "TUR", "TUV")
    assert alphabetical({"TKM": "Turkmenistan", **names})[-3:] == ("TUR", "TKM", "TUV")


def test_a_text_is_rejected_as_a_whole_when_its_last_operative_paragraph_is() -> None:
    assert rejects_the_whole({Kind.TITLE, Kind.PREAMBULAR}, {Kind.OPERATIVE})
    assert not rejects_the_whole({Kind.PREAMBULAR, Kind.OPERATIVE}, {Kind.OPERATIVE})
    assert not rejects_the_whole({Kind.PREAMBULAR}, {Kind.PREAMBULAR})
