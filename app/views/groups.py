"""A delegation by itself: what it is, the members of a group, the groups of a state, with their days."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from app.problems import NotFound
from app.record.participants import delegation_coded
from app.record.people import Delegation as DelegationRow
from app.record.people import Membership
from app.rules.positions import DelegationKind
from app.said import Said
from app.views.negotiations import Delegation


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


async def delegation_called(db: AsyncSession, typed: str) -> Delegation:
    """The delegation that somebody means who types its name, a part of it that no other has, its code, or both as
    `Brazil (BRA)`. One statement. Raises NotFound, which names those that come near."""
    words = " ".join(typed.split()).casefold()
    rows = await db.scalars(select(DelegationRow))
    known = [Delegation(row.code, row.name, DelegationKind(row.kind)) for row in rows]
    for one in known:
        code, name = one.code.casefold(), one.name.casefold()
        if words in (code, name, f"{name} ({code})"):
            return one
    near = sorted((one for one in known if words and words in one.name.casefold()), key=lambda one: one.name)
    if len(near) == 1:
        return near[0]
    names = "; ".join(f"{one.name} ({one.code})" for one in near[:8])
    remedy = (
        Said("Do you mean one of these: {names}?", names=names)
        if near
        else Said("Give its name in English or its code, such as BRA.")
    )
    raise NotFound(what=Said("delegation"), name=typed.strip(), remedy=remedy)


def _view(other: DelegationRow, row: Membership) -> MembershipView:
    return MembershipView(other.code, other.name, row.since, row.until)
