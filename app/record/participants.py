"""Who takes part in a negotiation, from the tables."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from app.problems import NotFound, NotTakingPart
from app.record.database import now_of
from app.record.people import Delegation, Membership, Participation
from app.record.texts import Negotiation
from app.rules import course
from app.rules.course import Groups
from app.rules.permissions import Role
from app.rules.positions import DelegationKind, Participant
from app.said import Said


async def participants_of(db: AsyncSession, negotiation_id: int) -> tuple[Participant, ...]:
    """Who takes part, with the members that groups have today. Two statements."""
    rows = (
        await db.execute(
            select(Delegation, Participation.role)
            .join(Participation, Participation.delegation_id == Delegation.id)
            .where(Participation.negotiation_id == negotiation_id)
            .order_by(Participation.id)
        )
    ).all()
    members = await members_on(db, [d.id for d, _ in rows if d.kind == DelegationKind.GROUP.value], now_of(db).date())
    return tuple(
        Participant(d.code, d.name, DelegationKind(d.kind), Role(role), frozenset(members[d.id])) for d, role in rows
    )


async def groups_in(db: AsyncSession, negotiation_id: int) -> Groups:
    """Who belongs when to the groups that take part. One statement."""
    group, member = aliased(Delegation), aliased(Delegation)
    rows = await db.execute(
        select(group.code, member.code, Membership.since, Membership.until)
        .join(Participation, Participation.delegation_id == group.id)
        .outerjoin(Membership, Membership.group_id == group.id)
        .outerjoin(member, Membership.member_id == member.id)
        .where(Participation.negotiation_id == negotiation_id, group.kind == DelegationKind.GROUP.value)
    )
    found: dict[str, list[course.Membership]] = {}
    for code, belongs, since, until in rows:
        of_this = found.setdefault(code, [])
        if belongs is not None:
            of_this.append(course.Membership(belongs, since, until))
    return found


async def delegation_coded(db: AsyncSession, code: str) -> Delegation:
    """A delegation the server knows, by its code. Raises NotFound."""
    found = await db.scalar(select(Delegation).where(Delegation.code == code.strip().upper()))
    if found is None:
        raise NotFound(
            what=Said("delegation"),
            name=code,
            remedy=Said(
                "GET /api/v1/delegations lists those the server knows.",
                "Look for its name or its code in the list of delegations.",
            ),
        )
    return found


async def participating(db: AsyncSession, negotiation: Negotiation, code: str) -> tuple[Delegation, Role]:
    """A delegation that takes part, with its role. Raises NotTakingPart."""
    row = (
        await db.execute(
            select(Delegation, Participation.role)
            .join(Participation, Participation.delegation_id == Delegation.id)
            .where(Participation.negotiation_id == negotiation.id, Delegation.code == code.strip().upper())
        )
    ).first()
    if row is None:
        raise NotTakingPart(delegation=code, negotiation=negotiation.slug)
    return row[0], Role(row[1])


async def members_on(db: AsyncSession, group_ids: Sequence[int], day: date) -> dict[int, set[str]]:
    """The codes of the members that groups have on a day, by the id of the group. One statement."""
    member = aliased(Delegation)
    rows = await db.execute(
        select(Membership.group_id, member.code)
        .join(member, Membership.member_id == member.id)
        .where(
            Membership.group_id.in_(group_ids),
            Membership.since <= day,
            or_(Membership.until.is_(None), Membership.until > day),
        )
    )
    found: dict[int, set[str]] = defaultdict(set)
    for group_id, code in rows:
        found[group_id].add(code)
    return found
