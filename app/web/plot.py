"""The plot of how far a text has come: where each bar, mark and label stands.

Across in percent of the width, down in pixels, so that a browser stretches the bars and never the words.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from zoneinfo import ZoneInfo

from app.rules.consensus import Status
from app.rules.progress import IN_ORDER, Day, Every, every, place_of, thinned
from app.views.progress import Happened, Milestone, Progress

HEIGHT: Final = 180  # of a full bar
LANE: Final = 22  # of a row of marks above the bars
FOOT: Final = 26  # of the days below them
_WIDEST: Final = 11.0  # a bar, where there are few
_FILLED: Final = 0.84  # of the place of a bar, the rest parts it from the next
_LETTER: Final = {"wide": 1.1, "narrow": 2.8}  # how broad a letter is, on a desk and on a telephone
_DAYS_NAMED: Final = 6


@dataclass(frozen=True, slots=True)
class Block:
    """The paragraphs with one status, in one bar."""

    status: Status
    count: int
    y: float
    height: float


@dataclass(frozen=True, slots=True)
class Bar:
    """Where the text stood on one day, and what happened since the day before it."""

    day: Day
    x: float
    width: float
    blocks: tuple[Block, ...]
    milestones: tuple[Milestone, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """A revision, or a reading from `x` to `until`. Its name is `shown` everywhere, on a "wide" page only, or nowhere,
    so that no two names are on top of each other; `anchor` is the end of it that is at `x`.
    """

    milestone: Milestone
    x: float
    until: float
    shown: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Name:
    """A day named below its bar; `shown` on a "wide" page only where there are others beside it."""

    day: date
    x: float
    anchor: str
    shown: str


@dataclass(frozen=True, slots=True)
class Plot:
    """All of it. `statuses` are those that any of its days has, from agreed to far from it."""

    apart: Every
    bars: tuple[Bar, ...]
    readings: tuple[Mark, ...]
    revisions: tuple[Mark, ...]
    names: tuple[Name, ...]
    statuses: tuple[Status, ...]

    @property
    def top(self) -> int:
        """Where the bars begin: below the rows of marks that there are."""
        return LANE * (bool(self.readings) + bool(self.revisions)) + 8

    @property
    def readings_at(self) -> int:
        """Where the row of readings begins."""
        return LANE * bool(self.revisions)

    @property
    def height(self) -> int:
        return self.top + HEIGHT + FOOT


def plot(progress: Progress) -> Plot:
    """The plot of every day, or of the last of each week or month where there are too many."""
    apart = every(progress.days)
    shown = thinned(progress.days, apart)
    zone = ZoneInfo(progress.time_zone)
    found = [(one, place_of(one.at, shown, apart, zone)) for one in progress.milestones]
    present = {status for day in shown for status, count in day.counts.items() if count}
    return Plot(
        apart,
        tuple(_bar(day, place, len(shown), found) for place, day in enumerate(shown)),
        _marks(_readings(found, len(shown)), len(shown), "Reading 00"),
        _marks([(one, at, at) for one, at in found if one.what is Happened.REVISION], len(shown)),
        _names(shown),
        tuple(status for status in (*IN_ORDER, Status.REMOVED) if status in present),
    )


def _bar(day: Day, place: int, many: int, found: Iterable[tuple[Milestone, float]]) -> Bar:
    width = min(100 / many * _FILLED, _WIDEST)
    blocks, ground = [], float(HEIGHT)
    for status in IN_ORDER:
        if count := day.counts.get(status, 0):
            height = HEIGHT * count / day.paragraphs
            ground -= height
            blocks.append(Block(status, count, round(ground, 2), round(height, 2)))
    milestones = tuple(one for one, at in found if min(int(at), many - 1) == place)
    return Bar(day, round(_middle(place, many) - width / 2, 3), round(width, 3), tuple(blocks), milestones)


def _middle(place: int, many: int) -> float:
    return 100 * (place + 0.5) / many


Span = tuple[Milestone, float, float]  # from where to where among the days shown


def _readings(found: Iterable[tuple[Milestone, float]], many: int) -> list[Span]:
    """Each from its opening to its closing, or to the end."""
    spans: dict[int, Span] = {}
    for one, at in found:
        if one.what is Happened.READING_OPENED:
            spans[one.number] = (one, at, many)
        elif one.what is Happened.READING_CLOSED:
            opened, since, _ = spans[one.number]
            spans[one.number] = (opened, since, at)
    return list(spans.values())


def _marks(spans: Sequence[Span], many: int, longest: str = "") -> tuple[Mark, ...]:
    """Marks with the names that find a place, from the left. `longest` is how long a name gets in any language."""
    marks, taken = [], dict.fromkeys(_LETTER, 0.0)
    at = [(one, 100 * since / many, 100 * until / many) for one, since, until in spans]
    following = [x for _, x, _ in at[1:]] + [100.0]
    for (one, x, until), before in zip(at, following, strict=False):
        letters = len(longest or one.name) + 2
        anchor = "end" if x > 50 and x + letters * _LETTER["narrow"] > 100 else "start"
        fitting = []
        for page, broad in _LETTER.items():
            begins = x - letters * broad if anchor == "end" else x
            ends = begins + letters * broad
            if begins >= taken[page] and (longest or anchor == "end" or ends <= before):
                fitting.append(page)
                taken[page] = ends
        shown = "always" if len(fitting) == len(_LETTER) else "wide" if "wide" in fitting else ""
        marks.append(Mark(one, round(x, 3), round(until, 3), shown, anchor))
    return tuple(marks)


def _names(shown: Sequence[Day]) -> tuple[Name, ...]:
    """The first and the last day, and some between them."""
    many = len(shown)
    places = sorted({round(step * (many - 1) / (_DAYS_NAMED - 1)) for step in range(_DAYS_NAMED)})
    found = []
    for place in places:
        x = _middle(place, many)
        anchor = "start" if x < 8 else "end" if x > 92 else "middle"
        found.append(Name(shown[place].day, round(x, 3), anchor, "always" if place in (0, many - 1) else "wide"))
    return tuple(found)
