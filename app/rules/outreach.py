"""Outreach: how far each state has come on the way to co-sponsorship, from what is noted and from what is a fact."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final


class Step(StrEnum):
    """The way to co-sponsorship, and the answer that ends it."""

    NOT_CONTACTED = "not_contacted"
    CONTACTED = "contacted"
    INTERESTED = "interested"
    BILATERAL_HELD = "bilateral_held"
    IN_THE_WORKING_GROUP = "in_the_working_group"
    COSPONSOR = "cosponsor"
    DECLINED = "declined"


class Source(StrEnum):
    """Where the present step of a state comes from: a note, its place in the negotiation, or the list of sponsors."""

    NOTHING = "nothing"
    NOTE = "note"
    PARTICIPATION = "participation"
    SPONSORSHIP = "sponsorship"


ON_THE_WAY: Final = (
    Step.NOT_CONTACTED,
    Step.CONTACTED,
    Step.INTERESTED,
    Step.BILATERAL_HELD,
    Step.IN_THE_WORKING_GROUP,
    Step.COSPONSOR,
)


@dataclass(frozen=True, slots=True)
class Noted:
    """One note: its number (N3 has 3), the day of the meeting, and the step that the state took."""

    number: int
    held_on: date
    step: Step


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a state without a note. `joined_on`: since when it takes part as delegate or penholder;
    `sponsors_since`: since when it sponsors; `left_sponsors_on`: when it last withdrew.
    """

    joined_on: date | None = None
    sponsors_since: date | None = None
    left_sponsors_on: date | None = None


@dataclass(frozen=True, slots=True)
class Present:
    """Where a state is now, why, since when, and the number of the note that says so (0: none does)."""

    step: Step
    source: Source
    since: date | None
    note: int = 0


def present_step(notes: Sequence[Noted], facts: Facts) -> Present:
    """The furthest step of a state, and where it comes from.

    What is a fact needs no note: who is among the sponsors sponsors, whatever was noted. Otherwise a state whose last
    word is that it declines has declined, although it takes part; a later note puts it on its way again. Once a state
    has withdrawn, what was noted before of its co-sponsorship no longer counts.
    """
    if facts.sponsors_since is not None:
        return Present(Step.COSPONSOR, Source.SPONSORSHIP, facts.sponsors_since)
    last = max(notes, key=_in_time, default=None)
    if last is not None and last.step is Step.DECLINED:
        return Present(Step.DECLINED, Source.NOTE, last.held_on, last.number)
    candidates = [Present(Step.NOT_CONTACTED, Source.NOTHING, None)]
    if facts.joined_on is not None:
        candidates.append(Present(Step.IN_THE_WORKING_GROUP, Source.PARTICIPATION, facts.joined_on))
    for note in sorted(notes, key=_in_time):
        if note.step is not Step.DECLINED and not _is_undone(note, facts):
            candidates.append(Present(note.step, Source.NOTE, note.held_on, note.number))
    return max(candidates, key=lambda present: ON_THE_WAY.index(present.step))  # of equals, the first


def _in_time(note: Noted) -> tuple[date, int]:
    return note.held_on, note.number


def _is_undone(note: Noted, facts: Facts) -> bool:
    left = facts.left_sponsors_on
    return note.step is Step.COSPONSOR and left is not None and note.held_on <= left
