"""Negotiations and their text: clauses with a stable identity, and the immutable versions their wording lives in."""

from datetime import datetime, timedelta

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, UniqueConstraint
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from app.record.base import Base, BigId


class Negotiation(Base):
    """One draft resolution on its way. `head_seq` and `head_hash` are the last entry of its record.

    Every act locks this row first: acts on one negotiation happen one after the other.
    """

    __tablename__ = "negotiation"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    organ: Mapped[str] = mapped_column(default="")
    symbol: Mapped[str] = mapped_column(default="")
    session: Mapped[str] = mapped_column(default="")
    agenda_item: Mapped[str] = mapped_column(default="")
    language: Mapped[str] = mapped_column(default="en")
    sponsors: Mapped[list[str]] = mapped_column(default=list)
    masthead: Mapped[list[str]] = mapped_column(default=list)
    closing: Mapped[list[str]] = mapped_column(default=list)
    stage: Mapped[str] = mapped_column(default="zero_draft")
    visibility: Mapped[str] = mapped_column(default="participants")
    time_zone: Mapped[str] = mapped_column(default="UTC")
    silence_least_seconds: Mapped[int] = mapped_column(Integer, default=24 * 3600)
    silence_warning_seconds: Mapped[int] = mapped_column(  # 0: no warning
        Integer, default=24 * 3600, server_default=sql("86400")
    )
    submissions_until: Mapped[datetime | None]
    sponsors_until: Mapped[datetime | None]
    created_at: Mapped[datetime]
    last_clause: Mapped[int] = mapped_column(Integer, default=0)
    last_amendment: Mapped[int] = mapped_column(Integer, default=0)
    last_silence: Mapped[int] = mapped_column(Integer, default=0)
    reading: Mapped[int | None] = mapped_column(Integer)  # the number of the one that is open
    head_seq: Mapped[int] = mapped_column(Integer, default=0)
    head_hash: Mapped[str] = mapped_column(default="")

    __table_args__ = (
        CheckConstraint("visibility in ('private', 'participants', 'public')", name="visibility"),
        CheckConstraint(
            "stage in ('zero_draft', 'working_group', 'permanent_representations', 'tabled', 'adopted')", name="stage"
        ),
    )

    @property
    def silence_least(self) -> timedelta:
        return timedelta(seconds=self.silence_least_seconds)

    @property
    def silence_warning(self) -> timedelta:
        return timedelta(seconds=self.silence_warning_seconds)


class Clause(Base):
    """One paragraph with a stable identity (`key`, "c7"). `place` orders the document; versions hold its wording."""

    __tablename__ = "clause"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    negotiation_id: Mapped[int] = mapped_column(ForeignKey("negotiation.id"))
    key: Mapped[str]
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("clause.id"), index=True)
    kind: Mapped[str]
    level: Mapped[int] = mapped_column(Integer, default=1)
    label: Mapped[str]
    place: Mapped[int] = mapped_column(Integer)
    current_version: Mapped[int] = mapped_column(Integer, default=1)
    removed_by: Mapped[str | None]  # the amendment that took it out, "A7"

    __table_args__ = (
        UniqueConstraint("negotiation_id", "key"),
        Index("ix_clause_negotiation_id_place", "negotiation_id", "place"),
        Index("ix_clause_negotiation_id_label", "negotiation_id", "label"),
    )


class ClauseVersion(Base):
    """An immutable text of a clause. `substance` is the number of the version whose substance it has: its own, or that
    of an earlier one when an editorial change left the substance untouched; positions and rulings hold per
    substance."""

    __tablename__ = "clause_version"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    clause_id: Mapped[int] = mapped_column(ForeignKey("clause.id"))
    number: Mapped[int] = mapped_column(Integer)
    text: Mapped[str]
    text_hash: Mapped[str]
    origin: Mapped[str]
    origin_name: Mapped[str] = mapped_column(default="")  # "A12", or why an editorial change was made
    substance: Mapped[int] = mapped_column(Integer)
    seq: Mapped[int] = mapped_column(Integer)
    created_at: Mapped[datetime]

    __table_args__ = (
        UniqueConstraint("clause_id", "number"),
        CheckConstraint("origin in ('import', 'editorial', 'amendment')", name="origin"),
    )
