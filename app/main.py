"""The whole wiring on one page: settings, database, views in memory, routes, errors, background work."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import timedelta

from fastapi import FastAPI

from app import __version__
from app.actions import repeating, silence, warning
from app.api.answers import answer_problems
from app.api.description import describe
from app.api.heads import HeadLikeGet
from app.api.routes import router
from app.http.rendered import Rendered
from app.http.server import Server
from app.live.feed import Feed
from app.record.database import Clock, Database, server_clock
from app.settings import Settings, settings
from app.views.standings import Standings
from app.web.routes import add_pages

_log = logging.getLogger("chapeau")
_LONGEST_NAP = timedelta(seconds=20)


def create_app(given: Settings | None = None, clock: Clock = server_clock) -> FastAPI:
    """The application. `uvicorn --factory app.main:create_app` serves it; tests give their own settings and clock."""
    chosen = given or settings()
    database = Database(chosen.database_url, pool_size=chosen.pool_size, clock=clock)
    server = Server(
        chosen,
        database,
        Standings(chosen.cached_negotiations),
        Rendered(chosen.cached_negotiations),
        Feed(database),
    )
    app = FastAPI(
        title="Chapeau",
        version=__version__,
        summary="A collaborative resolution-drafting server",
        lifespan=_lifespan,
        docs_url=None,  # its pages load scripts from outside; ours is app/api/reference.py
        redoc_url=None,
    )
    app.state.server = server
    app.include_router(router)
    add_pages(app)
    app.add_middleware(HeadLikeGet)
    answer_problems(app)
    describe(app)
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    server: Server = app.state.server
    stopping = asyncio.Event()
    keeper = asyncio.create_task(_keep_house(server, stopping))
    feed = asyncio.create_task(server.feed.run(stopping))
    try:
        yield
    finally:
        server.feed.stop()
        stopping.set()
        await asyncio.gather(keeper, feed)
        await server.database.close()


async def _keep_house(server: Server, stopping: asyncio.Event) -> None:
    """Warn of silences before they end, put them on the record when they pass, and drop answers kept long enough, until
    the server stops.

    It stops between two rounds: drivers do not take a cancellation in the middle of a statement well.
    """
    while not stopping.is_set():
        try:
            all_done = await keep_house_once(server)
            nap = await _until_next_deadline(server) if all_done else _LONGEST_NAP
        except Exception as error:  # the database may be away for a while; it is asked again
            _log.warning("background work failed and will be tried again", exc_info=error)
            nap = _LONGEST_NAP
        with suppress(TimeoutError):
            async with asyncio.timeout(nap.total_seconds()):
                await stopping.wait()


async def keep_house_once(server: Server) -> bool:
    """One round of the background work; as often as one likes, from as many processes as there are.

    A silence whose warning or passing cannot be recorded holds up nothing else: it is tried again with the next round.
    Whether everything was done.
    """
    async with server.database.reading() as db:
        due = [(warning.warn, silence_id) for silence_id in await warning.due(db)]
        due += [(silence.pass_silence, silence_id) for silence_id in await silence.due(db)]
    failed = 0
    for act, silence_id in due:
        try:
            async with server.database.writing() as db:
                await act(db, silence_id)
        except Exception as error:
            _log.warning("a silence could not be put on record", exc_info=error, extra={"silence_id": silence_id})
            failed += 1
    async with server.database.writing() as db:
        await repeating.forget_old(db, timedelta(hours=server.settings.idempotency_hours))
    return not failed


async def _until_next_deadline(server: Server) -> timedelta:
    async with server.database.reading() as db:
        moments = [moment for moment in (await warning.next_due(db), await silence.next_due(db)) if moment is not None]
    if not moments:
        return _LONGEST_NAP
    return min(max(min(moments) - server.database.clock(), timedelta(milliseconds=50)), _LONGEST_NAP)
