"""The record of a negotiation as server-sent events, resumed where a listener left off."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing
from typing import Final

from fastapi import Request
from fastapi.sse import ServerSentEvent
from pydantic import TypeAdapter

from app.http.server import server_of
from app.problems import Problem
from app.record.database import Session
from app.rules.permissions import Seat
from app.views.records import RecordEntry, record

STOPPING: Final = "The server stops. Come back with the id of the last event as Last-Event-ID."
_ENTRY: Final = TypeAdapter(RecordEntry)
_PORTION: Final = 200
_LOOK_AGAIN: Final = 30.0  # seconds: whoever lost their seat is heard no more after that


async def events(
    request: Request, negotiation_id: int, after: int, seat_of: Callable[[Session], Awaitable[Seat]]
) -> AsyncGenerator[ServerSentEvent, None]:
    """Every entry of the record after the number `after`, as it is written: `id` its number, `event` its verb, `data`
    the entry as whoever listens may read it.

    `seat_of` says who listens and refuses where they may not any more: then the stream ends, and so it does when the
    server stops. A comment says why.
    """
    server = server_of(request)
    async with aclosing(server.feed.growth(negotiation_id, at_least_every=_LOOK_AGAIN)) as growth:
        async for _ in growth:
            found: tuple[RecordEntry, ...] | None = None
            while found is None or len(found) == _PORTION:
                try:
                    async with server.database.reading() as db:
                        found = await record(db, await seat_of(db), after=after, limit=_PORTION)
                except Problem as refusal:
                    yield ServerSentEvent(comment=refusal.detail)
                    return
                for entry in found:
                    yield ServerSentEvent(
                        raw_data=_ENTRY.dump_json(entry).decode(), event=entry.verb, id=str(entry.seq)
                    )
                    after = entry.seq
    yield ServerSentEvent(comment=STOPPING)


async def pulse(
    request: Request, negotiation_id: int, after: int, seat_of: Callable[[Session], Awaitable[Seat]]
) -> AsyncGenerator[int, None]:
    """The number of the last entry whenever the record has grown beyond `after`, and nothing else.

    However many listen, the record is asked once. Whether somebody may still listen is asked every half minute: what
    they hear tells nothing.
    """
    server, loop = server_of(request), asyncio.get_running_loop()
    asked_at = -_LOOK_AGAIN
    async with aclosing(server.feed.growth(negotiation_id, at_least_every=_LOOK_AGAIN)) as growth:
        async for _ in growth:
            if loop.time() - asked_at >= _LOOK_AGAIN:
                try:
                    async with server.database.reading() as db:
                        await seat_of(db)
                except Problem:
                    return
                asked_at = loop.time()
            head = await server.feed.head(negotiation_id)
            if head > after:
                yield head
                after = head


def resumed_at(last_event_id: int | None, after: int | None, head: int) -> int:
    """Where a listener goes on: behind the last event it had (`Last-Event-ID`), else behind `after`, else from now.

    Nobody waits for numbers that the record has not reached: it may have been restored from a copy.
    """
    known = after if last_event_id is None else last_event_id
    return head if known is None else min(known, head)
