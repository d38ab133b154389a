"""What a reader sees of a change."""

import random
from itertools import pairwise

import pytest

from app.text.diff import Op, Run, Runs, apply, diff, inverted, is_changed
from app.text.lcs import common
from app.text.tokens import tokens
from tests.corpus import families, needs_corpus, resolution_lines
from tests.yardstick import length_of_longest, words


def marked(base: str, new: str) -> str:
    """The change as it is shown: `-deleted-` and `+inserted+`."""
    signs = {Op.EQUAL: "", Op.DELETE: "-", Op.INSERT: "+"}
    return "".join(f"{signs[run.op]}{run.text}{signs[run.op]}" for run in diff(base, new))


def shown(runs: Runs) -> int:
    """How many words are marked as added or deleted."""
    return sum(len(words(run.text)) for run in runs if run.op is not Op.EQUAL)


def least(base: str, new: str) -> int:
    """The least that must be marked."""
    old_words, new_words = words(base), words(new)
    return len(old_words) + len(new_words) - 2 * length_of_longest(old_words, new_words)


@pytest.mark.parametrize(
    ("base", "new", "seen"),
    [
        (
            "promote sustainable growth",
            "promote inclusive and sustainable growth",
            "promote +inclusive and +sustainable growth",
        ),
        ("women and children", "women, youth and children", "women+, youth+ and children"),
        ("women, children", "women, youth, children", "women, +youth, +children"),
        ("Notes the report.", "Notes the report. It thanks him.", "Notes the report.+ It thanks him.+"),
        (
            "the rights of women",
            "the rights of youth and the rights of women",
            "+the rights of youth and +the rights of women",
        ),
        ("strong growth and jobs", "stable income and jobs", "-strong growth-+stable income+ and jobs"),
        ("see (a) above", "see (a) (b) above", "see (a) +(b) +above"),
        (
            "its resolution 70/1 of 25 September 2015",
            "its resolution 79/213 of 25 September 2024",
            "its resolution -70/1-+79/213+ of 25 September -2015-+2024+",
        ),
        ("some 1,000 States", "some 1,500 States", "some -1,000-+1,500+ States"),
        ("Growth is", "growth is", "-Growth-+growth+ is"),
        ("growth, and", "growth; and", "growth-,-+;+ and"),
        ("two  spaces", "two spaces", "two-  -+ +spaces"),
        ("the last word", "the last", "the last- word-"),
        ("大会欢迎秘书长的报告", "大会注意到秘书长的报告", "大会-欢迎-+注意到+秘书长的报告"),
        ("السلام والأمن", "السَّلام والأمن", "-السلام-+السَّلام+ والأمن"),
        ("", "new", "+new+"),
        ("old", "", "-old-"),
        ("constructor of __proto__", "toString of __proto__", "-constructor-+toString+ of __proto__"),
    ],
)
def test_a_change_is_marked_in_whole_words_and_phrases(base: str, new: str, seen: str) -> None:
    assert marked(base, new) == seen


def test_a_short_word_left_alone_in_a_rewritten_passage_is_marked_with_it() -> None:
    kept = "Recalls its resolutions on this matter, "
    base = kept + "urges Member States to strengthen national policies of cooperation between ministries everywhere now"
    new = kept + "invites relevant entities and consider local programmes of exchange among cities worldwide later"
    runs = diff(base, new)
    assert not any(run.op is Op.EQUAL and run.text.strip() == "of" for run in runs[1:])
    assert shown(runs) <= 1.15 * least(base, new)


def test_a_word_that_the_deleted_words_hold_as_well_does_not_break_the_mark_in_two() -> None:
    base = "the situation in Iran, and regretting the lack of cooperation of Iran with the requests made,"
    assert marked(base, "the situation in Iran,") == (
        "the situation in Iran,- and regretting the lack of cooperation of Iran with the requests made,-"
    )


def test_equal_texts_have_no_change_and_empty_ones_no_runs() -> None:
    assert diff("the same", "the same") == (Run(Op.EQUAL, "the same"),)
    assert diff("", "") == ()
    assert not is_changed(diff("the same", "the same"))
    assert is_changed(diff("the same", "the  same"))


def test_changes_made_for_another_text_are_refused() -> None:
    runs = diff("promote growth", "promote jobs")
    assert apply("promote growth", runs) == "promote jobs"
    with pytest.raises(ValueError, match="another text"):
        apply("foster growth", runs)
    with pytest.raises(ValueError, match="another text"):
        apply("promote growth and peace", runs)


def test_inverted_changes_lead_back() -> None:
    runs = diff("strong growth and jobs", "stable income and jobs")
    assert apply("stable income and jobs", inverted(runs)) == "strong growth and jobs"
    assert inverted(inverted(runs)) == runs


@pytest.mark.parametrize("text", ["\ue000\ue001 \U000f0000", "a\ud800b", "\0\1", "\ue000 " * 50])
def test_texts_of_private_and_broken_characters_are_compared_like_others(text: str) -> None:
    assert apply(text, diff(text, text[::-1])) == text[::-1]


def test_more_different_words_than_a_block_of_private_characters_has() -> None:
    base = " ".join(f"w{number}" for number in range(8000))
    new = base.replace("w4000", "changed").replace("w6500 ", "")
    assert [run.text for run in diff(base, new) if run.op is not Op.EQUAL] == ["w4000", "changed", "w6500 "]


def test_repetitive_text_is_compared_exactly() -> None:
    chance = random.Random(21)
    vocabulary = [f"word{number}" for number in range(21)]
    old = [chance.choice(vocabulary) for _ in range(800)]
    new = [word for word in old if chance.random() > 0.05]
    runs = diff(" ".join(old), " ".join(new))
    assert apply(" ".join(old), runs) == " ".join(new)
    assert shown(runs) == len(old) - len(new)


@pytest.mark.parametrize(
    ("base", "new"),
    [
        (" ".join(f"a{i % 900}" for i in range(5000)), " ".join(f"b{i % 900}" for i in range(5000))),
        (
            " ".join(random.Random(1).choices("abcdefgh", k=5000)),
            " ".join(random.Random(2).choices("abcdefgh", k=5000)),
        ),
        ("word " * 10_000, "word " * 9_000 + "other " + "word " * 500),
        ("x" * 1_000_000, "y" * 1_000_000),
        ("word " * 200_000, "other word " * 90_000),
        (" ".join(map(str, range(150_000))), " ".join(str(i) for i in range(150_000) if i % 1000)),
        ("大" * 20_000, "会大" * 10_000),
    ],
    ids=["unrelated", "few words", "one word", "one token of 1 MB", "1 MB of one word", "1 MB of numbers", "Chinese"],
)
def test_the_worst_texts_are_compared_without_a_time_out(base: str, new: str) -> None:
    assert apply(base, diff(base, new)) == new


@pytest.mark.parametrize("limit", [1, 40, 10**9])
def test_a_table_that_would_be_too_large_is_cut_at_words_that_both_sides_have_once(
    limit: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.text.lcs.TABLE_LIMIT_BITS", limit)
    old, new = list("abxcdyefzab"), list("baxdcyqezba")
    matches = common(old, new)
    assert all(old[i] == new[j] for i, j in matches)
    assert all(i < k and j < m for (i, j), (k, m) in pairwise(matches))
    assert {("x", "x"), ("y", "y"), ("z", "z")} <= {(old[i], new[j]) for i, j in matches}


@needs_corpus
def test_what_is_shown_of_real_changes_stays_near_the_least_and_never_cuts_a_word() -> None:
    changes = renegotiated_paragraphs()
    assert len(changes) > 300
    for base, new in changes:
        runs = diff(base, new)
        assert apply(base, runs) == new
        assert shown(runs) <= 1.15 * least(base, new)
        for op in (Op.DELETE, Op.INSERT):
            side = [token for run in runs if run.op is not op for token in tokens(run.text)]
            assert tuple(side) == tokens(new if op is Op.DELETE else base)


def renegotiated_paragraphs() -> list[tuple[str, str]]:
    """Paragraphs of real resolutions with what they became: those that open with the same four words."""
    changes = []
    for symbols in list(families().values())[::4]:
        for earlier, later in pairwise(symbols):
            openings = {tuple(words(text)[:4]): text for text in texts(earlier)}
            for text in texts(later):
                before = openings.get(tuple(words(text)[:4]), text)
                if before != text and max(len(before), len(text)) < 1200:
                    changes.append((before, text))
    return changes


def texts(symbol: str) -> list[str]:
    return [" ".join(line["text"].split()) for line in resolution_lines(symbol)]
