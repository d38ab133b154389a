"""The room is warned before a silence ends: once, with what is at stake and who has not spoken."""

import asyncio
from typing import Any

import pytest

from app.main import keep_house_once
from tests.api.room import ADMINISTRATOR, DRAFT, Room, another_server, done, refused
from tests.builders import SetClock


async def warnings(room: Room) -> list[dict[str, Any]]:
    """What the record says of silences that were about to end, after a round of the background work."""
    await keep_house_once(room.app.state.server)
    return [entry["payload"] for entry in await room.record() if entry["verb"] == "silence.warn"]


async def shown(room: Room) -> dict[str, Any]:
    """The silence opened last, as everybody reads it."""
    found: dict[str, Any] = done(await room.as_("NOR").get("/silences"))[0]
    return found


async def test_the_room_is_warned_a_day_before_the_deadline_with_who_has_not_spoken(
    room: Room, clock: SetClock
) -> None:
    done(await room.as_("EU").take("OP1", "accept"))
    done(await room.as_("FRA").open_silence("OP1", "OP3", "OP4"))
    done(await room.as_("NOR").take("OP4", "support"))
    done(await room.as_("ARG").break_silence("S1", "The terms are not fair.", "OP3"))
    clock.advance(hours=48, seconds=-1)
    assert await warnings(room) == []
    clock.advance(seconds=1)
    assert await warnings(room) == [
        {
            "silence": "S1",
            "deadline": "2023-01-19T09:00:00+00:00",
            "clauses": [
                {"clause": "c6", "label": "OP1", "version": 1, "not_spoken": ["ARG", "BRA", "NOR"]},
                {"clause": "c11", "label": "OP4", "version": 1, "not_spoken": ["FRA", "ARG", "BRA", "ITA"]},
            ],
            "not_spoken": ["ARG", "BRA", "NOR", "FRA", "ITA"],
        }
    ]
    assert (await room.record())[-1]["actor"] == "Chapeau"
    clock.advance(hours=1)
    assert len(await warnings(room)) == 1
    assert await room.is_intact()


async def test_a_silence_shows_how_much_time_is_left_and_when_the_room_was_warned(room: Room, clock: SetClock) -> None:
    done(await room.as_("FRA").open_silence("OP1"))
    clock.advance(minutes=30)
    found = await shown(room)
    assert (found["seconds_left"], found["hours_left"]) == (71 * 3600 + 1800, 71.5)
    assert (found["warning_at"], found["warned_at"]) == ("2023-01-18T09:00:00Z", None)
    clock.advance(hours=48)
    await keep_house_once(room.app.state.server)
    assert (await shown(room))["warned_at"] == "2023-01-18T09:30:00Z"
    clause = await room.clause("OP1")
    assert clause["because"][0]["sentence"] == (
        "The silence S1 runs until 09:00 UTC on 19 January 2023; the room was warned at 09:30 UTC on 18 January 2023."
    )
    assert [(step["verb"], step["delegations"]) for step in clause["next"]] == [
        ("silence.break", []),
        ("position.take", ["FRA", "ARG", "BRA", "ITA", "NOR"]),
    ]
    clock.advance(hours=24)
    found = await shown(room)
    assert (found["state"], found["seconds_left"], found["hours_left"]) == ("passed", 0, 0)


async def test_whatever_processes_run_the_room_is_warned_once(room: Room, clock: SetClock) -> None:
    done(await room.as_("FRA").open_silence("OP1"))
    clock.advance(hours=50)
    async with another_server(room) as other:
        await asyncio.gather(*(keep_house_once(server.app.state.server) for server in (room, other, room, other)))
    assert len(await warnings(room)) == 1


async def test_a_short_silence_is_warned_of_when_half_of_it_is_over(room: Room, clock: SetClock) -> None:
    done(await room.as_("FRA").open_silence("OP1", hours=24))
    clock.advance(hours=12, seconds=-1)
    assert await warnings(room) == []
    clock.advance(seconds=1)
    assert len(await warnings(room)) == 1


async def test_the_negotiation_says_how_long_before_and_whether_at_all(room: Room, clock: SetClock) -> None:
    done(await room.as_("FRA").send("PATCH", "", {"silence_warning_hours": 6}))
    assert done(await room.as_("NOR").get(""))["silence_warning_hours"] == 6
    done(await room.as_("FRA").open_silence("OP1"))
    done(await room.as_("FRA").send("PATCH", "", {"silence_warning_hours": 0}))
    done(await room.as_("FRA").open_silence("OP3"))
    assert (await shown(room))["warning_at"] is None
    clock.advance(hours=65)
    assert await warnings(room) == []
    clock.advance(hours=1)
    assert [found["silence"] for found in await warnings(room)] == ["S1"]
    clock.advance(hours=6)
    assert [found["silence"] for found in await warnings(room)] == ["S1"]


async def test_an_extension_brings_a_new_warning_before_the_new_deadline(room: Room, clock: SetClock) -> None:
    done(await room.as_("FRA").open_silence("OP1"))
    clock.advance(hours=60)
    assert len(await warnings(room)) == 1
    done(await room.as_("FRA").post("/silences/S1/extension", {"deadline": "2023-01-21T09:00:00Z"}))
    found = await shown(room)
    assert (found["warning_at"], found["warned_at"], found["hours_left"]) == ("2023-01-20T09:00:00Z", None, 60)
    assert len(await warnings(room)) == 1
    clock.advance(hours=36)
    assert [found["deadline"] for found in await warnings(room)] == [
        "2023-01-19T09:00:00+00:00",
        "2023-01-21T09:00:00+00:00",
    ]


async def test_an_extension_by_a_moment_warns_again_when_half_of_what_is_left_is_over(
    room: Room, clock: SetClock
) -> None:
    done(await room.as_("FRA").open_silence("OP1"))
    clock.advance(hours=70)
    assert len(await warnings(room)) == 1
    done(await room.as_("FRA").post("/silences/S1/extension", {"deadline": "2023-01-19T11:00:00Z"}))
    assert len(await warnings(room)) == 1
    clock.advance(hours=2)
    assert len(await warnings(room)) == 2


@pytest.mark.parametrize("end", ["broken", "ruled", "removed", "passed"])
async def test_of_a_silence_that_is_over_nobody_is_warned(room: Room, clock: SetClock, end: str) -> None:
    done(await room.as_("FRA").open_silence("OP1"))
    match end:
        case "broken":
            done(await room.as_("NOR").break_silence("S1"))
        case "ruled":
            done(await room.as_("NOR").break_silence("S1"))
            done(await room.as_("NOR").take_back("OP1"))
            done(await room.as_("FRA").rule("OP1"))
        case "removed":
            done(await room.as_("NOR").propose("OP1", kind="delete"))
            done(await room.as_("FRA").accept("A1"))
        case "passed":
            clock.advance(hours=24)
    clock.advance(hours=48)
    assert await warnings(room) == []


async def test_one_warning_that_cannot_be_recorded_holds_up_no_other(
    room: Room, clock: SetClock, caplog: pytest.LogCaptureFixture
) -> None:
    fire = "/api/v1/negotiations/fire"
    administrator = room.as_(ADMINISTRATOR)
    done(await administrator.post("/api/v1/negotiations", {"draft": DRAFT, "slug": "fire"}))
    done(await room.as_("FRA").open_silence("OP1"))
    done(await administrator.post(f"{fire}/silences", {"clauses": ["OP1"]}))
    clock.advance(hours=50)
    await room.by_hand("update negotiation set head_seq = head_seq - 1 where slug = 'water'")  # its entry is there
    assert await keep_house_once(room.app.state.server) is False
    assert "a silence could not be put on record" in caplog.text
    assert done(await administrator.get(f"{fire}/record?limit=200"))["items"][-1]["verb"] == "silence.warn"
    await room.by_hand("update negotiation set head_seq = head_seq + 1 where slug = 'water'")
    assert len(await warnings(room)) == 1


async def test_a_warning_longer_than_a_month_ahead_is_refused(room: Room) -> None:
    refused(await room.as_("FRA").send("PATCH", "", {"silence_warning_hours": 721}), 422, "invalid-input")
