"""A text laid out for print: what every writer of this floor sets, whatever it sets it in.

A paragraph is a row of pieces: words that stay, that are added or that are deleted, by whom and when. Without the added
ones and their paragraph ends it is the text before; without the deleted ones, the text after. Exactly.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from app.text.clauses import FrontMatter, Kind
from app.text.compilation import Mark
from app.text.languages import Direction, direction_of
from app.text.origin import Origin
from app.views.exports import Content, OpenProposal
from app.views.revisions import Revision

__all__ = ["Content", "Document", "Kind", "Mark", "Paragraph", "Piece", "Tracked"]


@dataclass(frozen=True, slots=True)
class Tracked:
    """Who changes something. `by` are the codes of delegations, or the one name under which changes go that no
    delegation proposes; `amendments` are those behind it (`A12`), empty between two texts; `at` is when."""

    by: tuple[str, ...]
    amendments: tuple[str, ...] = ()
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of a paragraph, or (`note`) a reference to the footnote of that number. `tracked` is None where `mark` is
    KEPT, and only there."""

    text: str
    mark: Mark = Mark.KEPT
    tracked: Tracked | None = None
    is_italic: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph. `number` is what is printed before it (`4.`, `(a)`; both where it changes), `label` what
    negotiators call it; `key` and `version` are its identity, empty and 0 for one that is only proposed.

    `end` says whether the paragraph's end itself stays: ADDED where one is split here or a whole one is inserted,
    DELETED where it is joined to the next or goes as a whole; `end_tracked` by whom. `moved` names a move: the same
    name stands on the deleted paragraph where it was and on the added one where it is now. `beside` are the open
    amendments that words cannot show. `was` is the kind and level that it had before, where that is another.
    """

    kind: Kind
    label: str
    level: int
    key: str
    version: int
    number: tuple[Piece, ...]
    pieces: tuple[Piece, ...]
    end: Mark = Mark.KEPT
    end_tracked: Tracked | None = None
    moved: str = ""
    beside: tuple[str, ...] = ()
    was: tuple[Kind, int] | None = None

    def text(self, without: Mark = Mark.DELETED) -> str:
        """Its words after (or, without ADDED, before) the changes; references to footnotes as `[^1]`."""
        return "".join(_written(piece) for piece in self.pieces if piece.mark is not without)

    def printed_number(self, without: Mark = Mark.DELETED) -> str:
        return "".join(piece.text for piece in self.number if piece.mark is not without)


@dataclass(frozen=True, slots=True)
class Document:
    """A whole text. The title, headings, annexes and footnotes are paragraphs among the others, in order.

    `since` is the origin of the text before, for changes between two texts; `proposals` the open amendments of a
    compilation; `names` the names of delegations by code; `revisions` those that were published up to this text.
    """

    content: Content
    front: FrontMatter
    paragraphs: tuple[Paragraph, ...]
    origin: Origin | None = None
    since: Origin | None = None
    proposals: tuple[OpenProposal, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    revisions: tuple[Revision, ...] = ()

    @property
    def title(self) -> str:
        return next((one.text() for one in self.paragraphs if one.kind is Kind.TITLE), "")

    @property
    def direction(self) -> Direction:
        return direction_of(self.front.language)

    def author(self, codes: Sequence[str]) -> str:
        """Delegations by their names, as the author of a change: `European Union, Norway`."""
        return ", ".join(self.names.get(code, code) for code in codes)


def _written(piece: Piece) -> str:
    return f"[^{piece.note}]" if piece.note else piece.text
