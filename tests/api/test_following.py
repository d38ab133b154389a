"""Following the record: every entry as it is made, from where somebody left off, as far as they may read it."""

import asyncio
from contextlib import AbstractAsyncContextManager

from app.http.events import STOPPING
from app.rules.permissions import Scope
from tests.api.listening import STREAM, Stream, listening
from tests.api.room import NOBODY, ROOM, Room, another_server, done, furnish, refused
from tests.builders import SetClock

EVENTS = f"{ROOM}/events"


def follow(room: Room, who: str = "NOR", query: str = "", **headers: str) -> AbstractAsyncContextManager[Stream]:
    sent = room.as_(who, Scope.READ).headers | {name.replace("_", "-"): value for name, value in headers.items()}
    return listening(room.app, EVENTS + query, sent)


async def test_whoever_follows_gets_each_entry_as_the_list_of_the_record_shows_it(room: Room) -> None:
    await furnish(room)
    async with follow(room, query="?after=0") as stream:
        assert (stream.status, stream.form) == (200, STREAM)
        for entry in await room.record("NOR"):
            event = await stream.next()
            assert event is not None
            assert (event.id, event.event, event.entry) == (str(entry["seq"]), entry["verb"], entry)
            assert event.data in (await room.as_("NOR").get("/record?limit=200")).text  # to the letter
        taken = asyncio.create_task(stream.next())
        done(await room.as_("ARG").take("OP4", "support", "It is what 64/292 says: “as water”."))
        event = await taken
        assert event is not None
        assert (event.event, event.entry) == ("position.take", (await room.record("NOR"))[-1])


async def test_without_a_place_one_hears_what_happens_from_now_on(room: Room) -> None:
    head = await room.head()
    async with follow(room) as stream, follow(room, query="?after=999999999999") as ahead:
        done(await room.as_("ARG").take("OP4", "support"))
        assert [entry["seq"] for entry in await stream.entries(1)] == [head + 1]
        assert [entry["seq"] for entry in await ahead.entries(1)] == [head + 1]


async def test_the_last_event_somebody_had_goes_before_the_place_they_ask_for(room: Room) -> None:
    async with follow(room, query="?after=0", last_event_id="3") as stream:
        assert [entry["seq"] for entry in await stream.entries(2)] == [4, 5]


async def test_nothing_is_left_out_or_told_twice_while_many_write_and_the_listener_comes_and_goes(room: Room) -> None:
    """On PostgreSQL with two servers, of which the listener now asks the one, now the other."""
    head, stances = await room.head(), ("support", "reserve", "accept", "support", "object", "accept")

    async def speak(at: Room, who: str) -> None:
        for stance in stances:
            done(await at.as_(who).take("OP1", stance, "Said so."))

    async with another_server(room) as beside:
        other = room if room.database.is_sqlite else beside
        talks = asyncio.gather(*(speak(at, who) for at, who in ((room, "NOR"), (other, "ARG"), (other, "BRA"))))
        heard: list[int] = []
        all_of_it = 3 * len(stances)
        while len(heard) < all_of_it:
            place = {"last_event_id": str(heard[-1])} if heard else {}
            at = other if len(heard) % 2 else room
            async with follow(at, query=f"?after={head}", **place) as stream:
                heard += [entry["seq"] for entry in await stream.entries(min(5, all_of_it - len(heard)))]
        await talks
    assert heard == list(range(head + 1, head + 1 + all_of_it))


async def test_a_follower_is_told_that_a_draft_was_written_and_not_what_it_says(room: Room) -> None:
    head = await room.head()
    hers = "Encourages everybody whom it may concern;"
    async with follow(room, "FRA") as ours, follow(room, "NOR") as theirs, follow(room, "ILO") as observing:
        done(await room.as_("FRA").propose("OP1", hers, audience="delegation"))
        done(await room.as_("FRA").submit("A1"))
        drafted, submitted = await ours.entries(2)
        assert drafted["payload"]["text"] == hers
        for stream in (theirs, observing):
            assert [entry["payload"] for entry in await stream.entries(2)] == [None, submitted["payload"]]
    async with follow(room, "NOR", f"?after={head}") as later:
        assert (await later.entries(1))[0]["payload"] is None
        assert hers not in later.text


async def test_whose_token_is_revoked_hears_no_more(room: Room) -> None:
    made = done(await room.as_("NOR").post("/api/v1/tokens", {"name": "bot", "scope": "read"}))
    async with listening(room.app, EVENTS, room.with_token(made["secret"]).headers) as stream:
        done(await room.as_("NOR").delete(f"/api/v1/tokens/{made['id']}"))
        done(await room.as_("ARG").take("OP4", "support"))
        event = await stream.next()
        assert event is not None
        assert event.data == ""
        assert "revoked" in event.comment
        assert await stream.next() is None


async def test_whose_token_expires_hears_no_more(room: Room, clock: SetClock) -> None:
    async with follow(room) as stream:
        clock.advance(days=4000)
        room.app.state.server.feed.tell(range(1, 9))  # sooner than in half a minute
        event = await stream.next()
        assert event is not None
        assert "expired" in event.comment
        assert await stream.next() is None


async def test_who_may_not_see_the_negotiation_any_more_hears_no_more(room: Room) -> None:
    await room.by_hand("update negotiation set visibility = 'public'")
    async with follow(room, NOBODY) as stream:
        done(await room.as_("ARG").take("OP4", "support"))
        assert len(await stream.entries(1)) == 1
        await room.by_hand("update negotiation set visibility = 'participants'")
        done(await room.as_("ARG").take("OP4", "accept"))
        event = await stream.next()
        assert event is not None
        assert (event.data, await stream.next()) == ("", None)
        assert event.comment


async def test_a_server_that_stops_says_so_and_lets_its_followers_go(room: Room) -> None:
    async with follow(room, query="?after=0") as stream:
        await stream.entries(await room.head())
        room.app.state.server.feed.stop()
        event = await stream.next()
        assert event is not None
        assert (event.comment, await stream.next()) == (STOPPING, None)
    assert room.app.state.server.feed.listeners == 0


async def test_a_place_that_is_no_number_is_refused(room: Room) -> None:
    for wrong in ("-1", "now", "4.5", ""):
        refused(await room.as_("NOR").get(f"/events?after={wrong}"), 422, "invalid-input")
    for wrong in ("-1", "now"):
        problem = refused(await room.as_("NOR").get("/events", last_event_id=wrong), 422, "invalid-input")
        assert problem["errors"][0]["field"] == "Last-Event-ID"
