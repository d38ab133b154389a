"""Meetings of the working group: when and where, what was discussed, and the minutes."""

from datetime import date, datetime, time

from sqlalchemy import ForeignKey, Integer, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.record.base import Base, BigId


class Meeting(Base):
    """One meeting. `number` 3 is called M3. The day and the times are those of the negotiation's time zone.

    `version` counts how often its minutes were changed; what they said before is on the record. `seq` is the entry that
    put down the present ones.
    """

    __tablename__ = "meeting"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    negotiation_id: Mapped[int] = mapped_column(ForeignKey("negotiation.id"))
    number: Mapped[int] = mapped_column(Integer)
    version: Mapped[int] = mapped_column(Integer, default=1)
    title: Mapped[str]
    held_on: Mapped[date]
    starts_at: Mapped[time | None]
    ends_at: Mapped[time | None]
    place: Mapped[str]
    reading: Mapped[int | None] = mapped_column(Integer)  # the number of the reading that it was part of
    notes: Mapped[str]
    seq: Mapped[int] = mapped_column(Integer)
    noted_at: Mapped[datetime]

    __table_args__ = (UniqueConstraint("negotiation_id", "number"),)


class MeetingClause(Base):
    """A clause that was discussed at a meeting, with the label it had when that was put down."""

    __tablename__ = "meeting_clause"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    clause_id: Mapped[int] = mapped_column(ForeignKey("clause.id"), index=True)
    place: Mapped[int] = mapped_column(Integer)  # in the order in which they were named
    label: Mapped[str]
    note: Mapped[str]

    __table_args__ = (UniqueConstraint("meeting_id", "clause_id"),)
