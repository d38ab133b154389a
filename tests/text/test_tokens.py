"""Where a text may be cut."""

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.text.tokens import tokens
from tests.corpus import needs_corpus, resolution_lines, symbols


@pytest.mark.parametrize(
    "word",
    [
        *(
            "growth",
            "co-operation",
            "A/RES/70/1",
            "A/C.3/78/L.60",
            "70/1",
            "2030/31",
            "and/or",
            "State’s",
            "l'économie",
        ),
        *(
            "1.5",
            "1,000",
            "1,000,000.50",
            "__proto__",
            "constructor",
            "Noël",
            "e\u0301te\u0301",
            "وَٱلْكِتَابِ",
            "١٬٠٠٠٫٥",
            "ещё",
            "7th",
        ),
        *("Rev.1", "self‑determination", "délégué·e·s"),
    ],
)
def test_a_word_is_one_token(word: str) -> None:
    assert tokens(f"the {word}, and") == ("the", " ", word, ",", " ", "and")


def test_parts_of_a_date_are_tokens_of_their_own() -> None:
    assert tokens("25 September 2015") == ("25", " ", "September", " ", "2015")


def test_punctuation_is_one_token_a_mark_and_white_space_one_a_run() -> None:
    assert tokens("(a):  “x”…") == ("(", "a", ")", ":", "  ", "“", "x", "”", "…")
    assert tokens("end. Next") == ("end", ".", " ", "Next")
    assert tokens("well-") == ("well", "-")


def test_chinese_is_cut_at_each_character_and_keeps_its_numbers_whole() -> None:
    assert tokens("大会2030年，") == ("大", "会", "2030", "年", "，")


def test_an_empty_text_has_no_tokens() -> None:
    assert tokens("") == ()


def test_a_mark_is_never_cut_from_its_letter() -> None:
    assert tokens("!\u0301 が") == ("!\u0301", " ", "が")


any_text = st.text(st.characters(max_codepoint=sys.maxunicode, categories=None), max_size=60)


@given(any_text)
def test_tokens_joined_are_the_text(text: str) -> None:
    assert "".join(tokens(text)) == text
    assert all(tokens(text))


@needs_corpus
def test_tokens_joined_are_the_text_of_real_resolutions() -> None:
    for symbol in symbols()[::5]:
        for line in resolution_lines(symbol):
            assert "".join(tokens(line["text"])) == line["text"]
