"""The accounts of the server, for whoever runs it, and links for lost passwords."""

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Request
from pydantic import Field, TypeAdapter

from app.actions import accounts
from app.api.context import may_by_invitation, may_here
from app.api.inputs import Input
from app.api.paging import Cursor, Limit, Page, after_number, page_of
from app.api.transactions import Once, Transaction
from app.http.server import Db
from app.rules.permissions import Seat
from app.views import people as views

router = APIRouter(tags=["access"], route_class=Transaction)
_made = TypeAdapter(accounts.MadeLink)
PersonId = Annotated[int, Path(ge=1, le=2**53, description="The number of the person, as in the list.")]


class PasswordLinkIn(Input):
    """A link for a lost password that one was given."""

    secret: str = Field(max_length=200, description="The secret of the link.", examples=["chl_..."])


class NewPasswordIn(PasswordLinkIn):
    """A new password, with the link that lets one choose it."""

    password: str = Field(max_length=1_000, description="At least 12 characters.")


@router.get("/people", operation_id="listPeople", summary="List the accounts of the server")
async def list_people(
    db: Db,
    seat: Annotated[Seat, Depends(may_here("person.list"))],
    q: Annotated[str, Query(max_length=200, description="Only those with this in their name or address.")] = "",
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Page[views.PersonView]:
    """In the order in which they came, with where they sit in the negotiations that you may see. For administrators."""
    found = await views.people(db, seat, q, after=after_number(cursor), limit=limit + 1)
    return page_of(found, limit, lambda person: person.id)


@router.post("/people/{person}/closure", operation_id="closeAccount", summary="Close a person's account")
async def close_account(
    db: Db, seat: Annotated[Seat, Depends(may_here("person.close"))], _once: Once, person: PersonId
) -> accounts.AccountState:
    """They are let in no more: sessions, tokens and password links end at once. Seats and the record stay as they
    are."""
    return await accounts.close_account(db, seat, person)


@router.post("/people/{person}/reopening", operation_id="reopenAccount", summary="Open a closed account again")
async def reopen_account(
    db: Db, seat: Annotated[Seat, Depends(may_here("person.reopen"))], _once: Once, person: PersonId
) -> accounts.AccountState:
    """With the password that they had. Tokens that ended stay ended."""
    return await accounts.reopen_account(db, seat, person)


@router.post(
    "/people/{person}/password-links",
    status_code=201,
    operation_id="makePasswordLink",
    summary="Make a link for a lost password",
)
async def make_password_link(
    request: Request, db: Db, seat: Annotated[Seat, Depends(may_here("password.link"))], _once: Once, person: PersonId
) -> accounts.MadeLink:
    """Hand the secret on: it is shown in this answer only, is good once and for a day, and replaces any older one."""
    made = await accounts.make_password_link(db, seat, person)
    request.state.kept_body = _made.dump_json(replace(made, secret=""))
    return made


@router.post("/password-links/look", operation_id="lookAtPasswordLink", summary="See whose a password link is")
async def look_at_password_link(
    db: Db, _seat: Annotated[Seat, Depends(may_by_invitation("password.look"))], _once: Once, which: PasswordLinkIn
) -> views.LinkHolder:
    """The secret is in the body, where no log keeps it; who has it needs no access token."""
    return await views.link_holder(db, which.secret)


@router.post("/password-links/use", operation_id="choosePassword", summary="Choose a new password with a link")
async def choose_password(
    db: Db, _seat: Annotated[Seat, Depends(may_by_invitation("password.choose"))], _once: Once, chosen: NewPasswordIn
) -> accounts.AccountState:
    """All sessions of the person end. A link can be used once."""
    return await accounts.choose_password(db, chosen.secret, chosen.password)
