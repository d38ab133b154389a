"""How Alembic reaches the database: over the connection it is handed, or over the one in the settings."""

import asyncio

from alembic import context
from sqlalchemy.engine import Connection

from app.record.database import Database
from app.record.migrations import comparison
from app.record.models import Base
from app.settings import settings


def migrate(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=True,  # SQLite alters a table by copying it
        **comparison(),
    )
    with context.begin_transaction():
        context.run_migrations()


async def migrate_from_settings() -> None:
    database = Database(settings().database_url)
    async with database.engine.begin() as connection:
        await connection.run_sync(migrate)
    await database.close()


handed_over = context.config.attributes.get("connection")
if handed_over is not None:
    migrate(handed_over)
else:
    asyncio.run(migrate_from_settings())
