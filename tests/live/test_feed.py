"""The change feed: who listens hears what any process does, from where they left off, as long as they may listen."""

import asyncio

from fastapi import Request
from fastapi.sse import ServerSentEvent
from sqlalchemy import event

from app.http.events import events, pulse, resumed_at
from app.problems import NotSignedIn
from app.record.database import Session
from app.rules.permissions import Seat
from app.views.access import operator_seat
from tests.api.room import SLUG, Room, another_server, done

WITHIN = 10  # seconds: sooner than PostgreSQL is asked for the heads of records, so that only its channel can tell


def asked_of(room: Room) -> Request:
    return Request({"type": "http", "app": room.app, "headers": [], "method": "GET", "path": "/"})


async def secretariat(db: Session) -> Seat:
    return await operator_seat(db, SLUG)


async def negotiation_id(room: Room) -> int:
    async with room.database.reading() as db:
        return (await secretariat(db)).negotiation_id


async def test_what_another_process_does_is_heard_in_this_one(room: Room) -> None:
    async with another_server(room) as listening:
        feed = listening.app.state.server.feed
        stream = events(asked_of(listening), await negotiation_id(room), await room.head(), secretariat)
        coming: asyncio.Task[ServerSentEvent] = asyncio.ensure_future(anext(stream))
        while feed.listeners == 0:
            await asyncio.sleep(0)
        done(await room.as_("NOR").take("OP1", "accept"))
        heard = await asyncio.wait_for(coming, WITHIN)
        assert (heard.event, heard.id) == ("position.take", str(await room.head()))
        await stream.aclose()
        assert feed.listeners == 0


async def test_a_listener_goes_on_behind_the_last_event_it_had(room: Room) -> None:
    before = await room.head()
    for code in ("NOR", "BRA", "ARG"):
        done(await room.as_(code).take("OP1", "accept"))
    assert resumed_at(before + 1, 0, before + 3) == before + 1
    stream = events(asked_of(room), await negotiation_id(room), before + 1, secretariat)
    assert [(await anext(stream)).id, (await anext(stream)).id] == [str(before + 2), str(before + 3)]
    await stream.aclose()


async def test_who_may_listen_no_more_hears_no_more(room: Room) -> None:
    async def signed_out(_db: Session) -> Seat:
        raise NotSignedIn(reason="The session has ended.")

    (told,) = [event async for event in events(asked_of(room), await negotiation_id(room), 0, signed_out)]
    assert told.raw_data is None
    assert "The session has ended." in str(told.comment)


async def test_however_many_pages_are_open_the_record_is_asked_once_for_all_of_them(room: Room) -> None:
    number, head = await negotiation_id(room), await room.head()
    streams = [pulse(asked_of(room), number, head, secretariat) for _ in range(20)]
    coming = [asyncio.ensure_future(anext(stream)) for stream in streams]
    feed = room.app.state.server.feed
    while feed.listeners < len(streams):
        await asyncio.sleep(0)
    sent: list[str] = []
    event.listen(room.database.engine.sync_engine, "before_cursor_execute", lambda *args: sent.append(args[2]))
    done(await room.as_("NOR").take("OP1", "accept"))
    acted = len(sent)
    assert await asyncio.wait_for(asyncio.gather(*coming), WITHIN) == [head + 1] * len(streams)
    asked = [
        one
        for one in sent[acted:]
        if " ".join(one.split()).startswith("SELECT negotiation.id, negotiation.head_seq FROM")
    ]
    assert len(asked) <= 3, "once when it is committed here, once when PostgreSQL tells, once when a second is over"
    for stream in streams:
        await stream.aclose()


async def test_who_may_not_listen_hears_not_even_that_something_happened(room: Room) -> None:
    async def signed_out(_db: Session) -> Seat:
        raise NotSignedIn(reason="The session has ended.")

    assert [entry async for entry in pulse(asked_of(room), await negotiation_id(room), 0, signed_out)] == []
