"""Labels: reading, giving out, renumbering."""

import pytest

from app.text.clauses import Clause, Kind
from app.text.labels import (
    alternative_of,
    canonical,
    first_child,
    label_after,
    label_before_first,
    read_label,
    renumbered,
    same,
)


@pytest.mark.parametrize(
    ("written", "label"),
    [
        ("op4 (a)", "OP4(a)"),
        ("OP4(A)(II)", "OP4(a)(ii)"),
        ("PP3bis", "PP3 bis"),
        ("pp3-bis", "PP3 bis"),
        ("PP 3 Ter", "PP3 ter"),
        ("pp3\u00a0bis (a)", "PP3 bis(a)"),
        ("PP3 nonies", "PP3 novies"),
        ("PP3 21", "PP3 21"),
        ("pp0 bis", "PP0 bis"),
        ("OP4(0) bis", "OP4(0) bis"),
        ("op4 alt", "OP4 alt"),
        ("OP4 alt. 2", "OP4 alt 2"),
        ("OP4 alt 1", "OP4 alt"),
        ("OP4(aa)", "OP4(aa)"),
        ("op4(a)(i)(b)(2)", "OP4(a)(i)(B)(2)"),
        ("title", "Title"),
        ("OPENING 2", "Opening 2"),
        ("annex ii", "Annex 2"),
        ("Annex", "Annex 1"),
        ("h3", "H3"),
        ("p12(b)", "P12(b)"),
        ("n1", "N1"),
    ],
)
def test_a_label_is_read_as_people_write_it(written: str, label: str) -> None:
    assert canonical(written) == label


@pytest.mark.parametrize(
    "written",
    [
        "",
        "PP",
        "hello",
        "4",
        "PP0",
        "OP4(0)",
        "PP3 5",
        "PP3-15",
        "OP4(ab)",
        "OP4(a)(iiii)",
        "H1(a)",
        "Title(a)",
        "OP4(a",
        "PP3 bis bis",
    ],
)
def test_what_is_no_label_is_not_read_as_one(written: str) -> None:
    assert read_label(written) is None
    assert canonical(written) is None


def test_two_spellings_of_one_label_are_the_same() -> None:
    assert same("op4(a)", "OP 4 (A)")
    assert not same("OP4", "PP4")
    assert not same("nothing", "nothing")


def test_a_paragraph_inserted_during_a_reading_gets_the_next_latin_ordinal() -> None:
    assert label_after("PP3") == "PP3 bis"
    assert label_after("PP3 bis") == "PP3 ter"
    assert label_after("OP4(a)") == "OP4(a) bis"
    assert label_after("OP4 alt 2") == "OP4 bis"
    assert label_after("PP3 novodecies") == "PP3 vicies"


def test_a_label_that_is_taken_is_not_given_again_however_it_is_spelled() -> None:
    assert label_after("PP3", ["PP3 bis"]) == "PP3 ter"
    assert label_after("PP3", ["pp3-bis", "PP3TER"]) == "PP3 quater"
    assert alternative_of("OP4", ["op4 alt"]) == "OP4 alt 2"
    assert label_before_first(Kind.PREAMBULAR, ["PP0 bis"]) == "PP0 ter"


def test_after_vicies_plain_numbers_follow() -> None:
    given: list[str] = []
    for _ in range(25):
        given.append(label_after("PP3", given))
    assert given[18:21] == ["PP3 vicies", "PP3 21", "PP3 22"]
    assert [canonical(label) for label in given] == given


def test_a_paragraph_before_the_first_is_zero_bis() -> None:
    assert label_before_first(Kind.PREAMBULAR) == "PP0 bis"
    assert label_before_first("OP4") == "OP4(0) bis"
    assert label_before_first("OP4(a)") == "OP4(a)(0) bis"


def test_the_first_sub_paragraph_is_a() -> None:
    assert first_child("OP4") == "OP4(a)"
    assert first_child("OP4(a)") == "OP4(a)(i)"
    assert first_child("PP3 bis") == "PP3 bis(a)"


def test_an_alternative_stands_beside_its_clause() -> None:
    assert alternative_of("OP4") == "OP4 alt"
    assert alternative_of("OP4 alt") == "OP4 alt 2"
    assert alternative_of("OP4(a)") == "OP4(a) alt"


def test_what_is_no_label_has_no_neighbours() -> None:
    with pytest.raises(ValueError, match="not a label"):
        label_after("paragraph four")
    with pytest.raises(ValueError, match="sub-paragraphs"):
        first_child("H1")


def test_labels_of_one_part_sort_as_the_text_does() -> None:
    in_order = [
        *(
            "OP0 bis",
            "OP4",
            "OP4(0) bis",
            "OP4(a)",
            "OP4(a)(i)",
            "OP4(a)(ii)",
            "OP4(a) alt",
            "OP4(a) bis",
            "OP4(b)",
            "OP4(z)",
        ),
        *(
            "OP4(aa)",
            "OP4 alt",
            "OP4 alt(a)",
            "OP4 alt 2",
            "OP4 bis",
            "OP4 bis(a)",
            "OP4 ter",
            "OP4 vicies",
            "OP4 21",
            "OP5",
            "OP10",
        ),
    ]
    labels = [read_label(label) for label in in_order]
    assert [str(label) for label in sorted(labels[1::2] + labels[::2])] == in_order


def test_renumbering_counts_each_part_and_level() -> None:
    kinds = [
        *((Kind.TITLE, 1), (Kind.OPENING, 1), (Kind.PREAMBULAR, 1), (Kind.PREAMBULAR, 2), (Kind.PREAMBULAR, 1)),
        *((Kind.HEADING, 1), (Kind.HEADING, 2), (Kind.OPERATIVE, 1), (Kind.OPERATIVE, 2), (Kind.OPERATIVE, 3)),
        *((Kind.OPERATIVE, 2), (Kind.OPERATIVE, 1), (Kind.OPERATIVE, 2), (Kind.ANNEX, 1), (Kind.PARAGRAPH, 1)),
        *((Kind.OPENING, 1), (Kind.PARAGRAPH, 2), (Kind.FOOTNOTE, 1)),
    ]
    assert renumbered([Clause(kind, "", "", level) for kind, level in kinds]) == (
        *(
            "Title",
            "Opening",
            "PP1",
            "PP1(a)",
            "PP2",
            "H1",
            "H2",
            "OP1",
            "OP1(a)",
            "OP1(a)(i)",
            "OP1(b)",
            "OP2",
            "OP2(a)",
        ),
        *("Annex 1", "P1", "Opening 2", "P1(a)", "N1"),
    )


def test_a_level_left_out_gets_a_label_of_its_own() -> None:
    clauses = [Clause(Kind.OPERATIVE, "", "", level) for level in (2, 1, 3, 2, 2, 3)]
    assert renumbered(clauses) == ("OP0(a)", "OP1", "OP1(0)(i)", "OP1(a)", "OP1(b)", "OP1(b)(i)")
