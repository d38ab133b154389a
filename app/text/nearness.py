"""How near a passage comes to a text somebody looks for: where in it the same words stand, and what is different.

Words are compared folded: without case, accents, inner hyphens and the like, so that `Co-operation` is `cooperation`
and `70/1` is one word. Footnote references, punctuation and white space take no part in the score.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, takewhile
from typing import Final

from app.text.diff import Runs, diff
from app.text.lcs import common
from app.text.tokens import tokens

Words = tuple[str, ...]

LONGEST_WORD: Final = 64  # letters that are compared of one word
MISSING_COUNTS: Final = 4  # who looks for words wants to find them; what stands between them matters less
_LONGEST_STRETCH: Final = 3  # times as many words as the text
_REFERENCE: Final = re.compile(r"\[\^[^\]]{1,80}\]")


@dataclass(frozen=True, slots=True)
class Nearness:
    """The words [start, end) of a passage that come nearest to a text.

    `score` is 1.0 for the same words, which makes it `exact`. A word sought that is missing or replaced takes as much
    from it as MISSING_COUNTS words that are put in between.
    """

    score: float
    start: int
    end: int

    @property
    def exact(self) -> bool:
        return self.score == 1.0


@dataclass(frozen=True, slots=True)
class Comparison:
    """A text beside the stretch of a passage that comes nearest to it; `runs` lead from the one to the other."""

    stretch: str
    runs: Runs


def words(text: str) -> Words:
    """The words of a text as they are compared and looked for: letters and digits only, at most LONGEST_WORD of each.

    Each Chinese or Japanese character is a word, as in app/text/tokens.py.
    """
    return tuple(word for word, _, _ in _placed(_without_references(text)))


class Sought:
    """The words that somebody looks for, ready to be held against many passages.

    All are found with the bits of one big integer, one bit for each word sought, so that the cost is the words of the
    passage x (words sought / 64).
    """

    def __init__(self, sought: Sequence[str]) -> None:
        self._words = tuple(sought)
        self._places = _places(self._words)
        self._backwards = _places(self._words[::-1])

    def at_best(self, passage: Sequence[str]) -> float:
        """A score that `nearest` cannot exceed: cheap, to leave out passages that cannot be near."""
        found = _found_in_all(self._places, len(self._words), passage)
        return _score(found, len(self._words), found)

    def nearest(self, passage: Sequence[str]) -> Nearness:
        """Where the words of `passage` come nearest to those sought.

        The place is where the fewest words would have to change, the first or the last of such places; there, the
        stretch with the best score, made longer where it nearly begins or ends the passage.
        """
        if not self._words or not passage:
            return Nearness(0.0, 0, 0)
        ends = list(_changes(self._places, len(self._words), passage))
        least = min(ends)
        near = {
            self._around(passage, ends.index(least) + 1),
            self._around(passage, len(ends) - ends[::-1].index(least)),
        }
        return max(near, key=lambda found: (found.score, -found.start))

    def _around(self, passage: Sequence[str], end: int) -> Nearness:
        """The stretch that has its end near `end`: its best beginning, and from there its best end."""
        most = _LONGEST_STRETCH * len(self._words)
        length = len(self._words)
        start = end - _best_length(self._backwards, length, passage[max(0, end - most) : end][::-1])
        end = start + _best_length(self._places, length, passage[start : start + most])
        matches = common(self._words, passage[start:end])
        if matches and start <= matches[0][0]:
            start = 0  # what stands before it is in the place of words that are sought and not found
        if matches and len(passage) - end <= length - 1 - matches[-1][0]:
            end = len(passage)
        return Nearness(_score(len(matches), length, end - start), start, end)


def compared(text: str, passage: str, near: Nearness) -> Comparison:
    """The difference between a text and the stretch of a passage that is `near` to it.

    Footnote references are left out and white space is made alike; the stretch has as much punctuation at its ends as
    the text has there, if there is so much.
    """
    ours, theirs = _without_references(text), _without_references(passage)
    placed, ours_placed = list(_placed(theirs)), list(_placed(ours))
    if near.start >= near.end:
        return Comparison("", diff(ours, ""))
    start, end = placed[near.start][1], placed[near.end - 1][2]
    start -= _punctuation(reversed(theirs[:start]), at_most=ours_placed[0][1])
    end += _punctuation(theirs[end:], at_most=len(ours) - ours_placed[-1][2])
    stretch = theirs[start:end]
    return Comparison(stretch, diff(ours, stretch))


# --- words ------------------------------------------------------------------------------------------------------------


def _without_references(text: str) -> str:
    return " ".join(_REFERENCE.sub("", text).split())


def _placed(text: str) -> Iterator[tuple[str, int, int]]:
    """Each word, folded, with the characters [start, end) it stands at."""
    place = 0
    for token in tokens(text):
        word = _folded(token)
        if word:
            yield word, place, place + len(token)
        place += len(token)


def _folded(token: str) -> str:
    if token.isascii():
        lower = token.lower()
        return lower[:LONGEST_WORD] if lower.isalnum() else "".join(filter(str.isalnum, lower))[:LONGEST_WORD]
    apart = unicodedata.normalize("NFKD", token.casefold())
    return "".join(filter(str.isalnum, apart))[:LONGEST_WORD]


def _punctuation(characters: Iterable[str], *, at_most: int) -> int:
    """How many of the first `at_most` characters are punctuation, up to the first that is not."""
    first = islice(characters, at_most)
    return sum(1 for _ in takewhile(lambda character: not (character.isalnum() or character.isspace()), first))


def _score(found: int, sought: int, taken: int) -> float:
    """Of a stretch of `taken` words, in which `found` of those sought stand in order (an F-measure)."""
    return (MISSING_COUNTS + 1) * found / (MISSING_COUNTS * sought + taken) if found else 0.0


# --- bits -------------------------------------------------------------------------------------------------------------


def _places(sought: Words) -> dict[str, int]:
    """Where each word is sought, as bits."""
    places: dict[str, int] = {}
    for index, word in enumerate(sought):
        places[word] = places.get(word, 0) | 1 << index
    return places


def _found_in_all(places: dict[str, int], length: int, passage: Sequence[str]) -> int:
    """How many of the words sought stand in order in `passage` (Hyyrö 2004)."""
    row = every = (1 << length) - 1
    for here in filter(None, map(places.get, passage)):
        hits = row & here
        row = (row + hits | row - hits) & every
    return length - row.bit_count()


def _found(places: dict[str, int], length: int, passage: Sequence[str]) -> Iterator[int]:
    """The same for each word of `passage`: how many stand in order up to it."""
    row = every = (1 << length) - 1
    for word in passage:
        hits = row & places.get(word, 0)
        if hits:
            row = (row + hits | row - hits) & every
        yield length - row.bit_count()


def _best_length(places: dict[str, int], length: int, passage: Sequence[str]) -> int:
    """How many of the first words of `passage` to take for the best score; the fewest that have it."""
    scores = [_score(found, length, taken) for taken, found in enumerate(_found(places, length, passage), start=1)]
    return scores.index(max(scores)) + 1


def _changes(places: dict[str, int], length: int, passage: Sequence[str]) -> Iterator[int]:
    """For each word of `passage`: how many words to add, drop or replace to make what is sought of a stretch that ends
    with it (Myers 1999)."""
    every, top = (1 << length) - 1, 1 << length - 1
    more, less, distance = every, 0, length  # where the distance grows, or shrinks, from one word sought to the next
    for word in passage:
        here = places.get(word, 0)
        down = here | less
        across = ((here & more) + more ^ more) | here
        grows = (less | ~(across | more)) & every
        shrinks = more & across
        if grows & top:
            distance += 1
        elif shrinks & top:
            distance -= 1
        grows, shrinks = grows << 1 & every, shrinks << 1 & every
        more, less = (shrinks | ~(down | grows)) & every, grows & down
        yield distance
