"""When people want their digests mailed, and how far they were."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Integer, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.record.base import Base, BigId


class MailChoice(Base):
    """What a person chose for all negotiations. Who chose nothing has no row."""

    __tablename__ = "mail_choice"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    timing: Mapped[str]
    hour: Mapped[int] = mapped_column(Integer)

    __table_args__ = (CheckConstraint("timing in ('immediate', 'daily', 'off')", name="timing"),)


class DigestMail(Base):
    """The mails of one negotiation to one person: what they chose for it (null: as for all), and the entry up to which
    they were told. While `claimed_until` has not come, the process that knows `claim` mails them and nobody else does.
    """

    __tablename__ = "digest_mail"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    negotiation_id: Mapped[int] = mapped_column(ForeignKey("negotiation.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    timing: Mapped[str | None]
    hour: Mapped[int | None] = mapped_column(Integer)
    told_seq: Mapped[int] = mapped_column(Integer, default=0)
    mailed_at: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(Integer, default=0)  # that failed, since the last that did not
    next_attempt_at: Mapped[datetime | None]
    last_error: Mapped[str] = mapped_column(default="")
    claim: Mapped[str] = mapped_column(default="")
    claimed_until: Mapped[datetime | None]

    __table_args__ = (
        UniqueConstraint("negotiation_id", "person_id"),
        CheckConstraint("timing in ('immediate', 'daily', 'off')", name="timing"),
    )
