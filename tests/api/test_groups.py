"""States join groups and leave them from a day on, and what shows who speaks for whom is read anew on that day."""

from datetime import date

import pytest

from app.main import keep_house_once
from tests.api.room import ADMINISTRATOR, Room, done, refused
from tests.builders import SetClock

MEMBERS = "/api/v1/delegations/EU/members"


async def members(room: Room, code: str = "EU") -> list[tuple[str, str, str | None]]:
    shown = done(await room.as_("NOR").get(f"/api/v1/delegations/{code}"))
    return [(member["code"], member["since"], member["until"]) for member in shown["members"]]


async def enter_group(room: Room, code: str = "SADC") -> None:
    """A group that takes part in no negotiation."""
    body = {"code": code, "name": f"Name of {code}", "kind": "group"}
    done(await room.as_(ADMINISTRATOR).post("/api/v1/delegations", body))


async def test_everybody_reads_the_members_of_a_group_and_the_groups_of_a_state(room: Room) -> None:
    assert await members(room) == [("FRA", "2023-01-16", None), ("ITA", "2023-01-16", None)]
    shown = done(await room.as_("NOR").get("/api/v1/delegations/ita"))
    assert (shown["code"], shown["kind"], shown["members"]) == ("ITA", "state", [])
    assert shown["groups"] == [{"code": "EU", "name": "Name of EU", "since": "2023-01-16", "until": None}]
    refused(await room.as_("NOR").get("/api/v1/delegations/XYZ"), 404, "not-found")


async def test_a_state_joins_and_leaves_from_a_day_on_and_its_days_are_kept(room: Room) -> None:
    administrator = room.as_(ADMINISTRATOR)
    joined = done(await administrator.post(MEMBERS, {"member": "nor", "since": "2023-02-01"}))
    assert joined == {"group": "EU", "member": "NOR", "since": "2023-02-01", "until": None}
    left = done(await administrator.post(f"{MEMBERS}/NOR/departure", {"until": "2023-03-01"}))
    assert left == {"group": "EU", "member": "NOR", "since": "2023-02-01", "until": "2023-03-01"}
    done(await administrator.post(MEMBERS, {"member": "NOR", "since": "2023-03-01"}))
    assert (await members(room))[2:] == [("NOR", "2023-02-01", "2023-03-01"), ("NOR", "2023-03-01", None)]


async def test_a_state_that_leaves_on_the_day_of_joining_never_joins(room: Room) -> None:
    administrator = room.as_(ADMINISTRATOR)
    done(await administrator.post(MEMBERS, {"member": "NOR", "since": "2023-02-01"}))
    done(await administrator.post(f"{MEMBERS}/NOR/departure", {"until": "2023-02-01"}))
    assert [code for code, _, _ in await members(room)] == ["FRA", "ITA"]


async def test_a_state_is_a_member_once_at_a_time(room: Room) -> None:
    administrator = room.as_(ADMINISTRATOR)
    for since in ("2023-02-01", "2020-01-01"):
        problem = refused(await administrator.post(MEMBERS, {"member": "ITA", "since": since}), 409, "already-a-member")
        assert problem["detail"].startswith("ITA is a member of EU since 2023-01-16.")
    done(await administrator.post(f"{MEMBERS}/ITA/departure", {"until": "2023-03-01"}))
    again = await administrator.post(MEMBERS, {"member": "ITA", "since": "2023-02-28"})
    assert "since 2023-01-16 until 2023-03-01" in refused(again, 409, "already-a-member")["detail"]
    done(await administrator.post(MEMBERS, {"member": "ITA", "since": "2023-03-01"}))


async def test_who_is_no_member_does_not_leave(room: Room) -> None:
    administrator = room.as_(ADMINISTRATOR)
    for member, until in (("NOR", "2023-02-01"), ("ITA", "2023-01-15")):
        answer = await administrator.post(f"{MEMBERS}/{member}/departure", {"until": until})
        refused(answer, 409, "not-a-member")
    done(await administrator.post(f"{MEMBERS}/ITA/departure", {"until": "2023-02-01"}))
    refused(await administrator.post(f"{MEMBERS}/ITA/departure", {"until": "2023-02-01"}), 409, "not-a-member")


async def test_only_states_are_members_and_of_groups_only(room: Room) -> None:
    administrator = room.as_(ADMINISTRATOR)
    when = {"since": "2023-02-01"}
    refused(await administrator.post(MEMBERS, {"member": "EU", **when}), 409, "not-a-state")
    refused(await administrator.post(MEMBERS, {"member": "ILO", **when}), 409, "not-a-state")
    for code in ("FRA", "ILO"):
        answer = await administrator.post(f"/api/v1/delegations/{code}/members", {"member": "NOR", **when})
        refused(answer, 409, "not-a-group")
    refused(await administrator.post(MEMBERS, {"member": "XYZ", **when}), 404, "not-found")
    refused(await administrator.post("/api/v1/delegations/XYZ/members", {"member": "NOR", **when}), 404, "not-found")
    refused(await administrator.post(f"{MEMBERS}/XYZ/departure", {"until": "2023-02-01"}), 404, "not-found")


@pytest.mark.parametrize(
    "day", ["2023-02-30", "0000-01-01", "1675209600", 1675209600, "2023-02-01T00:00:00Z", "", None]
)
async def test_a_day_is_a_day_of_the_calendar(room: Room, day: object) -> None:
    administrator = room.as_(ADMINISTRATOR)
    refused(await administrator.post(MEMBERS, {"member": "NOR", "since": day}), 422, "invalid-input")
    refused(await administrator.post(f"{MEMBERS}/ITA/departure", {"until": day}), 422, "invalid-input")


async def test_where_a_group_negotiates_its_members_change_from_tomorrow_on_at_the_earliest(
    room: Room, clock: SetClock
) -> None:
    administrator = room.as_(ADMINISTRATOR)
    for day in ("2023-01-16", "2004-05-01"):
        problem = refused(
            await administrator.post(MEMBERS, {"member": "NOR", "since": day}), 409, "membership-too-soon"
        )
        assert "give 2023-01-17 or later" in problem["detail"]
    refused(await administrator.post(f"{MEMBERS}/ITA/departure", {"until": "2023-01-16"}), 409, "membership-too-soon")
    clock.advance(hours=14, minutes=58)  # so near to midnight that not every server would learn of it in time
    refused(await administrator.post(MEMBERS, {"member": "NOR", "since": "2023-01-17"}), 409, "membership-too-soon")
    done(await administrator.post(MEMBERS, {"member": "NOR", "since": "2023-01-18"}))


async def test_a_group_that_negotiates_nowhere_has_its_history_entered(room: Room) -> None:
    await enter_group(room)
    administrator = room.as_(ADMINISTRATOR)
    done(await administrator.post("/api/v1/delegations/SADC/members", {"member": "BRA", "since": "1992-08-17"}))
    done(await administrator.post("/api/v1/delegations/SADC/members/BRA/departure", {"until": "2000-01-01"}))
    assert await members(room, "SADC") == [("BRA", "1992-08-17", "2000-01-01")]


async def test_a_group_speaks_for_its_new_member_from_the_first_day_on(room: Room, clock: SetClock) -> None:
    done(await room.as_("EU").take("OP1", "object", "It is not ready."))
    done(await room.as_(ADMINISTRATOR).post(MEMBERS, {"member": "NOR", "since": "2023-01-17"}))
    before = [p["delegation"] for p in (await room.clause("OP1"))["positions"]]
    clock.advance(hours=14, minutes=59)
    assert [p["delegation"] for p in (await room.clause("OP1"))["positions"]] == before
    clock.advance(minutes=1)
    assert clock.now.date() == date(2023, 1, 17)
    after = [p["delegation"] for p in (await room.clause("OP1"))["positions"]]
    assert set(after) - set(before) == {"NOR"}


@pytest.mark.parametrize(
    "address",
    [
        "",
        "/delegations",
        "/clauses",
        "/clauses/OP1",
        "/clauses/OP1/consensus",
        "/consensus",
        "/amendments",
        "/amendments/A1",
    ],
)
async def test_what_was_read_before_a_membership_began_is_not_unchanged_afterwards(
    room: Room, clock: SetClock, address: str
) -> None:
    done(await room.as_("NOR").propose("OP1", "Encourages Member States to measure the quality of water;"))
    done(await room.as_("EU").take("OP1", "object", "It is not ready."))
    done(await room.as_("EU").take("A1", "object", "It is not ready."))
    done(await room.as_(ADMINISTRATOR).post(MEMBERS, {"member": "BRA", "since": "2023-01-17"}))
    read = await room.as_("ARG").get(address)
    known = {"If_None_Match": read.headers["ETag"]}
    clock.advance(hours=14, minutes=59)
    assert (await room.as_("ARG").get(address, **known)).status_code == 304
    clock.advance(minutes=1)
    again = await room.as_("ARG").get(address, **known)
    assert again.status_code == 200
    assert again.headers["ETag"] != read.headers["ETag"]
    if address != "":
        assert again.json() != read.json()


async def test_a_tag_that_was_read_yesterday_still_matches_the_same_version(room: Room, clock: SetClock) -> None:
    read = await room.as_("NOR").tag("/clauses/OP1")
    clock.advance(days=1)
    done(await room.as_("NOR").take("OP1", "support", if_match=read))


async def test_a_silence_does_not_pass_against_a_group_of_which_a_silent_delegation_became_a_member(
    room: Room, clock: SetClock
) -> None:
    for member in ("FRA", "ITA"):
        done(await room.as_(member).take("OP1", "accept"))
    done(await room.as_("EU").take("OP1", "object", "It is not ready."))
    done(await room.as_("FRA").open_silence("OP1", "OP3"))  # all members of the Union can live with it
    done(await room.as_(ADMINISTRATOR).post(MEMBERS, {"member": "NOR", "since": "2023-01-18"}))
    clock.advance(hours=72)
    assert await room.status("OP1") == "bracketed", "before its end is on the record, too"
    await keep_house_once(room.app.state.server)
    clause = await room.clause("OP1")
    assert clause["status"] == "bracketed"
    assert [fact["fact"] for fact in clause["because"]] == ["objection", "silence_broken"]
    assert clause["because"][1]["sentence"] == "NOR broke the silence S1: “It is not ready”."
    assert await room.status("OP3") == "agreed"
    ended = (await room.record())[-1]
    assert (ended["verb"], ended["payload"]["broken"]) == ("silence.pass", ["OP1"])
    assert [agreed["label"] for agreed in ended["payload"]["agreed"]] == ["OP3"]
    assert done(await room.as_("NOR").get("/silences"))[0]["broken"] == ["OP1"]
    assert await room.is_intact()


async def test_what_a_silence_passed_on_stays_agreed_whoever_joins_a_group_later(room: Room, clock: SetClock) -> None:
    for member in ("FRA", "ITA"):
        done(await room.as_(member).take("OP1", "accept"))
    done(await room.as_("EU").take("OP1", "object", "It is not ready."))
    done(await room.as_("FRA").open_silence("OP1"))
    done(await room.as_(ADMINISTRATOR).post(MEMBERS, {"member": "NOR", "since": "2023-01-20"}))
    clock.advance(hours=72)
    await keep_house_once(room.app.state.server)
    assert await room.status("OP1") == "agreed"
    clock.advance(days=1)
    assert await room.status("OP1") == "agreed"
