"""What our word diff is measured against: the textbook, and diff-match-patch, a program that we did not write."""

from collections.abc import Sequence

from diff_match_patch import diff_match_patch

from app.text.tokens import tokens

_FIRST_SURROGATE, _AFTER_SURROGATES = 0xD800, 0xE000


def by_characters(base: str, new: str, timeout: float = 0) -> list[tuple[int, str]]:
    """Its diff with semantic clean-up, as it is usually called; `timeout` in seconds, 0 for as long as it takes."""
    engine = diff_match_patch()
    engine.Diff_Timeout = timeout
    found: list[tuple[int, str]] = engine.diff_main(base, new)
    engine.diff_cleanupSemantic(found)
    return found


def least_marked(old: Sequence[str], new: Sequence[str]) -> int:
    """How many words the shortest edit script from `old` to `new` deletes and inserts: Myers, without time-out."""
    return sum(len(text) for op, text in by_words(old, new) if op)


def by_words(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, str]]:
    """Its diff of two lists of words, each word a character of its own; no clean-up."""
    coded, recoded = as_characters(old, new)
    engine = diff_match_patch()
    engine.Diff_Timeout = 0
    found: list[tuple[int, str]] = engine.diff_main(coded, recoded, False)
    return found


def as_characters(old: Sequence[str], new: Sequence[str]) -> tuple[str, str]:
    """Both lists of words with each different word as a character of its own."""
    known: dict[str, str] = {}
    for word in (*old, *new):
        if word not in known:
            code = 0x100 + len(known)
            known[word] = chr(code if code < _FIRST_SURROGATE else code + _AFTER_SURROGATES - _FIRST_SURROGATE)
    return "".join(known[word] for word in old), "".join(known[word] for word in new)


def words(text: str) -> list[str]:
    """The tokens of a text but for white space: what is counted as marked."""
    return [token for token in tokens(text) if not token.isspace()]


def length_of_longest(old: Sequence[str], new: Sequence[str]) -> int:
    """How many words a longest common subsequence has, by the textbook: rows of a table, no bits and no trimming."""
    row = [0] * (len(new) + 1)
    for word in old:
        above, row = row, [0]
        for place, other in enumerate(new):
            row.append(above[place] + 1 if word == other else max(above[place + 1], row[place]))
    return row[-1]
