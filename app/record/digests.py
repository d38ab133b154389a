"""How far a person has read the record of a negotiation."""

from datetime import datetime

from sqlalchemy import ForeignKey, Integer, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.record.base import Base, BigId


class DigestMark(Base):
    """The entry up to which a person has read the record of a negotiation. It changes nothing of the negotiation, so
    that it is on no record."""

    __tablename__ = "digest_mark"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    negotiation_id: Mapped[int] = mapped_column(ForeignKey("negotiation.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    seen_seq: Mapped[int] = mapped_column(Integer, default=0)
    seen_at: Mapped[datetime]

    __table_args__ = (UniqueConstraint("negotiation_id", "person_id"),)
