"""How positions end: replaced, withdrawn, or lapsed because the text changed, whichever came first."""

from datetime import timedelta

from app.rules.history import End, Ending, Wording, end_of
from tests.builders import NOW


def version(number: int, seq: int, substance: int | None = None) -> Wording:
    return Wording(number, number if substance is None else substance, seq, NOW + timedelta(minutes=seq))


def replaced(seq: int) -> End:
    return End(Ending.REPLACED, seq, NOW + timedelta(minutes=seq))


def withdrawn(seq: int) -> End:
    return End(Ending.WITHDRAWN, seq, NOW + timedelta(minutes=seq))


def test_a_position_stands_while_nothing_ended_it() -> None:
    assert end_of(5, 1, [version(1, seq=1)], []) is None


def test_a_position_lapses_with_the_first_change_of_the_text() -> None:
    found = end_of(5, 1, [version(1, seq=1), version(2, seq=8), version(3, seq=9)], [])
    assert found == End(Ending.LAPSED, 8, NOW + timedelta(minutes=8))


def test_an_editorial_change_ends_no_position() -> None:
    versions = [version(1, seq=1), version(2, seq=8, substance=1)]
    assert end_of(5, 1, versions, []) is None
    assert end_of(9, 2, versions, []) is None
    assert end_of(5, 1, [*versions, version(3, seq=11)], []) == End(Ending.LAPSED, 11, NOW + timedelta(minutes=11))


def test_a_position_on_a_later_wording_is_not_ended_by_an_earlier_change() -> None:
    assert end_of(9, 2, [version(1, seq=1), version(2, seq=8)], []) is None


def test_what_came_first_ended_it() -> None:
    versions = [version(1, seq=1), version(2, seq=8)]
    assert end_of(5, 1, versions, [replaced(6), withdrawn(7)]) == replaced(6)
    assert end_of(5, 1, versions, [replaced(12), withdrawn(7)]) == withdrawn(7)
    assert end_of(5, 1, versions, [replaced(12), withdrawn(11)]) == End(Ending.LAPSED, 8, NOW + timedelta(minutes=8))


def test_what_its_delegation_did_before_it_did_not_end_it() -> None:
    assert end_of(5, 1, [version(1, seq=1)], [withdrawn(4)]) is None
