"""How a paragraph opens: a participle or a verb, and “also” and “further” where it opens like the one before."""

import re
from collections.abc import Iterator
from typing import Final

from app.text.clauses import Kind
from app.text.editorial_findings import Found, Paragraph, Reading, Rule, Severity

PREAMBULAR = Rule(
    "preambular-opener",
    "A preambular paragraph opens with a participle",
    Severity.WARNING,
    "United Nations editorial practice; all but one of some 4,600 preambular paragraphs of 250 resolutions.",
    english_only=True,
)
OPERATIVE = Rule(
    "operative-opener",
    "An operative paragraph opens with a verb in the third person",
    Severity.WARNING,
    "United Nations editorial practice; all but two of some 9,000 numbered paragraphs of 250 resolutions.",
    english_only=True,
)
CAPITAL = Rule(
    "capital-letter",
    "A paragraph begins with a capital letter",
    Severity.WARNING,
    "United Nations editorial practice, for sub-paragraphs, too; all paragraphs of 231 resolutions. The "
    "Security Council begins sub-paragraphs with small letters.",
    english_only=True,
)
SAME_PREAMBULAR = Rule(
    "same-opener-preamble",
    "A second paragraph with the same opener says “also”, a third “further”",
    Severity.WARNING,
    "United Nations editorial practice; in 231 resolutions 584 of 611 second and 198 of 205 third paragraphs of the "
    "preamble. The Security Council does not follow it.",
    english_only=True,
)
SAME_OPERATIVE = Rule(
    "same-opener-operative",
    "A second operative paragraph with the same verb says “also”, a third “further”",
    Severity.HINT,
    "United Nations editorial practice, in the operative part followed in about half to two thirds of the places.",
    english_only=True,
)
ALONE = Rule(
    "also-alone",
    "“Also” and “further” follow a paragraph with the same opener",
    Severity.HINT,
    "United Nations editorial practice: the word counts repetitions.",
    english_only=True,
)
RULES: Final = (PREAMBULAR, OPERATIVE, CAPITAL, SAME_PREAMBULAR, SAME_OPERATIVE, ALONE)

_COUNTING: Final = ("also", "further")
_FEW_LETTERS: Final = 4
_PARTICIPLE: Final = re.compile(r"[A-Z][a-z]+ing\b")
_SMALL: Final = re.compile(r"[a-z]{2,}\b(?![-/’'.@:])")
# Participles and adjectives that an opener does not show by its ending.
_OTHER_PREAMBULAR: Final = re.compile(
    r"(?:\w+ly )?(?:Having|Driven|Shaken|Struck|Heartened|Hopeful|Grateful|Appreciative|Alert|Keen|Eager|Pursuant)\b"
    r"|(?:In accordance|In pursuance|With a view)\b",
    re.IGNORECASE,
)
# “Recalling, in particular,” goes on with what the paragraph before began.
_GOES_ON: Final = re.compile(r",? (?:in particular|in this (?:regard|context|respect|connection)|especially)\b")
# After the verb, “further” counts only before a word that cannot follow the adjective (“Encourages further work”).
_ADVERB_BEFORE: Final = re.compile(r" (?:that|its|the|this|these|all|each|to|upon|on|with|and|in|of|as|at|by|for)\b")


def findings(reading: Reading) -> Iterator[Found]:
    for paragraph in reading.paragraphs:
        yield from _opening(reading, paragraph)
    yield from _repetitions(reading)


def _opening(reading: Reading, paragraph: Paragraph) -> Iterator[Found]:
    text = paragraph.text
    if paragraph.in_annex or paragraph.part in reading.prose or paragraph.at in reading.listed or not text:
        return
    first = re.match(r"\W*\w+", text)
    place = (0, first.end() if first else len(text))
    is_listed = paragraph.kind in (Kind.PREAMBULAR, Kind.OPERATIVE)
    if is_listed and _SMALL.match(text) and not reading.is_of_the_security_council:
        fix = text[0].upper() + text[1:]
        yield reading.found(CAPITAL, paragraph.at, (0, 1), "A paragraph begins with a capital letter.", fix)
    elif paragraph.kind is Kind.PREAMBULAR and paragraph.clause.level == 1 and not _opens_a_preamble(paragraph):
        message = "A preambular paragraph opens with a participle (Recalling, Deeply concerned, Guided)."
        yield reading.found(PREAMBULAR, paragraph.at, place, message)
    elif paragraph.kind is Kind.OPERATIVE and paragraph.clause.level == 1 and not paragraph.opener:
        message = "An operative paragraph opens with a verb in the third person (Requests, Also encourages)."
        yield reading.found(OPERATIVE, paragraph.at, place, message)


def _opens_a_preamble(paragraph: Paragraph) -> bool:
    return bool(paragraph.opener or _OTHER_PREAMBULAR.match(paragraph.text))


def _repetitions(reading: Reading) -> Iterator[Found]:
    before: Paragraph | None = None
    below: list[str] = []  # the texts of the paragraph before and its sub-paragraphs
    repeated = 0
    for paragraph in reading.paragraphs:
        if paragraph.clause.level > 1:
            below.append(paragraph.text)
            continue
        words = _bare(paragraph)
        if before is None or not words or paragraph.kind is not before.kind or words != _bare(before):
            repeated = 0
            if words and _counting(paragraph):
                yield from _alone(reading, paragraph, words, " ".join(below) if before is not None else "")
        else:
            repeated += 1
            yield from _repeated(reading, paragraph, repeated)
        is_judged = paragraph.kind in (Kind.PREAMBULAR, Kind.OPERATIVE) and not paragraph.in_annex
        before, below = (paragraph, [paragraph.text]) if is_judged else (None, [])


def _repeated(reading: Reading, paragraph: Paragraph, repeated: int) -> Iterator[Found]:
    """The practice goes round: Recalling, Recalling also, Recalling further, and again Recalling."""
    wanted = ("", *_COUNTING)[repeated % 3]
    opener = paragraph.opener
    text = paragraph.text
    if not wanted or _counting(paragraph) or reading.is_of_the_security_council or _GOES_ON.match(text, len(opener)):
        return
    is_preambular = paragraph.kind is Kind.PREAMBULAR
    rule = SAME_PREAMBULAR if is_preambular else SAME_OPERATIVE
    fix = f"{opener} {wanted}{text[len(opener) :]}" if is_preambular and _PARTICIPLE.fullmatch(opener) else None
    count = "third" if repeated % 3 == 2 else "second"
    message = f"The {count} paragraph in a row that opens with “{opener}” says “{wanted}”."
    yield reading.found(rule, paragraph.at, (0, len(opener)), message, fix)


def _alone(reading: Reading, paragraph: Paragraph, words: str, before: str) -> Iterator[Found]:
    stem = words.split()[0][:_FEW_LETTERS]
    place = re.search(rf"\b{_counting(paragraph)}\b", paragraph.text, re.IGNORECASE)
    if place is None or reading.is_of_the_security_council or re.search(rf"\b{stem}", before, re.IGNORECASE):
        return
    if place.start() and place[0] == "further" and not _ADVERB_BEFORE.match(paragraph.text, place.end()):
        return
    message = f"“{place[0]}” counts repetitions of an opener, but the paragraph before opens otherwise."
    yield reading.found(ALONE, paragraph.at, place.span(), message)


def _bare(paragraph: Paragraph) -> str:
    return " ".join(word for word in paragraph.opener.lower().split() if word not in _COUNTING)


def _counting(paragraph: Paragraph) -> str:
    return next((word for word in paragraph.opener.lower().split() if word in _COUNTING), "")
