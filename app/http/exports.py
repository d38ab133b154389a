"""Documents as answers: made in a thread, since they cost processor time, and kept as long as the text is the same."""

import asyncio
from collections import OrderedDict
from dataclasses import dataclass
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from app.documents.building import document_of
from app.documents.formats import Format, written
from app.rules.standing import Standing
from app.views.exports import Content, Export, Wanted, export

_Kept = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Exported:
    """The bytes of a document, and the record entry that it was asked for at (`Chapeau-Entry`)."""

    content: bytes
    seq: int
    hash: str


class Exports:
    """The last documents that were written, at most `size` of them."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._kept: OrderedDict[_Kept, bytes] = OrderedDict()

    async def of(self, db: AsyncSession, standing: Standing, wanted: Wanted, as_format: Format) -> Exported:
        """What `wanted` names of a negotiation, in a format. Raises as views.exports.export does."""
        found = await export(db, standing, wanted)
        content = await self.shown(standing.negotiation.id, found, wanted, as_format)
        return Exported(content, found.text.seq, found.text.hash)

    async def shown(self, negotiation_id: int, found: Export, wanted: Wanted, as_format: Format) -> bytes:
        """The document of what was found, made only when it is not in memory."""
        kept = (negotiation_id, found.content, as_format, *_shown(found, wanted))
        content = self._kept.get(kept)
        if content is None:
            content = self._kept[kept] = await asyncio.to_thread(_written, found, as_format)
        self._kept.move_to_end(kept)
        while len(self._kept) > self._size:
            self._kept.popitem(last=False)
        return content


def _shown(found: Export, wanted: Wanted) -> tuple[object, ...]:
    """What tells one document of a negotiation from another: the entries its texts date from, and its words where those
    do not follow from them."""
    since = found.since.draft.origin if found.since else None
    words = found.text.draft.clauses if wanted.language else None
    names = tuple(found.names.items()) if found.content is Content.COMPILATION else None
    return found.text.draft.origin, since, wanted.language, words, names


def _written(found: Export, as_format: Format) -> bytes:
    return written(document_of(found), as_format)
