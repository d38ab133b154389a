"""Who sponsors the text, and what was spoken with states on the way there."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Integer, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.record.base import Base, BigId


class Sponsorship(Base):
    """A state among the sponsors, from `joined_at` until `left_at` (null: still). Who joins again gets another row.

    `told` and `left_told` say how it was learned; empty, the state said so itself. `exceptionally` is the right by
    which an observer state sponsors.
    """

    __tablename__ = "sponsorship"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    negotiation_id: Mapped[int] = mapped_column(ForeignKey("negotiation.id"), index=True)
    delegation_id: Mapped[int] = mapped_column(ForeignKey("delegation.id"), index=True)
    kind: Mapped[str]
    on_behalf_of_id: Mapped[int | None] = mapped_column(ForeignKey("delegation.id"), index=True)
    at_adoption: Mapped[bool] = mapped_column(default=False)
    told: Mapped[str] = mapped_column(default="")
    exceptionally: Mapped[str] = mapped_column(default="")
    joined_at: Mapped[datetime]
    joined_seq: Mapped[int] = mapped_column(Integer)
    left_at: Mapped[datetime | None]
    left_seq: Mapped[int | None] = mapped_column(Integer)
    left_told: Mapped[str] = mapped_column(default="")

    __table_args__ = (CheckConstraint("kind in ('main', 'cosponsor')", name="kind"),)


class OutreachNote(Base):
    """What was spoken with a state on a day, and the step that it took. `number` 3 is called N3.

    For those who hold the pen alone. One taken back keeps its row.
    """

    __tablename__ = "outreach_note"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    negotiation_id: Mapped[int] = mapped_column(ForeignKey("negotiation.id"))
    number: Mapped[int] = mapped_column(Integer)
    delegation_id: Mapped[int] = mapped_column(ForeignKey("delegation.id"), index=True)
    held_on: Mapped[date]
    step: Mapped[str]
    between: Mapped[str]  # who spoke to whom
    note: Mapped[str]
    by: Mapped[str]
    seq: Mapped[int] = mapped_column(Integer)
    noted_at: Mapped[datetime]
    retracted_at: Mapped[datetime | None]

    __table_args__ = (
        UniqueConstraint("negotiation_id", "number"),
        CheckConstraint(
            "step in ('contacted', 'interested', 'bilateral_held', 'in_the_working_group', 'cosponsor', 'declined')",
            name="step",
        ),
    )
