"""`chapeau ...` as an operator types it, in this process: on a database with a negotiation, or on an empty one."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from typer.testing import CliRunner

from app.cli.main import app
from app.settings import settings
from tests.small_print import without_small_print


@dataclass(frozen=True, slots=True)
class Done:
    """What a command left behind: its exit status and what it printed on either stream."""

    status: int
    out: str
    err: str


class Chapeau:
    """The command, on one database. `chapeau("export", "water")`; `given` is what stands on its input."""

    def __init__(self, database_url: str) -> None:
        self.database_url = database_url

    def __call__(self, *words: str, given: bytes = b"") -> Done:
        ended = CliRunner().invoke(app, words, given)
        assert ended.exception is None or isinstance(ended.exception, SystemExit), "a traceback"
        return Done(ended.exit_code, ended.stdout, ended.stderr)

    def done(self, *words: str, given: bytes = b"") -> str:
        """What a command that succeeds prints."""
        ended = self(*words, given=given)
        assert (ended.status, ended.err) == (0, ""), ended
        return ended.out

    def exported(self, *words: str) -> str:
        """A text as `chapeau export` writes it, without its small print."""
        return without_small_print(self.done("export", *words))

    def refused(self, *words: str, given: bytes = b"") -> str:
        """The sentence of a command that cannot do what was asked."""
        ended = self(*words, given=given)
        assert (ended.status, ended.out) == (2, ""), ended
        assert ended.err.startswith("chapeau: ")
        assert ended.err.endswith(".\n")
        assert ended.err.count("\n") == 1, "more than a sentence"
        return ended.err.removeprefix("chapeau: ").removesuffix("\n")


@pytest.fixture
def chapeau(room_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Chapeau]:
    """The command on a database with the negotiation `water` (tests/api/room.py) at its beginning."""
    yield from _on(room_url, monkeypatch)


@pytest.fixture
def fresh(database_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Chapeau]:
    """The command on a migrated database with nothing in it."""
    yield from _on(database_url, monkeypatch)


@pytest.fixture
def unmigrated(empty_database_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Chapeau]:
    """The command on a database without a table."""
    yield from _on(empty_database_url, monkeypatch)


def _on(database_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Chapeau]:
    monkeypatch.setenv("CHAPEAU_DATABASE_URL", database_url)
    settings.cache_clear()
    yield Chapeau(database_url)
    settings.cache_clear()
