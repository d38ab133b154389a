"""One's own account and access tokens."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Request
from pydantic import TypeAdapter

from app.actions import access
from app.api.context import Secret, may_here
from app.api.inputs import TokenIn
from app.api.transactions import Once, Transaction
from app.http.server import Db
from app.rules.permissions import Seat
from app.views import access as views

router = APIRouter(tags=["access"], route_class=Transaction)
_issued = TypeAdapter(access.IssuedToken)


@router.get("/me", operation_id="getAccount", summary="See who you are here")
async def get_account(
    db: Db, secret: Secret, _seat: Annotated[Seat, Depends(may_here("account.read"))]
) -> views.Account:
    """The person behind the token, and what it is good for."""
    return await views.account(db, secret or "")


@router.get("/tokens", operation_id="listTokens", summary="List your access tokens")
async def list_tokens(db: Db, seat: Annotated[Seat, Depends(may_here("token.list"))]) -> Sequence[views.TokenView]:
    """Without their secrets, newest first. Asked with one for one negotiation, those for that negotiation."""
    return await views.tokens(db, seat)


@router.post("/tokens", status_code=201, operation_id="issueToken", summary="Issue an access token")
async def issue_token(
    request: Request, db: Db, seat: Annotated[Seat, Depends(may_here("token.issue"))], _once: Once, new: TokenIn
) -> access.IssuedToken:
    """The secret is shown in this answer only; the server keeps its hash. (So a repeated request gets it no more.)

    It gives no more than the token you send: it ends no later, and is for one negotiation only when that one is.
    """
    issued = await access.issue_token(
        db, seat, name=new.name, scope=new.scope, negotiation=new.negotiation, lasting=new.lasting()
    )
    request.state.kept_body = _issued.dump_json(replace(issued, secret=""))
    return issued


@router.delete("/tokens/{token}", status_code=204, operation_id="revokeToken", summary="Revoke an access token")
async def revoke_token(
    db: Db,
    seat: Annotated[Seat, Depends(may_here("token.revoke"))],
    token: Annotated[int, Path(ge=1, le=2**53)],
) -> None:
    """It is good for nothing from this moment on."""
    await access.revoke_token(db, seat, token)
