"""The delegations that the server knows, and the states that join and leave groups. Administrators add them."""

from typing import Annotated, Final

from fastapi import APIRouter, Depends, Form, Request, Response

from app.actions import access, groups
from app.http.server import Db
from app.problems import Problem
from app.record.database import now_of
from app.rules.permissions import Seat
from app.rules.positions import DelegationKind
from app.views.groups import delegation_called, whole_delegation
from app.views.negotiations import delegations
from app.web.catalogue import N_
from app.web.pages import go_to, may, page, said
from app.web.routing import Page
from app.web.session import may_here
from app.web.typed import day_in

router = APIRouter(include_in_schema=False, route_class=Page)

_ALL: Final = 2_000
Administrator = Annotated[Seat, Depends(may_here("delegation.add"))]
Day = Annotated[str, Form(max_length=20)]


@router.get("/server")
async def server_page(request: Request, db: Db, seat: Administrator) -> Response:
    """For whoever runs the server: every delegation it knows, and a form to add one."""
    return await _server(request, db, seat)


@router.post("/server/delegations")
async def add_delegation(
    request: Request,
    db: Db,
    seat: Administrator,
    code: Annotated[str, Form(max_length=100)] = "",
    name: Annotated[str, Form(max_length=1000)] = "",
    kind: Annotated[DelegationKind, Form()] = DelegationKind.STATE,
) -> Response:
    try:
        async with db.begin_nested():
            await access.add_delegation(db, code, name, kind)
    except Problem as refusal:
        return await _server(request, db, seat, problem=refusal, typed=(code, name, kind))
    return go_to(request, "/server", said(request, N_("{delegation} is known now."), delegation=name.strip()))


@router.get("/delegations/{code}")
async def delegation_page(
    request: Request, db: Db, seat: Annotated[Seat, Depends(may_here("delegation.list"))], code: str
) -> Response:
    """A group with its members, a state with its groups, and from when until when."""
    return await _delegation(request, db, seat, code)


@router.post("/delegations/{code}/members")
async def join_group(
    request: Request,
    db: Db,
    seat: Annotated[Seat, Depends(may_here("group.join"))],
    code: str,
    member: Annotated[str, Form(max_length=300)] = "",
    since: Day = "",
) -> Response:
    try:
        async with db.begin_nested():
            state = await delegation_called(db, member)
            made = await groups.join(db, seat, code, state.code, day_in(since, "since"))
    except Problem as refusal:
        return await _delegation(request, db, seat, code, problem=refusal, typed=(member, since))
    notice = said(request, N_("{member} is entered into {group}."), member=made.member, group=made.group)
    return go_to(request, f"/delegations/{made.group}", notice)


@router.post("/delegations/{code}/members/{member}/departure")
async def leave_group(
    request: Request,
    db: Db,
    seat: Annotated[Seat, Depends(may_here("group.leave"))],
    code: str,
    member: str,
    until: Day = "",
) -> Response:
    try:
        async with db.begin_nested():
            made = await groups.leave(db, seat, code, member, day_in(until, "until"))
    except Problem as refusal:
        return await _delegation(request, db, seat, code, problem=refusal)
    notice = said(request, N_("It is noted that {member} leaves {group}."), member=made.member, group=made.group)
    return go_to(request, f"/delegations/{made.group}", notice)


async def _server(
    request: Request,
    db: Db,
    seat: Seat,
    *,
    problem: Problem | None = None,
    typed: tuple[str, str, DelegationKind] = ("", "", DelegationKind.STATE),
) -> Response:
    known = await delegations(db, limit=_ALL)
    return page(
        request,
        "server.html",
        seat=seat,
        status=problem.status if problem is not None else 200,
        known={kind: [one for one in known if one.kind is kind] for kind in DelegationKind},
        problem=problem,
        typed=typed,
    )


async def _delegation(
    request: Request,
    db: Db,
    seat: Seat,
    code: str,
    *,
    problem: Problem | None = None,
    typed: tuple[str, str] = ("", ""),
) -> Response:
    found = await whole_delegation(db, code)
    is_arranged = found.kind is DelegationKind.GROUP and may(seat, "group.join")
    return page(
        request,
        "delegation.html",
        seat=seat,
        status=problem.status if problem is not None else 200,
        found=found,
        is_arranged=is_arranged,
        known=await delegations(db, limit=_ALL) if is_arranged else (),
        today=now_of(db).date(),
        problem=problem,
        typed=typed,
    )
