"""The first pages: signing in and out, the negotiations one can see, the language of the pages."""

from typing import Annotated
from urllib.parse import urlsplit

from fastapi import APIRouter, Form, Query, Request, Response

from app.actions import signing_in
from app.http.server import Db
from app.problems import SignInRefused, TooManyAttempts
from app.rules.permissions import Role, Seat
from app.views.negotiations import negotiations
from app.web.catalogue import CHOSEN, LANGUAGES
from app.web.pages import go_to, page
from app.web.routing import Page
from app.web.session import Anybody, forget_session, is_secure, keep_signed_in, must_be_ours, network_address, secret_in

router = APIRouter(include_in_schema=False, route_class=Page)

Next = Annotated[str, Query(max_length=500)]


@router.get("/")
async def home(request: Request, db: Db, seat: Anybody) -> Response:
    """The negotiations one can see: one's own, and the public ones."""
    asking = seat or Seat(None, "anonymous", Role.READER)
    found = await negotiations(db, asking, limit=200)
    return page(request, "home.html", seat=seat, negotiations=[negotiation for _, negotiation in found])


@router.get("/sign-in")
async def sign_in_page(request: Request, _db: Db, seat: Anybody, next: Next = "/") -> Response:
    return page(request, "sign_in.html", seat=seat, next=_ours(next), name="", problem=None)


@router.post("/sign-in")
async def sign_in(
    request: Request,
    db: Db,
    name: Annotated[str, Form(max_length=255)] = "",
    password: Annotated[str, Form(max_length=1000)] = "",
    next: Annotated[str, Form(max_length=500)] = "/",
) -> Response:
    """Open a session. A wrong name and a wrong password look the same, and take as long."""
    await must_be_ours(request)
    address = network_address(request)
    browser = request.headers.get("user-agent", "")
    problem: SignInRefused | TooManyAttempts = SignInRefused()
    try:
        opened = await signing_in.sign_in(db, name, password, browser=browser, address=address)
    except TooManyAttempts as refusal:
        opened, problem = None, refusal
    if opened is None:
        return page(request, "sign_in.html", status=problem.status, next=_ours(next), name=name, problem=problem)
    response = go_to(request, _ours(next))
    keep_signed_in(request, response, opened)
    return response


@router.post("/sign-out")
async def sign_out(request: Request, db: Db, next: Annotated[str, Form(max_length=500)] = "/") -> Response:
    await must_be_ours(request)
    await signing_in.sign_out(db, secret_in(request))
    response = go_to(request, _ours(next))
    forget_session(request, response)
    return response


@router.get("/language")
async def choose_language(request: Request, to: Annotated[str, Query(max_length=5)], next: Next = "/") -> Response:
    """Show the pages in another language from now on."""
    response = go_to(request, _ours(next))
    if to in LANGUAGES:
        response.set_cookie(
            CHOSEN, to, max_age=365 * 24 * 3600, path="/", httponly=True, samesite="lax", secure=is_secure(request)
        )
    return response


def _ours(address: str) -> str:
    """The address, where it is one of ours: nobody is led away from here."""
    parts = urlsplit(address)
    inside = address.startswith("/") and not address.startswith("//") and not parts.scheme and not parts.netloc
    return address if inside and "\\" not in address and address.isprintable() else "/"
