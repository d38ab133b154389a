"""What is said beside the text: comments on a clause or an amendment."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Integer, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.record.base import Base, BigId


class Comment(Base):
    """A remark on the version of a clause or an amendment that was current. `number` 3 is called C3.

    `delegation_id` is null where the secretariat speaks. `audience` is the room, the author's delegation, or the
    group `group_id`. One taken back keeps its row; what it said stays on the record.
    """

    __tablename__ = "comment"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    negotiation_id: Mapped[int] = mapped_column(ForeignKey("negotiation.id"))
    number: Mapped[int] = mapped_column(Integer)
    clause_id: Mapped[int | None] = mapped_column(ForeignKey("clause.id"), index=True)
    amendment_id: Mapped[int | None] = mapped_column(ForeignKey("amendment.id"), index=True)
    version: Mapped[int] = mapped_column(Integer)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    delegation_id: Mapped[int | None] = mapped_column(ForeignKey("delegation.id"), index=True)
    audience: Mapped[str]
    group_id: Mapped[int | None] = mapped_column(ForeignKey("delegation.id"))
    reply_to: Mapped[int | None] = mapped_column(Integer)  # the number of the comment that it answers
    text: Mapped[str]
    seq: Mapped[int] = mapped_column(Integer)
    written_at: Mapped[datetime]
    retracted_at: Mapped[datetime | None]

    __table_args__ = (
        UniqueConstraint("negotiation_id", "number"),
        CheckConstraint("audience in ('room', 'group', 'delegation')", name="audience"),
        CheckConstraint("(clause_id is null) <> (amendment_id is null)", name="one_subject"),
    )
