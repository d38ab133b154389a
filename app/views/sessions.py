"""Who is asking through a browser: from the cookie of a session to the seat its holder has. And one's sessions."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import and_, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.problems import NotFound, NotSignedIn
from app.record.database import now_of
from app.record.people import Delegation, Person
from app.record.people import Seat as SeatRow
from app.record.secrets import secret_hash
from app.record.sessions import WebSession
from app.record.texts import Negotiation
from app.rules.permissions import Role, Seat, Visibility, may_see
from app.said import Said
from app.views.access import Venue, public_seat_in, seat_of, venue_of


@dataclass(frozen=True, slots=True)
class SessionView:
    """A browser in which somebody is signed in; `is_this`: the one that asks."""

    id: int
    browser: str
    started_at: datetime
    expires_at: datetime
    is_this: bool


async def person_of(db: AsyncSession, secret: str) -> Person | None:
    """Who is signed in with a session's secret. One statement."""
    found: Person | None = await db.scalar(
        select(Person)
        .join(WebSession, WebSession.person_id == Person.id)
        .where(
            WebSession.secret_hash == secret_hash(secret),
            WebSession.ended_at.is_(None),
            WebSession.expires_at > now_of(db),
            Person.is_active,
        )
    )
    return found


async def signed_in_seat(db: AsyncSession, secret: str) -> Seat:
    """Who asks, outside any negotiation. One statement. Raises NotSignedIn where the session has ended."""
    person = await person_of(db, secret) if secret else None
    if person is None:
        raise NotSignedIn(reason=Said("You are not signed in, or your session has ended."))
    role = Role.ADMINISTRATOR if person.is_administrator else Role.READER
    return Seat(person.id, person.name, role)


async def signed_in_seat_in(db: AsyncSession, secret: str, slug: str) -> tuple[Seat, Venue]:
    """Who asks in a negotiation, and what its pages go by. Two statements.

    Without a seat one is a reader, where the negotiation is public. Raises NotSignedIn; NotFound for a negotiation
    that is not there or not to be seen: nobody learns which.
    """
    person = await person_of(db, secret) if secret else None
    if person is None:
        return await public_seat_in(db, slug)
    row = (
        await db.execute(
            select(Negotiation, SeatRow, Delegation)
            .outerjoin(SeatRow, and_(SeatRow.negotiation_id == Negotiation.id, SeatRow.person_id == person.id))
            .outerjoin(Delegation, SeatRow.delegation_id == Delegation.id)
            .where(Negotiation.slug == slug)
        )
    ).first()
    role = Role(row[1].role) if row is not None and row[1] is not None else None
    if row is None or not may_see(role, Visibility(row[0].visibility)):
        raise NotFound(what=Said("negotiation"), name=slug, remedy=Said("Your first page lists yours."))
    taken = replace(seat_of(person, row[0], role or Role.READER, row[2]), is_seated=role is not None)
    return taken, venue_of(row[0])


async def sessions(db: AsyncSession, seat: Seat, secret: str) -> tuple[SessionView, ...]:
    """The browsers in which one is signed in, newest first. One statement."""
    rows = await db.scalars(
        select(WebSession)
        .where(
            WebSession.person_id == (seat.person_id or 0),
            WebSession.ended_at.is_(None),
            WebSession.expires_at > now_of(db),
        )
        .order_by(WebSession.id.desc())
    )
    here = secret_hash(secret)
    return tuple(
        SessionView(row.id, row.browser, row.started_at, row.expires_at, row.secret_hash == here) for row in rows
    )
