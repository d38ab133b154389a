"""The silence procedure: what nobody objects to before the deadline counts as agreed."""

import asyncio

import pytest

from app.main import keep_house_once
from tests.api.room import ADMINISTRATOR, DRAFT, SECRETARIAT, Room, another_server, done, refused
from tests.builders import SetClock

TWICE = "Encourages Member States to measure the quality of water twice a year;"


async def passing(room: Room) -> list[dict[str, object]]:
    """What the record says of silences that ended."""
    return [entry["payload"] for entry in await room.record() if entry["verb"] == "silence.pass"]


async def test_what_nobody_objects_to_is_agreed_at_the_deadline(room: Room, clock: SetClock) -> None:
    opened = done(await room.as_("FRA").open_silence("OP1", "op2(A)"))
    assert (opened["name"], opened["labels"]) == ("S1", ["OP1", "OP2(a)"])
    assert opened["deadline"] == "2023-01-19T09:00:00Z"  # 72 hours, as General Assembly decision 74/544 asks
    assert await room.status("OP1") == "under_silence"
    clock.advance(hours=72, seconds=-1)
    assert await room.status("OP1") == "under_silence"
    clock.advance(seconds=1)
    clause = await room.clause("OP1")
    assert (clause["status"], clause["because"][0]["sentence"]) == (
        "agreed",
        "The silence S1 passed unbroken at 09:00 UTC on 19 January 2023.",
    )
    refused(await room.as_("NOR").propose("OP1", TWICE), 409, "clause-closed")
    assert done(await room.as_("NOR").get("/silences"))[0]["state"] == "passed"


async def test_its_passing_is_on_the_record_once_whoever_notices_first(room: Room, clock: SetClock) -> None:
    done(await room.as_("FRA").open_silence("OP1", "OP3"))
    done(await room.as_("NOR").break_silence("S1", "The terms are not fair.", "OP3"))
    await keep_house_once(room.app.state.server)
    assert await passing(room) == []
    clock.advance(hours=72)
    async with another_server(room) as other:
        await asyncio.gather(*(keep_house_once(server.app.state.server) for server in (room, other, room, other)))
    await keep_house_once(room.app.state.server)
    assert await passing(room) == [
        {
            "silence": "S1",
            "deadline": "2023-01-19T09:00:00.000000Z",
            "agreed": [{"clause": "c6", "label": "OP1", "version": 1}],
            "broken": ["OP3"],
            "breaches": [],
        }
    ]
    assert await room.status("OP1") == "agreed"
    assert await room.is_intact()


async def test_one_that_cannot_be_recorded_holds_up_no_other_and_is_recorded_when_it_can_be(
    room: Room, clock: SetClock, caplog: pytest.LogCaptureFixture
) -> None:
    fire = "/api/v1/negotiations/fire"
    administrator = room.as_(ADMINISTRATOR)
    done(await administrator.post("/api/v1/negotiations", {"draft": DRAFT, "slug": "fire"}))
    done(await room.as_("FRA").open_silence("OP1"))
    clock.advance(hours=1)
    done(await administrator.post(f"{fire}/silences", {"clauses": ["OP1"]}))
    clock.advance(hours=72)
    await room.by_hand("update negotiation set head_seq = head_seq - 1 where slug = 'water'")  # its entry is there
    assert await keep_house_once(room.app.state.server) is False
    assert "a silence could not be put on record" in caplog.text
    assert done(await administrator.get(f"{fire}/record?limit=200"))["items"][-1]["verb"] == "silence.pass"
    await room.by_hand("update negotiation set head_seq = head_seq + 1 where slug = 'water'")
    assert await keep_house_once(room.app.state.server) is True
    assert len(await passing(room)) == 1
    assert await room.is_intact()


async def test_an_objection_before_the_deadline_breaks_it_for_the_clauses_named(room: Room) -> None:
    done(await room.as_("FRA").open_silence("OP1", "OP3"))
    broken = done(await room.as_("NOR").break_silence("S1", "The terms are not fair.", "OP3"))
    assert broken["labels"] == ["OP3"]
    clause = await room.clause("OP3")
    assert clause["status"] == "bracketed"
    assert [fact["fact"] for fact in clause["because"]] == ["objection", "silence_broken"]
    assert (clause["positions"][0]["delegation"], clause["positions"][0]["stance"]) == ("NOR", "object")
    assert await room.status("OP1") == "under_silence"
    (shown,) = done(await room.as_("NOR").get("/silences"))
    assert (shown["state"], shown["clauses"], shown["broken"]) == ("running", ["OP1", "OP3"], ["OP3"])
    done(await room.as_("ARG").break_silence("S1"))
    assert done(await room.as_("NOR").get("/silences"))[0]["state"] == "broken"


@pytest.mark.parametrize(
    "act", ["proposal", "deletion", "submission", "objection", "silent member of an objecting group"]
)
async def test_a_proposal_or_an_objection_while_it_runs_breaks_it_too(room: Room, act: str) -> None:
    done(await room.as_("NOR").propose("OP1", TWICE, audience="delegation"))
    if act.startswith("silent"):
        done(await room.as_("ITA").take("OP1", "accept"))
        done(await room.as_("FRA").take("OP1", "accept"))
        done(await room.as_("EU").take("OP1", "object", "It is not ready."))
    done(await room.as_("FRA").open_silence("OP1"))
    match act:
        case "proposal":
            done(await room.as_("NOR").propose("OP1", TWICE))
        case "deletion":
            done(await room.as_("NOR").propose("OP1", kind="delete"))
        case "submission":
            done(await room.as_("NOR").submit("A1"))
        case "objection":
            done(await room.as_("NOR").take("OP1", "object", "The costs are not shown."))
        case _:
            done(await room.as_("ITA").take_back("OP1"))
    assert await room.status("OP1") == "bracketed"
    assert (await room.record())[-1]["payload"]["breaks"] == {"S1": ["OP1"]}
    assert done(await room.as_("NOR").get("/silences"))[0]["broken"] == ["OP1"]


async def test_a_member_breaks_a_silence_although_its_group_accepts(room: Room) -> None:
    done(await room.as_("EU").take("OP1", "support"))
    done(await room.as_("FRA").open_silence("OP1"))
    done(await room.as_("ITA").break_silence("S1"))
    assert await room.status("OP1") == "bracketed"


async def test_other_positions_and_an_insertion_behind_leave_it_running(room: Room) -> None:
    done(await room.as_("FRA").open_silence("OP1"))
    for stance in ("support", "accept", "reserve"):
        done(await room.as_("NOR").take("OP1", stance))
    done(await room.as_("NOR").propose("OP1", "Also measures it;", "insert"))
    assert await room.status("OP1") == "under_silence"


async def test_after_the_deadline_it_can_neither_be_broken_nor_extended(room: Room, clock: SetClock) -> None:
    done(await room.as_("FRA").open_silence("OP1"))
    clock.advance(hours=72)
    await keep_house_once(room.app.state.server)  # the passing is on the record, whoever notices it first
    before = await room.head()
    problem = refused(await room.as_("NOR").break_silence("S1"), 409, "silence-over")
    assert problem["detail"].startswith("S1 passed at 2023-01-19T09:00:00+00:00.")
    later = {"deadline": "2023-01-25T09:00:00Z"}
    refused(await room.as_("FRA").post("/silences/S1/extension", later), 409, "silence-over")
    assert await room.head() == before


async def test_a_silence_that_is_over_does_not_break_or_extend_a_later_one(room: Room) -> None:
    nor, fra = room.as_("NOR"), room.as_("FRA")
    done(await fra.open_silence("OP1"))
    done(await nor.break_silence("S1"))
    later = {"deadline": "2023-01-25T09:00:00Z"}
    problem = refused(await fra.post("/silences/S1/extension", later), 409, "silence-over")
    assert problem["detail"].startswith("S1 was broken by NOR at 2023-01-16T09:00:00+00:00.")
    done(await nor.take("OP1", "accept"))
    done(await fra.open_silence("OP1"))
    for answer in (
        await nor.break_silence("S1"),
        await nor.break_silence("S1", "No.", "OP1"),
        await fra.post("/silences/S1/extension", later),
    ):
        assert "S1" in refused(answer, 404, "not-found")["detail"]
    assert await room.status("OP1") == "under_silence"
    assert [(s["name"], s["state"]) for s in done(await nor.get("/silences"))] == [("S2", "running"), ("S1", "broken")]


async def test_a_silence_that_the_text_has_left_behind_cannot_be_broken(room: Room) -> None:
    done(await room.as_("FRA").open_silence("OP1"))
    done(await room.as_("NOR").propose("OP1", TWICE))
    done(await room.as_("FRA").accept("A1"))
    refused(await room.as_("ARG").break_silence("S1"), 404, "not-found")
    assert (await room.clause("OP1"))["positions"] == []


async def test_an_extension_is_not_about_the_paragraph_that_left_the_text_while_the_silence_was_on_others(
    room: Room, clock: SetClock
) -> None:
    fra, later = room.as_("FRA"), {"deadline": "2023-01-25T09:00:00Z"}
    done(await fra.open_silence("OP2(a)", "OP3"))
    done(await room.as_("NOR").propose("OP2(a)", None, "delete"))
    done(await fra.accept("A1"))
    assert done(await fra.post("/silences/S1/extension", later))["labels"] == ["OP3"]
    clock.advance(days=10)
    refused(await fra.post("/silences/S1/extension", {"deadline": "2023-01-30T09:00:00Z"}), 409, "silence-over")
    refused(await room.as_("NOR").break_silence("S1"), 409, "silence-over")


async def test_a_silence_is_extended_to_a_later_deadline_while_it_runs(room: Room, clock: SetClock) -> None:
    done(await room.as_("FRA").open_silence("OP1", hours=24))
    extension = "/silences/S1/extension"
    for deadline in ("2023-01-17T09:00:00Z", "2023-01-16T12:00:00Z"):
        problem = refused(await room.as_("FRA").post(extension, {"deadline": deadline}), 422, "invalid-input")
        assert problem["errors"][0]["field"] == "deadline"
    refused(await room.as_("FRA").post(extension, {"deadline": "2024-01-17T09:00:00Z"}), 422, "silence-deadline")
    extended = done(await room.as_(SECRETARIAT).post(extension, {"deadline": "2023-01-18T11:00:00+02:00"}))
    assert extended["deadline"] == "2023-01-18T09:00:00Z"
    clock.advance(hours=30)
    assert await room.status("OP1") == "under_silence"
    clock.advance(hours=18)
    assert await room.status("OP1") == "agreed"


async def test_a_silence_has_a_deadline_that_leaves_time_to_object(room: Room) -> None:
    for when in (
        {"hours": 23.9},
        {"hours": 2161},
        {"deadline": "2023-01-16T10:00:00Z"},
        {"deadline": "2022-01-01T00:00:00Z"},
    ):
        answer = await room.as_("FRA").open_silence("OP1", **when)
        assert answer.status_code == 422, when
    both = await room.as_("FRA").open_silence("OP1", hours=72, deadline="2023-01-20T10:00:00Z")
    assert refused(both, 422, "invalid-input")["errors"][0]["field"] == "deadline"
    opened = done(await room.as_("FRA").open_silence("OP1", deadline="2023-01-17T09:00:00Z"))
    assert opened["deadline"] == "2023-01-17T09:00:00Z"


async def test_a_silence_is_refused_where_an_objection_an_amendment_or_another_silence_stands(room: Room) -> None:
    done(await room.as_("NOR").propose("OP1", TWICE))
    done(await room.as_("ARG").take("OP3", "object", "The terms are not fair."))
    done(await room.as_("FRA").open_silence("OP4"))
    for label, slug in (("OP1", "objection-stands"), ("OP3", "objection-stands"), ("OP4", "clause-under-silence")):
        problem = refused(await room.as_("FRA").open_silence("OP2", label), 409, slug)
        assert label in problem["detail"]
    assert await room.status("OP2") == "open"
    refused(await room.as_("FRA").edit("OP4", "Decides to remain seized of it."), 409, "clause-under-silence")
    refused(await room.as_("FRA").rule("OP4"), 409, "clause-under-silence")
    refused(await room.as_("NOR").open_silence("OP2"), 403, "not-permitted")


async def test_a_silence_over_the_whole_text_covers_what_is_not_agreed_yet(room: Room, clock: SetClock) -> None:
    done(await room.as_("FRA").rule("PP1"))
    opened = done(await room.as_("FRA").open_silence())
    assert opened["labels"] == ["Title", "PP2", "PP3", "OP1", "OP2", "OP2(a)", "OP2(b)", "OP3", "OP4"]
    clock.advance(hours=72)
    assert done(await room.as_("NOR").get("/consensus"))["is_agreed"] is True
    problem = refused(await room.as_("FRA").open_silence(), 422, "invalid-input")
    assert "there is nothing to put under silence" in problem["detail"]


async def test_what_a_silence_passed_on_can_be_reopened(room: Room, clock: SetClock) -> None:
    done(await room.as_("FRA").open_silence("OP1"))
    clock.advance(hours=72)
    done(await room.as_("FRA").reopen("OP1"))
    assert await room.status("OP1") == "open"
    await keep_house_once(room.app.state.server)
    assert (await passing(room))[0]["agreed"] == []  # nobody shall read that it is agreed
    done(await room.as_("NOR").propose("OP1", TWICE))


async def test_what_a_silence_does_not_cover_is_not_found_under_it(room: Room) -> None:
    done(await room.as_("FRA").open_silence("OP1"))
    refused(await room.as_("NOR").break_silence("S1", "No.", "OP3"), 404, "not-found")
    refused(await room.as_("NOR").break_silence("S1", "No.", "OP1", "OP3"), 404, "not-found")
    refused(await room.as_("NOR").break_silence("S2"), 404, "not-found")
    refused(await room.as_("NOR").break_silence("S1", "  "), 422, "reason-required")
    refused(await room.as_("FRA").open_silence("OP9"), 404, "not-found")
    refused(await room.as_("FRA").post("/silences", {"clauses": []}), 422, "invalid-input")
    assert await room.status("OP1") == "under_silence"


async def test_a_paragraph_named_twice_is_under_silence_once(room: Room) -> None:
    assert done(await room.as_("FRA").open_silence("OP1", "op1", "c6"))["labels"] == ["OP1"]


async def shown(room: Room) -> dict[str, str]:
    """The state of every silence, by its name."""
    return {silence["name"]: silence["state"] for silence in done(await room.as_("NOR").get("/silences"))}


async def test_a_silence_whose_paragraphs_were_all_reopened_is_shown_as_ended(room: Room, clock: SetClock) -> None:
    done(await room.as_("FRA").open_silence("OP1", "OP3", "OP4"))
    done(await room.as_("NOR").break_silence("S1", "The terms are not fair.", "OP3"))
    clock.advance(hours=72)
    done(await room.as_("FRA").reopen("OP1"))
    assert await shown(room) == {"S1": "passed"}  # OP4 is agreed by it
    done(await room.as_("FRA").reopen("OP4"))
    assert await shown(room) == {"S1": "ended"}


async def test_a_silence_whose_paragraphs_all_left_the_text_stays_broken(room: Room, clock: SetClock) -> None:
    done(await room.as_("FRA").open_silence("OP2(a)", "OP2(b)"))
    done(await room.as_("NOR").propose("OP2", None, "delete"))
    assert await shown(room) == {"S1": "broken"}  # by the proposal to take them out
    done(await room.as_("FRA").accept("A1"))
    clock.advance(hours=72)
    await keep_house_once(room.app.state.server)
    assert (await shown(room), (await passing(room))[0]["agreed"]) == ({"S1": "broken"}, [])


async def test_a_silence_broken_everywhere_stays_broken_although_it_was_left_behind(room: Room) -> None:
    done(await room.as_("FRA").open_silence("OP1"))
    done(await room.as_("NOR").break_silence("S1"))
    done(await room.as_("NOR").take_back("OP1"))
    done(await room.as_("FRA").rule("OP1"))
    assert await shown(room) == {"S1": "broken"}
