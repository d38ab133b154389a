"""The record of a negotiation as server-sent events, resumed where a listener left off."""

from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing
from typing import Final

from fastapi import Request
from fastapi.sse import ServerSentEvent

from app.http.server import server_of
from app.problems import Problem
from app.record.database import Session
from app.rules.permissions import Seat
from app.views.records import record

_PORTION: Final = 200
_LOOK_AGAIN: Final = 30.0  # seconds: whoever lost their seat is heard no more after that


async def events(
    request: Request, negotiation_id: int, after: int, seat_of: Callable[[Session], Awaitable[Seat]]
) -> AsyncGenerator[ServerSentEvent, None]:
    """Every entry of the record after the number `after`, as it is written: `id` its number, `event` its verb, `data`
    the entry as whoever listens may read it.

    `seat_of` says who listens and refuses where they may not any more: then the stream ends.
    """
    server = server_of(request)
    async with aclosing(server.feed.growth(negotiation_id, at_least_every=_LOOK_AGAIN)) as growth:
        async for _ in growth:
            more = True
            while more:
                async with server.database.reading() as db:
                    try:
                        seat = await seat_of(db)
                    except Problem:
                        return
                    found = await record(db, seat, after=after, limit=_PORTION)
                for entry in found:
                    yield ServerSentEvent(data=entry, event=entry.verb, id=str(entry.seq))
                    after = entry.seq
                more = len(found) == _PORTION


def resumed_at(last_event_id: str, after: int | None, head: int) -> int:
    """Where a listener goes on: behind the last event it had (`Last-Event-ID`), else behind `after`, else from now."""
    if last_event_id.isascii() and last_event_id.isdigit() and len(last_event_id) <= 9:
        return int(last_event_id)
    return head if after is None else after
