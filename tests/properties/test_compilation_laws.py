"""The laws of the compilation: nothing is lost, and the order of the proposals decides only what is shown first."""

from collections import Counter
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from app.text.compilation import CompiledRun, Mark, Proposal, base_of, compilation, read_back
from app.text.compilation_forms import as_text, read_runs
from app.text.tokens import tokens
from tests.effort import examples
from tests.properties.sentences import any_texts, negotiated, texts

_SIGNS = st.text("ab [*~]\\:,\n", max_size=12)


@st.composite
def _on_the_table(draw: st.DrawFn) -> tuple[str, list[Proposal]]:
    """A paragraph and the proposals on it, some identical, some deleting it."""
    known = draw(negotiated | st.tuples(texts, texts, texts) | st.tuples(any_texts, any_texts, _SIGNS))
    also = draw(st.lists(_SIGNS | texts, max_size=2))
    wordings = st.sampled_from([*known, *also, None])
    names = st.sampled_from(["EU", "NOR", "G77, China", "US: A", "[x]*~\\"])
    behind = st.lists(names, min_size=1, max_size=3, unique=True).map(tuple)
    table = draw(st.lists(st.tuples(behind, wordings), max_size=5))
    return known[0], [Proposal(f"A{number}", by, text) for number, (by, text) in enumerate(table, 1)]


tables = _on_the_table()


@settings(max_examples=examples(600), deadline=None)
@given(tables)
def test_the_base_and_every_amendment_are_read_back_exactly(table: tuple[str, list[Proposal]]) -> None:
    base, proposals = table
    compiled = compilation(base, proposals)
    assert base_of(compiled) == base
    for proposal in proposals:
        assert read_back(compiled, proposal.name) == proposal.text


@settings(max_examples=examples(250), deadline=None)
@given(tables, st.randoms(use_true_random=False))
def test_the_order_of_proposals_decides_only_what_is_shown_first(table: tuple[str, list[Proposal]], random) -> None:
    base, proposals = table
    shuffled = list(proposals)
    random.shuffle(shuffled)
    assert _regardless_of_order(base, proposals) == _regardless_of_order(base, shuffled)


@settings(max_examples=examples(250), deadline=None)
@given(tables)
def test_runs_hold_whole_tokens_and_say_who_is_behind_them(table: tuple[str, list[Proposal]]) -> None:
    base, proposals = table
    compiled = compilation(base, proposals)
    standing = [run for run in compiled.runs if run.mark is not Mark.ADDED]
    assert tuple(token for run in standing for token in tokens(run.text)) == tokens(base)
    behind = {proposal.name: set(proposal.delegations) for proposal in proposals}
    for run in compiled.runs:
        assert run.text
        assert bool(run.amendments) == (run.mark is not Mark.KEPT)
        assert set(run.by) == set().union(*(behind[name] for name in run.amendments))
    for before, after in pairwise(standing):
        assert before.amendments != after.amendments or _is_parted(compiled.runs, before, after)


@settings(max_examples=examples(300), deadline=None)
@given(tables)
def test_the_notation_is_read_back_as_the_runs_it_was_written_from(table: tuple[str, list[Proposal]]) -> None:
    compiled = compilation(*table)
    assert read_runs(as_text(compiled)) == tuple(CompiledRun(run.mark, run.text, run.by) for run in compiled.runs)


def _regardless_of_order(base: str, proposals: list[Proposal]) -> list[tuple[str, object]]:
    """The runs with sets of names, and what is inserted at one place as a collection."""
    found: list[tuple[str, object]] = []
    inserted: Counter[tuple[str, frozenset[str]]] = Counter()
    for run in compilation(base, proposals).runs:
        if run.mark is Mark.ADDED:
            inserted[run.text, frozenset(run.amendments)] += 1
            continue
        found.append(("inserted", dict(inserted)))
        inserted = Counter()
        found.append((run.text, frozenset(run.amendments)))
    return [*found, ("inserted", dict(inserted))]


def _is_parted(runs: tuple[CompiledRun, ...], before: CompiledRun, after: CompiledRun) -> bool:
    """Whether something is inserted between two runs."""
    places = [number for number, run in enumerate(runs) if run is before or run is after]
    return places[-1] - places[0] > 1
