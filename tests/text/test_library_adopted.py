"""Adopted texts are read leniently, and say what is known of them: symbol, session, day of adoption."""

from datetime import date

import pytest

from app.problems import DraftUnreadable, InvalidInput, TextRefused
from app.text.adopted import SOURCE_LIMIT, Adopted, canonical_symbol, read_adopted, symbol_in_name
from app.text.clauses import Kind

PASTED = """Resolution adopted by the General Assembly on 19 December 2024
[on the report of the Second Committee (A/79/442)]
79/213.\tPromoting the social and solidarity economy
The General Assembly,
Recalling its resolution 77/281 of 18 April 2023,
1. Encourages Member States to promote it;
2. Decides to remain seized of the matter.
54th plenary meeting
19 December 2024
"""
DRAFT = """---
slug: water
title: Water
organ: General Assembly
symbol: A/RES/79/1
session: Seventy-ninth session
language: fr
---

*The General Assembly*,

OP1. *Decides* to remain seized.
"""


def test_a_pasted_text_says_its_symbol_title_and_day() -> None:
    adopted = read_adopted(PASTED)
    assert (adopted.symbol, adopted.draft.title) == ("A/RES/79/213", "Promoting the social and solidarity economy")
    assert adopted.adopted_on == date(2024, 12, 19)
    assert (adopted.session, adopted.dropped) == ("", 0)


def test_a_drafts_file_says_its_session_and_language() -> None:
    adopted = read_adopted(DRAFT)
    assert (adopted.symbol, adopted.session, adopted.draft.front.language) == (
        "A/RES/79/1",
        "Seventy-ninth session",
        "fr",
    )
    assert adopted.adopted_on is None


def test_what_is_given_goes_before_what_the_text_says() -> None:
    adopted = read_adopted(DRAFT, symbol="A/RES/79/2 B", title="Safe water", language="en")
    assert (adopted.symbol, adopted.draft.title, adopted.draft.front.language) == ("A/RES/79/2 B", "Safe water", "en")
    assert sum(clause.kind is Kind.TITLE for clause in adopted.draft.clauses) == 1


@pytest.mark.parametrize("character", ["\u200d", "\u200e", "\u202e", "\u00ad", "\u2060", "\ufe0f", "\u3164"])
@pytest.mark.parametrize("source", [PASTED, DRAFT])
def test_characters_that_show_nothing_are_dropped_and_counted(source: str, character: str) -> None:
    adopted = read_adopted(source.replace("remain", f"re{character}main{character}"))
    assert adopted == Adopted(read_adopted(source).draft, dropped=2)


def test_a_stand_in_for_lost_text_is_refused_as_anywhere() -> None:
    with pytest.raises(TextRefused):
        read_adopted(PASTED.replace("remain", "re\ufffdmain"))


@pytest.mark.parametrize("line", ["on 31 November 2024", "on 19 Frimaire 2024", "on 19 December 20245"])
def test_a_day_that_is_not_in_the_calendar_is_not_known(line: str) -> None:
    text = PASTED.replace("on 19 December 2024", line).replace("\n19 December 2024\n", "\n")
    assert read_adopted(text).adopted_on is None


def test_a_text_without_symbol_too_large_or_without_paragraphs_is_refused_with_a_sentence() -> None:
    with pytest.raises(InvalidInput, match=r"^symbol: the text does not say its symbol"):
        read_adopted(DRAFT.replace("symbol: A/RES/79/1\n", ""))
    with pytest.raises(InvalidInput, match="at most 2000000 are accepted"):
        read_adopted("x" * (SOURCE_LIMIT + 1))
    with pytest.raises(InvalidInput, match=r"at most 5000 are accepted"):
        read_adopted(DRAFT + "".join(f"\nOP{number}. *Decides*;\n" for number in range(2, 5_003)))
    with pytest.raises(DraftUnreadable):
        read_adopted("Dear all, please find attached the agenda.", symbol="A/1")


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        (" A/RES/79/213 ", "A/RES/79/213"),
        ("S/RES/1674 (2006)", "S/RES/1674(2006)"),
        ("A/RES/76/246\u00a0B", "A/RES/76/246 B"),
        ("A/C.3/78/L.60/Rev.1", "A/C.3/78/L.60/Rev.1"),
        ("ILC.110/Resolution II", "ILC.110/Resolution II"),
    ],
)
def test_a_symbol_has_one_spelling(written: str, kept: str) -> None:
    assert canonical_symbol(written) == kept


@pytest.mark.parametrize("written", ["", "/A/1", "A//1", "A/1/", "A/1?x", "A/1#x", "A/\x00", "../x", "A" * 61, "é/1"])
def test_what_could_not_be_an_address_is_no_symbol(written: str) -> None:
    with pytest.raises(InvalidInput, match=r"^symbol: "):
        canonical_symbol(written)


@pytest.mark.parametrize(
    ("name", "symbol"),
    [
        ("A_RES_79_213", "A/RES/79/213"),
        ("S_RES_1674(2006)", "S/RES/1674(2006)"),
        ("A_RES_76_246_B", "A/RES/76/246 B"),
        ("sse", ""),
        ("my_draft_2", ""),
        ("A_RES", ""),
        ("A RES 1", ""),
    ],
)
def test_a_file_may_be_named_after_a_symbol(name: str, symbol: str) -> None:
    assert symbol_in_name(name) == symbol
