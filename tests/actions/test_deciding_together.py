"""Several decisions in one act: all of them or none, one entry on the record, and the rehearsal before it."""

from typing import Any

import pytest

from app.actions.deciding_together import MOST_DECISIONS
from tests.api.room import READER, SECRETARIAT, Room, done, refused

OP1 = "Encourages Member States to measure the quality of water every year;"
TWICE = OP1.replace("every year", "twice a year")
DRINKING = OP1.replace("water", "drinking water")
STATES = OP1.replace("Member States", "States")


async def five(room: Room) -> list[dict[str, Any]]:
    """Five amendments by as many delegations, to three paragraphs, with the decision to accept each as it is read."""
    done(await room.as_("NOR").propose("OP1", TWICE))
    done(await room.as_("ARG").propose("OP1", DRINKING))
    done(await room.as_("BRA").propose("OP1", STATES))
    done(await room.as_("ITA").propose("OP3", "Also decides to meet again;", "insert"))
    done(await room.as_("EU").propose("OP2", None, "delete"))
    return [await decision(room, f"A{number}") for number in range(1, 6)]


async def decision(room: Room, name: str, choice: str = "accept", **more: Any) -> dict[str, Any]:
    return {"amendment": name, "etag": await room.version_of(f"/amendments/{name}"), "choice": choice, **more}


async def decide(room: Room, *decisions: dict[str, Any], who: str = "FRA", **more: Any) -> Any:
    return await room.as_(who).post("/decisions", {"decisions": list(decisions)}, **more)


async def rehearse(room: Room, *decisions: dict[str, Any], who: str = "ARG") -> Any:
    return await room.as_(who).post("/decisions/rehearsal", {"decisions": list(decisions)})


async def texts(room: Room) -> dict[str, str]:
    return {clause["label"]: clause["text"] for clause in done(await room.as_("FRA").get("/clauses"))}


# --- all ------------------------------------------------------------------------------------------------------------


async def test_five_amendments_are_accepted_at_once_with_one_entry_on_the_record(room: Room) -> None:
    decisions = await five(room)
    head = await room.head()
    decided = done(await decide(room, *decisions, who=SECRETARIAT))
    assert decided["seq"] == await room.head() == head + 1
    assert [(one["amendment"], one["status"], one["seq"]) for one in decided["decisions"]] == [
        (f"A{number}", "accepted", head + 1) for number in range(1, 6)
    ]
    text = await texts(room)
    assert text["OP1"] == "Encourages States to measure the quality of drinking water twice a year;"
    assert text["OP3 bis"] == "Also decides to meet again;"
    assert not {"OP2", "OP2(a)", "OP2(b)"} & set(text)
    assert await room.is_intact()
    entry = (await room.record())[-1]
    assert entry["verb"] == "amendment.decide_together"
    assert [told["amendment"] for told in entry["payload"]["decisions"]] == [f"A{number}" for number in range(1, 6)]
    ops = [change["op"] for change in entry["payload"]["changes"]]
    assert ops == ["reword"] * 3 + ["insert"] + ["remove"] * 3
    then = done(await room.as_("FRA").get(f"/draft?at={head}"))
    assert OP1.removeprefix("Encourages ") in str(then)
    versions = done(await room.as_("FRA").get("/clauses/OP1/versions"))
    assert [version["origin_name"] for version in versions] == ["", "A1", "A2", "A3"]


async def test_what_the_act_itself_carried_over_is_not_stale(room: Room) -> None:
    decisions = await five(room)
    assert [one["etag"] for one in decisions[:3]] == ['"A1.v1"', '"A2.v1"', '"A3.v1"']
    decided = done(await decide(room, *decisions[:3]))
    assert [one["version"] for one in decided["decisions"]] == [1, 2, 3]


async def test_some_are_accepted_some_with_other_words_and_some_rejected(room: Room) -> None:
    await five(room)
    monthly = OP1.replace("every year", "each month")
    decided = done(
        await decide(
            room,
            await decision(room, "A5", "reject", reason="The room needs it."),
            await decision(room, "A1", text=monthly, reason="As Norway said in the room."),
        )
    )
    assert [(one["amendment"], one["status"]) for one in decided["decisions"]] == [
        ("A5", "rejected"),
        ("A1", "accepted_with_changes"),
    ]
    assert [(other["amendment"], other["outcome"]) for other in decided["others"]] == [("A2", "clean"), ("A3", "clean")]
    assert (await room.amendment("A5"))["reason"] == "The room needs it."
    assert (await texts(room))["OP1"] == monthly
    assert await room.is_intact()


async def test_rejections_alone_are_an_act_too(room: Room) -> None:
    await five(room)
    done(await decide(room, *[await decision(room, f"A{n}", "reject", reason="No time.") for n in (1, 2)]))
    assert "changes" not in (await room.record())[-1]["payload"]
    assert [(await room.amendment(name))["status"] for name in ("A1", "A2", "A3")] == [
        "rejected",
        "rejected",
        "proposed",
    ]
    assert await room.is_intact()


async def test_the_same_request_sent_again_acts_once(room: Room) -> None:
    decisions = await five(room)
    first = done(await decide(room, *decisions, key="together"))
    assert done(await decide(room, *decisions, key="together")) == first
    assert await room.head() == first["seq"]


# --- or nothing -----------------------------------------------------------------------------------------------------


async def test_when_one_is_refused_nothing_happens_and_the_problem_says_which(room: Room) -> None:
    decisions = await five(room)
    before, head = await texts(room), await room.head()
    done(await room.as_("BRA").restate("A3", rationale="It is shorter."))
    problem = refused(await decide(room, *decisions), 412, "stale-version")
    assert (problem["amendment"], problem["current"]["etag"]) == ("A3", '"A3.v2"')
    assert (await texts(room), await room.head()) == (before, head + 1)
    assert [(await room.amendment(f"A{n}"))["status"] for n in range(1, 6)] == ["proposed"] * 5


async def test_two_that_change_the_same_words_are_not_accepted_together(room: Room) -> None:
    await five(room)
    done(await room.as_("BRA").propose("OP1", OP1.replace("every year", "each month")))
    pair = [await decision(room, "A1"), await decision(room, "A6")]
    problem = refused(await decide(room, *pair), 409, "amendment-conflicts")
    assert (problem["amendment"], problem["current"]) == ("A6", TWICE)
    assert (await texts(room))["OP1"] == OP1
    assert (await room.amendment("A6"))["conflicts"] is False


async def test_one_that_an_earlier_decision_absorbs_is_to_be_left_out_of_the_list(room: Room) -> None:
    await five(room)
    done(await room.as_("BRA").propose("OP1", TWICE))
    pair = [await decision(room, "A1"), await decision(room, "A6")]
    problem = refused(await decide(room, *pair), 409, "settled-together")
    assert problem["detail"] == (
        "A6 is absorbed through a decision before it in the list: The text says it since A1. Leave it out of the list."
    )
    assert problem["amendment"] == "A6"


@pytest.mark.parametrize("deciding", [decide, rehearse])
async def test_a_list_that_cannot_be_carried_out_is_refused(room: Room, deciding: Any) -> None:
    first, *_ = await five(room)
    head = await room.head()
    refused(await deciding(room), 422, "invalid-input")
    refused(await deciding(room, *[first] * (MOST_DECISIONS + 1)), 422, "invalid-input")
    twice = refused(await deciding(room, first, {**first, "amendment": "a1"}), 422, "invalid-input")
    assert twice["detail"] == "decisions: A1 is in the list twice; decide once on each amendment."
    unknown = refused(await deciding(room, first, {**first, "amendment": "A99"}), 404, "not-found")
    assert unknown["amendment"] == "A99"
    refused(await deciding(room, {**first, "choice": "postpone"}), 422, "invalid-input")
    words = refused(
        await deciding(room, first | {"choice": "reject", "text": "x", "reason": "y"}), 422, "invalid-input"
    )
    assert words["amendment"] == "A1"
    for etag in ("A1.v9", '"*"', "nonsense"):
        assert refused(await deciding(room, {**first, "etag": etag}), 412, "stale-version")["amendment"] == "A1"
    assert await room.head() == head


async def test_a_rejection_without_a_reason_is_refused_with_the_others(room: Room) -> None:
    first, second, *_ = await five(room)
    problem = refused(await decide(room, first, {**second, "choice": "reject", "reason": " "}), 422, "reason-required")
    assert problem["amendment"] == "A2"
    changed = {**second, "text": "Other words;"}
    assert refused(await decide(room, first, changed), 422, "reason-required")["amendment"] == "A2"
    assert (await room.amendment("A1"))["status"] == "proposed"


async def test_a_draft_of_another_delegation_is_not_there_to_be_decided_on(room: Room) -> None:
    done(await room.as_("NOR").propose("OP1", TWICE, audience="delegation"))
    draft = await decision(room, "A1")
    refused(await decide(room, draft), 404, "not-found")
    refused(await rehearse(room, draft, who="NOR"), 409, "amendment-still-draft")


async def test_only_those_who_hold_the_pen_decide_on_several(room: Room) -> None:
    decisions = await five(room)
    for who in ("NOR", "ILO", READER):
        refused(await decide(room, *decisions, who=who), 403, "not-permitted")


# --- the rehearsal --------------------------------------------------------------------------------------------------


async def test_what_is_rehearsed_is_what_then_happens_and_nothing_is_left_of_it(room: Room) -> None:
    decisions = [one for one in await five(room) if one["amendment"] in ("A5", "A1", "A4")]
    done(await room.as_("BRA").propose("OP1", OP1.replace("every year", "each month")))
    done(await room.as_("ITA").propose("OP1", TWICE))
    done(await room.as_("NOR").propose("OP2(a)", "Fair tariffs;"))
    before, head = await texts(room), await room.head()
    for who in ("ARG", "ILO", READER, SECRETARIAT):
        rehearsed = done(await rehearse(room, *decisions, who=who))
    assert (await texts(room), await room.head()) == (before, head)
    assert [(other["amendment"], other["outcome"]) for other in rehearsed["others"]] == [
        ("A2", "clean"),
        ("A3", "clean"),
        ("A6", "conflicting"),
        ("A7", "absorbed"),
        ("A8", "conflicting"),
    ]
    assert [(clause["label"], clause["status"]) for clause in rehearsed["clauses"]] == [
        ("OP1", "bracketed"),
        ("OP2", "removed"),
        ("OP2(a)", "removed"),
        ("OP2(b)", "removed"),
        ("OP3", "open"),
        ("OP3 bis", "open"),
    ]
    decided = done(await decide(room, *decisions))
    assert rehearsed["seq"] == 0
    assert decided["seq"] == head + 1
    decided["seq"] = 0
    for one in decided["decisions"]:
        one["seq"] = 0
    assert rehearsed == decided
    assert [(await room.clause(label))["status"] for label in ("OP1", "OP2(a)", "OP3 bis")] == [
        "bracketed",
        "removed",
        "open",
    ]
    assert await room.is_intact()


async def test_a_rehearsal_needs_no_reasons_yet(room: Room) -> None:
    first, second, *_ = await five(room)
    rehearsed = done(await rehearse(room, {**first, "choice": "reject"}, {**second, "text": "Other words;"}))
    assert [(one["status"], one["reason"]) for one in rehearsed["decisions"]] == [
        ("rejected", ""),
        ("accepted_with_changes", ""),
    ]
    assert (await room.amendment("A1"))["status"] == "proposed"


async def test_a_sub_amendment_is_accepted_with_what_it_amends_and_falls_with_it(room: Room) -> None:
    done(await room.as_("NOR").propose("OP1", TWICE))
    at_least = TWICE.replace("twice", "at least twice")
    body = {"kind": "replace", "amends": "A1", "text": at_least}
    done(await room.as_("ARG").post("/amendments", body, if_match='"A1.v1"'))
    pair = [await decision(room, "A1"), await decision(room, "A2")]
    rejected = [pair[0] | {"choice": "reject", "reason": "No."}, pair[1]]
    assert refused(await decide(room, *rejected), 409, "settled-together")["amendment"] == "A2"
    done(await decide(room, *pair))
    assert (await texts(room))["OP1"] == at_least
    assert await room.is_intact()
