"""Webhooks: addresses to which the record of a negotiation is sent, entry by entry."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Integer, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.record.base import Base, BigId


class Webhook(Base):
    """An address with its place in the record: the record itself is what waits to be sent. `number` 2 is called W2.

    Entries up to `delivered_seq` were answered for. While `claimed_until` has not come, the process that knows `claim`
    sends to it and nobody else does. `verbs` are those it wants, all where there are none. The secret signs what is
    sent, so that it is kept as it is; one removed keeps its row without it.
    """

    __tablename__ = "webhook"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    negotiation_id: Mapped[int] = mapped_column(ForeignKey("negotiation.id"))
    number: Mapped[int] = mapped_column(Integer)
    url: Mapped[str]
    secret: Mapped[str]
    verbs: Mapped[list[str]]
    created_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    created_at: Mapped[datetime]
    state: Mapped[str]
    delivered_seq: Mapped[int] = mapped_column(Integer)
    delivered_at: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(Integer, default=0)  # that failed, since the last that did not
    failing_since: Mapped[datetime | None]
    next_attempt_at: Mapped[datetime | None]
    last_error: Mapped[str] = mapped_column(default="")
    claim: Mapped[str] = mapped_column(default="")
    claimed_until: Mapped[datetime | None]
    ping_asked_at: Mapped[datetime | None]  # a test delivery is wanted and was not sent yet
    pinged_at: Mapped[datetime | None]
    ping_answer: Mapped[str] = mapped_column(default="")

    __table_args__ = (
        UniqueConstraint("negotiation_id", "number"),
        CheckConstraint("state in ('active', 'paused', 'disabled', 'removed')", name="state"),
    )
