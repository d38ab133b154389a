"""The library: adopted texts of earlier sessions, passage by passage, and how many passages have each word.

It belongs to the whole server, not to a negotiation, and nothing of it is on a record.

Each database keeps its own full-text index of `LibraryPassage.words` in step by itself: SQLite an FTS5 table,
PostgreSQL a generated tsvector with a GIN index (migration 0002). Whatever belongs to these has FULL_TEXT in its name
and is in no model.
"""

from datetime import date, datetime
from typing import Final

from sqlalchemy import ForeignKey, Integer, Select, UniqueConstraint, cast, column, func, literal_column, select, table
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from app.record.base import Base, BigId

FULL_TEXT: Final = "full_text"

_LOCK: Final = 0x6C696272  # any number, the same for all processes
_SQLITE_INDEX: Final = table("library_full_text", column("rowid"), column("library_full_text"))


class LibraryText(Base):
    """An adopted text. `content_hash` is the SHA-256 over all that was stored of it, to know it again by."""

    __tablename__ = "library_text"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    symbol: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str] = mapped_column(default="")
    organ: Mapped[str] = mapped_column(default="")
    language: Mapped[str] = mapped_column(default="en")
    session: Mapped[str] = mapped_column(default="")
    adopted_on: Mapped[date | None]
    paragraphs: Mapped[int] = mapped_column(Integer)  # those that can be found
    content_hash: Mapped[str]
    imported_at: Mapped[datetime]


class LibraryPassage(Base):
    """A clause of an adopted text. `words` are what it is found by, one space between two; empty for what is not
    looked for (titles, opening lines, headings, footnotes)."""

    __tablename__ = "library_passage"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    text_id: Mapped[int] = mapped_column(ForeignKey("library_text.id"))
    place: Mapped[int] = mapped_column(Integer)
    kind: Mapped[str]
    level: Mapped[int] = mapped_column(Integer, default=1)
    label: Mapped[str]
    text: Mapped[str]
    words: Mapped[str] = mapped_column(default="")

    __table_args__ = (UniqueConstraint("text_id", "place"),)


class LibraryWord(Base):
    """In how many passages a word stands: the rarer, the more it says about where a text comes from."""

    __tablename__ = "library_word"

    word: Mapped[str] = mapped_column(primary_key=True)
    passages: Mapped[int] = mapped_column(Integer)


def passages_with(db: AsyncSession, word: str) -> Select[int]:
    """The ids of the passages that have a word (letters and digits only, as app/text/nearness.py folds it)."""
    if db.get_bind().dialect.name == "sqlite":
        matches = _SQLITE_INDEX.c.library_full_text.op("match")(f'"{word}"')
        return select(_SQLITE_INDEX.c.rowid.label("id")).where(matches)
    matches = literal_column(f"library_passage.{FULL_TEXT}").op("@@")(cast(f"'{word}'", TSQUERY))
    return select(LibraryPassage.id.label("id")).where(matches)


async def one_librarian_at_a_time(db: AsyncSession) -> None:
    """Wait until nobody else changes the library; until the transaction ends nobody else can."""
    if db.get_bind().dialect.name != "sqlite":  # there one transaction writes at a time anyhow
        await db.execute(select(func.pg_advisory_xact_lock(_LOCK)))
