"""Inline marks of the drafts/ format: emphasis and the backslash that takes a mark's meaning away."""

import re
from dataclasses import dataclass

from app.text.openers import closing_length

# A backslash before ASCII punctuation stands for that character; before anything else it is a backslash (CommonMark).
_TOKEN = re.compile(r"\\(?P<escaped>[!-/:-@\[-`{-~])|(?P<run>\*+|_+)|(?P<plain>[^\\*_]+|\\)")
_SPECIAL = re.compile(r"[\\*_`<]")


def escape(text: str) -> str:
    """`text` so that Markdown and `read_marks` read it as it stands."""
    return _SPECIAL.sub(r"\\\g<0>", text)


def emphasise(text: str, length: int) -> str:
    """`text` escaped, its first `length` characters between asterisks; no asterisks when that is none."""
    return f"*{escape(text[:length])}*{escape(text[length:])}" if length else escape(text)


@dataclass(frozen=True, slots=True)
class Marked:
    """A text without its marks, and which parts of it (start, end) they emphasised."""

    text: str
    emphasised: tuple[tuple[int, int], ...]

    def is_emphasised_throughout(self) -> bool:
        """Emphasis covers all but the closing punctuation."""
        closing = closing_length(self.text)
        return any(start == 0 and end + closing >= len(self.text) for start, end in self.emphasised)


def read_marks(source: str) -> Marked:
    """Take emphasis (`*a*`, `_a_`, `**a**`, `__a__`) and backslashes off.

    A mark that has no partner, stands between spaces or inside a word (`snake_case`) is an ordinary character.
    """
    pieces: list[str] = []
    open_runs: dict[str, list[int]] = {}
    pairs: list[tuple[int, int]] = []
    for token in _TOKEN.finditer(source):
        run = token["run"]
        if run is None:
            pieces.append(token["escaped"] or token["plain"])
            continue
        before, after = source[max(token.start() - 1, 0) : token.start()], source[token.end() : token.end() + 1]
        inside_word = run[0] == "_" and before.isalnum() and after.isalnum()
        waiting = open_runs.setdefault(run, [])
        if waiting and before and not before.isspace() and not inside_word and waiting[-1] < len(pieces) - 1:
            pairs.append((waiting.pop(), len(pieces)))
        elif after and not after.isspace() and not inside_word:
            waiting.append(len(pieces))
        pieces.append(run)
    return _without(pieces, pairs)


def _without(pieces: list[str], pairs: list[tuple[int, int]]) -> Marked:
    for start, end in pairs:
        pieces[start] = pieces[end] = ""
    offsets = [0]
    for piece in pieces:
        offsets.append(offsets[-1] + len(piece))
    return Marked("".join(pieces), tuple((offsets[start], offsets[end]) for start, end in sorted(pairs)))
