"""The longest common subsequence of two sequences of words: which words of the one are which of the other.

Found exactly, with bits of one big integer for the words of the first text (Hyyrö 2004): one addition and a few logical
operations for each word of the second. Time does not depend on how much differs, so unrelated texts cost what
related ones do and no time-out is needed. Only where a table of bits would outgrow memory is the problem first cut at
words that both sides have once (patience), and what is still too large counts as replaced.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence

Matches = list[tuple[int, int]]

TABLE_LIMIT_BITS = 2**29  # 64 MiB: two texts of 20,000 characters each, the most one paragraph may have, always fit


def common(first: Sequence[str], second: Sequence[str]) -> Matches:
    """The pairs (index in `first`, index in `second`) of a longest common subsequence, in order.

    Deterministic. Of the longest ones it prefers those whose words stand together, seen from the end. Beyond
    TABLE_LIMIT_BITS (the product of both lengths) the result is a common subsequence, but perhaps not a longest one.
    """
    start, end_first, end_second = trimmed(first, second)
    matches = [(index, index) for index in range(start)]
    if start < end_first and start < end_second:
        middle = _longest(first[start:end_first], second[start:end_second])
        matches.extend((start + i, start + j) for i, j in middle)
    matches.extend(zip(range(end_first, len(first)), range(end_second, len(second)), strict=True))
    return matches


def trimmed(first: Sequence[str], second: Sequence[str]) -> tuple[int, int, int]:
    """Where the common beginning ends, and where the common ending begins in both."""
    end_first, end_second = len(first), len(second)
    shorter = min(end_first, end_second)
    start = 0
    while start < shorter and first[start] == second[start]:
        start += 1
    while end_first > start and end_second > start and first[end_first - 1] == second[end_second - 1]:
        end_first -= 1
        end_second -= 1
    return start, end_first, end_second


def _longest(first: Sequence[str], second: Sequence[str]) -> Matches:
    """Leave out what only one side has, then solve what remains."""
    in_both = set(first).intersection(second)
    kept_first = [index for index, word in enumerate(first) if word in in_both]
    kept_second = [index for index, word in enumerate(second) if word in in_both]
    words_first = [first[index] for index in kept_first]
    words_second = [second[index] for index in kept_second]
    if len(words_first) * len(words_second) <= TABLE_LIMIT_BITS:
        found = _by_bits(words_first, words_second)
    else:
        found = _between_anchors(words_first, words_second)
    return [(kept_first[i], kept_second[j]) for i, j in found]


def _by_bits(first: list[str], second: list[str]) -> Matches:
    places: dict[str, int] = {}
    bit = 1
    for word in first:
        places[word] = places.get(word, 0) | bit
        bit <<= 1
    # A 0 bit in a row: up to here the subsequence is longer by one than up to the word before.
    row = every = bit - 1
    rows = []
    for word in second:
        hits = row & places[word]
        row = ((row + hits) | (row - hits)) & every
        rows.append(row)
    matches = []
    i, j = len(first) - 1, len(second) - 1
    while i >= 0 and j >= 0:
        if first[i] == second[j]:
            matches.append((i, j))
            i -= 1
            j -= 1
        elif rows[j] >> i & 1:
            i -= 1
        else:
            j -= 1
    matches.reverse()
    return matches


def _between_anchors(first: list[str], second: list[str]) -> Matches:
    matches: Matches = []
    i = j = 0
    for anchor_first, anchor_second in [*_anchors(first, second), (len(first), len(second))]:
        if (anchor_first - i) * (anchor_second - j) <= TABLE_LIMIT_BITS:
            between = common(first[i:anchor_first], second[j:anchor_second])
            matches.extend((i + a, j + b) for a, b in between)
        if anchor_first < len(first):
            matches.append((anchor_first, anchor_second))
        i, j = anchor_first + 1, anchor_second + 1
    return matches


def _anchors(first: list[str], second: list[str]) -> Matches:
    """The longest rising chain of words that both sides have exactly once."""
    once_second = {word for word, count in Counter(second).items() if count == 1}
    once_first = {word for word, count in Counter(first).items() if count == 1}
    place_second = {word: index for index, word in enumerate(second) if word in once_second}
    pairs = [(i, place_second[word]) for i, word in enumerate(first) if word in once_first and word in once_second]
    ends: list[int] = []  # for each length of chain, the smallest index in second that ends one
    chains: list[int] = []  # the pair at that end
    before: list[int] = []  # for each pair, the pair before it in its chain
    for number, (_, j) in enumerate(pairs):
        length = bisect_left(ends, j)
        before.append(chains[length - 1] if length else -1)
        ends[length : length + 1] = [j]
        chains[length : length + 1] = [number]
    chain: Matches = []
    number = chains[-1] if chains else -1
    while number >= 0:
        chain.append(pairs[number])
        number = before[number]
    chain.reverse()
    return chain
