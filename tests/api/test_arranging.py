"""How a negotiation is run can be changed while it runs: the deadline for language first of all."""

from typing import Any

import pytest

from tests.api.room import SECRETARIAT, Room, done, refused

LATER = "2099-01-01T12:00:00Z"
EARLIER = "2001-01-01T12:00:00Z"
WORDS = "Encourages Member States to measure the quality of water;"


async def test_the_deadline_for_language_can_be_set_put_off_and_lifted(room: Room) -> None:
    arranged = done(await room.as_("FRA").send("PATCH", "", {"submissions_until": EARLIER}))
    assert arranged["submissions_until"].startswith("2001-01-01T12:00:00")
    refused(await room.as_("NOR").propose("OP1", WORDS), 409, "submissions-closed")
    done(await room.as_(SECRETARIAT).send("PATCH", "", {"submissions_until": LATER}))
    done(await room.as_("NOR").propose("OP1", WORDS))
    assert done(await room.as_("FRA").send("PATCH", "", {"submissions_until": None}))["submissions_until"] is None


async def test_what_is_left_out_stays_and_the_record_says_how_it_is_run(room: Room) -> None:
    changed = {
        "visibility": "public",
        "time_zone": "Europe/Paris",
        "silence_least_hours": 48,
        "silence_warning_hours": 12,
    }
    done(await room.as_("FRA").send("PATCH", "", {"submissions_until": LATER}))
    done(await room.as_("FRA").send("PATCH", "", changed))
    now = done(await room.as_("NOR").get(""))
    assert {name: now[name] for name in changed} == changed
    assert now["submissions_until"].startswith("2099-01-01T12:00:00")
    entry = (await room.record())[-1]
    assert entry["verb"] == "negotiation.arrange"
    assert entry["payload"] == changed | {
        "submissions_until": "2099-01-01T12:00:00.000000Z",
        "sponsors_until": None,
    }
    refused(await room.as_("FRA").open_silence("OP1", hours=47), 422, "silence-deadline")
    assert await room.is_intact()


@pytest.mark.parametrize(
    ("body", "status", "slug"),
    [
        ({}, 422, "invalid-input"),
        ({"visibility": None}, 422, "invalid-input"),
        ({"time_zone": "Mars/Olympus"}, 422, "invalid-input"),
        ({"silence_least_hours": 0}, 422, "invalid-input"),
        ({"silence_least_hours": 1e-9}, 422, "invalid-input"),  # a silence that nobody has the time to break
        ({"silence_warning_hours": -1}, 422, "invalid-input"),
        ({"silence_warning_hours": 24}, 409, "nothing-changes"),
        ({"submissions_until": "tomorrow"}, 422, "invalid-input"),
        ({"slug": "fire"}, 422, "invalid-input"),
        ({"time_zone": "UTC"}, 409, "nothing-changes"),
    ],
)
async def test_what_cannot_be_arranged_is_refused(room: Room, body: dict[str, Any], status: int, slug: str) -> None:
    before = await room.head()
    refused(await room.as_("FRA").send("PATCH", "", body), status, slug)
    assert await room.head() == before


async def test_only_those_who_hold_the_pen_arrange(room: Room) -> None:
    refused(await room.as_("NOR").send("PATCH", "", {"visibility": "public"}), 403, "not-permitted")
