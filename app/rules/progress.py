"""How far a text has come: how many of its paragraphs had each status at the end of every day of the negotiation."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum
from typing import Final

from app.rules.consensus import Status
from app.rules.course import Course, Groups
from app.rules.proceedings import Told

# From agreed to far from it; what was removed is not in the text.
IN_ORDER: Final = (
    Status.AGREED,
    Status.AD_REF,
    Status.EMERGING,
    Status.UNDER_SILENCE,
    Status.OPEN,
    Status.RESERVED,
    Status.BRACKETED,
)
_MOST_DAYS: Final = 45  # that are told apart at a glance; then weeks, and months where there are too many of those
_MOST_WEEKS: Final = 60


@dataclass(frozen=True, slots=True)
class Day:
    """Where the text stood at the end of a day; of today: where it stands now. `paragraphs` are those in the text, all
    that `counts` has by status but the removed ones.
    """

    day: date
    paragraphs: int
    counts: dict[Status, int]

    @classmethod
    def of(cls, day: date, counts: dict[Status, int]) -> "Day":
        return cls(day, sum(counts.values()) - counts.get(Status.REMOVED, 0), counts)


def start_of(day: date, zone: tzinfo) -> datetime:
    """When a day begins in a time zone."""
    return datetime.combine(day, time.min, zone).astimezone(UTC)


def end_of(day: date, zone: tzinfo) -> datetime:
    """The last moment of a day in a time zone: a deadline at midnight comes on the next day."""
    return start_of(day + timedelta(days=1), zone) - timedelta(microseconds=1)


@dataclass(slots=True)
class Days:
    """A record being told, with where the text stood at the end of each day, in a time zone, that is over."""

    zone: tzinfo
    groups: Groups
    _course: Course = field(init=False)
    _found: list[Day] = field(default_factory=list, init=False)
    _day: date | None = field(default=None, init=False)  # the one that has come
    _end: datetime = field(default=datetime.max.replace(tzinfo=UTC), init=False)

    def __post_init__(self) -> None:
        self._course = Course(self.groups)

    def hear(self, told: Told) -> None:
        """Hear the next entry. Raises NotReplayable when it does not fit what the entries before it told."""
        if self._day is None:
            self._come_to(told.at.astimezone(self.zone).date())
        while told.at > self._end:
            self._close()
        self._course.hear(told)

    def before(self, day: date) -> tuple[Day, ...]:
        """All days up to the one before `day`, of which everything was heard. None where nothing was heard."""
        while self._day is not None and self._day < day:
            self._close()
        return tuple(self._found)

    def _come_to(self, day: date) -> None:
        self._day, self._end = day, end_of(day, self.zone)

    def _close(self) -> None:
        assert self._day is not None  # noqa: S101 - it is closed only once it has come
        self._found.append(Day.of(self._day, self._course.counts(self._end)))
        self._come_to(self._day + timedelta(days=1))


class Every(StrEnum):
    """How far apart the days are that a picture of many shows."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


def every(days: Sequence[Day]) -> Every:
    """How far apart, so that no more are shown than can be told apart."""
    if len(days) <= _MOST_DAYS:
        return Every.DAY
    return Every.WEEK if len(days) <= 7 * _MOST_WEEKS else Every.MONTH


def thinned(days: Sequence[Day], apart: Every) -> tuple[Day, ...]:
    """The last day of each week (from Monday on) or month among `days`; the last of all is always there."""
    last = {_period(day.day, apart)[0]: day for day in days}
    return tuple(last.values())


def place_of(at: datetime, shown: Sequence[Day], apart: Every, zone: tzinfo) -> float:
    """Where a moment is among the days shown: 2.5 is in the middle of the third day, week or month."""
    since, until = _period(at.astimezone(zone).date(), apart)
    place = next((place for place, one in enumerate(shown) if _period(one.day, apart)[0] >= since), len(shown))
    begins, ends = start_of(since, zone), start_of(until, zone)
    return min(place + (at - begins) / (ends - begins), float(len(shown)))


def _period(day: date, apart: Every) -> tuple[date, date]:
    """The first day of the week or month that a day is in, and that of the next."""
    match apart:
        case Every.DAY:
            return day, day + timedelta(days=1)
        case Every.WEEK:
            monday = day - timedelta(days=day.weekday())
            return monday, monday + timedelta(days=7)
        case Every.MONTH:
            first = day.replace(day=1)
            return first, (first + timedelta(days=31)).replace(day=1)
