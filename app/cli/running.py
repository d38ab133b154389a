"""What every command does around its work: open the database, close it, and say what went wrong in a sentence."""

import asyncio
import sys
from collections.abc import Awaitable, Callable
from typing import TypeVar

import typer

from app.problems import Problem
from app.record.database import Database
from app.record.migrations import is_current
from app.settings import settings

Result = TypeVar("Result")


def with_database(work: Callable[[Database], Awaitable[Result]], *, must_be_current: bool = True) -> Result:
    """Do `work` on the database of the settings. A problem ends the program with its sentence and exit status 2."""

    async def run() -> Result:
        chosen = settings()
        database = Database(chosen.database_url, pool_size=chosen.pool_size)
        try:
            if must_be_current and not await is_current(database):
                raise fail("The database has not been migrated to this version. Run 'chapeau migrate' first.")
            return await work(database)
        finally:
            await database.close()

    try:
        return asyncio.run(run())
    except Problem as problem:
        raise fail(problem.detail) from problem


def fail(sentence: str, status: int = 2) -> typer.Exit:
    """Say what went wrong on the error stream, after what was printed so far; raise what this returns."""
    sys.stdout.flush()
    typer.echo(f"chapeau: {sentence}", err=True)
    return typer.Exit(status)
