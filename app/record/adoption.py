"""The way of a text from the working group to adoption."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Integer
from sqlalchemy.orm import Mapped, mapped_column

from app.record.base import Base, BigId


class StageChange(Base):
    """A text came to a stage. `reason`: why it went back, or why it was tabled although it was not agreed.

    `symbol` and `day` are those under which it was tabled or adopted, `meeting` where it was adopted.
    """

    __tablename__ = "stage_change"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    negotiation_id: Mapped[int] = mapped_column(ForeignKey("negotiation.id"), index=True)
    stage: Mapped[str]
    reason: Mapped[str] = mapped_column(default="")
    symbol: Mapped[str] = mapped_column(default="")
    day: Mapped[date | None]
    meeting: Mapped[str] = mapped_column(default="")
    revision: Mapped[str] = mapped_column(default="")  # the name under which the text of that moment is kept
    seq: Mapped[int] = mapped_column(Integer)
    at: Mapped[datetime]

    __table_args__ = (
        CheckConstraint(
            "stage in ('zero_draft', 'working_group', 'permanent_representations', 'tabled', 'adopted')", name="stage"
        ),
    )
