"""The engine behind reading and writing: turns, snapshots, rollbacks, moments; SQLite and PostgreSQL alike."""

import asyncio
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError, StatementError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.pool import QueuePool

from app.record.database import Database, now_of
from app.record.models import Negotiation, Reading
from tests.builders import NOW, SetClock, on_sqlite
from tests.record.rows import a_negotiation


async def the_negotiation(db: AsyncSession) -> Negotiation:
    """The negotiation, locked as an act locks it."""
    return (await db.scalars(select(Negotiation).with_for_update())).one()


async def slugs(db: AsyncSession) -> list[str]:
    return list(await db.scalars(select(Negotiation.slug).order_by(Negotiation.slug)))


async def started(database: Database) -> None:
    async with database.writing() as db:
        await a_negotiation(db)


# --- writing --------------------------------------------------------------------------------------------------------


async def test_writers_wait_for_their_turn_so_that_no_act_is_lost(database: Database) -> None:
    await started(database)

    async def act() -> None:
        async with database.writing() as db:
            negotiation = await the_negotiation(db)
            seen = negotiation.head_seq
            await asyncio.sleep(0)  # let the others try
            negotiation.head_seq = seen + 1

    await asyncio.gather(*(act() for _ in range(20)))
    async with database.reading() as db:
        assert (await db.scalars(select(Negotiation.head_seq))).one() == 20


async def test_writers_in_two_processes_wait_for_each_other_too(database: Database, database_url: str) -> None:
    await started(database)
    another = Database(database_url, pool_size=5)

    async def act(process: Database) -> None:
        async with process.writing() as db:
            negotiation = await the_negotiation(db)
            negotiation.head_seq = negotiation.head_seq + 1

    try:
        await asyncio.gather(*(act(process) for process in (database, another) * 5))
    finally:
        await another.close()
    async with database.reading() as db:
        assert (await db.scalars(select(Negotiation.head_seq))).one() == 10


@on_sqlite
async def test_on_sqlite_writers_wait_in_the_process_and_not_on_the_lock(database: Database) -> None:
    await started(database)
    pool = database.engine.pool
    assert isinstance(pool, QueuePool)
    connections_in_use: list[int] = []

    async def act() -> None:
        async with database.writing() as db:
            await the_negotiation(db)
            connections_in_use.append(pool.checkedout())

    await asyncio.gather(*(act() for _ in range(5)))
    assert connections_in_use == [1] * 5


async def test_a_writer_that_fails_leaves_nothing_and_the_next_one_writes(database: Database) -> None:
    async def act() -> None:
        async with database.writing() as db:
            await a_negotiation(db, "lost")
            raise LookupError

    with pytest.raises(LookupError):
        await act()
    async with database.writing() as db:
        await a_negotiation(db, "kept")
    async with database.reading() as db:
        assert await slugs(db) == ["kept"]


async def test_a_writer_that_is_cancelled_leaves_nothing_and_gives_its_turn_away(database: Database) -> None:
    is_writing = asyncio.Event()

    async def never_done() -> None:
        async with database.writing() as db:
            await a_negotiation(db, "lost")
            is_writing.set()
            await asyncio.Event().wait()

    writer = asyncio.create_task(never_done())
    await is_writing.wait()
    writer.cancel()
    with pytest.raises(asyncio.CancelledError):
        await writer
    async with database.writing() as db:
        await a_negotiation(db, "kept")
    async with database.reading() as db:
        assert await slugs(db) == ["kept"]


async def test_what_is_written_is_there_for_the_next_process(database: Database, database_url: str) -> None:
    await started(database)
    await database.close()
    another = Database(database_url)
    try:
        async with another.reading() as db:
            assert await slugs(db) == ["sse"]
    finally:
        await another.close()


# --- reading --------------------------------------------------------------------------------------------------------


async def test_a_reader_sees_one_snapshot_whatever_is_written_meanwhile(database: Database) -> None:
    await started(database)
    async with database.reading() as reader:
        assert await slugs(reader) == ["sse"]
        async with database.writing() as db:
            await a_negotiation(db, "water")
        assert await slugs(reader) == ["sse"]
    async with database.reading() as reader:
        assert await slugs(reader) == ["sse", "water"]


async def test_a_reader_does_not_see_what_is_not_yet_committed_and_does_not_wait_for_it(database: Database) -> None:
    async with database.writing() as db:
        await a_negotiation(db)
        async with database.reading() as reader:
            assert await slugs(reader) == []
    async with database.reading() as reader:
        assert await slugs(reader) == ["sse"]


async def test_a_database_that_answers_is_ready(database: Database) -> None:
    assert await database.is_ready()


# --- moments --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "moment",
    [
        datetime(2023, 4, 18, 15, 30, 0, 123456, tzinfo=UTC),
        datetime(2023, 4, 18, 11, 30, tzinfo=ZoneInfo("America/New_York")),
        datetime(2023, 10, 29, 2, 30, fold=1, tzinfo=ZoneInfo("Europe/Paris")),
    ],
    ids=["UTC", "New York", "the hour that comes twice"],
)
async def test_a_moment_comes_back_in_utc_to_the_microsecond(database: Database, moment: datetime) -> None:
    async with database.writing() as db:
        db.add(Negotiation(slug="sse", created_at=moment))
    async with database.reading() as db:
        found = (await db.scalars(select(Negotiation.created_at))).one()
        by_moment = (await db.scalars(select(Negotiation.slug).where(Negotiation.created_at == moment))).all()
    assert found == moment.astimezone(UTC)
    assert found.tzinfo is UTC
    assert by_moment == ["sse"]


async def test_a_moment_without_a_time_zone_is_refused(database: Database) -> None:
    with pytest.raises(StatementError, match="a moment without a time zone cannot be stored"):
        async with database.writing() as db:
            db.add(Negotiation(slug="sse", created_at=datetime(2023, 4, 18, 12)))


async def test_the_time_is_the_servers_and_asked_inside_the_transaction(database: Database, clock: SetClock) -> None:
    async with database.writing() as db:
        assert now_of(db) == NOW
        clock.advance(minutes=5)
        assert now_of(db) == clock.now


async def test_a_row_that_refers_to_nothing_is_refused(database: Database) -> None:
    with pytest.raises(IntegrityError, match=r"(?i)foreign key"):
        async with database.writing() as db:
            db.add(Reading(negotiation_id=999, number=1, opened_at=NOW, opened_seq=1))
