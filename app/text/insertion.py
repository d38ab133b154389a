"""Where a new paragraph goes that is to follow another, and what it is called until the next renumbering."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from app.problems import InsertionImpossible
from app.said import Said
from app.text.clauses import WITH_SUBPARAGRAPHS, Clause, Kind
from app.text.labels import Step, first_child, label_after, label_before_first, read_label

_INSERTABLE = frozenset({Kind.HEADING, Kind.PREAMBULAR, Kind.OPERATIVE, Kind.ANNEX, Kind.PARAGRAPH, Kind.FOOTNOTE})


@dataclass(frozen=True, slots=True)
class Insertion:
    """`place`: the index in the list of clauses before which the new one stands; `label`: what it is called."""

    place: int
    label: str


def insertion(clauses: Sequence[Clause], anchor: str, kind: Kind, level: int, taken: Collection[str]) -> Insertion:
    """Where a clause of `kind` and `level` stands that is inserted behind the clause labelled `anchor`.

    It stands behind the sub-paragraphs of the anchor, the alternatives to it (`PP3 alt` before `PP3 bis`) and what was
    inserted there before (`PP3 bis` before `PP3 ter`). `taken` are all labels ever given in this reading. Raises
    InsertionImpossible where the text would no longer be a preamble followed by an operative part, or the level has no
    paragraph to belong to.
    """
    index = next(i for i, clause in enumerate(clauses) if clause.label == anchor)
    above = clauses[index]
    _must_be_insertable(kind, level, above)
    if kind is above.kind and kind in WITH_SUBPARAGRAPHS and level > above.level:
        children = index + 1 < len(clauses) and _is_below(clauses[index + 1], above)
        label = label_before_first(anchor, taken) if children else first_child(anchor)
        return Insertion(index + 1, _free(label, taken))
    if kind is above.kind:
        while above.level > level:
            index -= 1
            above = clauses[index]
        return Insertion(_behind(clauses, index), _free(label_after(above.label, taken), taken))
    place = _behind(clauses, index)
    _must_keep_the_order(clauses, place, kind, anchor)
    before = [clause for clause in clauses[:place] if clause.kind is kind and clause.level == level]
    if before:
        return Insertion(place, _free(label_after(before[-1].label, taken), taken))
    return Insertion(place, label_before_first(kind, taken))


def place_beside(clauses: Sequence[Clause], anchor: str) -> int:
    """The index at which one more alternative to the clause labelled `anchor` stands: behind its sub-paragraphs and
    the alternatives that there are (`OP4 alt` before `OP4 alt 2`), before `OP4 bis`."""
    index = next(i for i, clause in enumerate(clauses) if clause.label == anchor)
    return _behind(clauses, index, alternatives_only=True)


def _must_be_insertable(kind: Kind, level: int, above: Clause) -> None:
    if kind not in _INSERTABLE:
        raise InsertionImpossible(anchor=above.label, why=Said("a draft has one {kind} only", kind=kind.words))
    deepest = above.level + 1 if kind is above.kind and kind in WITH_SUBPARAGRAPHS else 1
    if kind is Kind.HEADING:
        deepest = 6
    if not 1 <= level <= deepest:
        raise InsertionImpossible(
            anchor=above.label,
            why=Said(
                "a {kind} paragraph there can have a level from 1 to {deepest}, not {level}",
                kind=kind.words,
                deepest=deepest,
                level=level,
            ),
        )


def _must_keep_the_order(clauses: Sequence[Clause], place: int, kind: Kind, anchor: str) -> None:
    before = {clause.kind for clause in clauses[:place]}
    after = {clause.kind for clause in clauses[place:]}
    if kind is Kind.PREAMBULAR and Kind.OPERATIVE in before:
        raise InsertionImpossible(anchor=anchor, why=Said("the preamble ends before the operative part"))
    if kind is Kind.OPERATIVE and Kind.PREAMBULAR in after:
        raise InsertionImpossible(anchor=anchor, why=Said("the operative part begins after the preamble"))


def _behind(clauses: Sequence[Clause], index: int, *, alternatives_only: bool = False) -> int:
    """The index behind the clause at `index`, its sub-paragraphs, the alternatives to it, and what was inserted behind
    it before."""
    anchor = clauses[index]
    place = index + 1
    while place < len(clauses) and (
        _is_below(clauses[place], anchor) or _belongs_behind(clauses[place], anchor, alternatives_only)
    ):
        place += 1
    return place


def _is_below(clause: Clause, above: Clause) -> bool:
    return clause.kind is above.kind and above.kind in WITH_SUBPARAGRAPHS and clause.level > above.level


def _belongs_behind(clause: Clause, anchor: Clause, alternatives_only: bool) -> bool:
    """Whether `clause` is, say, `PP3 alt` or (unless `alternatives_only`) `PP3 ter` where `anchor` is `PP3`."""
    if clause.kind is not anchor.kind or clause.level != anchor.level:
        return False
    mine, its = read_label(clause.label), read_label(anchor.label)
    if mine is None or its is None or not mine.steps or not its.steps:
        return False
    if mine.steps[:-1] != its.steps[:-1] or mine.steps[-1].number != its.steps[-1].number:
        return False
    if alternatives_only and mine.steps[-1].ordinal != its.steps[-1].ordinal:
        return False
    return _order(mine.steps[-1]) > _order(its.steps[-1])


def _order(step: Step) -> tuple[int, int]:
    return step.ordinal, step.alternative


def _free(label: str, taken: Collection[str]) -> str:
    while label in taken:
        label = label_after(label, taken)
    return label
