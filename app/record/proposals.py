"""What is said and decided about the text: amendments, positions, rulings, silences, readings and revisions."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.record.base import Base, BigId


class Amendment(Base):
    """One proposal of a delegation. `number` 12 is called A12. What it would do is in its versions.

    `clause_id` is the clause it replaces, deletes or follows. `parent_id` is the amendment that a sub-amendment amends.
    `audience` is the room, its delegation, or the group `group_id`; `reintroduces_id` the withdrawn one whose words it
    brings back.
    """

    __tablename__ = "amendment"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    negotiation_id: Mapped[int] = mapped_column(ForeignKey("negotiation.id"))
    number: Mapped[int] = mapped_column(Integer)
    kind: Mapped[str]
    clause_id: Mapped[int] = mapped_column(ForeignKey("clause.id"), index=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("amendment.id"), index=True)
    delegation_id: Mapped[int] = mapped_column(ForeignKey("delegation.id"), index=True)
    author_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    status: Mapped[str]
    audience: Mapped[str]
    group_id: Mapped[int | None] = mapped_column(ForeignKey("delegation.id"))
    reintroduces_id: Mapped[int | None] = mapped_column(ForeignKey("amendment.id"), index=True)
    rationale: Mapped[str] = mapped_column(default="")
    current_version: Mapped[int] = mapped_column(Integer, default=1)
    conflicts: Mapped[bool] = mapped_column(default=False)
    outcome_reason: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime]
    submitted_at: Mapped[datetime | None]
    settled_at: Mapped[datetime | None]
    settled_seq: Mapped[int | None] = mapped_column(Integer)

    __table_args__ = (
        UniqueConstraint("negotiation_id", "number"),
        Index("ix_amendment_negotiation_id_status", "negotiation_id", "status"),
        CheckConstraint(
            "status in ('draft', 'proposed', 'accepted', 'accepted_with_changes', 'rejected', 'withdrawn', 'absorbed')",
            name="status",
        ),
    )


class AmendmentVersion(Base):
    """What an amendment would do, as stated at one time: by its author, or carried over when its clause moved.

    `text` is null for a deletion. `details` holds what only some kinds need (for an insertion: kind and level).
    `substance` is the number of the version its author stated last: being carried over keeps positions on it.
    """

    __tablename__ = "amendment_version"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    amendment_id: Mapped[int] = mapped_column(ForeignKey("amendment.id"))
    number: Mapped[int] = mapped_column(Integer)
    base_version: Mapped[int] = mapped_column(Integer)
    text: Mapped[str | None]
    details: Mapped[dict[str, Any]]
    origin: Mapped[str]
    substance: Mapped[int] = mapped_column(Integer)
    seq: Mapped[int] = mapped_column(Integer)
    created_at: Mapped[datetime]

    __table_args__ = (
        UniqueConstraint("amendment_id", "number"),
        CheckConstraint("origin in ('proposed', 'restated', 'rebased')", name="origin"),
    )


class Cosponsorship(Base):
    """A delegation that put itself behind another's amendment. `left_at` is null while it stands."""

    __tablename__ = "cosponsorship"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    amendment_id: Mapped[int] = mapped_column(ForeignKey("amendment.id"), index=True)
    delegation_id: Mapped[int] = mapped_column(ForeignKey("delegation.id"), index=True)
    joined_at: Mapped[datetime]
    left_at: Mapped[datetime | None]


class Position(Base):
    """What a delegation said on one version of a clause or of an amendment. Nothing is overwritten: `ended_at` is set
    when the delegation says something else or takes it back."""

    __tablename__ = "position"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    negotiation_id: Mapped[int] = mapped_column(ForeignKey("negotiation.id"), index=True)
    delegation_id: Mapped[int] = mapped_column(ForeignKey("delegation.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    clause_id: Mapped[int | None] = mapped_column(ForeignKey("clause.id"))
    amendment_id: Mapped[int | None] = mapped_column(ForeignKey("amendment.id"))
    version: Mapped[int] = mapped_column(Integer)
    stance: Mapped[str]
    reason: Mapped[str] = mapped_column(default="")
    seq: Mapped[int] = mapped_column(Integer)
    taken_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    __table_args__ = (
        CheckConstraint("stance in ('support', 'accept', 'reserve', 'object')", name="stance"),
        CheckConstraint("(clause_id is null) <> (amendment_id is null)", name="one_subject"),
        Index("ix_position_clause_id_ended_at", "clause_id", "ended_at"),
        Index("ix_position_amendment_id_ended_at", "amendment_id", "ended_at"),
    )


class Ruling(Base):
    """A penholder's ruling on one version. `ended_at` is set when it is reopened or ruled anew."""

    __tablename__ = "ruling"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    clause_id: Mapped[int] = mapped_column(ForeignKey("clause.id"))
    version: Mapped[int] = mapped_column(Integer)
    kind: Mapped[str]
    by: Mapped[str]
    pending: Mapped[list[str]] = mapped_column(default=list)
    package: Mapped[str] = mapped_column(default="")
    seq: Mapped[int] = mapped_column(Integer)
    ruled_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    ended_reason: Mapped[str] = mapped_column(default="")

    __table_args__ = (
        CheckConstraint("kind in ('agreed', 'ad_ref')", name="kind"),
        Index("ix_ruling_clause_id_ended_at", "clause_id", "ended_at"),
    )


class Silence(Base):
    """A silence procedure over some clauses. `passed_seq` is the entry that put its passing on the record.

    `warn_at` is when the room is to be warned of the deadline (null: not at all), `warned_at` when it was.
    """

    __tablename__ = "silence"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    negotiation_id: Mapped[int] = mapped_column(ForeignKey("negotiation.id"))
    number: Mapped[int] = mapped_column(Integer)
    opened_at: Mapped[datetime]
    deadline: Mapped[datetime]
    opened_seq: Mapped[int] = mapped_column(Integer)
    passed_seq: Mapped[int | None] = mapped_column(Integer)
    warn_at: Mapped[datetime | None]
    warned_at: Mapped[datetime | None]

    __table_args__ = (
        UniqueConstraint("negotiation_id", "number"),
        Index("ix_silence_passed_seq_deadline", "passed_seq", "deadline"),
    )


class SilenceClause(Base):
    """One clause under a silence, in one version; broken by a delegation, or ended by a reopening."""

    __tablename__ = "silence_clause"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    silence_id: Mapped[int] = mapped_column(ForeignKey("silence.id"))
    clause_id: Mapped[int] = mapped_column(ForeignKey("clause.id"), index=True)
    version: Mapped[int] = mapped_column(Integer)
    broken_by: Mapped[str | None]
    broken_at: Mapped[datetime | None]
    broken_reason: Mapped[str] = mapped_column(default="")
    broken_seq: Mapped[int | None] = mapped_column(Integer)
    ended_at: Mapped[datetime | None]

    __table_args__ = (UniqueConstraint("silence_id", "clause_id"),)


class Reading(Base):
    """One pass of the working group through the text. The counts say how many paragraphs had each status then."""

    __tablename__ = "reading"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    negotiation_id: Mapped[int] = mapped_column(ForeignKey("negotiation.id"))
    number: Mapped[int] = mapped_column(Integer)
    opened_at: Mapped[datetime]
    opened_seq: Mapped[int] = mapped_column(Integer)
    opening_counts: Mapped[dict[str, Any] | None]
    closed_at: Mapped[datetime | None]
    closed_seq: Mapped[int | None] = mapped_column(Integer)
    closing_counts: Mapped[dict[str, Any] | None]

    __table_args__ = (UniqueConstraint("negotiation_id", "number"),)


class Revision(Base):
    """A named, immutable snapshot of the whole text. `labels` maps each clause key to its label in this revision."""

    __tablename__ = "revision"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    negotiation_id: Mapped[int] = mapped_column(ForeignKey("negotiation.id"))
    number: Mapped[int] = mapped_column(Integer)
    name: Mapped[str]
    source: Mapped[str]  # the text in the drafts/ format
    source_hash: Mapped[str]
    labels: Mapped[dict[str, Any]]
    seq: Mapped[int] = mapped_column(Integer)
    published_at: Mapped[datetime]

    __table_args__ = (UniqueConstraint("negotiation_id", "number"), UniqueConstraint("negotiation_id", "name"))
