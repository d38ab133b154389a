"""What every route works with: the server's parts, the session of the request, and who asks."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Annotated, cast

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from app.api.rendered import Rendered
from app.problems import NotSignedIn, Problem
from app.record.database import Database, Session
from app.rules.permissions import Seat
from app.rules.standing import Standing
from app.settings import Settings
from app.views.access import seat_in, server_seat
from app.views.standings import Standings


@dataclass(frozen=True, slots=True)
class Server:
    """The parts of a running server, put together in app/main.py."""

    settings: Settings
    database: Database
    standings: Standings
    rendered: Rendered


def server_of(request: Request) -> Server:
    return cast(Server, request.app.state.server)


async def session_of(request: Request) -> Session:
    """The session of this request. Its transaction is opened and closed around the route (see transactions.py)."""
    return cast(Session, request.state.db)


Db = Annotated[Session, Depends(session_of)]

_bearer = HTTPBearer(
    auto_error=False, scheme_name="accessToken", description="An access token, `chp_...`, from `chapeau token`."
)
Credentials = Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)]


async def secret_of(credentials: Credentials) -> str | None:
    """The access token that came with the request, if any."""
    return None if credentials is None else credentials.credentials


Secret = Annotated[str | None, Depends(secret_of)]


def may(verb: str) -> Callable[..., Awaitable[Seat]]:
    """A dependency that admits those who may do `verb` in the negotiation of the address, and gives their seat.

    Somebody without a token who is refused is asked to sign in (401) rather than told that it is forbidden (403).
    """

    async def admit(request: Request, db: Db, secret: Secret, negotiation: str) -> Seat:
        seat, request.state.head_seq = await seat_in(db, secret, negotiation)
        return _admitted(seat, verb)

    admit.verb = verb  # type: ignore[attr-defined]  # read by the test that walks all routes
    return admit


def may_here(verb: str) -> Callable[..., Awaitable[Seat]]:
    """A dependency that admits those who may do `verb` on the server, outside any negotiation."""

    async def admit(db: Db, secret: Secret) -> Seat:
        return _admitted(await server_seat(db, secret), verb)

    admit.verb = verb  # type: ignore[attr-defined]
    return admit


def may_by_invitation(verb: str) -> Callable[..., Awaitable[Seat]]:
    """A dependency that admits whoever may do `verb` on the server, and those without a token too: the secret of an
    invitation, which comes in the body, is what admits them.
    """

    async def admit(db: Db, secret: Secret) -> Seat:
        seat = await server_seat(db, secret)
        if seat.person_id is not None:
            seat.must(verb)
        return seat

    admit.verb = verb  # type: ignore[attr-defined]
    return admit


async def standing_of(request: Request, db: Db, seat: Seat) -> Standing:
    """Where the negotiation of a seat stands, from memory when its record has not grown."""
    return await server_of(request).standings.of(db, seat.negotiation_id, request.state.head_seq)


def _admitted(seat: Seat, verb: str) -> Seat:
    try:
        seat.must(verb)
    except Problem as refusal:
        if seat.person_id is None:
            raise NotSignedIn(reason=f"{verb} is not open to everybody.") from refusal
        raise
    if seat.person_id is None and verb.startswith(("account.", "token.", "digest.")):
        raise NotSignedIn(reason=f"{verb} is about somebody's own account.")
    return seat
