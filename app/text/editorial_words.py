"""Words: the spelling of United Nations documents, words written twice, abbreviations introduced twice."""

import re
from collections.abc import Iterator
from typing import Final

from app.text.clauses import Kind
from app.text.editorial_findings import Found, Reading, Rule, Severity

SPELLING = Rule(
    "spelling",
    "Words are spelled as in United Nations documents: British, with -ize",
    Severity.HINT,
    "United Nations editorial practice; in 250 resolutions “recognizing” 396 times and “recognising” 5 times, “labour” "
    "252 times and “labor” never; every exception is a text of the Security Council.",
    english_only=True,
)
TWICE = Rule("word-twice", "No small word twice in a row", Severity.WARNING, "Plain sense.", english_only=True)
PRESENT = Rule(
    "present-resolution",
    "A text calls itself “the present resolution”",
    Severity.HINT,
    "United Nations editorial practice; outside the Security Council 226 times in 231 resolutions, “this resolution” 2 "
    "times.",
    english_only=True,
)
ABBREVIATION = Rule(
    "abbreviation-twice",
    "An abbreviation is introduced once",
    Severity.HINT,
    "United Nations editorial practice: spelled out at first mention, with the abbreviation in brackets.",
    english_only=True,
)
RULES: Final = (SPELLING, TWICE, PRESENT, ABBREVIATION)


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


# Verbs in -ise that are -ize here, by their stems; only forms that no proper name, noun or other verb shares.
_ISE: Final = _words("""
    author categor central character critical demobil destabil digital econom emphas equal external familiar final
    formal general global harmon hospital ideal immun incentiv industrial institutional internal jeopard legal
    liberal local marginal maxim minim mobil modern monopol national neutral normal operational optim organ patron
    penal polar popular prior priorit privat real recogn regular reorgan revital sanit scrutin sensit social special
    stabil standard stigmat subsid summar symbol sympath synchron urban util victim visual vulcan weapon""")
BRITISH: Final = {
    "labor": "labour",
    "behavior": "behaviour",
    "behaviors": "behaviours",
    "behavioral": "behavioural",
    "favor": "favour",
    "favorable": "favourable",
    "honor": "honour",
    "honoring": "honouring",
    "neighbor": "neighbour",
    "neighbors": "neighbours",
    "neighboring": "neighbouring",
    "center": "centre",
    "centers": "centres",
    "defense": "defence",
    "fulfill": "fulfil",
    "fulfillment": "fulfilment",
    "endeavor": "endeavour",
    "endeavors": "endeavours",
    "analyze": "analyse",
    "analyzed": "analysed",
    "analyzing": "analysing",
    "modeling": "modelling",
    "counseling": "counselling",
    "enrollment": "enrolment",
    "offense": "offence",
    "offenses": "offences",
    "focussed": "focused",
    "wellbeing": "well-being",
    "color": "colour",
}
_STEMS: Final = frozenset(prefix + stem for stem in _ISE for prefix in ("", "de", "re", "dis", "un"))
_ENDING_IN_ISE: Final = re.compile(r"is(?:ation(?:s|al)?|e[sd]?|ing)\b(?![-’'/.@]\w)")
_STEM: Final = re.compile(r"(?:\b[A-Z])?[a-z]{3,20}$")
_LONGEST_STEM: Final = 22  # characters
_SPELLED_OTHERWISE: Final = re.compile(rf"\b(?:{'|'.join(BRITISH)})\b(?![-’'/.@]\w)")
_QUOTED: Final = re.compile(r"“[^“”]*”|«[^«»]*»|\"[^\"]*\"")
_SMALL: Final = _words("the of and to in a an for on with by or as its their from at which this these")
_DOUBLED: Final = re.compile(r"\b([a-z]{1,5})\s+\1\b(?![-/])")
_THIS: Final = re.compile(r"\bthis resolution\b")
_ABBREVIATED: Final = re.compile(r"\((?<=[a-z] \()([A-Z][A-Z-]*[A-Z])\)(?! [A-Z])")


def findings(reading: Reading) -> Iterator[Found]:
    yield from _spelling(reading)
    yield from _abbreviations(reading)
    for paragraph in reading.paragraphs:
        for match in _DOUBLED.finditer(paragraph.text):
            if match[1] in _SMALL:
                message = f"“{match[1]}” stands twice."
                yield reading.found(TWICE, paragraph.at, match.span(), message)
        if not reading.is_of_the_security_council:
            for match in _THIS.finditer(paragraph.text):
                message = "A text calls itself “the present resolution”."
                yield reading.found(PRESENT, paragraph.at, match.span(), message)


def _spelling(reading: Reading) -> Iterator[Found]:
    for at, clause in enumerate(reading.draft.clauses):
        text = clause.text
        misspelled = [*_with_s(text), *_spelled_otherwise(text)]
        if not misspelled:
            continue
        quoted = [match.span() for match in _QUOTED.finditer(text)]
        places = [place for place in sorted(misspelled) if not any(a <= place[0] < b for a, b in quoted)]
        fix = text
        for start, end, right in reversed(places):
            fix = fix[:start] + right + fix[end:]
        for start, end, right in places:
            message = f"“{text[start:end]}” is spelled “{right}”."
            yield reading.found(SPELLING, at, (start, end), message, fix)


def _with_s(text: str) -> Iterator[tuple[int, int, str]]:
    """Where a verb in -ise stands, and how it is spelled. A capital only at the head of a paragraph: elsewhere it may
    be a name (“Organisation for Economic Co-operation and Development”)."""
    for match in _ENDING_IN_ISE.finditer(text):
        before = max(match.start() - _LONGEST_STEM, 0)
        stem = _STEM.search(text[before : match.start()])
        if stem is None or stem[0].lower() not in _STEMS:
            continue
        start = before + stem.start()
        is_name = stem[0][0].isupper() and (start > 0 or match[0].startswith("isation"))
        if not is_name and not (start and text[start - 1].isalnum()):
            yield start, match.end(), f"{stem[0]}iz{match[0][2:]}"


def _spelled_otherwise(text: str) -> Iterator[tuple[int, int, str]]:
    if any(word in text for word in BRITISH):
        for match in _SPELLED_OTHERWISE.finditer(text):
            yield *match.span(), BRITISH[match[0]]


def _abbreviations(reading: Reading) -> Iterator[Found]:
    introduced: dict[str, tuple[str, str]] = {}
    for paragraph in reading.paragraphs:
        if paragraph.kind in (Kind.TITLE, Kind.HEADING, Kind.ANNEX) or paragraph.in_annex:
            continue
        for match in _ABBREVIATED.finditer(paragraph.text):
            word = paragraph.text[: match.start()].split()[-1]
            where, spelled = introduced.setdefault(match[1], (paragraph.clause.label, word))
            if spelled == word and where != paragraph.clause.label:
                message = f"{match[1]} is introduced in {where} already."
                yield reading.found(ABBREVIATION, paragraph.at, match.span(), message)
