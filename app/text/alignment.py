"""Finds which paragraph of one text is which of another, as a reader would.

Paragraphs that both texts have once, letter for letter, are the same. The others are paired by their likeness: first
the heaviest chain of pairs in the order of both texts, then the most alike of what is left wherever it went, then what
stands at the same place between paragraphs already paired. Cost: close to linear in the number of paragraphs.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from app.text.clauses import Clause, Kind
from app.text.likeness import Likeness, Score

Pairs = dict[int, int]  # index of the old paragraph -> index of the new one

ALIKE = 0.4  # likeness from which two paragraphs may be the same one, edited
ALIKE_ELSEWHERE = 0.5  # the same, where it would have moved
ALIKE_IN_PLACE = 0.3  # the same, where both stand between the same neighbours
MOSTLY_CONTAINED = 0.8  # the same, where one of them only grew or shrank in its place
_REACH = 2  # how far apart two paragraphs may be counted within a gap to be at the same place
_NEARLY_AS_GOOD = 0.75  # a pair this much less alike than the best of its paragraphs is not considered
_WORDS_TO_BE_CONTAINED = 5
_ONE_IN_A_TEXT = frozenset({Kind.TITLE, Kind.OPENING})  # the same whatever it says


def paired(old: Sequence[Clause], new: Sequence[Clause]) -> tuple[Pairs, Likeness]:
    """The pairs found, and the likeness of the paragraphs that are not the same word for word.

    Where clauses on both sides have keys, the keys decide; only clauses without one are paired by their words.
    """
    pairs = _by_key(old, new)
    same, repeated = _by_text(_left(old, pairs), _left(new, set(pairs.values())))
    pairs.update(same)
    equal = {i: j for i, j in pairs.items() if old[i].text == new[j].text}
    by_words = Likeness(old, new, _left(old, equal), _left(new, set(equal.values())))
    taken = set(pairs.values())
    candidates = [
        (score, i, j)
        for score, i, j in (*by_words.candidates(ALIKE), *((1.0, i, j) for i, j in repeated))
        if i not in pairs and j not in taken and not (old[i].key and new[j].key)
    ]
    _add_by_words(pairs, candidates, old, new)
    _add_in_place(pairs, old, new, by_words)
    return pairs, by_words


def in_order(pairs: Mapping[int, int], weights: Mapping[int, float]) -> Pairs:
    """The heaviest of those pairs that stand in the same order on both sides; the others have moved."""
    return dict(_heaviest_chain([(weights[i], i, j) for i, j in pairs.items()]))


def _heaviest_chain(scores: Iterable[Score]) -> list[tuple[int, int]]:
    """The pairs that rise on both sides with the greatest sum of weights. Cost: n log n."""
    ends: list[int] = []  # new indices at which a chain may end, rising, each with a heavier best chain than the last
    bests: list[float] = []
    links: list[int] = []  # the pair at that end
    chained: list[tuple[int, int, int]] = []  # old, new, the link before it
    for weight, i, j in sorted(scores, key=lambda score: (score[1], -score[2])):
        place = bisect_left(ends, j)
        best = weight + (bests[place - 1] if place else 0.0)
        if place < len(ends) and ends[place] == j and bests[place] >= best:
            continue
        chained.append((i, j, links[place - 1] if place else -1))
        last = place
        while last < len(ends) and bests[last] <= best:
            last += 1
        ends[place:last], bests[place:last], links[place:last] = [j], [best], [len(chained) - 1]
    chain = []
    link = links[-1] if links else -1
    while link >= 0:
        i, j, link = chained[link]
        chain.append((i, j))
    chain.reverse()
    return chain


def _left(clauses: Sequence[Clause], taken: Iterable[int]) -> dict[int, Clause]:
    taken = set(taken)
    return {index: clause for index, clause in enumerate(clauses) if index not in taken}


def _by_key(old: Sequence[Clause], new: Sequence[Clause]) -> Pairs:
    places = {clause.key: index for index, clause in enumerate(new) if clause.key}
    return {index: places[clause.key] for index, clause in enumerate(old) if clause.key and clause.key in places}


def _by_text(old: Mapping[int, Clause], new: Mapping[int, Clause]) -> tuple[Pairs, list[tuple[int, int]]]:
    """The pairs of texts that both sides have once, capitals aside, and possible pairs of those that are repeated."""
    places: tuple[dict[str, list[int]], ...] = (defaultdict(list), defaultdict(list))
    for side, clauses in enumerate((old, new)):
        for index, clause in clauses.items():
            places[side][clause.text.lower()].append(index)
    same: Pairs = {}
    repeated: list[tuple[int, int]] = []
    for text, here in places[0].items():
        there = places[1].get(text, [])
        if len(here) == len(there) == 1:
            if not (old[here[0]].key and new[there[0]].key):
                same[here[0]] = there[0]
        elif there:
            counted = [*zip(here, there, strict=False), *zip(reversed(here), reversed(there), strict=False)]
            repeated.extend(dict.fromkeys(counted))
    return same, repeated


def _add_by_words(pairs: Pairs, candidates: list[Score], old: Sequence[Clause], new: Sequence[Clause]) -> None:
    """Pair what is alike: in the order of both texts first, then what is most alike."""
    best_old: dict[int, float] = defaultdict(float)
    best_new: dict[int, float] = defaultdict(float)
    for score, i, j in candidates:
        best_old[i], best_new[j] = max(best_old[i], score), max(best_new[j], score)
    close = [(score, i, j) for score, i, j in candidates if score >= _NEARLY_AS_GOOD * max(best_old[i], best_new[j])]
    weighed = [(score * score * _size(old[i], new[j]), i, j) for score, i, j in close]
    certain = [(float(_size(old[i], new[j])), i, j) for i, j in pairs.items()]
    chain = [(i, j) for i, j in _heaviest_chain([*certain, *weighed]) if i not in pairs]
    taken = {j for _, j in chain}
    pairs.update(chain)
    for score, i, j in sorted(candidates, key=lambda candidate: (-candidate[0], candidate[1], candidate[2])):
        if score >= ALIKE_ELSEWHERE and i not in pairs and j not in taken:
            pairs[i] = j
            taken.add(j)


def _add_in_place(pairs: Pairs, old: Sequence[Clause], new: Sequence[Clause], by_words: Likeness) -> None:
    """Pair what stands between the same neighbours and has enough in common to be shown as one paragraph."""
    placed = in_order(pairs, {i: _size(old[i], new[j]) for i, j in pairs.items()})
    taken = set(pairs.values())
    for olds, news in _gaps(placed, len(old), len(new)):
        free_old = [i for i in olds if i not in pairs]
        free_new = [j for j in news if j not in taken]
        scores = []
        for k, i in enumerate(free_old):
            for j in free_new[max(0, k - _REACH) : k + _REACH + 1]:
                if old[i].key and new[j].key:
                    continue
                score = _in_place(i, j, by_words)
                if score:
                    scores.append((score * score * _size(old[i], new[j]), i, j))
        pairs.update(_heaviest_chain(scores))


def _in_place(old: int, new: int, by_words: Likeness) -> float:
    likeness = by_words.of(old, new)
    before, after = (side[index] for side, index in zip(by_words.clauses, (old, new), strict=True))
    if likeness >= ALIKE_IN_PLACE or (before.kind is after.kind and before.kind in _ONE_IN_A_TEXT):
        return max(likeness, ALIKE_IN_PLACE)
    words = min(len(by_words.words[0][old]), len(by_words.words[1][new]))
    if words >= _WORDS_TO_BE_CONTAINED and by_words.contained(old, new) >= MOSTLY_CONTAINED:
        return ALIKE_IN_PLACE
    return 0.0


def _gaps(placed: Pairs, old_count: int, new_count: int) -> Iterator[tuple[range, range]]:
    """The stretches between paragraphs that are paired in order, where both sides have some."""
    old_start = new_start = 0
    for i, j in (*sorted(placed.items()), (old_count, new_count)):
        if old_start < i and new_start < j:
            yield range(old_start, i), range(new_start, j)
        old_start, new_start = i + 1, j + 1


def _size(old: Clause, new: Clause) -> int:
    return len(old.text) + len(new.text) + 1
