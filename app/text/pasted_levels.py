"""Levels of lettered sub-paragraphs, from the letters alone."""

import re
from dataclasses import dataclass, field


@dataclass(slots=True)
class Levels:
    """Which level a lettered sub-paragraph has: (a) 2, (i) 3, and styles that come below these as they appear."""

    _last: dict[int, str] = field(default_factory=dict)
    _bare: int = 0  # the level of those without brackets (a.), which may stand below some that have them

    def clear(self) -> None:
        self._last.clear()
        self._bare = 0

    def of(self, mark: str, following: str, *, is_bare: bool = False) -> int:
        """The level of `mark`, which stands without brackets if `is_bare`; `following` is the next mark in the text."""
        if is_bare and not self._bare:
            self._bare = max(self._last, default=1) + 1
        level = self._level(mark, following, self._bare if is_bare else 2)
        for deeper in [known for known in self._last if known > level]:
            del self._last[deeper]
        self._bare = self._bare if self._bare <= level else 0
        self._last[level] = mark
        return level

    def _level(self, mark: str, following: str, of_letters: int) -> int:
        if mark.isdigit() or mark.isupper():
            same = [
                level for level, last in self._last.items() if last.isdigit() == mark.isdigit() and not last.islower()
            ]
            return same[0] if same else max(self._last, default=1) + 1
        is_next_letter = self._last.get(of_letters, "") == letter_before(mark) and following != "ii"
        return of_letters + 1 if re.fullmatch(r"[ivx]+", mark) and not is_next_letter else of_letters


def letter_before(mark: str) -> str:
    """The letter before: h for i, hh for ii."""
    return chr(ord(mark[0]) - 1) * len(mark)
