"""The amendments as their pages show them: in families, by what is asked for, in a constant number of statements."""

from collections.abc import Iterator
from contextlib import contextmanager

import httpx
from sqlalchemy import event

from app.views.access import seat_named
from app.views.amendment_pages import Wanted, Which, amendment_in_full, amendment_list, tally
from app.views.standings import Standings
from tests.api.room import SLUG, Room, done, sign_in
from tests.builders import on_sqlite

WATER = "Encourages Member States to measure the quality of water;"
RIVERS = "Encourages Member States to measure the quality of rivers;"
LAKES = "Encourages Member States to measure the quality of lakes;"


async def amend(room: Room, wording: str) -> httpx.Response:
    """Brazil proposes other words for A1."""
    tag = await room.as_("BRA").tag("/amendments/A1")
    return await room.as_("BRA").propose("", wording, amends="A1", if_match=tag)


async def names(room: Room, who: str, wanted: Wanted) -> list[str]:
    async with room.database.reading() as db:
        seat = await seat_named(db, sign_in(who), SLUG)
        return [one.name for _, one in await amendment_list(db, seat, wanted)]


@contextmanager
def statements(room: Room) -> Iterator[list[str]]:
    sent: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if not statement.startswith("BEGIN"):
            sent.append(statement)

    engine = room.database.engine.sync_engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(engine, "before_cursor_execute", note)


async def test_a_sub_amendment_follows_what_it_amends_on_whatever_page_that_is(room: Room) -> None:
    done(await room.as_("NOR").propose("OP1", WATER))
    done(await room.as_("ARG").propose("OP3", "Invites everybody;"))
    done(await amend(room, RIVERS))
    assert await names(room, "FRA", Wanted()) == ["A1", "A3", "A2"]
    async with room.database.reading() as db:
        seat = await seat_named(db, sign_in("FRA"), SLUG)
        first = await amendment_list(db, seat, Wanted(), limit=1)
        rest = await amendment_list(db, seat, Wanted(), after=first[-1][0])
    assert [one.name for _, one in rest] == ["A3", "A2"]


async def test_a_draft_is_listed_for_its_delegation_alone(room: Room) -> None:
    done(await room.as_("NOR").propose("OP1", WATER, audience="delegation"))
    assert await names(room, "NOR", Wanted(which=Which.DRAFTS)) == ["A1"]
    assert await names(room, "FRA", Wanted(which=Which.DRAFTS)) == []
    assert await names(room, "FRA", Wanted()) == []


async def test_ours_are_those_proposed_and_those_stood_behind(room: Room) -> None:
    done(await room.as_("NOR").propose("OP1", WATER))
    done(await room.as_("ARG").propose("OP3", "Invites everybody;"))
    done(await room.as_("BRA").propose("OP4", "Requests a report;"))
    done(await room.as_("BRA").cosponsor("A1"))
    assert await names(room, "BRA", Wanted(ours=True)) == ["A1", "A3"]
    done(await room.as_("BRA").leave("A1"))
    assert await names(room, "BRA", Wanted(ours=True)) == ["A3"]


async def test_outcomes_are_counted_and_found_by_state(room: Room) -> None:
    done(await room.as_("NOR").propose("OP1", WATER))
    done(await room.as_("ARG").propose("OP1", RIVERS))
    done(await room.as_("BRA").propose("OP3", "Invites everybody;"))
    done(await room.as_("FRA").accept("A1"))
    done(await room.as_("FRA").reject("A3"))
    assert await names(room, "FRA", Wanted(which=Which.ACCEPTED)) == ["A1"]
    assert await names(room, "FRA", Wanted(which=Which.REJECTED)) == ["A3"]
    assert await names(room, "FRA", Wanted(which=Which.CONFLICTING)) == ["A2"]
    async with room.database.reading() as db:
        found = await tally(db, await seat_named(db, sign_in("FRA"), SLUG))
    assert (found.waiting, found.conflicting, found.settled) == (1, 1, 2)


async def test_all_about_one_names_the_words_in_dispute_and_what_came_of_it(room: Room) -> None:
    done(await room.as_("NOR").propose("OP1", WATER))
    done(await room.as_("ARG").propose("OP1", RIVERS))
    done(await room.as_("FRA").accept("A1", text=LAKES, reason="Lakes were meant."))
    async with room.database.reading() as db:
        seat = await seat_named(db, sign_in("ARG"), SLUG)
        standing = await Standings(1).of(db, seat.negotiation_id)
        accepted = await amendment_in_full(db, seat, standing, 1)
        waiting = await amendment_in_full(db, seat, standing, 2)
    assert accepted.became is not None
    assert "[-water-]{+lakes+}" in accepted.became.marked
    assert waiting.is_behind
    assert [(dispute.ours, dispute.theirs) for dispute in waiting.disputes]
    assert [told.sentence.split(" on ")[0] for told in waiting.record] == [
        "Name of ARG proposed A2",
        "Name of FRA accepted, with changes, A1",
    ]


@on_sqlite
async def test_it_takes_as_many_statements_however_much_was_proposed(room: Room) -> None:
    async def count() -> tuple[int, int]:
        async with room.database.reading() as db:
            seat = await seat_named(db, sign_in("FRA"), SLUG)
            standing = await Standings(1).of(db, seat.negotiation_id)
            with statements(room) as listing:
                await amendment_list(db, seat, Wanted())
                await tally(db, seat)
            with statements(room) as reading:
                await amendment_in_full(db, seat, standing, 1)
        return len(listing), len(reading)

    done(await room.as_("NOR").propose("OP1", WATER))
    done(await room.as_("ARG").propose("OP1", RIVERS))
    few = await count()
    for number in range(4):
        done(await room.as_("BRA").propose("OP1", f"Encourages {number} States to measure the quality of water;"))
        done(await amend(room, f"Encourages {number} States;"))
        done(await room.as_("EU").take("A1", "support"))
        done(await room.as_("EU").comment("A1", f"Remark {number}"))
    assert await count() == few
