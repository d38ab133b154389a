"""The laws of the editorial checks: any draft is checked, fixes settle, and no word is lost on the way."""

import re
import unicodedata
from collections import Counter
from dataclasses import replace

from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.text.clauses import Clause, Draft, FrontMatter, Kind
from app.text.editorial import RULES, Severity, check, fixed
from app.text.editorial_words import BRITISH
from tests.effort import examples
from tests.properties.sentences import any_texts, texts

_PIECES = (
    *(
        "Recalling ",
        "Recalling also ",
        "recognising ",
        "Deeply concerned ",
        "Requests ",
        "Also requests ",
        "encourages ",
    ),
    *(
        "its resolution 70/1",
        " of 25 September 2015",
        " of 31 June 2015",
        "resolutions 39/11 and 39/12, ",
        "1325 (2000)",
    ),
    *(
        "paragraph 3 above",
        "paragraphs 1 (a) and 2 bis below",
        "labor",
        "the the ",
        "this resolution",
        "2026-2035",
        "(ILO)",
    ),
    *("“", "”", "«", "»", '"', "'", "’", "(", ")", "[", "]", "[^1]", "[^7]", "¹", "(a) ", "(b) ", "(d) "),
    *(
        ",",
        ";",
        ":",
        ".",
        "..",
        ",,",
        " ",
        "  ",
        " ,",
        "; and",
        ";7",
        " 8/",
        "，",
        "؛",
        "\u0421ouncil",
        "word",
        "İ",
        "ß",
    ),
)
_TEXTS = st.lists(st.sampled_from(_PIECES), max_size=10).map("".join) | texts | any_texts
_LABELS = st.sampled_from(
    ["OP1", "OP2", "OP2 bis", "OP3(a)", "PP1", "P1", "N1", "Annex 1", "H1", "Title", "", "?", "OP0"]
)
_CLAUSES = st.builds(Clause, st.sampled_from(list(Kind)), _LABELS, _TEXTS, st.integers(1, 4))
_FRONTS = st.builds(
    FrontMatter,
    organ=st.sampled_from(["", "General Assembly", "Security Council"]),
    language=st.sampled_from(["en", "fr", "zh", "ar", ""]),
)
drafts = st.builds(Draft, _FRONTS, st.lists(_CLAUSES, max_size=8).map(tuple))
"""Any list of clauses, in any order, also such as no reader would let through."""

_SPELLING = re.compile(r"(?<=[a-z])is(?=(?:e[sd]?|ing|ation(?:s|al)?)$)")


def words(text: str) -> Counter[str]:
    """The words of a text, however they are spelled, but for those that count repetitions."""
    found = re.findall(r"[¹²³⁰⁴-⁹]+|[^\W¹²³⁰⁴-⁹]+", unicodedata.normalize("NFC", text))
    spelled = (BRITISH.get(word.lower(), _SPELLING.sub("iz", word.lower())) for word in found)
    return Counter(word for word in spelled if word not in ("also", "further"))


@settings(max_examples=examples(200), deadline=None)
@given(drafts)
@example(Draft())
def test_any_draft_is_checked_and_each_finding_has_its_place(draft: Draft) -> None:
    by_label: dict[str, list[Clause]] = {}
    for clause in draft.clauses:
        by_label.setdefault(clause.label, []).append(clause)
    for finding in check(draft):
        rule = RULES[finding.rule]
        assert finding.severity is rule.severity
        assert isinstance(finding.severity, Severity)
        assert any(0 <= finding.start <= finding.end <= len(clause.text) for clause in by_label[finding.label])
        assert finding.message
        assert finding.fix is None or any(finding.fix != clause.text for clause in by_label[finding.label])


@settings(max_examples=examples(200), deadline=None)
@given(drafts)
def test_what_is_fixed_needs_no_further_fix(draft: Draft) -> None:
    result = fixed(draft)
    assert [finding for finding in check(result) if finding.fix is not None] == []
    assert fixed(result) == result


@settings(max_examples=examples(200), deadline=None)
@given(drafts)
def test_a_fix_loses_no_word_and_changes_nothing_but_texts(draft: Draft) -> None:
    result = fixed(draft)
    assert result.front == draft.front
    assert len(result.clauses) == len(draft.clauses)
    for before, after in zip(draft.clauses, result.clauses, strict=True):
        assert replace(after, text="") == replace(before, text="")
        assert words(after.text) == words(before.text)


@settings(max_examples=examples(120), deadline=None)
@given(drafts)
def test_a_single_fix_heals_every_place_of_its_rule_in_the_clause(draft: Draft) -> None:
    clauses = tuple(replace(clause, label=f"OP{number}") for number, clause in enumerate(draft.clauses, 1))
    draft = replace(draft, clauses=clauses)
    for finding in check(draft):
        if finding.fix is None:
            continue
        mended = tuple(
            replace(clause, text=finding.fix) if clause.label == finding.label else clause for clause in clauses
        )
        left = check(replace(draft, clauses=mended))
        same = [other for other in left if (other.rule, other.label) == (finding.rule, finding.label)]
        assert [other for other in same if other.fix is not None] == []
