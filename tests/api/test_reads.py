"""Reading: ETags, pages, labels as addresses, moments of the past, exports, differences."""

import json
from typing import Any

import pytest

from app.text.drafts import parse
from tests.api.addresses import operations
from tests.api.room import DRAFT, ROOM, SECRETARIAT, Room, done, furnish, refused
from tests.builders import SetClock
from tests.small_print import without_small_print

OP1 = "Encourages Member States to measure the quality of water every year;"
TWICE = "Encourages Member States to measure the quality of water twice a year;"

TAGGED = [address for address in operations() if "If-None-Match" in address.parameters and address.is_in_a_negotiation]


# --- ETags ------------------------------------------------------------------------------------------------------------


async def test_what_was_read_is_not_sent_again_until_an_act_changes_it(room: Room) -> None:
    await furnish(room)
    tags = {}
    for address in TAGGED:
        read = await room.as_("NOR").get(address.path)
        assert read.headers["Cache-Control"] == "private, no-cache"
        tags[address.path] = tag = read.headers["ETag"]
        for known in (tag, f"W/{tag}", f'"other", {tag}'):
            again = await room.as_("NOR").get(address.path, if_none_match=known)
            assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", tag), address
        assert (await room.as_("NOR").get(address.path, if_none_match='"other"')).status_code == 200
    done(await room.as_("ARG").take("OP1", "support"))
    for path, tag in tags.items():
        changed = await room.as_("NOR").get(path, if_none_match=tag)
        assert changed.status_code == 200, path
        assert changed.headers["ETag"] != tag


async def test_a_passed_deadline_changes_the_etag_of_what_shows_a_status(room: Room, clock: SetClock) -> None:
    await furnish(room)
    addresses = ("", "/clauses", "/clauses/OP2", "/clauses/OP2/consensus", "/consensus", "/board")
    tags = {address: await room.as_("NOR").tag(address) for address in addresses}
    clock.advance(hours=72)
    for address, tag in tags.items():
        assert (await room.as_("NOR").get(address, if_none_match=tag)).status_code == 200, address


async def test_who_may_not_read_is_not_told_that_nothing_has_changed(room: Room) -> None:
    tag = await room.as_("NOR").tag("/draft")
    refused(await room.as_("stranger").get("/draft", if_none_match=tag), 404, "not-found")
    refused(await room.as_("nobody").get("/draft", if_none_match=tag), 401, "not-signed-in")


# --- pages ------------------------------------------------------------------------------------------------------------


async def walked(room: Room, address: str, limit: int) -> list[dict[str, Any]]:
    """All items of a list, page by page."""
    found: list[dict[str, Any]] = []
    cursor: str | None = ""
    while cursor is not None:
        separator = "&" if "?" in address else "?"
        page = done(
            await room.as_("FRA").get(f"{address}{separator}limit={limit}" + (f"&cursor={cursor}" if cursor else ""))
        )
        assert 0 < len(page["items"]) <= limit
        found += page["items"]
        cursor = page["next"]
    return found


@pytest.mark.parametrize("limit", [1, 3, 200])
async def test_page_after_page_shows_everything_exactly_once(room: Room, limit: int) -> None:
    for number in range(7):
        done(
            await room.as_("NOR").propose("OP1", f"Wording {number};", audience="delegation" if number == 3 else "room")
        )
    names = [f"A{number}" for number in (1, 2, 3, 5, 6, 7)]  # A4 is a draft of another delegation
    assert [a["name"] for a in await walked(room, "/amendments", limit)] == names
    assert [e["seq"] for e in await walked(room, "/record", limit)] == list(range(1, 25))
    proposed = await walked(room, "/record?verb=amendment.propose", limit)
    assert [e["seq"] for e in proposed] == list(range(18, 25))
    codes = [d["code"] for d in await walked(room, "/api/v1/delegations", limit)]
    assert codes == ["ARG", "BRA", "EU", "FRA", "ILO", "ITA", "NOR", "PER"]
    assert [n["slug"] for n in await walked(room, "/api/v1/negotiations", limit)] == ["water"]


async def test_what_is_added_while_a_list_is_read_appears_at_its_end(room: Room) -> None:
    for number in range(3):
        done(await room.as_("NOR").propose("OP1", f"Wording {number};"))
    page = done(await room.as_("FRA").get("/amendments?limit=2"))
    done(await room.as_("NOR").withdraw("A1"))
    done(await room.as_("NOR").propose("OP3", "Wording 3;"))
    rest = done(await room.as_("FRA").get(f"/amendments?limit=2&cursor={page['next']}"))
    assert [a["name"] for a in page["items"] + rest["items"]] == ["A1", "A2", "A3", "A4"]
    assert rest["next"] is None


async def test_amendments_are_listed_by_clause_state_and_proposer(room: Room) -> None:
    done(await room.as_("NOR").propose("OP1", TWICE))
    done(await room.as_("ARG").propose("OP1", OP1.replace("every", "each")))
    done(await room.as_("NOR").propose("OP3", "Invites banks;"))
    done(await room.as_("FRA").reject("A3"))

    async def names(query: str) -> list[str]:
        return [a["name"] for a in done(await room.as_("BRA").get(f"/amendments?{query}"))["items"]]

    assert await names("clause=op1") == ["A1", "A2"]
    assert await names("proposer=nor") == ["A1", "A3"]
    assert await names("status=rejected") == ["A3"]
    assert await names("clause=c6&proposer=NOR&status=proposed") == ["A1"]
    assert await names("proposer=XXX") == []
    refused(await room.as_("BRA").get("/amendments?clause=OP9"), 404, "not-found")


# --- addresses --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("spelling", ["OP2(a)", "op2(a)", "Op 2 (A)", "OP2%28a%29", "c8", "C8", " op2-(a)"])
async def test_a_clause_is_read_by_its_label_in_any_spelling_or_by_its_key(room: Room, spelling: str) -> None:
    clause = await room.clause(spelling)
    assert (clause["label"], clause["key"], clause["level"], clause["parent"]) == ("OP2(a)", "c8", 2, "c7")
    assert done(await room.as_("NOR").get(f"/clauses/{spelling}/consensus"))["label"] == "OP2(a)"
    done(await room.as_("NOR").put(f"/clauses/{spelling}/position", {"stance": "support"}, if_match="c8.v1"))


@pytest.mark.parametrize("spelling", ["A1", "a1", "1", " A1"])
async def test_an_amendment_is_read_by_its_name_in_any_spelling(room: Room, spelling: str) -> None:
    done(await room.as_("NOR").propose("OP1", TWICE))
    assert (await room.amendment(spelling))["name"] == "A1"


# --- the text, now and then -------------------------------------------------------------------------------------------


async def test_the_consolidated_text_is_the_text_alone(room: Room) -> None:
    await furnish(room)
    read = done(await room.as_("NOR").get("/draft"))
    assert (read["negotiation"], read["seq"]) == ("water", await room.head())
    assert [(c["label"], c["text"]) for c in read["draft"]["clauses"]][:3] == [
        ("Title", "Safe water for all"),
        ("Opening", "The General Assembly,"),
        ("PP1", "Recalling its resolution 64/292 of 28 July 2010,"),
    ]


async def test_the_text_is_exported_as_it_came_in(room: Room) -> None:
    exported = await room.as_("NOR").get("/export")
    assert without_small_print(exported.text) == DRAFT
    assert exported.headers["Content-Type"] == "text/markdown; charset=utf-8"
    assert exported.headers["Content-Disposition"] == 'inline; filename="water.md"'
    seq, head = exported.headers["Chapeau-Entry"].split()
    assert (seq, head) == ("17", done(await room.as_("NOR").get(""))["hash"])
    plain = (await room.as_("NOR").get("/export?format=txt")).text
    assert "The General Assembly," in plain
    assert "1. Encourages Member States to measure the quality of water every year;" in " ".join(plain.split())
    as_json = await room.as_("NOR").get("/export?format=json")
    assert as_json.headers["Content-Type"] == "application/json"
    content = json.loads(as_json.text)
    assert (content["slug"], content["title"]) == ("water", "Safe water for all")
    shown = {"label": "OP1", "kind": "operative", "level": 1, "text": OP1}
    assert content["clauses"][5] == {**shown, "key": "c6", "version": 1}
    assert content["origin"]["seq"] == 1
    tags = {(await room.as_("NOR").get(f"/export?format={f}")).headers["ETag"] for f in ("md", "txt", "json")}
    assert len(tags) == 3


async def test_the_text_is_read_as_it_stood_at_any_entry_or_time(room: Room, clock: SetClock) -> None:
    clock.advance(hours=1)
    done(await room.as_("NOR").propose("OP1", TWICE))
    done(await room.as_("FRA").accept("A1"))
    clock.advance(hours=1)
    done(await room.as_("NOR").propose("OP2", kind="delete"))
    done(await room.as_("FRA").accept("A2"))
    clock.advance(hours=1)
    done(await room.as_("NOR").propose("PP3", "Mindful of the rivers,", "insert"))
    done(await room.as_("FRA").accept("A3"))

    async def at(moment: str) -> tuple[int, str]:
        read = done(await room.as_("NOR").get(f"/draft?at={moment}"))
        exported = (await room.as_("NOR").get(f"/export?at={moment}")).text
        assert parse(exported).title == "Safe water for all"
        return read["seq"], without_small_print(exported)

    second = DRAFT.replace("every year", "twice a year")
    third = second.replace(second[second.index("OP2.") : second.index("OP3.")], "")
    fourth = third.replace("OP1.", "PP3 bis. *Mindful* of the rivers,\n\nOP1.")
    for moment, seq, text in (
        ("1", 1, DRAFT),
        ("18", 18, DRAFT),
        ("2023-01-16T09:59:59Z", 17, DRAFT),
        ("19", 19, second),
        ("2023-01-16T10:00:00Z", 19, second),
        ("2023-01-16T12:30:00%2B02:00", 19, second),
        ("21", 21, third),
        ("2023-01-16T11:59:59.999Z", 21, third),
        ("23", 23, fourth),
        ("2099-01-01T00:00:00Z", 23, fourth),
    ):
        assert await at(moment) == (seq, text), moment
    assert without_small_print((await room.as_("NOR").get("/export")).text) == fourth


async def test_any_two_versions_are_compared_word_by_word(room: Room) -> None:
    done(await room.as_("NOR").propose("OP1", TWICE))
    done(await room.as_("FRA").accept("A1"))
    done(await room.as_("FRA").edit("OP1", TWICE.replace("measure", "assess")))

    async def diff(query: str) -> tuple[str, str, str]:
        read = done(await room.as_("NOR").get(f"/clauses/OP1/diff?{query}"))
        for side, without in ((read["old"], "insert"), (read["new"], "delete")):
            text = "".join(run["text"] for run in read["runs"] if run["op"] != without)
            number = side.rsplit("v", 1)[1]
            assert text == done(await room.as_("NOR").get(f"/clauses/OP1/versions/{number}"))["text"]
        return read["old"], read["new"], read["marked"]

    assert await diff("from=1&to=2") == (
        "OP1 v1",
        "OP1 v2",
        "Encourages Member States to measure the quality of water [-every-]{+twice a+} year;",
    )
    assert (await diff("from=1"))[2] == (
        "Encourages Member States to [-measure-]{+assess+} the quality of water [-every-]{+twice a+} year;"
    )
    assert (await diff("from=3&to=1"))[2] == (
        "Encourages Member States to [-assess-]{+measure+} the quality of water [-twice a-]{+every+} year;"
    )
    assert (await diff("from=2&to=2"))[2] == TWICE


# --- the rest ---------------------------------------------------------------------------------------------------------


async def test_a_negotiation_shows_its_rules_and_where_it_stands(room: Room) -> None:
    read = done(await room.as_("NOR").get(""))
    assert read["title"] == "Safe water for all"
    assert (read["stage"], read["visibility"], read["silence_least_hours"]) == ("zero_draft", "participants", 24.0)
    assert (read["your_role"], read["your_delegation"]) == ("delegate", "NOR")
    assert (read["paragraphs"], read["is_agreed"], read["counts"]) == (10, False, {"open": 10})
    record = await room.record()
    assert (read["seq"], read["hash"]) == (record[-1]["seq"], record[-1]["hash"])


async def test_those_who_take_part_are_listed_with_their_role_and_whether_they_count(room: Room) -> None:
    listed = {
        p["code"]: (p["role"], p["members"], p["counts"]) for p in done(await room.as_("NOR").get("/delegations"))
    }
    assert listed == {
        "FRA": ("penholder", [], True),
        "ARG": ("delegate", [], True),
        "BRA": ("delegate", [], True),
        "ITA": ("delegate", [], True),
        "NOR": ("delegate", [], True),
        "EU": ("delegate", ["FRA", "ITA"], False),
        "ILO": ("observer", [], False),
    }


async def test_the_server_says_whether_it_is_alive_and_ready(room: Room) -> None:
    assert done(await room.client.get("/healthz"))["status"] == "alive"
    assert done(await room.client.get("/readyz")) == {"status": "ready"}
    await room.by_hand("update alembic_version set version_num = version_num || '-gone'")
    try:
        unready = await room.client.get("/readyz")
    finally:  # other tests use the same database after this one
        await room.by_hand("update alembic_version set version_num = replace(version_num, '-gone', '')")
    assert (unready.status_code, unready.json()["status"]) == (503, "not migrated: run 'chapeau migrate'")


async def test_no_answer_is_kept_by_others_on_the_way(room: Room) -> None:
    for address in ("/draft", "/clauses/OP1", "/record"):
        answer = await room.as_(SECRETARIAT).get(address)
        assert (answer.headers["Cache-Control"], answer.headers["Vary"]) == ("private, no-cache", "Authorization")
    assert (await room.client.get(ROOM)).status_code == 401
