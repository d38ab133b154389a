"""The full-text index that each database keeps of the library's passages is in step with them."""

import pytest
from sqlalchemy import delete, select, update

from app.record import migrations
from app.record.database import Database, Session
from app.record.library import LibraryPassage, LibraryText, LibraryWord, passages_with
from tests.builders import NOW


@pytest.fixture
async def text_id(database: Database) -> int:
    async with database.writing() as db:
        text = LibraryText(symbol="A/RES/64/292", paragraphs=2, content_hash="…", imported_at=NOW)
        db.add(text)
        await db.flush()
        for place, words in enumerate(("safe water", "水 安 全 leau", ""), start=1):
            db.add(passage(text.id, place, words))
        return text.id


def passage(text_id: int, place: int, words: str) -> LibraryPassage:
    return LibraryPassage(text_id=text_id, place=place, kind="operative", label=f"OP{place}", text=words, words=words)


async def places(db: Session, word: str) -> list[int]:
    ids = passages_with(db, word)
    found = await db.scalars(select(LibraryPassage.place).where(LibraryPassage.id.in_(ids)))
    return sorted(found)


async def test_a_passage_is_found_by_each_of_its_words_in_every_script(database: Database, text_id: int) -> None:
    async with database.reading() as db:
        assert [await places(db, word) for word in ("safe", "water", "水", "安", "leau")] == [[1], [1], [2], [2], [2]]
        assert [await places(db, word) for word in ("wat", "waters", "全水", "the")] == [[]] * 4


async def test_what_is_changed_or_deleted_is_found_as_it_is_now(database: Database, text_id: int) -> None:
    async with database.writing() as db:
        await db.execute(update(LibraryPassage).where(LibraryPassage.place == 1).values(words="clean water"))
        await db.execute(delete(LibraryPassage).where(LibraryPassage.place == 2))
        db.add(passage(text_id, 4, "more water"))
    async with database.reading() as db:
        assert [await places(db, word) for word in ("safe", "clean", "water", "水")] == [[], [1], [1, 4], []]


async def test_the_library_goes_and_nothing_else(database: Database, text_id: int) -> None:
    async with database.writing() as db:
        db.add(LibraryWord(word="water", passages=1))
    await migrations.downgrade(database, "0001")
    await migrations.upgrade(database)
    assert await migrations.differences(database) == []
    async with database.reading() as db:
        assert await places(db, "water") == []
        assert (await db.scalars(select(LibraryWord))).all() == []


async def test_an_import_that_fails_leaves_no_trace_in_the_index(database: Database, text_id: int) -> None:
    async def half_way() -> None:
        async with database.writing() as db:
            db.add(passage(text_id, 4, "rivers"))
            await db.flush()
            assert await places(db, "rivers") == [4]
            raise InterruptedError

    with pytest.raises(InterruptedError):
        await half_way()
    async with database.reading() as db:
        assert await places(db, "rivers") == []
