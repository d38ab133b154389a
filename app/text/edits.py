"""The edits that lead from one text to another, word by word, and how two edits of one base stand to each other.

Where words repeat, an edit can be read in several places: "women, men, youth" became "women, youth" by losing ", men"
or "men, ". Each edit knows how far it can be moved without changing what it does; no merge may depend on the choice.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from app.text.lcs import common
from app.text.tokens import Tokens, tokens


@dataclass(frozen=True, slots=True)
class Words:
    """A text as its words and the white space between them: `gaps[i]` stands before word i, the last one at the end."""

    tokens: Tokens
    words: list[str]
    gaps: list[str]
    places: list[int]  # the token of each word

    @classmethod
    def of(cls, text: str) -> "Words":
        cut = tokens(text)
        places = [index for index, token in enumerate(cut) if not token.isspace()]
        gaps = []
        after = 0
        for place in (*places, len(cut)):
            gaps.append("".join(cut[after:place]))
            after = place + 1
        return cls(cut, [cut[place] for place in places], gaps, places)

    def between(self, start: int, end: int) -> tuple[int, int]:
        """The tokens of words [start, end) with the white space on both sides, up to the neighbouring words."""
        first = self.places[start - 1] + 1 if start else 0
        last = self.places[end] if end < len(self.places) else len(self.tokens)
        return first, last


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Words [start, end) of the base; the point before the word `start` when both are equal."""

    start: int
    end: int

    def overlaps(self, other: "Span") -> bool:
        """Whether they have a word in common, or one is a point inside the other; touching is not overlapping."""
        return self.start < other.end and other.start < self.end

    def with_(self, other: "Span") -> "Span":
        return Span(min(self.start, other.start), max(self.end, other.end))


@dataclass(slots=True)
class Edit:
    """Words [start, end) of the base become words [new_start, new_end) of the new text.

    `left` (0 or less) and `right` (0 or more) say how far the edit can be moved; `shift` is the reading chosen. `twin`
    is the same edit on the other side. A disputed edit is not applied.
    """

    start: int
    end: int
    new_start: int
    new_end: int
    new: Words = field(repr=False)
    left: int = 0
    right: int = 0
    shift: int = 0
    twin: "Edit | None" = field(default=None, repr=False)
    is_disputed: bool = False

    @property
    def zone(self) -> Span:
        """All base words that the edit may mean."""
        return Span(self.start + self.left, self.end + self.right)

    @property
    def only_deletes(self) -> bool:
        return self.new_start == self.new_end

    @property
    def placed(self) -> Span:
        """The base words it means, as it is read."""
        return self.span(self.shift)

    def span(self, shift: int) -> Span:
        return Span(self.start + shift, self.end + shift)

    def brought(self, shift: int) -> list[str]:
        """The words that come, when the edit is moved by `shift`."""
        return self.new.words[self.new_start + shift : self.new_end + shift]

    def is_twin_of(self, other: "Edit") -> bool:
        """Whether the other side makes the same edit, white space between its words included."""
        return (
            self.span(self.left) == other.span(other.left)
            and self.brought(self.left) == other.brought(other.left)
            and self._inner_gaps() == other._inner_gaps()
        )

    def _inner_gaps(self) -> list[str]:
        return self.new.gaps[self.new_start + self.left + 1 : self.new_end + self.left]


def edits_between(base: Words, new: Words) -> list[Edit]:
    """The least edits that lead from `base` to `new`, in order, with at least one kept word between any two."""
    edits: list[Edit] = []
    start = new_start = 0
    for end, new_end in [*common(base.words, new.words), (len(base.words), len(new.words))]:
        if start < end or new_start < new_end:
            edits.append(Edit(start, end, new_start, new_end, new))
        start, new_start = end + 1, new_end + 1
    for number, edit in enumerate(edits):
        before = edits[number - 1].zone.end + 1 if number else 0
        after = edits[number + 1].start - 1 if number + 1 < len(edits) else len(base.words)
        if edit.start == edit.end:
            _find_room(edit, new.words, edit.new_start, edit.new_end, before, after)
        elif edit.only_deletes:
            _find_room(edit, base.words, edit.start, edit.end, before, after)
    return edits


def _find_room(edit: Edit, words: list[str], start: int, end: int, before: int, after: int) -> None:
    """How far the words [start, end) can be moved without reaching out of [before, after) of the base."""
    while edit.start + edit.left > before and words[start + edit.left - 1] == words[end + edit.left - 1]:
        edit.left -= 1
    while edit.end + edit.right < after and words[start + edit.right] == words[end + edit.right]:
        edit.right += 1
    edit.shift = edit.left


def clash(edit: Edit, shift: int, other: Edit, other_shift: int) -> bool:
    """Whether two different edits cannot both apply, each read with its shift. Two deletions always can."""
    here, there = edit.span(shift), other.span(other_shift)
    if edit.only_deletes and other.only_deletes:
        return False
    if here.overlaps(there):
        return True
    touching = here.end == there.start or there.end == here.start
    if not touching or edit.only_deletes or other.only_deletes:
        return False
    if here.start < here.end and there.start < there.end:
        return False  # two replacements side by side
    if here == there:
        return True  # a tie: nothing says which insertion comes first
    words, other_words = edit.brought(shift), other.brought(other_shift)
    brings_more = len(words) > here.end - here.start > 0 or len(other_words) > there.end - there.start > 0
    return brings_more or not set(words).isdisjoint(other_words)


def widened(spans: Iterable[tuple[Span, bool]]) -> list[Span]:
    """The disputed ones (True) of `spans`, each widened by all that overlap it; those that touch are one."""
    wide: list[tuple[Span, bool]] = []
    for span, is_disputed in sorted(spans):
        while wide and (wide[-1][0].overlaps(span) or wide[-1][0] == span):
            last, was_disputed = wide.pop()
            span, is_disputed = last.with_(span), was_disputed or is_disputed
        wide.append((span, is_disputed))
    disputed: list[Span] = []
    for span in (span for span, is_disputed in wide if is_disputed):
        disputed.append(disputed.pop().with_(span) if disputed and disputed[-1].end == span.start else span)
    return disputed
