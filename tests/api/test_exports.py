"""Exports are kept: a document is made once for as long as what it shows is the same, whatever else happens."""

import pytest
from lxml import etree

from app.documents import formats
from app.documents.document import Document
from app.documents.formats import Format
from tests.api.room import Room, done
from tests.documents.akoma_ntoso import assert_valid

TWICE = "Encourages Member States to measure the quality of water twice a year;"


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The contents of the Markdown documents that are made while the test runs."""
    contents: list[str] = []
    write = formats._WRITERS[Format.MARKDOWN]

    def counted(document: Document) -> bytes:
        contents.append(document.content.value)
        return write(document)

    monkeypatch.setattr(formats, "_WRITERS", {**formats._WRITERS, Format.MARKDOWN: counted})
    return contents


async def exported(room: Room, query: str = "") -> bytes:
    answer = await room.as_("NOR").get(f"/export?format=md{query}")
    assert answer.status_code == 200, answer.text
    return answer.content


async def test_an_unchanged_text_is_not_made_again_whatever_happens_on_the_record(room: Room, made: list[str]) -> None:
    first = await exported(room)
    done(await room.as_("NOR").take("OP1", "accept"))
    done(await room.as_("BRA").propose("OP1", TWICE))
    assert await exported(room) == first
    assert made == ["text"]
    done(await room.as_("FRA").accept("A1"))
    assert TWICE.removeprefix("Encourages").encode() in await exported(room)
    assert made == ["text", "text"]


async def test_a_compilation_is_made_again_when_a_proposal_comes_or_goes(room: Room, made: list[str]) -> None:
    compilation = "&content=compilation"
    bare = await exported(room, compilation)
    done(await room.as_("NOR").take("OP1", "accept"))
    assert await exported(room, compilation) == bare
    done(await room.as_("BRA").propose("OP1", TWICE))
    assert b"[BRA: " in await exported(room, compilation)
    done(await room.as_("BRA").withdraw("A1"))
    assert b"[BRA: " not in await exported(room, compilation)
    assert made == ["compilation"] * 3


async def test_changes_are_kept_by_both_of_their_moments(room: Room, made: list[str]) -> None:
    done(await room.as_("BRA").propose("OP1", TWICE))
    done(await room.as_("FRA").accept("A1"))
    since = "&content=changes&since=zero draft"
    assert b"**" in await exported(room, since)
    done(await room.as_("NOR").take("OP2", "accept"))
    await exported(room, since)
    await exported(room, "&content=changes&since=1")
    assert made == ["changes"]


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
