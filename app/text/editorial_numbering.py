"""The frame of a text: title, opening line, and numbers without gaps."""

import re
from collections.abc import Iterator
from typing import Final

from app.text.clauses import Kind
from app.text.editorial_findings import Found, Paragraph, Reading, Rule, Severity
from app.text.labels import Label, Step, read_label

_PRACTICE: Final = "United Nations editorial practice"

TITLE = Rule("title-full-stop", "The title ends without a full stop", Severity.WARNING, f"{_PRACTICE}.")
OPENING = Rule(
    "opening-line",
    "The opening line names the organ and ends in a comma",
    Severity.WARNING,
    f"{_PRACTICE}; 245 of 253 opening lines in 250 resolutions end in a comma, and nearly all before a preamble.",
)
ORGAN = Rule(
    "opening-organ",
    "The opening line names the organ of the front matter",
    Severity.WARNING,
    "Plain sense: the organ that speaks is the one that adopts.",
    english_only=True,
)
NO_OPENING = Rule(
    "opening-missing", "An opening line stands before the first paragraph", Severity.WARNING, f"{_PRACTICE}."
)
GAP = Rule("numbering-gap", "Paragraphs are numbered without gaps", Severity.WARNING, f"{_PRACTICE}.")
TWICE = Rule("label-twice", "A label stands once", Severity.ERROR, "A label is the address of a paragraph.")
LETTERS = Rule(
    "letters-gap", "Letters within a paragraph, (a), (b), (c), follow each other", Severity.WARNING, f"{_PRACTICE}."
)
EMPTY = Rule("no-words", "A paragraph has words", Severity.ERROR, "Plain sense.")
RULES: Final = (TITLE, OPENING, ORGAN, NO_OPENING, GAP, TWICE, LETTERS, EMPTY)

_FULL_STOP: Final = re.compile(r"(?<=[^\W\d_A-Z]{2})\.$|(?<=[)”])\.$|。$")
_FORMULA: Final = re.compile(r"The (?:[\w’'.()-]+,? ){0,14}?[A-Z][\w’'-]*(?: [\w’'()-]+){0,12}", re.UNICODE)
_COMMAS: Final = (",", "，", "،")
_LETTERED: Final = re.compile(r"(?<![\w)])(?<!\d )(?<!\) )\((?P<letter>[a-z])\) (?=\w)")
_CITED: Final = re.compile(
    r"(?:paragraphs?|subparagraphs?|sub-paragraphs?|articles?|items?|sub-items?|sections?|regulations?|rules?|parts?|"
    r"groups?|options?|annex|and|or|to|,) ?$"
)


def findings(reading: Reading) -> Iterator[Found]:
    clauses = reading.draft.clauses
    labels: set[str] = set()
    for at, clause in enumerate(clauses):
        if not clause.text.strip():
            yield reading.found(EMPTY, at, (0, len(clause.text)), "There are no words in this paragraph.")
        if clause.label in labels:
            yield reading.found(TWICE, at, (0, 0), f"{clause.label} stands before already.")
        labels.add(clause.label)
        if clause.kind is Kind.TITLE and (match := _FULL_STOP.search(clause.text)):
            fix = clause.text[: match.start()]
            yield reading.found(TITLE, at, match.span(), "A title ends without a full stop.", fix)
    yield from _opening_lines(reading)
    yield from _gaps(reading)
    for paragraph in reading.paragraphs:
        yield from _letters(reading, paragraph)


def _opening_lines(reading: Reading) -> Iterator[Found]:
    has_opening = False
    is_missing_said = False
    for paragraph in reading.paragraphs:
        text = paragraph.text
        if paragraph.kind is Kind.PREAMBULAR and not has_opening and not is_missing_said:
            is_missing_said = True
            message = "No opening line (“The General Assembly,”) stands before this paragraph."
            yield reading.found(NO_OPENING, paragraph.at, (0, min(1, len(text))), message)
        if paragraph.kind is not Kind.OPENING:
            continue
        is_first = not has_opening  # a text may hold one that it recommends to another organ
        has_opening = True
        goes_on = paragraph.following is not None and paragraph.following.kind is Kind.PREAMBULAR
        if text and goes_on and not text.rstrip().endswith(_COMMAS):
            fix = text + "," if _FORMULA.fullmatch(text) else None
            place = (max(len(text) - 1, 0), len(text))
            yield reading.found(OPENING, paragraph.at, place, "An opening line ends in a comma.", fix)
        organ = reading.draft.front.organ
        if is_first and organ and organ.lower().removeprefix("the ") not in text.lower():
            message = f"The front matter names the {organ.removeprefix('the ')}."
            yield reading.found(ORGAN, paragraph.at, (0, len(text)), message)


def _gaps(reading: Reading) -> Iterator[Found]:
    """Each number follows the one before at its level: 3 after 2, (a) first, bis and alt beside their own."""
    before: dict[tuple[Kind, tuple[Step, ...]], Step] = {}
    for at, clause in enumerate(reading.draft.clauses):
        label = read_label(clause.label)
        if label is None or label.kind is Kind.FOOTNOTE:  # footnotes carry the marks of their page
            continue
        *above, step = label.steps
        place = (label.kind, tuple(above))
        last = before.get(place, Step(0))
        if step.number > last.number + 1:
            wanted = Label(label.kind, (*above, Step(last.number + 1)))
            yield reading.found(GAP, at, (0, 0), f"{label} follows where {wanted} is expected.")
        elif step < last and str(label) == clause.label:
            after = Label(label.kind, (*above, last))
            yield reading.found(GAP, at, (0, 0), f"{label} stands after {after}.")
        before[place] = max(step, last)


def _letters(reading: Reading, paragraph: Paragraph) -> Iterator[Found]:
    """Lists that stand within a paragraph: (a) ...; (b) ...; (d) ... Letters that cite a paragraph are left out."""
    text = paragraph.text
    if "(a)" not in text:
        return
    last = ""
    for match in _LETTERED.finditer(text):
        letter = match["letter"]
        if letter == "a" and not _CITED.search(text[: match.start()][-16:]):
            last = "a"
        elif last and letter == chr(ord(last) + 1):
            last = letter
        elif last and letter == chr(ord(last) + 2):
            message = f"({letter}) follows ({last}): ({chr(ord(last) + 1)}) is missing."
            yield reading.found(LETTERS, paragraph.at, (match.start(), match.start() + 3), message)
            last = letter
