"""What changed between two texts as wholes: their paragraphs aligned, each with its words.

Paragraphs are equal, changed, inserted, deleted, moved (edited or not), split (one into several) or merged (several
into one). Every paragraph of both texts is found in exactly one change.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.text.alignment import in_order, paired
from app.text.clauses import Clause
from app.text.diff import Op, Run, Runs, apply, diff
from app.text.diff import inverted as inverted_runs
from app.text.regrouping import LINE, regrouped

KEPT_AT_LEAST = 0.3  # of both texts, else a deletion and an insertion read better than marks all over
KEPT_OF_THE_SHORTER = 0.6  # is enough as well: the paragraph only grew or shrank
SAME_WORDS = 0.6  # likeness that is enough as well: the words are the same in another order, or in capitals


class ChangeOp(StrEnum):
    EQUAL = "equal"
    CHANGED = "changed"
    INSERTED = "inserted"
    DELETED = "deleted"
    MOVED = "moved"
    SPLIT = "split"
    MERGED = "merged"


_INVERSE = {
    ChangeOp.INSERTED: ChangeOp.DELETED,
    ChangeOp.DELETED: ChangeOp.INSERTED,
    ChangeOp.SPLIT: ChangeOp.MERGED,
    ChangeOp.MERGED: ChangeOp.SPLIT,
}


@dataclass(frozen=True, slots=True)
class Change:
    """What became of paragraphs `old` (indices in the old text), which are paragraphs `new` of the new one.

    `runs` lead from the old text to the new one, word by word; where there are several they are joined by line breaks.
    A moved paragraph may be changed as well. Label, kind and level of a paragraph may differ although its words are
    equal.
    """

    op: ChangeOp
    old: tuple[int, ...]
    new: tuple[int, ...]
    runs: Runs


def compare(old: Sequence[Clause], new: Sequence[Clause]) -> tuple[Change, ...]:
    """The changes in the order of the new text, each deletion where its paragraph was.

    Where clauses on both sides have keys, as two versions of one negotiation do, the keys say which is which; else
    their words do. `compare(new, old) == inverted(compare(old, new))`. The same texts give the same changes.
    Cost: close to linear in the number of paragraphs, beside that of the word diffs.
    """
    if _order(new) < _order(old):  # one direction is worked out, the other mirrors it
        return inverted(_compare(new, old))
    return _compare(old, new)


def rebuild(old: Sequence[str], changes: Iterable[Change]) -> tuple[str, ...]:
    """The paragraphs of the new text. Raises ValueError if the changes were made from other texts."""
    found: dict[int, str] = {}
    for change in changes:
        text = apply(LINE.join(old[index] for index in change.old), change.runs)
        texts = text.split(LINE) if len(change.new) > 1 else [text]
        found.update(zip(change.new, texts, strict=bool(change.new)))
    return tuple(found[index] for index in range(len(found)))


def inverted(changes: Iterable[Change]) -> tuple[Change, ...]:
    """The changes that lead back from the new text to the old one."""
    back = (
        Change(_INVERSE.get(change.op, change.op), change.new, change.old, inverted_runs(change.runs))
        for change in changes
    )
    return _as_read(back)


def _order(clauses: Sequence[Clause]) -> list[tuple[str, str, int, str]]:
    return [(clause.text, clause.kind, clause.level, clause.key) for clause in clauses]


def _compare(old: Sequence[Clause], new: Sequence[Clause]) -> tuple[Change, ...]:
    old_texts, new_texts = [clause.text for clause in old], [clause.text for clause in new]
    pairs, by_words = paired(old, new)
    changes = [
        Change(ChangeOp.SPLIT if len(group.new) > 1 else ChangeOp.MERGED, group.old, group.new, group.runs)
        for group in regrouped(old_texts, new_texts, pairs, by_words)
    ]
    runs = {i: diff(old_texts[i], new_texts[j]) for i, j in pairs.items()}
    for i, j in list(pairs.items()):
        is_certain = old_texts[i].lower() == new_texts[j].lower() or (old[i].key and old[i].key == new[j].key)
        if not is_certain and not _keeps_enough(runs[i]) and by_words.of(i, j) < SAME_WORDS:
            del pairs[i]
    placed = in_order(pairs, {i: len(old_texts[i]) + len(new_texts[j]) + 1 for i, j in pairs.items()})
    for i, j in pairs.items():
        op = ChangeOp.EQUAL if old_texts[i] == new_texts[j] else ChangeOp.CHANGED
        changes.append(Change(op if i in placed else ChangeOp.MOVED, (i,), (j,), runs[i]))
    found_old = {i for change in changes for i in change.old}
    found_new = {j for change in changes for j in change.new}
    for i in sorted(set(range(len(old))) - found_old):
        changes.append(Change(ChangeOp.DELETED, (i,), (), _whole(Op.DELETE, old_texts[i])))
    for j in sorted(set(range(len(new))) - found_new):
        changes.append(Change(ChangeOp.INSERTED, (), (j,), _whole(Op.INSERT, new_texts[j])))
    return _as_read(changes)


def _whole(op: Op, text: str) -> Runs:
    return (Run(op, text),) if text else ()


def _keeps_enough(runs: Runs) -> bool:
    kept = sum(len(run.text) for run in runs if run.op is Op.EQUAL)
    deleted = sum(len(run.text) for run in runs if run.op is Op.DELETE)
    inserted = sum(len(run.text) for run in runs if run.op is Op.INSERT)
    shorter = kept + min(deleted, inserted)
    return 2 * kept >= KEPT_AT_LEAST * (2 * kept + deleted + inserted) or kept >= KEPT_OF_THE_SHORTER * shorter


def _as_read(changes: Iterable[Change]) -> tuple[Change, ...]:
    """In the order of the new text; a deletion follows the nearest paragraph before it that stayed."""
    standing: list[Change] = []
    deleted: list[Change] = []
    for change in changes:
        (standing if change.new else deleted).append(change)
    standing.sort(key=lambda change: change.new)
    follows: dict[int, int] = {}  # old paragraph that stayed in order -> place of its change
    for place, change in enumerate(standing):
        if change.old and change.op is not ChangeOp.MOVED:
            follows[change.old[0]] = place
    ordered: dict[int, list[Change]] = {}
    last = -1
    stayed = sorted(follows.items())
    number = 0
    for change in sorted(deleted, key=lambda change: change.old):
        while number < len(stayed) and stayed[number][0] < change.old[0]:
            last = stayed[number][1]
            number += 1
        ordered.setdefault(last, []).append(change)
    read = ordered.get(-1, [])
    for place, change in enumerate(standing):
        read.append(change)
        read.extend(ordered.get(place, ()))
    return tuple(read)
