"""From the working group to tabling: the stages of a text, and what tabling keeps, asks for and ends."""

from typing import Any

import httpx
import pytest

from tests.api.room import SECRETARIAT, Desk, Room, done, furnish, refused
from tests.builders import SetClock

SYMBOL = "A/77/L.60"
ALTHOUGH = "OP3 is agreed among capitals; the document service closes tonight."


async def move(desk: Desk, stage: str, **more: Any) -> httpx.Response:
    return await desk.post("/stage", {"stage": stage, **more})


async def table(desk: Desk, **more: Any) -> httpx.Response:
    return await desk.post("/tabling", {"symbol": SYMBOL, **more})


async def agree_on_all(room: Room, *, but: tuple[str, ...] = ()) -> None:
    for clause in done(await room.as_("FRA").get("/clauses")):
        if clause["label"] not in ("Opening", *but) and clause["status"] != "agreed":
            done(await room.as_("FRA").rule(clause["label"]))


async def the_way(room: Room) -> dict[str, Any]:
    return dict(done(await room.as_("NOR").get("/adoption")))


# --- stages ---------------------------------------------------------------------------------------------------------


async def test_a_text_goes_from_the_working_group_to_new_york_and_returns_with_a_reason(room: Room) -> None:
    fra = room.as_("FRA")
    assert (await the_way(room))["stages"][0]["stage"] == "zero_draft"
    moved = done(await move(fra, "working_group"))
    assert (moved["before"], moved["stage"], moved["seq"]) == ("zero_draft", "working_group", await room.head())
    done(await move(room.as_(SECRETARIAT), "permanent_representations"))
    problem = refused(await move(fra, "working_group"), 422, "reason-required")
    assert "Returning a text to the working group needs a reason" in problem["detail"]
    done(await move(fra, "working_group", reason="New York has questions on OP3."))
    way = await the_way(room)
    assert way["stage"] == done(await fra.get(""))["stage"] == "working_group"
    assert [(reached["stage"], reached["reason"]) for reached in way["stages"]] == [
        ("zero_draft", ""),
        ("working_group", ""),
        ("permanent_representations", ""),
        ("working_group", "New York has questions on OP3."),
    ]
    assert way["tabled"] is None
    assert await room.is_intact()


async def test_only_those_who_hold_the_pen_move_a_text_on_and_only_to_another_stage(room: Room) -> None:
    refused(await move(room.as_("NOR"), "working_group"), 403, "not-permitted")
    refused(await move(room.as_("FRA"), "zero_draft"), 409, "stage-already-reached")
    refused(await move(room.as_("FRA"), "tabled"), 422, "invalid-input")


# --- tabling --------------------------------------------------------------------------------------------------------


async def test_tabling_gives_the_text_its_symbol_numbers_it_afresh_and_keeps_it_as_tabled(room: Room) -> None:
    fra = room.as_("FRA")
    done(await move(fra, "working_group"))
    done(await room.as_("NOR").propose("OP1", "Recalls paragraph 3 above;", "insert"))
    done(await fra.accept("A1"))
    await agree_on_all(room)
    tabled = done(await table(fra, day="2023-01-12", session="Seventy-seventh session", agenda_item="18"))
    assert tabled["labels"] == {"OP1 bis": "OP2", "OP2": "OP3", "OP2(a)": "OP3(a)", "OP2(b)": "OP3(b)"} | {
        "OP3": "OP4",
        "OP4": "OP5",
    }
    assert (tabled["followed"], tabled["not_agreed"], tabled["revision"]) == (["OP2"], [], "as tabled")
    assert (await room.clause("OP2"))["text"] == "Recalls paragraph 4 below;"
    seen = done(await fra.get(""))
    assert (seen["symbol"], seen["stage"], seen["session"]) == (SYMBOL, "tabled", "Seventy-seventh session")
    as_tabled = done(await fra.get("/draft?at=as tabled"))
    assert as_tabled["draft"]["front"]["symbol"] == SYMBOL
    assert done(await fra.get("/revisions"))[-1]["name"] == "as tabled"
    way = await the_way(room)
    assert way["tabled"] == {
        "symbol": SYMBOL,
        "day": "2023-01-12",
        "session": "Seventy-seventh session",
        "agenda_item": "18",
        "although": "",
        "revision": "as tabled",
    }
    assert await room.status("OP2") == "agreed"
    assert [step["verb"] for step in (await room.clause("OP2"))["next"]] == ["text.revise_orally"]
    assert await room.is_intact()


async def test_a_text_that_is_not_agreed_is_tabled_only_with_a_reason_that_goes_on_record(room: Room) -> None:
    fra = room.as_("FRA")
    done(await move(fra, "working_group"))
    await agree_on_all(room, but=("OP3", "OP4"))
    before = await room.head()
    problem = refused(await table(fra), 409, "text-not-agreed")
    assert "Not agreed: OP3, OP4." in problem["detail"]
    assert problem["not_agreed"] == ["OP3", "OP4"]
    assert await room.head() == before
    tabled = done(await table(fra, although=ALTHOUGH))
    assert tabled["not_agreed"] == ["OP3", "OP4"]
    assert (await the_way(room))["tabled"]["although"] == ALTHOUGH
    entry = (await room.record())[-1]
    assert (entry["verb"], entry["payload"]["although"]) == ("text.table", ALTHOUGH)
    assert await room.is_intact()


async def test_an_open_proposal_beside_agreed_paragraphs_also_asks_for_a_reason(room: Room) -> None:
    done(await move(room.as_("FRA"), "working_group"))
    await agree_on_all(room)
    done(await room.as_("NOR").propose("OP3", "Invites everybody;", "insert"))
    refused(await table(room.as_("FRA")), 409, "text-not-agreed")


async def test_a_zero_draft_is_not_tabled_and_a_text_is_tabled_once(room: Room) -> None:
    fra = room.as_("FRA")
    refused(await table(fra, although=ALTHOUGH), 409, "tabled-too-early")
    done(await move(fra, "permanent_representations"))
    done(await table(fra, although=ALTHOUGH))
    refused(await table(fra, although=ALTHOUGH), 409, "text-tabled")
    refused(await move(fra, "working_group", reason="It was too early."), 409, "text-tabled")


async def test_a_text_is_not_tabled_while_a_silence_runs(room: Room, clock: SetClock) -> None:
    fra = room.as_("FRA")
    done(await move(fra, "working_group"))
    done(await fra.open_silence())
    problem = refused(await table(fra), 409, "silences-still-run")
    assert "Still running: S1, the last until 2023-01-19T09:00:00+00:00." in problem["detail"]
    clock.advance(hours=72)
    assert done(await table(fra))["not_agreed"] == []


async def test_a_text_is_not_tabled_while_a_reading_is_open(room: Room) -> None:
    done(await move(room.as_("FRA"), "working_group"))
    done(await room.as_("FRA").post("/readings"))
    problem = refused(await table(room.as_("FRA"), although=ALTHOUGH), 409, "reading-still-open")
    assert problem["detail"].startswith("Reading 1 is open since 2023-01-16T09:00:00+00:00.")


@pytest.mark.parametrize("symbol", ["L.60", "a/77/L.60", "A/77/L 60", "A/", "/77", "A//77", "A/77/L.60; drop"])
async def test_a_symbol_is_that_of_a_document(room: Room, symbol: str) -> None:
    done(await move(room.as_("FRA"), "working_group"))
    problem = refused(await table(room.as_("FRA"), symbol=symbol, although=ALTHOUGH), 422, "invalid-input")
    assert "symbol" in problem["detail"]


async def test_a_text_is_not_tabled_on_a_day_still_to_come(room: Room) -> None:
    done(await move(room.as_("FRA"), "working_group"))
    refused(await table(room.as_("FRA"), day="2023-01-18", although=ALTHOUGH), 422, "invalid-input")


async def test_a_tabled_text_is_no_longer_negotiated_but_what_clears_the_way_is_heard(room: Room) -> None:
    await furnish(room)
    done(await room.as_("ARG").take("OP3", "object", "cost"))
    done(await room.as_("BRA").break_silence("S1"))
    done(await move(room.as_("FRA"), "working_group"))
    done(await table(room.as_("FRA"), although=ALTHOUGH))
    fra, head = room.as_("FRA"), await room.head()
    for answer in (
        await fra.propose("OP3", "Invites everybody;"),
        await fra.restate("A1", text="Other words;"),
        await fra.submit("A2"),
        await room.as_("NOR").cosponsor("A1"),
        await fra.accept("A1"),
        await fra.reject("A1"),
        await fra.edit("OP3", "Invites everybody;"),
        await fra.rule("PP1"),
        await fra.reopen("PP1"),
        await fra.open_silence("PP1"),
        await room.as_("NOR").break_silence("S1"),
        await fra.post("/revisions", {}),
    ):
        problem = refused(answer, 409, "text-tabled")
        assert SYMBOL in problem["detail"]
        assert "oral-revisions" in problem["detail"]
    assert await room.head() == head
    done(await room.as_("ARG").take_back("OP3"))
    done(await room.as_("NOR").take("OP3", "support"))
    done(await fra.withdraw("A1"))
    done(await fra.comment("OP3", "The programme budget implications are being issued."))
    assert await room.is_intact()


async def test_nobody_else_gives_a_revision_the_name_that_tabling_keeps(room: Room) -> None:
    for name in ("as tabled", "as orally revised 2", "as adopted"):
        refused(await room.as_("FRA").post("/revisions", {"name": name}), 422, "invalid-input")
