"""How alike the paragraphs of two texts are, by the words they share, and which pairs are worth comparing at all.

Every text of the United Nations speaks of Member States and sustainable development; a word counts the more, the fewer
paragraphs have it. Pairs are found through such rare words, never by comparing all with all.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from functools import cached_property
from itertools import chain, pairwise
from math import log
from typing import TypeVar

from app.text.clauses import Clause
from app.text.tokens import tokens

_IDEOGRAPH = re.compile("[\u2e80-\ua4cf\uf900-\ufaff\U00020000-\U0003ffff]")
_NUMBER = re.compile(r"\(?(?:[0-9]{1,3}|[a-z]|[ivx]{1,5})[.)]\s+(?=\S)")

_RARE = 8  # a word that more paragraphs of one side have finds no pairs: this bounds the cost
_POOR = 5  # a paragraph with fewer rare words is looked for by pairs of words as well
_FOUND = 4  # pairs looked at for each paragraph
_OTHER_KIND = 0.85
_OTHER_LEVEL = 0.95
_OPENS_OTHERWISE = 0.92
_OPENER = 6  # letters that tell one opener from another

Word = TypeVar("Word", bound=Hashable)
Score = tuple[float, int, int]  # likeness, index of the old paragraph, index of the new one


class Likeness:
    """Compares those paragraphs of two texts that are not the same word for word. Indices are those of the texts."""

    def __init__(
        self, old: Sequence[Clause], new: Sequence[Clause], old_left: Iterable[int], new_left: Iterable[int]
    ) -> None:
        self.clauses = (old, new)
        self.words = (
            {index: _words(old[index].text) for index in old_left},
            {index: _words(new[index].text) for index in new_left},
        )
        places = tuple(map(_places, self.words))
        paragraphs = max(map(len, self.words))
        # Whole numbers: a sum of fractions depends in its last digits on the order in which a process visits a set.
        by_count = [0, *(round(1000 * log(1 + paragraphs / count)) for count in range(1, paragraphs + 1))]
        weights = {word: by_count[len(there)] for word, there in places[1].items()}
        votes: dict[int, dict[int, int]] = defaultdict(lambda: defaultdict(int))
        rare: tuple[list[list[int]], list[list[int]]] = ([], [])
        for word, here in places[0].items():
            there = places[1].get(word, [])
            most = max(len(here), len(there))
            weights[word] = weight = by_count[most]
            if there and most <= _RARE:
                rare[0].append(here)
                rare[1].append(there)
                for new_index in there:
                    votes_for = votes[new_index]
                    for old_index in here:
                        votes_for[old_index] += weight
        self._weights = weights
        self._votes = votes
        self.mass = tuple(
            {index: sum(map(weights.__getitem__, words)) for index, words in side.items()} for side in self.words
        )
        self._rare_counts = tuple(Counter(chain.from_iterable(side)) for side in rare)

    def shared(self, old: int, new: int) -> int:
        """The weight of the words that both paragraphs have."""
        return sum(map(self._weights.__getitem__, self.words[0][old] & self.words[1][new]))

    def of(self, old: int, new: int) -> float:
        """From 0 (no word in common) to 1 (the same words); kind, level and opener are taken into account."""
        mass = self.mass[0][old] + self.mass[1][new]
        return 2 * self.shared(old, new) / mass * self._form(old, new) if mass else 0.0

    def contained(self, old: int, new: int) -> float:
        """How much of the shorter of both is found in the other, from 0 to 1."""
        least = min(self.mass[0][old], self.mass[1][new])
        return self.shared(old, new) / least * self._form(old, new) if least else 0.0

    def found(self, side: int, index: int) -> list[int]:
        """The paragraphs of the other side that have the most rare words in common with paragraph `index` of `side`."""
        votes = (self._votes if side else self._votes_back).get(index, {})
        enough = max(votes.values(), default=0) // 3
        return [
            place for _, place in sorted((-vote, place) for place, vote in votes.items() if vote >= enough)[:_FOUND]
        ]

    @cached_property
    def _votes_back(self) -> dict[int, dict[int, int]]:
        """The weight of the rare words in common as `_votes` has it, by old paragraph first."""
        back: dict[int, dict[int, int]] = defaultdict(dict)
        for new, votes in self._votes.items():
            for old, vote in votes.items():
                back[old][new] = vote
        return back

    def candidates(self, threshold: float) -> list[Score]:
        """The pairs found through rare words whose likeness reaches `threshold`."""
        found = {(old, new) for new in self.words[1] for old in self.found(1, new)}
        scores = ((self.of(old, new), old, new) for old, new in sorted(found | self._found_by_phrases()))
        return [score for score in scores if score[0] >= threshold]

    def _rare_phrases(self) -> tuple[dict[int, set[tuple[str, str]]], ...]:
        """The pairs of neighbouring words of paragraphs that have hardly a rare word to be found by."""
        return tuple(
            {index: set(pairwise(clauses[index].text.lower().split())) for index in side if rare_counts[index] < _POOR}
            for clauses, side, rare_counts in zip(self.clauses, self.words, self._rare_counts, strict=True)
        )

    def _found_by_phrases(self) -> set[tuple[int, int]]:
        phrases_of = self._rare_phrases()
        places = {phrase: there for phrase, there in _places(phrases_of[0]).items() if len(there) <= _RARE}
        found: set[tuple[int, int]] = set()
        for new, phrases in phrases_of[1].items():
            votes = Counter(chain.from_iterable(places.get(phrase, ()) for phrase in phrases))
            found.update((old, new) for _, old in sorted((-count, old) for old, count in votes.items())[:_FOUND])
        return found

    def _form(self, old: int, new: int) -> float:
        before, after = self.clauses[0][old], self.clauses[1][new]
        if before.kind is not after.kind:
            return _OTHER_KIND  # and so opens otherwise: "Welcomes" becomes "Welcoming"
        factor = _OTHER_LEVEL if before.level != after.level else 1.0
        if before.text[:_OPENER] != after.text[:_OPENER]:
            factor *= _OPENS_OTHERWISE
        return factor


def _words(text: str) -> frozenset[str]:
    """The words of a paragraph; its own number, where that stands in the text, says nothing about it."""
    text = text.lower()
    if (text[:1] == "(" or text[1:4].find(".") >= 0) and (number := _NUMBER.match(text)):
        text = text[number.end() :]
    if not text.isascii() and _IDEOGRAPH.search(text):
        # No spaces between words: characters, and pairs of them, which are rarer.
        characters = tokens(text)
        return frozenset((*characters, *map("".join, pairwise(characters))))
    return frozenset(text.replace(",", " ").replace(";", " ").replace(".", " ").split())


def _places(side: Mapping[int, Collection[Word]]) -> dict[Word, list[int]]:
    """For each word, or pair of words, the paragraphs that have it."""
    places: dict[Word, list[int]] = defaultdict(list)
    for index, words in side.items():
        for word in words:
            places[word].append(index)
    return places
