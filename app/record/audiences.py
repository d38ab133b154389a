"""Who may read what is not for the room: drafts, comments and record entries kept within a delegation or a group.

A group's drafts are read by the delegations that are its members today, and by its own, as long as the group takes
part. Every query that shows such things takes its condition from here.
"""

from datetime import date
from typing import Final

from sqlalchemy import ColumnElement, Select, and_, exists, literal, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.record.comments import Comment
from app.record.journal import PEN, ROOM, SEATED, Entry
from app.record.people import Delegation, Membership, Participation
from app.record.proposals import Amendment
from app.rules.amendments import Audience
from app.rules.permissions import Seat
from app.rules.positions import DelegationKind

_GROUP: Final = "group:"  # before the code of a group, in the audience of an entry: no delegation has such a code


def reads_amendment(seat: Seat, day: date) -> ColumnElement[bool]:
    """Whether `seat` may read an amendment on that day."""
    return or_(
        Amendment.audience == Audience.ROOM.value,
        Amendment.delegation_id == (seat.delegation_id or 0),
        and_(Amendment.audience == Audience.GROUP.value, Amendment.group_id.in_(circles(seat, day))),
    )


def hears_comment(seat: Seat, day: date) -> ColumnElement[bool]:
    """Whether `seat` hears a comment on that day."""
    return or_(
        Comment.audience == Audience.ROOM.value,
        Comment.delegation_id == (seat.delegation_id or 0),
        and_(Comment.audience == Audience.GROUP.value, Comment.group_id.in_(circles(seat, day))),
    )


def reads_entry(seat: Seat, day: date) -> ColumnElement[bool]:
    """Whether `seat` may read what an entry of the record says on that day."""
    mine = and_(Entry.delegation == seat.delegation, literal(bool(seat.delegation)), Entry.audience != PEN)
    pens = and_(Entry.audience == PEN, literal(seat.holds_the_pen))
    codes = select(literal(_GROUP) + Delegation.code).where(Delegation.id.in_(circles(seat, day)))
    return or_(heard_by_all(seat), Entry.audience == seat.delegation, mine, pens, Entry.audience.in_(codes))


def heard_by_all(seat: Seat) -> ColumnElement[bool]:
    """Whether an entry is for the whole room or, where `seat` is one in it, for everybody who has a seat."""
    return or_(Entry.audience == ROOM, and_(Entry.audience == SEATED, literal(seat.is_seated)))


def circles(seat: Seat, day: date) -> Select[int]:
    """The ids of the groups taking part of which the seat's delegation is a member on that day, or which it is."""
    own = seat.delegation_id or 0
    is_member = exists().where(
        Membership.group_id == Participation.delegation_id,
        Membership.member_id == own,
        Membership.since <= day,
        or_(Membership.until.is_(None), Membership.until > day),
    )
    return (
        select(Participation.delegation_id)
        .join(Delegation, Participation.delegation_id == Delegation.id)
        .where(
            Participation.negotiation_id == seat.negotiation_id,
            Delegation.kind == DelegationKind.GROUP.value,
            or_(Participation.delegation_id == own, is_member),
        )
    )


async def entry_audience(db: AsyncSession, audience: str, delegation: str, group_id: int | None) -> str:
    """The audience of an entry: the room, `delegation`, or the group with that id (one statement)."""
    match Audience(audience):
        case Audience.ROOM:
            return ROOM
        case Audience.DELEGATION:
            return delegation
        case Audience.GROUP:
            group = await db.get_one(Delegation, group_id)
            return f"{_GROUP}{group.code}"
