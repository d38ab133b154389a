"""The way of a text from the working group to adoption."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Integer, UniqueConstraint
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


class OralRevision(Base):
    """What the sponsors read out after tabling. `labels` are the paragraphs that it changed, as they were called."""

    __tablename__ = "oral_revision"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    negotiation_id: Mapped[int] = mapped_column(ForeignKey("negotiation.id"))
    number: Mapped[int] = mapped_column(Integer)
    announced_by: Mapped[str]
    labels: Mapped[list[str]]
    revision: Mapped[str]
    seq: Mapped[int] = mapped_column(Integer)
    announced_at: Mapped[datetime]

    __table_args__ = (UniqueConstraint("negotiation_id", "number"),)


class VoteRequest(Base):
    """A delegation asks for a vote on the whole text, or (`clause_id`) a separate one on a paragraph. `number` 2 is R2.

    `ended_at` is set when it is withdrawn or when the vote is taken; then `vote` is its number.
    """

    __tablename__ = "vote_request"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    negotiation_id: Mapped[int] = mapped_column(ForeignKey("negotiation.id"))
    number: Mapped[int] = mapped_column(Integer)
    delegation_id: Mapped[int] = mapped_column(ForeignKey("delegation.id"), index=True)
    clause_id: Mapped[int | None] = mapped_column(ForeignKey("clause.id"), index=True)
    seq: Mapped[int] = mapped_column(Integer)
    requested_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    vote: Mapped[int | None] = mapped_column(Integer)

    __table_args__ = (UniqueConstraint("negotiation_id", "number"),)


class Vote(Base):
    """A recorded vote on the whole text, or (`clause_id`) on a paragraph called `label` then. `number` 1 is called V1.

    `rejects_whole`: by it the whole text was rejected. The database itself refuses to change or delete a row.
    """

    __tablename__ = "vote"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    negotiation_id: Mapped[int] = mapped_column(ForeignKey("negotiation.id"))
    number: Mapped[int] = mapped_column(Integer)
    clause_id: Mapped[int | None] = mapped_column(ForeignKey("clause.id"), index=True)
    label: Mapped[str]
    majority: Mapped[str]
    is_carried: Mapped[bool]
    rejects_whole: Mapped[bool]
    requested_by: Mapped[list[str]]
    day: Mapped[date]
    meeting: Mapped[str]
    seq: Mapped[int] = mapped_column(Integer)
    taken_at: Mapped[datetime]

    __table_args__ = (
        UniqueConstraint("negotiation_id", "number"),
        CheckConstraint("majority in ('simple', 'two_thirds')", name="majority"),
    )


class Ballot(Base):
    """How a member state voted, with the code and the name that it had then. Append-only, as the votes are."""

    __tablename__ = "ballot"

    vote_id: Mapped[int] = mapped_column(ForeignKey("vote.id"), primary_key=True)
    state: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    choice: Mapped[str]

    __table_args__ = (CheckConstraint("choice in ('in_favour', 'against', 'abstaining')", name="choice"),)


class VoteCorrection(Base):
    """A state advised later that it had intended to vote otherwise. The vote stands; append-only as well."""

    __tablename__ = "vote_correction"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    vote_id: Mapped[int] = mapped_column(ForeignKey("vote.id"), index=True)
    state: Mapped[str]
    name: Mapped[str]
    choice: Mapped[str]
    seq: Mapped[int] = mapped_column(Integer)
    advised_at: Mapped[datetime]

    __table_args__ = (CheckConstraint("choice in ('in_favour', 'against', 'abstaining')", name="choice"),)


class Explanation(Base):
    """What a delegation said of its position or its vote, before or after the action. `number` 1 is called E1.

    `clauses` are the keys of the paragraphs it is about. `person_id` is who gave it or put it on record.
    """

    __tablename__ = "explanation"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    negotiation_id: Mapped[int] = mapped_column(ForeignKey("negotiation.id"))
    number: Mapped[int] = mapped_column(Integer)
    delegation_id: Mapped[int] = mapped_column(ForeignKey("delegation.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    subject: Mapped[str]
    moment: Mapped[str]
    text: Mapped[str]
    clauses: Mapped[list[str]]
    seq: Mapped[int] = mapped_column(Integer)
    given_at: Mapped[datetime]

    __table_args__ = (
        UniqueConstraint("negotiation_id", "number"),
        CheckConstraint("subject in ('position', 'vote')", name="subject"),
        CheckConstraint("moment in ('before', 'after')", name="moment"),
    )


class Dissociation(Base):
    """A delegation joins the consensus except on the paragraphs with the keys `clauses`. `number` 1 is called D1."""

    __tablename__ = "dissociation"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    negotiation_id: Mapped[int] = mapped_column(ForeignKey("negotiation.id"))
    number: Mapped[int] = mapped_column(Integer)
    delegation_id: Mapped[int] = mapped_column(ForeignKey("delegation.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    clauses: Mapped[list[str]]
    statement: Mapped[str]
    seq: Mapped[int] = mapped_column(Integer)
    declared_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]

    __table_args__ = (UniqueConstraint("negotiation_id", "number"),)
