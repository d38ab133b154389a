"""The silence procedure: a text counts as agreed at the deadline unless a delegation objects before it.

General Assembly decision 74/544 asks for at least 72 hours; the Security Council's practice is 24.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from app.problems import SilenceDeadlineTooSoon, SilenceOver
from app.said import Said, dated

SILENCE_DEFAULT: Final = timedelta(hours=72)
SILENCE_LEAST_DEFAULT: Final = timedelta(hours=24)
SILENCE_LONGEST: Final = timedelta(days=90)
SILENCE_WARNING_DEFAULT: Final = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class ClauseSilence:
    """The last silence opened on the current version of a clause. `broken_by` is empty while nobody broke it.

    `is_recorded`: its end is on the record, so that nothing that comes later breaks it. `warned_at`: when the room was
    warned of the deadline, None while it was not.
    """

    number: int
    opened_at: datetime
    deadline: datetime
    broken_by: str = ""
    broken_at: datetime | None = None
    reason: str = ""
    is_recorded: bool = False
    warned_at: datetime | None = None

    @property
    def name(self) -> str:
        return f"S{self.number}"

    def is_running(self, now: datetime) -> bool:
        return not self.broken_by and now < self.deadline

    def has_passed(self, now: datetime) -> bool:
        return not self.broken_by and now >= self.deadline


class SilenceState(StrEnum):
    """Where a silence stands as a whole.

    RUNNING until the deadline; PASSED when a clause counts as agreed by it since; BROKEN when it was broken on every
    clause it covered; ENDED when it was left behind on those it was not broken on: they were reopened since, or taken
    out of the text, and nothing is agreed by it.
    """

    RUNNING = "running"
    PASSED = "passed"
    BROKEN = "broken"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class CoveredClause:
    """One clause that a silence was opened on: whether it was broken there, and whether a later act left it behind."""

    is_broken: bool = False
    is_left_behind: bool = False


def state_of(covered: Sequence[CoveredClause], deadline: datetime, now: datetime) -> SilenceState:
    """Where a silence stands at `now`, over at least one clause."""
    if all(clause.is_broken for clause in covered):
        return SilenceState.BROKEN
    if all(clause.is_broken or clause.is_left_behind for clause in covered):
        return SilenceState.ENDED
    return SilenceState.RUNNING if now < deadline else SilenceState.PASSED


def deadline_for(now: datetime, hours: float | None, deadline: datetime | None, least: timedelta) -> datetime:
    """When a silence opened at `now` ends: after `hours`, or at `deadline`, or after the default.

    Raises SilenceDeadlineTooSoon when that is sooner than the negotiation's minimum, or later than ninety days.
    """
    runs = _length(now, hours, deadline, least)
    if runs is None or not least <= runs <= SILENCE_LONGEST:
        raise SilenceDeadlineTooSoon(
            least_hours=round(least / timedelta(hours=1), 2),
            most_days=SILENCE_LONGEST.days,
            earliest=dated(now + least),
        )
    return now + runs


def _length(now: datetime, hours: float | None, deadline: datetime | None, least: timedelta) -> timedelta | None:
    if deadline is not None:
        return deadline - now
    if hours is None:
        return max(SILENCE_DEFAULT, least)
    # A timedelta takes neither NaN nor infinity nor what is beyond all calendars.
    return timedelta(hours=hours) if 0 <= hours <= SILENCE_LONGEST / timedelta(hours=1) else None


def warning_at(since: datetime, deadline: datetime, before: timedelta) -> datetime | None:
    """When the room is warned of a deadline set at `since`: `before` it, and not until half of the time is over.

    None where `before` is nothing: no warning is wanted.
    """
    return deadline - min(before, (deadline - since) / 2) if before else None


def must_still_run(silence: ClauseSilence, now: datetime) -> None:
    """Refuse what can only be done before the deadline: SilenceOver (409) after it, or once it was broken."""
    if not silence.is_running(now):
        how = Said("was broken by {who}", who=silence.broken_by) if silence.broken_by else Said("passed")
        when = silence.broken_at or silence.deadline
        raise SilenceOver(silence=silence.name, how=how, at=dated(when))
