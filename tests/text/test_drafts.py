"""The drafts/ format as people meet it: what they write, what they get, what they are told when it does not fit."""

from pathlib import Path

import pytest

from app.problems import DraftUnreadable, TextRefused
from app.text.clauses import Clause, Draft, FrontMatter, Kind
from app.text.drafts import parse, print_draft

CANONICAL = """\
---
slug: sse
title: 'Rules: a title with a colon'
organ: General Assembly
symbol: A/77/L.60
language: en
sponsors:
- France
- Spain
closing:
- 66th plenary meeting
---

*The General Assembly*,

PP1. *Recalling further* its resolution 70/1 of 25 September 2015,[^1]

PP1 bis. *Deeply concerned* that 5 \\* 3 is not snake\\_case,

## Follow-up

### Means

OP1. *Also encourages* Member States:

OP1(a). To consult;

OP1(a)(i). Early;

OP1 alt. *Takes note with appreciation* of the report;

## [H2 bis] Inserted during the reading

OP2. *Requests* the Secretary-General to report.

# Annex 1. Terms of reference

P1. States should meet.

[^1]: Also known as the 2030 Agenda.
"""


def test_a_canonical_file_is_printed_as_it_was() -> None:
    assert print_draft(parse(CANONICAL)) == CANONICAL


def test_every_clause_has_its_kind_label_level_and_plain_text() -> None:
    draft = parse(CANONICAL)
    assert draft.front.sponsors == ("France", "Spain")
    assert [(clause.kind, clause.label, clause.level) for clause in draft.clauses] == [
        (Kind.TITLE, "Title", 1),
        (Kind.OPENING, "Opening", 1),
        (Kind.PREAMBULAR, "PP1", 1),
        (Kind.PREAMBULAR, "PP1 bis", 1),
        (Kind.HEADING, "H1", 1),
        (Kind.HEADING, "H2", 2),
        (Kind.OPERATIVE, "OP1", 1),
        (Kind.OPERATIVE, "OP1(a)", 2),
        (Kind.OPERATIVE, "OP1(a)(i)", 3),
        (Kind.OPERATIVE, "OP1 alt", 1),
        (Kind.HEADING, "H2 bis", 1),
        (Kind.OPERATIVE, "OP2", 1),
        (Kind.ANNEX, "Annex 1", 1),
        (Kind.PARAGRAPH, "P1", 1),
        (Kind.FOOTNOTE, "N1", 1),
    ]
    assert draft.clauses[2].text == "Recalling further its resolution 70/1 of 25 September 2015,[^1]"
    assert draft.clauses[3].text == "Deeply concerned that 5 * 3 is not snake_case,"


def test_a_file_as_people_write_it_is_read() -> None:
    draft = parse(
        "\ufeff---\r\ntitle: A title\r\nsponsors: [France, Spain]\r\n---\r\n"
        "The General Assembly,\r\n"
        "**PP1.** _Recalling_ its resolution\r\n  70/1,\r\n"
        "PP 2: __Noting__ the_report of *all*,\r\n"
        "PP3 Recalling that,\r\n"
        "op1. Requests all\r\nStates:\r\n"
        "  OP1 (A). to act.\r\n"
        "# Annex\r\n"
        "[^1]: A note\r\n    that goes on\r\n"
    )
    assert draft.front == FrontMatter(sponsors=("France", "Spain"))
    assert [(clause.label, clause.text) for clause in draft.clauses] == [
        ("Title", "A title"),
        ("Opening", "The General Assembly,"),
        ("PP1", "Recalling its resolution 70/1,"),
        ("PP2", "Noting the_report of all,"),
        ("PP3", "Recalling that,"),
        ("OP1", "Requests all States:"),
        ("OP1(a)", "to act."),
        ("Annex 1", "Annex"),
        ("N1", "A note that goes on"),
    ]


@pytest.mark.parametrize(
    ("source", "line", "found"),
    [
        ("", 1, "nothing"),
        ("---\nslug: a\n", 1, "without an end"),
        ("---\nslug: a\ncolour: red\n---\n", 3, "unknown key colour"),
        ("---\nslug: a\nslug: b\n---\n", 3, "a second time"),
        ("---\nslug: [a]\n---\n", 2, "as slug"),
        ("---\nslug: a\nsponsors: France\n---\n", 3, "as sponsors"),
        ("---\nsponsors:\n- a\n- {b: c}\n---\n", 4, "inside sponsors"),
        ("---\nslug: 'a\n---\n", 2, "not YAML"),
        ("---\nslug: &a b\ntitle: *a\n---\n", 2, "anchor or alias"),
        ("---\ntitle: !!python/name:os.system x\n---\n", 2, "tag"),
        ("---\n- a\n---\n", 2, "without keys"),
        ('---\ntitle: "\\UFFFFFFFF"\n---\n', 2, "not YAML"),
        ("PP1. *Noting* a,\n\nsome words\n", 3, "some words"),
        ("PP1. *Noting* a,\n\n*Noting* words without a label,\n", 3, "*Noting* words"),
        ("PP1. *Noting* a,\n\nPP1. *Noting* b,\n", 3, "PP1 a second time"),
        ("OP1. *Notes* a:\n\nOP2(a). b;\n", 3, "OP2(a) without OP2"),
        ("OP1. *Notes* a;\n\nPP1. *Noting* b,\n", 3, "PP1 after an operative paragraph"),
        ("OP1.\n\nOP2. *Notes* b;\n", 1, "OP1 without words"),
        ("OP1. *Notes* a;\nOP2 encore. *Notes* b;\n", 2, "OP2 encore"),
        ("PP1. *Noting* a,\n\n# A title in the middle\n", 3, "# A title"),
    ],
)
def test_what_has_no_place_is_refused_with_its_line(source: str, line: int, found: str) -> None:
    with pytest.raises(DraftUnreadable) as refused:
        parse(source)
    assert refused.value.facts["line"] == line
    assert found in str(refused.value.facts["found"])
    assert refused.value.facts["expected"]


def test_a_growing_alias_is_refused_before_it_grows() -> None:
    bomb = "---\n" + "".join(f"k{n}: &k{n} [{', '.join([f'*k{n - 1}'] * 9)}]\n" for n in range(1, 99)) + "---\n"
    with pytest.raises(DraftUnreadable):
        parse(bomb)


def test_a_hidden_character_is_named_with_its_paragraph() -> None:
    with pytest.raises(TextRefused, match="PP1"):
        parse("PP1. *Noting* a\u202eb,\n")


def test_a_part_with_its_own_preamble_may_follow_operative_paragraphs() -> None:
    source = "## A\n\nOP1. *Notes* a;\n\n## B\n\n*The General Assembly*,\n\nPP1. *Noting* b,\n"
    assert parse(source).clauses[-1].label == "PP1"


def test_a_text_with_a_line_break_cannot_add_a_paragraph() -> None:
    printed = print_draft(Draft(clauses=(Clause(Kind.OPERATIVE, "OP1", "Requests a;\n\nOP2. Requests b;"),)))
    assert [clause.label for clause in parse(printed).clauses] == ["OP1"]


def test_the_zero_draft_on_the_social_and_solidarity_economy_is_canonical_and_of_its_shape() -> None:
    source = (Path(__file__).resolve().parents[2] / "drafts" / "sse.md").read_text("utf-8")
    draft = parse(source)
    assert print_draft(draft) == source
    labels = [clause.label for clause in draft.clauses]
    assert labels[:3] == ["Title", "Opening", "PP1"]
    assert [label for label in labels if label.startswith("PP")] == [f"PP{number}" for number in range(1, 15)]
    assert [label for label in labels if label.startswith("OP")] == [
        "OP1", "OP2", "OP2(a)", "OP2(b)", "OP2(c)", "OP2(d)", "OP3", "OP4", "OP5", "OP6", "OP7", "OP8"
    ]  # fmt: skip
    assert all(clause.text.endswith(",") for clause in draft.clauses if clause.kind is Kind.PREAMBULAR)
    assert all(clause.text[-1] in ";:" for clause in draft.clauses[:-1] if clause.kind is Kind.OPERATIVE)
    assert draft.clauses[-1].text.endswith(".")
