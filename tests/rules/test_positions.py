"""Whose agreement is needed, and who is held to say what: groups, their members, observers."""

from app.rules.permissions import Role
from app.rules.positions import counted, effective, voices
from tests.builders import accepts, group, objects, observer, reserves, said, state, supports

EU = group("EU", "FRA", "ESP", "ITA")
G77 = group("G77", "ARG", "BRA")


# --- whose agreement is needed --------------------------------------------------------------------------------------


def test_penholders_and_delegates_count_and_observers_and_readers_do_not() -> None:
    room = [state("FRA", Role.PENHOLDER), state("ARG"), observer("ILO"), state("CHE", Role.OBSERVER)]
    assert counted(room) == ("FRA", "ARG")


def test_a_group_counts_through_its_members_that_take_part() -> None:
    assert counted([EU, state("FRA"), state("ARG")]) == ("FRA", "ARG")


def test_a_group_none_of_whose_members_takes_part_counts_itself() -> None:
    assert counted([EU, state("ARG")]) == ("EU", "ARG")


def test_a_member_that_only_observes_does_not_stand_for_its_group() -> None:
    assert counted([EU, state("FRA", Role.OBSERVER), state("ARG")]) == ("EU", "ARG")


# --- who is held to say what ----------------------------------------------------------------------------------------


def test_the_position_of_a_group_counts_for_each_member_that_has_taken_none_itself() -> None:
    found = effective([EU, state("FRA"), state("ESP"), state("ARG")], said(objects("EU", "cost")))
    assert found == (objects("FRA", "cost", via="EU"), objects("ESP", "cost", via="EU"))


def test_the_position_of_a_member_prevails_over_that_of_its_group() -> None:
    room = [EU, state("FRA"), state("ESP")]
    assert effective(room, said(objects("EU"), supports("FRA"))) == (supports("FRA"), objects("ESP", via="EU"))
    assert effective(room, said(supports("EU"), objects("FRA"))) == (objects("FRA"), supports("ESP", via="EU"))


def test_the_position_of_a_group_does_not_count_for_others() -> None:
    assert effective([EU, state("FRA"), state("ARG")], said(supports("EU"))) == (supports("FRA", via="EU"),)


def test_the_position_of_a_group_without_members_in_the_room_counts_once_for_itself() -> None:
    assert effective([EU, state("ARG")], said(reserves("EU"))) == (reserves("EU"),)


def test_where_two_groups_of_a_member_differ_the_more_cautious_counts() -> None:
    room = [group("G1", "ARG"), group("G2", "ARG"), state("ARG")]
    assert effective(room, said(supports("G1"), accepts("G2"))) == (accepts("ARG", via="G2"),)
    assert effective(room, said(reserves("G1"), accepts("G2"))) == (reserves("ARG", via="G1"),)
    assert effective(room, said(reserves("G1"), objects("G2", "cost"))) == (objects("ARG", "cost", via="G2"),)


def test_a_delegation_that_said_nothing_and_has_no_group_is_held_to_nothing() -> None:
    assert effective([G77, state("FRA"), state("ARG")], {}) == ()


def test_what_observers_say_is_shown_and_never_counted() -> None:
    found = effective([state("FRA"), observer("ILO")], said(supports("FRA"), objects("ILO", "labour")))
    assert found == (supports("FRA"), objects("ILO", "labour", counts=False))


def test_a_group_that_only_observes_speaks_for_nobody() -> None:
    room = [group("EU", "FRA", role=Role.OBSERVER), state("FRA")]
    assert effective(room, said(objects("EU"))) == (objects("EU", counts=False),)


def test_a_member_that_only_observes_is_not_counted_through_its_group() -> None:
    room = [EU, state("FRA", Role.OBSERVER), state("ESP")]
    assert effective(room, said(objects("EU"))) == (objects("ESP", via="EU"),)


def test_what_a_delegation_said_that_no_longer_takes_part_is_left_out() -> None:
    assert effective([state("FRA")], said(supports("FRA"), objects("USA"))) == (supports("FRA"),)


def test_a_position_taken_through_a_group_keeps_its_version_and_its_time() -> None:
    (found,) = effective([EU, state("FRA")], said(objects("EU", version=3)))
    assert (found.version, found.since) == (3, objects("EU").since)


# --- what groups say that count through their members ---------------------------------------------------------------


def test_what_a_group_says_is_shown_for_itself_when_it_counts_through_its_members() -> None:
    room = [EU, state("FRA"), state("ARG")]
    assert voices(room).for_members(said(objects("EU"), supports("ARG"))) == (objects("EU", counts=False),)


def test_a_group_without_members_in_the_room_and_one_that_only_observes_are_not_shown_twice() -> None:
    assert voices([EU, state("ARG")]).for_members(said(objects("EU"))) == ()
    observing = [group("EU", "FRA", role=Role.OBSERVER), state("FRA")]
    assert voices(observing).for_members(said(objects("EU"))) == ()
