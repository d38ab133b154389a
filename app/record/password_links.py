"""Links by which people who lost their password choose a new one."""

from datetime import datetime

from sqlalchemy import ForeignKey, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from app.problems import PasswordLinkNotGood
from app.record.base import Base, BigId
from app.record.database import now_of
from app.record.people import Person
from app.record.secrets import PASSWORD_LINK, is_well_formed, secret_hash


class PasswordLink(Base):
    """A link with which one person chooses a new password, once. Only the SHA-256 of its secret is kept. `ended_at`:
    when it was used, or made useless by a newer one or the closing of the account."""

    __tablename__ = "password_link"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    secret_hash: Mapped[str] = mapped_column(unique=True)
    made_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


async def good_link(db: AsyncSession, secret: str) -> tuple[PasswordLink, Person]:
    """The link with this secret that can be used, and whose it is. One statement. Raises PasswordLinkNotGood."""
    secret, row = secret.strip(), None
    if is_well_formed(secret, PASSWORD_LINK):
        row = (
            await db.execute(
                select(PasswordLink, Person)
                .join(Person, PasswordLink.person_id == Person.id)
                .where(
                    PasswordLink.secret_hash == secret_hash(secret),
                    PasswordLink.ended_at.is_(None),
                    PasswordLink.expires_at > now_of(db),
                    Person.is_active,
                )
            )
        ).first()
    if row is None:
        raise PasswordLinkNotGood()
    return row[0], row[1]
