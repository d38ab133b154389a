"""Who is signed in to the pages, and who tried to."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.record.base import Base, BigId


class WebSession(Base):
    """A browser in which somebody is signed in. Only the SHA-256 of what its cookie holds is kept."""

    __tablename__ = "web_session"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    secret_hash: Mapped[str] = mapped_column(unique=True)
    browser: Mapped[str] = mapped_column(default="")
    started_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class SignInFailure(Base):
    """A sign-in that failed, for a name (in lower case, known here or not) and from an address of the network."""

    __tablename__ = "sign_in_failure"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    sign_in: Mapped[str]
    address: Mapped[str]
    at: Mapped[datetime]

    __table_args__ = (
        Index("ix_sign_in_failure_sign_in_at", "sign_in", "at"),
        Index("ix_sign_in_failure_address_at", "address", "at"),
    )
