"""The adopted texts in the library: the list of them, and one of them whole."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.problems import NotFound
from app.record.library import LibraryPassage, LibraryText
from app.said import Said
from app.text.adopted import as_kept
from app.text.clauses import Kind


@dataclass(frozen=True, slots=True)
class AdoptedText:
    """An adopted text. `session` and `adopted_on` as far as the text says them; `paragraphs` are those that
    can be found."""

    symbol: str
    title: str
    organ: str
    language: str
    session: str
    adopted_on: date | None
    paragraphs: int
    imported_at: datetime


@dataclass(frozen=True, slots=True)
class Passage:
    """One clause of an adopted text. `level` is 1 for a paragraph, 2 for (a)."""

    label: str
    kind: Kind
    level: int
    text: str


@dataclass(frozen=True, slots=True)
class WholeText:
    """An adopted text with all its clauses in the order of the document. `hash` changes when the text does."""

    about: AdoptedText
    hash: str
    passages: tuple[Passage, ...]


async def texts(db: AsyncSession, *, after: str = "", limit: int = 50) -> tuple[AdoptedText, ...]:
    """A page of the texts in the library, by symbol. One statement."""
    rows = await db.scalars(
        select(LibraryText).where(LibraryText.symbol > after).order_by(LibraryText.symbol).limit(limit)
    )
    return tuple(_about(row) for row in rows)


async def whole_text(db: AsyncSession, symbol: str) -> WholeText:
    """A text by its symbol. In any spelling of its spaces. Two statements. Raises NotFound."""
    name = as_kept(symbol)
    row = await db.scalar(select(LibraryText).where(LibraryText.symbol == name)) if name.isprintable() else None
    if row is None:
        raise NotFound(
            what=Said("text"),
            name=symbol,
            remedy=Said("GET /api/v1/library lists those in the library.", "Check its symbol."),
        )
    passages = await db.scalars(
        select(LibraryPassage).where(LibraryPassage.text_id == row.id).order_by(LibraryPassage.place)
    )
    found = tuple(Passage(passage.label, Kind(passage.kind), passage.level, passage.text) for passage in passages)
    return WholeText(_about(row), row.content_hash, found)


def _about(row: LibraryText) -> AdoptedText:
    return AdoptedText(
        row.symbol,
        row.title,
        row.organ,
        row.language,
        row.session,
        row.adopted_on,
        row.paragraphs,
        row.imported_at,
    )
