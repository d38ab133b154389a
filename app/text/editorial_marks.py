"""Marks and spaces: brackets and quotes that have a partner, punctuation where the eye expects it."""

import re
from collections.abc import Iterator
from typing import Final

from app.text.clauses import Kind
from app.text.editorial_findings import Found, Paragraph, Reading, Rule, Severity

_TYPOGRAPHY: Final = "General rules of punctuation, as in all official documents"

BRACKETS = Rule(
    "unbalanced-bracket",
    "Every bracket has its partner in the same paragraph",
    Severity.ERROR,
    f"{_TYPOGRAPHY}; in a negotiation a lost bracket changes what is agreed.",
)
QUOTES = Rule(
    "unbalanced-quote",
    "Every quotation mark has its partner",
    Severity.ERROR,
    f"{_TYPOGRAPHY}; a quotation of several paragraphs opens again with each and closes with the last.",
)
DOUBLE_SPACE = Rule("double-space", "One space between two words", Severity.WARNING, f"{_TYPOGRAPHY}.")
SPACE_BEFORE = Rule(
    "space-before-mark",
    "No space before a punctuation mark",
    Severity.WARNING,
    f"{_TYPOGRAPHY}; not before “:”, “;”, “?” and “!” in French, where a no-break space is right.",
)
SPACE_AFTER = Rule("space-after-mark", "A space after a comma or semicolon", Severity.WARNING, f"{_TYPOGRAPHY}.")
SPACE_INSIDE = Rule("space-inside-brackets", "No space inside brackets", Severity.WARNING, f"{_TYPOGRAPHY}.")
DOUBLE_MARK = Rule(
    "double-mark", "No punctuation mark twice, or two that exclude each other", Severity.WARNING, f"{_TYPOGRAPHY}."
)
STRAIGHT = Rule(
    "straight-quote",
    "Quotation marks and apostrophes are curly throughout, or straight throughout",
    Severity.HINT,
    "United Nations documents are set with curly marks; in 250 resolutions 796 quotations in curly marks and 4 in "
    "straight ones, 1,038 curly and 2 straight apostrophes.",
)
RANGE = Rule(
    "year-range",
    "An en dash stands between the years of a period",
    Severity.HINT,
    "United Nations editorial practice; in 250 resolutions 222 periods with an en dash and 2 with a hyphen.",
)
ALPHABETS = Rule(
    "mixed-alphabets",
    "A word is written in one alphabet",
    Severity.ERROR,
    "A text must read as it is stored: a Cyrillic or Greek letter that looks Latin hides a word from search.",
)
RULES: Final = (
    *(BRACKETS, QUOTES, DOUBLE_SPACE, SPACE_BEFORE, SPACE_AFTER, SPACE_INSIDE, DOUBLE_MARK, STRAIGHT, RANGE, ALPHABETS),
)

_OPENING_OF: Final = {")": "(", "]": "[", "}": "{", "»": "«", "）": "（", "】": "【", "》": "《", "」": "「"}
_BRACKETS: Final = re.compile(r"[()\[\]{}（）【】《》「」]")
_REFERENCE: Final = re.compile(r"\[\^\d+\]")
_LIST_MARK: Final = re.compile(r"\(?(?:\b(?:[a-zA-Z]|[ivx]{1,5}|\d{1,2})\))")
_CURLY: Final = re.compile(r"[“”]")
_GUILLEMETS: Final = re.compile(r"[«»]")
_OTHER_QUOTING: Final = re.compile(r"[„‟〞]")  # „Deutsch“ closes with what opens in English

# The patterns begin with the rare character, so that a text without it is passed over quickly.
_TWO_SPACES: Final = re.compile(r"  +")
_LETTER: Final = "A-Za-zÀ-ÖØ-öø-ɏͰ-ϿЀ-ӿ"
_AFTERWARDS: Final = rf"(?=[\s”’»)\]{_LETTER}]|$)"
_SPACE_BEFORE_STOP: Final = re.compile(rf" (?<!  ) *(?=,{_AFTERWARDS}|\.(?:[\s”’»)\]]|$))")
_SPACE_BEFORE_ANY: Final = re.compile(rf" (?<!  ) *(?=[,;]{_AFTERWARDS}|[.:!?](?:[\s”’»)\]]|$))")
_CLOSE_TOGETHER: Final = re.compile(rf"([,;])(?<=[{_LETTER})\]”»][,;])(?=[{_LETTER}])")
_SPACED_INSIDE: Final = re.compile(r" (?:(?<=[(\[] ) *(?=\w)|(?<!  ) *(?=[)\]]))")
_ADDRESS: Final = re.compile(r"://|www\.|@")
_TWICE: Final = re.compile(r"([,;:.])(?<!\1\1)(?:(?<!\.)\1+|(?<=\.)\.)(?=\s|$)")
_CONTRARY: Final = re.compile(r"[,;:]\s?[,;:.](?=\s|$)")
_APOSTROPHE: Final = re.compile(r"'(?<=[^\W\d_]')(?=[^\W\d_])")
_YEARS: Final = re.compile(r"([12]\d{3})-([12]\d{3})(?<![\w/.–-]\d{4}-\d{4})(?![\w/–-])")
_OTHER_ALPHABET: Final = re.compile(r"[\u0370-\u04ff]")
_WORD_OF_MANY_ALPHABETS: Final = re.compile(
    r"\b[^\W\d_]*(?:[A-Za-zÀ-ɏ](?=[\u0400-\u04ff\u0370-\u03ff])|[\u0400-\u04ff\u0370-\u03ff](?=[A-Za-zÀ-ɏ]))[^\W\d_]*"
)


def findings(reading: Reading) -> Iterator[Found]:
    yield from _brackets(reading)
    yield from _quotes(reading)
    yield from _spaces(reading)
    yield from reading.replaced(DOUBLE_MARK, _TWICE, r"\1", "This mark stands twice.")
    for at, clause in enumerate(reading.draft.clauses):
        for match in _CONTRARY.finditer(clause.text):
            if match[0][0] != match[0][-1]:
                message = f"“{match[0]}”: two marks where only one can be meant."
                yield reading.found(DOUBLE_MARK, at, match.span(), message)
    yield from _straight(reading)
    yield from _years(reading)
    yield from _alphabets(reading)


def _brackets(reading: Reading) -> Iterator[Found]:
    for at, clause in enumerate(reading.draft.clauses):
        text = clause.text
        if not _BRACKETS.search(text):
            continue
        text = _REFERENCE.sub(lambda found: " " * len(found[0]), text)
        marks = {match.end() - 1 for match in _LIST_MARK.finditer(text) if not match[0].startswith("(")}
        waiting: list[int] = []
        for match in _BRACKETS.finditer(text):
            bracket, place = match[0], match.start()
            if bracket not in _OPENING_OF:
                waiting.append(place)
            elif waiting and text[waiting[-1]] == _OPENING_OF[bracket]:
                waiting.pop()
            elif place not in marks:  # "a)" and "1)" number a list
                yield reading.found(
                    BRACKETS, at, match.span(), f"This “{bracket}” closes a bracket that was not opened."
                )
        for place in waiting:
            message = f"This “{text[place]}” is not closed in its paragraph."
            yield reading.found(BRACKETS, at, (place, place + 1), message)


def _quotes(reading: Reading) -> Iterator[Found]:
    """Curly marks and guillemets. A quotation that runs on opens in each of its paragraphs and closes in the last."""
    for mark, pair in ((_CURLY, "“”"), (_GUILLEMETS, "«»")):
        running: Paragraph | None = None  # the last paragraph of a quotation that is still open
        running_from = 0
        for paragraph in reading.paragraphs:
            text = paragraph.text
            goes_on = running is not None and text.lstrip()[:1] == pair[0]
            begins = text.index(pair[0]) if goes_on else -1
            unopened, unclosed = _unpaired(text, mark, pair, begins + 1) if mark.search(text) else ([], [])
            if running is not None:
                if unopened:  # this is where it ends
                    unopened, running = unopened[1:], None
                elif goes_on:
                    running, running_from = paragraph, begins
                elif _is_quoted_below(paragraph):
                    pass
                else:
                    yield _unclosed(reading, running, running_from, pair)
                    running = None
            yield from (
                reading.found(QUOTES, paragraph.at, (place, place + 1), f"This “{text[place]}” closes no quotation.")
                for place in unopened
            )
            for place in unclosed[:-1]:
                yield _unclosed(reading, paragraph, place, pair)
            if unclosed:
                running, running_from = paragraph, unclosed[-1]
        if running is not None:
            yield _unclosed(reading, running, running_from, pair)
    for at, clause in enumerate(reading.draft.clauses):
        if clause.text.count('"') % 2:
            place = clause.text.rindex('"')
            yield reading.found(QUOTES, at, (place, place + 1), "This straight quotation mark has no partner.")


def _is_quoted_below(paragraph: Paragraph) -> bool:
    """Sub-paragraphs and headings may stand inside a quotation that runs on, without a mark of their own."""
    return paragraph.clause.level > 1 or paragraph.in_annex or paragraph.kind in (Kind.HEADING, Kind.PARAGRAPH)


def _unclosed(reading: Reading, paragraph: Paragraph, place: int, pair: str) -> Found:
    message = f"This “{pair[0]}” opens a quotation that is not closed."
    return reading.found(QUOTES, paragraph.at, (place, place + 1), message)


def _unpaired(text: str, mark: re.Pattern[str], pair: str, begins: int) -> tuple[list[int], list[int]]:
    """Where marks close what was not opened, and where they open what is not closed."""
    unopened: list[int] = []
    waiting: list[int] = []
    if _OTHER_QUOTING.search(text):
        return [], []
    for match in mark.finditer(text, begins):
        if match[0] == pair[0]:
            waiting.append(match.start())
        elif waiting:
            waiting.pop()
        else:
            unopened.append(match.start())
    return unopened, waiting


def _spaces(reading: Reading) -> Iterator[Found]:
    yield from reading.replaced(DOUBLE_SPACE, _TWO_SPACES, " ", "More than one space between two words.")
    is_french = reading.draft.front.language.lower().startswith("fr")
    before = _SPACE_BEFORE_STOP if is_french else _SPACE_BEFORE_ANY
    yield from reading.replaced(SPACE_BEFORE, before, "", "A space before a punctuation mark.")
    yield from reading.replaced(SPACE_INSIDE, _SPACED_INSIDE, "", "A space inside a bracket.")
    for at, clause in enumerate(reading.draft.clauses):
        if _CLOSE_TOGETHER.search(clause.text) and not _ADDRESS.search(clause.text):
            fix = _CLOSE_TOGETHER.sub(r"\1 ", clause.text)
            for match in _CLOSE_TOGETHER.finditer(clause.text):
                yield reading.found(SPACE_AFTER, at, match.span(), f"No space after “{match[0]}”.", fix)


def _straight(reading: Reading) -> Iterator[Found]:
    whole = "".join(clause.text for clause in reading.draft.clauses)
    if "’" in whole:
        yield from reading.replaced(STRAIGHT, _APOSTROPHE, "’", "A straight apostrophe in a text with curly ones.")
    if "“" not in whole and "”" not in whole:
        return
    for at, clause in enumerate(reading.draft.clauses):
        text = clause.text
        if '"' not in text:
            continue
        fix = _curled(text)
        for match in re.finditer('"', text):
            message = "A straight quotation mark in a text with curly ones."
            yield reading.found(STRAIGHT, at, match.span(), message, fix)


def _curled(text: str) -> str | None:
    """The text with curly quotation marks where each straight one plainly opens or closes; else None."""
    pieces = text.split('"')
    if len(pieces) % 2 == 0:
        return None
    written = pieces[0]
    for number, piece in enumerate(pieces[1:]):
        opens = number % 2 == 0
        before, after = written[-1:], piece[:1]
        fits = (not before or before in " (\u00a0—") and after.isalnum() if opens else not after.isalnum()
        if not fits:
            return None
        written += ("“" if opens else "”") + piece
    return written


def _alphabets(reading: Reading) -> Iterator[Found]:
    for at, clause in enumerate(reading.draft.clauses):
        if clause.text.isascii() or not _OTHER_ALPHABET.search(clause.text):
            continue
        for match in _WORD_OF_MANY_ALPHABETS.finditer(clause.text):
            yield reading.found(ALPHABETS, at, match.span(), f"“{match[0]}” mixes letters of two alphabets.")


def _years(reading: Reading) -> Iterator[Found]:
    for at, clause in enumerate(reading.draft.clauses):
        fix: str | None = None
        if "-" not in clause.text:
            continue
        for match in _YEARS.finditer(clause.text):
            if int(match[1]) < int(match[2]):
                fix = fix or _YEARS.sub(lambda years: _dashed(years[1], years[2]), clause.text)
                message = f"{_dashed(match[1], match[2])} is written with an en dash."
                yield reading.found(RANGE, at, match.span(), message, fix)


def _dashed(first: str, last: str) -> str:
    return f"{first}–{last}" if int(first) < int(last) else f"{first}-{last}"
