"""Invitations, by which people take seats."""

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Request, Response
from pydantic import Field, TypeAdapter

from app.actions import invitations
from app.api.answers import problem_response
from app.api.context import may, may_by_invitation
from app.api.inputs import Input
from app.api.paging import Cursor, Limit, Page, after_number, page_of
from app.api.transactions import Once, Transaction
from app.http.server import Db
from app.problems import SignInRefused
from app.rules.permissions import Role, Seat
from app.views import invitations as views

router = APIRouter(tags=["invitations"], route_class=Transaction)
_sent = TypeAdapter(invitations.Sent)
_SECRET = Field(max_length=200, description="The secret of the invitation.", examples=["chi_..."])


class SeatInvitationIn(Input):
    """A seat to be taken by invitation: in a delegation, or as secretariat or reader without one."""

    delegation: str = Field("", max_length=20, examples=["FRA"])
    role: Role | None = None
    sign_in: str = Field("", max_length=255, description="Whom it is for, alone.", examples=["ana@example.org"])
    name: str = Field("", max_length=200, description="Their name, if you know it.", examples=["Ana Martín"])
    days: int | None = Field(None, description="How long it is good: by default 14 days, at most 90.", examples=[14])


class OfferIn(Input):
    """An invitation that one has."""

    secret: str = _SECRET


class AcceptanceOfInvitationIn(OfferIn):
    """An invitation to accept. Without an access token: as whom, with the password of that account, or with a name and
    a new password for an account that is made.
    """

    sign_in: str = Field("", max_length=255, examples=["ana@example.org"])
    name: str = Field("", max_length=200, examples=["Ana Martín"])
    password: str = Field(
        "", max_length=1_000, description="At least 12 characters.", examples=["rain over seven quiet rivers"]
    )

    def account(self, address: str) -> invitations.Account | None:
        if not (self.sign_in or self.name or self.password):
            return None
        return invitations.Account(self.sign_in, self.password, self.name, address=address)


@router.get(
    "/negotiations/{negotiation}/invitations", operation_id="listInvitations", summary="List the invitations to seats"
)
async def list_invitations(
    db: Db, seat: Annotated[Seat, Depends(may("invitation.list"))], limit: Limit = 50, cursor: Cursor = None
) -> Page[views.Invitation]:
    """Open, accepted, revoked and expired ones, in the order in which they were sent, without their secrets."""
    found = await views.invitations(db, seat, after=after_number(cursor), limit=limit + 1)
    return page_of(found, limit, lambda invitation: invitation.number)


@router.post(
    "/negotiations/{negotiation}/invitations",
    status_code=201,
    operation_id="sendInvitation",
    summary="Invite a person to take a seat",
)
async def send_invitation(
    request: Request,
    db: Db,
    seat: Annotated[Seat, Depends(may("invitation.send"))],
    _once: Once,
    new: SeatInvitationIn,
) -> invitations.Sent:
    """Hand the secret on: it is shown in this answer only. Whoever has it takes the seat, once; addressed to somebody,
    they alone. A penholder invites people of its own delegation and readers."""
    sent = await invitations.send(db, seat, new.delegation, new.role, sign_in=new.sign_in, name=new.name, days=new.days)
    request.state.kept_body = _sent.dump_json(replace(sent, secret=""))
    return sent


@router.delete(
    "/negotiations/{negotiation}/invitations/{invitation}",
    operation_id="revokeInvitation",
    summary="Revoke an invitation",
)
async def revoke_invitation(
    db: Db,
    seat: Annotated[Seat, Depends(may("invitation.revoke"))],
    invitation: Annotated[str, Path(max_length=20, description="The invitation, such as `I3`.")],
) -> invitations.Revoked:
    """It is good for nothing from this moment on. A seat that was taken with it stays taken."""
    return await invitations.revoke(db, seat, invitation)


@router.post("/invitations/look", operation_id="lookAtInvitation", summary="See what an invitation is for")
async def look_at_invitation(
    db: Db, _seat: Annotated[Seat, Depends(may_by_invitation("invitation.look"))], _once: Once, which: OfferIn
) -> views.Offer:
    """Before accepting it. The secret is in the body, where no log keeps it; who has it needs no access token."""
    return await views.offer(db, which.secret)


@router.post(
    "/invitations/accept",
    status_code=201,
    operation_id="acceptInvitation",
    summary="Take a seat by invitation",
    response_model=invitations.Accepted,
)
async def accept_invitation(
    request: Request,
    db: Db,
    seat: Annotated[Seat, Depends(may_by_invitation("invitation.accept"))],
    _once: Once,
    taken: AcceptanceOfInvitationIn,
) -> invitations.Accepted | Response:
    """With your access token, or without one with your sign-in name and password; where you have no account, give your
    name too, and one is made. An invitation can be accepted once."""
    address = request.client.host if request.client else ""
    accepted = await invitations.accept(db, seat, taken.secret, taken.account(address))
    # Answered rather than raised: that somebody tried a password is kept.
    return accepted or problem_response(SignInRefused(), request.url.path)
