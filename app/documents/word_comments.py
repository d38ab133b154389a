"""The comments of a Word file: why a delegation proposes a change, and what words in place cannot show of it."""

from collections.abc import Sequence
from typing import Final

from app.documents.document import Document, Paragraph
from app.documents.word_xml import Look, attribute, author, paragraph, root, run, timestamp
from app.rules.amendments import PARAGRAPH_BREAK, ChangeKind
from app.views.exports import OpenProposal

_LONGEST_INITIALS: Final = 9  # characters; Word refuses more
_BESIDE: Final = {
    ChangeKind.MOVE: "proposes to move this paragraph.",
    ChangeKind.DELETE: "proposes to delete this paragraph as it read before.",
}


class Comments:
    """The comments on proposals, each at the first paragraph that shows it, numbered in the order of the text."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._proposals = {one.name: one for one in document.proposals}
        self._places = _places(document)
        self._written: list[str] = []

    def at(self, place: int) -> dict[str, int]:
        """The comments on the paragraph at this place of the document, as the amendment of each and its number."""
        numbered = {}
        for name in self._places.get(place, ()):
            one = self._proposals[name]
            said = _said(one, self._document.paragraphs[place])
            if said:
                numbered[name] = len(self._written)
                self._written.append(self._comment(one, said))
        return numbered

    def part(self) -> str:
        """The part `comments.xml`, empty where there are none."""
        return root("w:comments", "".join(self._written)) if self._written else ""

    def _comment(self, one: OpenProposal, said: Sequence[str]) -> str:
        words = "".join(paragraph("CommentText", run(line, Look())) for line in said)
        return (
            f'<w:comment w:id="{len(self._written)}" w:author={attribute(author(self._document, one.delegations))}'
            f' w:date="{timestamp(one.at)}" w:initials={attribute(one.delegations[0][:_LONGEST_INITIALS])}>'
            f"{words}</w:comment>"
        )


def _places(document: Document) -> dict[int, list[str]]:
    """Which proposals are commented on at which paragraph: where their words are, else at their clause."""
    shown: dict[str, int] = {}
    beside: dict[str, int] = {}
    clauses: dict[str, int] = {}
    for place, one in enumerate(document.paragraphs):
        for piece in one.pieces:
            for name in piece.tracked.amendments if piece.tracked else ():
                shown.setdefault(name, place)
        for name in one.beside:
            beside.setdefault(name, place)
        if one.key:
            clauses.setdefault(one.key, place)
    places: dict[int, list[str]] = {}
    for proposal in document.proposals:
        name = proposal.name
        at = shown.get(name, beside.get(name, clauses.get(proposal.clause)))
        if at is not None:
            places.setdefault(at, []).append(name)
    return places


def _said(one: OpenProposal, at: Paragraph) -> list[str]:
    """The lines of a comment: none for a proposal that its words say all of."""
    in_words = any(one.name in piece.tracked.amendments for piece in at.pieces if piece.tracked)
    lines = []
    if not in_words and one.text is not None:
        lines.append("would read, where it no longer fits the text: " + one.text.replace(PARAGRAPH_BREAK, "¶"))
    elif not in_words:
        lines.append(_BESIDE.get(one.kind, "is not shown in place."))
    if one.rationale:
        lines.extend(one.rationale.splitlines())
    return [f"{one.name}: {lines[0]}", *lines[1:]] if lines else []
