"""How far a state has come on the way to co-sponsorship."""

from datetime import date

import pytest

from app.rules.outreach import ON_THE_WAY, Facts, Noted, Present, Source, Step, present_step

EARLY, LATER, LAST = date(2023, 1, 2), date(2023, 1, 9), date(2023, 1, 16)


def test_nothing_is_known_of_a_state_that_nobody_spoke_to() -> None:
    assert present_step([], Facts()) == Present(Step.NOT_CONTACTED, Source.NOTHING, None)


def test_the_furthest_step_counts_and_says_which_note_it_comes_from() -> None:
    notes = [Noted(1, EARLY, Step.BILATERAL_HELD), Noted(2, LATER, Step.CONTACTED)]
    assert present_step(notes, Facts()) == Present(Step.BILATERAL_HELD, Source.NOTE, EARLY, 1)


def test_a_step_is_dated_from_the_first_meeting_that_reached_it() -> None:
    notes = [Noted(1, LATER, Step.INTERESTED), Noted(2, EARLY, Step.INTERESTED)]
    assert present_step(notes, Facts()) == Present(Step.INTERESTED, Source.NOTE, EARLY, 2)


def test_who_takes_part_is_in_the_working_group_whatever_is_noted() -> None:
    facts = Facts(joined_on=EARLY)
    present = Present(Step.IN_THE_WORKING_GROUP, Source.PARTICIPATION, EARLY)
    assert present_step([], facts) == present
    assert present_step([Noted(1, LATER, Step.CONTACTED)], facts) == present


def test_who_sponsors_is_a_cosponsor_whatever_is_noted() -> None:
    facts = Facts(joined_on=EARLY, sponsors_since=LATER)
    for step in (Step.CONTACTED, Step.COSPONSOR, Step.DECLINED):
        present = present_step([Noted(1, LAST, step)], facts)
        assert present == Present(Step.COSPONSOR, Source.SPONSORSHIP, LATER)


def test_who_declined_last_has_declined_although_it_takes_part() -> None:
    notes = [Noted(1, EARLY, Step.INTERESTED), Noted(2, LATER, Step.DECLINED)]
    assert present_step(notes, Facts(joined_on=EARLY)) == Present(Step.DECLINED, Source.NOTE, LATER, 2)


def test_a_state_that_declined_is_on_its_way_again_once_something_else_is_noted() -> None:
    notes = [Noted(1, EARLY, Step.BILATERAL_HELD), Noted(2, LATER, Step.DECLINED), Noted(3, LAST, Step.CONTACTED)]
    assert present_step(notes, Facts()).step is Step.BILATERAL_HELD


def test_what_was_noted_of_a_cosponsorship_counts_no_more_once_the_state_has_withdrawn() -> None:
    notes = [Noted(1, EARLY, Step.INTERESTED), Noted(2, LATER, Step.COSPONSOR)]
    assert present_step(notes, Facts()).step is Step.COSPONSOR
    assert present_step(notes, Facts(left_sponsors_on=LATER)).step is Step.INTERESTED
    again = [*notes, Noted(3, LAST, Step.COSPONSOR)]
    assert present_step(again, Facts(left_sponsors_on=LATER)) == Present(Step.COSPONSOR, Source.NOTE, LAST, 3)


@pytest.mark.parametrize("step", ON_THE_WAY[1:])
def test_every_step_of_the_way_is_reached_by_a_note(step: Step) -> None:
    assert present_step([Noted(1, EARLY, step)], Facts()).step is step
