"""The whole wiring on one page: settings, database, views in memory, routes, errors, background work."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

from fastapi import FastAPI

from app import __version__
from app.actions import repeating, silence, warning
from app.api.answers import answer_problems
from app.api.description import describe
from app.api.heads import HeadLikeGet
from app.api.routes import router
from app.http.exports import Exports
from app.http.rendered import Rendered
from app.http.server import Server
from app.live import rounds
from app.live.feed import Feed
from app.live.mail import Postman
from app.live.stopping import when_told_to_stop
from app.live.webhooks import Courier
from app.record.database import Clock, Database, server_clock
from app.settings import Settings, settings
from app.views.progress import PastDays
from app.views.standings import Standings
from app.web.errors import answer_browsers
from app.web.routes import add_pages

_log = logging.getLogger("chapeau")


def create_app(given: Settings | None = None, clock: Clock = server_clock) -> FastAPI:
    """The application. `uvicorn --factory app.main:create_app` serves it; tests give their own settings and clock."""
    chosen = given or settings()
    app = FastAPI(
        title="Chapeau",
        version=__version__,
        summary="A collaborative resolution-drafting server",
        lifespan=_lifespan,
        docs_url=None,  # its pages load scripts from outside; ours is app/api/reference.py
        redoc_url=None,
    )
    app.state.server = server_on(Database(chosen.database_url, pool_size=chosen.pool_size, clock=clock), chosen)
    app.include_router(router)
    add_pages(app)
    app.add_middleware(HeadLikeGet)
    answer_problems(app)
    answer_browsers(app)
    describe(app)
    return app


def server_on(database: Database, chosen: Settings) -> Server:
    """The parts of a server on one database."""
    most = chosen.cached_negotiations
    return Server(chosen, database, Standings(most), Rendered(most), Exports(most), PastDays(most), Feed(database))


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    server: Server = app.state.server
    stopping = asyncio.Event()
    courier = Courier(server.database, server.settings.webhooks_to_private, stopping)
    work = [
        rounds.begin("house", lambda: _keep_house(server), stopping),
        rounds.begin("webhooks", courier.once, stopping),
    ]
    if server.settings.smtp_host:
        postman = Postman(server.database, server.standings, server.settings, stopping)
        work.append(rounds.begin("mail", postman.once, stopping))
    feed = asyncio.create_task(server.feed.run(stopping))
    try:
        with when_told_to_stop(server.feed.stop):
            yield
    finally:
        server.feed.stop()
        stopping.set()
        await asyncio.gather(*work, feed)
        await courier.close()
        await server.database.close()


async def _keep_house(server: Server) -> timedelta:
    """Warn of silences before they end, put them on the record when they pass, and drop answers kept long enough. When
    to look again."""
    return await _until_next_deadline(server) if await keep_house_once(server) else rounds.LONGEST_NAP


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
        return rounds.LONGEST_NAP
    return min(max(min(moments) - server.database.clock(), timedelta(milliseconds=50)), rounds.LONGEST_NAP)
