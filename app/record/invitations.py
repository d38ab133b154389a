"""Invitations: a seat that somebody may take who has the secret of it."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Integer, UniqueConstraint, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from app.problems import InvitationNotGood
from app.record.base import Base, BigId
from app.record.database import now_of
from app.record.secrets import INVITATION, is_well_formed, secret_hash
from app.rules.invitations import InvitationStatus, status_of


class Invitation(Base):
    """A seat kept for whoever has the secret, of which the hash only is kept. `number` 3 is called I3.

    `delegation_id` is null for the secretariat and for readers; `sign_in` and `name` are empty where it is addressed to
    nobody. `sent_as` and `sent_for_id` are the role and the delegation of who sent it, which bound what it can give.
    """

    __tablename__ = "invitation"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    negotiation_id: Mapped[int] = mapped_column(ForeignKey("negotiation.id"))
    number: Mapped[int] = mapped_column(Integer)
    delegation_id: Mapped[int | None] = mapped_column(ForeignKey("delegation.id"), index=True)
    role: Mapped[str]
    sign_in: Mapped[str]
    name: Mapped[str]
    secret_hash: Mapped[str] = mapped_column(unique=True)
    sent_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    sent_as: Mapped[str]
    sent_for_id: Mapped[int | None] = mapped_column(ForeignKey("delegation.id"))
    sent_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    accepted_at: Mapped[datetime | None]
    accepted_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    revoked_at: Mapped[datetime | None]

    __table_args__ = (
        UniqueConstraint("negotiation_id", "number"),
        CheckConstraint("role in ('secretariat', 'penholder', 'delegate', 'observer', 'reader')", name="role"),
    )

    def status(self, now: datetime) -> InvitationStatus:
        """What has become of it by `now`."""
        return status_of(self.accepted_at, self.revoked_at, self.expires_at, now)


async def good_invitation(db: AsyncSession, secret: str) -> Invitation:
    """The open invitation with this secret. One statement. Raises InvitationNotGood."""
    secret = secret.strip()
    found: Invitation | None = None
    if is_well_formed(secret, INVITATION):
        found = await db.scalar(select(Invitation).where(Invitation.secret_hash == secret_hash(secret)))
    if found is None or found.status(now_of(db)) is not InvitationStatus.OPEN:
        raise InvitationNotGood()
    return found
