"""Adopted texts come into the library of the server. Nothing of it belongs to a negotiation or stands on a record."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import delete, insert, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from app.record.database import now_of
from app.record.library import LibraryPassage, LibraryText, LibraryWord, one_librarian_at_a_time
from app.rules.permissions import Seat
from app.text.adopted import Adopted
from app.text.clauses import WITH_SUBPARAGRAPHS, Clause
from app.text.nearness import words


class Outcome(StrEnum):
    """What an import did."""

    IMPORTED = "imported"
    REPLACED = "replaced"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Imported:
    """A text in the library: how many of its paragraphs can be found, and how many characters that show nothing were
    dropped on the way."""

    symbol: str
    title: str
    outcome: Outcome
    paragraphs: int
    dropped: int


async def import_text(db: AsyncSession, seat: Seat, adopted: Adopted) -> Imported:
    """Put an adopted text (from `read_adopted`) into the library, in the place of what it has under that symbol.

    The same text again changes nothing. Its paragraphs can be found; title, opening lines, headings and footnotes are
    kept to be read with them.
    """
    seat.must("library.import")
    await one_librarian_at_a_time(db)
    draft = adopted.draft
    passages = [_passage(place, clause) for place, clause in enumerate(draft.clauses, start=1)]
    shown = {
        "symbol": adopted.symbol,
        "title": draft.title,
        "organ": draft.front.organ,
        "language": draft.front.language,
        "session": adopted.session,
        "adopted_on": adopted.adopted_on,
        "paragraphs": sum(1 for passage in passages if passage["words"]),
    }
    content_hash = _content_hash(shown, passages)
    row = await db.scalar(select(LibraryText).where(LibraryText.symbol == adopted.symbol))
    outcome = Outcome.IMPORTED
    if row is None:
        row = LibraryText(**shown, content_hash=content_hash, imported_at=now_of(db))
        db.add(row)
        await db.flush()
        before: Counter[str] = Counter()
    elif row.content_hash == content_hash:
        return Imported(row.symbol, row.title, Outcome.UNCHANGED, row.paragraphs, adopted.dropped)
    else:
        outcome = Outcome.REPLACED
        before = await _taken_out(db, row)
        for name, value in {**shown, "content_hash": content_hash, "imported_at": now_of(db)}.items():
            setattr(row, name, value)
        await db.flush()
    await db.execute(insert(LibraryPassage), [{**passage, "text_id": row.id} for passage in passages])
    await _count(db, before, _mentions(str(passage["words"]) for passage in passages))
    return Imported(row.symbol, row.title, outcome, row.paragraphs, adopted.dropped)


def _passage(place: int, clause: Clause) -> dict[str, object]:
    return {
        "place": place,
        "kind": clause.kind.value,
        "level": clause.level,
        "label": clause.label,
        "text": clause.text,
        "words": " ".join(words(clause.text)) if clause.kind in WITH_SUBPARAGRAPHS else "",
    }


def _content_hash(shown: Mapping[str, object], passages: Sequence[Mapping[str, object]]) -> str:
    """Over everything that is stored, so that a text is taken anew when the reader of texts has learnt something."""
    content = json.dumps([shown, passages], ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(content.encode()).hexdigest()


async def _taken_out(db: AsyncSession, row: LibraryText) -> Counter[str]:
    """Take the passages of a text out; how many of them had each word."""
    of_text = LibraryPassage.text_id == row.id
    found = await db.scalars(select(LibraryPassage.words).where(of_text))
    mentions = _mentions(found)
    await db.execute(delete(LibraryPassage).where(of_text))
    return mentions


def _mentions(passages: Iterable[str]) -> Counter[str]:
    """In how many passages each word stands."""
    return Counter(word for found in passages for word in set(found.split()))


async def _count(db: AsyncSession, before: Counter[str], after: Counter[str]) -> None:
    """Bring the counts of words in line with passages that went and came."""
    after.subtract(before)
    changes = [{"word": word, "passages": change} for word, change in sorted(after.items()) if change]
    if not changes:
        return
    dialect = sqlite if db.get_bind().dialect.name == "sqlite" else postgresql
    counted = dialect.insert(LibraryWord)
    added = LibraryWord.passages + counted.excluded.passages
    await db.execute(
        counted.on_conflict_do_update(index_elements=[LibraryWord.word], set_={"passages": added}), changes
    )
    if before:
        await db.execute(delete(LibraryWord).where(LibraryWord.passages <= 0))
