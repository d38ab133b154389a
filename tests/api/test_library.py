"""The library over the API: imported by an administrator, read and searched by everybody."""

import pytest

from tests.api.room import ADMINISTRATOR, DRAFT, NOBODY, READER, Room, done, refused
from tests.builders import on_sqlite

LIBRARY = "/api/v1/library"
FIND = "/api/v1/agreed-language"
OP1 = "Encourages Member States to measure the quality of water every year;"
EARLIER = DRAFT.replace("every year", "twice a year").replace("slug: water", "slug: water\nsymbol: A/RES/64/292")


@pytest.fixture
async def earlier(room: Room) -> Room:
    """The room, with an earlier text in the library."""
    done(await room.as_(ADMINISTRATOR).post(LIBRARY, {"draft": EARLIER}))
    return room


async def test_an_administrator_imports_a_text_and_reads_it_at_its_address(room: Room) -> None:
    answer = await room.as_(ADMINISTRATOR).post(LIBRARY, {"draft": EARLIER})
    assert answer.status_code == 201
    assert answer.json() == {
        "symbol": "A/RES/64/292",
        "title": "Safe water for all",
        "outcome": "imported",
        "paragraphs": 9,
        "dropped": 0,
    }
    assert answer.headers["Location"] == f"{LIBRARY}/A/RES/64/292"
    read = await room.as_(READER).get(answer.headers["Location"])
    text = done(read)
    assert (text["about"]["symbol"], text["about"]["language"]) == ("A/RES/64/292", "en")
    assert text["passages"][2] == {
        "label": "PP1",
        "kind": "preambular",
        "level": 1,
        "text": "Recalling its resolution 64/292 of 28 July 2010,",
    }
    again = await room.as_(READER).get(f"{LIBRARY}/A%2FRES%2F64%2F292", If_None_Match=read.headers["ETag"])
    assert again.status_code == 304


async def test_a_second_import_says_what_it_did(earlier: Room) -> None:
    desk = earlier.as_(ADMINISTRATOR)
    same = await desk.post(LIBRARY, {"draft": EARLIER.replace("quality", "qual\u00adity", 1)})
    assert (same.status_code, same.json()["outcome"], same.json()["dropped"]) == (200, "unchanged", 1)
    other = await desk.post(LIBRARY, {"draft": DRAFT, "symbol": "A/RES/64/292", "title": "Water"}, key="once")
    assert (other.status_code, other.json()["outcome"], other.json()["title"]) == (200, "replaced", "Water")
    repeated = await desk.post(LIBRARY, {"draft": DRAFT, "symbol": "A/RES/64/292", "title": "Water"}, key="once")
    assert (repeated.status_code, repeated.json()["outcome"]) == (200, "replaced")


async def test_a_symbol_with_a_space_has_an_address(room: Room) -> None:
    answer = await room.as_(ADMINISTRATOR).post(LIBRARY, {"draft": DRAFT, "symbol": "A/RES/76/246 B"})
    assert done(await room.as_("NOR").get(answer.headers["Location"]))["about"]["symbol"] == "A/RES/76/246 B"


@on_sqlite
async def test_a_text_without_a_symbol_or_that_cannot_be_read_is_refused(room: Room) -> None:
    desk = room.as_(ADMINISTRATOR)
    problem = refused(await desk.post(LIBRARY, {"draft": DRAFT}), 422, "invalid-input")
    assert problem["detail"] == "symbol: the text does not say its symbol; give it, such as A/RES/79/213."
    refused(await desk.post(LIBRARY, {"draft": "Dear all,", "symbol": "A/1"}), 422, "draft-unreadable")
    refused(await desk.post(LIBRARY, {"draft": DRAFT, "symbol": "../etc"}), 422, "invalid-input")
    refused(await room.as_("FRA").post(LIBRARY, {"draft": EARLIER}), 403, "not-permitted")
    refused(await desk.get(f"{LIBRARY}/A/RES/1/1"), 404, "not-found")
    assert done(await desk.get(LIBRARY)) == {"items": [], "next": None}


async def test_the_library_is_listed_in_pages(room: Room) -> None:
    for number in (3, 1, 2):
        done(await room.as_(ADMINISTRATOR).post(LIBRARY, {"draft": DRAFT, "symbol": f"A/RES/65/{number}"}))
    first = done(await room.as_("ILO").get(f"{LIBRARY}?limit=2"))
    assert [text["symbol"] for text in first["items"]] == ["A/RES/65/1", "A/RES/65/2"]
    second = done(await room.as_("ILO").get(f"{LIBRARY}?limit=2&cursor={first['next']}"))
    assert ([text["symbol"] for text in second["items"]], second["next"]) == (["A/RES/65/3"], None)


async def test_anybody_finds_a_phrase_with_the_difference(earlier: Room) -> None:
    found = done(await earlier.as_(NOBODY).get(f"{FIND}?q=measure the quality of water every year&limit=5"))
    hit = found["hits"][0]
    assert found["query"] == "measure the quality of water every year"
    assert (hit["symbol"], hit["label"], hit["kind"], hit["exact"]) == ("A/RES/64/292", "OP1", "operative", False)
    assert hit["marked"] == "measure the quality of water [-every-]{+twice a+} year"
    assert [run["op"] for run in hit["runs"]] == ["equal", "delete", "insert", "equal"]
    assert hit["text"] == OP1.replace("every year", "twice a year")
    assert 0.5 < hit["score"] < 1
    assert done(await earlier.as_(NOBODY).get(f"{FIND}?q=quality of water&language=fr"))["hits"] == []


async def test_a_clause_is_held_against_the_library_as_it_reads_now(earlier: Room) -> None:
    found = done(await earlier.as_("NOR").get("/clauses/OP1/agreed-language"))
    assert (found["query"], found["hits"][0]["exact"]) == (OP1, False)
    done(await earlier.as_("FRA").edit("OP1", OP1.replace("every year", "twice a year")))
    found = done(await earlier.as_("NOR").get("/clauses/op1/agreed-language?limit=1"))
    assert [(hit["label"], hit["exact"]) for hit in found["hits"]] == [("OP1", True)]


@on_sqlite
@pytest.mark.parametrize("query", ["", "q=", "q=a&limit=0", "q=a&limit=51", "q=a&language=%00", "q=" + "a" * 20_001])
async def test_a_search_that_cannot_be_is_refused_with_the_field(room: Room, query: str) -> None:
    problem = refused(await room.as_("NOR").get(f"{FIND}?{query}"), 422, "invalid-input")
    assert problem["errors"]


async def test_signs_and_words_that_are_nowhere_find_nothing(earlier: Room) -> None:
    for query in ("%22", "*", "AND OR NOT", "'%20or%201=1", "(", "%F0%9F%92%A7", "%E6%B0%B4"):
        assert done(await earlier.as_("NOR").get(f"{FIND}?q={query}"))["hits"] == [], query
