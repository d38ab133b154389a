"""Meetings: when and where, what was discussed, and the minutes; put down, changed, and found by paragraph."""

import asyncio
from typing import Any

import pytest

from tests.api.room import NOBODY, READER, SECRETARIAT, STRANGER, Room, done, refused
from tests.builders import SetClock

MINUTES = "The room went through the text.\n\nARG asked who pays."


async def meeting(room: Room, name: str = "M1", by: str = "NOR") -> dict[str, Any]:
    found: dict[str, Any] = done(await room.as_(by).get(f"/meetings/{name}"))
    return found


async def names(room: Room, query: str = "") -> list[str]:
    return [one["name"] for one in done(await room.as_("NOR").get(f"/meetings{query}"))["items"]]


async def test_a_meeting_is_put_down_with_what_was_discussed(room: Room) -> None:
    done(await room.as_("FRA").post("/readings"))
    body = {
        "title": "3rd informal",
        "starts_at": "15:00",
        "ends_at": "18:00",
        "place": "Conference Room 4",
        "notes": MINUTES,
        "clauses": [{"clause": "op1", "note": "EU asked for time."}, {"clause": "c8"}],
    }
    answer = await room.as_(SECRETARIAT).post("/meetings", body)
    held = done(answer)
    assert (held["meeting"], held["held_on"], held["reading"], held["labels"]) == (
        "M1",
        "2023-01-16",
        1,
        ["OP1", "OP2(a)"],
    )
    assert answer.headers["Location"].endswith("/meetings/M1")
    read = await meeting(room)
    assert {field: read[field] for field in body if field != "clauses"} == {
        field: value for field, value in body.items() if field != "clauses"
    }
    assert read["clauses"] == [
        {"clause": "c6", "label": "OP1", "label_then": "OP1", "note": "EU asked for time."},
        {"clause": "c8", "label": "OP2(a)", "label_then": "OP2(a)", "note": ""},
    ]
    (listed,) = done(await room.as_("ILO").get("/meetings"))["items"]
    assert listed == {field: value for field, value in read.items() if field != "notes"}
    assert (await meeting(room, "m1", by=READER)) == read
    refused(await room.as_("NOR").get("/meetings/M2"), 404, "not-found")
    assert await room.is_intact()


async def test_two_who_keep_the_minutes_do_not_overwrite_each_other(room: Room) -> None:
    done(await room.as_("FRA").hold_meeting("3rd informal", "OP1", notes="Nothing yet."))
    read = await room.as_("FRA").tag("/meetings/M1")
    fra, secretariat = room.as_("FRA"), room.as_(SECRETARIAT)
    answers = await asyncio.gather(
        fra.note_meeting("M1", notes="As France heard it.", if_match=read),
        secretariat.note_meeting("M1", notes="As the secretariat heard it.", if_match=read),
    )
    made, late = sorted(answers, key=lambda answer: answer.status_code)
    assert done(made)["version"] == 2
    current = refused(late, 412, "stale-version")["current"]
    assert (current["etag"], current["notes"]) == ('"M1.v2"', (await meeting(room))["notes"])
    again = await secretariat.note_meeting("M1", notes="As both heard it.", if_match=current["etag"])
    done(await fra.note_meeting("M1", place="Conference Room 4", if_match=again.headers["ETag"]))
    refused(await fra.send("PATCH", "/meetings/M1", {"place": "Elsewhere"}), 428, "precondition-required")
    entries = [entry["payload"] for entry in await room.record() if entry["verb"].startswith("meeting.")]
    assert [entry["version"] for entry in entries] == [1, 2, 3, 4]
    assert (entries[0]["notes"], entries[3]["notes"]) == ("Nothing yet.", "As both heard it.")
    assert await room.is_intact()


async def test_fields_that_are_left_out_stay_and_null_takes_away_what_can_be_missing(room: Room) -> None:
    done(await room.as_("FRA").post("/readings"))
    done(await room.as_("FRA").hold_meeting("3rd informal", "OP1", starts_at="22:00", ends_at="01:30", notes=MINUTES))
    before = await meeting(room)
    done(await room.as_("FRA").note_meeting("M1", ends_at=None, reading=None))
    after = await meeting(room)
    assert after | {"version": 1, "seq": 0, "ends_at": "01:30", "reading": 1} == before | {"seq": 0}
    for nothing in ({"title": None}, {"notes": None}, {"clauses": None}, {}):
        refused(await room.as_("FRA").note_meeting("M1", **nothing), 422, "invalid-input")
    for same in ({"notes": MINUTES}, {"clauses": [{"clause": "OP1"}]}, {"held_on": "2023-01-16"}):
        refused(await room.as_("FRA").note_meeting("M1", **same), 409, "nothing-changes")
    done(await room.as_("FRA").note_meeting("M1", notes="", clauses=[]))
    assert ((await meeting(room))["notes"], (await meeting(room))["clauses"]) == ("", [])


async def test_what_was_discussed_shows_its_label_of_then_and_of_now(room: Room) -> None:
    done(await room.as_("NOR").propose("PP1", kind="delete"))
    done(await room.as_("FRA").hold_meeting("3rd informal", "PP1", "PP3"))
    done(await room.as_("FRA").accept("A1"))
    done(await room.as_("FRA").post("/revisions", {}))

    async def labels() -> list[tuple[str, str, str]]:
        clauses = (await meeting(room))["clauses"]
        return [(one["label_then"], one["label"], one["note"]) for one in clauses]

    assert await labels() == [("PP1", "PP1", ""), ("PP3", "PP2", "")]
    assert await names(room, "?clause=PP2") == ["M1"]
    clauses = [{"clause": "PP2", "note": "Italy will come back."}, {"clause": "PP1"}]
    done(await room.as_("FRA").note_meeting("M1", clauses=clauses))
    assert await labels() == [("PP3", "PP2", "Italy will come back."), ("PP1", "PP1", "")]


async def test_the_meetings_at_which_a_paragraph_was_discussed_are_listed_page_by_page(room: Room) -> None:
    for number, clauses in enumerate((["OP1", "PP3"], ["OP3"], ["pp3"], []), start=1):
        done(await room.as_("FRA").hold_meeting(f"Informal {number}", *clauses))
    assert await names(room) == ["M1", "M2", "M3", "M4"]
    assert await names(room, "?clause=PP3") == ["M1", "M3"]
    assert await names(room, "?clause=OP4") == []
    first = done(await room.as_("NOR").get("/meetings?clause=PP3&limit=1"))
    assert await names(room, f"?clause=PP3&limit=1&cursor={first['next']}") == ["M3"]
    refused(await room.as_("NOR").get("/meetings?clause=PP9"), 404, "not-found")
    assert (await room.as_("NOR").get("/meetings")).headers["ETag"] == f'"water:{await room.head()}"'


async def test_a_meeting_belongs_to_the_reading_open_on_its_day(room: Room, clock: SetClock) -> None:
    fra = room.as_("FRA")
    done(await fra.post("/readings"))
    clock.advance(days=1)
    done(await fra.post("/readings/close"))
    clock.advance(days=2)
    done(await fra.post("/readings"))

    async def reading(**more: Any) -> int | None:
        found: int | None = done(await fra.hold_meeting("Informal", **more))["reading"]
        return found

    assert await reading() == 2
    assert await reading(held_on="2023-01-17") == 1  # the minutes come after the closing
    assert await reading(held_on="2023-01-18") is None
    assert await reading(held_on="2023-01-15") is None
    assert await reading(held_on="2023-01-15", reading=1) == 1
    refused(await fra.hold_meeting("Informal", reading=3), 404, "not-found")
    refused(await fra.note_meeting("M1", reading=3), 404, "not-found")
    done(await fra.note_meeting("M1", reading=1))
    assert (await meeting(room))["reading"] == 1


async def test_the_day_is_that_of_the_negotiations_time_zone(room: Room, clock: SetClock) -> None:
    fra = room.as_("FRA")
    done(await fra.send("PATCH", "", {"time_zone": "America/New_York"}))
    clock.advance(hours=17)  # 02:00 UTC on the 17th: it is still the 16th in New York
    assert done(await fra.hold_meeting("Night session"))["held_on"] == "2023-01-16"
    problem = refused(await fra.hold_meeting("Tomorrow", held_on="2023-01-17"), 422, "invalid-input")
    assert "still to come (America/New_York)" in problem["detail"]
    for day in ("1945-10-23", "0001-01-01", "9999-12-31"):
        refused(await fra.hold_meeting("Never", held_on=day), 422, "invalid-input")


@pytest.mark.parametrize(
    ("change", "status", "slug"),
    [
        ({"title": " "}, 422, "text-empty"),
        ({"title": "A\u200bB"}, 422, "text-refused"),
        ({"notes": "One\nA\u200bB"}, 422, "text-refused"),
        ({"starts_at": "25:00"}, 422, "invalid-input"),
        ({"starts_at": "3 pm"}, 422, "invalid-input"),
        ({"held_on": "16 January"}, 422, "invalid-input"),
        ({"clauses": [{"clause": "OP9"}]}, 404, "not-found"),
        ({"clauses": [{"clause": "OP1"}, {"clause": "c6"}]}, 422, "invalid-input"),
        ({"clauses": ["OP1"]}, 422, "invalid-input"),
    ],
)
async def test_what_cannot_be_put_down_is_refused(room: Room, change: dict[str, Any], status: int, slug: str) -> None:
    done(await room.as_("FRA").hold_meeting("3rd informal"))
    before = await room.head()
    refused(await room.as_("FRA").post("/meetings", {"title": "4th informal", **change}), status, slug)
    refused(await room.as_("FRA").note_meeting("M1", **change), status, slug)
    assert await room.head() == before


async def test_the_minutes_of_a_public_negotiation_are_for_those_who_have_a_seat(room: Room) -> None:
    done(await room.as_("FRA").send("PATCH", "", {"visibility": "public"}))
    done(await room.as_("FRA").hold_meeting("3rd informal", "OP1", notes=MINUTES))
    for address in ("/meetings", "/meetings/M1"):
        done(await room.as_(READER).get(address))
        refused(await room.as_(NOBODY).get(address), 401, "not-signed-in")
        problem = refused(await room.as_(STRANGER).get(address), 403, "not-seated")
        assert problem["detail"].endswith("Ask its secretariat for one.")
    for who, shown in ((READER, True), ("NOR", True), (STRANGER, False), (NOBODY, False)):
        entry = (await room.record(who))[-1]
        assert (entry["verb"], entry["payload"] is not None) == ("meeting.hold", shown)
        assert (done(await room.as_(who).get(f"/record/{entry['seq']}"))["payload"] is not None) is shown


async def test_those_who_hold_the_pen_keep_the_minutes(room: Room) -> None:
    done(await room.as_("FRA").hold_meeting("3rd informal"))
    refused(await room.as_("NOR").hold_meeting("Ours"), 403, "not-permitted")
    refused(await room.as_("NOR").note_meeting("M1", notes="Otherwise."), 403, "not-permitted")


async def test_what_was_discussed_shows_no_private_draft(room: Room) -> None:
    done(await room.as_("ARG").propose("OP1", "Requests States to measure it;", audience="delegation"))
    done(await room.as_("FRA").hold_meeting("3rd informal", "OP1"))
    assert "Requests" not in (await room.as_("NOR").get("/meetings/M1")).text
    assert "A1" not in (await room.as_("NOR").get("/meetings")).text


async def test_a_meeting_is_told_to_those_who_were_away(room: Room) -> None:
    done(await room.as_("FRA").hold_meeting("3rd informal", "OP1"))
    told = [
        change["sentence"]
        for group in done(await room.as_("NOR").get("/digest"))["changes"]
        for change in group["changes"]
    ]
    assert told[-1] == "Name of FRA put down M1, 3rd informal, held on 2023-01-16, on OP1."
