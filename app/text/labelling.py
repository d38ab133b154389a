"""Gives labels to the paragraphs of a text that comes without them, in the order in which they stand.

Numbers that a text prints are kept where they grow; a sub-paragraph keeps its letter where that is free.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from app.text.clauses import Kind
from app.text.labels import Label, Step, canonical, read_label

_MOST_CHILDREN = 500


@dataclass(slots=True)
class Labelling:
    """The labels given so far; no label is given twice."""

    _counts: dict[Kind, int] = field(default_factory=dict)
    _labels: set[str] = field(default_factory=set)
    _children: dict[str, int] = field(default_factory=dict)

    def next(self, kind: Kind, number: int = 0) -> str:
        """The label of `number`, where the numbers of its kind grow, or else of the number after the last."""
        last = self._counts.get(kind, 0)
        count = number if number > last else last + 1
        while (label := str(Label(kind, (Step(count),)))) in self._labels:
            count += 1
        self._counts[kind] = count
        self._labels.add(label)
        return label

    def below(self, above: str, level: int, mark: str) -> str | None:
        """The label of a sub-paragraph of `level` behind the paragraph `above`, as its mark (`(b)`, `iv`) says if that
        is free, else the next one; None beyond what letters can count."""
        label = read_label(above)
        if label is None:
            return None
        steps = list(label.steps[: level - 1])
        steps += [Step(0)] * (level - 1 - len(steps))
        given = self._free_below(label.kind, tuple(steps), mark.strip("()"))
        if given is not None:
            self._labels.add(given)
        return given

    def keep(self, label: str) -> bool:
        """Take a label that the text itself gives to a paragraph; False where it is taken."""
        read = read_label(label)
        if read is None or str(read) != label or label in self._labels:
            return False
        self._labels.add(label)
        if read.level == 1:
            self._counts[read.kind] = max(self._counts.get(read.kind, 0), read.steps[0].number)
        return True

    def _free_below(self, kind: Kind, above: Sequence[Step], mark: str) -> str | None:
        parent = str(Label(kind, (*above, Step(1)))).rpartition("(")[0]
        given = canonical(f"{parent}({mark})")
        while given is None or given in self._labels:
            self._children[parent] = self._children.get(parent, 0) + 1
            if self._children[parent] > _MOST_CHILDREN:
                return None
            given = str(Label(kind, (*above, Step(self._children[parent]))))
        return given
