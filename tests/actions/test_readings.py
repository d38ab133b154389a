"""Readings: passes through the text, one after the other, in which labels do not change."""

from app.main import keep_house_once
from tests.api.room import SECRETARIAT, Room, done, refused
from tests.builders import SetClock

ALSO = "Also encourages them to publish the results;"


async def opened(room: Room) -> dict[str, object]:
    found: dict[str, object] = done(await room.as_("FRA").post("/readings"))
    return found


async def closed(room: Room) -> dict[str, object]:
    found: dict[str, object] = done(await room.as_("FRA").post("/readings/close"))
    return found


async def test_readings_are_numbered_and_say_where_the_text_stands_at_their_end(room: Room, clock: SetClock) -> None:
    first = await opened(room)
    assert (first["number"], first["name"], first["counts"]) == (1, "reading 1", {"open": 10})
    assert done(await room.as_("NOR").get(""))["reading"] == 1
    done(await room.as_("FRA").rule("PP1"))
    done(await room.as_("NOR").take("OP1", "object", "The costs are not shown."))
    clock.advance(hours=3)
    end = await closed(room)
    assert end["counts"] == {"agreed": 1, "bracketed": 1, "open": 8}
    assert end["sentence"] == "1 of 10 paragraphs is agreed; nothing is agreed until everything is agreed."
    entry = (await room.record())[-1]
    assert (entry["verb"], entry["payload"]) == (
        "reading.close",
        {"reading": 1, "counts": end["counts"], "sentence": end["sentence"]},
    )
    assert done(await room.as_("NOR").get(""))["reading"] is None
    assert (await opened(room))["number"] == 2
    one, two = done(await room.as_("ILO").get("/readings"))
    assert (one["opening"], one["closing"], one["is_open"]) == ({"open": 10}, end["counts"], False)
    assert (one["opened_at"], one["closed_at"]) == ("2023-01-16T09:00:00Z", "2023-01-16T12:00:00Z")
    assert (two["opening"], two["closing"], two["is_open"], two["closed_seq"]) == (end["counts"], None, True, None)
    assert await room.is_intact()


async def test_a_silence_that_has_passed_counts_at_the_closing_recorded_or_not(room: Room, clock: SetClock) -> None:
    await opened(room)
    done(await room.as_("FRA").open_silence("OP1"))
    clock.advance(hours=72)
    assert (await closed(room))["counts"] == {"agreed": 1, "open": 9}
    await keep_house_once(room.app.state.server)
    assert await room.is_intact()


async def test_one_reading_is_open_at_a_time(room: Room) -> None:
    problem = refused(await room.as_("FRA").post("/readings/close"), 409, "no-reading-open")
    assert "POST .../readings opens the next one" in problem["detail"]
    await opened(room)
    problem = refused(await room.as_(SECRETARIAT).post("/readings"), 409, "reading-open-already")
    assert problem["detail"].startswith("Reading 1 is open since 2023-01-16T09:00:00+00:00. Close it first")
    await closed(room)
    refused(await room.as_("FRA").post("/readings/close"), 409, "no-reading-open")
    refused(await room.as_("NOR").post("/readings"), 403, "not-permitted")


async def test_labels_do_not_change_during_a_reading(room: Room) -> None:
    await opened(room)
    done(await room.as_("NOR").propose("OP1", ALSO, "insert"))
    done(await room.as_("FRA").accept("A1"))
    before = await room.labels()
    problem = refused(await room.as_("FRA").post("/revisions", {}), 409, "reading-open")
    assert problem["detail"] == (
        "Reading 1 is open, and publishing a revision would number its paragraphs afresh. "
        "Close the reading first (POST .../readings/close), then publish."
    )
    assert await room.labels() == before
    await closed(room)
    assert done(await room.as_("FRA").post("/revisions", {}))["labels"]["OP1 bis"] == "OP2"


async def test_a_request_sent_twice_opens_one_reading(room: Room) -> None:
    first = done(await room.as_("FRA").post("/readings", key="reading"))
    assert done(await room.as_("FRA").post("/readings", key="reading")) == first


async def test_the_text_is_read_and_compared_as_a_reading_found_and_left_it(room: Room) -> None:
    nor = room.as_("NOR")

    async def at(moment: str) -> tuple[int, bool]:
        """The entry at which a moment stands, and whether the paragraph that came in is in the text."""
        found = done(await nor.get(f"/draft?at={moment}"))
        return found["seq"], any(clause["text"] == ALSO for clause in found["draft"]["clauses"])

    opening = (await opened(room))["seq"]
    done(await nor.propose("OP1", ALSO, "insert"))
    done(await room.as_("FRA").accept("A1"))
    assert await at("reading 1 opened") == (opening, False)
    assert await at("Reading 1") == (await room.head(), True)
    assert "“reading 1”" in refused(await nor.get("/draft?at=reading 1 closed"), 404, "not-found")["detail"]
    closing = (await closed(room))["seq"]
    done(await room.as_("FRA").post("/revisions", {"name": "Rev.1"}))
    done(await room.as_("FRA").edit("OP4", "Invites all development banks to finance safe water on fair terms;"))
    assert await at("reading 1") == await at("reading 1 closed") == (closing, True)
    refused(await nor.get("/draft?at=reading 2"), 404, "not-found")
    for address in ("/draft?at=reading 0", "/draft?at=reading one", "/draft?at=2nd reading"):
        assert "“reading 1”" in refused(await nor.get(address), 422, "invalid-input")["detail"]

    async def changed(query: str) -> list[tuple[str, list[str], list[str]]]:
        compared = done(await nor.get(f"/changes?{query}"))
        return [(c["op"], c["old"], c["new"]) for c in compared if c["op"] != "equal"]

    inserted = ("inserted", [], ["OP1 bis"])
    edited = ("changed", ["OP4"], ["OP4"])
    assert await changed("from=reading 1 opened&to=reading 1") == [inserted]
    assert await changed("from=reading 1&to=Rev.1") == []
    assert await changed("from=Rev.1") == [edited]
    assert await changed("from=2023-01-16T09:00:00Z&to=Rev.1") == [edited]  # backwards: the text is as it was edited
    assert await changed(f"from={opening}&to=zero draft") == []


async def test_a_revision_is_not_called_as_a_reading_is(room: Room) -> None:
    for name in ("reading 1", "Reading 2 closed"):
        problem = refused(await room.as_("FRA").post("/revisions", {"name": name}), 422, "invalid-input")
        assert problem["errors"][0]["field"] == "name"
    done(await room.as_("FRA").post("/revisions", {"name": "after reading 1"}))
