"""Bringing a database to the shape that this version of Chapeau needs."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text
from sqlalchemy.engine import Connection
from sqlalchemy.ext.asyncio import AsyncConnection

from app.problems import InvalidInput
from app.record.database import Database
from app.record.library import FULL_TEXT
from app.record.models import Base
from app.said import Said

_ROOT = Path(__file__).resolve().parents[2]
_LOCK = 0x63686170  # any number, the same for all processes: one migrates, the others wait


def comparison() -> dict[str, Any]:
    """How Alembic compares the database with the models: all of it but the full-text indexes, which each database keeps
    in its own way and no model has."""

    def is_in_a_model(name: str | None, _type: str, _parents: object) -> bool:
        return FULL_TEXT not in (name or "")

    return {"compare_type": True, "compare_server_default": True, "include_name": is_in_a_model}


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_ROOT / "migrations").replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


@asynccontextmanager
async def _alone(database: Database) -> AsyncIterator[AsyncConnection]:
    """A transaction in which no other process migrates: SQLite locks by itself, PostgreSQL is asked to."""
    async with database.engine.begin() as connection:
        if not database.is_sqlite:
            await connection.execute(text(f"select pg_advisory_xact_lock({_LOCK})"))
        yield connection


async def upgrade(database: Database, to: str = "head") -> None:
    """Bring the database up to `to` (a revision or "head"), in one transaction: all of it or nothing."""
    async with _alone(database) as connection:
        await connection.run_sync(lambda sync: command.upgrade(_config(sync), to))


async def downgrade(database: Database, to: str) -> None:
    """Take the database back to `to` (a revision or "base"), in one transaction."""
    async with _alone(database) as connection:
        await connection.run_sync(lambda sync: command.downgrade(_config(sync), to))


async def move(database: Database, to: str = "head") -> None:
    """Bring the database to the revision `to`, up or down, in one transaction. Raises InvalidInput for an unknown one.

    Not down to nothing: the first revision is the earliest.
    """
    script = ScriptDirectory.from_config(_config())
    known = [found.revision for found in script.walk_revisions()]  # the newest first
    if to not in ("head", *known):
        raise InvalidInput.at(
            "to", Said("“{to}” is no revision; there are: {revisions}.", to=to, revisions=", ".join(reversed(known)))
        )

    def go(sync: Connection) -> None:
        now = MigrationContext.configure(sync).get_current_revision()
        is_earlier = to in known and now in known and known.index(to) > known.index(now)
        (command.downgrade if is_earlier else command.upgrade)(_config(sync), to)

    async with _alone(database) as connection:
        await connection.run_sync(go)


async def is_current(database: Database) -> bool:
    """Whether the database has every migration of this version of Chapeau."""
    async with database.engine.connect() as connection:
        found = await connection.run_sync(lambda sync: MigrationContext.configure(sync).get_current_revision())
    return found == ScriptDirectory.from_config(_config()).get_current_head()


async def differences(database: Database) -> list[object]:
    """How the tables in the database differ from the models; empty when they are equal."""

    def compare(sync: Connection) -> list[object]:
        context = MigrationContext.configure(sync, opts=comparison())
        return list(compare_metadata(context, Base.metadata))

    async with database.engine.connect() as connection:
        return await connection.run_sync(compare)
