"""One's own account: name, password, sessions, access tokens, mail."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Request, Response
from starlette.datastructures import FormData

from app.actions import access, mailing, signing_in
from app.actions.access import TOKEN_LONGEST
from app.http.server import Db, server_of
from app.problems import InvalidInput, PasswordWrong, Problem
from app.record.database import now_of
from app.rules.mailing import MailChoice, Timing
from app.rules.passwords import LEAST
from app.rules.permissions import Scope, Seat
from app.said import Said
from app.views.access import tokens
from app.views.mails import mail_settings
from app.views.negotiations import negotiations
from app.views.sessions import sessions
from app.web.browsers import browser_name
from app.web.catalogue import N_
from app.web.pages import go_to, page, said
from app.web.routing import Page
from app.web.session import may_here, network_address, secret_in
from app.web.typed import whole_in

router = APIRouter(prefix="/account", include_in_schema=False, route_class=Page)

Own = Annotated[Seat, Depends(may_here("account.read"))]


@router.get("")
async def account_page(request: Request, db: Db, seat: Own) -> Response:
    return await _answer(request, db, seat)


@router.post("/password")
async def change_password(
    request: Request,
    db: Db,
    seat: Own,
    old: Annotated[str, Form(max_length=1000)] = "",
    password: Annotated[str, Form(max_length=1000)] = "",
    again: Annotated[str, Form(max_length=1000)] = "",
) -> Response:
    """Change it; every other session ends."""
    problem: Problem = PasswordWrong()
    try:
        if password != again:
            raise InvalidInput.at("password", Said("the two passwords are not the same; type it twice."))
        address = network_address(request)
        changed = await signing_in.change_password(db, seat, old, password, keep=secret_in(request), address=address)
    except Problem as refusal:
        changed, problem = False, refusal
    if not changed:
        return await _answer(request, db, seat, problem=problem, of="password")
    return _back(request, N_("Your password is changed. You are signed out in every other browser."), "#password")


@router.post("/sessions/end")
async def end_other_sessions(request: Request, db: Db, seat: Own) -> Response:
    await signing_in.end_other_sessions(db, seat, secret_in(request))
    return _back(request, N_("You are signed out in every other browser."), "#sessions")


@router.post("/sessions/{session}/end")
async def end_session(request: Request, db: Db, seat: Own, session: int) -> Response:
    await signing_in.end_session(db, seat, session)
    return _back(request, N_("That session has ended."), "#sessions")


@router.post("/tokens")
async def issue_token(
    request: Request,
    db: Db,
    seat: Annotated[Seat, Depends(may_here("token.issue"))],
    name: Annotated[str, Form(max_length=1000)] = "",
    scope: Annotated[Scope, Form()] = Scope.READ,
    negotiation: Annotated[str, Form(max_length=200)] = "",
    days: Annotated[str, Form(max_length=10)] = "",
) -> Response:
    """Issue a token: the page that answers is the only one that shows its secret."""
    typed = {"name": name, "scope": scope.value, "negotiation": negotiation, "days": days}
    try:
        lasting = whole_in(days, "days", "90")
        if lasting is not None and not 1 <= lasting <= TOKEN_LONGEST.days:
            raise InvalidInput.at(
                "days", Said("a token lasts from 1 to {token_longest} days.", token_longest=TOKEN_LONGEST.days)
            )
        async with db.begin_nested():
            issued = await access.issue_token(
                db,
                seat,
                name=name,
                scope=scope,
                negotiation=negotiation,
                lasting=None if lasting is None else timedelta(days=lasting),
            )
    except Problem as refusal:
        return await _answer(request, db, seat, problem=refusal, of="token", typed=typed)
    return await _answer(request, db, seat, issued=issued)


@router.post("/tokens/{token}/revocation")
async def revoke_token(
    request: Request, db: Db, seat: Annotated[Seat, Depends(may_here("token.revoke"))], token: int
) -> Response:
    await access.revoke_token(db, seat, token)
    return _back(request, N_("The token is good for nothing any more."), "#tokens")


@router.post("/mail")
async def choose_mail(
    request: Request,
    db: Db,
    seat: Annotated[Seat, Depends(may_here("account.choose_mail"))],
    timing: Annotated[Timing, Form()],
    hour: Annotated[int, Form(ge=0, le=23)] = 7,
) -> Response:
    """When digests are mailed: for all negotiations, and otherwise for some (`timing-SLUG`, `hour-SLUG`)."""
    await mailing.choose(db, seat, MailChoice(timing, hour), _of_some(request.state.form))
    return _back(request, N_("Your mail comes as you chose."), "#mail")


def _of_some(form: FormData) -> Mapping[str, MailChoice]:
    chosen = {}
    for field, value in form.multi_items():
        kind, _, slug = field.partition("-")
        if kind != "timing" or not slug or not value:
            continue
        typed = form.get(f"hour-{slug}", "7")
        hour = whole_in(typed if isinstance(typed, str) else "", "hour", "7")
        if value not in list(Timing) or hour is None or hour > 23:
            raise InvalidInput.at(field, Said("choose when the mail is to come, and an hour from 0 to 23."))
        chosen[slug] = MailChoice(Timing(str(value)), hour)
    return chosen


async def _answer(
    request: Request,
    db: Db,
    seat: Seat,
    *,
    problem: Problem | None = None,
    of: str = "",
    issued: access.IssuedToken | None = None,
    typed: Mapping[str, Any] | None = None,
) -> Response:
    now = now_of(db)
    mail = await mail_settings(db, seat, sends=bool(server_of(request).settings.smtp_host))
    response = page(
        request,
        "account.html",
        seat=seat,
        status=problem.status if problem is not None else 200,
        problem=problem,
        of=of,
        issued=issued,
        typed=typed or {"name": "", "scope": Scope.READ.value, "negotiation": "", "days": "90"},
        address=mail.address,
        mail=mail,
        timings=list(Timing),
        scopes=list(Scope),
        negotiations=[found.slug for _, found in await negotiations(db, seat, limit=200)],
        tokens=[one for one in await tokens(db, seat) if one.revoked_at is None and one.expires_at > now],
        sessions=await sessions(db, seat, secret_in(request)),
        browser_name=browser_name,
        least=LEAST,
        longest=TOKEN_LONGEST.days,
    )
    response.headers["Cache-Control"] = "no-store"
    return response


def _back(request: Request, notice: str, place: str) -> Response:
    return go_to(request, f"/account{place}", said(request, notice))
