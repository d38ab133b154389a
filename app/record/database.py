"""The engine and its transactions: one for reading, one for writing. SQLite and PostgreSQL behave alike behind it."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable, Collection
from contextlib import AsyncExitStack, asynccontextmanager, closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from sqlalchemy import event, make_url, text
from sqlalchemy.engine import Connection
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, create_async_engine

Clock = Callable[[], datetime]
Session = AsyncSession  # what faces hand from a transaction to actions and views, knowing no more about it

GREW: Final = "chapeau_record_grew"
_NOTIFY: Final = text("select pg_notify(:channel, :ids)")
_BUSY_MILLISECONDS = 30_000
_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "recursive_triggers=ON",  # without it INSERT OR REPLACE deletes a row on record unseen by the trigger
    f"busy_timeout={_BUSY_MILLISECONDS}",
)


def _nobody_listens(_negotiations: Collection[int]) -> None: ...


def server_clock() -> datetime:
    """Now, in UTC."""
    return datetime.now(UTC)


def now_of(db: AsyncSession) -> datetime:
    """The server's time, asked inside the transaction (so after waiting for whoever wrote before)."""
    clock: Clock = db.info["clock"]
    return clock()


def record_grew(db: AsyncSession, negotiation_id: int) -> None:
    """Have those who listen told, once the transaction is committed, that the record of a negotiation has grown."""
    db.info.setdefault("grown", set()).add(negotiation_id)


class Database:
    """One database with its pool. `on_growth` is called with the ids of the negotiations whose record has grown, after
    the commit; on PostgreSQL other processes learn it too, on the channel GREW.

    `reading()` gives a session on one consistent snapshot. `writing()` gives a session whose transaction is committed
    when the block ends and rolled back when it raises; on SQLite it waits for its turn inside the process rather than
    on the lock. `engine` is one that an earlier Database of this `url` had and closed: it remembers its statements.
    """

    def __init__(
        self, url: str, *, pool_size: int = 10, clock: Clock = server_clock, engine: AsyncEngine | None = None
    ) -> None:
        self.is_sqlite = make_url(url).get_backend_name() == "sqlite"
        self.clock = clock
        self.engine = engine or (_sqlite_engine(url) if self.is_sqlite else _postgresql_engine(url, pool_size))
        isolation = {} if self.is_sqlite else {"isolation_level": "REPEATABLE READ"}
        self._reads = self.engine.execution_options(writes=False, **isolation)
        self._writes = self.engine.execution_options(writes=True)
        self._turn = asyncio.Lock()
        self.on_growth: Callable[[Collection[int]], None] = _nobody_listens

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncSession]:
        async with self._session(self._reads) as db:
            yield db

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[AsyncSession]:
        async with AsyncExitStack() as stack:
            if self.is_sqlite:
                await stack.enter_async_context(self._turn)
            db = await stack.enter_async_context(self._session(self._writes))
            async with db.begin():
                yield db
                grown: set[int] = db.info.get("grown", set())
                if grown and not self.is_sqlite:
                    await db.execute(_NOTIFY, {"channel": GREW, "ids": ",".join(map(str, sorted(grown)))})
            if grown:
                self.on_growth(grown)

    def _session(self, engine: AsyncEngine) -> AsyncSession:
        return AsyncSession(engine, expire_on_commit=False, autoflush=False, info={"clock": self.clock})

    @property
    def driver_arguments(self) -> dict[str, Any]:
        """What asyncpg wants to know for a connection of one's own, beside those of the pool."""
        url = self.engine.url
        known: dict[str, Any] = {"host": url.host, "port": url.port, "user": url.username, "password": url.password}
        known |= {"database": url.database, **url.query}
        return {name: value for name, value in known.items() if value is not None}

    async def is_ready(self) -> bool:
        """Whether the database answers."""
        async with self.reading() as db:
            return bool(await db.scalar(text("select 1")) == 1)

    async def try_to_open(self) -> None:
        """Raise what the driver raises when the database cannot be opened."""
        path = self.engine.url.database
        if self.is_sqlite and path:
            # Here and not in the driver's thread, which would outlive its failure and this event loop.
            with closing(sqlite3.connect(path)) as file:
                file.execute("pragma schema_version")
        await self.is_ready()

    async def close(self) -> None:
        await self.engine.dispose()


def _sqlite_engine(url: str) -> AsyncEngine:
    path = make_url(url).database
    if path and path != ":memory:":
        Path(path).parent.mkdir(parents=True, exist_ok=True)
    engine = create_async_engine(url, connect_args={"timeout": _BUSY_MILLISECONDS / 1000})

    @event.listens_for(engine.sync_engine, "connect")
    def prepare(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # transactions are begun below, not by the driver
        cursor = connection.cursor()
        for pragma in _PRAGMAS:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def begin(connection: Connection) -> None:
        # IMMEDIATE: a deferred transaction that turns writer fails at once when another wrote since it began to read.
        writes = connection.get_execution_options().get("writes", True)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _postgresql_engine(url: str, pool_size: int) -> AsyncEngine:
    return create_async_engine(url, pool_size=pool_size, max_overflow=pool_size, pool_pre_ping=True)


def sqlite_version() -> str:
    """The version of the SQLite library, for the health page."""
    return sqlite3.sqlite_version
