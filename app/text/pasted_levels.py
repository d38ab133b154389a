"""Levels of lettered sub-paragraphs, from the letters alone."""

import re
from dataclasses import dataclass, field


@dataclass(slots=True)
class Levels:
    """Which level a lettered sub-paragraph has: (a) 2, (i) 3, and styles that come below these as they appear."""

    _last: dict[int, str] = field(default_factory=dict)

    def clear(self) -> None:
        self._last.clear()

    def of(self, mark: str, following: str) -> int:
        level = self._level(mark, following)
        for deeper in [known for known in self._last if known > level]:
            del self._last[deeper]
        self._last[level] = mark
        return level

    def _level(self, mark: str, following: str) -> int:
        if mark.isdigit() or mark.isupper():
            same = [
                level for level, last in self._last.items() if last.isdigit() == mark.isdigit() and not last.islower()
            ]
            return same[0] if same else max(self._last, default=1) + 1
        is_next_letter = self._last.get(2, "") == letter_before(mark) and following != "ii"
        return 3 if re.fullmatch(r"[ivx]+", mark) and not is_next_letter else 2


def letter_before(mark: str) -> str:
    """The letter before: h for i, hh for ii."""
    return chr(ord(mark[0]) - 1) * len(mark)
