"""A negotiation as tables: what each may see of it, row by row."""

import csv
import io

from tests.api.room import Room, done, refused

TWICE = "Encourages Member States to measure the quality of water twice a year;"


async def rows(room: Room, who: str, name: str) -> list[dict[str, str]]:
    answer = await room.as_(who).get(f"/tables/{name}?format=csv")
    assert answer.status_code == 200, answer.text
    assert answer.headers["Content-Disposition"] == f'attachment; filename="water.{name}.csv"'
    seq, head = answer.headers["Chapeau-Entry"].split()
    found = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))
    assert all(row.pop("source").startswith(f"water, record entry {seq} of ") for row in found)
    assert len(head) == 64
    return found


async def test_the_table_of_amendments_has_what_each_may_see(room: Room) -> None:
    done(await room.as_("NOR").propose("OP1", TWICE, rationale="=Once is not enough."))
    done(await room.as_("BRA").propose("OP2", kind="delete", audience="delegation"))
    done(await room.as_("ARG").take("A1", "support"))
    (shown,) = await rows(room, "FRA", "amendments")
    named = ("amendment", "status", "paragraph", "proposer")
    assert [shown[name] for name in named] == ["A1", "proposed", "OP1", "NOR"]
    assert (shown["proposed text"], shown["support"]) == (TWICE, "ARG")
    assert shown["rationale"] == "'=Once is not enough."
    assert shown["changes"].count("{+twice a+}") == 1
    assert [one["amendment"] for one in await rows(room, "BRA", "amendments")] == ["A1", "A2"]


async def test_the_tables_of_positions_and_the_board_say_who_is_held_to_what(room: Room) -> None:
    done(await room.as_("EU").take("OP1", "accept"))
    done(await room.as_("ITA").take("OP1", "object", "Too costly."))
    said = {row["delegation"]: row for row in await rows(room, "NOR", "positions") if row["paragraph"] == "OP1"}
    assert (said["ITA"]["stance"], said["ITA"]["reason"], said["ITA"]["through"]) == ("object", "Too costly.", "")
    assert (said["FRA"]["stance"], said["FRA"]["through"]) == ("accept", "EU")
    board = {row["paragraph"]: row for row in await rows(room, "NOR", "board")}
    assert (board["OP1"]["ITA"], board["OP1"]["FRA"], board["OP1"]["BRA"]) == ("object", "accept (EU)", "")
    assert board["OP1"]["status"] == "bracketed"
    done(await room.as_("NOR").propose("OP1", TWICE))
    done(await room.as_("FRA").accept("A1"))
    (lapsed,) = [row for row in await rows(room, "NOR", "board") if row["paragraph"] == "OP1"]
    assert lapsed["ITA"] == "[object]"


async def test_the_table_of_outreach_is_for_those_who_hold_the_pen(room: Room) -> None:
    assert await rows(room, "FRA", "outreach")
    refused(await room.as_("NOR").get("/tables/outreach"), 403, "not-permitted")
    refused(await room.as_("FRA").get("/tables/secrets"), 422, "invalid-input")


async def test_a_table_that_has_not_changed_is_not_sent_again(room: Room) -> None:
    first = await room.as_("NOR").get("/tables/board?format=xlsx")
    assert first.content[:2] == b"PK"
    again = await room.as_("NOR").get("/tables/board?format=xlsx", If_None_Match=first.headers["ETag"])
    assert (again.status_code, again.content) == (304, b"")


async def test_the_board_is_given_as_pdf_and_no_other_table_is(room: Room) -> None:
    answer = await room.as_("NOR").get("/tables/board?format=pdf")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")
    refused(await room.as_("NOR").get("/tables/positions?format=pdf"), 422, "invalid-input")
