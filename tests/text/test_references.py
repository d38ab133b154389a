"""References of a text to its own paragraphs: found, left alone when they are not its own, following a renumbering."""

import pytest

from app.text.references import followed, references
from tests.corpus import needs_corpus, resolution_lines, symbols


def labels(text: str, here: str = "OP9") -> list[str]:
    return [reference.label for reference in references(text, here)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the report referred to in paragraph 3 above;", ["OP3"]),
        ("as set out in paragraph 12 (b) below and", ["OP12(b)"]),
        ("referred to in paragraph\u00a01\u00a0(a) above", ["OP1(a)"]),
        ("implementation of paragraphs 16 and 17 above", ["OP16", "OP17"]),
        ("described in paragraphs 5, 6 and 8 of the present resolution,", ["OP5", "OP6", "OP8"]),
        ("referred to in paragraph 9 and paragraph 10 above", ["OP9", "OP10"]),
        ("those invited in paragraphs 8 to 11 above", ["OP8", "OP11"]),
        ("in preambular paragraph 4 above", ["PP4"]),
        ("paragraph 4 bis above", ["OP4 bis"]),
        ("prohibited by paragraph 5 of this resolution", ["OP5"]),
    ],
)
def test_a_reference_to_an_own_paragraph_is_found_with_its_label(text: str, expected: list[str]) -> None:
    assert labels(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "paragraph 5 of its resolution 70/1 of 25 September 2015",
        "paragraph 162 of “The future we want”",
        "paragraphs 126 to 130 of resolution 66/68",
        "the 3 paragraphs above",
        "in the paragraphs above",
    ],
)
def test_a_reference_to_another_text_is_never_touched(text: str) -> None:
    assert labels(text) == []
    assert followed(text, {"OP5": "OP6", "OP162": "OP1"}, "OP9", "OP9").text == text


def test_in_an_annex_the_numbers_are_those_of_the_annex() -> None:
    assert labels("as described in paragraph 2 above", here="P7") == ["P2"]


def test_a_reference_follows_its_paragraph_to_its_new_number() -> None:
    moved = followed("the report referred to in paragraph 3 (a) above;", {"OP3(a)": "OP4(b)"}, "OP6", "OP7")
    assert moved.text == "the report referred to in paragraph 4 (b) above;"
    assert moved.unsure == ()


def test_a_range_follows_when_it_still_runs_from_its_first_to_its_last() -> None:
    shifted = {f"OP{n}": f"OP{n + 1}" for n in range(8, 12)}
    assert followed("in paragraphs 8 to 11 above", shifted, "OP12", "OP13").text == "in paragraphs 9 to 12 above"


def test_a_range_into_which_a_paragraph_was_inserted_is_left_for_a_person() -> None:
    torn = {"OP8": "OP8", "OP9": "OP9", "OP10": "OP11", "OP11": "OP12"}
    left = followed("in paragraphs 8 to 11 above", torn, "OP12", "OP13")
    assert left.text == "in paragraphs 8 to 11 above"
    assert left.unsure == ("paragraphs 8 to 11 above",)


def test_a_reference_to_a_paragraph_that_is_gone_is_left_for_a_person() -> None:
    left = followed("in paragraphs 5 and 6 above", {"OP5": "OP4", "OP6": None}, "OP8", "OP7")
    assert left.text == "in paragraphs 5 and 6 above"
    assert left.unsure == ("paragraphs 5 and 6 above",)


def test_above_becomes_below_when_the_paragraph_now_comes_later() -> None:
    assert followed("in paragraph 3 above", {"OP3": "OP9"}, "OP5", "OP4").text == "in paragraph 9 below"


def test_what_keeps_its_number_keeps_its_spacing_to_the_letter() -> None:
    text = "in paragraph\u00a01\u00a0(a) above"
    assert followed(text, {"OP2": "OP3"}, "OP5", "OP6").text == text


@needs_corpus
def test_nothing_changes_in_real_texts_when_nothing_is_renumbered() -> None:
    found = 0
    for symbol in symbols():
        for line in resolution_lines(symbol):
            found += len(references(line["text"], "OP9999"))
            again = followed(line["text"], {}, "OP9999", "OP9999")
            assert again.text == line["text"] or "below" in line["text"]
    assert found > 80
