"""Publishing a revision: kept under its name, numbered afresh, with references that follow."""

from tests.api.room import Room, done, refused


async def publish(room: Room, **named: str) -> dict[str, object]:
    found: dict[str, object] = done(await room.as_("FRA").post("/revisions", named))
    return found


async def test_the_zero_draft_is_the_first_revision(room: Room) -> None:
    (zero,) = done(await room.as_("ILO").get("/revisions"))
    assert (zero["number"], zero["name"], zero["seq"]) == (0, "zero draft", 1)


async def test_publishing_numbers_afresh_and_keeps_the_mapping(room: Room) -> None:
    done(await room.as_("NOR").propose("OP1", "Also encourages them to publish the results;", kind="insert"))
    done(await room.as_("FRA").accept("A1"))
    done(await room.as_("ARG").propose("PP2", kind="delete"))
    done(await room.as_("FRA").accept("A2"))
    published = await publish(room)
    assert published["name"] == "Rev.1"
    assert published["labels"] == {
        "PP3": "PP2",
        "OP1 bis": "OP2",
        "OP2": "OP3",
        "OP2(a)": "OP3(a)",
        "OP2(b)": "OP3(b)",
        "OP3": "OP4",
        "OP4": "OP5",
    }
    assert "OP1 bis" not in await room.labels()
    assert await room.is_intact()


async def test_references_to_own_paragraphs_follow_and_positions_on_them_hold(room: Room) -> None:
    wording = "Decides to come back to what it asks for in paragraph 2 (a) above."
    done(await room.as_("FRA").edit("OP4", wording))
    done(await room.as_("NOR").take("OP4", "support"))
    done(await room.as_("NOR").propose("OP1", "Also encourages them to publish the results;", kind="insert"))
    done(await room.as_("FRA").accept("A1"))
    assert (await publish(room))["followed"] == ["OP5"]
    clause = await room.clause("OP5")
    assert clause["text"] == "Decides to come back to what it asks for in paragraph 3 (a) above."
    assert [position["delegation"] for position in clause["positions"]] == ["NOR"]


async def test_a_reference_to_a_paragraph_that_is_gone_is_named_for_a_person(room: Room) -> None:
    done(await room.as_("FRA").edit("OP4", "Decides to come back to paragraph 3 above."))
    done(await room.as_("NOR").propose("OP3", kind="delete"))
    done(await room.as_("FRA").accept("A1"))
    assert (await publish(room))["unsure"] == ["OP3: paragraph 3 above"]


async def test_the_text_of_a_revision_is_read_by_its_name_and_compared(room: Room) -> None:
    done(await room.as_("NOR").propose("PP2", kind="delete"))
    done(await room.as_("FRA").accept("A1"))
    await publish(room, name="Rev.1 (clean)")
    old = (await room.as_("FRA").get("/export?at=zero draft")).text
    new = (await room.as_("FRA").get("/export?at=Rev.1 (clean)")).text
    assert "PP3." in old
    assert "PP3." not in new
    changes = done(await room.as_("FRA").get("/changes?from=zero draft&to=Rev.1 (clean)"))
    assert [(c["op"], c["old"], c["new"]) for c in changes if c["op"] != "equal"] == [("deleted", ["PP2"], [])]


async def test_a_name_is_used_once_and_is_no_number(room: Room) -> None:
    await publish(room, name="Rev.1")
    refused(await room.as_("FRA").post("/revisions", {"name": "Rev.1"}), 409, "already-there")
    refused(await room.as_("FRA").post("/revisions", {"name": "42"}), 422, "invalid-input")
    refused(await room.as_("NOR").post("/revisions", {}), 403, "not-permitted")
