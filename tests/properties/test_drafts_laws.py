"""The laws of the drafts/ format: what is printed can be read, what is read is printed again, nothing breaks it."""

import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.problems import DraftUnreadable, Problem
from app.text.clauses import Clause, Draft, FrontMatter, Kind
from app.text.drafts import parse, print_draft
from app.text.openers import opener
from app.text.screen import screened
from tests.effort import examples

_TRAPS = """*|**|_|\\|`|<b>|[^1]|[|#|## |1.|(a)|OP1.|PP1. |P1(a).|---|Opening.|[H3]|[^1]: |&amp;|: |- |'|"|!tag|&anchor
# Annex 1.|Recalling also|Requests|The General Assembly,|~|null|{a: b}|%|@|’|é|جمعية|大会| |,|;""".replace(
    "\n", "|"
).split("|")


def is_stored_as_it_is(text: str) -> bool:
    try:
        return screened(text, "text") == text
    except Problem:
        return False


_TEXTS = st.lists(
    st.sampled_from(_TRAPS) | st.text(st.characters(exclude_categories=["C", "Zl", "Zp"]), max_size=8), max_size=6
).map(lambda pieces: unicodedata.normalize("NFC", "".join(pieces)).strip())
texts = _TEXTS.map(lambda text: text or "text").filter(is_stored_as_it_is)
_MAYBE = st.just("") | texts


@st.composite
def fronts(draw: st.DrawFn) -> FrontMatter:
    lists = st.lists(texts, max_size=3).map(tuple)
    return FrontMatter(
        slug=draw(_MAYBE), organ=draw(_MAYBE), symbol=draw(_MAYBE), session=draw(_MAYBE), agenda_item=draw(_MAYBE),
        language=draw(_MAYBE), sponsors=draw(lists), masthead=draw(lists), closing=draw(lists),
    )  # fmt: skip


_PREFIXES = {Kind.PREAMBULAR: "PP", Kind.OPERATIVE: "OP", Kind.PARAGRAPH: "P", Kind.HEADING: "H", Kind.FOOTNOTE: "N",
             Kind.ANNEX: "Annex ", Kind.OPENING: "Opening "}  # fmt: skip


def _label(kind: Kind, number: int, suffix: str) -> str:
    if kind is Kind.OPENING:
        return "Opening" if number == 1 else f"Opening {number}"
    return f"{_PREFIXES[kind]}{number}{suffix}"


@st.composite
def drafts(draw: st.DrawFn) -> Draft:
    """Any valid draft: labels once each, sub-paragraphs below their paragraph, texts of any kind."""
    clauses = [Clause(Kind.TITLE, "Title", draw(texts))] if draw(st.booleans()) else []
    used: set[str] = set()
    is_operative = False
    for kind in draw(st.lists(st.sampled_from(list(_PREFIXES)), max_size=12)):
        label = _label(kind, draw(st.integers(1, 9)), draw(st.sampled_from(["", "", " bis", " alt 2", " quinquies"])))
        if label in used or (kind is Kind.PREAMBULAR and is_operative):
            continue
        used.add(label)
        is_operative = kind is Kind.OPERATIVE or (is_operative and kind in (Kind.PARAGRAPH, Kind.FOOTNOTE))
        level = draw(st.integers(1, 4)) if kind is Kind.HEADING else 1
        clauses.append(Clause(kind, label, draw(texts), level))
        if kind in (Kind.PREAMBULAR, Kind.OPERATIVE, Kind.PARAGRAPH):
            for depth, mark in enumerate(
                draw(st.sampled_from([(), ("(a)",), ("(a)", "(ii)"), ("(0)(i)",), ("(b) bis", "(iv) alt")])), 2
            ):
                label += mark
                clauses.append(Clause(kind, label, draw(texts), max(depth, label.count("(") + 1)))
    return Draft(draw(fronts()), tuple(clauses))


@settings(max_examples=examples(350), deadline=None)
@given(drafts())
def test_a_printed_draft_reads_as_the_same_draft_and_prints_as_it_was(draft: Draft) -> None:
    printed = print_draft(draft)
    read = parse(printed)
    assert read == draft
    assert print_draft(read) == printed


@settings(max_examples=examples(500), deadline=None)
@given(texts)
@example("*a* _b_ **c** \\* [^1]")
@example("0\u00a0.")
def test_any_text_survives_as_any_kind_of_paragraph(text: str) -> None:
    kinds = (Kind.OPENING, Kind.HEADING, Kind.PREAMBULAR, Kind.OPERATIVE, Kind.ANNEX, Kind.PARAGRAPH, Kind.FOOTNOTE)
    clauses = tuple(Clause(kind, _label(kind, 1, ""), text) for kind in kinds)
    assert parse(print_draft(Draft(clauses=clauses))).clauses == clauses


_LINES = """---
slug: a
title: &a b
sponsors: *a
sponsors: [x, y]
masthead:
- x
!!python/object:a.b {}
"\\UFFFFFFFF"
%YAML 99999999999999999999.1
{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{
PP1. *Recalling* a,
OP1. *Requests* b;
OP1(a). c;
OP1(a)(i). d.
*The General Assembly*,
## I
# Annex 1. A
# T
P1. p
[^1]: n
text

**OP2.** x
\\""".splitlines()


@settings(max_examples=examples(500), deadline=None)
@given(st.lists(st.sampled_from(_LINES) | st.text(max_size=30), max_size=12).map("\n".join))
def test_whatever_is_read_is_a_draft_or_a_problem_with_its_line(source: str) -> None:
    try:
        draft = parse(source)
    except DraftUnreadable as problem:
        line = problem.facts["line"]
        lines = max(1, len(source.splitlines()))
    except Problem:
        return
    else:
        line = lines = 1
        assert parse(print_draft(draft)) == draft
    assert 1 <= int(str(line)) <= lines


@settings(max_examples=examples(100), deadline=None)
@given(drafts())
def test_a_draft_reads_the_same_with_windows_line_ends_and_a_byte_order_mark(draft: Draft) -> None:
    assert parse("\ufeff" + print_draft(draft).replace("\n", "\r\n")) == draft


_OPENING_WORDS = st.sampled_from(
    [
        "also",
        "further",
        "deeply",
        "once",
        "again",
        "noting",
        "notes",
        "with",
        "concern",
        "and",
        "its",
        "expresses",
        "note",
    ]
)


@settings(max_examples=examples(500), deadline=None)
@given(st.sampled_from(list(Kind)), st.lists(_OPENING_WORDS, max_size=6).map(" ".join) | texts)
def test_an_opener_is_a_prefix_of_its_text_that_ends_with_a_word(kind: Kind, text: str) -> None:
    found = opener(kind, text)
    assert text.startswith(found)
    assert found == found.rstrip()


def test_a_law_holds_for_the_empty_draft() -> None:
    assert parse(print_draft(Draft())) == Draft()
    with pytest.raises(DraftUnreadable):
        parse("")
