"""People, the delegations they speak for, their seats in a negotiation, and their access tokens."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.record.base import Base, BigId


class Person(Base):
    """Somebody who signs in. `sign_in` is unique and compared in lower case; the password is null until one is set."""

    __tablename__ = "person"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    sign_in: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    password_hash: Mapped[str | None]
    is_administrator: Mapped[bool] = mapped_column(default=False)
    is_active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime]


class Delegation(Base):
    """A state, a group of states or an organisation, known to the whole server. A state's code is ISO 3166 alpha-3."""

    __tablename__ = "delegation"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    kind: Mapped[str]

    __table_args__ = (CheckConstraint("kind in ('state', 'group', 'organisation')", name="kind"),)


class Membership(Base):
    """A state in a group from `since` until the day before `until` (null: still)."""

    __tablename__ = "membership"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("delegation.id"))
    member_id: Mapped[int] = mapped_column(ForeignKey("delegation.id"), index=True)
    since: Mapped[date]
    until: Mapped[date | None]

    __table_args__ = (UniqueConstraint("group_id", "member_id", "since"),)


class Participation(Base):
    """A delegation taking part in a negotiation, with the role in which it was invited."""

    __tablename__ = "participation"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    negotiation_id: Mapped[int] = mapped_column(ForeignKey("negotiation.id"))
    delegation_id: Mapped[int] = mapped_column(ForeignKey("delegation.id"), index=True)
    role: Mapped[str]
    invited_at: Mapped[datetime]

    __table_args__ = (
        UniqueConstraint("negotiation_id", "delegation_id"),
        CheckConstraint("role in ('penholder', 'delegate', 'observer')", name="role"),
    )


class Seat(Base):
    """A person in a negotiation. `delegation_id` is null for the secretariat and for readers."""

    __tablename__ = "seat"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    negotiation_id: Mapped[int] = mapped_column(ForeignKey("negotiation.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    delegation_id: Mapped[int | None] = mapped_column(ForeignKey("delegation.id"), index=True)
    role: Mapped[str]
    taken_at: Mapped[datetime]

    __table_args__ = (
        UniqueConstraint("negotiation_id", "person_id"),
        CheckConstraint("role in ('secretariat', 'penholder', 'delegate', 'observer', 'reader')", name="role"),
    )


class AccessToken(Base):
    """A bearer token. Only its SHA-256 is kept; `negotiation_id` narrows it to one negotiation, null is all of them."""

    __tablename__ = "access_token"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    negotiation_id: Mapped[int | None] = mapped_column(ForeignKey("negotiation.id"), index=True)
    name: Mapped[str]
    scope: Mapped[str]
    secret_hash: Mapped[str] = mapped_column(unique=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]

    __table_args__ = (CheckConstraint("scope in ('export', 'read', 'write')", name="scope"),)


class KeptAnswer(Base):
    """The answer given to a POST with an Idempotency-Key, to be given again; written in the transaction of the act."""

    __tablename__ = "kept_answer"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    key: Mapped[str]
    request_hash: Mapped[str]
    status: Mapped[int]
    headers: Mapped[dict[str, Any]]
    body: Mapped[bytes]
    kept_at: Mapped[datetime]

    __table_args__ = (UniqueConstraint("person_id", "key"), Index("ix_kept_answer_kept_at", "kept_at"))
