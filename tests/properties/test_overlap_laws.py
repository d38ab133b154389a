"""The laws of overlap: rivalry is mutual, independent of order, and there wherever a merge would have a conflict."""

from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from app.text.compilation import Proposal
from app.text.merge import merge
from app.text.overlap import Rivals, rivals
from app.text.tokens import tokens
from tests.effort import examples
from tests.properties.sentences import any_texts, negotiated, texts


@st.composite
def _on_the_table(draw: st.DrawFn) -> tuple[str, list[Proposal]]:
    known = draw(negotiated | st.tuples(texts, texts, texts) | st.tuples(any_texts, any_texts, any_texts))
    wordings = draw(st.lists(st.sampled_from([*known, None]), max_size=5))
    return known[0], [Proposal(f"A{number}", ("EU",), text) for number, text in enumerate(wordings, 1)]


tables = _on_the_table()


def mutual(groups: tuple[Rivals, ...]) -> set[frozenset[str]]:
    """The names of each group."""
    return {frozenset(name for side in group.sides for name in side) for group in groups}


@settings(max_examples=examples(250), deadline=None)
@given(tables, st.randoms(use_true_random=False))
def test_who_is_a_rival_for_which_words_does_not_depend_on_the_order(table: tuple[str, list[Proposal]], random) -> None:
    base, proposals = table
    shuffled = list(proposals)
    random.shuffle(shuffled)
    assert _regardless_of_order(rivals(base, proposals)) == _regardless_of_order(rivals(base, shuffled))


@settings(max_examples=examples(350), deadline=None)
@given(negotiated | st.tuples(texts, texts, texts) | st.tuples(any_texts, any_texts, any_texts))
def test_two_proposals_whose_merge_has_a_conflict_are_rivals(versions: tuple[str, str, str]) -> None:
    base, ours, theirs = versions
    found = rivals(base, [Proposal("A1", ("EU",), ours), Proposal("A2", ("NOR",), theirs)])
    if merge(base, ours, theirs).conflicts:
        assert mutual(found) == {frozenset({"A1", "A2"})}


@settings(max_examples=examples(250), deadline=None)
@given(tables)
def test_groups_share_nobody_and_have_two_sides_at_least(table: tuple[str, list[Proposal]]) -> None:
    base, proposals = table
    groups = rivals(base, proposals)
    said = {proposal.name: proposal.text for proposal in proposals}
    for group in groups:
        assert len(group.sides) > 1
        assert all(len({said[name] for name in side}) == 1 for side in group.sides)
    for first, second in combinations(groups, 2):
        assert not {name for side in first.sides for name in side} & {name for side in second.sides for name in side}


@settings(max_examples=examples(250), deadline=None)
@given(tables)
def test_stakes_are_token_ranges_of_the_base_in_order_with_what_each_side_makes_of_them(
    table: tuple[str, list[Proposal]],
) -> None:
    base, proposals = table
    said = {proposal.name: proposal.text for proposal in proposals}
    for group in rivals(base, proposals):
        assert group.stakes
        ends = [end for stake in group.stakes for end in (stake.start, stake.end)]
        assert ends == sorted(ends)
        for stake in group.stakes:
            assert "".join(tokens(base)[stake.start : stake.end]) == stake.words
            assert stake.wordings
            assert all(wording.text != stake.words for wording in stake.wordings)
            for wording in stake.wordings:
                for text in (said[name] for name in wording.names):
                    assert text is wording.text is None or wording.text in text


def _regardless_of_order(groups: tuple[Rivals, ...]) -> set[object]:
    return {
        (
            frozenset(frozenset(side) for side in group.sides),
            tuple(
                (stake.start, stake.end, frozenset((frozenset(w.names), w.text) for w in stake.wordings))
                for stake in group.stakes
            ),
        )
        for group in groups
    }
