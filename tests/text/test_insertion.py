"""Where an inserted paragraph goes and what it is called."""

import pytest

from app.problems import InsertionImpossible
from app.text.clauses import Clause, Kind
from app.text.insertion import Insertion, insertion, place_beside

TEXT = [
    Clause(Kind.TITLE, "Title", "Title"),
    Clause(Kind.OPENING, "Opening", "The General Assembly,"),
    Clause(Kind.PREAMBULAR, "PP1", "one"),
    Clause(Kind.PREAMBULAR, "PP2", "two"),
    Clause(Kind.OPERATIVE, "OP1", "one"),
    Clause(Kind.OPERATIVE, "OP2", "two"),
    Clause(Kind.OPERATIVE, "OP2(a)", "a", 2),
    Clause(Kind.OPERATIVE, "OP2(b)", "b", 2),
    Clause(Kind.OPERATIVE, "OP3", "three"),
]


def insert(anchor: str, kind: Kind, level: int = 1, text: list[Clause] = TEXT) -> Insertion:
    return insertion(text, anchor, kind, level, {clause.label for clause in text})


def test_after_a_paragraph_comes_its_bis() -> None:
    assert insert("PP1", Kind.PREAMBULAR) == Insertion(3, "PP1 bis")


def test_it_stands_behind_the_sub_paragraphs_of_the_one_it_follows() -> None:
    assert insert("OP2", Kind.OPERATIVE) == Insertion(8, "OP2 bis")


def test_a_second_insertion_at_one_place_stands_behind_the_first() -> None:
    with_bis = [*TEXT[:3], Clause(Kind.PREAMBULAR, "PP1 bis", "x"), *TEXT[3:]]
    assert insert("PP1", Kind.PREAMBULAR, text=with_bis) == Insertion(4, "PP1 ter")


def test_it_stands_behind_the_alternatives_to_the_one_it_follows() -> None:
    alternatives = [Clause(Kind.OPERATIVE, "OP2 alt", "x"), Clause(Kind.OPERATIVE, "OP2 alt(a)", "y", 2)]
    text = [*TEXT[:8], *alternatives, *TEXT[8:]]
    assert insert("OP2", Kind.OPERATIVE, text=text) == Insertion(10, "OP2 bis")
    assert insert("OP2 alt", Kind.OPERATIVE, text=text) == Insertion(10, "OP2 bis")
    with_bis = [*text[:10], Clause(Kind.OPERATIVE, "OP2 bis", "z"), *text[10:]]
    assert insert("OP2", Kind.OPERATIVE, text=with_bis) == Insertion(11, "OP2 ter")
    assert place_beside(with_bis, "OP2") == 10


def test_a_heading_stands_behind_the_alternatives_in_the_preamble_too() -> None:
    text = [*TEXT[:4], Clause(Kind.PREAMBULAR, "PP2 alt", "x"), *TEXT[4:]]
    assert insert("PP2", Kind.HEADING, text=text).place == 5
    assert insert("PP2", Kind.OPERATIVE, text=text) == Insertion(5, "OP0 bis")


def test_before_the_first_preambular_paragraph_one_follows_the_opening_line() -> None:
    assert insert("Opening", Kind.PREAMBULAR) == Insertion(2, "PP0 bis")


def test_before_the_first_operative_paragraph_one_follows_the_last_of_the_preamble() -> None:
    assert insert("PP2", Kind.OPERATIVE) == Insertion(4, "OP0 bis")


def test_the_first_sub_paragraph_of_a_paragraph_is_its_a() -> None:
    assert insert("OP1", Kind.OPERATIVE, 2) == Insertion(5, "OP1(a)")


def test_before_the_first_of_several_sub_paragraphs() -> None:
    assert insert("OP2", Kind.OPERATIVE, 2) == Insertion(6, "OP2(0) bis")


def test_after_a_sub_paragraph_comes_another_or_a_paragraph() -> None:
    assert insert("OP2(a)", Kind.OPERATIVE, 2) == Insertion(7, "OP2(a) bis")
    assert insert("OP2(a)", Kind.OPERATIVE, 1) == Insertion(8, "OP2 bis")


def test_a_heading_can_stand_between_paragraphs() -> None:
    assert insert("OP1", Kind.HEADING) == Insertion(5, "H0 bis")


@pytest.mark.parametrize(
    ("anchor", "kind", "level"),
    [
        ("OP1", Kind.PREAMBULAR, 1),  # the preamble is over
        ("PP1", Kind.OPERATIVE, 1),  # the preamble is not over
        ("OP1", Kind.OPERATIVE, 3),  # (i) without an (a)
        ("PP1", Kind.HEADING, 7),
        ("PP1", Kind.TITLE, 1),
    ],
)
def test_what_would_break_the_order_of_the_text_is_refused(anchor: str, kind: Kind, level: int) -> None:
    with pytest.raises(InsertionImpossible):
        insert(anchor, kind, level)
