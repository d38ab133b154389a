"""States join groups and leave them, from a day on. Known to the whole server; no negotiation's record has it."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from sqlalchemy import exists, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.problems import AlreadyAMember, MembershipTooSoon, NotAGroup, NotAMember, NotAState
from app.record.database import now_of
from app.record.participants import delegation_coded
from app.record.people import Delegation, Membership, Participation
from app.rules.permissions import Seat
from app.rules.positions import DelegationKind
from app.said import Said, dated

# Committed before the day begins from which every process reckons with it.
_MARGIN: Final = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class GroupMember:
    """A state in a group from `since` until the day before `until` (null: still)."""

    group: str
    member: str
    since: date
    until: date | None


async def join(db: AsyncSession, seat: Seat, group: str, member: str, since: date) -> GroupMember:
    """A state is a member of a group from the day `since` on.

    While the group takes part in a negotiation, from tomorrow on at the earliest. Raises NotAGroup, NotAState,
    AlreadyAMember, MembershipTooSoon, NotFound.
    """
    seat.must("group.join")
    to, state = await _group_and_state(db, group, member)
    overlapping = await db.scalar(
        select(Membership)
        .where(Membership.group_id == to.id, Membership.member_id == state.id)
        .where(or_(Membership.until.is_(None), Membership.until > since))
        .limit(1)
    )
    if overlapping is not None:
        raise AlreadyAMember(member=state.code, group=to.code, when=_period(overlapping))
    await _must_not_change_today(db, to, since)
    db.add(Membership(group_id=to.id, member_id=state.id, since=since, until=None))
    await db.flush()
    return GroupMember(to.code, state.code, since, None)


async def leave(db: AsyncSession, seat: Seat, group: str, member: str, until: date) -> GroupMember:
    """A state is a member of a group no more from the day `until` on; one that joins later does not join.

    While the group takes part in a negotiation, from tomorrow on at the earliest. Raises NotAGroup, NotAState,
    NotAMember, MembershipTooSoon, NotFound.
    """
    seat.must("group.leave")
    of, state = await _group_and_state(db, group, member)
    membership = await db.scalar(
        select(Membership)
        .where(Membership.group_id == of.id, Membership.member_id == state.id, Membership.since <= until)
        .where(or_(Membership.until.is_(None), Membership.until > until))
    )
    if membership is None:
        raise NotAMember(member=state.code, group=of.code, day=dated(until))
    await _must_not_change_today(db, of, until)
    since = membership.since
    if since == until:
        await db.delete(membership)
    else:
        membership.until = until
    await db.flush()
    return GroupMember(of.code, state.code, since, until)


async def _group_and_state(db: AsyncSession, group: str, member: str) -> tuple[Delegation, Delegation]:
    found = await delegation_coded(db, group)
    if found.kind != DelegationKind.GROUP.value:
        raise NotAGroup(delegation=found.code, kind=Said(found.kind))
    # Locked: neither a second membership of the same state nor an invitation of the group comes in between.
    await db.execute(select(Delegation.id).where(Delegation.id == found.id).with_for_update())
    state = await delegation_coded(db, member)
    if state.kind != DelegationKind.STATE.value:
        raise NotAState(delegation=state.code, kind=Said(state.kind), group=found.code)
    return found, state


async def _must_not_change_today(db: AsyncSession, group: Delegation, day: date) -> None:
    """Refuse (MembershipTooSoon) a change that would alter positions of a day that has begun in some negotiation.

    Servers remember where a negotiation stands for one head of its record and one day.
    """
    earliest = (now_of(db) + _MARGIN).date() + timedelta(days=1)
    if day < earliest and await db.scalar(select(exists().where(Participation.delegation_id == group.id))):
        raise MembershipTooSoon(group=group.code, earliest=dated(earliest))


def _period(membership: Membership) -> Said:
    since = dated(membership.since)
    if membership.until is None:
        return Said("since {since}", since=since)
    return Said("since {since} until {until}", since=since, until=dated(membership.until))
