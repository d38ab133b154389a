"""Who may give which seat: the secretariat any, a penholder those of its own delegation and of readers."""

import pytest

from app.problems import LastOfTheSecretariat, PenNotYoursToGive, SeatNotYoursToGive
from app.rules.permissions import Role, Seat
from app.rules.seating import Chair, must_be_theirs_to_give, must_be_theirs_to_invite, must_leave_a_secretariat

OWN = Chair(Role.PENHOLDER, "FRA")
READER = Chair(Role.READER)
OF_THE_SECRETARIAT = Chair(Role.SECRETARIAT)
ANOTHERS = Chair(Role.DELEGATE, "NOR")
CHAIRS = [OWN, READER, OF_THE_SECRETARIAT, ANOTHERS, Chair(Role.PENHOLDER, "BRA"), Chair(Role.OBSERVER, "ILO")]


def seat(role: Role, delegation: str = "") -> Seat:
    return Seat(person_id=1, name="Camille Martin", role=role, negotiation="sse", delegation=delegation)


def may_give(giver: Seat, held: Chair | None, given: Chair) -> bool:
    try:
        must_be_theirs_to_give(giver, "Ana Silva", held, given)
    except SeatNotYoursToGive:
        return False
    return True


@pytest.mark.parametrize("given", CHAIRS)
@pytest.mark.parametrize("held", [None, *CHAIRS])
def test_the_secretariat_gives_any_seat_to_anybody(held: Chair | None, given: Chair) -> None:
    assert may_give(seat(Role.SECRETARIAT), held, given)


@pytest.mark.parametrize("given", CHAIRS)
@pytest.mark.parametrize("held", [None, *CHAIRS])
def test_a_penholder_moves_people_between_its_delegation_and_the_readers_alone(
    held: Chair | None, given: Chair
) -> None:
    assert may_give(seat(Role.PENHOLDER, "FRA"), held, given) == (
        held in (None, OWN, READER) and given in (OWN, READER)
    )


def test_a_penholder_without_a_delegation_seats_readers_alone() -> None:
    assert [chair for chair in CHAIRS if may_give(seat(Role.PENHOLDER), None, chair)] == [READER]


def test_a_refusal_says_what_is_not_theirs_and_whom_to_ask() -> None:
    with pytest.raises(SeatNotYoursToGive) as refused:
        must_be_theirs_to_give(seat(Role.PENHOLDER, "FRA"), "Ana Silva", ANOTHERS, OWN)
    assert refused.value.detail == (
        "This seat cannot be given by you: Ana Silva sits as delegate of NOR. As a penholder you seat people of your "
        "delegation (FRA) and readers; ask the secretariat for any other seat."
    )
    with pytest.raises(SeatNotYoursToGive, match="a seat as secretariat is not yours to give"):
        must_be_theirs_to_give(seat(Role.PENHOLDER, "FRA"), "Ana Silva", OWN, OF_THE_SECRETARIAT)


@pytest.mark.parametrize("given", [OWN, READER, ANOTHERS])
def test_the_last_of_the_secretariat_does_not_leave_it(given: Chair) -> None:
    with pytest.raises(LastOfTheSecretariat, match=r"Ana Silva has the last seat of the secretariat in sse\."):
        must_leave_a_secretariat("Ana Silva", "sse", OF_THE_SECRETARIAT, given, others=0)
    must_leave_a_secretariat("Ana Silva", "sse", OF_THE_SECRETARIAT, given, others=1)


def test_who_stays_in_the_secretariat_or_was_never_there_leaves_it_as_it_is() -> None:
    must_leave_a_secretariat("Ana Silva", "sse", OF_THE_SECRETARIAT, OF_THE_SECRETARIAT, others=0)
    for held in (None, READER, ANOTHERS):
        must_leave_a_secretariat("Ana Silva", "sse", held, READER, others=0)


def test_only_the_secretariat_gives_a_delegation_the_pen() -> None:
    secretariat = Seat(1, "Desk", Role.SECRETARIAT)
    penholder = Seat(2, "Camille Martin", Role.PENHOLDER, delegation="FRA")
    must_be_theirs_to_invite(secretariat, "ESP", Role.PENHOLDER)
    must_be_theirs_to_invite(penholder, "ESP", Role.DELEGATE)
    with pytest.raises(PenNotYoursToGive) as refused:
        must_be_theirs_to_invite(penholder, "ESP", Role.PENHOLDER)
    assert refused.value.detail.startswith("A penholder does not make ESP another one: ask the secretariat")
