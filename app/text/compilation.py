"""All open proposals on a paragraph, or a whole draft, laid over its current text: what each keeps, adds and deletes.

Nothing is merged and nothing is chosen. Each proposal is read as word edits of the base; where several delete the same
words or insert the same words at the same place, they share a run. Any single proposal can be read back exactly.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from app.text.clauses import Clause
from app.text.diff import Op, Run, diff
from app.text.lcs import common
from app.text.tokens import tokens


class Mark(StrEnum):
    KEPT = "kept"
    ADDED = "added"
    DELETED = "deleted"


@dataclass(frozen=True, slots=True)
class Proposal:
    """One open amendment of a paragraph: what the paragraph would read, None for its deletion.

    `name` is what the amendment is called (A12), unlike any other of the paragraph; `delegations` are those behind it,
    the proposer first.
    """

    name: str
    delegations: tuple[str, ...]
    text: str | None


@dataclass(frozen=True, slots=True)
class Source:
    """An amendment that a compilation shows, as `Proposal` has it."""

    name: str
    delegations: tuple[str, ...]
    deletes_paragraph: bool = False


@dataclass(frozen=True, slots=True)
class CompiledRun:
    """Whole tokens that stand in the base and in all proposals (kept), or that some of them add or delete.

    `amendments` are those that do so, in order of submission; `by` the delegations behind them: the proposers, then the
    co-sponsors. Both are empty where the text is kept.
    """

    mark: Mark
    text: str
    by: tuple[str, ...] = ()
    amendments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Compilation:
    """The runs in the order of the text, and the amendments in order of submission, those that change nothing too."""

    runs: tuple[CompiledRun, ...]
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class NewParagraph:
    """A proposal to insert a paragraph before the clause with the index `place` (len(clauses): at the end).

    `clause` says its kind, level and label; its words are those of the proposal.
    """

    place: int
    clause: Clause
    proposal: Proposal


@dataclass(frozen=True, slots=True)
class CompiledClause:
    """A clause of the draft with all that is proposed for it, or, when `is_proposed`, a paragraph to be inserted."""

    clause: Clause
    compilation: Compilation
    is_proposed: bool = False


def compilation(base: str, proposals: Sequence[Proposal]) -> Compilation:
    """Lay the proposals, given in order of submission, over the base.

    Their order decides only in which order names, and competing insertions at one place, are shown. Raises ValueError
    for a name that occurs twice. Cost: one word diff for each different text, then linear in the edits.
    """
    names = [proposal.name for proposal in proposals]
    if len(set(names)) < len(names):
        raise ValueError(f"each amendment has a name of its own: {names}")
    deletions, insertions = _edits(base, proposals)
    runs = _merged(_laid(base, deletions, insertions))
    sources = tuple(Source(proposal.name, proposal.delegations, proposal.text is None) for proposal in proposals)
    signed = {run_names: _delegations(run_names, proposals) for run_names in {names for _, _, names in runs}}
    return Compilation(
        tuple(
            CompiledRun(mark, text, signed[behind], tuple(names[number] for number in behind))
            for mark, text, behind in runs
        ),
        sources,
    )


def read_back(compiled: Compilation, name: str) -> str | None:
    """What one amendment says, None if it deletes the paragraph. Raises ValueError if it is not shown there."""
    source = next((source for source in compiled.sources if source.name == name), None)
    if source is None:
        raise ValueError(f"{name} is not among {', '.join(source.name for source in compiled.sources)}")
    if source.deletes_paragraph:
        return None
    return "".join(
        run.text
        for run in compiled.runs
        if run.mark is Mark.KEPT or (run.mark is Mark.ADDED) == (name in run.amendments)
    )


def base_of(compiled: Compilation) -> str:
    """The text over which the proposals are laid."""
    return "".join(run.text for run in compiled.runs if run.mark is not Mark.ADDED)


def draft_compilation(
    clauses: Sequence[Clause], proposals: Mapping[str, Sequence[Proposal]], insertions: Sequence[NewParagraph] = ()
) -> tuple[CompiledClause, ...]:
    """The whole draft with every open proposal in place.

    `proposals` has for the label of a clause its open amendments in order of submission. A paragraph to be inserted is
    added as a whole, one to be deleted is deleted as a whole. The same paragraph inserted twice at one place is shown
    once, different ones side by side in order of submission.
    """
    inserted: dict[int, dict[tuple[object, ...], list[NewParagraph]]] = {}
    for new in insertions:
        same = (new.clause.kind, new.clause.level, new.proposal.text)
        inserted.setdefault(new.place, {}).setdefault(same, []).append(new)
    compiled: list[CompiledClause] = []
    for place in range(len(clauses) + 1):
        for joined in inserted.get(place, {}).values():
            laid = compilation("", [new.proposal for new in joined])
            compiled.append(CompiledClause(replace(joined[0].clause, text=""), laid, is_proposed=True))
        if place < len(clauses):
            clause = clauses[place]
            compiled.append(CompiledClause(clause, compilation(clause.text, proposals.get(clause.label, ()))))
    return tuple(compiled)


_Behind = tuple[int, ...]  # the proposals behind a run, as indices in order of submission
_Laid = tuple[Mark, str, _Behind]
_Insertions = dict[int, dict[str, list[int]]]  # place in the base -> the words -> who inserts them there


def _edits(base: str, proposals: Sequence[Proposal]) -> tuple[list[tuple[int, int, int]], _Insertions]:
    """What the proposals delete, as (start, end, proposal) in characters of the base, and what they insert."""
    deletions: list[tuple[int, int, int]] = []
    insertions: _Insertions = {}
    known: dict[str, list[Run]] = {}
    for number, proposal in enumerate(proposals):
        text = proposal.text or ""
        if text not in known:
            known[text] = list(_smallest(diff(base, text)))
        place = 0
        for run in known[text]:
            if run.op is Op.INSERT:
                insertions.setdefault(place, {}).setdefault(run.text, []).append(number)
                continue
            if run.op is Op.DELETE:
                deletions.append((place, place + len(run.text), number))
            place += len(run.text)
    return deletions, insertions


def _smallest(runs: Iterable[Run]) -> Iterator[Run]:
    """The runs without the kept words that a diff marks for the sake of a phrase: there they depend on the other edits
    of the same proposal, and two proposals that share an edit would not share its run."""
    deleted = ""
    for run in runs:
        if run.op is Op.DELETE:
            if deleted:
                yield Run(Op.DELETE, deleted)
            deleted = run.text
            continue
        if deleted and run.op is Op.INSERT:
            yield from _replacement(deleted, run.text)
        else:
            if deleted:
                yield Run(Op.DELETE, deleted)
            yield run
        deleted = ""
    if deleted:
        yield Run(Op.DELETE, deleted)


def _replacement(deleted: str, inserted: str) -> Iterator[Run]:
    old, new = tokens(deleted), tokens(inserted)
    old_words = [place for place, token in enumerate(old) if not token.isspace()]
    new_words = [place for place, token in enumerate(new) if not token.isspace()]
    matches = common([old[place] for place in old_words], [new[place] for place in new_words])
    start = new_start = 0
    for i, j in (*((old_words[i], new_words[j]) for i, j in matches), (len(old), len(new))):
        end, new_end = i, j
        kept_before, kept_after = "", ""
        if start < end and new_start < new_end and old[start] == new[new_start] and old[start].isspace():
            kept_before = old[start]
            start, new_start = start + 1, new_start + 1
        if start < end and new_start < new_end and old[end - 1] == new[new_end - 1] and old[end - 1].isspace():
            kept_after = old[end - 1]
            end, new_end = end - 1, new_end - 1
        pieces = (
            (Op.EQUAL, kept_before),
            (Op.DELETE, "".join(old[start:end])),
            (Op.INSERT, "".join(new[new_start:new_end])),
            (Op.EQUAL, kept_after + (old[i] if i < len(old) else "")),
        )
        yield from (Run(op, text) for op, text in pieces if text)
        start, new_start = i + 1, j + 1


def _laid(base: str, deletions: list[tuple[int, int, int]], insertions: _Insertions) -> Iterator[_Laid]:
    """The base cut wherever an edit begins or ends, with what is inserted there."""
    begins: dict[int, list[int]] = {}
    ends: dict[int, list[int]] = {}
    for start, end, number in deletions:
        begins.setdefault(start, []).append(number)
        ends.setdefault(end, []).append(number)
    deleting: set[int] = set()
    places = sorted({0, len(base), *begins, *ends, *insertions})
    for place, after in zip(places, (*places[1:], len(base)), strict=True):
        for text, behind in insertions.get(place, {}).items():
            yield Mark.ADDED, text, tuple(behind)
        deleting.difference_update(ends.get(place, ()))
        deleting.update(begins.get(place, ()))
        if place < after:
            yield Mark.DELETED if deleting else Mark.KEPT, base[place:after], tuple(sorted(deleting))


def _merged(laid: Iterable[_Laid]) -> list[_Laid]:
    """Neighbours of the same kind and with the same proposals behind them are one run."""
    merged: list[_Laid] = []
    for mark, text, behind in laid:
        if merged and merged[-1][0] is mark and merged[-1][2] == behind and mark is not Mark.ADDED:
            text = merged.pop()[1] + text
        merged.append((mark, text, behind))
    return merged


def _delegations(behind: _Behind, proposals: Sequence[Proposal]) -> tuple[str, ...]:
    """The proposers in order of submission, then their co-sponsors."""
    groups = [proposals[number].delegations for number in behind]
    proposers = (group[0] for group in groups if group)
    return tuple(dict.fromkeys((*proposers, *(name for group in groups for name in group[1:]))))
