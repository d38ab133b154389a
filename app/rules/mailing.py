"""When a digest is mailed: as people chose, at once or each morning, and later again when it could not be sent."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo


class Timing(StrEnum):
    """IMMEDIATE: soon after something happened. DAILY: once a day, at an hour of the negotiation's time zone. OFF."""

    IMMEDIATE = "immediate"
    DAILY = "daily"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class MailChoice:
    """When somebody wants to have a digest mailed; `hour` is for DAILY."""

    timing: Timing
    hour: int


# Who chose nothing gets one a day, on days on which something happened: a silence that nobody hears of counts as
# agreement, so that nobody should have to ask for the news first.
DEFAULT: Final = MailChoice(Timing.DAILY, 7)

GATHERED: Final = timedelta(minutes=1)  # what is done at one sitting comes in one mail
BETWEEN: Final = timedelta(minutes=5)  # two mails to one person, at least


def is_due(choice: MailChoice, time_zone: str, first: datetime, mailed_at: datetime | None, now: datetime) -> bool:
    """Whether to mail somebody a digest at `now`.

    `first` is when the first thing that they were not told of happened, `mailed_at` when they were last mailed. A daily
    digest tells what happened before its hour, also when the server comes to it later.
    """
    match choice.timing:
        case Timing.OFF:
            return False
        case Timing.DAILY:
            return first <= last_hour(choice.hour, time_zone, now)
        case Timing.IMMEDIATE:
            return now - first >= GATHERED and (mailed_at is None or now - mailed_at >= BETWEEN)


def last_hour(hour: int, time_zone: str, now: datetime) -> datetime:
    """The last time that it was `hour` o'clock in a time zone, at `now` or before. On a day on which clocks skip that
    hour, as if they did not."""
    zone = ZoneInfo(time_zone)
    here = now.astimezone(zone)
    today = datetime(here.year, here.month, here.day, hour, tzinfo=zone)
    if today <= now:
        return today.astimezone(now.tzinfo)
    before = here.date() - timedelta(days=1)
    return datetime(before.year, before.month, before.day, hour, tzinfo=zone).astimezone(now.tzinfo)
