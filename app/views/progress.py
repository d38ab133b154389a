"""How far a text has come over time: how many paragraphs had each status when readings opened and closed, and now."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from app.rules.consensus import Status
from app.rules.readings import Edge
from app.rules.standing import Standing
from app.views.readings import readings

# From agreed to far from it; what was removed is not in the text.
_IN_ORDER: Final = (
    Status.AGREED,
    Status.AD_REF,
    Status.EMERGING,
    Status.UNDER_SILENCE,
    Status.OPEN,
    Status.RESERVED,
    Status.BRACKETED,
)


@dataclass(frozen=True, slots=True)
class Share:
    """The paragraphs with one status: how many, and where they begin and how far they reach among all, in percent."""

    status: Status
    count: int
    start: float
    length: float


@dataclass(frozen=True, slots=True)
class Moment:
    """Where the text stood at one moment: the opening or closing of a `reading`, or (`reading` 0) now."""

    reading: int
    edge: Edge
    at: datetime
    shares: tuple[Share, ...]


async def progress(db: AsyncSession, standing: Standing, now: datetime) -> tuple[Moment, ...]:
    """What the readings put on record when they opened and closed, and now, in time. One statement."""
    moments = []
    for reading in await readings(db, standing.negotiation.id):
        moments.append(Moment(reading.number, Edge.OPENED, reading.opened_at, shares(reading.opening)))
        if reading.closed_at is not None:
            moments.append(Moment(reading.number, Edge.CLOSED, reading.closed_at, shares(reading.closing or {})))
    counts = {status.value: count for status, count in standing.text_status(now).counts.items()}
    return (*moments, Moment(0, Edge.LATEST, now, shares(counts)))


def shares(counts: Mapping[str, int]) -> tuple[Share, ...]:
    """How the paragraphs of a text share out among the statuses that any of them has."""
    present = [(status, counts[status.value]) for status in _IN_ORDER if counts.get(status.value)]
    total = sum(count for _, count in present)
    found, before = [], 0
    for status, count in present:
        found.append(Share(status, count, round(100 * before / total, 3), round(100 * count / total, 3)))
        before += count
    return tuple(found)
