"""How a negotiation is run, and the programs to which its record is sent: the page of its settings."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Annotated, Any
from zoneinfo import available_timezones

from fastapi import APIRouter, Depends, Form, Request, Response

from app.actions import arranging, webhooks
from app.http.server import Db, server_of, standing_of
from app.problems import InvalidInput, Problem
from app.rules.permissions import Seat, Visibility
from app.rules.standing import NegotiationFacts
from app.said import Said
from app.views.webhooks import webhooks as webhooks_of
from app.web.catalogue import N_
from app.web.pages import go_to, local, page, said
from app.web.routing import Page
from app.web.session import may
from app.web.typed import moment_in, number_in

router = APIRouter(prefix="/n/{negotiation}/settings", include_in_schema=False, route_class=Page)

Moment = Annotated[str, Form(max_length=40)]
Hours = Annotated[str, Form(max_length=20)]


@router.get("")
async def settings_page(request: Request, db: Db, seat: Annotated[Seat, Depends(may("negotiation.read"))]) -> Response:
    """The rules of the house, for all; those who hold the pen change them here."""
    return await _answer(request, db, seat)


@router.post("")
async def arrange(
    request: Request,
    db: Db,
    seat: Annotated[Seat, Depends(may("negotiation.arrange"))],
    visibility: Annotated[Visibility, Form()],
    time_zone: Annotated[str, Form(max_length=100)] = "",
    silence_least: Hours = "",
    silence_warning: Hours = "",
    submissions_until: Moment = "",
    sponsors_until: Moment = "",
) -> Response:
    typed = {
        "visibility": visibility.value,
        "time_zone": time_zone,
        "silence_least": silence_least,
        "silence_warning": silence_warning,
        "submissions_until": submissions_until,
        "sponsors_until": sponsors_until,
    }
    facts = (await standing_of(request, db, seat)).negotiation
    try:
        house = _house(facts, visibility, typed)
        async with db.begin_nested():
            await arranging.arrange(db, seat, **house)
    except Problem as refusal:
        return await _answer(request, db, seat, problem=refusal, typed=typed)
    return _back(request, seat, said(request, N_("The negotiation is run so from now on.")))


def _house(facts: NegotiationFacts, visibility: Visibility, typed: Mapping[str, str]) -> dict[str, Any]:
    """What was typed, as the action takes it; deadlines are meant in the time zone typed."""
    zone = typed["time_zone"].strip()
    if zone not in available_timezones():
        raise InvalidInput.at(
            "time_zone", Said("“{zone}” is no time zone; use a name such as Europe/Paris.", zone=zone)
        )
    return {
        "visibility": visibility,
        "time_zone": zone,
        "silence_least": _hours(typed["silence_least"], "silence_least"),
        "silence_warning": _hours(typed["silence_warning"], "silence_warning"),
        "submissions_until": _deadline(facts.submissions_until, typed["submissions_until"], zone, "submissions_until"),
        "sponsors_until": _deadline(facts.sponsors_until, typed["sponsors_until"], zone, "sponsors_until"),
    }


def _hours(typed: str, field: str) -> timedelta:
    try:
        return timedelta(hours=number_in(typed, field, "24"))
    except (ValueError, OverflowError) as error:
        raise InvalidInput.at(field, Said("give a number of hours, such as 24.")) from error


def _deadline(before: datetime | None, typed: str, zone: str, field: str) -> datetime | None:
    """The deadline typed, to the minute; what was not touched stays to the second."""
    if not typed.strip():
        return None
    if before is not None and typed.strip() == local(before, zone):
        return before
    return moment_in(typed, zone, field)


# --- the programs to which the record is sent -------------------------------------------------------------------------


@router.post("/webhooks")
async def add_webhook(
    request: Request,
    db: Db,
    seat: Annotated[Seat, Depends(may("webhook.add"))],
    url: Annotated[str, Form(max_length=2_000)] = "",
    verbs: Annotated[str, Form(max_length=5_000)] = "",
) -> Response:
    """Send the record to an address: the page that answers is the only one that shows the secret."""
    to_private = server_of(request).settings.webhooks_to_private
    try:
        async with db.begin_nested():
            wanted = verbs.replace(",", " ").split()
            added = await webhooks.add(db, seat, url.strip(), wanted, to_private=to_private)
    except Problem as refusal:
        return await _answer(request, db, seat, hook_problem=refusal, hook=(url, verbs))
    return await _answer(request, db, seat, added=added)


@router.post("/webhooks/{webhook}/pause")
async def pause_webhook(
    request: Request, db: Db, seat: Annotated[Seat, Depends(may("webhook.pause"))], webhook: str
) -> Response:
    made = await webhooks.pause(db, seat, webhook)
    return _back(request, seat, said(request, N_("{webhook} is paused."), webhook=made.webhook))


@router.post("/webhooks/{webhook}/resumption")
async def resume_webhook(
    request: Request, db: Db, seat: Annotated[Seat, Depends(may("webhook.resume"))], webhook: str
) -> Response:
    made = await webhooks.resume(db, seat, webhook)
    return _back(request, seat, said(request, N_("{webhook} gets the record again."), webhook=made.webhook))


@router.post("/webhooks/{webhook}/ping")
async def ping_webhook(
    request: Request, db: Db, seat: Annotated[Seat, Depends(may("webhook.ping"))], webhook: str
) -> Response:
    made = await webhooks.ask_for_ping(db, seat, webhook)
    notice = N_("A test is on its way to {webhook}. Look again in a moment for how it ended.")
    return _back(request, seat, said(request, notice, webhook=made.webhook))


@router.post("/webhooks/{webhook}/removal")
async def remove_webhook(
    request: Request, db: Db, seat: Annotated[Seat, Depends(may("webhook.remove"))], webhook: str
) -> Response:
    made = await webhooks.remove(db, seat, webhook)
    return _back(request, seat, said(request, N_("{webhook} is removed."), webhook=made.webhook))


async def _answer(
    request: Request,
    db: Db,
    seat: Seat,
    *,
    problem: Problem | None = None,
    typed: Mapping[str, str] | None = None,
    hook_problem: Problem | None = None,
    hook: tuple[str, str] = ("", ""),
    added: webhooks.Added | None = None,
) -> Response:
    facts = (await standing_of(request, db, seat)).negotiation
    refused = problem or hook_problem
    response = page(
        request,
        "settings.html",
        seat=seat,
        here="settings",
        status=refused.status if refused is not None else 200,
        facts=facts,
        typed=typed or _as_typed(facts),
        zone=facts.time_zone,
        zones=sorted(zone for zone in available_timezones() if "/" in zone or zone == "UTC"),
        visibilities=list(Visibility),
        problem=problem,
        webhooks=await webhooks_of(db, seat) if seat.holds_the_pen else (),
        hook_problem=hook_problem,
        hook=hook,
        added=added,
    )
    if added is not None:
        response.headers["Cache-Control"] = "no-store"
    return response


def _as_typed(facts: NegotiationFacts) -> dict[str, str]:
    def moment(when: datetime | None) -> str:
        return "" if when is None else local(when, facts.time_zone)

    return {
        "visibility": facts.visibility.value,
        "time_zone": facts.time_zone,
        "silence_least": f"{facts.silence_least / timedelta(hours=1):g}",
        "silence_warning": f"{facts.silence_warning / timedelta(hours=1):g}",
        "submissions_until": moment(facts.submissions_until),
        "sponsors_until": moment(facts.sponsors_until),
    }


def _back(request: Request, seat: Seat, notice: str) -> Response:
    return go_to(request, f"/n/{seat.negotiation}/settings", notice)
