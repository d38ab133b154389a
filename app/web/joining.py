"""Taking a seat by invitation: the link that somebody was sent leads here."""

from enum import StrEnum
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request, Response

from app.actions import access, invitations, signing_in
from app.actions.invitations import Accepted, Account
from app.http.server import Db
from app.problems import InvalidInput, InvitationNotGood, Problem, SignInRefused
from app.rules.passwords import LEAST
from app.rules.permissions import Seat
from app.said import Said
from app.views.invitations import offer
from app.web.addresses import negotiation_address
from app.web.catalogue import N_
from app.web.pages import go_to, page, said
from app.web.routing import Page, refused
from app.web.session import by_invitation, keep_signed_in, network_address

router = APIRouter(prefix="/join/{secret}", include_in_schema=False, route_class=Page)


class As(StrEnum):
    """As whom an invitation is accepted: who is signed in, somebody who has an account, or somebody new."""

    MYSELF = "myself"
    KNOWN = "known"
    NEW = "new"


@router.get("")
async def join_page(
    request: Request, db: Db, who: Annotated[Seat, Depends(by_invitation("invitation.look"))], secret: str
) -> Response:
    """What the invitation is for, and the ways to accept it."""
    return await _answer(request, db, who, secret)


@router.post("")
async def join(
    request: Request,
    db: Db,
    who: Annotated[Seat, Depends(by_invitation("invitation.accept"))],
    secret: str,
    how: Annotated[As, Form(alias="as")] = As.MYSELF,
    sign_in: Annotated[str, Form(max_length=255)] = "",
    name: Annotated[str, Form(max_length=200)] = "",
    password: Annotated[str, Form(max_length=1000)] = "",
    again: Annotated[str, Form(max_length=1000)] = "",
) -> Response:
    """Take the seat and be signed in. Whatever stands in the way, what was typed stays, but for the passwords."""
    account = Account(sign_in, password, name, how is As.KNOWN, network_address(request))
    problem: Problem = SignInRefused()
    accepted = None
    try:
        if how is As.NEW:
            _must_be_whole(account, again)
        async with db.begin_nested():
            accepted = await invitations.accept(db, who, secret, None if how is As.MYSELF else account)
    except InvitationNotGood as refusal:
        return await _taken_before(request, db, who, account, refusal)
    except Problem as refusal:
        problem = refusal
    if accepted is None:
        return await _answer(request, db, who, secret, problem=problem, how=how, typed=account)
    return await _seated(request, db, who, accepted)


def _must_be_whole(account: Account, again: str) -> None:
    if not account.name.strip():
        raise InvalidInput.at("name", Said("give your name as the others are to read it."))
    if account.password != again:
        raise InvalidInput.at("password", Said("the two passwords are not the same; type it twice."))


async def _seated(request: Request, db: Db, who: Seat, accepted: Accepted) -> Response:
    response = go_to(
        request,
        negotiation_address(accepted.negotiation),
        said(request, N_("Welcome, {name}. You have taken your seat."), name=accepted.name),
    )
    if who.person_id is None:
        person = await access.person_signing_in(db, accepted.sign_in)
        browser = request.headers.get("user-agent", "")
        keep_signed_in(request, response, await signing_in.open_session(db, person.id, browser=browser))
    return response


async def _taken_before(request: Request, db: Db, who: Seat, account: Account, refusal: InvitationNotGood) -> Response:
    """An invitation that is used up. Whoever sent the form twice has an account since the first time: they come in
    with its password, which is counted as at sign-in where it is wrong."""
    if who.person_id is not None or not account.password:
        return refused(request, refusal)
    browser = request.headers.get("user-agent", "")
    opened = await signing_in.sign_in(db, account.sign_in, account.password, browser=browser, address=account.address)
    if opened is None:  # answered rather than raised: that somebody tried a password is kept
        return refused(request, refusal)
    response = go_to(request, "/", said(request, N_("You are signed in, and have your seat if you took it just now.")))
    keep_signed_in(request, response, opened)
    return response


async def _answer(
    request: Request,
    db: Db,
    who: Seat,
    secret: str,
    *,
    problem: Problem | None = None,
    how: As | None = None,
    typed: Account | None = None,
) -> Response:
    found = await offer(db, secret)
    response = page(
        request,
        "join.html",
        seat=who if who.person_id is not None else None,
        status=problem.status if problem is not None else 200,
        offer=found,
        problem=problem,
        how=how,
        typed=typed or Account(found.sign_in, "", found.name),
        least=LEAST,
    )
    response.headers["Cache-Control"] = "no-store"  # its address is a secret
    return response
