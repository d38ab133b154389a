"""How near a passage is to what somebody looks for: the stretch, the score, the difference."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.text.diff import Op, Runs, apply
from app.text.lcs import common
from app.text.nearness import LONGEST_WORD, MISSING_COUNTS, Comparison, Nearness, Sought, compared, words


def near(text: str, passage: str) -> tuple[Nearness, Comparison]:
    found = Sought(words(text)).nearest(words(passage))
    return found, compared(text, passage, found)


def changed(runs: Runs) -> list[tuple[Op, str]]:
    return [(run.op, run.text) for run in runs if run.op is not Op.EQUAL]


# --- words ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Recalling its resolution 70/1,[^1]", ("recalling", "its", "resolution", "701")),
        ("Co-operation, CO\u2011OPERATION", ("cooperation", "cooperation")),
        ("l’économie sociale et solidaire", ("leconomie", "sociale", "et", "solidaire")),
        ("可持续发展", ("可", "持", "续", "发", "展")),
        ("التَّنْمِيَة المستدامة", ("التنمية", "المستدامة")),
        ("a\u200db \u200e", ("a", "b")),
        ("; — “”", ()),
        ("", ()),
    ],
)
def test_words_are_folded_and_each_ideograph_is_one(text: str, found: tuple[str, ...]) -> None:
    assert words(text) == found


@given(st.text(max_size=60))
def test_words_are_letters_and_digits_only_and_stay_what_they_are(text: str) -> None:
    for word in words(text):
        assert word.isalnum()
        assert len(word) <= LONGEST_WORD


# --- the stretch ------------------------------------------------------------------------------------------------------


def test_a_phrase_is_found_word_for_word_inside_a_longer_passage() -> None:
    found, comparison = near(
        "inclusive and sustainable growth",
        "The economy and the growth of the economy promote inclusive and sustainable growth, and growth;",
    )
    assert found.exact
    assert found.score == 1.0
    assert comparison.stretch == "inclusive and sustainable growth"
    assert changed(comparison.runs) == []


def test_words_put_in_between_matter_less_than_words_that_are_missing() -> None:
    put_in, _ = near("inclusive sustainable growth", "inclusive and sustainable growth")
    missing, _ = near("inclusive and sustainable growth", "inclusive sustainable growth")
    assert missing.score < put_in.score < 1
    assert put_in.score == (MISSING_COUNTS + 1) * 3 / (MISSING_COUNTS * 3 + 4)


def test_another_opener_is_shown_as_the_replacement_of_yours() -> None:
    found, comparison = near("Notes resolution 70/1 and its annex;", "Recalls resolution 70/1[^2] and its annex,")
    assert not found.exact
    assert changed(comparison.runs) == [
        (Op.DELETE, "Notes"),
        (Op.INSERT, "Recalls"),
        (Op.DELETE, ";"),
        (Op.INSERT, ","),
    ]


def test_what_stands_before_a_phrase_is_not_part_of_the_difference() -> None:
    found, comparison = near("resolution 70/1", "Also recalls its resolution 70/1 of 25 September 2015,")
    assert found.exact
    assert comparison.stretch == "resolution 70/1"


def test_punctuation_at_the_ends_is_shown_where_the_text_has_some() -> None:
    assert near("“social economy”", "Noting the “social economy”, as used")[1].stretch == "“social economy”"
    assert near("social economy", "Noting the “social economy”, as used")[1].stretch == "social economy"


def test_no_break_spaces_and_accents_do_not_matter() -> None:
    found, comparison = near("25 septembre 2015, économie", "le 25\u00a0septembre\u00a02015, \u00e9conomie sociale")
    assert found.exact
    assert changed(comparison.runs) == []


def test_a_paragraph_in_chinese_is_near_one_with_other_characters() -> None:
    found, comparison = near("促进社会经济促进可持续发展", "促进社会和团结经济促进可持续发展")
    assert 0.9 < found.score < 1
    assert changed(comparison.runs) == [(Op.INSERT, "和团结")]


@pytest.mark.parametrize(("text", "passage"), [("", "words"), ("words", ""), ("", ""), ("one", "two"), (";", ".")])
def test_texts_without_a_word_in_common_are_not_near(text: str, passage: str) -> None:
    assert near(text, passage)[0].score == 0


def test_texts_as_long_as_a_paragraph_may_be_are_compared_in_bounded_time() -> None:
    long = [f"w{number % 700}" for number in range(6_000)]
    assert Sought(long).nearest(long[::-1]).score < 0.5
    assert Sought(long).nearest(long).exact
    assert Sought(["a"] * 10_000).nearest(["a"] * 10_000).exact


# --- laws -------------------------------------------------------------------------------------------------------------

some_words = st.lists(st.sampled_from("abcd"), max_size=9)
more_words = st.lists(st.sampled_from("abcde"), max_size=15)


def score(sought: Sequence[str], stretch: Sequence[str]) -> float:
    found = len(common(sought, stretch))
    return (MISSING_COUNTS + 1) * found / (MISSING_COUNTS * len(sought) + len(stretch)) if found else 0.0


@given(some_words, more_words)
def test_the_score_is_that_of_the_stretch_and_within_its_bound(sought: list[str], passage: list[str]) -> None:
    found = Sought(sought).nearest(passage)
    assert 0 <= found.start <= found.end <= len(passage)
    assert found.score <= Sought(sought).at_best(passage)
    if sought and passage:
        assert found.score == score(sought, passage[found.start : found.end])


@given(more_words, some_words.filter(bool), more_words)
def test_what_stands_in_a_passage_as_it_is_is_found_there(
    before: list[str], sought: list[str], after: list[str]
) -> None:
    passage = [*before, *sought, *after]
    found = Sought(sought).nearest(passage)
    assert found.exact
    assert passage[found.start : found.end] == sought


@given(st.text("ab ,;-“” é中", max_size=40), st.text("ab ,;-“” é中", max_size=60))
def test_the_difference_leads_from_the_text_to_the_stretch(text: str, passage: str) -> None:
    found, comparison = near(text, passage)
    assert apply(" ".join(text.split()), comparison.runs) == comparison.stretch
    assert comparison.stretch in " ".join(passage.split())
    if found.score:
        assert words(comparison.stretch) == words(passage)[found.start : found.end]
