"""What changed between two texts, in whole words and phrases, as a reader would mark it with a pencil.

The words that stay are a longest common subsequence, so the marked change is the least there is. White space follows
the words around it. Then the marks are tidied: they slide to where a phrase begins and ends, and a short word left
standing alone between two replacements is marked with them, as long as all that is marked stays within
ROOM_FOR_PHRASES.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from app.text.lcs import common, trimmed
from app.text.tokens import Tokens, tokens

ROOM_FOR_PHRASES = 0.15  # words marked beyond the least possible, as a share of that
_SHORT = 4  # letters of an unchanged word or two that may be marked with the changes around it ("of the" stays)


class Op(StrEnum):
    EQUAL = "equal"
    DELETE = "delete"
    INSERT = "insert"


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text that stays, goes or comes. It is never empty and never ends inside a word."""

    op: Op
    text: str


Runs = tuple[Run, ...]


@dataclass(slots=True)
class _Hunk:
    """One change: tokens [start, end) of the base become tokens [new_start, new_end) of the new text."""

    start: int
    end: int
    new_start: int
    new_end: int


def diff(base: str, new: str) -> Runs:
    """The runs that lead from `base` to `new`: a deletion always before the insertion that replaces it.

    `apply(base, diff(base, new)) == new`, and `diff(new, base) == inverted(diff(base, new))`. The same texts give the
    same runs, whatever the machine's load. Two equal texts give one equal run, two empty ones none.
    Cost: (words x words) / 64.
    """
    if base == new:
        return (Run(Op.EQUAL, base),) if base else ()
    if new < base:  # one direction is worked out, the other mirrors it
        return inverted(_diff(new, base))
    return _diff(base, new)


def apply(base: str, runs: Iterable[Run]) -> str:
    """The new text. Raises ValueError if `runs` were not made from `base`."""
    place = 0
    new: list[str] = []
    for run in runs:
        if run.op is Op.INSERT:
            new.append(run.text)
            continue
        if not base.startswith(run.text, place):
            raise ValueError(f"these changes were made for another text: {run.text!r} is not at character {place + 1}")
        place += len(run.text)
        if run.op is Op.EQUAL:
            new.append(run.text)
    if place != len(base):
        raise ValueError(f"these changes were made for another text: it ended at character {place + 1}")
    return "".join(new)


def inverted(runs: Iterable[Run]) -> Runs:
    """The runs that lead back from the new text to the base."""
    back: list[Run] = []
    deleted: Run | None = None  # comes after its insertion now, and must be before it
    for run in runs:
        if run.op is Op.DELETE:
            deleted = Run(Op.INSERT, run.text)
            continue
        if run.op is Op.INSERT:
            run = Run(Op.DELETE, run.text)
            back.append(run)
        if deleted is not None:
            back.append(deleted)
            deleted = None
        if run.op is Op.EQUAL:
            back.append(run)
    return (*back, deleted) if deleted is not None else tuple(back)


def is_changed(runs: Iterable[Run]) -> bool:
    """Whether anything goes or comes."""
    return any(run.op is not Op.EQUAL for run in runs)


def _diff(base: str, new: str) -> Runs:
    old_tokens, new_tokens = tokens(base), tokens(new)
    hunks, least = _hunks(old_tokens, new_tokens)
    hunks = _closed_up(hunks, old_tokens, new_tokens)
    _slide_all(hunks, old_tokens, new_tokens)
    _join_phrases(hunks, old_tokens, int(least * ROOM_FOR_PHRASES))
    return _runs(hunks, old_tokens, new_tokens)


def _hunks(old: Tokens, new: Tokens) -> tuple[list[_Hunk], int]:
    """The least changes in words, and how many words they mark."""
    start, old_end, new_end = trimmed(old, new)
    old_words = [index for index in range(start, old_end) if not old[index].isspace()]
    new_words = [index for index in range(start, new_end) if not new[index].isspace()]
    matches = common([old[index] for index in old_words], [new[index] for index in new_words])
    hunks: list[_Hunk] = []
    kept = [(old_words[old_word], new_words[new_word]) for old_word, new_word in matches]
    new_start = start
    for old_place, new_place in (*kept, (old_end, new_end)):
        if old[start:old_place] != new[new_start:new_place]:
            hunks.append(_trimmed(_Hunk(start, old_place, new_start, new_place), old, new))
        start, new_start = old_place + 1, new_place + 1
    return hunks, len(old_words) + len(new_words) - 2 * len(matches)


def _trimmed(hunk: _Hunk, old: Tokens, new: Tokens) -> _Hunk:
    """Leave out the white space that stays, at the beginning first: an inserted phrase takes its trailing space."""
    while hunk.start < hunk.end and hunk.new_start < hunk.new_end and old[hunk.start] == new[hunk.new_start]:
        hunk.start += 1
        hunk.new_start += 1
    while hunk.start < hunk.end and hunk.new_start < hunk.new_end and old[hunk.end - 1] == new[hunk.new_end - 1]:
        hunk.end -= 1
        hunk.new_end -= 1
    return hunk


def _closed_up(hunks: list[_Hunk], old: Tokens, new: Tokens) -> list[_Hunk]:
    """Make one change of two where the words kept between them stand on the other side of one of them as well.

    Nothing more is marked: "-Iran, the Republic of -Iran- with-" becomes "Iran-, the Republic of Iran with-".
    """
    closed: list[_Hunk] = []
    for hunk in hunks:
        if closed:
            before = closed[-1]
            room = hunk.start - before.end
            if _can_move(before, old, new, room, forward=True):
                closed[-1] = _Hunk(before.start + room, hunk.end, before.new_start + room, hunk.new_end)
                continue
            if _can_move(hunk, old, new, room, forward=False):
                closed[-1] = _Hunk(before.start, hunk.end - room, before.new_start, hunk.new_end - room)
                continue
        closed.append(hunk)
    return closed


def _can_move(hunk: _Hunk, old: Tokens, new: Tokens, distance: int, *, forward: bool) -> bool:
    """Whether a plain insertion or deletion means the same when it stands `distance` tokens further on (or back)."""
    if _replaces(hunk):
        return False
    text, start, end = (new, hunk.new_start, hunk.new_end) if hunk.start == hunk.end else (old, hunk.start, hunk.end)
    if not forward:
        start, end = start - distance, end - distance
    return all(text[start + step] == text[end + step] for step in range(distance))


def _slide_all(hunks: list[_Hunk], old: Tokens, new: Tokens) -> None:
    """Move each plain insertion or deletion, where repeated words leave a choice, to where a phrase begins and ends."""
    for number, hunk in enumerate(hunks):
        if hunk.start < hunk.end and hunk.new_start < hunk.new_end:
            continue
        room_left = hunk.start - (hunks[number - 1].end + 1 if number else 0)
        room_right = (hunks[number + 1].start - 1 if number + 1 < len(hunks) else len(old)) - hunk.end
        if hunk.start == hunk.end:
            slide = _best_slide(new, hunk.new_start, hunk.new_end, room_left, room_right)
        else:
            slide = _best_slide(old, hunk.start, hunk.end, room_left, room_right)
        if slide:
            hunk.start += slide
            hunk.end += slide
            hunk.new_start += slide
            hunk.new_end += slide


def _best_slide(text: Tokens, start: int, end: int, room_left: int, room_right: int) -> int:
    """By how many tokens to move [start, end) of `text`: as far left as it goes, then the best place from there on."""
    left = 0
    while -left < room_left and text[start + left - 1] == text[end + left - 1]:
        left -= 1
    right = 0
    while right < room_right and text[start + right] == text[end + right]:
        right += 1
    if left == right:
        return 0
    places = range(left, right + 1)
    return max(places, key=lambda slide: (_edge(text, start + slide) + _edge(text, end + slide), slide))


_SENTENCE_ENDS = frozenset(".;:!?。；：！？؛؟")
_COMMAS = frozenset(",،，、")
_OPENERS = frozenset("([{“‘«„（「《")
_CLOSERS = frozenset(")]}”’»）」》")


def _edge(text: Tokens, place: int) -> int:
    """How well a mark may begin or end before the token at `place`: 5 at the ends of the text, 0 within a bracket."""
    if place == 0 or place == len(text):
        return 5
    before, after = text[place - 1], text[place]
    if before in _OPENERS or after in _CLOSERS:
        return 0
    if after in _COMMAS:
        return 3
    if after.isspace():
        return 1
    if before.isspace():
        before = text[place - 2] if place > 1 else ";"
        return 4 if before in _SENTENCE_ENDS else 3 if before in _COMMAS else 2
    return 3 if before in _COMMAS or before in _SENTENCE_ENDS else 1


def _join_phrases(hunks: list[_Hunk], old: Tokens, room: int) -> None:
    """Mark what stands between two replacements with them, shortest first, while there is room."""
    bridges: list[tuple[int, int, int]] = []
    for number in range(len(hunks) - 1 if room >= 2 else 0):
        here, there = hunks[number], hunks[number + 1]
        if there.start - here.end > 5:
            continue
        kept = [token for token in old[here.end : there.start] if not token.isspace()]
        letters = sum(map(len, kept))
        if letters <= _SHORT and _replaces(here) and _replaces(there):
            bridges.append((2 * len(kept), letters, number))
    joined = set()
    for words, _, number in sorted(bridges):
        if words <= room:
            room -= words
            joined.add(number)
    for number in sorted(joined, reverse=True):
        after = hunks.pop(number + 1)
        hunks[number].end, hunks[number].new_end = after.end, after.new_end


def _replaces(hunk: _Hunk) -> bool:
    return hunk.start < hunk.end and hunk.new_start < hunk.new_end


def _runs(hunks: list[_Hunk], old: Tokens, new: Tokens) -> Runs:
    runs: list[Run] = []
    place = 0
    for hunk in hunks:
        if place < hunk.start:
            runs.append(Run(Op.EQUAL, "".join(old[place : hunk.start])))
        if hunk.start < hunk.end:
            runs.append(Run(Op.DELETE, "".join(old[hunk.start : hunk.end])))
        if hunk.new_start < hunk.new_end:
            runs.append(Run(Op.INSERT, "".join(new[hunk.new_start : hunk.new_end])))
        place = hunk.end
    if place < len(old):
        runs.append(Run(Op.EQUAL, "".join(old[place:])))
    return tuple(runs)
