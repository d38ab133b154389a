"""Finds paragraphs that were split into several, or merged into one, among those that have no counterpart.

A paragraph without one is part of another when most of its words stand there, one after the other, and no other part
has them. Whether that is so, the word diff between the whole and its parts, one per line, decides.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.text.diff import Op, Runs, diff, inverted
from app.text.likeness import Likeness

CONTAINED = 0.6  # of the words of a paragraph stand in another: it may be part of it
KEPT = 0.5  # of the text of a part stands, in order, in the whole
KEPT_OF_EDITED = 0.3  # the same, for the part that is paired with the whole
_NEAR = 3  # paragraphs between a part and the next; a part from further away must keep more
KEPT_FROM_AFAR = 0.75
_WORDS_OF_A_PART = 6

LINE = "\n"  # between the parts in a diff; a paragraph is one line


@dataclass(frozen=True, slots=True)
class Group:
    """One paragraph that became several, or several that became one; runs between the texts joined by LINE."""

    old: tuple[int, ...]
    new: tuple[int, ...]
    runs: Runs


def regrouped(old: Sequence[str], new: Sequence[str], pairs: dict[int, int], by_words: Likeness) -> list[Group]:
    """The splits and merges. A paragraph of `pairs` that takes part in one is taken out of `pairs`."""
    groups: list[Group] = []
    back = {j: i for i, j in pairs.items()}
    free_new = [j for j in by_words.words[1] if j not in back]
    for whole, parts, runs in _divided(old, new, 0, pairs, free_new, by_words):
        pairs.pop(whole, None)
        groups.append(Group((whole,), parts, runs))
    spoken_for = {i for group in groups for i in group.old}, {j for group in groups for j in group.new}
    back = {j: i for i, j in pairs.items()}
    free_old = [i for i in by_words.words[0] if i not in pairs and i not in spoken_for[0]]
    for whole, parts, runs in _divided(new, old, 1, back, free_old, by_words):
        if whole in spoken_for[1]:
            continue
        if whole in back:
            del pairs[back[whole]]
        groups.append(Group(parts, (whole,), inverted(runs)))
    return groups


def _divided(
    wholes: Sequence[str],
    parts: Sequence[str],
    side: int,
    partners: dict[int, int],
    free: Iterable[int],
    by_words: Likeness,
) -> list[tuple[int, tuple[int, ...], Runs]]:
    """Each whole (on `side`) with its parts (on the other side), of which at most one is its partner."""
    claims: dict[int, list[int]] = defaultdict(list)
    for part in free:
        if len(by_words.words[1 - side][part]) < _WORDS_OF_A_PART or LINE in parts[part]:
            continue
        whole = _whole_of(part, side, by_words)
        if whole is not None and LINE not in wholes[whole]:
            claims[whole].append(part)
    found = []
    for whole, claiming in sorted(claims.items()):
        partner = partners.get(whole)
        if partner is not None and LINE in parts[partner]:
            continue
        kept = _kept_parts(wholes[whole], parts, claiming, partner)
        if kept is not None:
            found.append((whole, *kept))
    return found


def _whole_of(part: int, side: int, by_words: Likeness) -> int | None:
    """The paragraph on `side` that holds most of the words of `part`, if that is enough."""
    mass = by_words.mass[1 - side][part]
    shares = [
        (by_words.shared(*((whole, part) if side == 0 else (part, whole))), -whole)
        for whole in by_words.found(1 - side, part)
    ]
    share, whole = max(shares, default=(0, 0))
    return -whole if mass and share >= CONTAINED * mass else None


def _kept_parts(
    whole: str, texts: Sequence[str], claiming: list[int], partner: int | None
) -> tuple[tuple[int, ...], Runs] | None:
    """The parts of which enough stands in the whole, the weakest left out until that holds; None if fewer than two."""
    parts = sorted(claiming if partner is None else {*claiming, partner})
    while len(parts) > 1:
        runs = diff(whole, LINE.join(texts[part] for part in parts))
        kept = _kept_shares(runs, [len(texts[part]) for part in parts])
        lacks: list[tuple[float, int]] = []
        for number, part in enumerate(parts):
            needed = KEPT_OF_EDITED if part == partner else KEPT if _is_near(parts, number) else KEPT_FROM_AFAR
            lacks.append((kept[number] / needed, number))
        lack, weakest = min(lacks)
        if lack >= 1:
            return tuple(parts), runs
        if parts[weakest] == partner:
            return None
        del parts[weakest]
    return None


def _is_near(parts: list[int], number: int) -> bool:
    here = parts[number]
    return any(0 < abs(here - other) <= _NEAR for other in parts[max(0, number - 1) : number + 2])


def _kept_shares(runs: Runs, lengths: list[int]) -> list[float]:
    """For each part, in characters, the share of it that was in the whole. `runs` lead from the whole to the parts."""
    kept = [0] * len(lengths)
    number = 0
    for run in runs:
        if run.op is Op.DELETE:
            continue
        first, *others = run.text.split(LINE)
        kept[number] += len(first) if run.op is Op.EQUAL else 0
        for line in others:
            number += 1
            kept[number] += len(line) if run.op is Op.EQUAL else 0
    return [share / length if length else 0.0 for share, length in zip(kept, lengths, strict=True)]
