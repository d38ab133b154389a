"""The people that the server knows, for whoever runs it; and for whom a password link is."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from app.record.password_links import good_link
from app.record.people import Delegation, Person
from app.record.people import Seat as SeatRow
from app.record.sessions import WebSession
from app.record.texts import Negotiation
from app.rules.permissions import Role, Seat, Visibility, may_see


@dataclass(frozen=True, slots=True)
class SeatHeld:
    """Where a person sits. `delegation` is empty for the secretariat and for readers."""

    negotiation: str
    role: Role
    delegation: str


@dataclass(frozen=True, slots=True)
class PersonView:
    """Somebody with an account. `seats`: in the negotiations that whoever asks may see; `elsewhere`: how many more.
    `signed_in_at`: when they last did, null for never."""

    id: int
    sign_in: str
    name: str
    is_administrator: bool
    is_active: bool
    has_password: bool
    created_at: datetime
    signed_in_at: datetime | None
    seats: tuple[SeatHeld, ...]
    elsewhere: int


@dataclass(frozen=True, slots=True)
class LinkHolder:
    """Whose password is chosen with a link, and until when it is good."""

    sign_in: str
    name: str
    expires_at: datetime


async def people(
    db: AsyncSession, seat: Seat, words: str = "", *, after: int = 0, limit: int = 50
) -> tuple[PersonView, ...]:
    """A page of the people with an account whose name or address has `words` in it, in the order in which they came,
    from the one after `after`. Two statements."""
    last = select(func.max(WebSession.started_at)).where(WebSession.person_id == Person.id).scalar_subquery()
    wanted = select(Person, last).where(Person.id > after).order_by(Person.id).limit(limit)
    if words.strip():
        for_all = words.strip().lower()
        named = func.lower(Person.name).contains(for_all, autoescape=True)
        wanted = wanted.where(
            or_(
                named,
                Person.name.contains(words.strip(), autoescape=True),
                Person.sign_in.contains(for_all, autoescape=True),
            )
        )
    rows = (await db.execute(wanted)).all()
    seats = await _seats(db, seat, [person.id for person, _ in rows])
    return tuple(
        PersonView(
            id=person.id,
            sign_in=person.sign_in,
            name=person.name,
            is_administrator=person.is_administrator,
            is_active=person.is_active,
            has_password=person.password_hash is not None,
            created_at=person.created_at,
            signed_in_at=signed_in_at,
            seats=tuple(held for held in seats.get(person.id, ()) if held is not None),
            elsewhere=sum(1 for held in seats.get(person.id, ()) if held is None),
        )
        for person, signed_in_at in rows
    )


async def _seats(db: AsyncSession, asking: Seat, people: list[int]) -> dict[int, list[SeatHeld | None]]:
    """The seats of people, None for each in a negotiation that whoever asks may not see. One statement."""
    own = aliased(SeatRow)
    rows = await db.execute(
        select(SeatRow.person_id, SeatRow.role, Negotiation.slug, Negotiation.visibility, Delegation.code, own.role)
        .join(Negotiation, SeatRow.negotiation_id == Negotiation.id)
        .outerjoin(Delegation, SeatRow.delegation_id == Delegation.id)
        .outerjoin(own, and_(own.negotiation_id == Negotiation.id, own.person_id == (asking.person_id or 0)))
        .where(SeatRow.person_id.in_(people))
        .order_by(Negotiation.slug)
    )
    found: dict[int, list[SeatHeld | None]] = {}
    for person_id, role, slug, visibility, code, held in rows:
        own_role: str | None = held  # without a seat there is none
        is_seen = may_see(Role(own_role) if own_role is not None else None, Visibility(visibility))
        found.setdefault(person_id, []).append(SeatHeld(slug, Role(role), code or "") if is_seen else None)
    return found


async def link_holder(db: AsyncSession, secret: str) -> LinkHolder:
    """Whose password is chosen with the link of this secret. One statement. Raises PasswordLinkNotGood."""
    link, person = await good_link(db, secret)
    return LinkHolder(person.sign_in, person.name, link.expires_at)
