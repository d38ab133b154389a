"""What every command does around its work: open the database, close it, and say what went wrong in a sentence."""

import asyncio
import sys
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

import typer
from pydantic import ValidationError

from app.problems import Problem
from app.record.database import Database
from app.record.migrations import is_current
from app.settings import Settings, settings

Result = TypeVar("Result")


def with_database(work: Callable[[Database], Awaitable[Result]], *, must_be_current: bool = True) -> Result:
    """Do `work` on the database of the settings. A problem ends the program with its sentence and exit status 2."""
    chosen = settings_chosen()

    async def run() -> Result:
        database = await _opened(chosen)
        try:
            if must_be_current and not await is_current(database):
                raise fail("The database has not been migrated to this version. Run 'chapeau migrate' first.")
            return await work(database)
        finally:
            await database.close()

    with problems_said():
        return asyncio.run(run())


def settings_chosen() -> Settings:
    """The settings of this process; one that is not possible ends the program with a sentence."""
    try:
        return settings()
    except ValidationError as error:
        wrong = error.errors()[0]
        name = "_".join(str(part) for part in ("CHAPEAU", *wrong["loc"])).upper()
        raise fail(f"{name} cannot be “{wrong['input']}”: {wrong['msg']}.") from error


@contextmanager
def problems_said() -> Iterator[None]:
    """A problem in the block ends the program with its sentence and exit status 2."""
    try:
        yield
    except Problem as problem:
        raise fail(problem.detail) from problem


def fail(sentence: str, status: int = 2) -> typer.Exit:
    """Say what went wrong on the error stream, after what was printed so far; raise what this returns."""
    sys.stdout.flush()
    typer.echo(f"chapeau: {sentence}", err=True)
    return typer.Exit(status)


async def _opened(chosen: Settings) -> Database:
    try:
        database = Database(chosen.database_url, pool_size=chosen.pool_size)
        await database.try_to_open()
    except Exception as error:  # whatever the driver raises, the answer is the same
        reason = str(error.__cause__ or error).partition("\n")[0] or type(error).__name__
        raise fail(f"The database of CHAPEAU_DATABASE_URL cannot be opened: {reason}.") from error
    return database
