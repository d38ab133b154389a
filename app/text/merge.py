"""Brings two changes of one text together, word by word, and never guesses a place.

Each side is read as edits of the base: words that go, words that come, or both. What then holds:

- The same edit on both sides is one edit. Edits of different words both apply, also when they stand side by side.
- Words that both sides delete are deleted once. A deletion against a change of the same words is a conflict.
- Two insertions at one point are a conflict: a tie that a person orders.
- An insertion beside a deletion applies: its place is certain. Beside a replacement it applies too, unless the
  replacement brings more words than it takes (a tie again) or shares a word with the insertion (both may say the same).
- Where repeated words leave open which of them an edit means (", youth" or "youth, "), the edit applies only when the
  leftmost and the rightmost reading agree; a deletion is read so that it leaves the other side's words alone.
"""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from app.text.edits import Edit, Span, Words, clash, edits_between, widened
from app.text.spacing import Sides, joined


@dataclass(frozen=True, slots=True)
class Dispute:
    """A run of words about which both sides disagree: tokens [start, end) of the base, and what each side has there.

    An empty range is a point between two tokens. Put in place of the range, either wording fits with its white space.
    """

    start: int
    end: int
    base: str
    ours: str
    theirs: str


@dataclass(frozen=True, slots=True)
class Merge:
    """The merged text, which keeps the base where the sides disagree, and those places in the order of the text."""

    text: str
    conflicts: tuple[Dispute, ...] = ()


@dataclass(frozen=True, slots=True)
class Clean:
    """The proposal carried over: what the text reads when the proposal is accepted now."""

    text: str


@dataclass(frozen=True, slots=True)
class Absorbed:
    """The current text says already all that was proposed."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """The proposal (`ours`) and the current text (`theirs`) changed the same words of the base."""

    runs: tuple[Dispute, ...]


def rebase(proposal: str, base: str, current: str) -> Clean | Absorbed | Conflict:
    """Carry a proposal written against `base` over to `current`, word by word.

    Returns Clean(text), Absorbed() when `current` already says all of it (or it never changed anything), or
    Conflict(runs) with the shortest disputed runs as token ranges of `base`. Never guesses a place. All texts are NFC.
    """
    if proposal in (base, current):
        return Absorbed()
    if current == base:
        return Clean(proposal)
    merged = merge(base, proposal, current)
    if merged.conflicts:
        return Conflict(merged.conflicts)
    return Absorbed() if merged.text == current else Clean(merged.text)


def merge(base: str, ours: str, theirs: str) -> Merge:
    """Apply the changes of both sides to the base; what cannot be applied without a guess is a conflict.

    Symmetric: with `ours` and `theirs` exchanged the text is the same, and each conflict names its sides the other way
    round. Every word of the base and of both sides is found once, in the text or in a conflict; a word that a side
    deletes, and the other does not touch, is found in neither. White space follows the words.
    Cost: (words x words) / 64, and linear in the number of edits.
    """
    if ours in (base, theirs):
        return Merge(theirs)
    if theirs == base:
        return Merge(ours)
    sides = Words.of(base), Words.of(ours), Words.of(theirs)
    our_edits = edits_between(sides[0], sides[1])
    their_edits = edits_between(sides[0], sides[2])
    spans = _disputed(our_edits, their_edits)
    text, loose = joined(sides, our_edits, their_edits)
    our_spans, their_spans = _images(spans, our_edits), _images(spans, their_edits)
    disputes = [_dispute(sides, *places) for places in zip(spans, our_spans, their_spans, strict=True)]
    for word, our_gap, their_gap in loose:
        if not any(span.start <= word <= span.end for span in spans):
            start, end = sides[0].between(word, word)
            disputes.append(Dispute(start, end, sides[0].gaps[word], our_gap, their_gap))
    return Merge(text, tuple(sorted(disputes, key=lambda dispute: (dispute.start, dispute.end))))


def _disputed(ours: list[Edit], theirs: list[Edit]) -> list[Span]:
    """The spans of base words in conflict, in order, none overlapping another.

    Settles on the way how each edit is read: `twin`, `shift` and `is_disputed`.
    """
    pairs = list(_meeting(ours, theirs))
    for edit, other in pairs:
        if edit.is_twin_of(other):
            edit.twin, other.twin = other, edit
            edit.right, other.right = edit.left, other.left  # settled: read leftmost
        elif edit.only_deletes and other.only_deletes:
            _keep_apart(edit, other)
    spans: list[tuple[Span, bool]] = [(edit.zone, False) for edit in (*ours, *theirs)]
    for edit, other in pairs:
        if edit.twin is None and other.twin is None and _is_uncertain(edit, other):
            edit.is_disputed = other.is_disputed = True
            spans.append((edit.zone.with_(other.zone), True))
    disputed = widened(spans)
    starts = [span.start for span in disputed]
    for edit in (*ours, *theirs) if disputed else ():
        number = bisect_right(starts, edit.zone.start) - 1
        if edit.is_disputed or (number >= 0 and disputed[number].overlaps(edit.zone)):
            edit.is_disputed = True
            edit.shift = edit.left
    return disputed


def _meeting(ours: list[Edit], theirs: list[Edit]) -> Iterator[tuple[Edit, Edit]]:
    """The pairs of edits, one of each side, that may mean the same words or touch each other."""
    first = 0
    for edit in ours:
        while first < len(theirs) and theirs[first].zone.end < edit.zone.start:
            first += 1
        number = first
        while number < len(theirs) and theirs[number].zone.start <= edit.zone.end:
            yield edit, theirs[number]
            number += 1


def _keep_apart(edit: Edit, other: Edit) -> None:
    """Two deletions that mean the same word when read leftmost are read so that they do not, where one can move."""
    here, there = edit.span(edit.left), other.span(other.left)
    if here.overlaps(there):
        if not edit.span(edit.right).overlaps(there):
            edit.shift = edit.right
        if not other.span(other.right).overlaps(here):
            other.shift = other.right


def _is_uncertain(edit: Edit, other: Edit) -> bool:
    """Whether two different edits clash in some reading, or the reading decides which of them comes first."""
    if edit.only_deletes and other.only_deletes:
        return False
    readings = {(edit.left, other.left), (edit.right, other.right), (edit.shift, other.shift)}
    orders = {edit.span(here) < other.span(there) for here, there in readings}
    return len(orders) > 1 or any(clash(edit, here, other, there) for here, there in readings)


def _images(spans: list[Span], edits: list[Edit]) -> list[Span]:
    """What one side has in place of each disputed span of the base, as words of that side."""
    images = []
    number = 0
    for span in spans:
        while not edits[number].is_disputed or edits[number].zone.end < span.start:
            number += 1
        first = edits[number]
        while number + 1 < len(edits) and edits[number + 1].is_disputed and edits[number + 1].zone.end <= span.end:
            number += 1
        last = edits[number]
        images.append(Span(span.start + first.new_start - first.start, span.end + last.new_end - last.end))
        number += 1
    return images


def _dispute(sides: Sides, span: Span, our_span: Span, their_span: Span) -> Dispute:
    """The words of a span on all three sides, without what all three have in common at its ends."""
    places = (span, our_span, their_span)
    ranges = [side.between(place.start, place.end) for side, place in zip(sides, places, strict=True)]
    wordings = [side.tokens[start:end] for side, (start, end) in zip(sides, ranges, strict=True)]
    shortest = min(map(len, wordings))
    before = 0
    while before < shortest and len({wording[before] for wording in wordings}) == 1:
        before += 1
    after = 0
    while after < shortest - before and len({wording[-after - 1] for wording in wordings}) == 1:
        after += 1
    start, end = ranges[0]
    base, ours, theirs = ("".join(wording[before : len(wording) - after]) for wording in wordings)
    return Dispute(start + before, end - after, base, ours, theirs)
