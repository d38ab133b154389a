"""What delegations do with their proposals: propose, keep as a draft, submit, restate, withdraw, co-sponsor."""

from datetime import datetime

import pytest

from tests.api.room import SECRETARIAT, Room, done, refused
from tests.builders import SetClock

OP1 = "Encourages Member States to measure the quality of water every year;"
TWICE = "Encourages Member States to measure the quality of water twice a year;"


# --- proposing ------------------------------------------------------------------------------------------------------


async def test_a_proposal_shows_its_difference_to_the_text_and_brackets_its_clause(room: Room) -> None:
    made = done(await room.as_("NOR").propose("OP1", TWICE, rationale="Once is not enough."))
    assert made | {"rebased": [], "fallen": []} == made
    assert (made["amendment"], made["version"], made["status"], made["seq"]) == ("A1", 1, "proposed", 18)
    read = await room.amendment("A1", by="ILO")
    assert (read["proposer"], read["label"], read["base_version"]) == ("NOR", "OP1", 1)
    assert read["rationale"] == "Once is not enough."
    assert read["difference"]["marked"] == (
        "Encourages Member States to measure the quality of water [-every-]{+twice a+} year;"
    )
    clause = await room.clause("OP1")
    assert (clause["status"], clause["amendments"], clause["text"]) == ("bracketed", ["A1"], OP1)
    assert clause["because"][0]["sentence"] == "A1 by NOR to change the wording is open."


async def test_a_clause_is_addressed_by_its_label_in_any_spelling_or_by_its_key(room: Room) -> None:
    for number, name in enumerate(("OP2(a)", "op2 (A)", "OP2(a)", "c8"), start=1):
        tag = await room.as_("NOR").tag("/clauses/OP2(a)")
        done(await room.as_("NOR").propose(name, f"Tariffs of kind {number};", if_match=tag))
    assert (await room.clause("OP2(a)"))["amendments"] == ["A1", "A2", "A3", "A4"]


async def test_a_proposal_that_says_what_the_text_says_is_refused(room: Room) -> None:
    refused(await room.as_("NOR").propose("OP1", f"  {OP1} "), 409, "nothing-changes")


async def test_a_deletion_has_no_text_and_another_change_needs_one(room: Room) -> None:
    for kind, text in (("delete", "Words;"), ("replace", None), ("insert", None)):
        problem = refused(await room.as_("NOR").propose("OP1", text, kind), 422, "invalid-input")
        assert problem["errors"][0]["field"] == "text"
    for field, value in (("level", 2), ("paragraph_kind", "operative")):
        problem = refused(await room.as_("NOR").propose("OP1", TWICE, **{field: value}), 422, "invalid-input")
        assert problem["errors"][0]["field"] == field


async def test_the_title_and_the_opening_line_can_be_reworded_and_not_deleted(room: Room) -> None:
    for clause in ("Title", "Opening"):
        refused(await room.as_("NOR").propose(clause, kind="delete"), 409, "clause-fixed")
    done(await room.as_("NOR").propose("Title", "Safe water and sanitation for all"))
    done(await room.as_("FRA").accept("A1"))
    assert done(await room.as_("NOR").get(""))["title"] == "Safe water and sanitation for all"


async def language_until_six(room: Room, clock: SetClock) -> datetime:
    """Set the deadline for the submission of language to this evening."""
    deadline = clock.now.replace(hour=18)
    stored = deadline.strftime("%Y-%m-%d %H:%M:%S") + ("" if room.database.is_sqlite else "+00")
    await room.by_hand(f"update negotiation set submissions_until = '{stored}'")
    return deadline


async def test_no_language_is_taken_after_the_deadline_for_it(room: Room, clock: SetClock) -> None:
    deadline = await language_until_six(room, clock)
    done(await room.as_("NOR").propose("OP1", TWICE))
    done(await room.as_("NOR").propose("OP1", "A draft;", audience="delegation"))
    clock.now = deadline
    problem = refused(await room.as_("NOR").propose("OP1", "Late;"), 409, "submissions-closed")
    assert "2023-01-16T18:00:00+00:00" in problem["detail"]
    refused(await room.as_("NOR").submit("A2"), 409, "submissions-closed")
    done(await room.as_("FRA").accept("A1"))  # what came in time is decided on


async def test_no_other_words_are_put_into_an_amendment_after_the_deadline_for_language(
    room: Room, clock: SetClock
) -> None:
    deadline = await language_until_six(room, clock)
    nor = room.as_("NOR")
    done(await nor.propose("OP1", TWICE, rationale="Once is not enough."))
    done(await nor.propose("OP3", kind="split", texts=["Invites banks;", "Invites funds;"]))
    done(await nor.propose("OP4", "A draft;", audience="delegation"))
    clock.now = deadline
    head = await room.head()
    refused(await nor.restate("A1", text=TWICE.replace("twice", "three times")), 409, "submissions-closed")
    refused(await nor.restate("A1", text="Other words;", rationale="Better."), 409, "submissions-closed")
    refused(await nor.restate("A2", texts=["Invites banks;", "Invites others;"]), 409, "submissions-closed")
    assert (await room.head(), (await room.amendment("A1"))["text"]) == (head, TWICE)
    done(await nor.restate("A1", rationale="The room asked why."))
    done(await nor.restate("A1", text=TWICE, rationale="The room asked why again."))
    assert (await room.amendment("A1"))["rationale"] == "The room asked why again."
    done(await nor.restate("A3", text="Another draft;"))  # nobody else has read it, and nobody will
    refused(await nor.submit("A3"), 409, "submissions-closed")


async def test_an_amendment_is_carried_over_to_the_present_text_although_the_deadline_for_language_has_passed(
    room: Room, clock: SetClock
) -> None:
    done(await room.as_("NOR").propose("OP1", TWICE))
    done(await room.as_("NOR").propose("PP3", "Also concerned,", "insert"))
    clock.now = await language_until_six(room, clock)
    done(await room.as_("FRA").edit("OP1", OP1.replace("Member States", "States")))
    done(await room.as_("FRA").edit("PP3", "Concerned at the price of safe water,"))
    for name in ("A1", "A2"):
        done(await room.as_("NOR").restate(name, rationale="As before."))


# --- drafts ---------------------------------------------------------------------------------------------------------


async def test_a_draft_is_seen_by_its_delegation_alone(room: Room) -> None:
    secret = "Nobody else may read this yet;"
    done(await room.as_("NOR").propose("OP1", secret, audience="delegation", rationale="Between us."))
    done(await room.as_("NOR").restate("A1", rationale="Still between us."))
    done(await room.as_("NOR").propose("PP3", secret, "insert", audience="delegation"))
    assert (await room.clause("OP1", by="NOR"))["amendments"] == ["A1"]
    assert (await room.clause("PP3", by="NOR"))["insertions"] == ["A2"]
    for who in ("FRA", SECRETARIAT, "ARG", "ILO"):
        desk = room.as_(who)
        assert done(await desk.get("/amendments"))["items"] == []
        assert done(await desk.get("/amendments?proposer=NOR"))["items"] == []
        assert done(await desk.get("/amendments?status=draft"))["items"] == []
        refused(await desk.get("/amendments/A1"), 404, "not-found")
        refused(await desk.get("/amendments/A1/versions"), 404, "not-found")
        clause = await room.clause("OP1", by=who)
        assert (clause["status"], clause["amendments"]) == ("open", [])
        assert (await room.clause("PP3", by=who))["insertions"] == []
        for address in ("/record", "/clauses", "/consensus", "/draft", "/export", "/clauses/OP1/versions", ""):
            text = (await desk.get(address)).text
            assert secret not in text, address
            assert "Between us" not in text, address
        hidden = [entry for entry in await room.record(who) if entry["payload"] is None]
        assert [entry["verb"] for entry in hidden] == ["amendment.propose", "amendment.restate", "amendment.propose"]
        refused(await desk.get("/amendments/A1"), 404, "not-found")
    assert all(entry["payload"] for entry in await room.record("NOR"))
    refused(await room.as_("FRA").accept("A1", if_match='"A1.v2"'), 404, "not-found")
    refused(await room.as_("ARG").cosponsor("A1", if_match='"A1.v2"'), 404, "not-found")
    refused(await room.as_("ARG").take("A1", "support", if_match='"A1.v2"'), 404, "not-found")


async def test_a_draft_that_is_submitted_is_before_the_room(room: Room) -> None:
    done(await room.as_("NOR").propose("OP1", TWICE, audience="delegation"))
    refused(await room.as_("NOR").cosponsor("A1"), 409, "amendment-still-draft")
    refused(await room.as_("NOR").take("A1", "support"), 409, "amendment-still-draft")
    assert done(await room.as_("NOR").submit("A1"))["status"] == "proposed"
    assert (await room.amendment("A1", by="ARG"))["text"] == TWICE
    assert await room.status("OP1") == "bracketed"
    refused(await room.as_("NOR").submit("A1"), 409, "amendment-already-submitted")
    assert (await room.record("ARG"))[-1]["payload"]["text"] == TWICE


async def test_a_penholder_does_not_decide_on_a_draft_of_its_own(room: Room) -> None:
    done(await room.as_("FRA").propose("OP1", TWICE, audience="delegation"))
    refused(await room.as_("FRA").accept("A1"), 409, "amendment-still-draft")


async def test_a_draft_is_carried_over_when_it_is_submitted(room: Room) -> None:
    done(await room.as_("NOR").propose("OP1", TWICE, audience="delegation"))
    done(await room.as_("FRA").edit("OP1", OP1.replace("the quality of water", "the quality of all water")))
    assert (await room.amendment("A1", by="NOR"))["text"] == TWICE
    done(await room.as_("NOR").submit("A1"))
    read = await room.amendment("A1")
    assert read["text"] == "Encourages Member States to measure the quality of all water twice a year;"
    assert (read["version"], read["base_version"]) == (2, 2)


async def test_a_draft_that_the_text_has_overtaken_is_restated_first(room: Room) -> None:
    done(await room.as_("NOR").propose("OP1", TWICE, audience="delegation"))
    done(await room.as_("FRA").edit("OP1", OP1.replace("every year", "each month")))
    problem = refused(await room.as_("NOR").submit("A1"), 409, "amendment-conflicts")
    assert (problem["proposed"], problem["current"]) == (TWICE, OP1.replace("every year", "each month"))
    done(await room.as_("NOR").restate("A1", text=TWICE))
    done(await room.as_("NOR").submit("A1"))
    done(await room.as_("NOR").propose("OP1", "Nothing else;", audience="delegation"))
    done(await room.as_("FRA").edit("OP1", "Nothing else;"))
    refused(await room.as_("NOR").submit("A2"), 409, "nothing-changes")


async def test_a_draft_that_is_withdrawn_stays_unseen(room: Room) -> None:
    done(await room.as_("NOR").propose("OP1", TWICE, audience="delegation"))
    assert done(await room.as_("NOR").withdraw("A1", reason="Not now."))["status"] == "withdrawn"
    refused(await room.as_("ARG").get("/amendments/A1"), 404, "not-found")
    assert (await room.record("ARG"))[-1]["payload"] is None
    assert (await room.amendment("A1", by="NOR"))["reason"] == "Not now."


# --- restating and withdrawing ----------------------------------------------------------------------------------------


async def test_the_original_words_of_a_restated_amendment_are_kept(room: Room) -> None:
    done(await room.as_("NOR").propose("OP1", TWICE))
    done(await room.as_("NOR").restate("A1", text=TWICE.replace("twice", "three times"), rationale="More."))
    versions = done(await room.as_("ARG").get("/amendments/A1/versions"))
    assert [(v["number"], v["origin"], v["text"]) for v in versions] == [
        (1, "proposed", TWICE),
        (2, "restated", TWICE.replace("twice", "three times")),
    ]
    assert (await room.amendment("A1"))["rationale"] == "More."
    refused(await room.as_("NOR").restate("A1"), 409, "nothing-changes")


async def test_restating_releases_those_who_stood_behind_other_words(room: Room) -> None:
    done(await room.as_("NOR").propose("OP1", TWICE))
    done(await room.as_("ARG").cosponsor("A1"))
    done(await room.as_("BRA").take("A1", "support"))
    done(await room.as_("NOR").restate("A1", text="Quite different;"))
    read = await room.amendment("A1")
    assert (read["cosponsors"], read["positions"]) == ([], [])
    assert (await room.record())[-1]["payload"]["released"] == ["ARG"]
    assert done(await room.as_("ARG").cosponsor("A1"))["cosponsors"] == ["ARG"]


async def test_a_withdrawn_amendment_stays_on_the_record_and_frees_the_clause(room: Room) -> None:
    done(await room.as_("NOR").propose("OP1", TWICE))
    done(await room.as_("NOR").withdraw("A1", reason="OP3 covers it."))
    read = await room.amendment("A1")
    assert (read["status"], read["reason"], read["text"]) == ("withdrawn", "OP3 covers it.", TWICE)
    assert await room.status("OP1") == "open"


@pytest.mark.parametrize("outcome", ["withdrawn", "rejected", "accepted"])
async def test_an_amendment_with_an_outcome_takes_no_further_act(room: Room, outcome: str) -> None:
    nor, arg, fra = room.as_("NOR"), room.as_("ARG"), room.as_("FRA")
    done(await nor.propose("OP1", TWICE))
    match outcome:
        case "withdrawn":
            done(await nor.withdraw("A1"))
        case "rejected":
            done(await fra.reject("A1"))
        case "accepted":
            done(await fra.accept("A1"))
    before = await room.head()
    for answer in (
        await nor.restate("A1", text="Other words;"),
        await nor.submit("A1"),
        await nor.withdraw("A1"),
        await arg.cosponsor("A1"),
        await arg.leave("A1"),
        await arg.take("A1", "support"),
        await arg.take_back("A1"),
        await fra.accept("A1"),
        await fra.reject("A1"),
    ):
        problem = refused(answer, 409, "amendment-settled")
        assert problem["detail"].startswith(f"A1 is {outcome};")
    assert await room.head() == before


# --- co-sponsoring ----------------------------------------------------------------------------------------------------


async def test_delegations_join_an_amendment_and_leave_it_again(room: Room) -> None:
    done(await room.as_("NOR").propose("OP1", TWICE))
    assert done(await room.as_("BRA").cosponsor("A1"))["cosponsors"] == ["BRA"]
    assert done(await room.as_("ARG").cosponsor("A1"))["cosponsors"] == ["BRA", "ARG"]
    assert (await room.clause("OP1"))["because"][0]["sentence"] == (
        "A1 by NOR, BRA and ARG to change the wording is open."
    )
    refused(await room.as_("ARG").cosponsor("A1"), 409, "already-behind")
    refused(await room.as_("NOR").cosponsor("A1"), 409, "already-behind")
    refused(await room.as_("ILO").cosponsor("A1"), 403, "not-permitted")
    assert done(await room.as_("BRA").leave("A1"))["cosponsors"] == ["ARG"]
    refused(await room.as_("BRA").leave("A1"), 404, "not-found")
    assert done(await room.as_("BRA").cosponsor("A1"))["cosponsors"] == ["ARG", "BRA"]


async def test_nobody_co_sponsors_words_that_were_changed_unseen(room: Room) -> None:
    done(await room.as_("NOR").propose("OP1", TWICE))
    read = await room.as_("ARG").tag("/amendments/A1")
    done(await room.as_("NOR").restate("A1", text="Quite different;"))
    problem = refused(await room.as_("ARG").cosponsor("A1", if_match=read), 412, "stale-version")
    assert problem["current"]["etag"] == '"A1.v2"'
