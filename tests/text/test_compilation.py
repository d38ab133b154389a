"""All open proposals laid over the current text."""

import json
from dataclasses import asdict

import pytest

from app.problems import CompilationUnreadable
from app.text.clauses import Clause, Kind
from app.text.compilation import (
    CompiledRun,
    Mark,
    NewParagraph,
    Proposal,
    base_of,
    compilation,
    draft_compilation,
    read_back,
)
from app.text.compilation_forms import as_html, as_text, read_runs

BASE = "promote sustainable and resilient growth"


def proposed(name: str, by: str, text: str | None) -> Proposal:
    return Proposal(name, tuple(by.split(", ")), text)


def shown(base: str, *proposals: Proposal) -> str:
    return as_text(compilation(base, proposals))


def test_additions_and_deletions_stand_in_place_with_the_delegations_behind_them() -> None:
    inclusive = proposed("A1", "EU, NOR", "promote inclusive and sustainable and resilient growth")
    shorter = proposed("A2", "USA", "promote sustainable growth")
    assert shown(BASE, inclusive, shorter) == (
        "promote [EU, NOR: **inclusive and**] sustainable [USA: ~~and resilient~~] growth"
    )


def test_identical_proposals_share_one_bracket_with_the_co_sponsors_after_the_proposers() -> None:
    text = BASE.replace("promote", "promote fair and")
    compiled = compilation(BASE, [proposed("A1", "EU, FRA, ESP", text), proposed("A4", "NOR, ISL", text)])
    (added,) = (run for run in compiled.runs if run.mark is Mark.ADDED)
    assert added.by == ("EU", "NOR", "FRA", "ESP", "ISL")
    assert added.amendments == ("A1", "A4")


def test_proposals_that_share_one_edit_share_its_bracket() -> None:
    ours = proposed("A1", "EU", BASE.replace("promote", "foster"))
    theirs = proposed("A2", "USA", BASE.replace("promote", "foster").replace("growth", "development"))
    assert shown(BASE, ours, theirs) == (
        "[EU, USA: ~~promote~~ **foster**] sustainable and resilient [USA: ~~growth~~ **development**]"
    )


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_competing_insertions_stand_side_by_side_in_order_of_submission(order: tuple[int, int]) -> None:
    both = (proposed("A1", "EU", f"{BASE}, jobs"), proposed("A2", "NOR", f"{BASE}, income"))
    brackets = ("[EU: **, jobs**]", "[NOR: **, income**]")
    assert shown(BASE, *(both[number] for number in order)) == BASE + "".join(brackets[number] for number in order)


def test_a_deletion_of_the_paragraph_marks_all_of_it_and_is_read_back_as_one() -> None:
    compiled = compilation(BASE, [proposed("A1", "USA", None)])
    assert as_text(compiled) == f"[USA: ~~{BASE}~~]"
    assert read_back(compiled, "A1") is None


def test_every_amendment_and_the_base_are_read_back_from_the_compilation() -> None:
    proposals = [
        proposed("A1", "EU", BASE.replace("sustainable and", "sustainable, inclusive and")),
        proposed("A2", "NOR", BASE.replace("and resilient ", "")),
        proposed("A3", "USA", "foster growth"),
        proposed("A4", "CHN", None),
        proposed("A5", "BRA", BASE),
    ]
    compiled = compilation(BASE, proposals)
    assert base_of(compiled) == BASE
    assert [read_back(compiled, proposal.name) for proposal in proposals] == [proposal.text for proposal in proposals]


def test_an_amendment_that_is_not_shown_is_named_with_those_that_are() -> None:
    with pytest.raises(ValueError, match="A9 is not among A1, A2"):
        read_back(compilation(BASE, [proposed("A1", "EU", None), proposed("A2", "NOR", None)]), "A9")


def test_two_amendments_of_one_name_are_refused() -> None:
    with pytest.raises(ValueError, match="a name of its own"):
        compilation(BASE, [proposed("A1", "EU", None), proposed("A1", "NOR", "growth")])


def test_a_compilation_survives_json() -> None:
    compiled = compilation(BASE, [proposed("A1", "EU", "promote growth")])
    again = json.loads(json.dumps(asdict(compiled)))
    assert again["runs"][1] == {
        "mark": "deleted",
        "text": "sustainable and resilient ",
        "by": ["EU"],
        "amendments": ["A1"],
    }


@pytest.mark.parametrize(
    ("base", "text", "notation"),
    [
        ("growth and jobs", "growth, income and jobs", "growth[EU: **, income**] and jobs"),
        ("to promote growth", "to foster growth", "to [EU: ~~promote~~ **foster**] growth"),
        ("see [1] and 2*3 ~ 6", "see [1] and 2*3 ~ 7", r"see \[1\] and 2\*3 \~ [EU: ~~6~~ **7**]"),
        ("a [x]", "a [y]", r"a \[[EU: ~~x~~ **y**]\]"),
        ("a  b", "a b", "a[EU: ~~  ~~ ** **]b"),
        ("growth", "**growth**", r"[EU: **\*\***]growth[EU: **\*\***]"),
        ("", "new text", "[EU: **new text**]"),
    ],
)
def test_white_space_and_literal_signs_are_written_so_that_they_can_be_told_apart(
    base: str, text: str, notation: str
) -> None:
    compiled = compilation(base, [proposed("A1", "EU", text)])
    assert as_text(compiled) == notation
    assert read_runs(notation) == tuple(CompiledRun(run.mark, run.text, run.by) for run in compiled.runs)


@pytest.mark.parametrize(
    ("source", "position"),
    [("growth]", 7), ("a [EU **x**]", 3), ("[EU: **x**", 11), ("[EU: x]", 6), ("2*3", 2), ("[EU: **x** ]", 12)],
)
def test_what_is_no_bracket_and_has_no_backslash_is_refused_with_its_place(source: str, position: int) -> None:
    with pytest.raises(CompilationUnreadable) as refused:
        read_runs(source)
    assert refused.value.facts["position"] == position


def test_html_says_in_words_who_adds_and_who_deletes_and_escapes_what_people_wrote() -> None:
    compiled = compilation("a & b c", [Proposal("A1", ('<"EU">',), "a & <script> c"), proposed("A2", "NOR", "a & b")])
    html = as_html(compiled)
    assert html.startswith("a &amp; ")
    assert '<ins data-by="&lt;&quot;EU&quot;&gt;" data-amendments="A1">&lt;script&gt;</ins>' in html
    assert '[<span class="by">NOR:</span> <del data-by="NOR" data-amendments="A2"> c</del>]' in html


def test_a_whole_draft_shows_new_paragraphs_in_place_and_joins_those_that_are_the_same() -> None:
    clauses = [Clause(Kind.OPERATIVE, "OP1", BASE), Clause(Kind.OPERATIVE, "OP2", "Decides to remain seized.")]
    new = Clause(Kind.OPERATIVE, "OP1 bis", "")
    compiled = draft_compilation(
        clauses,
        {"OP2": [proposed("A4", "USA", None)]},
        [
            NewParagraph(1, new, proposed("A1", "EU", "Welcomes the report;")),
            NewParagraph(1, new, proposed("A2", "NOR", "Notes the report;")),
            NewParagraph(1, new, proposed("A3", "ISL", "Welcomes the report;")),
        ],
    )
    assert [(clause.is_proposed, clause.clause.label, as_text(clause.compilation)) for clause in compiled] == [
        (False, "OP1", BASE),
        (True, "OP1 bis", "[EU, ISL: **Welcomes the report;**]"),
        (True, "OP1 bis", "[NOR: **Notes the report;**]"),
        (False, "OP2", "[USA: ~~Decides to remain seized.~~]"),
    ]
