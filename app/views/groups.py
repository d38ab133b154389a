"""A delegation by itself: what it is, the members of a group, the groups of a state, with their days."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from app.record.participants import delegation_coded
from app.record.people import Delegation as DelegationRow
from app.record.people import Membership
from app.rules.positions import DelegationKind


@dataclass(frozen=True, slots=True)
class MembershipView:
    """One delegation that belongs to the other from `since` until the day before `until` (null: still)."""

    code: str
    name: str
    since: date
    until: date | None


@dataclass(frozen=True, slots=True)
class WholeDelegation:
    """A delegation the server knows: as a group with its `members`, as a state with the `groups` it belongs to.

    Former members and those to come are there too, with their days.
    """

    code: str
    name: str
    kind: DelegationKind
    members: tuple[MembershipView, ...]
    groups: tuple[MembershipView, ...]


async def whole_delegation(db: AsyncSession, code: str) -> WholeDelegation:
    """A delegation by its code. Two statements. Raises NotFound."""
    found = await delegation_coded(db, code)
    group, member = aliased(DelegationRow), aliased(DelegationRow)
    rows = (
        await db.execute(
            select(Membership, group, member)
            .join(group, Membership.group_id == group.id)
            .join(member, Membership.member_id == member.id)
            .where(or_(Membership.group_id == found.id, Membership.member_id == found.id))
            .order_by(group.code, member.code, Membership.since)
        )
    ).all()
    return WholeDelegation(
        code=found.code,
        name=found.name,
        kind=DelegationKind(found.kind),
        members=tuple(_view(of, row) for row, _, of in rows if row.group_id == found.id),
        groups=tuple(_view(in_, row) for row, in_, _ in rows if row.member_id == found.id),
    )


def _view(other: DelegationRow, row: Membership) -> MembershipView:
    return MembershipView(other.code, other.name, row.since, row.until)
