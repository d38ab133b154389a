"""Meetings of the working group: their names, and the day on which they are held, where it meets."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from app.problems import InvalidInput
from app.said import Said, dated

_FIRST: Final = date(1945, 10, 24)  # the Charter entered into force: no meeting is older


def meeting_name(number: int) -> str:
    """`M1`."""
    return f"M{number}"


def meeting_number(name: str) -> int:
    """12 from `M12`, `m12` or `12`; 0, which no meeting has, from anything else."""
    digits = name.strip().removeprefix("M").removeprefix("m")
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= 9 else 0


def hour(at: time | None) -> str | None:
    """`15:00`."""
    return None if at is None else f"{at:%H:%M}"


def day_held(asked: date | None, now: datetime, time_zone: str) -> date:
    """The day of a meeting, in the negotiation's time zone: today when none is asked for.

    Raises InvalidInput for one that is still to come there, or was before there were any.
    """
    today = now.astimezone(ZoneInfo(time_zone)).date()
    day = asked or today
    if day > today:
        raise InvalidInput.at(
            "held_on",
            Said(
                "{day} is still to come ({time_zone}); put the meeting down once it is held.",
                day=dated(day),
                time_zone=time_zone,
            ),
        )
    if day < _FIRST:
        raise InvalidInput.at(
            "held_on",
            Said("{day} is before {first}, when the United Nations began.", day=dated(day), first=dated(_FIRST)),
        )
    return day


def day_in_utc(day: date, time_zone: str) -> tuple[datetime, datetime]:
    """When a day of a time zone begins, and when the next one does."""
    zone = ZoneInfo(time_zone)
    begins, ends = (datetime.combine(midnight, time.min, zone) for midnight in (day, day + timedelta(days=1)))
    return begins.astimezone(UTC), ends.astimezone(UTC)
