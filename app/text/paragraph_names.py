"""Paragraphs as a statement names them: `preambular paragraph 3 and operative paragraphs 4 and 7 (a)`."""

import re
from collections.abc import Iterable, Sequence
from typing import Final

_PARTS: Final = re.compile(r"(?P<head>[A-Za-z]+) ?(?P<number>.*)")
_NAMES: Final = {
    "PP": ("preambular paragraph", "preambular paragraphs"),
    "OP": ("operative paragraph", "operative paragraphs"),
    "P": ("paragraph", "paragraphs"),
    "H": ("heading", "headings"),
    "N": ("footnote", "footnotes"),
    "Annex": ("annex", "annexes"),
    "Title": ("the title", "the title"),
    "Opening": ("the opening line", "the opening line"),
}


def in_words(labels: Iterable[str]) -> str:
    """Paragraphs by their labels, in the order given: those of a kind together, in the order of their first.

    `PP3, OP4, OP7(a)` gives `preambular paragraph 3 and operative paragraphs 4 and 7 (a)`. At least one label.
    """
    numbers: dict[str, list[str]] = {}
    for label in labels:
        parts = _PARTS.fullmatch(label)
        head, number = (parts["head"], parts["number"]) if parts else (label, "")
        numbers.setdefault(head, []).append(re.sub(r"(?<=\S)\(", " (", number))
    return listed([_of_a_kind(head, found) for head, found in numbers.items()])


def listed(items: Sequence[str]) -> str:
    """`4`, `4 and 7`, `4, 7 and 9`. At least one."""
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}"


def _of_a_kind(head: str, numbers: Sequence[str]) -> str:
    one, many = _NAMES.get(head, (head, head))
    return f"{one if len(numbers) == 1 else many} {listed(numbers)}".strip()
