"""The laws of the word diff."""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from app.text.diff import Op, apply, diff, inverted, is_changed
from app.text.lcs import common
from app.text.tokens import tokens
from tests.effort import examples
from tests.properties.sentences import any_texts, negotiated, texts
from tests.yardstick import length_of_longest, words

pairs = negotiated.map(lambda triple: triple[:2]) | st.tuples(texts, texts) | st.tuples(any_texts, any_texts)


@settings(max_examples=examples(600))
@given(pairs)
def test_applied_to_the_base_a_diff_gives_the_new_text(pair: tuple[str, str]) -> None:
    base, new = pair
    assert apply(base, diff(base, new)) == new


@settings(max_examples=examples(600))
@given(pairs)
def test_the_way_back_is_the_inverted_way_there(pair: tuple[str, str]) -> None:
    base, new = pair
    runs = diff(base, new)
    assert diff(new, base) == inverted(runs)
    assert inverted(inverted(runs)) == runs
    assert apply(new, inverted(runs)) == base


@settings(max_examples=examples(300))
@given(pairs)
def test_runs_hold_whole_tokens_and_a_deletion_comes_before_its_insertion(pair: tuple[str, str]) -> None:
    base, new = pair
    runs = diff(base, new)
    assert is_changed(runs) == (base != new)
    assert all(run.text for run in runs)
    assert tuple(token for run in runs if run.op is not Op.INSERT for token in tokens(run.text)) == tokens(base)
    assert tuple(token for run in runs if run.op is not Op.DELETE for token in tokens(run.text)) == tokens(new)
    for before, after in pairwise(run.op for run in runs):
        assert before is not after
        assert (before, after) != (Op.INSERT, Op.DELETE)


@settings(max_examples=examples(300))
@given(pairs)
def test_no_more_is_marked_than_the_least_and_the_room_for_phrases(pair: tuple[str, str]) -> None:
    base, new = pair
    old_words, new_words = (words(text) for text in pair)
    least = len(old_words) + len(new_words) - 2 * length_of_longest(old_words, new_words)
    marked = [run.text for run in diff(base, new) if run.op is not Op.EQUAL]
    assert sum(not token.isspace() for text in marked for token in tokens(text)) <= 1.15 * least


@settings(max_examples=examples(300))
@given(st.lists(st.sampled_from("abcdef"), max_size=40), st.lists(st.sampled_from("abcdeg"), max_size=40))
def test_the_words_that_stay_are_a_longest_common_subsequence(old: list[str], new: list[str]) -> None:
    matches = common(old, new)
    assert all(old[i] == new[j] for i, j in matches)
    assert all(i < k and j < m for (i, j), (k, m) in pairwise(matches))
    assert len(matches) == length_of_longest(old, new)
