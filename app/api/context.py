"""Who asks: from the access token of a request to the seat of its holder, admitted to what a route does."""

from collections.abc import Awaitable, Callable
from typing import Annotated

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from app.http.server import Db
from app.problems import NotSignedIn, Problem
from app.rules.permissions import Seat
from app.views.access import seat_in, server_seat

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
