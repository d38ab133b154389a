"""Agreed, agreed ad referendum, reopened: what those who hold the pen rule, and what they cannot."""

from tests.api.room import SECRETARIAT, UNINVITED, Room, done, refused
from tests.builders import SetClock

TWICE = "Encourages Member States to measure the quality of water twice a year;"


async def test_what_is_ruled_agreed_is_closed_until_it_is_reopened(room: Room) -> None:
    ruled = done(await room.as_("FRA").rule("OP1"))
    assert (ruled["label"], ruled["version"], ruled["kind"]) == ("OP1", 1, "agreed")
    clause = await room.clause("OP1")
    assert (clause["status"], clause["because"][0]["sentence"]) == (
        "agreed",
        "FRA ruled v1 agreed on 16 January 2023.",
    )
    before = await room.head()
    for answer in (
        await room.as_("NOR").propose("OP1", TWICE),
        await room.as_("NOR").propose("OP1", kind="delete"),
        await room.as_("NOR").take("OP1", "object", "Late."),
        await room.as_("FRA").edit("OP1", TWICE),
        await room.as_("FRA").rule("OP1"),
        await room.as_("FRA").open_silence("OP1"),
    ):
        problem = refused(answer, 409, "clause-closed")
        assert "ask a penholder to reopen it first" in problem["detail"]
    assert await room.head() == before
    reopened = done(await room.as_("FRA").reopen("OP1", "Brasília has a question."))
    assert reopened["kind"] is None
    assert await room.status("OP1") == "open"
    assert (await room.record())[-1]["payload"]["reason"] == "Brasília has a question."
    done(await room.as_("NOR").propose("OP1", TWICE))


async def test_nothing_is_ruled_agreed_while_an_objection_or_an_amendment_stands(room: Room) -> None:
    done(await room.as_("ARG").take("OP1", "object", "The costs are not shown."))
    done(await room.as_("NOR").propose("OP1", TWICE))
    for kind in ("agreed", "ad_ref"):
        problem = refused(await room.as_("FRA").rule("OP1", kind), 409, "objection-stands")
        assert [fact["fact"] for fact in problem["because"]] == ["objection", "open_amendment"]
        assert "ARG objects to v1" in problem["detail"]
    done(await room.as_("FRA").reject("A1"))
    refused(await room.as_("FRA").rule("OP1"), 409, "objection-stands")
    done(await room.as_("ARG").take("OP1", "reserve"))
    done(await room.as_("FRA").rule("OP1"))


async def test_a_groups_objection_stands_in_the_way_through_its_members(room: Room) -> None:
    done(await room.as_("EU").take("OP1", "object", "It is not ready."))
    refused(await room.as_("FRA").rule("OP1"), 409, "objection-stands")
    for who in ("FRA", "ITA"):
        done(await room.as_(who).take("OP1", "accept"))
    done(await room.as_("FRA").rule("OP1"))


async def test_agreed_ad_referendum_waits_for_capitals_and_can_be_amended(room: Room) -> None:
    ruled = done(await room.as_(SECRETARIAT).rule("OP1", "ad_ref", pending=["bra"], package="financing"))
    assert (ruled["pending"], ruled["package"]) == (["BRA"], "financing")
    clause = await room.clause("OP1")
    assert clause["status"] == "ad_ref"
    assert {fact["fact"] for fact in clause["because"]} == {"ruled_ad_ref", "pending", "package"}
    done(await room.as_("FRA").rule("OP1", "agreed"))
    assert await room.status("OP1") == "agreed"
    done(await room.as_("FRA").rule("OP3", "ad_ref"))
    done(await room.as_("NOR").take("OP3", "object", "The terms are not fair."))
    assert await room.status("OP3") == "bracketed"


async def test_only_an_ad_ref_ruling_waits_for_delegations_that_take_part(room: Room) -> None:
    problem = refused(await room.as_("FRA").rule("OP1", "agreed", pending=["BRA"]), 422, "invalid-input")
    assert problem["errors"][0]["field"] == "kind"
    for code in (UNINVITED, "XXX"):
        refused(await room.as_("FRA").rule("OP1", "ad_ref", pending=[code]), 422, "not-taking-part")


async def test_a_new_version_is_not_agreed_because_the_one_before_was(room: Room) -> None:
    done(await room.as_("FRA").rule("OP1", "ad_ref"))
    done(await room.as_("NOR").propose("OP1", TWICE))
    done(await room.as_("FRA").accept("A1"))
    assert await room.status("OP1") == "open"


async def test_what_was_never_closed_cannot_be_reopened(room: Room) -> None:
    refused(await room.as_("FRA").reopen("OP1"), 409, "clause-not-closed")
    done(await room.as_("FRA").rule("OP1"))
    refused(await room.as_("FRA").reopen("OP1", " "), 422, "reason-required")
    refused(await room.as_("NOR").reopen("OP1"), 403, "not-permitted")
    done(await room.as_("FRA").reopen("OP1"))
    refused(await room.as_("FRA").reopen("OP1"), 409, "clause-not-closed")


async def test_nothing_is_agreed_until_everything_is_agreed(room: Room, clock: SetClock) -> None:
    done(await room.as_("NOR").propose("PP3", "Mindful of the rivers,", "insert"))
    for label in await room.labels():
        if label != "Opening":
            done(await room.as_("FRA").rule(label))
    whole = done(await room.as_("ARG").get("/consensus"))
    assert (whole["is_agreed"], whole["counts"]) == (False, {"agreed": 10})
    assert whole["sentence"] == "All 10 paragraphs are agreed, but 1 proposal beside them is open."
    done(await room.as_("NOR").withdraw("A1"))
    assert done(await room.as_("ARG").get("/consensus"))["is_agreed"] is True
    done(await room.as_("FRA").reopen("OP1"))
    whole = done(await room.as_("ARG").get(""))
    assert (whole["is_agreed"], whole["sentence"]) == (
        False,
        "9 of 10 paragraphs are agreed; nothing is agreed until everything is agreed.",
    )
