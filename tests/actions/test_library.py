"""Adopted texts come into the library: once, replaced when they differ, found when they are there."""

import asyncio
from collections import Counter

import pytest
from sqlalchemy import func, select

from app.actions.library import Imported, Outcome, import_text
from app.problems import NotFound, NotPermitted
from app.record.database import Database
from app.record.journal import Entry
from app.record.library import LibraryPassage, LibraryText, LibraryWord
from app.rules.permissions import Role, Seat
from app.text.adopted import read_adopted
from app.views.access import operator_seat
from app.views.agreed_language import agreed_language
from app.views.library import texts, whole_text

WATER = """---
slug: water
title: Safe water for all
organ: General Assembly
symbol: A/RES/64/292
session: Sixty-fourth session
language: en
---

*The General Assembly*,

PP1. *Recalling* its resolution 60/1 of 16 September 2005,[^1]

## Means

OP1. *Encourages* Member States to measure the quality of water every year;

OP1(a). Of rivers;

OP2. *Decides* to remain seized of the matter.

[^1]: 2005 World Summit Outcome.
"""


async def imported(database: Database, source: str, **given: str) -> Imported:
    async with database.writing() as db:
        return await import_text(db, await operator_seat(db), read_adopted(source, **given))


async def hits(database: Database, query: str) -> list[tuple[str, str, bool]]:
    async with database.reading() as db:
        found = await agreed_language(db, query)
    return [(hit.symbol, hit.label, hit.exact) for hit in found.hits]


async def counted(database: Database) -> tuple[Counter[str], Counter[str]]:
    """In how many passages each word stands: as it is kept, and as it is."""
    async with database.reading() as db:
        kept = Counter({word.word: word.passages for word in await db.scalars(select(LibraryWord))})
        passages = (await db.scalars(select(LibraryPassage.words))).all()
    return kept, Counter(word for words in passages for word in set(words.split()))


async def test_an_imported_text_can_be_read_whole_and_its_paragraphs_found(database: Database) -> None:
    done = await imported(database, WATER)
    assert done == Imported("A/RES/64/292", "Safe water for all", Outcome.IMPORTED, 4, 0)
    async with database.reading() as db:
        found = await whole_text(db, "A/RES/64/292")
        listed = await texts(db)
        assert await db.scalar(select(func.count()).select_from(Entry)) == 0, "the library is on no record"
    assert (found.about,) == listed
    assert (found.about.organ, found.about.session, found.about.paragraphs) == (
        "General Assembly",
        "Sixty-fourth session",
        4,
    )
    labels = [passage.label for passage in found.passages]
    assert labels == ["Title", "Opening", "PP1", "H1", "OP1", "OP1(a)", "OP2", "N1"]

    assert await hits(database, "to measure the quality of water") == [("A/RES/64/292", "OP1", True)]
    for not_looked_for in ("The General Assembly", "Means", "World Summit Outcome", "Safe water for all"):
        assert await hits(database, not_looked_for) == []


async def test_the_same_text_again_changes_nothing(database: Database) -> None:
    await imported(database, WATER)
    async with database.reading() as db:
        before = await texts(db)
    assert (await imported(database, WATER)).outcome is Outcome.UNCHANGED
    assert (await imported(database, WATER.replace("rivers", "ri\u200dvers"))).dropped == 1
    async with database.reading() as db:
        assert await texts(db) == before
    assert await hits(database, "measure the quality") == [("A/RES/64/292", "OP1", True)]


async def test_another_text_under_the_symbol_takes_its_place(database: Database) -> None:
    await imported(database, WATER)
    replaced = await imported(database, WATER.replace("OP1(a). Of rivers;", "OP1(a). Of lakes;\n\nOP1(b). Of seas;"))
    assert (replaced.outcome, replaced.paragraphs) == (Outcome.REPLACED, 5)
    assert await hits(database, "rivers") == []
    assert await hits(database, "of seas") == [("A/RES/64/292", "OP1(b)", True)]
    async with database.reading() as db:
        assert len(await texts(db)) == 1
    kept, there = await counted(database)
    assert kept == there


async def test_words_are_counted_over_all_texts(database: Database) -> None:
    await imported(database, WATER)
    await imported(database, WATER, symbol="A/RES/65/1")
    kept, there = await counted(database)
    assert kept == there
    assert (kept["water"], kept["rivers"]) == (2, 2)


async def test_texts_imported_at_once_are_all_there_and_counted(database: Database) -> None:
    symbols = [f"A/RES/65/{number}" for number in range(1, 5)]
    done = await asyncio.gather(*(imported(database, WATER, symbol=symbol) for symbol in [*symbols, symbols[0]]))
    assert Counter(one.outcome for one in done) == {Outcome.IMPORTED: 4, Outcome.UNCHANGED: 1}
    kept, there = await counted(database)
    assert kept == there
    async with database.reading() as db:
        assert [text.symbol for text in await texts(db)] == symbols
        assert [text.symbol for text in await texts(db, after=symbols[1], limit=1)] == [symbols[2]]


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
async def test_only_an_administrator_imports(database: Database, role: Role) -> None:
    with pytest.raises(NotPermitted):
        async with database.writing() as db:
            await import_text(db, Seat(1, "Camille Martin", role), read_adopted(WATER))
    async with database.reading() as db:
        assert (await db.scalars(select(LibraryText))).all() == []


async def test_a_text_is_read_by_its_symbol_in_either_spelling_of_its_spaces(database: Database) -> None:
    await imported(database, WATER, symbol="S/RES/1674 (2006)")
    async with database.reading() as db:
        for name in ("S/RES/1674(2006)", "S/RES/1674 (2006)"):
            assert (await whole_text(db, name)).about.symbol == "S/RES/1674(2006)"
        for name in ("S/RES/1674", "", "\x00", "\ud800", "' or 1=1 --"):
            with pytest.raises(NotFound, match="library"):
                await whole_text(db, name)
