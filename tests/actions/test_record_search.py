"""Finding something in the record: by words, paragraph, delegation, kind of act and time; never others' drafts."""

from datetime import UTC, datetime, timedelta
from typing import Any

from app.views.access import seat_named
from app.views.digest import touched
from app.views.record_search import Found, Sought, entry_in_the_chain, families, search_record
from app.views.standings import Standings
from tests.api.room import SLUG, Room, done, sign_in
from tests.builders import SetClock

TWICE = "Encourages Member States to measure the quality of water twice a year;"
SECRET = "Encourages Member States to measure the quality of their zinc pipes;"


async def found(room: Room, by: str = "FRA", before: int = 0, limit: int = 50, **sought: Any) -> Found:
    async with room.database.reading() as db:
        seat = await seat_named(db, sign_in(by), SLUG)
        standing = await Standings(1).of(db, seat.negotiation_id)
        return await search_record(db, seat, standing, Sought(**sought), before=before, limit=limit)


async def sentences(room: Room, by: str = "FRA", **sought: Any) -> list[str]:
    return [one.sentence for one in (await found(room, by, **sought)).entries]


async def key(room: Room, label: str) -> str:
    return str((await room.clause(label))["key"])


async def negotiate(room: Room) -> None:
    done(await room.as_("NOR").propose("OP1", TWICE))
    done(await room.as_("ARG").take("A1", "object", "The COSTS are not shown."))
    done(await room.as_("BRA").take("PP3", "support"))
    done(await room.as_("FRA").open_silence("OP2"))


async def test_words_are_found_in_what_people_read_in_any_case_and_all_of_them_have_to_be_there(room: Room) -> None:
    await negotiate(room)
    assert await sentences(room, words="objects costs") == ["Name of ARG objects to A1: “The COSTS are not shown”."]
    assert await sentences(room, words="OBJECTS silence") == []
    assert await sentences(room, words="twice") == [f"Name of NOR proposed A1 on OP1: to reword it as “{TWICE}”."]
    assert await sentences(room, words="stance") == [], "the names of fields are not words that anybody said"


async def test_a_paragraph_is_found_also_where_only_its_amendment_or_a_silence_is_named(room: Room) -> None:
    await negotiate(room)
    assert [one.entry.verb for one in (await found(room, clause=await key(room, "OP1"))).entries] == [
        "position.take",
        "amendment.propose",
        "negotiation.create",
    ]
    assert (await found(room, clause=await key(room, "OP2"))).entries[0].entry.verb == "silence.open"


async def test_kinds_of_acts_delegations_and_days_narrow_it_down(room: Room, clock: SetClock) -> None:
    clock.advance(hours=48)
    await negotiate(room)
    assert {one.entry.delegation for one in (await found(room, family="position")).entries} == {"ARG", "BRA"}
    assert [one.entry.verb for one in (await found(room, delegation="FRA", family="silence")).entries] == [
        "silence.open"
    ]
    day = datetime(2023, 1, 18, tzinfo=UTC)
    assert len((await found(room, since=day, until=day + timedelta(days=1))).entries) == 4
    assert (await found(room, since=day + timedelta(days=1))).entries == ()


async def test_nobody_finds_the_words_of_a_draft_of_another_delegation(room: Room) -> None:
    done(await room.as_("ARG").propose("OP1", SECRET, audience="delegation"))
    assert len(await sentences(room, "ARG", words="zinc")) == 1
    assert await sentences(room, "NOR", words="zinc") == []
    assert (await found(room, "NOR")).entries[0].sentence == "", "that there was an act is known, not which words"
    op1 = await key(room, "OP1")
    assert [one.entry.verb for one in (await found(room, "NOR", clause=op1)).entries] == ["negotiation.create"]


async def test_pages_follow_one_another_to_the_first_entry(room: Room) -> None:
    await negotiate(room)
    seen, before = [], 0
    while True:
        page = await found(room, before=before, limit=3)
        seen += [one.entry.seq for one in page.entries]
        before = page.before
        if not before:
            break
    assert seen == list(range(await room.head(), 0, -1))


async def test_an_entry_is_shown_between_its_neighbours(room: Room) -> None:
    await negotiate(room)
    async with room.database.reading() as db:
        seat = await seat_named(db, sign_in("FRA"), SLUG)
        standing = await Standings(1).of(db, seat.negotiation_id)
        head = await room.head()
        middle = await entry_in_the_chain(db, seat, standing, head - 1)
        last = await entry_in_the_chain(db, seat, standing, head)
        assert middle is not None
        assert middle.previous is not None
        assert middle.following is not None
        assert middle.told.entry.prev_hash == middle.previous.hash
        assert last is not None
        assert last.following is None
        assert await entry_in_the_chain(db, seat, standing, head + 1) is None
        assert "silence" in await families(db, seat.negotiation_id)


async def test_what_others_touched_since_one_looked_is_known_by_paragraph(room: Room) -> None:
    done(await room.as_("FRA").post("/digest/seen", {"seq": await room.head()}))
    done(await room.as_("NOR").propose("OP1", TWICE))
    done(await room.as_("FRA").take("PP1", "support"))
    async with room.database.reading() as db:
        seat = await seat_named(db, sign_in("FRA"), SLUG)
        standing = await Standings(1).of(db, seat.negotiation_id)
        assert await touched(db, seat, standing) == {await key(room, "OP1")}
