"""Outreach: what those who hold the pen note of states on their way to co-sponsorship, hidden from everybody else."""

from typing import Any

import pytest

from tests.api.room import ADMINISTRATOR, READER, SECRETARIAT, STRANGER, Room, done, refused
from tests.builders import SetClock

PERU = {"state": "PER", "held_on": "2023-01-12", "step": "interested", "note": "Would join if finance stays."}


async def note(room: Room, *, by: str = "FRA", **change: Any) -> dict[str, Any]:
    return dict(done(await room.as_(by).post("/outreach", {**PERU, **change})))


async def steps(room: Room, query: str = "") -> dict[str, tuple[str, str]]:
    found = done(await room.as_("FRA").get(f"/outreach{query}"))
    return {state["code"]: (state["step"], state["source"]) for state in found["states"]}


async def of(room: Room, code: str) -> dict[str, Any]:
    return dict(done(await room.as_("FRA").get(f"/outreach/{code}")))


async def test_a_note_says_when_who_spoke_to_whom_and_what_step_the_state_took(room: Room) -> None:
    taken = await note(room, between="France's expert and the Deputy Permanent Representative", state="per")
    expected = {"note": "N1", "state": "PER", "step": "interested", "held_on": "2023-01-12", "seq": taken["seq"]}
    assert taken == expected
    seen = await of(room, "per")
    assert seen["state"] == {
        "code": "PER",
        "name": "Name of PER",
        "step": "interested",
        "source": "note",
        "since": "2023-01-12",
        "note": "N1",
        "notes": 1,
        "last_held_on": "2023-01-12",
    }
    (shown,) = seen["notes"]
    assert shown["between"] == "France's expert and the Deputy Permanent Representative"
    assert (shown["note"], shown["by"]) == ("Would join if finance stays.", "Delegate of FRA")


async def test_the_secretariat_and_penholders_see_the_same_and_how_many_are_not_yet_contacted(room: Room) -> None:
    await note(room)
    found = done(await room.as_(SECRETARIAT).get("/outreach"))
    assert found == done(await room.as_("FRA").get("/outreach"))
    assert found["member_states"] == 6
    assert found["not_contacted"] == 0
    assert found["counts"] == {
        "not_contacted": 0,
        "contacted": 0,
        "interested": 1,
        "bilateral_held": 0,
        "in_the_working_group": 5,
        "cosponsor": 0,
        "declined": 0,
    }
    for code, name in (("SWE", "Sweden"), ("VAT", "Holy See")):
        done(await room.as_(ADMINISTRATOR).post("/api/v1/delegations", {"code": code, "name": name, "kind": "state"}))
    found = done(await room.as_("FRA").get("/outreach"))
    assert (found["not_contacted"], found["member_states"]) == (1, 7), "an observer state is no member state"
    assert await steps(room, "?step=not_contacted") == {
        "SWE": ("not_contacted", "nothing"),
        "VAT": ("not_contacted", "nothing"),
    }


async def test_what_is_a_fact_needs_no_note(room: Room) -> None:
    assert (await steps(room))["NOR"] == ("in_the_working_group", "participation")
    assert "EU" not in await steps(room), "states are spoken to, one by one"
    done(await room.as_("NOR").post("/sponsorship"))
    assert (await steps(room))["NOR"] == ("cosponsor", "sponsorship")
    assert await steps(room, "?step=cosponsor") == {"NOR": ("cosponsor", "sponsorship")}
    await note(room, step="cosponsor")
    assert (await steps(room))["PER"] == ("cosponsor", "note")
    done(await room.as_("NOR").delete("/sponsorship"))
    assert (await steps(room))["NOR"] == ("in_the_working_group", "participation")


async def test_an_observer_of_the_talks_is_not_in_the_working_group(room: Room) -> None:
    done(await room.as_(SECRETARIAT).post("/delegations", {"code": "PER", "role": "observer"}))
    assert "PER" not in await steps(room)
    assert (await of(room, "PER"))["state"]["step"] == "not_contacted"


async def test_a_state_that_declines_has_declined_until_something_else_is_noted(room: Room) -> None:
    await note(room)
    await note(room, step="declined", held_on="2023-01-13", note="The capital says no.")
    assert (await steps(room))["PER"] == ("declined", "note")
    await note(room, step="contacted", held_on="2023-01-15", note="Asks for Rev.1 after all.")
    assert (await steps(room))["PER"] == ("interested", "note")
    assert [shown["name"] for shown in (await of(room, "PER"))["notes"]] == ["N3", "N2", "N1"]


async def test_a_note_made_by_mistake_is_taken_back_and_kept(room: Room, clock: SetClock) -> None:
    await note(room, step="bilateral_held")
    await note(room)
    clock.advance(hours=1)
    taken = done(await room.as_(SECRETARIAT).delete("/outreach/notes/n1"))
    assert (taken["note"], taken["state"]) == ("N1", "PER")
    assert (await steps(room))["PER"] == ("interested", "note")
    assert {n["name"]: n["retracted_at"] is None for n in (await of(room, "PER"))["notes"]} == {"N1": False, "N2": True}
    refused(await room.as_("FRA").delete("/outreach/notes/N1"), 409, "outreach-note-retracted")
    for nothing in ("N9", "N0", "1e3", "N" + "9" * 12):
        refused(await room.as_("FRA").delete(f"/outreach/notes/{nothing}"), 404, "not-found")


@pytest.mark.parametrize("who", ["NOR", "ITA", "EU", "ILO", READER])
async def test_nobody_else_reads_or_writes_outreach_and_the_record_hides_it(room: Room, who: str) -> None:
    noted = await note(room)
    done(await room.as_("FRA").delete("/outreach/notes/N1"))
    desk = room.as_(who)
    refused(await desk.get("/outreach"), 403, "not-permitted")
    refused(await desk.get("/outreach/PER"), 403, "not-permitted")
    refused(await desk.post("/outreach", PERU), 403, "not-permitted")
    refused(await desk.delete("/outreach/notes/N1"), 403, "not-permitted")
    for seq in (noted["seq"], noted["seq"] + 1):
        entry = await desk.get(f"/record/{seq}")
        assert done(entry)["payload"] is None
        assert "PER" not in entry.text
    assert "Would join if finance stays" not in (await desk.get("/record?limit=200")).text
    digest = await desk.get("/digest")
    assert digest.status_code == 403 or "Would join if finance stays" not in digest.text
    assert done(await desk.get("/record/verification"))["is_intact"]
    for pen in ("FRA", SECRETARIAT):
        assert done(await room.as_(pen).get(f"/record/{noted['seq']}"))["payload"] == {
            "note": "N1",
            "state": "PER",
            "name": "Name of PER",
            "held_on": "2023-01-12",
            "step": "interested",
            "text": "Would join if finance stays.",
        }


async def test_the_digest_tells_it_to_the_others_who_hold_the_pen(room: Room) -> None:
    await note(room)
    told = (await room.as_(SECRETARIAT).get("/digest")).json()["changes"][-1]["changes"][-1]
    assert (told["verb"], told["sentence"]) == (
        "outreach.note",
        "Name of FRA noted of Name of PER (interested): “Would join if finance stays”.",
    )


async def test_in_a_public_negotiation_outreach_stays_with_the_pen(room: Room) -> None:
    noted = await note(room)
    await room.by_hand("update negotiation set visibility = 'public'")
    refused(await room.as_(STRANGER).get("/outreach"), 403, "not-permitted")
    assert done(await room.as_(STRANGER).get(f"/record/{noted['seq']}"))["payload"] is None


async def test_no_delegation_hears_what_is_for_the_pen_by_being_called_so(room: Room) -> None:
    body = {"code": "pen", "name": "The pen", "kind": "state"}
    assert done(await room.as_(ADMINISTRATOR).post("/api/v1/delegations", body))["code"] == "PEN"


@pytest.mark.parametrize(
    ("change", "status", "slug"),
    [
        ({"state": "XYZ"}, 404, "not-found"),
        ({"state": "EU"}, 422, "invalid-input"),
        ({"state": "ILO"}, 422, "invalid-input"),
        ({"step": "not_contacted"}, 422, "invalid-input"),
        ({"step": "sold"}, 422, "invalid-input"),
        ({"held_on": "2023-01-18"}, 422, "invalid-input"),
        ({"held_on": "last week"}, 422, "invalid-input"),
        ({"note": " "}, 422, "text-empty"),
        ({"note": "x" * 5_001}, 422, "text-too-long"),
        ({"between": "\u202eEN"}, 422, "text-refused"),
    ],
)
async def test_what_cannot_be_noted_is_refused(room: Room, change: dict[str, Any], status: int, slug: str) -> None:
    before = await room.head()
    refused(await room.as_("FRA").post("/outreach", {**PERU, **change}), status, slug)
    assert await room.head() == before


async def test_only_states_are_looked_up(room: Room) -> None:
    for code in ("EU", "ILO", "XYZ"):
        refused(await room.as_("FRA").get(f"/outreach/{code}"), 404, "not-found")
    refused(await room.as_("FRA").get("/outreach?step=sold"), 422, "invalid-input")
