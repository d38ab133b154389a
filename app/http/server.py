"""What every route works with: the server's parts and the session of the request."""

from dataclasses import dataclass
from typing import Annotated, cast

from fastapi import Depends, Request

from app.http.exports import Exports
from app.http.rendered import Rendered
from app.live.feed import Feed
from app.record.database import Database, Session
from app.rules.permissions import Seat
from app.rules.standing import Standing
from app.settings import Settings
from app.views.progress import PastDays
from app.views.standings import Standings


@dataclass(frozen=True, slots=True)
class Server:
    """The parts of a running server, put together in app/main.py."""

    settings: Settings
    database: Database
    standings: Standings
    rendered: Rendered
    exports: Exports
    past_days: PastDays
    feed: Feed


def server_of(request: Request) -> Server:
    return cast(Server, request.app.state.server)


async def session_of(request: Request) -> Session:
    """The session of this request. Its transaction is opened and closed around the route (see transactions.py)."""
    return cast(Session, request.state.db)


Db = Annotated[Session, Depends(session_of)]


async def standing_of(request: Request, db: Db, seat: Seat) -> Standing:
    """Where the negotiation of a seat stands, from memory when its record has not grown."""
    return await server_of(request).standings.of(db, seat.negotiation_id, request.state.head_seq)
