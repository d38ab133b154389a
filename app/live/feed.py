"""The change feed: whoever listens to a negotiation is told when its record has grown, in whichever process it did.

In this process the commit tells; on PostgreSQL every process listens on a channel; and now and then the database is
asked, which is how a process on SQLite learns of another, and how nothing is missed while a connection is away.
"""

import asyncio
import logging
from collections import defaultdict
from collections.abc import AsyncGenerator, Collection
from contextlib import suppress
from typing import Final

import asyncpg

from app.record.database import GREW, Database
from app.views.records import heads

_log = logging.getLogger("chapeau.live")
_LOOK_SECONDS: Final = {"sqlite": 1.0, "postgresql": 15.0}
_AGAIN_SECONDS: Final = 2.0


class Feed:
    """Tells those who wait that a record has grown. `run` does its work until `stopping` is set."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._waiting: dict[int, set[asyncio.Event]] = defaultdict(set)
        self._stopping = asyncio.Event()
        self._heads: dict[int, asyncio.Task[int]] = {}  # asked since the record is known to have grown
        database.on_growth = self.tell

    @property
    def listeners(self) -> int:
        """How many wait for something to happen."""
        return sum(len(waiting) for waiting in self._waiting.values())

    def tell(self, negotiations: Collection[int]) -> None:
        """Wake those who wait for one of these negotiations."""
        for negotiation_id in negotiations:
            self._heads.pop(negotiation_id, None)
            for event in self._waiting.get(negotiation_id, ()):
                event.set()

    async def growth(self, negotiation_id: int, *, at_least_every: float) -> AsyncGenerator[None, None]:
        """Yields at once, then whenever the record may have grown, and in any case after `at_least_every` seconds, so
        that a listener can see whether it may still listen. Ends when the server stops."""
        event = asyncio.Event()
        self._waiting[negotiation_id].add(event)
        try:
            while not self._stopping.is_set():
                yield
                with suppress(TimeoutError):
                    await asyncio.wait_for(event.wait(), at_least_every)
                event.clear()
        finally:
            self._waiting[negotiation_id].discard(event)
            if not self._waiting[negotiation_id]:
                del self._waiting[negotiation_id]

    async def head(self, negotiation_id: int) -> int:
        """The last entry of a record, asked once for all who wait for it."""
        asked = self._heads.get(negotiation_id)
        if asked is None:
            asked = self._heads[negotiation_id] = asyncio.create_task(self._ask(negotiation_id))
        return await asyncio.shield(asked)  # whoever goes away does not take the answer from the others

    async def _ask(self, negotiation_id: int) -> int:
        try:
            async with self._database.reading() as db:
                return (await heads(db, [negotiation_id]))[negotiation_id]
        except BaseException:
            self._heads.pop(negotiation_id, None)
            raise

    def stop(self) -> None:
        """Let every listener go."""
        self._stopping.set()
        self.tell(list(self._waiting))

    async def run(self, stopping: asyncio.Event) -> None:
        """Hear of what other processes do, until the server stops."""
        listening = asyncio.create_task(self._listen(stopping)) if not self._database.is_sqlite else None
        try:
            await self._look(stopping)
        finally:
            if listening is not None:
                await listening

    async def _look(self, stopping: asyncio.Event) -> None:
        """Ask the database for the heads of the records that somebody waits for."""
        every = _LOOK_SECONDS["sqlite" if self._database.is_sqlite else "postgresql"]
        known: dict[int, int] = {}
        while not await _stops_within(stopping, every):
            wanted = list(self._waiting)
            if not wanted:
                known.clear()
                continue
            try:
                async with self._database.reading() as db:
                    found = await heads(db, wanted)
            except Exception as error:  # the database may be away for a while; it is asked again
                _log.warning("the change feed could not look for changes", exc_info=error)
                continue
            self.tell([one for one, head in found.items() if known.get(one) != head])
            known = found

    async def _listen(self, stopping: asyncio.Event) -> None:
        """Hold one connection of our own that hears the notifications, and take a new one when it is lost."""
        while not stopping.is_set():
            try:
                await self._listen_once(stopping)
            except Exception as error:  # whatever the driver raises when its server goes away
                _log.warning("the change feed lost its connection and will take another", exc_info=error)
                await _stops_within(stopping, _AGAIN_SECONDS)

    async def _listen_once(self, stopping: asyncio.Event) -> None:
        lost = asyncio.Event()
        connection = await asyncpg.connect(**self._database.driver_arguments, timeout=10)
        try:
            connection.add_termination_listener(lambda _connection: lost.set())
            await connection.add_listener(GREW, self._heard)
            self.tell(list(self._waiting))  # what happened while nobody heard
            waits = [asyncio.create_task(event.wait()) for event in (stopping, lost)]
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
            for wait in waits:
                wait.cancel()
        finally:
            if not connection.is_closed():
                await connection.close(timeout=5)

    def _heard(self, _connection: object, _pid: int, _channel: str, payload: object) -> None:
        self.tell([int(part) for part in str(payload).split(",") if part.isdigit()])


async def _stops_within(stopping: asyncio.Event, seconds: float) -> bool:
    with suppress(TimeoutError):
        await asyncio.wait_for(stopping.wait(), seconds)
    return stopping.is_set()
