"""Where delegations stand: for whom a position counts, how long it holds, and what it does."""

from typing import Any

from tests.api.room import Room, done, refused

OP1 = "Encourages Member States to measure the quality of water every year;"
TWICE = "Encourages Member States to measure the quality of water twice a year;"


async def said(room: Room, label: str) -> dict[str, tuple[str, str]]:
    """Who is held to say what on a clause, and through whom."""
    positions: list[dict[str, Any]] = (await room.clause(label))["positions"]
    return {p["delegation"]: (p["stance"], p["via"]) for p in positions}


async def test_a_group_speaks_for_its_members_until_they_speak_themselves(room: Room) -> None:
    done(await room.as_("EU").take("OP1", "support"))
    assert await said(room, "OP1") == {"FRA": ("support", "EU"), "ITA": ("support", "EU")}
    done(await room.as_("ITA").take("OP1", "reserve"))
    assert await said(room, "OP1") == {"FRA": ("support", "EU"), "ITA": ("reserve", "")}
    assert await room.status("OP1") == "reserved"
    done(await room.as_("ITA").take_back("OP1"))
    assert await said(room, "OP1") == {"FRA": ("support", "EU"), "ITA": ("support", "EU")}


async def test_a_paragraph_is_ready_when_every_delegation_can_live_with_it(room: Room) -> None:
    for who, stance in (("EU", "accept"), ("ARG", "support"), ("BRA", "accept"), ("NOR", "support")):
        assert await room.status("OP1") == "open"
        done(await room.as_(who).take("OP1", stance))
    clause = await room.clause("OP1")
    assert clause["status"] == "emerging"
    assert clause["next"][0]["verb"] == "clause.rule"
    done(await room.as_("NOR").take("OP1", "object", "The costs are not shown."))
    assert await room.status("OP1") == "bracketed"


async def test_an_objection_needs_a_reason_that_the_others_can_read(room: Room) -> None:
    before = await room.head()
    for reason in ("", "   "):
        refused(await room.as_("ARG").take("OP1", "object", reason), 422, "reason-required")
    assert await room.head() == before
    taken = done(await room.as_("ARG").take("OP1", "object", "The costs are not shown."))
    assert taken == {
        "on": "OP1",
        "version": 1,
        "delegation": "ARG",
        "stance": "object",
        "reason": "The costs are not shown.",
        "seq": 18,
    }
    because = (await room.clause("OP1"))["because"]
    assert [fact["sentence"] for fact in because] == ["ARG objects to v1: “The costs are not shown”."]


async def test_a_position_lapses_when_the_text_changes_and_is_shown_as_lapsed(room: Room) -> None:
    done(await room.as_("ARG").take("OP1", "object", "The costs are not shown."))
    done(await room.as_("NOR").propose("OP1", TWICE))
    done(await room.as_("FRA").accept("A1"))
    clause = await room.clause("OP1")
    assert (clause["status"], clause["positions"]) == ("open", [])
    assert [(p["delegation"], p["stance"], p["version"]) for p in clause["lapsed"]] == [("ARG", "object", 1)]
    assert "Positions on earlier wording lapsed: ARG (object on v1)." in [f["sentence"] for f in clause["because"]]
    done(await room.as_("ARG").take("OP1", "accept"))
    assert (await room.clause("OP1"))["lapsed"] == []


async def test_an_editorial_change_keeps_positions(room: Room) -> None:
    done(await room.as_("ARG").take("OP1", "object", "The costs are not shown."))
    edited = done(await room.as_("FRA").edit("OP1", OP1.replace("measure", "assess"), "The editors prefer it."))
    assert edited["version"] == 2
    assert await said(room, "OP1") == {"ARG": ("object", "")}
    assert await room.status("OP1") == "bracketed"
    version = done(await room.as_("ARG").get("/clauses/OP1/versions/2"))
    assert (version["origin"], version["origin_name"]) == ("editorial", "The editors prefer it.")
    refused(await room.as_("FRA").edit("OP1", "Other words;", " "), 422, "reason-required")
    refused(await room.as_("FRA").edit("OP1", OP1.replace("measure", "assess")), 409, "nothing-changes")
    refused(await room.as_("NOR").edit("OP1", "Other words;"), 403, "not-permitted")


async def test_an_observers_position_is_shown_and_not_counted(room: Room) -> None:
    done(await room.as_("ILO").take("OP1", "object", "Our members would not follow."))
    clause = await room.clause("OP1")
    assert [(p["delegation"], p["counts"]) for p in clause["positions"]] == [("ILO", False)]
    assert clause["status"] == "open"
    done(await room.as_("FRA").rule("OP1"))


async def test_a_position_can_be_taken_back_once(room: Room) -> None:
    refused(await room.as_("ARG").take_back("OP1"), 409, "no-position")
    done(await room.as_("ARG").take("OP1", "object", "The costs are not shown."))
    assert done(await room.as_("ARG").take_back("OP1"))["stance"] is None
    assert await said(room, "OP1") == {}
    refused(await room.as_("ARG").take_back("OP1"), 409, "no-position")
    verbs = [(e["verb"], e["payload"]["stance"]) for e in await room.record() if e["verb"].startswith("position")]
    assert verbs == [("position.take", "object"), ("position.withdraw", None)]


async def test_positions_on_an_amendment_advise_and_decide_nothing(room: Room) -> None:
    done(await room.as_("NOR").propose("OP1", TWICE))
    done(await room.as_("ARG").take("A1", "object", "Twice is too often."))
    done(await room.as_("EU").take("A1", "support"))
    done(await room.as_("ILO").take("A1", "support"))
    read = await room.amendment("A1")
    assert {(p["delegation"], p["stance"], p["via"], p["counts"]) for p in read["positions"]} == {
        ("ARG", "object", "", True),
        ("FRA", "support", "EU", True),
        ("ITA", "support", "EU", True),
        ("ILO", "support", "", False),
    }
    done(await room.as_("ARG").take_back("A1"))
    refused(await room.as_("ARG").take_back("A1"), 409, "no-position")
    refused(await room.as_("ARG").take("A1", "object"), 422, "reason-required")
    done(await room.as_("ARG").take("A1", "object", "Twice is too often."))
    done(await room.as_("FRA").accept("A1"))
