"""Which words are set in italics, as in official documents."""

import pytest

from app.text.clauses import Kind
from app.text.openers import opener
from tests.corpus import needs_corpus, resolution_lines, symbols


@pytest.mark.parametrize(
    ("text", "italics"),
    [
        ("Recalling its resolution 70/1,", "Recalling"),
        ("Recalling also its resolution 70/1,", "Recalling also"),
        ("Deeply concerned that hunger rises,", "Deeply concerned"),
        ("Taking note, in this regard, of events,", "Taking note"),
        ("Taking note with appreciation of the report,", "Taking note with appreciation"),
        ("Noting with deep concern also that,", "Noting with deep concern also"),
        ("Bearing in mind the Charter,", "Bearing in mind"),
        ("Having also considered the report,", "Having also considered"),
        ("Expressing its sincere appreciation to all,", "Expressing its sincere appreciation"),
        ("Recalling and reaffirming all,", "Recalling and reaffirming"),
        ("Remaining deeply concerned about hunger,", "Remaining deeply concerned"),
        ("Guided by the Charter,", "Guided"),
        ("RECALLING its resolution,", "RECALLING"),
        ("Mutualizing the efforts of all,", "Mutualizing"),
        ("The role of cooperatives,", ""),
        ("", ""),
    ],
)
def test_a_preambular_opener_is_the_participle_with_its_adverbs(text: str, italics: str) -> None:
    assert opener(Kind.PREAMBULAR, text) == italics


@pytest.mark.parametrize(
    ("text", "italics"),
    [
        ("Encourages Member States;", "Encourages"),
        ("Also calls upon States;", "Also calls upon"),
        ("Calls once again upon States;", "Calls once again upon"),
        ("Takes note of the report;", "Takes note"),
        ("Expresses its deep concern at hunger;", "Expresses its deep concern"),
        ("Notes with satisfaction that;", "Notes with satisfaction"),
        ("Welcomes and encourages all efforts;", "Welcomes and encourages"),
        ("Decides to remain seized of the matter.", "Decides"),
        ("Condemns unequivocally all acts;", "Condemns unequivocally"),
        ("Federates the efforts of all;", "Federates"),
        ("States should consider;", ""),
        ("Governments must act;", ""),
        ("We reaffirm our commitment.", ""),
    ],
)
def test_an_operative_opener_is_the_verb_with_its_adverbs(text: str, italics: str) -> None:
    assert opener(Kind.OPERATIVE, text) == italics


def test_the_opening_line_is_in_italics_but_for_its_comma() -> None:
    assert opener(Kind.OPENING, "The General Assembly,") == "The General Assembly"


def test_a_paragraph_of_an_annex_has_italics_only_for_a_verb_that_is_certain() -> None:
    assert opener(Kind.PARAGRAPH, "Approves the report.") == "Approves"
    assert opener(Kind.PARAGRAPH, "Members meet once a year.") == ""


def test_headings_have_no_opener() -> None:
    assert opener(Kind.HEADING, "Recalling the past") == ""


@needs_corpus
def test_nearly_every_paragraph_of_real_resolutions_has_an_opener() -> None:
    kinds = {"preambular": Kind.PREAMBULAR, "operative": Kind.OPERATIVE}
    found = [
        opener(kinds[line["paragraph_type"]], line["text"])
        for symbol in symbols()
        if symbol.startswith("A_HRC")
        for line in resolution_lines(symbol)
        if line.get("paragraph_type") in kinds and line.get("paragraph_level", 1) == 1
    ]
    assert sum(map(bool, found)) / len(found) > 0.95
