"""The board, what stands in the way, and every position ever taken."""

from typing import Any

from tests.api.room import DELEGATIONS, Room, done, furnish, refused
from tests.builders import SetClock, on_sqlite
from tests.web.visitor import Visitor

OP1 = "Encourages Member States to measure the quality of water every year;"
TWICE = "Encourages Member States to measure the quality of water twice a year;"


async def read(room: Room, by: str = "NOR") -> dict[str, Any]:
    found: dict[str, Any] = done(await room.as_(by).get("/board"))
    return found


def row(board: dict[str, Any], label: str) -> dict[str, Any]:
    (found,) = [clause for clause in board["clauses"] if clause["label"] == label]
    return dict(found)


def cell(board: dict[str, Any], label: str, code: str) -> dict[str, Any] | None:
    """What a delegation is held to say on a clause."""
    place = [delegation["code"] for delegation in board["delegations"]].index(code)
    found: dict[str, Any] | None = row(board, label)["positions"][place]
    return found


def column(board: dict[str, Any], code: str) -> dict[str, Any]:
    (found,) = [delegation for delegation in board["delegations"] if delegation["code"] == code]
    return dict(found)


# --- the board --------------------------------------------------------------------------------------------------------


async def test_the_board_has_every_paragraph_with_its_status_and_a_place_for_every_delegation(room: Room) -> None:
    await furnish(room)
    board = await read(room)
    assert board["negotiation"] == "water"
    assert board["seq"] == await room.head()
    assert [delegation["code"] for delegation in board["delegations"]] == [code for code, *_ in DELEGATIONS]
    negotiated = [label for label in await room.labels() if label != "Opening"]
    assert [clause["label"] for clause in board["clauses"]] == negotiated
    assert all(clause["positions"] == [None] * 7 for clause in board["clauses"])
    assert [(row(board, label)["status"], row(board, label)["amendments"]) for label in ("OP1", "OP2", "OP3")] == [
        ("bracketed", 1),  # the draft of France does not show
        ("under_silence", 0),
        ("open", 0),
    ]


async def test_a_position_of_a_group_is_on_the_board_for_each_member_that_has_taken_none(room: Room) -> None:
    done(await room.as_("EU").take("OP1", "object", "The costs are not shown."))
    done(await room.as_("ITA").take("OP1", "accept"))
    board = await read(room)
    assert cell(board, "OP1", "FRA") == {"stance": "object", "via": "EU", "version": 1}
    assert cell(board, "OP1", "ITA") == {"stance": "accept", "via": "", "version": 1}
    assert cell(board, "OP1", "EU") == {"stance": "object", "via": "", "version": 1}
    assert cell(board, "OP1", "NOR") is None
    assert (column(board, "EU")["counts"], column(board, "FRA")["counts"]) == (False, True)
    assert column(board, "FRA")["positions"] == {"object": 1}


async def test_what_an_observer_says_is_on_the_board_and_marked_as_not_counted(room: Room) -> None:
    done(await room.as_("ILO").take("OP1", "support"))
    board = await read(room)
    assert cell(board, "OP1", "ILO") == {"stance": "support", "via": "", "version": 1}
    assert (column(board, "ILO")["role"], column(board, "ILO")["counts"]) == ("observer", False)


async def test_a_position_that_lapsed_stays_on_the_board_until_its_delegation_speaks_again(room: Room) -> None:
    done(await room.as_("BRA").take("OP1", "object", "Too often."))
    done(await room.as_("EU").take("OP1", "support"))
    done(await room.as_("NOR").propose("OP1", TWICE))
    done(await room.as_("FRA").accept("A1"))
    done(await room.as_("ITA").take("OP1", "reserve"))
    board = await read(room)
    assert cell(board, "OP1", "BRA") == {"stance": "object", "via": "", "version": 1, "lapsed": True}
    assert cell(board, "OP1", "FRA") == {"stance": "support", "via": "EU", "version": 1, "lapsed": True}
    assert cell(board, "OP1", "ITA") == {"stance": "reserve", "via": "", "version": 2}
    assert cell(board, "OP1", "EU") == {"stance": "support", "via": "", "version": 1, "lapsed": True}
    assert column(board, "BRA")["positions"] == {}
    done(await room.as_("EU").take("OP1", "accept"))
    board = await read(room)
    assert cell(board, "OP1", "FRA") == {"stance": "accept", "via": "EU", "version": 2}
    assert cell(board, "OP1", "BRA") == {"stance": "object", "via": "", "version": 1, "lapsed": True}


async def test_the_board_shows_at_once_what_an_act_or_a_deadline_changed(room: Room, clock: SetClock) -> None:
    await furnish(room)
    assert row(await read(room), "OP2")["status"] == row(await read(room), "OP2")["status"] == "under_silence"
    done(await room.as_("ARG").take("OP2", "support"))
    assert cell(await read(room), "OP2", "ARG") == {"stance": "support", "via": "", "version": 1}
    clock.advance(hours=72)
    assert row(await read(room), "OP2")["status"] == "agreed"


async def test_a_removed_paragraph_is_on_the_board_as_removed(room: Room) -> None:
    done(await room.as_("NOR").propose("PP2", kind="delete"))
    done(await room.as_("FRA").accept("A1"))
    assert row(await read(room), "PP2")["status"] == "removed"


# --- what stands in the way -------------------------------------------------------------------------------------------


async def test_outstanding_issues_say_who_holds_which_paragraphs_and_how(room: Room) -> None:
    await furnish(room)
    done(await room.as_("BRA").cosponsor("A1"))
    done(await room.as_("BRA").take("OP3", "object", "No new money."))
    done(await room.as_("ARG").break_silence("S1"))
    done(await room.as_("NOR").take("PP1", "reserve"))
    done(await room.as_("FRA").rule("PP3", "ad_ref", pending=["ITA"]))
    done(await room.as_("NOR").propose("PP2", "Noting the rivers,", "insert"))
    found = done(await room.as_("ILO").get("/outstanding-issues"))
    held = {
        holder["delegation"]: [(hold["label"], hold["how"], hold["amendment"]) for hold in holder["holds"]]
        for holder in found["delegations"]
    }
    assert held == {
        "BRA": [("OP1", "cosponsor", "A1"), ("OP3", "objection", "")],
        "NOR": [("PP1", "reservation", "")],
        "ARG": [("OP2", "objection", ""), ("OP2", "broken_silence", "")],
        "FRA": [("OP1", "proposer", "A1")],
        "ITA": [("PP3", "pending", "")],
    }
    assert [(holder["delegation"], holder["paragraphs"]) for holder in found["delegations"]][:2] == [
        ("BRA", 2),
        ("NOR", 1),
    ]
    assert [holder["beside"] for holder in found["delegations"] if holder["delegation"] == "NOR"] == [["A3"]]
    assert found["beside"] == ["A3"]
    assert [(clause["label"], clause["delegations"]) for clause in found["clauses"]] == [
        ("PP1", ["NOR"]),
        ("PP3", ["ITA"]),
        ("OP1", ["FRA", "BRA"]),
        ("OP2", ["ARG"]),
        ("OP3", ["BRA"]),
    ]
    assert found["unheld"] == ["Title", "PP2", "OP2(a)", "OP2(b)", "OP4"]


async def test_a_draft_of_another_delegation_is_no_outstanding_issue(room: Room) -> None:
    done(await room.as_("FRA").propose("OP1", TWICE, audience="delegation"))
    found = done(await room.as_("NOR").get("/outstanding-issues"))
    assert (found["delegations"], found["clauses"]) == ([], [])


# --- every position ever taken ----------------------------------------------------------------------------------------


async def taken(room: Room, address: str, by: str = "NOR") -> list[tuple[str, str, int, str | None]]:
    """Who said what on which version, and how it ended."""
    items = done(await room.as_(by).get(address))["items"]
    return [(item["delegation"], item["stance"], item["version"], item["ended"]) for item in items]


async def test_every_position_on_a_clause_stays_readable_with_how_it_ended(room: Room) -> None:
    done(await room.as_("ARG").take("OP1", "reserve", "Awaiting instructions."))
    done(await room.as_("BRA").take("OP1", "accept"))
    done(await room.as_("ARG").take("OP1", "object", "Too often."))
    done(await room.as_("BRA").take_back("OP1"))
    done(await room.as_("BRA").take("OP1", "support"))
    done(await room.as_("BRA").take("OP4", "support"))
    done(await room.as_("NOR").propose("OP1", TWICE))
    done(await room.as_("FRA").accept("A1"))
    done(await room.as_("ARG").take("OP1", "support"))
    assert await taken(room, "/clauses/OP1/positions") == [
        ("ARG", "reserve", 1, "replaced"),
        ("BRA", "accept", 1, "withdrawn"),
        ("ARG", "object", 1, "lapsed"),
        ("BRA", "support", 1, "lapsed"),
        ("ARG", "support", 2, None),
    ]
    first, second, third, *_ = done(await room.as_("NOR").get("/clauses/OP1/positions"))["items"]
    assert (first["reason"], first["ended_seq"]) == ("Awaiting instructions.", third["seq"])
    verbs = {entry["seq"]: entry["verb"] for entry in await room.record()}
    assert [verbs[position["ended_seq"]] for position in (first, second, third)] == [
        "position.take",
        "position.withdraw",
        "amendment.decide",
    ]


async def test_an_editorial_change_ends_no_position(room: Room) -> None:
    done(await room.as_("ARG").take("OP1", "support"))
    done(await room.as_("FRA").edit("OP1", OP1.replace("measure", "assess")))
    assert await taken(room, "/clauses/OP1/positions") == [("ARG", "support", 1, None)]
    done(await room.as_("ARG").take("OP1", "accept"))
    assert await taken(room, "/clauses/OP1/positions") == [
        ("ARG", "support", 1, "replaced"),
        ("ARG", "accept", 2, None),
    ]


async def test_positions_on_an_amendment_lapse_when_it_is_stated_anew_and_not_when_it_is_carried_over(
    room: Room,
) -> None:
    done(await room.as_("NOR").propose("OP1", TWICE))
    done(await room.as_("ARG").take("A1", "support"))
    done(await room.as_("BRA").take("A1", "object", "Too often."))
    done(await room.as_("BRA").take_back("A1"))
    done(await room.as_("ITA").propose("OP1", OP1.replace("Encourages", "Invites")))
    done(await room.as_("FRA").accept("A2"))
    assert (await room.amendment("A1"))["version"] == 2
    assert await taken(room, "/amendments/A1/positions") == [
        ("ARG", "support", 1, None),
        ("BRA", "object", 1, "withdrawn"),
    ]
    done(await room.as_("NOR").restate("A1", text=OP1.replace("every year", "every month")))
    assert await taken(room, "/amendments/A1/positions") == [
        ("ARG", "support", 1, "lapsed"),
        ("BRA", "object", 1, "withdrawn"),
    ]


async def test_positions_are_read_page_by_page_and_end_the_same_on_any_page(room: Room) -> None:
    for stance in ("support", "accept", "reserve"):
        for who in ("ARG", "BRA"):
            done(await room.as_(who).take("OP1", stance))
    done(await room.as_("BRA").take_back("OP1"))
    whole = done(await room.as_("NOR").get("/clauses/OP1/positions"))["items"]
    assert [position["ended"] for position in whole] == ["replaced"] * 4 + [None, "withdrawn"]
    pages, cursor = [], ""
    while cursor is not None:
        more = f"&cursor={cursor}" if cursor else ""
        page = done(await room.as_("NOR").get(f"/clauses/OP1/positions?limit=1{more}"))
        pages += page["items"]
        cursor = page["next"]
    assert pages == whole


async def test_a_draft_of_another_delegation_has_no_positions_to_read(room: Room) -> None:
    done(await room.as_("NOR").propose("OP1", TWICE, audience="delegation"))
    assert done(await room.as_("NOR").get("/amendments/A1/positions"))["items"] == []
    hidden = refused(await room.as_("ARG").get("/amendments/A1/positions"), 404, "not-found")
    absent = refused(await room.as_("ARG").get("/amendments/A9/positions"), 404, "not-found")
    assert hidden["detail"].replace("A1", "A9") == absent["detail"]


# --- progress over time -----------------------------------------------------------------------------------------------


async def test_progress_has_every_day_in_the_time_zone_of_the_negotiation_and_what_marks_it(
    room: Room, clock: SetClock
) -> None:
    done(await room.as_("FRA").post("/readings"))
    done(await room.as_("FRA").rule("PP1"))
    clock.advance(days=2)
    done(await room.as_("FRA").post("/readings/close"))
    answer = await room.as_("ILO").get("/progress")
    found = done(answer)
    assert (found["negotiation"], found["seq"], found["time_zone"]) == ("water", await room.head(), "UTC")
    agreed = {"agreed": 1, "open": 9}
    assert found["days"] == [{"day": f"2023-01-{day}", "paragraphs": 10, "counts": agreed} for day in (16, 17, 18)]
    assert [(one["what"], one["number"], one["name"], one["day"]) for one in found["milestones"]] == [
        ("revision", 0, "zero draft", "2023-01-16"),
        ("reading_opened", 1, "reading 1", "2023-01-16"),
        ("reading_closed", 1, "reading 1", "2023-01-18"),
    ]
    unchanged = await room.as_("ILO").get("/progress", If_None_Match=answer.headers["ETag"])
    assert unchanged.status_code == 304
    clock.now = clock.now.replace(hour=23)
    assert (await room.as_("ILO").get("/progress", If_None_Match=answer.headers["ETag"])).status_code == 304
    clock.advance(hours=2)
    assert len(done(await room.as_("ILO").get("/progress", If_None_Match=answer.headers["ETag"]))["days"]) == 4


@on_sqlite
async def test_a_record_that_was_altered_is_said_to_be_so_and_the_board_is_shown_all_the_same(
    room: Room, clock: SetClock
) -> None:
    done(await room.as_("FRA").rule("PP1"))
    clock.advance(days=1)
    altered = "update entry set payload = replace(payload, '\"c3\"', '\"c99\"') where verb = 'clause.rule'"
    await room.by_hand("drop trigger entry_no_update", altered)
    problem = refused(await room.as_("NOR").get("/progress"), 500, "record-not-told")
    assert "`chapeau verify`" in problem["detail"]
    visitor = Visitor(room, room.client)
    await visitor.come_in("NOR")
    page = await visitor.get("/n/water/board")
    assert page.status_code == 200
    assert "look with `chapeau verify`" in page.text
