"""The people that the server knows, for whoever runs it; and choosing a new password with a link."""

from typing import Annotated, Final

from fastapi import APIRouter, Depends, Form, Query, Request, Response

from app.actions import accounts, signing_in
from app.actions.accounts import MadeLink
from app.http.server import Db
from app.problems import InvalidInput, Problem
from app.rules.passwords import LEAST
from app.rules.permissions import Seat
from app.said import Said
from app.views.people import link_holder, people
from app.web.addresses import server_address
from app.web.catalogue import N_
from app.web.pages import go_to, page, said
from app.web.routing import Page
from app.web.session import by_invitation, keep_signed_in, may_here

router = APIRouter(include_in_schema=False, route_class=Page)

PEOPLE: Final = "/server/people"
_PORTION: Final = 50


@router.get(PEOPLE)
async def people_page(
    request: Request,
    db: Db,
    seat: Annotated[Seat, Depends(may_here("person.list"))],
    q: Annotated[str, Query(max_length=200)] = "",
    after: Annotated[int, Query(ge=0, le=2**53)] = 0,
) -> Response:
    """Everybody with an account: where they sit, whether they can come in."""
    return await _people(request, db, seat, q, after)


@router.post(f"{PEOPLE}/{{person}}/closure")
async def close_account(
    request: Request, db: Db, seat: Annotated[Seat, Depends(may_here("person.close"))], person: int
) -> Response:
    closed = await accounts.close_account(db, seat, person)
    notice = N_("The account of {name} is closed. They are signed out everywhere, and their tokens have ended.")
    return _back(request, person, said(request, notice, name=closed.name))


@router.post(f"{PEOPLE}/{{person}}/reopening")
async def reopen_account(
    request: Request, db: Db, seat: Annotated[Seat, Depends(may_here("person.reopen"))], person: int
) -> Response:
    opened = await accounts.reopen_account(db, seat, person)
    return _back(request, person, said(request, N_("{name} can sign in again."), name=opened.name))


@router.post(f"{PEOPLE}/{{person}}/password-link")
async def make_password_link(
    request: Request, db: Db, seat: Annotated[Seat, Depends(may_here("password.link"))], person: int
) -> Response:
    """Make a link for a lost password: the page that answers is the only one that shows it."""
    made = await accounts.make_password_link(db, seat, person)
    return await _people(request, db, seat, made.sign_in, 0, made=made)


async def _people(
    request: Request, db: Db, seat: Seat, words: str, after: int, *, made: MadeLink | None = None
) -> Response:
    found = await people(db, seat, words, after=after, limit=_PORTION + 1)
    response = page(
        request,
        "accounts.html",
        seat=seat,
        people=found[:_PORTION],
        further=found[_PORTION - 1].id if len(found) > _PORTION else 0,
        searched=words,
        after=after,
        made=made,
        link="" if made is None else f"{server_address(request)}/password/{made.secret}",
    )
    if made is not None:
        response.headers["Cache-Control"] = "no-store"
    return response


def _back(request: Request, person: int, notice: str) -> Response:
    return go_to(request, f"{PEOPLE}#person-{person}", notice)


# --- a new password for who lost theirs -------------------------------------------------------------------------------


@router.get("/password/{secret}")
async def password_page(
    request: Request, db: Db, _who: Annotated[Seat, Depends(by_invitation("password.look"))], secret: str
) -> Response:
    """Where the link leads that somebody was given who lost their password."""
    return await _password(request, db, secret)


@router.post("/password/{secret}")
async def choose_password(
    request: Request,
    db: Db,
    _who: Annotated[Seat, Depends(by_invitation("password.choose"))],
    secret: str,
    password: Annotated[str, Form(max_length=1000)] = "",
    again: Annotated[str, Form(max_length=1000)] = "",
) -> Response:
    """Choose it, and be signed in with it here, and nowhere else any more."""
    try:
        if password != again:
            raise InvalidInput.at("again", Said("the two passwords are not the same; type it twice."))
        async with db.begin_nested():
            chosen = await accounts.choose_password(db, secret, password)
    except Problem as refusal:
        return await _password(request, db, secret, problem=refusal)
    response = go_to(request, "/", said(request, N_("You have a new password, and are signed in with it.")))
    browser = request.headers.get("user-agent", "")
    keep_signed_in(request, response, await signing_in.open_session(db, chosen.id, browser=browser))
    return response


async def _password(request: Request, db: Db, secret: str, *, problem: Problem | None = None) -> Response:
    response = page(
        request,
        "password.html",
        status=problem.status if problem is not None else 200,
        holder=await link_holder(db, secret),
        problem=problem,
        least=LEAST,
    )
    response.headers["Cache-Control"] = "no-store"  # its address is a secret
    return response
