"""How a paragraph ends: the mark that says what kind of paragraph it is, and whether another follows."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from app.text.clauses import Kind
from app.text.editorial_findings import Found, Paragraph, Reading, Rule, Severity

_COUNTS: Final = "counts from 1,338 resolutions of the General Assembly"

PREAMBULAR = Rule(
    "preambular-comma",
    "A preambular paragraph ends in a comma",
    Severity.ERROR,
    f"United Nations editorial practice; {_COUNTS}: 98.4 % of preambular paragraphs.",
)
OPERATIVE = Rule(
    "operative-semicolon",
    "An operative paragraph ends in a semicolon",
    Severity.ERROR,
    f"United Nations editorial practice; {_COUNTS}: 99.8 % end in a semicolon or, before sub-paragraphs, a colon.",
)
LAST = Rule(
    "final-full-stop",
    "The last paragraph of the text ends in a full stop",
    Severity.ERROR,
    f"United Nations editorial practice; {_COUNTS}: 99.5 % of texts.",
)
CHAPEAU = Rule(
    "chapeau-colon",
    "A paragraph with sub-paragraphs ends in a colon before them",
    Severity.WARNING,
    "United Nations editorial practice; nearly all of the paragraphs with sub-paragraphs in 250 resolutions.",
)
SUBPARAGRAPH = Rule(
    "subparagraph-semicolon",
    "A sub-paragraph ends in a semicolon, the last as its paragraph would",
    Severity.WARNING,
    "United Nations editorial practice; more than nine in ten of the sub-paragraphs in 250 resolutions.",
)
RULES: Final = (PREAMBULAR, OPERATIVE, LAST, CHAPEAU, SUBPARAGRAPH)

# The same marks in the other scripts of the United Nations languages.
_FULL: Final = {"，": ",", "；": ";", "：": ":", "。": ".", "،": ",", "؛": ";", "、": ","}
_IN_SCRIPT: Final = {",": "，", ";": "；", ":": "：", ".": "。"}, {",": "،", ";": "؛", ":": ":", ".": "."}
_NAMES: Final = {",": "a comma", ";": "a semicolon", ":": "a colon", ".": "a full stop"}

# A mark, then what may stand behind it: closing quotes and brackets, references to footnotes ("[^3]", "⁷⁷", "8/"). A
# bare number right behind a mark is the reference to a footnote that was lost when the text was copied.
_CLOSERS: Final = r"[”’\"'»)\]]*"
_REFERENCES: Final = r"(?:\s?\[\^\d+\]|[⁰¹²³⁴-⁹]+|\s\d{1,3}/)*"
_MARKED: Final = re.compile(
    rf"(?P<mark>[,;:.，；：。،؛、]){_CLOSERS}(?:(?<!\d[,.])\d{{1,3}}/?|(?<=\d{{4}}[,.])\d{{1,3}}/?)?{_REFERENCES}\s*$"
)
_UNMARKED: Final = re.compile(rf"(?P<mark>){_REFERENCES}\s*$")
_LONGEST_ENDING: Final = 60  # characters
_AND: Final = re.compile(r"(?P<mark>[;,；،؛])\s*(?:and|or|and/or|et|ou|y|o|и|или|و|أو|和|以及),?\s*$")
_NO_OTHER_END: Final = re.compile(r"[\w”’\"'»)\]％%]$")


@dataclass(frozen=True, slots=True)
class _Ending:
    """The mark at the end of a text as its ASCII form (empty for none), and where it stands or should stand."""

    mark: str
    start: int
    end: int
    is_and: bool = False


def findings(reading: Reading) -> Iterator[Found]:
    sentences = _lists_of_sentences(reading) | reading.listed
    for paragraph in reading.paragraphs:
        expected = _expected(paragraph, reading, sentences)
        if expected is None:
            continue
        rule, marks = expected
        ending = _ending(paragraph.text)
        if ending is None or (ending.mark and ending.mark in marks):
            continue
        yield _finding(reading, paragraph, rule, marks[0], ending)


def _finding(reading: Reading, paragraph: Paragraph, rule: Rule, mark: str, ending: _Ending) -> Found:
    text = paragraph.text
    written = text[ending.start : ending.end]
    right = mark
    for script in _IN_SCRIPT:
        if written in script.values() and not written.isascii():
            right = script[mark]
    found = f"ends in “{written}”" if written else "ends without a mark"
    message = f"This paragraph {found}; {_why(rule)} {_NAMES[mark]}."
    # Before sub-paragraphs it may be their level that is wrong, and after a colon what it leads to is missing.
    is_certain = not ending.is_and and ending.mark != ":" and rule is not CHAPEAU
    if not written and not (text[: ending.start] and _NO_OTHER_END.search(text[: ending.start])):
        is_certain = False
    fix = text[: ending.start] + right + text[ending.end :] if is_certain else None
    place = (ending.start, ending.end) if written else (max(ending.start - 1, 0), ending.start)
    return reading.found(rule, paragraph.at, place, message, fix)


def _why(rule: Rule) -> str:
    return {
        PREAMBULAR.id: "a preambular paragraph ends in",
        OPERATIVE.id: "an operative paragraph that others follow ends in",
        LAST.id: "the last one ends in",
        CHAPEAU.id: "before sub-paragraphs stands",
        SUBPARAGRAPH.id: "a sub-paragraph at this place ends in",
    }[rule.id]


def _expected(paragraph: Paragraph, reading: Reading, sentences: frozenset[int]) -> tuple[Rule, str] | None:
    """The rule for the end of a paragraph and the marks that it allows, the right one first."""
    if paragraph.in_annex or paragraph.part in reading.prose:
        return None
    if paragraph.heads:
        return (CHAPEAU, ":,") if paragraph.kind is Kind.PREAMBULAR else (CHAPEAU, ":")
    if paragraph.kind is Kind.PREAMBULAR:
        return _expected_preambular(paragraph)
    if paragraph.kind is Kind.OPERATIVE:
        return _expected_operative(paragraph, sentences)
    if paragraph.kind is Kind.PARAGRAPH and paragraph.opener and _is_last(paragraph):
        return LAST, "." if paragraph.following is None else ".:"
    return None


def _expected_preambular(paragraph: Paragraph) -> tuple[Rule, str] | None:
    following = paragraph.following
    if paragraph.clause.level == 1:
        return PREAMBULAR, ","
    if following is not None and following.kind is Kind.PREAMBULAR and following.level > 1:
        return SUBPARAGRAPH, ";,"
    return SUBPARAGRAPH, ","


def _expected_operative(paragraph: Paragraph, sentences: frozenset[int]) -> tuple[Rule, str] | None:
    following = paragraph.following
    if _is_last(paragraph):
        return LAST, "." if following is None else ".:"  # a text may lead to the one that it recommends or annexes
    if paragraph.at in sentences:
        return None
    if paragraph.leads_to_a_list:
        return OPERATIVE, ":"
    rule = OPERATIVE if paragraph.clause.level == 1 else SUBPARAGRAPH
    if following is None or following.kind is not Kind.OPERATIVE:
        return rule, ";."  # before a heading either is right: sections end like texts, or run on
    return rule, ";"


def _is_last(paragraph: Paragraph) -> bool:
    following = paragraph.following
    return following is None or following.kind in (Kind.ANNEX, Kind.OPENING, Kind.TITLE, Kind.PREAMBULAR)


def _lists_of_sentences(reading: Reading) -> frozenset[int]:
    """Sub-paragraphs of which the first ends in a full stop: whole sentences, as in programmes of work."""
    found: list[int] = []
    first_ends_a_sentence = False
    above: Paragraph | None = None
    for paragraph in reading.paragraphs:
        if paragraph.kind is not Kind.OPERATIVE or paragraph.clause.level == 1:
            above = paragraph
            continue
        if above is not None and above.clause.level == 1 and not paragraph.heads:
            ending = _ending(paragraph.text)
            first_ends_a_sentence = ending is not None and ending.mark == "." and not _is_last(paragraph)
        above = paragraph
        if first_ends_a_sentence:
            found.append(paragraph.at)
    return frozenset(found)


def _ending(text: str) -> _Ending | None:
    """How a text ends; None where that is none of a paragraph's business (a text without a letter)."""
    if not any(map(str.isalnum, text)):
        return None
    before = max(len(text) - _LONGEST_ENDING, 0)
    tail = text[before:]
    match = (and_match := _AND.search(tail)) or _MARKED.search(tail) or _UNMARKED.search(tail)
    if match is None:  # pragma: no cover - the last pattern matches the end of any text
        return None
    mark = match["mark"]
    start, end = match.span("mark")
    return _Ending(_FULL.get(mark, mark), before + start, before + end, is_and=and_match is not None)
