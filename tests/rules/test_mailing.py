"""When a digest is mailed."""

from datetime import UTC, datetime, timedelta

import pytest

from app.rules.mailing import MailChoice, Timing, is_due, last_hour

AT_SEVEN = MailChoice(Timing.DAILY, 7)


def utc(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=UTC)


def test_a_daily_digest_tells_in_the_morning_what_happened_before() -> None:
    happened = utc(10, 15)
    assert not is_due(AT_SEVEN, "UTC", happened, None, utc(10, 23))
    assert not is_due(AT_SEVEN, "UTC", happened, None, utc(11, 6, 59))
    assert is_due(AT_SEVEN, "UTC", happened, None, utc(11, 7))
    assert is_due(AT_SEVEN, "UTC", happened, None, utc(13, 2)), "the server was away in the morning"
    assert not is_due(AT_SEVEN, "UTC", utc(11, 7, 1), None, utc(11, 9))


@pytest.mark.parametrize(
    ("zone", "hour"), [("UTC", 7), ("Europe/Paris", 6), ("America/New_York", 11), ("Asia/Tokyo", 22)]
)
def test_the_hour_is_that_of_the_negotiation(zone: str, hour: int) -> None:
    assert last_hour(7, zone, utc(11, 23)) == utc(11, hour)
    assert last_hour(7, zone, utc(11, hour)) == utc(11, hour)
    assert last_hour(7, zone, utc(11, hour) - timedelta(minutes=1)) == utc(10, hour)


def test_an_hour_that_the_clocks_skip_comes_nevertheless() -> None:
    now = datetime(2026, 3, 29, 12, tzinfo=UTC)  # summer time began in Paris at 2 o'clock
    assert now - last_hour(2, "Europe/Paris", now) < timedelta(hours=12)


def test_an_immediate_digest_waits_a_minute_and_does_not_come_more_often_than_every_five() -> None:
    now = utc(11, 9)
    at_once = MailChoice(Timing.IMMEDIATE, 7)
    assert not is_due(at_once, "UTC", now - timedelta(seconds=59), None, now)
    assert is_due(at_once, "UTC", now - timedelta(minutes=1), None, now)
    assert not is_due(at_once, "UTC", now - timedelta(minutes=2), now - timedelta(minutes=4), now)
    assert is_due(at_once, "UTC", now - timedelta(minutes=2), now - timedelta(minutes=5), now)


def test_who_wants_none_gets_none() -> None:
    assert not is_due(MailChoice(Timing.OFF, 7), "UTC", utc(1, 1), None, utc(30, 1))
