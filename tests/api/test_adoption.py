"""From tabling to adoption: oral revisions, votes, the action, explanations and dissociations."""

from typing import Any

import httpx

from tests.api.room import SECRETARIAT, Desk, Room, done, refused
from tests.api.test_tabling import ALTHOUGH, SYMBOL, agree_on_all, move, table, the_way
from tests.builders import SetClock

RESOLUTION = "A/RES/77/281"
MEETING = "66th plenary meeting"
OP1 = "Encourages all Member States to measure the quality of water every year;"


async def tabled(room: Room, *, but: tuple[str, ...] = ()) -> Desk:
    """The text is agreed but for some paragraphs, and tabled. The desk of France."""
    fra = room.as_("FRA")
    done(await move(fra, "working_group"))
    await agree_on_all(room, but=but)
    done(await table(fra, day="2023-01-12", although=ALTHOUGH if but else ""))
    return fra


async def read_out(room: Room, *changes: dict[str, Any], **more: Any) -> httpx.Response:
    tagged = [{"etag": await room.version_of(f"/clauses/{one['clause']}"), **one} for one in changes]
    return await room.as_("FRA").post("/oral-revisions", {"changes": tagged, **more})


async def adopt(desk: Desk, **more: Any) -> httpx.Response:
    return await desk.post("/adoption", {"symbol": RESOLUTION, "meeting": MEETING, "day": "2023-01-16", **more})


async def vote_on(room: Room, clause: str, **how: Any) -> httpx.Response:
    tag = await room.version_of(f"/clauses/{clause}")
    body = {"clause": clause, "etag": tag, "requested_by": ["ARG"], "meeting": MEETING, **how}
    return await room.as_("FRA").post("/votes", body)


def replace(clause: str, wording: str) -> dict[str, Any]:
    return {"change": "replace", "clause": clause, "text": wording}


async def draft_at(room: Room, at: str = "") -> dict[str, Any]:
    return dict(done(await room.as_("NOR").get(f"/draft{f'?at={at}' if at else ''}"))["draft"])


def words(draft: dict[str, Any]) -> dict[str, str]:
    return {clause["label"]: clause["text"] for clause in draft["clauses"]}


# --- oral revisions -------------------------------------------------------------------------------------------------


async def test_what_is_read_out_is_in_the_text_at_once_and_shown_against_the_text_as_tabled(room: Room) -> None:
    fra = await tabled(room)
    made = done(
        await read_out(
            room,
            replace("OP1", OP1),
            {"change": "insert", "clause": "OP1", "text": "Invites the World Health Organization to assist them;"},
            {"change": "delete", "clause": "OP3"},
            announced_by="the representative of France",
        )
    )
    assert [(one["change"], one["label"]) for one in made["changed"]] == [
        ("replace", "OP1"),
        ("insert", "OP1 bis"),
        ("delete", "OP3"),
    ]
    assert made["revision"] == "as orally revised"
    assert words(await draft_at(room, "as tabled"))["OP3"].startswith("Invites development banks")
    now = words(await draft_at(room))
    assert now == words(await draft_at(room, "as orally revised"))
    assert (now["OP1"], "OP3" in now) == (OP1, False)
    versions = done(await fra.get("/clauses/OP1/versions"))
    assert versions[-1]["origin_name"] == "Orally revised, as announced by the representative of France."
    changes = done(await fra.get("/changes?from=as tabled&to=as orally revised"))
    assert "World Health Organization" in str(changes)
    removed = next(c for c in done(await fra.get("/clauses?removed=true")) if c["label"] == "OP3")
    assert removed["because"][0]["sentence"] == "It was deleted by the sponsors (the oral revision)."
    second = done(await read_out(room, replace("OP1", OP1.replace("every year", "twice a year"))))
    assert (second["revision"], second["announced_by"]) == ("as orally revised 2", "FRA")
    assert [one["revision"] for one in (await the_way(room))["oral_revisions"]] == [
        "as orally revised",
        "as orally revised 2",
    ]
    assert await room.is_intact()


async def test_what_was_agreed_on_the_words_before_lapses_with_them(room: Room) -> None:
    fra = await tabled(room)
    done(await read_out(room, replace("OP1", OP1)))
    assert await room.status("OP1") == "open"
    assert (await room.clause("OP1"))["next"] == [
        {
            "verb": "text.revise_orally",
            "sentence": "The text is tabled: its sponsors may revise it orally.",
            "delegations": [],
        }
    ]
    done(await room.as_("NOR").take("OP1", "support"))
    refused(await fra.rule("OP1"), 409, "text-tabled")


async def test_an_oral_revision_is_carried_out_as_a_whole_or_not_at_all(room: Room) -> None:
    await tabled(room)
    before = await room.head()
    stale = {**replace("OP3", "Invites all banks to finance safe water;"), "etag": '"c10.v9"'}
    refused(await read_out(room, replace("OP1", OP1), stale), 412, "stale-version")
    current = (await room.clause("OP3"))["text"]
    refused(await read_out(room, replace("OP1", OP1), replace("OP3", current)), 409, "nothing-changes")
    refused(await read_out(room, replace("OP1", OP1), replace("OP1", "Encourages;")), 422, "invalid-input")
    refused(await read_out(room, {"change": "delete", "clause": "Title"}), 409, "clause-fixed")
    refused(await read_out(room, {"change": "delete", "clause": "OP1", "text": "Words;"}), 422, "invalid-input")
    refused(await read_out(room, {"change": "replace", "clause": "OP1"}), 422, "invalid-input")
    refused(
        await read_out(room, {"change": "delete", "clause": "OP2"}, replace("OP2(a)", "Fair tariffs;")),
        409,
        "clause-removed",
    )
    assert await room.head() == before
    assert words(await draft_at(room)) == words(await draft_at(room, "as tabled"))


async def test_an_oral_revision_takes_up_an_open_amendment_or_leaves_it_open(room: Room) -> None:
    done(await room.as_("NOR").propose("OP1", OP1))
    await tabled(room, but=("OP1",))
    made = done(await read_out(room, replace("OP1", OP1)))
    assert [(one["amendment"], one["outcome"]) for one in made["rebased"]] == [("A1", "absorbed")]
    assert (await room.amendment("A1"))["status"] == "absorbed"


async def test_a_text_is_revised_orally_only_once_it_is_tabled(room: Room) -> None:
    problem = refused(await read_out(room, replace("OP1", OP1)), 409, "not-tabled")
    assert "Table it first" in problem["detail"]
    refused(await room.as_("NOR").post("/oral-revisions", {"changes": []}), 403, "not-permitted")


# --- adoption without a vote ----------------------------------------------------------------------------------------


async def test_a_text_is_adopted_without_a_vote_with_its_symbol_and_final_numbers_and_is_closed(room: Room) -> None:
    fra = await tabled(room)
    done(await read_out(room, {"change": "insert", "clause": "OP1", "text": "Recalls paragraph 3 above;"}))
    done(await fra.comment("OP1", "For the record of the meeting."))
    made = done(await adopt(fra))
    assert (made["is_adopted"], made["vote"], made["tally"]) == (True, "", None)
    assert made["labels"] == {
        "OP1 bis": "OP2",
        "OP2": "OP3",
        "OP2(a)": "OP3(a)",
        "OP2(b)": "OP3(b)",
        "OP3": "OP4",
        "OP4": "OP5",
    }
    seen = done(await fra.get(""))
    assert (seen["stage"], seen["symbol"]) == ("adopted", RESOLUTION)
    front = (await draft_at(room, "as adopted"))["front"]
    assert front["closing"] == [MEETING, "16 January 2023"]
    assert front["masthead"] == [
        "Resolution adopted by the General Assembly on 16 January 2023",
        f"[without reference to a Main Committee ({SYMBOL})]",
    ]
    way = await the_way(room)
    assert way["adopted"] == {
        "symbol": RESOLUTION,
        "day": "2023-01-16",
        "meeting": MEETING,
        "vote": "",
        "revision": "as adopted",
        "sentence": "The draft resolution was adopted without a vote at the 66th plenary meeting on 16 January 2023, "
        f"as {RESOLUTION}.",
    }
    assert [reached["stage"] for reached in way["stages"]][-2:] == ["tabled", "adopted"]
    assert way["tabled"]["symbol"] == SYMBOL
    assert (await room.clause("OP2"))["text"] == "Recalls paragraph 4 below;"
    assert await room.is_intact()


async def test_nothing_is_written_to_a_text_that_was_adopted(room: Room) -> None:
    done(await room.as_("NOR").propose("PP2", "Noting rivers,", audience="delegation"))
    fra = await tabled(room)
    done(await adopt(fra))
    head = await room.head()
    for answer in (
        await fra.propose("OP1", "Other words;"),
        await room.as_("NOR").submit("A1"),
        await room.as_("NOR").withdraw("A1"),
        await fra.edit("OP1", "Other words;"),
        await room.as_("NOR").take("OP1", "object", "cost"),
        await room.as_("NOR").take_back("OP1"),
        await fra.rule("OP1"),
        await fra.reopen("OP1"),
        await fra.open_silence("OP1"),
        await fra.post("/revisions", {}),
        await move(fra, "working_group", reason="Why not."),
        await table(fra),
        await read_out(room, replace("OP1", OP1)),
        await vote_on(room, "OP1", against=["ARG"]),
        await fra.post("/vote-requests", {}),
        await adopt(fra),
    ):
        problem = refused(answer, 409, "text-adopted")
        assert RESOLUTION in problem["detail"]
    assert await room.head() == head
    assert (await room.clause("OP1"))["next"] == []


async def test_a_text_is_not_adopted_without_a_vote_while_a_delegation_objects(room: Room) -> None:
    fra = await tabled(room, but=("OP3",))
    done(await room.as_("ARG").take("OP3", "object", "It binds our banks."))
    problem = refused(await adopt(fra), 409, "adoption-objected")
    assert "On OP3: ARG objects to v1: “It binds our banks”." in problem["detail"]
    done(await room.as_("ARG").take_back("OP3"))
    done(await adopt(fra))


async def test_a_text_is_not_adopted_without_a_vote_while_an_amendment_is_open(room: Room) -> None:
    done(await room.as_("NOR").propose("OP1", OP1))
    done(await room.as_("BRA").propose("OP3", "Invites everybody;", "insert"))
    fra = await tabled(room, but=("OP1",))
    problem = refused(await adopt(fra), 409, "adoption-amended")
    assert "Still open: A1, A2." in problem["detail"]
    done(await room.as_("NOR").withdraw("A1"))
    done(await room.as_("BRA").withdraw("A2"))
    done(await adopt(fra))


async def test_what_was_proposed_to_a_text_that_a_vote_adopts_gets_its_outcome(room: Room) -> None:
    done(await room.as_("NOR").propose("OP1", OP1))
    fra = await tabled(room, but=("OP1",))
    made = done(await adopt(fra, recorded_vote={"in_favour": ["FRA", "ITA"], "against": ["NOR"]}))
    assert made["rejected"] == ["A1"]
    found = await room.amendment("A1")
    assert (found["status"], found["reason"]) == (
        "rejected",
        f"The text was adopted without it, as {RESOLUTION}.",
    )
    assert await room.is_intact()


# --- votes ----------------------------------------------------------------------------------------------------------


async def test_a_text_on_which_a_vote_was_requested_is_not_adopted_without_one(room: Room) -> None:
    fra = await tabled(room)
    asked = done(await room.as_("ARG").post("/vote-requests", {}))
    assert (asked["request"], asked["on"], asked["delegation"]) == ("R1", "", "ARG")
    problem = refused(await adopt(fra), 409, "vote-requested")
    assert "A vote on the whole text was requested by ARG (R1)" in problem["detail"]
    refused(await room.as_("ARG").post("/vote-requests", {}), 409, "vote-already-requested")
    refused(await room.as_("NOR").delete("/vote-requests/R1"), 403, "not-yours")
    done(await room.as_("ARG").delete("/vote-requests/R1"))
    refused(await room.as_("ARG").delete("/vote-requests/R1"), 409, "request-over")
    done(await adopt(fra))
    assert [request["state"] for request in (await the_way(room))["vote_requests"]] == ["withdrawn"]


async def test_a_recorded_vote_names_each_state_in_alphabetical_order_with_who_asked_for_it(room: Room) -> None:
    fra = await tabled(room)
    done(await room.as_("ARG").post("/vote-requests", {}))
    roll = {
        "in_favour": ["ita", "FRA", "TUR", "CIV", "HRV"],
        "against": ["ARG"],
        "abstaining": ["NOR"],
        "requested_by": ["CHE"],
    }
    made = done(await adopt(fra, recorded_vote=roll))
    assert made["tally"] == {"in_favour": 5, "against": 1, "abstaining": 1}
    way = await the_way(room)
    (vote,) = way["votes"]
    assert [state["name"] for state in vote["in_favour"]] == [
        "Côte d’Ivoire",
        "Croatia",
        "Name of FRA",
        "Name of ITA",
        "Türkiye",
    ]
    assert vote["requested_by"] == ["ARG", "CHE"]
    assert vote["sentence"] == (
        "The draft resolution was adopted by a recorded vote of 5 in favour to 1 against, with 1 abstention."
    )
    assert way["adopted"]["vote"] == "V1"
    assert "by a recorded vote of 5 in favour" in way["adopted"]["sentence"]
    assert (way["vote_requests"][0]["state"], way["vote_requests"][0]["vote"]) == ("met", "V1")
    assert await room.is_intact()


async def test_a_text_that_is_voted_down_stays_tabled_and_is_reconsidered_only_by_decision(room: Room) -> None:
    fra = await tabled(room)
    before = await draft_at(room)
    made = done(await adopt(fra, recorded_vote={"in_favour": ["FRA"], "against": ["ARG"], "abstaining": ["NOR"]}))
    assert (made["is_adopted"], made["vote"], made["symbol"]) == (False, "V1", "")
    way = await the_way(room)
    assert (way["stage"], way["is_rejected"], way["adopted"]) == ("tabled", True, None)
    assert way["votes"][0]["sentence"].startswith("The draft resolution was rejected by a recorded vote of 1 in favour")
    assert await draft_at(room) == before
    for answer in (
        await adopt(fra, recorded_vote={"in_favour": ["FRA"]}),
        await read_out(room, replace("OP1", OP1)),
        await vote_on(room, "OP1", in_favour=["FRA"]),
        await room.as_("ARG").post("/vote-requests", {}),
    ):
        problem = refused(answer, 409, "text-rejected")
        assert "V1 on 2023-01-16" in problem["detail"]
    decided = "Decided on 16 January 2023 by 101 votes to 12."
    done(await adopt(fra, recorded_vote={"in_favour": ["FRA", "ITA"], "against": ["ARG"]}, reconsidered=decided))
    way = await the_way(room)
    assert (way["stage"], way["is_rejected"], way["adopted"]["vote"]) == ("adopted", False, "V2")
    assert await room.is_intact()


async def test_what_was_not_rejected_is_not_reconsidered(room: Room) -> None:
    fra = await tabled(room)
    refused(await adopt(fra, reconsidered="By two thirds."), 409, "nothing-to-reconsider")


async def test_two_thirds_are_asked_for_where_the_body_says_so(room: Room) -> None:
    fra = await tabled(room)
    roll = {"in_favour": ["FRA", "ITA", "BRA"], "against": ["ARG", "NOR"], "majority": "two_thirds"}
    assert done(await adopt(fra, recorded_vote=roll))["is_adopted"] is False


async def test_only_member_states_vote_and_each_once(room: Room) -> None:
    fra = await tabled(room)
    for code, what in (("EU", "entered as group"), ("ILO", "entered as organisation"), ("PSE", "an observer")):
        problem = refused(await adopt(fra, recorded_vote={"in_favour": [code]}), 422, "not-a-member-state")
        assert f"{code} is {what}" in problem["detail"]
    refused(await adopt(fra, recorded_vote={"in_favour": ["XXX"]}), 422, "not-a-member-state")
    twice = {"in_favour": ["FRA"], "against": ["fra"]}
    problem = refused(await adopt(fra, recorded_vote=twice), 422, "invalid-input")
    assert "a state votes once" in problem["detail"]
    refused(await adopt(fra, recorded_vote={}), 422, "invalid-input")
    refused(await room.as_("EU").post("/vote-requests", {}), 422, "not-a-member-state")


async def test_the_action_is_not_before_the_tabling(room: Room) -> None:
    fra = await tabled(room)
    problem = refused(await adopt(fra, day="2023-01-11"), 422, "invalid-input")
    assert "before the text was tabled, on 2023-01-12" in problem["detail"]


async def test_a_paragraph_is_put_to_a_separate_vote_before_the_whole_and_retained(room: Room) -> None:
    fra = await tabled(room)
    done(await room.as_("ARG").post("/vote-requests", {"clause": "OP3"}))
    for how in ({}, {"recorded_vote": {"in_favour": ["FRA"]}}):
        problem = refused(await adopt(fra, **how), 409, "vote-requested")
        assert "A vote on OP3 was requested by ARG (R1). Record that vote first" in problem["detail"]
    made = done(await vote_on(room, "OP3", in_favour=["FRA", "ITA"], against=["ARG"], requested_by=[]))
    assert (made["is_carried"], made["removed"], made["requested_by"]) == (True, [], ["ARG"])
    assert (await the_way(room))["votes"][0]["sentence"] == (
        "Operative paragraph 3 was retained by a recorded vote of 2 in favour to 1 against, with no abstentions."
    )
    done(await adopt(fra))


async def test_a_paragraph_that_is_voted_down_leaves_the_text_with_its_sub_paragraphs(room: Room) -> None:
    fra = await tabled(room)
    made = done(await vote_on(room, "OP2", in_favour=["FRA"], against=["ARG"]))
    assert (made["is_carried"], made["removed"], made["rejects_whole"]) == (False, ["OP2", "OP2(a)", "OP2(b)"], False)
    removed = [c for c in done(await fra.get("/clauses?removed=true")) if c["status"] == "removed"]
    assert {c["because"][0]["sentence"] for c in removed} == {"It was rejected in the vote V1."}
    assert done(await adopt(fra))["labels"] == {"OP3": "OP2", "OP4": "OP3"}
    assert (await the_way(room))["votes"][0]["on"] == "OP2"
    assert await room.is_intact()


async def test_when_no_operative_paragraph_is_left_the_whole_text_is_rejected(room: Room) -> None:
    fra = await tabled(room)
    for label in ("OP1", "OP2", "OP3"):
        assert done(await vote_on(room, label, against=["ARG"]))["rejects_whole"] is False
    assert done(await vote_on(room, "OP4", against=["ARG"]))["rejects_whole"] is True
    assert (await the_way(room))["is_rejected"] is True
    refused(await adopt(fra), 409, "text-rejected")
    assert await room.is_intact()


async def test_a_separate_vote_is_on_a_paragraph_as_it_was_read_where_somebody_asked_for_it(room: Room) -> None:
    await tabled(room)
    refused(await vote_on(room, "OP1", in_favour=["FRA"], requested_by=[]), 422, "invalid-input")
    refused(await vote_on(room, "OP1", in_favour=["FRA"], etag='"c6.v9"'), 412, "stale-version")
    refused(await vote_on(room, "Title", in_favour=["FRA"]), 409, "clause-fixed")
    done(await vote_on(room, "OP1", against=["FRA"]))
    refused(await vote_on(room, "OP1", against=["FRA"]), 409, "clause-removed")


async def test_a_state_that_meant_to_vote_otherwise_is_recorded_beside_the_vote_which_stands(room: Room) -> None:
    fra = await tabled(room)
    done(await adopt(fra, recorded_vote={"in_favour": ["FRA"], "abstaining": ["NOR"]}))
    own = done(await room.as_("NOR").post("/votes/V1/corrections", {"intended": "in_favour"}))
    assert (own["state"], own["recorded"], own["intended"]) == ("NOR", "abstaining", "in_favour")
    refused(await room.as_("NOR").post("/votes/V1/corrections", {"intended": "in_favour"}), 409, "nothing-to-correct")
    done(await fra.post("/votes/V1/corrections", {"intended": "in_favour", "state": "SEN"}))
    refused(await fra.post("/votes/V1/corrections", {"intended": "against", "state": "ARG"}), 409, "speaks-for-itself")
    for state in ("ARG", "SEN"):
        body = {"intended": "against", "state": state}
        refused(await room.as_("NOR").post("/votes/V1/corrections", body), 403, "not-yours")
    refused(await fra.post("/votes/V9/corrections", {"intended": "against"}), 404, "not-found")
    (vote,) = (await the_way(room))["votes"]
    assert vote["tally"] == {"in_favour": 1, "against": 0, "abstaining": 1}
    assert [(c["state"]["name"], c["recorded"], c["intended"]) for c in vote["corrections"]] == [
        ("Name of NOR", "abstaining", "in_favour"),
        ("Senegal", None, "in_favour"),
    ]
    assert await room.is_intact()


# --- explanations ---------------------------------------------------------------------------------------------------


async def test_delegations_explain_their_position_before_and_after_the_action(room: Room) -> None:
    fra = await tabled(room)
    before = done(await room.as_("NOR").post("/explanations", {"text": "We support the text.\n\nIt is balanced."}))
    assert (before["explanation"], before["subject"], before["when"]) == ("E1", "position", "before")
    refused(await room.as_("NOR").post("/explanations", {"text": "Thanks.", "when": "after"}), 409, "no-action-yet")
    done(await adopt(fra))
    after = done(await room.as_("ILO").post("/explanations", {"text": "We shall help.", "clauses": ["OP1", "OP2(a)"]}))
    assert (after["when"], after["labels"]) == ("after", ["OP1", "OP2(a)"])
    body = {"text": "We abstained.", "subject": "vote"}
    refused(await room.as_("NOR").post("/explanations", body), 409, "no-vote-to-explain")
    found = (await the_way(room))["explanations"]
    assert [(e["delegation_name"], e["when"], e["labels"]) for e in found] == [
        ("Name of NOR", "before", []),
        ("Name of ILO", "after", ["OP1", "OP2(a)"]),
    ]
    assert found[0]["text"] == "We support the text.\n\nIt is balanced."
    assert await room.is_intact()


async def test_after_a_vote_it_is_the_vote_that_is_explained(room: Room) -> None:
    fra = await tabled(room)
    done(await room.as_("ARG").post("/vote-requests", {}))
    assert done(await room.as_("ARG").post("/explanations", {"text": "We shall vote no."}))["subject"] == "vote"
    done(await adopt(fra, recorded_vote={"in_favour": ["FRA"], "against": []}))
    assert done(await room.as_("NOR").post("/explanations", {"text": "We were in the lift."}))["subject"] == "vote"


async def test_sponsors_do_not_explain_their_vote_on_their_own_text(room: Room) -> None:
    fra = await tabled(room)
    await room.by_hand("""update negotiation set sponsors = '["Name of FRA"]'""")
    body = {"text": "We vote in favour.", "subject": "vote"}
    refused(await fra.post("/explanations", body), 409, "sponsors-do-not-explain")
    done(await fra.post("/explanations", {**body, "subject": "position"}))


async def test_those_who_hold_the_pen_record_what_a_delegation_without_a_seat_says_and_for_no_other(room: Room) -> None:
    await tabled(room)
    secretariat = room.as_(SECRETARIAT)
    given = done(await secretariat.post("/explanations", {"text": "We joined.", "delegation": "per"}))
    assert given["delegation"] == "PER"
    refused(
        await secretariat.post("/explanations", {"text": "We joined.", "delegation": "NOR"}), 409, "speaks-for-itself"
    )
    refused(await secretariat.post("/explanations", {"text": "We joined."}), 403, "no-voice")
    refused(await secretariat.post("/explanations", {"text": "We joined.", "delegation": "XXX"}), 404, "not-found")
    refused(await room.as_("NOR").post("/explanations", {"text": "We.", "delegation": "PER"}), 403, "not-yours")


# --- dissociations --------------------------------------------------------------------------------------------------


async def apart(desk: Desk, *clauses: str, **more: Any) -> httpx.Response:
    return await desk.post("/dissociations", {"clauses": list(clauses), "statement": "Our law differs.", **more})


async def test_a_delegation_that_dissociates_itself_no_longer_blocks_and_consensus_can_be_ruled(room: Room) -> None:
    arg, fra = room.as_("ARG"), room.as_("FRA")
    done(await arg.take("OP3", "object", "cost"))
    refused(await apart(arg, "OP3"), 409, "nothing-agreed-yet")
    done(await fra.rule("OP1"))
    refused(await fra.rule("OP3"), 409, "objection-stands")
    made = done(await apart(arg, "OP3", "OP1"))
    assert (made["dissociation"], made["labels"], made["lifted"]) == ("D1", ["OP1", "OP3"], ["OP3"])
    assert made["sentence"] == "Name of ARG dissociates itself from operative paragraphs 1 and 3."
    seen = await room.clause("OP3")
    assert [fact["fact"] for fact in seen["because"]][-1] == "dissociation"
    assert seen["because"][-1]["sentence"] == "ARG dissociates itself from it: “Our law differs”."
    assert await room.status("OP1") == "agreed"
    done(await fra.rule("OP3"))
    assert await room.status("OP3") == "agreed"
    refused(await apart(arg, "OP3"), 409, "already-dissociated")
    assert (await room.record())[-2]["payload"]["lifted"] == [{"clause": "c10", "label": "OP3"}]
    assert await room.is_intact()


async def test_a_dissociation_stays_with_the_paragraph_and_is_printed_with_its_final_number(room: Room) -> None:
    fra = room.as_("FRA")
    done(await fra.rule("OP1"))
    done(await apart(room.as_("ARG"), "OP4"))
    done(await apart(room.as_("ARG"), "PP2", "OP2(a)"))
    done(await apart(room.as_("NOR"), "OP3"))
    await tabled(room)
    done(await read_out(room, {"change": "insert", "clause": "OP1", "text": "Invites others to assist them;"}))
    done(await read_out(room, replace("OP3", "Invites banks to finance safe water;")))
    done(await vote_on(room, "OP3", against=["NOR"]))
    done(await adopt(fra))
    way = await the_way(room)
    assert way["dissociated"] == [
        "Name of ARG dissociates itself from preambular paragraph 2 and operative paragraphs 3 (a) and 4."
    ]
    assert [one["sentence"] for one in way["dissociations"]] == [
        "Name of ARG dissociates itself from operative paragraph 4.",
        "Name of ARG dissociates itself from preambular paragraph 2 and operative paragraph 3 (a).",
        "",
    ]
    done(await apart(room.as_("BRA"), "OP1"))  # in an explanation after the action
    assert len((await the_way(room))["dissociated"]) == 2
    assert await room.is_intact()


async def test_a_dissociation_is_withdrawn_by_who_declared_it_and_the_objection_does_not_come_back(room: Room) -> None:
    arg = room.as_("ARG")
    done(await room.as_("FRA").rule("OP1"))
    done(await arg.take("OP3", "object", "cost"))
    done(await apart(arg, "OP3"))
    refused(await room.as_("NOR").delete("/dissociations/D1"), 403, "not-yours")
    done(await arg.delete("/dissociations/d1"))
    refused(await arg.delete("/dissociations/D1"), 409, "dissociation-withdrawn")
    refused(await arg.delete("/dissociations/D2"), 404, "not-found")
    assert (await room.clause("OP3"))["positions"] == []
    way = await the_way(room)
    assert way["dissociated"] == []
    assert way["dissociations"][0]["withdrawn_at"] is not None


async def test_who_dissociates_itself_is_not_bound_by_the_objection_of_its_group(room: Room) -> None:
    done(await room.as_("FRA").rule("OP1"))
    done(await room.as_("EU").take("OP3", "object", "cost"))
    assert await room.status("OP3") == "bracketed"
    done(await apart(room.as_("ITA"), "OP3"))
    objectors = [f["delegations"] for f in (await room.clause("OP3"))["because"] if f["fact"] == "objection"]
    assert objectors == [["FRA"]]


async def test_a_silence_that_passed_is_a_consensus_to_dissociate_from(room: Room, clock: SetClock) -> None:
    done(await room.as_("FRA").open_silence("OP3"))
    refused(await apart(room.as_("ARG"), "OP3"), 409, "nothing-agreed-yet")
    clock.advance(hours=72)
    done(await apart(room.as_("ARG"), "OP3"))
    assert await room.status("OP3") == "agreed"


async def test_the_whole_way_replays_from_the_record(room: Room) -> None:
    """From the zero draft to the resolution, with everything on the way."""
    fra = room.as_("FRA")
    done(await room.as_("NOR").propose("OP1", OP1))
    done(await fra.accept("A1"))
    done(await apart_after_ruling(room))
    await tabled(room, but=("OP3",))
    done(await read_out(room, {"change": "delete", "clause": "PP3"}, replace("OP3", "Invites banks to act;")))
    done(await room.as_("ARG").post("/vote-requests", {"clause": "OP3"}))
    done(await vote_on(room, "OP3", in_favour=["FRA"], against=["ARG", "BRA"]))
    done(
        await adopt(fra, recorded_vote={"in_favour": ["FRA", "ITA", "NOR"], "against": ["ARG"], "abstaining": ["BRA"]})
    )
    assert await room.is_intact()
    at_head = await draft_at(room, str(await room.head()))
    assert at_head == await draft_at(room) == await draft_at(room, "as adopted")
    assert [r["name"] for r in done(await fra.get("/revisions"))] == [
        "zero draft",
        "as tabled",
        "as orally revised",
        "as adopted",
    ]


async def apart_after_ruling(room: Room) -> httpx.Response:
    done(await room.as_("FRA").rule("PP1"))
    return await apart(room.as_("BRA"), "PP1")
