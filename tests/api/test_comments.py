"""Comments: said to the room or within a delegation, answered, taken back, and always on the record."""

from typing import Any

import pytest

from tests.api.room import READER, SECRETARIAT, Room, done, furnish, refused


async def heard(room: Room, who: str, query: str = "") -> list[dict[str, Any]]:
    return list(done(await room.as_(who).get(f"/comments{query}"))["items"])


async def names(room: Room, who: str, query: str = "") -> list[str]:
    return [comment["name"] for comment in await heard(room, who, query)]


async def test_a_comment_says_who_said_what_on_which_version(room: Room) -> None:
    done(await room.as_("FRA").edit("OP1", "Encourages all Member States to measure the quality of water every year;"))
    made = done(await room.as_("ILO").comment("op1", "  Who measures?\n\nThe utilities?  "))
    assert made == {"comment": "C1", "on": "OP1", "version": 2, "audience": "room", "seq": made["seq"]}
    (comment,) = await heard(room, READER)
    assert comment["text"] == "Who measures?\n\nThe utilities?"
    assert (comment["label"], comment["version"], comment["delegation"]) == ("OP1", 2, "ILO")
    assert (comment["author"], comment["reply_to"], comment["retracted_at"]) == ("Delegate of ILO", "", None)


async def test_a_comment_changes_no_status_and_a_closed_paragraph_takes_it(room: Room) -> None:
    done(await room.as_("FRA").rule("OP1"))
    done(await room.as_(SECRETARIAT).comment("OP1", "Translation to be checked."))
    assert await room.status("OP1") == "agreed"
    assert (await heard(room, "NOR"))[0]["delegation"] == ""


async def test_what_is_said_within_a_delegation_is_heard_by_it_alone_and_hidden_in_the_record(room: Room) -> None:
    made = done(await room.as_("NOR").comment("OP1", "Our red line.", audience="delegation"))
    assert await names(room, "NOR") == ["C1"]
    for other in ("FRA", "ILO", SECRETARIAT, READER):
        assert await names(room, other) == []
        assert done(await room.as_(other).get(f"/record/{made['seq']}"))["payload"] is None
        status, slug = (403, "not-permitted") if other == READER else (404, "not-found")
        refused(await room.as_(other).delete("/comments/C1"), status, slug)
    assert done(await room.as_("NOR").get(f"/record/{made['seq']}"))["payload"]["text"] == "Our red line."
    refused(await room.as_("FRA").comment("OP1", "Is it?", reply_to="C1"), 404, "not-found")
    refused(await room.as_("NOR").comment("OP1", "It is.", reply_to="C1"), 422, "invalid-input")
    done(await room.as_("NOR").comment("OP1", "It is.", reply_to="C1", audience="delegation"))
    assert await room.is_intact()


async def test_comments_are_listed_by_clause_and_by_amendment_a_page_at_a_time(room: Room) -> None:
    await furnish(room)
    done(await room.as_("ARG").comment("OP1", "Tariffs differ.", reply_to="C1"))
    done(await room.as_("BRA").comment("A1", "We could live with it."))
    done(await room.as_("FRA").comment("A2", "To be refined.", audience="delegation"))
    assert await names(room, "ARG", "?clause=OP1") == ["C1", "C2"]
    assert await names(room, "ARG", "?amendment=A1") == ["C3"]
    assert await names(room, "ARG", "?amendment=A2") == []
    assert await names(room, "FRA", "?amendment=A2") == ["C4"]
    assert (await heard(room, "ARG"))[1]["reply_to"] == "C1"
    first = done(await room.as_("FRA").get("/comments?limit=3"))
    rest = done(await room.as_("FRA").get(f"/comments?limit=3&cursor={first['next']}"))
    assert ([c["name"] for c in rest["items"]], rest["next"]) == (["C4"], None)


async def test_a_comment_on_an_amendment_that_is_taken_back_says_on_which(room: Room) -> None:
    await furnish(room)
    done(await room.as_("NOR").comment("A1", "We prefer the text."))
    assert done(await room.as_("NOR").delete("/comments/C2"))["on"] == "A1"


async def test_only_its_author_takes_a_comment_back_and_the_record_keeps_it(room: Room) -> None:
    made = done(await room.as_("NOR").comment("OP1", "We object."))
    refused(await room.as_("FRA").delete("/comments/C1"), 403, "not-yours")
    retracted = done(await room.as_("NOR").delete("/comments/C1"))
    assert (retracted["comment"], retracted["on"]) == ("C1", "OP1")
    (comment,) = await heard(room, "FRA")
    assert comment["text"] == ""
    assert comment["retracted_at"]
    assert done(await room.as_("FRA").get(f"/record/{made['seq']}"))["payload"]["text"] == "We object."
    refused(await room.as_("NOR").delete("/comments/C1"), 409, "comment-retracted")
    refused(await room.as_("FRA").comment("OP1", "Why?", reply_to="C1"), 409, "comment-retracted")


@pytest.mark.parametrize(
    ("body", "status", "slug"),
    [
        ({"text": "On what?"}, 422, "invalid-input"),
        ({"text": "On which?", "clause": "OP1", "amendment": "A1"}, 422, "invalid-input"),
        ({"text": "Where?", "clause": "OP99"}, 404, "not-found"),
        ({"text": "Where?", "amendment": "A99"}, 404, "not-found"),
        ({"text": "Whose?", "clause": "OP1", "reply_to": "C99"}, 404, "not-found"),
        ({"text": "Elsewhere", "clause": "OP3", "reply_to": "C1"}, 422, "invalid-input"),
        ({"text": "  \n ", "clause": "OP1"}, 422, "text-empty"),
        ({"text": "hid\u202eden", "clause": "OP1"}, 422, "text-refused"),
        ({"text": "long " * 1_500, "clause": "OP1"}, 422, "text-too-long"),
        ({"text": "To all.", "amendment": "A2"}, 422, "invalid-input"),
    ],
)
async def test_a_comment_that_cannot_be_is_refused_with_what_to_do(
    room: Room, body: dict[str, Any], status: int, slug: str
) -> None:
    await furnish(room)
    before = await room.head()
    refused(await room.as_("FRA").post("/comments", body), status, slug)
    assert await room.head() == before


async def test_the_secretariat_has_no_delegation_to_keep_a_comment_within(room: Room) -> None:
    refused(await room.as_(SECRETARIAT).comment("OP1", "Among us.", audience="delegation"), 422, "invalid-input")
    refused(await room.as_(READER).comment("OP1", "May I?"), 403, "not-permitted")
