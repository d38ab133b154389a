"""Moving, splitting and merging paragraphs, alternatives beside them, sub-amendments, and rehearsing a decision."""

from tests.api.room import Room, done, refused

OP1 = "Encourages Member States to measure the quality of water every year;"


async def texts(room: Room) -> dict[str, str]:
    return {clause["label"]: clause["text"] for clause in done(await room.as_("FRA").get("/clauses"))}


# --- move, split, merge, alternative --------------------------------------------------------------------------------


async def test_a_paragraph_moves_with_its_sub_paragraphs_and_keeps_its_label(room: Room) -> None:
    before = await room.labels()
    done(await room.as_("NOR").propose("OP2", kind="move", after="OP3"))
    assert (await room.clause("OP2"))["status"] == "bracketed"
    done(await room.as_("FRA").accept("A1"))
    after = await room.labels()
    assert after.index("OP3") < after.index("OP2") < after.index("OP2(a)")
    assert sorted(after) == sorted(before)
    assert await room.is_intact()


async def test_a_paragraph_cannot_move_where_it_is_or_out_of_its_part(room: Room) -> None:
    norway = room.as_("NOR")
    refused(await norway.propose("OP2", kind="move", after="OP1"), 409, "nothing-changes")
    refused(await norway.propose("OP2", kind="move", after="PP1"), 409, "insertion-impossible")
    refused(await norway.propose("OP2", kind="move", after="OP2(a)"), 422, "invalid-input")
    refused(await norway.propose("OP2", kind="move"), 422, "invalid-input")


async def test_a_split_keeps_the_first_part_and_inserts_the_others_behind_it(room: Room) -> None:
    parts = ["Encourages Member States to measure the quality of water;", "Encourages them to do so every year;"]
    done(await room.as_("NOR").propose("OP1", kind="split", texts=parts))
    shown = await room.amendment("A1")
    assert (shown["texts"], shown["text"]) == (parts, None)
    done(await room.as_("FRA").accept("A1"))
    found = await texts(room)
    assert [found["OP1"], found["OP1 bis"]] == parts
    assert await room.is_intact()


async def test_the_sub_paragraphs_of_a_paragraph_that_is_split_belong_to_its_last_part(room: Room) -> None:
    parts = ["Requests a report on the quality of water;", "Also requests a report on its price:"]
    done(await room.as_("NOR").propose("OP2", kind="split", texts=parts))
    done(await room.as_("FRA").accept("A1"))
    after = await room.labels()
    assert after[after.index("OP2") :][:3] == ["OP2", "OP2 bis", "OP2(a)"]
    assert (await room.clause("OP2(a)"))["parent"] == (await room.clause("OP2 bis"))["key"]
    done(await room.as_("NOR").propose("OP2", kind="delete"))
    assert done(await room.as_("FRA").accept("A2"))["removed"] == ["OP2"]
    assert await room.is_intact()


async def test_a_split_is_carried_over_when_its_clause_moves(room: Room) -> None:
    parts = ["Encourages Member States to measure the quality of water;", "Encourages them to do so every year;"]
    done(await room.as_("NOR").propose("OP1", kind="split", texts=parts))
    done(await room.as_("ARG").propose("OP1", OP1.replace("Encourages", "Strongly encourages")))
    decided = done(await room.as_("FRA").accept("A2"))
    assert [(one["amendment"], one["outcome"]) for one in decided["rebased"]] == [("A1", "clean")]
    assert (await room.amendment("A1"))["texts"] == [parts[0].replace("Encourages", "Strongly encourages"), parts[1]]


async def test_a_merger_takes_in_the_paragraphs_that_follow(room: Room) -> None:
    merged = "Requests a report on the quality of water and decides to come back to it;"
    found = await texts(room)
    neighbours = [label for label in found if label.startswith("PP")]
    done(await room.as_("NOR").propose(neighbours[0], merged, kind="merge", merges=[neighbours[1]]))
    decided = done(await room.as_("FRA").accept("A1"))
    assert decided["removed"] == [neighbours[1]]
    assert (await texts(room))[neighbours[0]] == merged
    assert neighbours[1] not in await room.labels()
    assert await room.is_intact()


async def test_a_merger_conflicts_when_what_it_would_take_in_changes(room: Room) -> None:
    first, second = [label for label in await texts(room) if label.startswith("PP")][:2]
    done(await room.as_("NOR").propose(first, "Recalling both,", kind="merge", merges=[second]))
    done(await room.as_("ARG").propose(second, "Recalling something else,"))
    decided = done(await room.as_("FRA").accept("A2"))
    assert [(one["amendment"], one["outcome"]) for one in decided["rebased"]] == [("A1", "conflicting")]
    refused(await room.as_("FRA").accept("A1"), 409, "amendment-conflicts")


async def test_a_merger_waits_for_its_author_although_its_own_paragraph_is_carried_over(room: Room) -> None:
    merged = "Warmly recalling its resolution 64/292 of 28 July 2010,"
    done(await room.as_("NOR").propose("PP1", merged, kind="merge", merges=["PP2"]))
    done(await room.as_("FRA").edit("PP2", "Noting it,"))
    done(await room.as_("FRA").edit("PP1", "Recalling its resolution 64/292 of late July 2010,"))
    assert (await room.amendment("A1"))["conflicts"] is True
    assert await room.is_intact()


async def test_only_neighbours_of_one_kind_merge(room: Room) -> None:
    norway = room.as_("NOR")
    refused(await norway.propose("OP1", "Decides;", kind="merge", merges=["OP3"]), 422, "invalid-input")
    refused(await norway.propose("OP1", "Decides;", kind="merge", merges=["OP1"]), 422, "invalid-input")
    refused(await norway.propose("OP1", "Decides;", kind="merge", merges=["OP2"]), 422, "invalid-input")


async def test_an_alternative_stands_beside_its_paragraph_until_one_of_the_two_goes(room: Room) -> None:
    other = "Invites Member States to measure the quality of water;"
    done(await room.as_("NOR").propose("OP1", other, kind="alternative"))
    done(await room.as_("FRA").accept("A1"))
    labels = await room.labels()
    assert labels[labels.index("OP1") + 1] == "OP1 alt"
    assert (await texts(room))["OP1 alt"] == other
    done(await room.as_("ARG").propose("OP1", kind="delete"))
    done(await room.as_("FRA").accept("A2"))
    assert "OP1" not in await room.labels()
    assert await room.is_intact()


async def test_alternatives_and_what_is_inserted_behind_keep_their_order(room: Room) -> None:
    norway, france = room.as_("NOR"), room.as_("FRA")
    for number, (kind, words) in enumerate(
        [("alternative", "Invites all;"), ("insert", "Requests a report;"), ("alternative", "Urges all;")], start=1
    ):
        done(await norway.propose("OP2", words, kind=kind))
        done(await france.accept(f"A{number}"))
    labels = await room.labels()
    assert labels[labels.index("OP2") :][:6] == ["OP2", "OP2(a)", "OP2(b)", "OP2 alt", "OP2 alt 2", "OP2 bis"]
    assert await room.is_intact()


async def test_a_field_of_another_kind_of_change_is_refused(room: Room) -> None:
    norway = room.as_("NOR")
    for body in (
        {"kind": "delete", "after": "OP3"},
        {"kind": "replace", "wording": OP1 + "x", "texts": ["a", "b"]},
        {"kind": "split", "texts": ["only one"]},
        {"kind": "merge", "wording": "Decides;"},
    ):
        refused(await norway.propose("OP1", **body), 422, "invalid-input")


# --- sub-amendments -------------------------------------------------------------------------------------------------

TWICE = OP1.replace("every year", "twice a year")
TWICE_AT_LEAST = OP1.replace("every year", "at least twice a year")


async def sub_amend(room: Room, who: str, amends: str, wording: str) -> None:
    tag = await room.as_(who).tag(f"/amendments/{amends}")
    body = {"kind": "replace", "amends": amends, "text": wording}
    done(await room.as_(who).post("/amendments", body, if_match=tag))


async def test_a_sub_amendment_is_taken_up_by_the_proposer_of_what_it_amends(room: Room) -> None:
    done(await room.as_("NOR").propose("OP1", TWICE))
    await sub_amend(room, "ARG", "A1", TWICE_AT_LEAST)
    assert (await room.amendment("A2"))["amends"] == "A1"
    tag = await room.as_("NOR").tag("/amendments/A2")
    refused(await room.as_("BRA").post("/amendments/A2/adoption", if_match=tag), 403, "not-yours")
    taken = done(await room.as_("NOR").post("/amendments/A2/adoption", if_match=tag))
    assert (taken["amendment"], taken["version"]) == ("A1", 2)
    assert (await room.amendment("A1"))["text"] == TWICE_AT_LEAST
    assert (await room.amendment("A2"))["reason"] == "Taken up into A1."


async def test_a_sub_amendment_falls_with_its_amendment_and_says_so(room: Room) -> None:
    done(await room.as_("NOR").propose("OP1", TWICE))
    await sub_amend(room, "ARG", "A1", TWICE_AT_LEAST)
    assert done(await room.as_("FRA").reject("A1"))["fallen"] == ["A2"]
    fallen = await room.amendment("A2")
    assert (fallen["status"], fallen["reason"]) == ("rejected", "It falls with A1, which it was to amend.")


async def test_when_an_amendment_is_accepted_its_sub_amendment_stands_to_the_new_text(room: Room) -> None:
    done(await room.as_("NOR").propose("OP1", TWICE))
    await sub_amend(room, "ARG", "A1", TWICE_AT_LEAST)
    decided = done(await room.as_("FRA").accept("A1"))
    assert [(one["amendment"], one["outcome"]) for one in decided["rebased"]] == [("A2", "clean")]
    done(await room.as_("FRA").accept("A2"))
    assert (await texts(room))["OP1"] == TWICE_AT_LEAST


async def test_a_sub_amendment_follows_when_its_amendment_is_restated(room: Room) -> None:
    done(await room.as_("NOR").propose("OP1", TWICE))
    await sub_amend(room, "ARG", "A1", TWICE_AT_LEAST)
    restated = done(await room.as_("NOR").restate("A1", text=TWICE.replace("water", "drinking water")))
    assert [(one["amendment"], one["outcome"]) for one in restated["rebased"]] == [("A2", "clean")]
    assert (await room.amendment("A2"))["text"] == TWICE_AT_LEAST.replace("water", "drinking water")


async def test_only_words_proposed_to_a_clause_can_be_sub_amended(room: Room) -> None:
    done(await room.as_("NOR").propose("OP1", kind="delete"))
    tag = await room.as_("ARG").tag("/amendments/A1")
    body = {"kind": "replace", "amends": "A1", "text": TWICE}
    refused(await room.as_("ARG").post("/amendments", body, if_match=tag), 422, "invalid-input")


# --- rehearsing -----------------------------------------------------------------------------------------------------


async def test_a_rehearsal_says_what_accepting_would_do_to_the_others_and_leaves_nothing_behind(room: Room) -> None:
    done(await room.as_("NOR").propose("OP1", TWICE))
    done(await room.as_("ARG").propose("OP1", OP1.replace("water", "drinking water")))
    done(await room.as_("BRA").propose("OP1", OP1.replace("every year", "monthly")))
    done(await room.as_("ITA").propose("OP1", TWICE))
    head = await room.head()
    tag = await room.as_("ARG").tag("/amendments/A1")
    rehearsed = done(await room.as_("ARG").post("/amendments/A1/rehearsal", if_match=tag))
    assert rehearsed["seq"] == 0
    assert [(one["amendment"], one["outcome"]) for one in rehearsed["rebased"]] == [
        ("A2", "clean"),
        ("A3", "conflicting"),
        ("A4", "absorbed"),
    ]
    assert await room.head() == head
    assert (await room.amendment("A4"))["status"] == "proposed"
    assert (await texts(room))["OP1"] == OP1
    decided = done(await room.as_("FRA").accept("A1"))
    assert decided["rebased"] == rehearsed["rebased"]
    assert await room.is_intact()


async def test_a_rehearsal_is_refused_as_the_decision_would_be(room: Room) -> None:
    done(await room.as_("NOR").propose("OP1", TWICE))
    tag = await room.as_("ARG").tag("/amendments/A1")
    done(await room.as_("FRA").reject("A1"))
    refused(await room.as_("ARG").post("/amendments/A1/rehearsal", if_match=tag), 409, "amendment-settled")


# --- what a move takes along ----------------------------------------------------------------------------------------


async def test_a_move_breaks_the_silence_on_the_sub_paragraphs_that_it_takes_along(room: Room) -> None:
    done(await room.as_("FRA").open_silence("OP2(a)", "OP3"))
    done(await room.as_("NOR").propose("OP2", kind="move", after="OP3"))
    found = await room.clause("OP2(a)")
    assert found["status"] == "bracketed"
    assert "A1 by NOR to move OP2, of which it is a part, is open." in [fact["sentence"] for fact in found["because"]]
    assert await room.status("OP3") == "under_silence"
    refused(await room.as_("FRA").open_silence("OP2(b)"), 409, "objection-stands")
    done(await room.as_("FRA").accept("A1"))
    assert await room.status("OP2(b)") == "open"


async def test_a_move_takes_no_agreed_sub_paragraph_along(room: Room) -> None:
    done(await room.as_("FRA").rule("OP2(a)"))
    problem = refused(await room.as_("NOR").propose("OP2", kind="move", after="OP3"), 409, "clause-closed")
    assert problem["detail"].startswith("OP2(a) was agreed")
