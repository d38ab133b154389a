"""Invitations as those who run the room see them, and as whoever has one does before accepting it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from app.record.database import now_of
from app.record.invitations import Invitation as InvitationRow
from app.record.invitations import good_invitation
from app.record.people import Delegation, Person
from app.record.texts import Clause, ClauseVersion, Negotiation
from app.rules.invitations import InvitationStatus
from app.rules.permissions import Role, Seat
from app.text.clauses import Kind


@dataclass(frozen=True, slots=True)
class Invitation:
    """A seat kept for somebody, without its secret. `delegation` is empty for the secretariat and for readers, as are
    `sign_in` and `name` where it is addressed to nobody, `sent_by` where whoever runs the server sent it.
    """

    invitation: str
    status: InvitationStatus
    role: Role
    delegation: str
    sign_in: str
    name: str
    sent_by: str
    sent_at: datetime
    expires_at: datetime
    accepted_by: str
    accepted_at: datetime | None
    revoked_at: datetime | None

    @property
    def number(self) -> int:
        return int(self.invitation[1:])


@dataclass(frozen=True, slots=True)
class Offer:
    """What an invitation is for: a seat in which negotiation, as what, for whom, and until when it can be accepted.

    With a `sign_in`, only the person with that address can accept it.
    """

    negotiation: str
    title: str
    role: Role
    delegation: str
    delegation_name: str
    sign_in: str
    name: str
    expires_at: datetime


async def invitations(db: AsyncSession, seat: Seat, *, after: int = 0, limit: int = 50) -> tuple[Invitation, ...]:
    """A page of the invitations of a negotiation, oldest first, from the one after `after`. One statement."""
    sender, taker = aliased(Person), aliased(Person)
    rows = await db.execute(
        select(InvitationRow, Delegation.code, sender.name, taker.name)
        .outerjoin(Delegation, InvitationRow.delegation_id == Delegation.id)
        .outerjoin(sender, InvitationRow.sent_by == sender.id)
        .outerjoin(taker, InvitationRow.accepted_by == taker.id)
        .where(InvitationRow.negotiation_id == seat.negotiation_id, InvitationRow.number > after)
        .order_by(InvitationRow.number)
        .limit(limit)
    )
    now = now_of(db)
    return tuple(
        Invitation(
            invitation=f"I{row.number}",
            status=row.status(now),
            role=Role(row.role),
            delegation=code or "",
            sign_in=row.sign_in,
            name=row.name,
            sent_by=sent_by or "",
            sent_at=row.sent_at,
            expires_at=row.expires_at,
            accepted_by=accepted_by or "",
            accepted_at=row.accepted_at,
            revoked_at=row.revoked_at,
        )
        for row, code, sent_by, accepted_by in rows
    )


async def offer(db: AsyncSession, secret: str) -> Offer:
    """What the invitation with this secret is for. Two statements. Raises InvitationNotGood."""
    found = await good_invitation(db, secret)
    title, slug, code, name = (
        await db.execute(
            select(ClauseVersion.text, Negotiation.slug, Delegation.code, Delegation.name)
            .select_from(Negotiation)
            .outerjoin(Delegation, Delegation.id == found.delegation_id)
            .outerjoin(Clause, and_(Clause.negotiation_id == Negotiation.id, Clause.kind == Kind.TITLE.value))
            .outerjoin(
                ClauseVersion,
                and_(ClauseVersion.clause_id == Clause.id, ClauseVersion.number == Clause.current_version),
            )
            .where(Negotiation.id == found.negotiation_id)
            .order_by(Clause.place)
            .limit(1)
        )
    ).one()
    return Offer(
        negotiation=slug,
        title=title or "",
        role=Role(found.role),
        delegation=code or "",
        delegation_name=name or "",
        sign_in=found.sign_in,
        name=found.name,
        expires_at=found.expires_at,
    )
