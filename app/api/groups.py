"""A delegation by itself, and the states that join and leave groups."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path

from app.actions import groups
from app.api.context import may_here
from app.api.inputs import LeavingIn, MemberIn
from app.api.transactions import Once, Transaction
from app.http.server import Db
from app.rules.permissions import Seat
from app.views import groups as views

router = APIRouter(prefix="/delegations/{code}", tags=["negotiations"], route_class=Transaction)

Code = Annotated[str, Path(max_length=20, description="The code of a delegation, such as `EU` or `FRA`.")]
Member = Annotated[str, Path(max_length=20, description="The code of a state, such as `FRA`.")]


@router.get("", operation_id="getDelegation", summary="Read a delegation with its members or groups")
async def get_delegation(
    db: Db, _seat: Annotated[Seat, Depends(may_here("delegation.list"))], code: Code
) -> views.WholeDelegation:
    """The members of a group, and the groups of a state, each with its days: former ones and those to come too."""
    return await views.whole_delegation(db, code)


@router.post("/members", status_code=201, operation_id="joinGroup", summary="Enter a state into a group")
async def join_group(
    db: Db, seat: Annotated[Seat, Depends(may_here("group.join"))], _once: Once, code: Code, new: MemberIn
) -> groups.GroupMember:
    """An administrator does, from a day on. While the group takes part in a negotiation, from tomorrow on at the
    earliest."""
    return await groups.join(db, seat, code, new.member, new.since)


@router.post(
    "/members/{member}/departure",
    operation_id="leaveGroup",
    summary="End the membership of a state in a group",
)
async def leave_group(
    db: Db,
    seat: Annotated[Seat, Depends(may_here("group.leave"))],
    _once: Once,
    code: Code,
    member: Member,
    when: LeavingIn,
) -> groups.GroupMember:
    """An administrator does, from a day on; on the day of joining, the state never joins. What was before stays."""
    return await groups.leave(db, seat, code, member, when.until)
