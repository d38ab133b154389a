"""Sponsors: who joins and leaves in whose name, until when, and how the front matter follows."""

from typing import Any

import pytest

from tests.api.room import ADMINISTRATOR, READER, SECRETARIAT, STRANGER, Room, done, refused
from tests.builders import SetClock

NOTE = "note verbale of 3 January"
CLOSED, OPEN = "2023-01-16T09:00:00Z", "2023-01-16T09:00:01Z"  # the clock stands at nine o'clock


async def record(room: Room, state: str, *, by: str = "FRA", **more: Any) -> dict[str, Any]:
    return dict(done(await room.as_(by).post("/sponsors", {"state": state, "told": NOTE, **more})))


async def listed(room: Room, query: str = "", by: str = READER) -> dict[str, Any]:
    return dict(done(await room.as_(by).get(f"/sponsors{query}")))


async def codes(room: Room, query: str = "") -> list[str]:
    return [sponsor["code"] for sponsor in (await listed(room, query))["sponsors"]]


async def names(room: Room) -> list[str]:
    return list(done(await room.as_(READER).get(""))["sponsors"])


async def know(room: Room, code: str, name: str, kind: str = "state") -> None:
    done(await room.as_(ADMINISTRATOR).post("/api/v1/delegations", {"code": code, "name": name, "kind": kind}))


# --- joining and leaving ----------------------------------------------------------------------------------------------


async def test_a_delegation_joins_and_leaves_in_its_own_name_and_the_front_matter_follows(room: Room) -> None:
    joined = done(await room.as_("NOR").post("/sponsorship"))
    assert joined == {
        "state": "NOR",
        "name": "Name of NOR",
        "kind": "cosponsor",
        "on_behalf_of": "",
        "at_adoption": False,
        "is_sponsor": True,
        "sponsors": ["Name of NOR"],
        "seq": await room.head(),
    }
    done(await room.as_("ARG").post("/sponsorship"))
    assert await names(room) == ["Name of ARG", "Name of NOR"]
    assert "- Name of ARG" in (await room.as_("ARG").get("/export")).text
    left = done(await room.as_("NOR").delete("/sponsorship"))
    assert (left["is_sponsor"], left["sponsors"]) == (False, ["Name of ARG"])
    assert await room.is_intact()
    then = done(await room.as_("ARG").get(f"/draft?at={joined['seq']}"))
    assert then["draft"]["front"]["sponsors"] == ["Name of NOR"], "as the record tells it"


async def test_who_has_left_is_kept_and_who_joins_again_is_there_a_second_time(room: Room, clock: SetClock) -> None:
    done(await room.as_("NOR").post("/sponsorship"))
    clock.advance(days=1)
    done(await room.as_("NOR").delete("/sponsorship"))
    assert await codes(room) == []
    clock.advance(days=1)
    done(await room.as_("NOR").post("/sponsorship"))
    first, second = (await listed(room, "?all=true"))["sponsors"]
    assert (first["since"][:10], first["until"][:10]) == ("2023-01-16", "2023-01-17")
    assert (second["since"][:10], second["until"]) == ("2023-01-18", None)
    assert first["left_seq"] == second["seq"] - 1
    assert (await listed(room))["counts"] == {"main": 0, "cosponsors": 1, "at_adoption": 0, "total": 1}


async def test_those_who_hold_the_pen_name_main_sponsors_and_record_whoever_told_them(room: Room) -> None:
    done(await room.as_("FRA").post("/sponsors", {"state": "FRA", "kind": "main"}))  # of one's own one need not be told
    await record(room, "ITA", kind="main", by=SECRETARIAT)
    await record(room, "PER")  # known to the server, not taking part
    shown = await listed(room)
    assert [(s["code"], s["kind"], s["how"]) for s in shown["sponsors"]] == [
        ("FRA", "main", ""),
        ("ITA", "main", NOTE),
        ("PER", "cosponsor", NOTE),
    ]
    assert shown["counts"] == {"main": 2, "cosponsors": 1, "at_adoption": 0, "total": 3}
    assert shown["masthead"] == "Name of FRA, Name of ITA and Name of PER: draft resolution"
    left = done(await room.as_("FRA").post("/sponsors/per/departure", {"told": "telephone call of 5 January"}))
    assert (left["state"], left["is_sponsor"]) == ("PER", False)
    former = (await listed(room, "?all=true"))["sponsors"][-1]
    assert (former["code"], former["how_left"]) == ("PER", "telephone call of 5 January")
    assert await room.is_intact()


async def test_those_who_hold_the_pen_say_how_another_state_told_them(room: Room) -> None:
    problem = refused(await room.as_("FRA").post("/sponsors", {"state": "PER"}), 422, "invalid-input")
    assert "note verbale of 3 April" in problem["detail"]
    refused(await room.as_(SECRETARIAT).post("/sponsors", {"state": "FRA", "kind": "main"}), 422, "invalid-input")
    await record(room, "PER")
    refused(await room.as_("FRA").post("/sponsors/PER/departure", {}), 422, "invalid-input")


async def test_a_delegation_joins_and_leaves_in_no_other_name(room: Room) -> None:
    await record(room, "PER")
    before = await room.head()
    refused(await room.as_("NOR").post("/sponsorship", {"state": "ARG"}), 422, "invalid-input")
    for who in ("NOR", "ILO", READER):
        refused(await room.as_(who).post("/sponsors", {"state": "ARG", "told": NOTE}), 403, "not-permitted")
        refused(await room.as_(who).post("/sponsors/PER/departure", {"told": NOTE}), 403, "not-permitted")
    for who in ("ILO", READER, SECRETARIAT):
        refused(await room.as_(who).post("/sponsorship"), 403, "not-permitted")
    refused(await room.as_(STRANGER).post("/sponsorship"), 404, "not-found")
    assert await room.head() == before


async def test_a_state_sponsors_once_at_a_time(room: Room) -> None:
    done(await room.as_("NOR").post("/sponsorship"))
    problem = refused(await room.as_("NOR").post("/sponsorship"), 409, "already-a-sponsor")
    assert problem["detail"].startswith("Name of NOR is co-sponsor since 16 January 2023")
    refused(await room.as_("FRA").post("/sponsors", {"state": "NOR", "told": NOTE}), 409, "already-a-sponsor")
    refused(await room.as_("ARG").delete("/sponsorship"), 409, "not-a-sponsor")
    refused(await room.as_("FRA").post("/sponsors/PER/departure", {"told": NOTE}), 409, "not-a-sponsor")
    refused(await room.as_("FRA").post("/sponsors/XYZ/departure", {"told": NOTE}), 404, "not-found")
    refused(await room.as_("FRA").post("/sponsors", {"state": "XYZ", "told": NOTE}), 404, "not-found")


async def test_a_cosponsor_becomes_a_main_sponsor_and_both_are_kept(room: Room) -> None:
    done(await room.as_("NOR").post("/sponsorship"))
    await record(room, "NOR", kind="main")
    assert [(s["kind"], s["until"] is None) for s in (await listed(room, "?all=true"))["sponsors"]] == [
        ("main", True),
        ("cosponsor", False),
    ]
    last = (await room.record())[-1]["payload"]
    assert (last["was"], last["kind"], "changes" in last) == ("cosponsor", "main", False)
    assert await names(room) == ["Name of NOR"]
    assert await room.is_intact()


# --- groups, organisations, observer states ---------------------------------------------------------------------------


async def test_a_group_sponsors_through_a_member_that_speaks_on_its_behalf(room: Room) -> None:
    problem = refused(await room.as_("EU").post("/sponsorship"), 409, "cannot-sponsor")
    assert "through one of its members" in problem["detail"]
    done(await room.as_("ITA").post("/sponsorship", {"on_behalf_of": "eu"}))
    (sponsor,) = (await listed(room))["sponsors"]
    assert (sponsor["code"], sponsor["on_behalf_of"]) == ("ITA", "EU")
    assert await names(room) == [
        "Name of ITA (on behalf of the States Members of the United Nations that are members of the Name of EU)"
    ]
    refused(await room.as_("NOR").post("/sponsorship", {"on_behalf_of": "EU"}), 409, "not-a-member")
    refused(await room.as_("NOR").post("/sponsorship", {"on_behalf_of": "ILO"}), 422, "invalid-input")
    refused(await room.as_("NOR").post("/sponsorship", {"on_behalf_of": "XYZ"}), 404, "not-found")
    await record(room, "ITA")  # in its own name after all
    assert await names(room) == ["Name of ITA"]


async def test_membership_is_that_of_the_day(room: Room, clock: SetClock) -> None:
    body = {"member": "NOR", "since": "2023-01-18"}
    done(await room.as_(ADMINISTRATOR).post("/api/v1/delegations/EU/members", body))
    refused(await room.as_("NOR").post("/sponsorship", {"on_behalf_of": "EU"}), 409, "not-a-member")
    clock.advance(days=2)
    done(await room.as_("NOR").post("/sponsorship", {"on_behalf_of": "EU"}))


async def test_organisations_do_not_sponsor_and_observer_states_by_a_right_that_is_named(room: Room) -> None:
    await know(room, "PSE", "State of Palestine")
    refused(await room.as_("FRA").post("/sponsors", {"state": "ILO", "told": NOTE}), 409, "cannot-sponsor")
    problem = refused(await room.as_("FRA").post("/sponsors", {"state": "PSE", "told": NOTE}), 409, "cannot-sponsor")
    assert "exceptionally" in problem["detail"]
    await record(room, "PSE", exceptionally="resolution 52/250, annex, paragraph 6")
    (sponsor,) = (await listed(room))["sponsors"]
    assert sponsor["exceptionally"] == "resolution 52/250, annex, paragraph 6"
    more = {"state": "PER", "told": NOTE, "exceptionally": "resolution 52/250"}
    refused(await room.as_("FRA").post("/sponsors", more), 422, "invalid-input")


# --- until when -------------------------------------------------------------------------------------------------------


async def test_after_the_deadline_only_those_announced_at_the_adoption_are_recorded(room: Room) -> None:
    done(await room.as_("FRA").send("PATCH", "", {"sponsors_until": OPEN}))
    done(await room.as_("NOR").post("/sponsorship"))
    done(await room.as_("FRA").send("PATCH", "", {"sponsors_until": CLOSED}))
    assert (await listed(room))["until"].startswith("2023-01-16T09:00:00")
    problem = refused(await room.as_("ARG").post("/sponsorship"), 409, "sponsors-closed")
    assert problem["detail"].startswith("Name of ARG is too late to join the sponsors")
    assert "'at_adoption': true" in problem["detail"]
    refused(await room.as_("FRA").post("/sponsors", {"state": "PER", "told": NOTE}), 409, "sponsors-closed")
    await record(room, "PER", at_adoption=True)
    shown = await listed(room)
    assert shown["counts"] == {"main": 0, "cosponsors": 2, "at_adoption": 1, "total": 2}
    assert shown["masthead"] == "Name of NOR: draft resolution"
    assert shown["additional"] == "Additional sponsors: Name of PER"
    assert shown["names"] == ["Name of NOR", "Name of PER"]
    done(await room.as_("NOR").delete("/sponsorship"))  # leaving has no deadline
    done(await room.as_("FRA").send("PATCH", "", {"sponsors_until": None}))
    done(await room.as_("ARG").post("/sponsorship"))
    refused(
        await room.as_("FRA").post("/sponsors", {"state": "BRA", "told": NOTE, "kind": "main", "at_adoption": True}),
        422,
        "invalid-input",
    )


async def test_once_tabled_the_text_keeps_a_main_sponsor(room: Room) -> None:
    await record(room, "FRA", kind="main")
    await record(room, "ITA", kind="main")
    await room.by_hand("update negotiation set stage = 'tabled'")
    done(await room.as_("ITA").delete("/sponsorship"))
    problem = refused(await room.as_("FRA").delete("/sponsorship"), 409, "last-main-sponsor")
    assert problem["detail"].startswith("Name of FRA is the last main sponsor")
    refused(await room.as_(SECRETARIAT).post("/sponsors/FRA/departure", {"told": NOTE}), 409, "last-main-sponsor")
    refused(await room.as_(SECRETARIAT).post("/sponsors", {"state": "FRA", "told": NOTE}), 409, "last-main-sponsor")
    await record(room, "NOR", kind="main")
    done(await room.as_("FRA").delete("/sponsorship"))
    assert await codes(room) == ["NOR"]


async def test_before_that_even_the_last_main_sponsor_may_leave(room: Room) -> None:
    await record(room, "FRA", kind="main")
    done(await room.as_("FRA").delete("/sponsorship"))
    assert await codes(room) == []


async def test_the_sponsors_of_an_adopted_text_stay_as_they_are(room: Room) -> None:
    done(await room.as_("NOR").post("/sponsorship"))
    await room.by_hand("update negotiation set stage = 'adopted'")
    refused(await room.as_("NOR").delete("/sponsorship"), 409, "sponsors-final")
    refused(await room.as_("ARG").post("/sponsorship"), 409, "sponsors-final")
    assert await codes(room) == ["NOR"]


async def test_those_announced_at_the_adoption_are_recorded_on_its_day_and_not_afterwards(
    room: Room, clock: SetClock
) -> None:
    done(await room.as_("FRA").send("PATCH", "", {"time_zone": "America/New_York"}))
    clock.advance(hours=18)  # three in the morning, UTC: still the day of the adoption in New York
    await room.by_hand(
        "update negotiation set stage = 'adopted'",
        "insert into stage_change (negotiation_id, stage, reason, symbol, day, meeting, revision, seq, at) "
        "select id, 'adopted', '', 'A/RES/77/281', '2023-01-16', '', '', head_seq, created_at from negotiation",
    )
    refused(await room.as_("FRA").post("/sponsors", {"state": "NOR", "told": NOTE}), 409, "sponsors-final")
    await record(room, "PER", at_adoption=True)
    assert (await listed(room))["additional"] == "Additional sponsors: Name of PER"
    clock.advance(hours=3)
    late = {"state": "NOR", "told": NOTE, "at_adoption": True}
    refused(await room.as_("FRA").post("/sponsors", late), 409, "sponsors-final")


# --- a draft that names sponsors ------------------------------------------------------------------------------------

HEAD = "---\nslug: fire\ntitle: Fire\n{sponsors}---\n\nPP1. *Noting* fire,\n\nOP1. *Decides* to act.\n"
FIRE = "/api/v1/negotiations/fire"


async def imported(room: Room, *named: str) -> dict[str, Any]:
    lines = "".join(f"- {name}\n" for name in named)
    draft = HEAD.format(sponsors=f"sponsors:\n{lines}")
    desk = room.as_(ADMINISTRATOR)
    done(await desk.post("/api/v1/negotiations", {"draft": draft}))
    return dict(done(await desk.get(f"{FIRE}/sponsors")))


async def test_states_that_a_draft_names_become_main_sponsors_and_no_name_is_lost(room: Room) -> None:
    spoken_for = "on behalf of the States Members of the United Nations that are members of the Name of EU"
    named = ("Name of NOR", f"Name of FRA ({spoken_for})", f"Name of ARG ({spoken_for})", "Name of ILO", "Utopia")
    shown = await imported(room, *named)
    assert [(s["code"], s["kind"], s["on_behalf_of"]) for s in shown["sponsors"]] == [
        ("NOR", "main", ""),
        ("FRA", "main", "EU"),
    ]
    assert shown["sponsors"][0]["how"] == "named as sponsor in the draft"
    assert shown["names"] == list(named), "as the draft has them"
    assert shown["others"] == list(named[2:]), "Argentina is no member of that group"
    desk = room.as_(ADMINISTRATOR)
    done(await desk.post(f"{FIRE}/sponsors", {"state": "BRA", "told": NOTE}))
    done(await desk.post(f"{FIRE}/sponsors/NOR/departure", {"told": NOTE}))
    after = list(done(await desk.get(FIRE))["sponsors"])
    assert after == sorted([*named[1:], "Name of BRA"])
    assert done(await desk.get(f"{FIRE}/record/verification"))["is_intact"]
    begun = done(await desk.get(f"{FIRE}/record/1"))["payload"]
    assert begun["main_sponsors"] == ["NOR", "FRA"]


async def test_a_name_that_two_states_have_stays_a_name(room: Room) -> None:
    await know(room, "NO", "Name of NOR")
    shown = await imported(room, "Name of NOR", "Name of FRA")
    assert [sponsor["code"] for sponsor in shown["sponsors"]] == ["FRA"]
    assert shown["others"] == ["Name of NOR"]


async def test_an_observer_state_that_a_draft_names_stays_a_name(room: Room) -> None:
    await know(room, "VAT", "Holy See")
    assert (await imported(room, "Holy See"))["others"] == ["Holy See"]


@pytest.mark.parametrize("query", ["", "?all=true"])
async def test_the_list_is_read_again_only_when_the_record_has_grown(room: Room, query: str) -> None:
    done(await room.as_("NOR").post("/sponsorship"))
    tag = await room.as_("ARG").tag(f"/sponsors{query}")
    assert (await room.as_("ARG").get(f"/sponsors{query}", If_None_Match=tag)).status_code == 304
    done(await room.as_("ARG").post("/sponsorship"))
    assert (await room.as_("ARG").get(f"/sponsors{query}", If_None_Match=tag)).status_code == 200
