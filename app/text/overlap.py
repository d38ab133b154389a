"""Which open proposals on one paragraph touch the same words, and what each of them makes of these words.

Proposals with the same text are not rivals but one, joined. Two others are rivals where they do different things to the
same words or insert at the same point, so that accepting one changes what the other means; wherever a merge of both
has a conflict they are. The same edit made by two proposals is no rivalry, nor are two deletions side by side.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from app.text.compilation import Proposal
from app.text.edits import Edit, Span, Words, clash, edits_between, widened


@dataclass(frozen=True, slots=True)
class Wording:
    """What some proposals make of the words at stake: the text that would stand there, None if the paragraph goes."""

    names: tuple[str, ...]
    text: str | None


@dataclass(frozen=True, slots=True)
class Stake:
    """Words at stake: tokens [start, end) of the base (a point where equal), and who would make what of them."""

    start: int
    end: int
    words: str
    wordings: tuple[Wording, ...]


@dataclass(frozen=True, slots=True)
class Rivals:
    """Proposals that touch the same words, directly or through others.

    `sides` are their names, the proposals with the same text together. Names stand in the order of the proposals given.
    """

    sides: tuple[tuple[str, ...], ...]
    stakes: tuple[Stake, ...]


@dataclass(slots=True, eq=False)
class _Side:
    """The proposals that say the same: their names, the edits they make, and the white space they change alone."""

    names: tuple[str, ...]
    deletes_paragraph: bool
    new: Words
    edits: list[Edit]
    gaps: dict[int, frozenset[str]]  # the base word after it -> what stands there now, in each reading of the edits

    @property
    def spans(self) -> list[Span]:
        return [*(edit.zone for edit in self.edits), *(Span(word, word) for word in self.gaps)]


def rivals(base: str, proposals: Sequence[Proposal]) -> tuple[Rivals, ...]:
    """The groups of proposals that touch the same words of the base, in the order of their first members.

    Symmetric, and independent of the order of the proposals but for the order in which names are given. A proposal that
    touches nobody else's words is in no group. Cost: one word diff for each different text, then linear in the edits
    but for those that meet.
    """
    words = Words.of(base)
    sides = _sides(words, base, proposals)
    met: dict[int, dict[int, list[Span]]] = defaultdict(lambda: defaultdict(list))
    for first, second, span in _meetings(sides):
        met[first][second].append(span)
        met[second][first].append(span)
    groups: list[Rivals] = []
    seen: set[int] = set()
    for number in sorted(met):
        if number in seen:
            continue
        members = _connected(number, met)
        seen.update(members)
        group = [sides[member] for member in members]
        spans = [span for member in members for shared in met[member].values() for span in shared]
        stakes = tuple(_stake(words, span, group) for span in _widened(spans, group))
        groups.append(Rivals(tuple(side.names for side in group), stakes))
    return tuple(groups)


def _sides(base: Words, text: str, proposals: Sequence[Proposal]) -> list[_Side]:
    names: dict[str | None, list[str]] = {}
    for proposal in proposals:
        if proposal.text != text:
            names.setdefault(proposal.text, []).append(proposal.name)
    sides = []
    for wording, joined in names.items():
        if wording is None:
            sides.append(_Side(tuple(joined), True, Words.of(""), [], {}))
            continue
        new = Words.of(wording)
        edits = edits_between(base, new)
        sides.append(_Side(tuple(joined), False, new, edits, _changed_gaps(base, new, edits)))
    return sides


def _changed_gaps(base: Words, new: Words, edits: Sequence[Edit]) -> dict[int, frozenset[str]]:
    """The white space that differs between words (or ends of the text) which are neighbours in both texts."""
    gaps: dict[int, frozenset[str]] = {}
    for shifts in {tuple(edit.left for edit in edits), tuple(edit.right for edit in edits)}:
        first = offset = 0  # the gap behind the first kept word, and how far the words after an edit have moved
        stretches = []
        for edit, shift in zip(edits, shifts, strict=True):
            stretches.append((first, edit.start + shift, offset))
            first, offset = edit.end + shift + 1, edit.new_end - edit.end
        stretches.append((first, len(base.words) + 1, offset))
        for start, end, offset in stretches:
            for word in range(start, end):
                gap = new.gaps[word + offset]
                if gap != base.gaps[word]:
                    gaps[word] = gaps.get(word, frozenset()) | {gap}
    return gaps


def _meetings(sides: Sequence[_Side]) -> Iterator[tuple[int, int, Span]]:
    """Every two sides that touch the same words, and these words; a pair may come several times."""
    placed = sorted(
        ((edit.zone, number, edit) for number, side in enumerate(sides) for edit in side.edits),
        key=lambda entry: entry[:2],
    )
    near: list[tuple[Span, int, Edit]] = []
    for zone, number, edit in placed:
        near = [entry for entry in near if entry[0].end >= zone.start]
        for other_zone, other_number, other in near:
            if number != other_number and _touch(edit, other):
                yield other_number, number, zone.with_(other_zone)
        near.append((zone, number, edit))
    by_gap: dict[int, list[int]] = defaultdict(list)
    for number, side in enumerate(sides):
        for word in side.gaps:
            by_gap[word].append(number)
    for word, numbers in by_gap.items():
        for first, second in combinations(numbers, 2):
            if len(sides[first].gaps[word] | sides[second].gaps[word]) > 1:
                yield first, second, Span(word, word)
    for number, side in enumerate(sides):
        if side.deletes_paragraph:
            for other_number, other_side in enumerate(sides):
                yield from ((number, other_number, span) for span in other_side.spans)


def _touch(edit: Edit, other: Edit) -> bool:
    """Whether two different edits mean the same words or point, or may do so where repeated words leave a choice."""
    if edit.is_twin_of(other):
        return False
    readings = [(here, there) for here in (edit.left, edit.right) for there in (other.left, other.right)]
    if edit.only_deletes and other.only_deletes:
        return all(edit.span(here).overlaps(other.span(there)) for here, there in readings)
    orders = {edit.span(here) < other.span(there) for here, there in readings}
    return len(orders) > 1 or any(clash(edit, here, other, there) for here, there in readings)


def _connected(first: int, met: dict[int, dict[int, list[Span]]]) -> list[int]:
    members, waiting = {first}, [first]
    while waiting:
        for other in met[waiting.pop()]:
            if other not in members:
                members.add(other)
                waiting.append(other)
    return sorted(members)


def _widened(spans: Iterable[Span], group: Iterable[_Side]) -> list[Span]:
    """The spans in order, each widened so that no edit of the group is half in it; those that touch are one."""
    marked = [(span, True) for span in spans]
    marked.extend((edit.zone, False) for side in group for edit in side.edits)
    return widened(marked)


def _stake(base: Words, span: Span, group: Iterable[_Side]) -> Stake:
    """What each side makes of the words of a span, without what all of them leave at its ends."""
    start, end = base.between(span.start, span.end)
    at_stake = base.tokens[start:end]
    made: dict[tuple[str, ...] | None, list[str]] = {}
    for side in group:
        wording = None if side.deletes_paragraph else _wording(side, span)
        if wording != at_stake:
            made.setdefault(wording, []).extend(side.names)
    texts = [at_stake, *(wording for wording in made if wording is not None)]
    shortest = min(map(len, texts))
    before = after = 0
    while len(texts) > 1 and before < shortest and len({text[before] for text in texts}) == 1:
        before += 1
    while len(texts) > 1 and after < shortest - before and len({text[-after - 1] for text in texts}) == 1:
        after += 1
    wordings = (
        Wording(tuple(names), None if wording is None else "".join(wording[before : len(wording) - after]))
        for wording, names in made.items()
    )
    return Stake(start + before, end - after, "".join(base.tokens[start + before : end - after]), tuple(wordings))


def _wording(side: _Side, span: Span) -> tuple[str, ...]:
    """The tokens that a side has in place of a span which no edit of it crosses."""
    start, end = span.start, span.end
    for edit in side.edits:
        grows = edit.new_end - edit.new_start - (edit.end - edit.start)
        if span.start <= edit.zone.start and edit.zone.end <= span.end:
            end += grows
        elif edit.zone.end <= span.start:
            start, end = start + grows, end + grows
    first, last = side.new.between(start, end)
    return side.new.tokens[first:last]
