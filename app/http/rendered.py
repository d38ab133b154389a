"""Answers that are the same for all who may read them, kept as bytes as long as they hold."""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from app.rules.standing import Standing


@dataclass(frozen=True, slots=True)
class _Kept:
    standing: Standing
    since: datetime
    until: datetime | None
    body: bytes

    def holds(self, standing: Standing, now: datetime) -> bool:
        return self.standing is standing and self.since <= now and (self.until is None or now < self.until)


class Rendered:
    """The last rendered answers of each kind, for at most `size` negotiations and kinds.

    One is good for one standing (one head of the record, one day) until a deadline next changes a status by itself.
    """

    def __init__(self, size: int) -> None:
        self._size = size
        self._kept: OrderedDict[tuple[str, int], _Kept] = OrderedDict()

    def of(self, kind: str, standing: Standing, now: datetime, render: Callable[[], bytes]) -> bytes:
        """The answer of one kind about a negotiation at `now`, rendered only when it is not in memory."""
        name = (kind, standing.negotiation.id)
        kept = self._kept.get(name)
        if kept is None or not kept.holds(standing, now):
            kept = self._kept[name] = _Kept(standing, now, standing.next_deadline(now), render())
        self._kept.move_to_end(name)
        while len(self._kept) > self._size:
            self._kept.popitem(last=False)
        return kept.body
