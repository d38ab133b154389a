"""The silence procedure: how long it runs, what breaks it, and when it is over."""

from datetime import UTC, datetime, timedelta

import pytest

from app.problems import SilenceDeadlineTooSoon, SilenceOver
from app.rules.silence import CoveredClause, deadline_for, must_still_run, state_of, warning_at
from tests.builders import NOW, broken, silence

LEAST = timedelta(hours=24)
DEADLINE = NOW + timedelta(hours=72)


def test_a_silence_runs_for_72_hours_unless_something_else_is_said() -> None:
    assert deadline_for(NOW, hours=None, deadline=None, least=LEAST) == DEADLINE


def test_a_negotiation_with_a_longer_minimum_lets_it_run_that_long() -> None:
    assert deadline_for(NOW, None, None, least=timedelta(hours=96)) == NOW + timedelta(hours=96)


def test_a_silence_runs_for_the_hours_or_until_the_deadline_given() -> None:
    assert deadline_for(NOW, 48, None, LEAST) == NOW + timedelta(hours=48)
    assert deadline_for(NOW, None, datetime(2023, 1, 20, 12, tzinfo=UTC), LEAST) == datetime(
        2023, 1, 20, 12, tzinfo=UTC
    )


def test_the_minimum_and_ninety_days_are_possible_themselves() -> None:
    assert deadline_for(NOW, 24, None, LEAST) == NOW + LEAST
    assert deadline_for(NOW, 90 * 24, None, LEAST) == NOW + timedelta(days=90)


@pytest.mark.parametrize(
    "hours", [23.99, 0, -1, 90 * 24 + 0.01, 1e300, -1e300, float("inf"), float("-inf"), float("nan")]
)
def test_hours_too_few_or_too_many_are_refused_with_what_is_possible(hours: float) -> None:
    with pytest.raises(SilenceDeadlineTooSoon) as refused:
        deadline_for(NOW, hours, None, LEAST)
    assert "at least 24.0 hours (until 2023-01-17T09:00:00+00:00 or later) and at most 90 days" in refused.value.detail
    assert refused.value.status == 422


@pytest.mark.parametrize(
    "deadline", [NOW, NOW - timedelta(days=1), NOW + timedelta(hours=23), NOW + timedelta(days=91)]
)
def test_a_deadline_too_soon_or_too_late_is_refused(deadline: datetime) -> None:
    with pytest.raises(SilenceDeadlineTooSoon):
        deadline_for(NOW, None, deadline, LEAST)


def test_the_room_is_warned_a_day_before_and_not_before_half_of_the_time_is_over() -> None:
    day = timedelta(hours=24)
    assert warning_at(NOW, DEADLINE, day) == DEADLINE - day
    assert warning_at(NOW, NOW + day, day) == NOW + timedelta(hours=12)
    assert warning_at(NOW, NOW + timedelta(hours=48), day) == NOW + day
    assert warning_at(NOW, DEADLINE, timedelta(0)) is None


def test_a_silence_runs_until_its_deadline_and_has_passed_from_then_on() -> None:
    just_before = DEADLINE - timedelta(microseconds=1)
    assert silence().is_running(just_before)
    assert not silence().has_passed(just_before)
    assert silence().has_passed(DEADLINE)
    assert not silence().is_running(DEADLINE)


def test_a_broken_silence_neither_runs_nor_passes() -> None:
    for now in (NOW, DEADLINE):
        assert not broken("ARG").is_running(now)
        assert not broken("ARG").has_passed(now)


def test_an_objection_before_the_deadline_is_in_time() -> None:
    must_still_run(silence(), DEADLINE - timedelta(microseconds=1))


def test_an_objection_at_the_deadline_is_too_late_and_says_when_it_passed() -> None:
    with pytest.raises(SilenceOver, match=r"S3 passed at 2023-01-19T09:00:00\+00:00\. Ask a penholder") as refused:
        must_still_run(silence(3), DEADLINE)
    assert refused.value.status == 409


def test_a_silence_is_broken_once_and_says_by_whom() -> None:
    with pytest.raises(SilenceOver, match=r"S1 was broken by ARG at 2023-01-16T09:00:00\+00:00"):
        must_still_run(broken("ARG"), NOW + timedelta(hours=1))


# --- where a silence stands as a whole --------------------------------------------------------------------------------

STANDS, BROKEN, LEFT = CoveredClause(), CoveredClause(is_broken=True), CoveredClause(is_left_behind=True)
BOTH = CoveredClause(is_broken=True, is_left_behind=True)


@pytest.mark.parametrize(
    ("covered", "before", "after"),
    [
        ([STANDS], "running", "passed"),
        ([STANDS, BROKEN], "running", "passed"),
        ([STANDS, LEFT], "running", "passed"),
        ([BROKEN, BROKEN], "broken", "broken"),
        ([BOTH, BROKEN], "broken", "broken"),
        ([LEFT, LEFT], "ended", "ended"),
        ([LEFT, BROKEN], "ended", "ended"),
    ],
)
def test_a_silence_runs_and_passes_while_it_holds_on_a_clause_and_ends_when_left_behind_on_all(
    covered: list[CoveredClause], before: str, after: str
) -> None:
    assert state_of(covered, DEADLINE, DEADLINE - timedelta(seconds=1)) == before
    assert state_of(covered, DEADLINE, DEADLINE) == after
