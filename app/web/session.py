"""Who asks a page: the cookie of their session, and the proof that a form comes from a page of ours in that session."""

import hashlib
import hmac
from collections.abc import Awaitable, Callable
from typing import Annotated, Final
from urllib.parse import urlsplit

from fastapi import Depends, Request, Response
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException

from app.actions.signing_in import Opened
from app.http.server import Db
from app.problems import FormExpired, InvalidInput, NotSignedIn, Problem
from app.rules.permissions import Role, Seat
from app.said import Said
from app.views.access import Venue
from app.views.sessions import signed_in_seat, signed_in_seat_in
from app.web.once import sent_once

_MOST_FIELDS: Final = 5_000
_LONGEST_FIELD: Final = 10_000_000  # bytes; the body as a whole is limited by the settings
_PLAIN, _HOST = "chapeau", "__Host-chapeau"


def is_secure(request: Request) -> bool:
    """Whether the page came over TLS, so that cookies can be kept to it."""
    return request.url.scheme == "https"


def network_address(request: Request) -> str:
    """Where in the network a request comes from; empty where that is not known."""
    return request.client.host if request.client else ""


def secret_in(request: Request) -> str:
    """The secret of the session that the cookie holds; empty without one."""
    return request.cookies.get(_HOST if is_secure(request) else _PLAIN, "")


def keep_signed_in(request: Request, response: Response, opened: Opened) -> None:
    """Put a session into the cookie: out of reach of scripts, not sent from other sites, over TLS only where there is
    TLS."""
    response.set_cookie(
        _HOST if is_secure(request) else _PLAIN,
        opened.secret,
        expires=opened.expires_at,
        path="/",
        httponly=True,
        samesite="lax",
        secure=is_secure(request),
    )


def forget_session(request: Request, response: Response) -> None:
    response.delete_cookie(
        _HOST if is_secure(request) else _PLAIN, path="/", httponly=True, samesite="lax", secure=is_secure(request)
    )


def venue_of(request: Request) -> Venue:
    """What the pages of the negotiation of the address go by; of none elsewhere."""
    found = getattr(request.state, "venue", None)
    return found if isinstance(found, Venue) else Venue()


def csrf_of(request: Request) -> str:
    """What a form carries to show that a page of this session made it."""
    secret = secret_in(request)
    return hmac.new(secret.encode(), b"a form of Chapeau", hashlib.sha256).hexdigest() if secret else ""


async def must_be_ours(request: Request) -> None:
    """Refuse (FormExpired) a form that another site sent, or that was made in another session."""
    expected = csrf_of(request)
    site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
    if site not in (None, "same-origin", "none"):
        raise FormExpired()
    if origin is not None and urlsplit(origin).netloc != request.headers.get("host"):
        raise FormExpired()
    request.state.form = await _form(request)  # also for the page that says what was typed, where it is refused
    sent = request.state.form.get("csrf", "") if expected else ""
    if not isinstance(sent, str) or not hmac.compare_digest(sent.encode(), expected.encode()):
        raise FormExpired()


async def _form(request: Request) -> FormData:
    """What was sent. A long text that is placed line by line has many fields."""
    try:
        return await request.form(max_fields=_MOST_FIELDS, max_part_size=_LONGEST_FIELD)
    except HTTPException:
        raise InvalidInput.at(
            "form", Said("has more than {most_fields} fields, or cannot be read.", most_fields=_MOST_FIELDS)
        ) from None


def may(verb: str) -> Callable[..., Awaitable[Seat]]:
    """A dependency that admits those who may do `verb` in the negotiation of the address, and gives their seat."""

    async def admit(request: Request, db: Db, negotiation: str) -> Seat:
        seat, venue = await signed_in_seat_in(db, secret_in(request), negotiation)
        request.state.seat, request.state.venue, request.state.head_seq = seat, venue, venue.head_seq
        return await _admitted(request, db, seat, verb)

    admit.verb = verb  # type: ignore[attr-defined]  # read by the test that walks all routes
    return admit


def may_here(verb: str) -> Callable[..., Awaitable[Seat]]:
    """A dependency that admits those who are signed in and may do `verb` on the server, outside any negotiation."""

    async def admit(request: Request, db: Db) -> Seat:
        seat = request.state.seat = await signed_in_seat(db, secret_in(request))
        return await _admitted(request, db, seat, verb)

    admit.verb = verb  # type: ignore[attr-defined]
    return admit


def by_invitation(verb: str) -> Callable[..., Awaitable[Seat]]:
    """A dependency that admits everybody, signed in or not, to `verb`: the secret of an invitation, which is in the
    address, is what admits them."""

    async def admit(request: Request, db: Db) -> Seat:
        seat = await anybody(request, db) or Seat(None, "anonymous", Role.READER)
        seat.must(verb)
        if request.method == "POST":
            await must_be_ours(request)
            await sent_once(request, db, seat, verb)
        return seat

    admit.verb = verb  # type: ignore[attr-defined]
    return admit


async def _admitted(request: Request, db: Db, seat: Seat, verb: str) -> Seat:
    try:
        seat.must(verb)
    except Problem as refusal:
        if seat.person_id is None:
            raise NotSignedIn(
                reason=Said("{verb} is not open to everybody.", "This page is not open to everybody.", verb=verb)
            ) from refusal
        raise
    if request.method == "POST":
        await must_be_ours(request)
        await sent_once(request, db, seat, verb)
    return seat


async def anybody(request: Request, db: Db) -> Seat | None:
    """The seat of whoever is signed in, on the server; None where nobody is."""
    try:
        seat: Seat | None = await signed_in_seat(db, secret_in(request))
    except NotSignedIn:
        seat = None
    request.state.seat = seat
    return seat


Anybody = Annotated[Seat | None, Depends(anybody)]
