"""Facts to test with, in the words of the domain: `facts(label="OP4", positions=[objects("ARG", "cost")])`."""

from datetime import UTC, datetime, timedelta
from typing import Final

import pytest

NOW: Final = datetime(2023, 1, 16, 9, 0, tzinfo=UTC)

on_sqlite = pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
on_postgresql = pytest.mark.parametrize("database_kind", ["postgresql"], indirect=True)


class SetClock:
    """A clock that stands still until a test moves it."""

    def __init__(self, now: datetime = NOW) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def advance(self, *, days: float = 0, hours: float = 0, minutes: float = 0, seconds: float = 0) -> datetime:
        self.now += timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)
        return self.now
