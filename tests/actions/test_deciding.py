"""What becomes of amendments: accepted, with changes, rejected; and what happens to the others meanwhile."""

from tests.api.room import SECRETARIAT, Room, done, refused
from tests.builders import SetClock

OP1 = "Encourages Member States to measure the quality of water every year;"
TWICE = "Encourages Member States to measure the quality of water twice a year;"
DRINKING = "Encourages Member States to measure the quality of drinking water every year;"


# --- accepting --------------------------------------------------------------------------------------------------------


async def test_an_accepted_amendment_makes_a_new_version_and_the_old_one_is_kept(room: Room, clock: SetClock) -> None:
    done(await room.as_("NOR").propose("OP1", TWICE))
    clock.advance(hours=2)
    decided = done(await room.as_("FRA").accept("A1", reason="Nobody spoke against it."))
    assert (decided["status"], decided["label"], decided["clause_version"]) == ("accepted", "OP1", 2)
    clause = await room.clause("OP1")
    assert (clause["version"], clause["text"], clause["amendments"]) == (2, TWICE, [])
    versions = done(await room.as_("NOR").get("/clauses/OP1/versions"))
    assert [(v["text"], v["origin"], v["origin_name"]) for v in versions] == [
        (OP1, "import", ""),
        (TWICE, "amendment", "A1"),
    ]
    settled = await room.amendment("A1")
    assert (settled["status"], settled["reason"]) == ("accepted", "Nobody spoke against it.")
    assert settled["settled_at"] == "2023-01-16T11:00:00Z"


async def test_accepting_with_other_words_needs_a_reason_and_keeps_the_words_proposed(room: Room) -> None:
    done(await room.as_("NOR").propose("OP1", TWICE))
    monthly = TWICE.replace("twice a year", "each month")
    refused(await room.as_("FRA").accept("A1", text=monthly), 422, "reason-required")
    refused(await room.as_("FRA").accept("A1", text=monthly, reason="  "), 422, "reason-required")
    decided = done(await room.as_("FRA").accept("A1", text=monthly, reason="As Norway said in the room."))
    assert decided["status"] == "accepted_with_changes"
    assert (await room.clause("OP1"))["text"] == monthly
    assert done(await room.as_("NOR").get("/amendments/A1/versions"))[0]["text"] == TWICE
    assert (await room.amendment("A1"))["reason"] == "As Norway said in the room."


async def test_the_same_words_sent_with_the_acceptance_are_no_change(room: Room) -> None:
    done(await room.as_("NOR").propose("OP1", TWICE))
    assert done(await room.as_("FRA").accept("A1", text=TWICE))["status"] == "accepted"


async def test_nothing_is_accepted_that_would_leave_the_text_as_it_is(room: Room) -> None:
    done(await room.as_("NOR").propose("OP1", TWICE))
    refused(await room.as_("FRA").accept("A1", text=OP1, reason="Why not."), 409, "nothing-changes")
    assert (await room.amendment("A1"))["status"] == "proposed"


async def test_a_rejection_needs_a_reason_which_stays_with_the_amendment(room: Room) -> None:
    done(await room.as_("NOR").propose("OP1", TWICE))
    refused(await room.as_("FRA").reject("A1", " "), 422, "reason-required")
    decided = done(await room.as_(SECRETARIAT).reject("A1", "It would double the cost."))
    assert (decided["status"], decided["reason"]) == ("rejected", "It would double the cost.")
    assert (await room.amendment("A1"))["reason"] == "It would double the cost."
    assert (await room.clause("OP1"))["text"] == OP1


async def test_only_those_who_hold_the_pen_decide(room: Room) -> None:
    done(await room.as_("NOR").propose("OP1", TWICE))
    for who in ("NOR", "ARG", "ILO", "reader"):
        problem = refused(await room.as_(who).accept("A1"), 403, "not-permitted")
        assert "penholder or secretariat" in problem["detail"]
        refused(await room.as_(who).reject("A1"), 403, "not-permitted")


# --- the others -------------------------------------------------------------------------------------------------------


async def test_an_amendment_to_other_words_is_carried_over_and_what_its_author_said_is_kept(room: Room) -> None:
    done(await room.as_("NOR").propose("OP1", TWICE))
    done(await room.as_("ARG").propose("OP1", DRINKING))
    done(await room.as_("BRA").cosponsor("A2"))
    done(await room.as_("ITA").take("A2", "support"))
    both = "Encourages Member States to measure the quality of drinking water twice a year;"
    decided = done(await room.as_("FRA").accept("A1"))
    assert decided["rebased"] == [
        {"amendment": "A2", "proposer": "ARG", "outcome": "clean", "text": both, "base_version": 2}
    ]
    read = await room.amendment("A2")
    assert (read["status"], read["text"], read["base_version"], read["conflicts"]) == ("proposed", both, 2, False)
    assert read["difference"]["marked"] == (
        "Encourages Member States to measure the quality of {+drinking +}water twice a year;"
    )
    assert read["cosponsors"] == ["BRA"]
    assert [(p["delegation"], p["stance"]) for p in read["positions"]] == [("ITA", "support")]
    versions = done(await room.as_("ARG").get("/amendments/A2/versions"))
    assert [(v["origin"], v["text"]) for v in versions] == [("proposed", DRINKING), ("rebased", both)]


async def test_an_amendment_to_the_same_words_conflicts_and_waits_for_its_author(room: Room) -> None:
    monthly = OP1.replace("every year", "each month")
    done(await room.as_("NOR").propose("OP1", TWICE))
    done(await room.as_("ARG").propose("OP1", monthly))
    decided = done(await room.as_("FRA").accept("A1"))
    assert [(r["amendment"], r["outcome"]) for r in decided["rebased"]] == [("A2", "conflicting")]
    read = await room.amendment("A2")
    assert (read["status"], read["text"], read["conflicts"], read["base_version"]) == ("proposed", monthly, True, 1)
    assert "conflicts with the present wording" in (await room.clause("OP1"))["because"][0]["sentence"]
    problem = refused(await room.as_("FRA").accept("A2"), 409, "amendment-conflicts")
    assert (problem["proposed"], problem["current"]) == (monthly, TWICE)
    done(await room.as_("ARG").restate("A2", text=monthly))
    assert (await room.amendment("A2"))["conflicts"] is False
    done(await room.as_("FRA").accept("A2"))
    assert (await room.clause("OP1"))["text"] == monthly


async def test_a_conflict_can_be_settled_by_the_words_of_a_penholder(room: Room) -> None:
    done(await room.as_("NOR").propose("OP1", TWICE))
    done(await room.as_("ARG").propose("OP1", OP1.replace("every year", "each month")))
    done(await room.as_("FRA").accept("A1"))
    often = OP1.replace("every year", "often")
    assert done(await room.as_("FRA").accept("A2", text=often, reason="The middle way."))["clause_version"] == 3


async def test_an_amendment_that_the_text_says_already_is_absorbed_with_a_reason(room: Room) -> None:
    for who in ("NOR", "ARG", "BRA"):
        done(await room.as_(who).propose("OP1", TWICE))
    decided = done(await room.as_("FRA").accept("A2"))
    assert [(r["amendment"], r["outcome"]) for r in decided["rebased"]] == [("A1", "absorbed"), ("A3", "absorbed")]
    for name in ("A1", "A3"):
        read = await room.amendment(name)
        assert (read["status"], read["reason"]) == ("absorbed", "The text says it since A2.")
    assert await room.status("OP1") == "open"


async def test_an_editorial_change_carries_amendments_over_too(room: Room) -> None:
    done(await room.as_("NOR").propose("OP1", TWICE))
    edited = done(await room.as_("FRA").edit("OP1", OP1.replace("measure", "assess")))
    assert edited["rebased"][0]["text"] == TWICE.replace("measure", "assess")


async def test_a_draft_is_left_alone_when_its_clause_moves_and_nobody_learns_of_it(room: Room) -> None:
    done(await room.as_("ARG").propose("OP1", DRINKING, audience="delegation"))
    done(await room.as_("NOR").propose("OP1", TWICE))
    assert done(await room.as_("FRA").accept("A2"))["rebased"] == []
    read = await room.amendment("A1", by="ARG")
    assert (read["status"], read["text"], read["base_version"]) == ("draft", DRINKING, 1)


# --- insertions -------------------------------------------------------------------------------------------------------


async def test_inserted_paragraphs_get_the_labels_that_negotiators_would_give_them(room: Room) -> None:
    nor, fra = room.as_("NOR"), room.as_("FRA")
    inserted = [
        ("PP3", {}, "PP3 bis"),
        ("PP3", {}, "PP3 ter"),
        ("PP2", {}, "PP2 bis"),
        ("OP2(a)", {}, "OP2(a) bis"),
        ("OP4", {"level": 2}, "OP4(a)"),
        ("OP2", {"level": 1}, "OP2 bis"),
        ("OP2(b)", {"level": 3}, "OP2(b)(i)"),
        ("Opening", {"paragraph_kind": "preambular"}, "PP0 bis"),
        ("PP3", {"paragraph_kind": "operative"}, "OP0 bis"),
    ]
    for number, (anchor, how, label) in enumerate(inserted, start=1):
        done(await nor.propose(anchor, f"Paragraph {number}", "insert", **how))
        decided = done(await fra.accept(f"A{number}"))
        assert (decided["label"], decided["clause_version"]) == (label, 1)
        assert (await room.clause(label))["text"] == f"Paragraph {number}"
    assert await room.labels() == [
        *("Title", "Opening", "PP0 bis", "PP1", "PP2", "PP2 bis", "PP3", "PP3 bis", "PP3 ter"),
        *("OP0 bis", "OP1", "OP2", "OP2(a)", "OP2(a) bis", "OP2(b)", "OP2(b)(i)", "OP2 bis", "OP3", "OP4", "OP4(a)"),
    ]
    assert await room.is_intact()


async def test_an_insertion_brackets_no_clause_and_is_shown_at_its_place(room: Room) -> None:
    done(await room.as_("NOR").propose("PP3", "Mindful of the rivers,", "insert"))
    clause = await room.clause("PP3")
    assert (clause["status"], clause["amendments"], clause["insertions"]) == ("open", [], ["A1"])
    assert (await room.amendment("A1"))["difference"]["marked"] == "{+Mindful of the rivers,+}"


async def test_an_insertion_stands_whatever_becomes_of_the_words_before_it(room: Room) -> None:
    done(await room.as_("NOR").propose("OP1", "Also measures it;", "insert"))
    done(await room.as_("ARG").propose("OP1", TWICE))
    done(await room.as_("FRA").accept("A2"))
    done(await room.as_("FRA").rule("OP1"))
    assert done(await room.as_("FRA").accept("A1"))["label"] == "OP1 bis"


async def test_a_paragraph_proposed_twice_is_inserted_once_and_credited_to_both(room: Room) -> None:
    for who in ("NOR", "ARG"):
        done(await room.as_(who).propose("PP3", "Mindful of the rivers,", "insert"))
    done(await room.as_("BRA").propose("PP3", "Mindful of the lakes,", "insert"))
    decided = done(await room.as_("FRA").accept("A1"))
    assert [(r["amendment"], r["outcome"]) for r in decided["rebased"]] == [("A2", "absorbed")]
    assert (await room.amendment("A3"))["status"] == "proposed"


async def test_what_would_disorder_the_text_cannot_be_inserted(room: Room) -> None:
    impossible = [
        ("OP2", {"paragraph_kind": "preambular"}),
        ("PP1", {"paragraph_kind": "operative"}),
        ("OP1", {"level": 3}),
        ("Title", {}),
    ]
    for anchor, how in impossible:
        problem = refused(await room.as_("NOR").propose(anchor, "Words", "insert", **how), 409, "insertion-impossible")
        assert problem["detail"].endswith("Choose another clause to insert behind.")


# --- deletions --------------------------------------------------------------------------------------------------------


async def test_a_deleted_paragraph_leaves_with_its_sub_paragraphs_and_keeps_its_history(room: Room) -> None:
    done(await room.as_("NOR").propose("OP2", kind="delete", rationale="OP1 is enough."))
    decided = done(await room.as_("FRA").accept("A1"))
    assert decided["removed"] == ["OP2", "OP2(a)", "OP2(b)"]
    assert await room.labels() == ["Title", "Opening", "PP1", "PP2", "PP3", "OP1", "OP3", "OP4"]
    gone = await room.clause("OP2(a)")
    assert (gone["status"], gone["because"][0]["sentence"]) == ("removed", "Its deletion was accepted (A1).")
    assert len(done(await room.as_("NOR").get("/clauses?removed=true"))) == 11
    assert done(await room.as_("NOR").get("/clauses/OP2(a)/versions"))[0]["text"] == "Tariffs that everyone can afford;"
    refused(await room.as_("NOR").propose("OP2(a)", "Words;"), 409, "clause-removed")
    refused(await room.as_("NOR").take("OP2", "support"), 409, "clause-removed")
    refused(await room.as_("FRA").edit("OP2", "Words;"), 409, "clause-removed")
    refused(await room.as_("FRA").rule("OP2"), 409, "clause-removed")
    assert await room.is_intact()


async def test_a_label_once_given_is_not_given_to_another_paragraph(room: Room) -> None:
    done(await room.as_("NOR").propose("PP3", "Mindful of the rivers,", "insert"))
    done(await room.as_("FRA").accept("A1"))
    done(await room.as_("NOR").propose("PP3 bis", kind="delete"))
    done(await room.as_("FRA").accept("A2"))
    done(await room.as_("NOR").propose("PP3", "Mindful of the lakes,", "insert"))
    assert done(await room.as_("FRA").accept("A3"))["label"] == "PP3 ter"


async def test_proposals_on_a_deleted_paragraph_wait_for_their_authors(room: Room) -> None:
    done(await room.as_("NOR").propose("OP2(a)", "Fair tariffs;"))
    done(await room.as_("ARG").propose("OP2(a)", kind="delete"))
    done(await room.as_("BRA").propose("OP2", kind="delete"))
    decided = done(await room.as_("FRA").accept("A3"))
    assert [(r["amendment"], r["outcome"]) for r in decided["rebased"]] == [("A1", "conflicting"), ("A2", "absorbed")]
    assert (await room.amendment("A1"))["conflicts"] is True
    refused(await room.as_("FRA").accept("A1"), 409, "amendment-conflicts")
    refused(await room.as_("FRA").accept("A1", text="Tariffs;", reason="Yet."), 409, "clause-removed")
    done(await room.as_("NOR").withdraw("A1"))


async def test_a_deletion_holds_whatever_the_words_are_meanwhile(room: Room) -> None:
    done(await room.as_("ARG").propose("OP1", kind="delete"))
    done(await room.as_("NOR").propose("OP1", TWICE))
    assert done(await room.as_("FRA").accept("A2"))["rebased"][0]["outcome"] == "clean"
    assert done(await room.as_("FRA").accept("A1"))["removed"] == ["OP1"]


async def test_an_agreed_sub_paragraph_is_not_deleted_with_its_paragraph(room: Room) -> None:
    nor = room.as_("NOR")
    done(await nor.propose("OP2", kind="delete", audience="delegation"))
    done(await room.as_("FRA").rule("OP2(b)"))
    for refusal in (await nor.propose("OP2", kind="delete"), await nor.submit("A1")):
        assert refused(refusal, 409, "clause-closed")["detail"].startswith("OP2(b) was agreed")
    done(await room.as_("FRA").reopen("OP2(b)"))
    done(await nor.submit("A1"))
    problem = refused(await room.as_("FRA").rule("OP2(b)"), 409, "objection-stands")
    assert "A1 by NOR to delete OP2, of which it is a part, is open." in problem["detail"]


async def test_a_sub_paragraph_is_in_brackets_while_the_deletion_of_its_paragraph_is_open(room: Room) -> None:
    done(await room.as_("FRA").open_silence("OP2(a)", "OP3"))
    done(await room.as_("NOR").propose("OP2", kind="delete"))
    assert (await room.record())[-1]["payload"]["breaks"] == {"S1": ["OP2(a)"]}
    assert [await room.status(label) for label in ("OP2(a)", "OP2(b)", "OP3")] == [
        "bracketed",
        "bracketed",
        "under_silence",
    ]
    refused(await room.as_("FRA").open_silence("OP2(b)"), 409, "objection-stands")
    done(await room.as_("FRA").reject("A1"))
    assert await room.status("OP2(b)") == "open"
    done(await room.as_("FRA").rule("OP2(b)"))


async def test_what_comes_under_a_paragraph_to_be_deleted_is_under_silence_no_more(room: Room) -> None:
    nor, fra = room.as_("NOR"), room.as_("FRA")
    done(await nor.propose("OP4", "Lakes;", "insert", level=2))
    done(await fra.accept("A1"))
    done(await nor.propose("OP4(a)", "Mountain lakes;", "insert", level=3))
    done(await fra.accept("A2"))
    done(await fra.open_silence("OP4(a)(i)"))
    done(await nor.propose("OP2", kind="delete"))
    done(await nor.propose("OP4(a)", kind="move", after="OP2(b)"))
    assert await room.status("OP4(a)(i)") == "bracketed"  # the move would take it along, and so breaks its silence
    done(await fra.accept("A4"))
    assert "OP4(a)(i)" in done(await fra.accept("A3"))["removed"]


async def test_every_settled_amendment_has_an_outcome_with_its_moment(room: Room) -> None:
    nor, fra = room.as_("NOR"), room.as_("FRA")
    for text in (TWICE, TWICE, DRINKING, "Quite different;"):
        done(await nor.propose("OP1", text))
    done(await fra.accept("A1", reason="Agreed in the room."))
    done(await fra.reject("A4", "It is off the subject."))
    done(await nor.withdraw("A3", reason="A1 is enough."))
    outcomes = {a["name"]: (a["status"], a["reason"]) for a in done(await nor.get("/amendments"))["items"]}
    assert outcomes == {
        "A1": ("accepted", "Agreed in the room."),
        "A2": ("absorbed", "The text says it since A1."),
        "A3": ("withdrawn", "A1 is enough."),
        "A4": ("rejected", "It is off the subject."),
    }
    assert all(a["settled_at"] for a in done(await nor.get("/amendments"))["items"])
