"""The plot of how far a text has come: bars that fill the height, marks in their places, no name on top of another."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Final

from app.rules.consensus import Status
from app.rules.progress import Day, Every
from app.views.progress import Happened, Milestone, Progress
from app.web.plot import HEIGHT, LANE, Mark, plot

FIRST: Final = date(2023, 1, 16)
COUNTS: Final = {Status.BRACKETED: 1, Status.AGREED: 3, Status.REMOVED: 5}


def progress(days: int, *milestones: Milestone) -> Progress:
    told = tuple(Day.of(FIRST + timedelta(days=number), COUNTS) for number in range(days))
    return Progress("sse", 9, "UTC", told, milestones)


def milestone(what: Happened, number: int, name: str, after: float) -> Milestone:
    at = datetime(2023, 1, 16, tzinfo=UTC) + timedelta(days=after)
    return Milestone(what, number, name, at.date(), at, 1)


def revision(number: int, after: float) -> Milestone:
    return milestone(Happened.REVISION, number, f"Rev.{number}", after)


def test_a_bar_is_full_of_what_is_in_the_text_from_agreed_at_the_ground_to_brackets_at_the_top() -> None:
    found = plot(progress(1))
    (bar,) = found.bars
    assert [(block.status, block.count, block.y, block.height) for block in bar.blocks] == [
        (Status.AGREED, 3, HEIGHT / 4, HEIGHT * 3 / 4),
        (Status.BRACKETED, 1, 0.0, HEIGHT / 4),
    ]
    assert found.statuses == (Status.AGREED, Status.BRACKETED, Status.REMOVED)
    assert (found.readings, found.revisions, found.top) == ((), (), 8)


def test_a_text_without_a_paragraph_has_an_empty_bar() -> None:
    empty = Progress("sse", 9, "UTC", (Day.of(FIRST, {Status.REMOVED: 2}),), ())
    assert plot(empty).bars[0].blocks == ()


def test_bars_stand_beside_each_other_few_are_not_broad_and_many_are_weeks_or_months() -> None:
    for days, apart, many in ((3, Every.DAY, 3), (45, Every.DAY, 45), (200, Every.WEEK, 29), (1000, Every.MONTH, 34)):
        found = plot(progress(days))
        assert (found.apart, len(found.bars)) == (apart, many)
        assert all(one.x + one.width < other.x for one, other in pairwise(found.bars))
        assert all(bar.x >= 0 and bar.x + bar.width <= 100 and bar.width <= 11 for bar in found.bars)
        assert found.names[0].day == found.bars[0].day.day
        assert found.names[-1].day == found.bars[-1].day.day


def test_a_reading_reaches_from_its_opening_to_its_closing_or_to_the_end() -> None:
    found = plot(
        progress(
            4,
            milestone(Happened.READING_OPENED, 1, "reading 1", 0.5),
            milestone(Happened.READING_CLOSED, 1, "reading 1", 1.5),
            milestone(Happened.READING_OPENED, 2, "reading 2", 2),
        )
    )
    assert [(mark.milestone.number, mark.x, mark.until) for mark in found.readings] == [
        (1, 12.5, 37.5),
        (2, 50.0, 100.0),
    ]
    assert [[one.what for one in bar.milestones] for bar in found.bars] == [
        *([Happened.READING_OPENED], [Happened.READING_CLOSED], [Happened.READING_OPENED], []),
    ]
    assert found.top == LANE + 8


def test_of_revisions_that_came_close_together_those_are_named_that_find_a_place() -> None:
    found = plot(progress(40, *(revision(number, after) for number, after in enumerate((0.1, 0.2, 0.3, 14, 18, 39.9)))))

    def on(page: str) -> list[Mark]:
        return [mark for mark in found.revisions if mark.shown in ("always", page)]

    assert [mark.milestone.name for mark in on("wide")] == ["Rev.2", "Rev.3", "Rev.4", "Rev.5"]
    assert [mark.milestone.name for mark in on("narrow")] == ["Rev.2", "Rev.4", "Rev.5"]
    assert found.revisions[-1].anchor == "end", "its name does not leave the page"
