"""The changes between two texts in an order in which both can be read: the old one without what came, the new one
without what went."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from app.text.clauses import Clause
from app.text.diff import Op, Run, Runs
from app.text.document_diff import Change, ChangeOp, compare


@dataclass(frozen=True, slots=True)
class Placed:
    """What became of paragraphs `old`, which are `new` now (indices), in one place of the document. `is_whole`: the
    paragraph goes or comes as a whole; `moved` then names the move that it is one end of."""

    old: tuple[int, ...]
    new: tuple[int, ...]
    runs: Runs
    is_whole: bool = False
    moved: str = ""


def placed(old: Sequence[Clause], new: Sequence[Clause]) -> tuple[Placed, ...]:
    """The changes from `old` to `new` so that the old paragraphs stand in their order, and the new ones in theirs.

    What moved is deleted where it was and inserted where it is, and so is a paragraph that was split or merged across
    others.
    """
    standing: list[Placed] = []
    gone: list[Placed] = []
    moves = 0
    changes = compare(old, new)
    for change in changes:
        if change.op is ChangeOp.MOVED:
            moves += 1
            gone.append(_gone(change.old[0], old, f"move{moves}"))
            standing.append(_come(change.new[0], new, f"move{moves}"))
        elif not change.new:
            gone.append(_gone(change.old[0], old))
        elif not change.old:
            standing.append(_come(change.new[0], new))
        elif _stays(change, changes):
            standing.append(Placed(change.old, change.new, change.runs))
        else:
            gone.extend(_gone(i, old) for i in change.old)
            standing.extend(_come(j, new) for j in change.new)
    standing.sort(key=lambda one: one.new)
    return _with_gone(standing, gone)


def _stays(change: Change, changes: Iterable[Change]) -> bool:
    """Whether a paragraph, or those that one became, stands in order with all others that stay."""
    if any(second != first + 1 for group in (change.old, change.new) for first, second in pairwise(group)):
        return False
    others = (one for one in changes if one is not change and one.old and one.new and one.op is not ChangeOp.MOVED)
    return len(change.old) == len(change.new) or all((one.old < change.old) == (one.new < change.new) for one in others)


def _with_gone(standing: list[Placed], gone: list[Placed]) -> tuple[Placed, ...]:
    """What goes stands behind the nearest paragraph that stays before it in the old text."""
    behind: dict[int, list[Placed]] = {}
    stayed = [(one.old[-1], at) for at, one in enumerate(standing) if one.old]
    for one in sorted(gone, key=lambda one: one.old):
        behind.setdefault(max((at for i, at in stayed if i < one.old[0]), default=-1), []).append(one)
    ordered = list(behind.get(-1, ()))
    for at, one in enumerate(standing):
        ordered += (one, *behind.get(at, ()))
    return tuple(ordered)


def _gone(index: int, old: Sequence[Clause], moved: str = "") -> Placed:
    return Placed((index,), (), (Run(Op.DELETE, old[index].text),), True, moved)


def _come(index: int, new: Sequence[Clause], moved: str = "") -> Placed:
    return Placed((), (index,), (Run(Op.INSERT, new[index].text),), True, moved)
