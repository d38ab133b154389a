"""What a text refers to: resolutions with their dates, days that exist, its own paragraphs, its footnotes."""

import re
from calendar import monthrange
from collections.abc import Iterator
from typing import Final

from app.text.clauses import Kind
from app.text.editorial_findings import Found, Paragraph, Reading, Rule, Severity
from app.text.labels import ORDINALS, canonical, read_label

DATE = Rule(
    "resolution-date",
    "A resolution or decision carries its date where it is first mentioned",
    Severity.WARNING,
    "United Nations editorial practice (“resolution 70/1 of 25 September 2015”): 1,961 of 1,987 first mentions in 231 "
    "resolutions. The Security Council names its own by number and year alone.",
    english_only=True,
)
TWO_DATES = Rule(
    "two-dates",
    "A resolution has the same date wherever it is mentioned",
    Severity.WARNING,
    "A resolution is adopted on one day.",
    english_only=True,
)
NO_SUCH_DAY = Rule("no-such-day", "A date is a day of the calendar", Severity.ERROR, "The calendar.", english_only=True)
OWN_PARAGRAPH = Rule(
    "own-paragraph",
    "A paragraph that the text refers to exists, above or below as it says",
    Severity.WARNING,
    "Plain sense; paragraphs are inserted and deleted while a text is negotiated.",
    english_only=True,
)
MISSING_NOTE = Rule("footnote-missing", "A reference to a footnote has its footnote", Severity.ERROR, "Plain sense.")
UNUSED_NOTE = Rule("footnote-unused", "A footnote is referred to in the text", Severity.WARNING, "Plain sense.")
RULES: Final = (DATE, TWO_DATES, NO_SUCH_DAY, OWN_PARAGRAPH, MISSING_NOTE, UNUSED_NOTE)

_MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June", "July", "August"),
    *("September", "October", "November", "December"),
)
_DAY: Final = rf"\d{{1,2}}(?: |\u00a0)(?:{'|'.join(_MONTHS)})(?: |\u00a0)\d{{4}}"
_DATED: Final = re.compile(
    rf"\b(?P<day>\d{{1,2}})[ \u00a0](?P<month>{'|'.join(_MONTHS)})(?:[ \u00a0](?P<year>\d{{4}}))?\b"
)

# "70/1", "217 A (III)", "1325 (2000)", "S-30/1", "ES-11/1", "61/3 B", "A/RES/70/1".
_NUMBER: Final = (
    r"(?:(?:[A-Z]+/)+RES/|(?:RC|SS|ES|S)-)?\d{1,4}/\d{1,4}"
    r"(?:[ \u00a0]?[A-Z]\b(?:[ \u00a0](?:and|to)[ \u00a0][A-Z]\b)?)?"
    r"|\d{1,4}(?:[ \u00a0][A-Z])?[ \u00a0]\((?:[A-Z]{1,3}-)?[IVXL]+\)|\d{1,4}[ \u00a0]\(\d{4}\)"
)
_ITEM: Final = re.compile(rf"(?P<number>{_NUMBER})(?P<date>,?[ \u00a0](?:of|adopted on)[ \u00a0](?P<day>{_DAY}))?")
_MENTION: Final = re.compile(rf"\b(?:[Rr]esolution|[Dd]ecision)s?[ \u00a0](?={_NUMBER})")
_BETWEEN: Final = re.compile(
    r"(?:\[\^\d+\]|,? entitled “[^”]{0,300}”|, annex(?: [IVX]+)?|, section [IVX]+(?: [A-Z])?)*"
    r"(?:[,;]? (?:and|or|as well as|to)(?: in)?(?: its)?(?: resolutions?| decisions?)? "
    r"|[,;] (?:its )?(?:resolutions? |decisions? )?)"
)
# What also tells which one is meant: a date further on or shortly before, or the body that adopted it.
_LATER: Final = re.compile(rf"[^;]{{0,200}}?\b(?:(?:of|on|dated) {_DAY}|adopted (?:by|at)\b)")
_EARLIER: Final = re.compile(rf"\bon {_DAY}[^;]{{0,60}}$")
_WINDOW: Final = 260  # characters
# Numbers of other bodies ("250/2002"), and those of the Security Council, whose year stands in them.
_OF_OTHERS: Final = re.compile(r"\d{1,3}/(?:19|20)\d\d")
_WITH_ITS_YEAR: Final = re.compile(r"\d{1,4}[ \u00a0]\(\d{4}\)")

_NUMBERS: Final = rf"\d{{1,3}}(?: (?:{'|'.join(ORDINALS)}))?(?: ?\([a-z]{{1,5}}\))*"
_OWN: Final = re.compile(
    rf"\b(?P<kind>preambular |operative )?paragraphs? "
    rf"(?P<numbers>{_NUMBERS}(?:(?:, | and | or |, and | to |–){_NUMBERS})*)"
    r",? (?:(?P<where>above|below)\b|of (?:the present|this) resolution\b)"
)
_ONE: Final = re.compile(rf"(?P<number>\d{{1,3}})(?P<bis> (?:{'|'.join(ORDINALS)}))?(?P<below>(?: ?\([a-z]{{1,5}}\))*)")
_NOTE: Final = re.compile(r"\[\^(\d+)\]")


def findings(reading: Reading) -> Iterator[Found]:
    yield from _notes(reading)
    yield from _dates(reading)
    yield from _own_paragraphs(reading)
    yield from _days(reading)


def _notes(reading: Reading) -> Iterator[Found]:
    clauses = reading.draft.clauses
    notes = {clause.label for clause in clauses if clause.kind is Kind.FOOTNOTE}
    used: set[str] = set()
    for at, clause in enumerate(clauses):
        for match in _NOTE.finditer(clause.text):
            label = canonical(f"N{match[1]}") or f"N{match[1]}"
            used.add(label)
            if label not in notes:
                yield reading.found(MISSING_NOTE, at, match.span(), f"There is no footnote {match[1]}.")
    for at, clause in enumerate(clauses):
        if clause.kind is Kind.FOOTNOTE and clause.label not in used:
            message = "Nothing in the text refers to this footnote."
            yield reading.found(UNUSED_NOTE, at, (0, len(clause.text)), message)


def _dates(reading: Reading) -> Iterator[Found]:
    dates: dict[str, str] = {}
    mentioned: set[str] = set()
    for paragraph in reading.paragraphs:
        if paragraph.kind not in (Kind.PREAMBULAR, Kind.OPERATIVE, Kind.PARAGRAPH):
            continue
        for number, place, day, is_dated in _mentions(paragraph.text):
            if day and dates.setdefault(number, day) != day:
                message = f"{number} is dated {dates[number]} before, and {day} here."
                yield reading.found(TWO_DATES, paragraph.at, place, message)
            is_first = number not in mentioned
            mentioned.add(number)
            if is_first and not is_dated and _wants_a_date(reading, paragraph, number):
                message = f"{number} is mentioned for the first time, without its date."
                yield reading.found(DATE, paragraph.at, place, message)


def _wants_a_date(reading: Reading, paragraph: Paragraph, number: str) -> bool:
    if reading.is_of_the_security_council or paragraph.in_annex or _OF_OTHERS.fullmatch(number):
        return False
    return paragraph.kind is Kind.PREAMBULAR or not _WITH_ITS_YEAR.fullmatch(number)


def _mentions(text: str) -> Iterator[tuple[str, tuple[int, int], str, bool]]:
    """Each resolution or decision of a text: number, place, the date behind it, and whether it has one at all.

    In "resolutions 39/11 and 39/12 of 12 November 1984" both have the date.
    """
    read_to = 0
    for mention in _MENTION.finditer(text):
        if mention.start() < read_to:
            continue  # it stands in the list of the mention before
        items: list[re.Match[str]] = []
        position = mention.end()
        while item := _ITEM.match(text, position):
            items.append(item)
            between = _BETWEEN.match(text, item.end())
            if between is None:
                break
            position = between.end()
        if not items:
            continue
        end = read_to = items[-1].end()
        is_dated = bool(
            _LATER.match(text[end : end + _WINDOW])
            or _EARLIER.search(text[max(mention.start() - _WINDOW, 0) : mention.start()])
        )
        for item in reversed(items):
            is_dated = is_dated or item["date"] is not None
            yield item["number"], item.span("number"), item["day"] or "", is_dated


def _days(reading: Reading) -> Iterator[Found]:
    for at, clause in enumerate(reading.draft.clauses):
        for match in _DATED.finditer(clause.text):
            year = int(match["year"] or 2000)  # a leap year: without one, 29 February may be meant
            days = monthrange(max(year, 1), _MONTHS.index(match["month"]) + 1)[1]
            if not 1 <= int(match["day"]) <= days:
                yield reading.found(NO_SUCH_DAY, at, match.span(), f"There is no {match[0]}.")


def _own_paragraphs(reading: Reading) -> Iterator[Found]:
    before_part = _last_numbers_before(reading)
    known = {clause.label: at for at, clause in enumerate(reading.draft.clauses)}
    for paragraph in reading.paragraphs:
        if paragraph.in_annex or "paragraph" not in paragraph.text:
            continue
        for match in _OWN.finditer(paragraph.text):
            is_preambular = (match["kind"] or "").startswith("pre")
            head = "PP" if is_preambular else "OP"
            offset = 0 if is_preambular else before_part.get(paragraph.part, 0)
            for one in _ONE.finditer(match["numbers"]):
                label = canonical(
                    f"{head}{int(one['number']) + offset}{one['bis'] or ''}{one['below'].replace(' ', '')}"
                )
                problem = _problem(label, known, paragraph, match["where"])
                if problem:
                    start = match.start("numbers") + one.start()
                    place = (start, start + len(one[0]))
                    yield reading.found(OWN_PARAGRAPH, paragraph.at, place, f"Paragraph {one[0]} {problem}.")


def _problem(label: str | None, known: dict[str, int], paragraph: Paragraph, where: str | None) -> str:
    if label is None or label not in known:
        return "does not exist in this text"
    if where == "above" and known[label] > paragraph.at:
        return "stands below, not above"
    if where == "below" and known[label] < paragraph.at:
        return "stands above, not below"
    return ""


def _last_numbers_before(reading: Reading) -> dict[int, int]:
    """For each part the last number of the operative paragraphs before its preamble: each part counts anew."""
    found: dict[int, int] = {}
    last = before = 0
    for paragraph in reading.paragraphs:
        if paragraph.kind in (Kind.OPENING, Kind.PREAMBULAR):
            before = last
        elif paragraph.kind is Kind.OPERATIVE:
            label = read_label(paragraph.clause.label)
            last = max(last, label.steps[0].number if label else 0)
        found[paragraph.part] = before
    return found
