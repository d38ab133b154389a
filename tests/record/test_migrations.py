"""The migrations: up and down on filled tables, equal to the models, all or nothing."""

import asyncio

import pytest
from sqlalchemy import CheckConstraint, inspect, select
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError

from app.record import migrations
from app.record.database import Database
from app.record.library import FULL_TEXT
from app.record.models import Base, Silence
from tests.builders import NOW
from tests.record.rows import empty_tables, fill


async def test_a_database_comes_up_from_nothing(empty_database: Database) -> None:
    assert not await migrations.is_current(empty_database)
    await migrations.upgrade(empty_database)
    assert await migrations.is_current(empty_database)
    assert await tables(empty_database) == every_table() | {"alembic_version"}


async def test_the_tables_are_those_of_the_models(database: Database) -> None:
    assert await migrations.differences(database) == []


async def test_the_tables_check_what_the_models_check(database: Database) -> None:
    def names(connection: Connection) -> set[str | None]:
        found = inspect(connection)
        return {check["name"] for table in found.get_table_names() for check in found.get_check_constraints(table)}

    stated = {
        c.name for table in Base.metadata.sorted_tables for c in table.constraints if isinstance(c, CheckConstraint)
    }
    async with database.engine.connect() as connection:
        assert await connection.run_sync(names) == stated


async def test_a_filled_database_goes_down_to_nothing_and_up_again(database: Database) -> None:
    await fill(database)
    assert await empty_tables(database) == []

    await migrations.downgrade(database, "base")
    assert await tables(database) == {"alembic_version"}
    assert not await migrations.is_current(database)

    await migrations.upgrade(database)
    assert await migrations.differences(database) == []
    await fill(database)


async def test_a_silence_that_runs_while_the_server_is_upgraded_gets_its_warning(database: Database) -> None:
    await fill(database)
    await migrations.move(database, "0005")
    await migrations.upgrade(database)
    async with database.reading() as db:
        assert await db.scalar(select(Silence.warn_at)) == NOW


async def test_upgrading_twice_changes_nothing(database: Database) -> None:
    await fill(database)
    await migrations.upgrade(database)
    assert await empty_tables(database) == []


async def test_a_migration_that_fails_leaves_nothing_half_done(empty_database: Database) -> None:
    async with empty_database.engine.begin() as connection:
        # In the way of the last table: all others are made before the migration fails.
        await connection.exec_driver_sql("create table position (id integer)")

    with pytest.raises(DBAPIError):
        await migrations.upgrade(empty_database)
    assert await tables(empty_database) == {"position"}

    async with empty_database.engine.begin() as connection:
        await connection.exec_driver_sql("drop table position")
    await migrations.upgrade(empty_database)
    assert await migrations.differences(empty_database) == []


async def test_processes_that_start_at_once_migrate_it_once(empty_database_url: str) -> None:
    processes = [Database(empty_database_url) for _ in range(3)]
    try:
        await asyncio.gather(*(migrations.upgrade(process) for process in processes))
        assert await migrations.differences(processes[0]) == []
    finally:
        for process in processes:
            await process.close()


async def tables(database: Database) -> set[str]:
    def names(connection: Connection) -> set[str]:
        return {name for name in inspect(connection).get_table_names() if FULL_TEXT not in name}

    async with database.engine.connect() as connection:
        return await connection.run_sync(names)


def every_table() -> set[str]:
    return set(Base.metadata.tables)
