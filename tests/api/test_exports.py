"""Exports are kept: a document is made once for as long as what it shows is the same, whatever else happens."""

from lxml import etree

from app.documents.formats import Format
from app.http.server import Server
from app.views.access import operator_seat
from app.views.exports import Content, Wanted
from tests.api.room import SLUG, Room, done
from tests.documents.akoma_ntoso import assert_valid

TWICE = "Encourages Member States to measure the quality of water twice a year;"
COMPILATION = Wanted(Content.COMPILATION)


async def exported(room: Room, wanted: Wanted = Wanted()) -> bytes:  # noqa: B008 - it is frozen
    """What the server of the room gives: the very same object where it was in memory."""
    server: Server = room.app.state.server
    async with server.database.reading() as db:
        standing = await server.standings.of(db, (await operator_seat(db, SLUG)).negotiation_id)
        return (await server.exports.of(db, standing, wanted, Format.MARKDOWN)).content


async def test_an_unchanged_text_is_not_made_again_whatever_happens_on_the_record(room: Room) -> None:
    first = await exported(room)
    done(await room.as_("NOR").take("OP1", "accept"))
    done(await room.as_("BRA").propose("OP1", TWICE))
    assert await exported(room) is first
    done(await room.as_("FRA").accept("A1"))
    assert TWICE.removeprefix("Encourages").encode() in await exported(room)


async def test_a_compilation_is_made_again_when_a_proposal_comes_or_goes(room: Room) -> None:
    bare = await exported(room, COMPILATION)
    done(await room.as_("NOR").take("OP1", "accept"))
    assert await exported(room, COMPILATION) is bare
    done(await room.as_("BRA").propose("OP1", TWICE))
    assert b"[BRA: " in await exported(room, COMPILATION)
    done(await room.as_("BRA").withdraw("A1"))
    assert b"[BRA: " not in await exported(room, COMPILATION)


async def test_changes_are_kept_by_both_of_their_moments(room: Room) -> None:
    done(await room.as_("BRA").propose("OP1", TWICE))
    done(await room.as_("FRA").accept("A1"))
    first = await exported(room, Wanted(Content.CHANGES, since="zero draft"))
    assert b"**" in first
    done(await room.as_("NOR").take("OP2", "accept"))
    assert await exported(room, Wanted(Content.CHANGES, since="1")) is first


async def test_akoma_ntoso_is_valid_and_tells_the_life_of_the_text(room: Room) -> None:
    done(await room.as_("BRA").propose("OP1", TWICE))
    done(await room.as_("FRA").accept("A1"))
    done(await room.as_("FRA").post("/revisions", {}))
    done(await room.as_("NOR").propose("OP2", kind="delete", rationale="It is said in OP1."))
    done(await room.as_("ARG").propose("PP3", "Mindful of the rivers,", "insert"))
    for query in ("", "&content=compilation", "&content=changes&since=zero draft"):
        answer = await room.as_("NOR").get(f"/export?format=xml{query}")
        assert_valid(answer.content)
    text = await room.as_("NOR").get("/export?format=xml")
    events = etree.fromstring(text.content).iterfind(".//{*}lifecycle/{*}eventRef")
    assert [event.xpath("string(@*[local-name()='name'])") for event in events] == ["zero draft", "Rev.1", "Rev.1"]
