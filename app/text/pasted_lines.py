"""The lines of official documents: what a single line can be, told from its form alone.

Sources of the forms: the layout of resolutions of the General Assembly, the Security Council, the Economic and
Social Council and the Human Rights Council, from the scanned pages of the first sessions to today's documents.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from app.text.clauses import Kind
from app.text.openers import opener


class LineKind(StrEnum):
    """What a line of a document is. A page number or running head counts as footnote: it belongs to the page."""

    FRONTMATTER = "frontmatter"
    TITLE = "title"
    OPENING = "opening"
    HEADING = "heading"
    PREAMBULAR = "preambular"
    OPERATIVE = "operative"
    CLOSING = "closing"
    FOOTNOTE = "footnote"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a pasted text.

    `text` is the line without its number. `level` is 1 for a paragraph, 2 for (a), 3 for (i); for a heading its depth.
    `number` is as printed, without a full stop: `1`, `(a)`, `IV`, `•`; empty where there is none. `continues` says that
    the line goes on with the paragraph before it. A paragraph without a number is preambular, unless it opens with an
    operative verb. `line` is the whole line as it stands.
    """

    text: str
    kind: LineKind
    level: int = 1
    number: str = ""
    continues: bool = False
    line: str = ""


_SHORT_HEADING = 120  # characters

MARGIN = re.compile(
    r"<!--.*-->|[_—–*-]{3,}|(?:\*\s*){3}|\d{1,4}|(?:GE\.\d{2}-\d{5}|Please recycle)\b.{0,40}"
    r"|(?:\d{1,3}/\d{1,3}\s+)?\*?\d{2}-?\d{5}\*?(?:\s?\([A-Z]\))?(?:\s+\d{1,3}/\d{1,3}|\s.{0,20}\d{6})?|\d{1,3}/\d{1,3}"
)
"""Page marks: rules, page numbers (`17`, `2/5`), document numbers (`24-24164 (E)`, `GE.17-11542`), page comments."""

LATER_PAGE = re.compile(r"<!-- Page (?:[2-9]|\d\d+) -->")
RULE = re.compile(r"[_—–-]{3,}")
FOOTNOTE = re.compile(
    r"(?P<mark>[⁰¹²³⁴-⁹]+|\d{1,3}/(?=\s)|\[\^?\d{1,3}\]:?|"
    r"\d{1,3}(?=\s+(?:See|Ibid|Resolution|Official Records|United Nations|"
    r"General Assembly|Available|Adopted|For |The |Document|[A-Z]{1,3}/)))\s*(?P<text>\S.*)"
)
NOTE_BELOW_A_RULE = re.compile(r"(?P<number>\d{1,3})\s+(?P<text>\S.*)")
RUNNING_HEAD = re.compile(
    r"(?:[A-Z]{1,3}/(?:[A-Z0-9.]+/)*(?:RES/\S+|L\.\d+(?:/\S+)?)(?: \(\d{4}\))?(?:\s.*)?|"
    r"General Assembly\s?—\s?\S+ Session|"
    r"(?:[IVX]+\.\s+)?Resolutions adopted (?:on the reports? of|without reference to) .*|"
    r"\S.{0,160}(?:\t|\s{3,})[A-Z]{1,3}/(?:[A-Z0-9.]+/)*(?:RES/\S+|L\.\d+\S*)(?: \(\d{4}\))?)"
)

SYMBOL = re.compile(r"[A-Z]{1,3}/\S*\d\S*(?: \(\d{4}\))?")

NUMBERED = re.compile(r"(?P<number>\d{1,4})\s?(?:\.(?!\d)|\))\s*(?P<text>\S.*)")
NUMBER_WITHOUT_STOP = re.compile(r"(?P<number>\d{1,3})\s+(?P<text>[A-Z][a-z]+s\b.*[;:.])")
LETTERED = re.compile(r"\((?P<number>[a-z]{1,5}|[A-Z]|\d{1,2})\)\s*(?P<text>.*)|(?P<bare>[a-z])\.\s+(?P<rest>\S.*)")
BULLET = re.compile(r"(?P<number>[•·▪▫◦‣●○■□*]|[–—-](?=\s))\.?\s*(?P<text>\S.*)")

TITLE = re.compile(
    r"(?P<number>(?:(?:S|ES|SS)-)?\d{1,4}/\d{1,4}(?:\s?[A-Z](?:-[A-Z])?)?|\d{1,4} ?\([A-Z]+(?:-[A-Z]+)?\))"
    r"(?:\.\s*|\s+)(?P<text>\D.*)"
)
COUNCIL_TITLE = re.compile(r"Resolution (?P<number>\d{1,4} \(\d{4}\))")
_ORGAN = r"Assembly|Council|Commission|Committee|Conference|Congress|Board|Parties|Meeting|Forum|Union|Authority|Body"
OPENING = re.compile(
    rf"(?:[“\"])?(?:The (?:[\w’'.,()-]+ ){{0,14}}?(?:{_ORGAN})\b(?: [\w’'()-]+){{0,12}}"
    rf"|THE (?:[A-Z’'.,()-]+ ){{0,14}}?(?:{_ORGAN.upper()})\b(?: [A-Z’'()-]+){{0,12}})[,.]?"
)

ROMAN = re.compile(r"(?P<number>[IVXL]+)(?:\.|(?=\s)|$)\s*(?P<text>.*)")
LETTER = re.compile(r"(?P<number>[A-Z])(?:\.\s*|\s*$)(?P<text>.*)")
LETTER_ALONE = re.compile(r"(?P<number>[A-Z])\.?")
ANNEX = re.compile(r"(?:ANNEX|Annex|Appendix|APPENDIX)(?:\s+(?P<number>[IVXL]+|\d+|[A-Z]))?\.?")
PART = re.compile(
    r"(?:Part|Section|Chapter|Article|Rule|Income section)\s+(?P<number>[IVXL]+|\d+[A-Z]?|[A-Z]|one|two|three)[.:]?",
    re.I,
)

_MONTH = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
DATE = re.compile(rf"\d{{1,2}} {_MONTH}(?: \d{{4}})?\.?")
MEETING = re.compile(r"\d{1,5}(?:st|nd|rd|th)\b.{0,30}\bmeeting\b.*", re.I)
VOTE = re.compile(
    r"\[?(?:Adopted|Rejected|Approved) (?:without a vote|unanimously|by (?:consensus|a |an |\d)).*"
    r"|(?:In favour|Against|Abstaining|Abstentions?|IN FAVOUR|AGAINST|ABSTAINING):.*"
)
SESSION = re.compile(r"[A-Z][A-Za-z-]+(?: [a-z]+)? session|\d+(?:st|nd|rd|th) (?:special )?session")
AGENDA_ITEM = re.compile(r"Agenda items? \S.*", re.I)
MASTHEAD_ENTRY = re.compile(r"(?:Resolution adopted|Adopted by the|Agenda items?|\[(?:on|without)) .*")
MASTHEAD = re.compile(
    r"Agenda items?\b.*|.*\bsession\b.{0,20}|\[.*\]?|(?:Draft )?resolution(?: adopted.*)?|Adopted by .*|Distr\..*|"
    r"GENERAL|UNITED\b.*|NATIONS|Original:.*|.*: (?:revised )?draft resolution|General Assembly|Security Council|"
    r"Economic and Social Council|Human Rights Council|(?:First|Second|Third|Fourth|Fifth|Sixth) Committee|.*\d{4}",
    re.I,
)

_TERMINAL = re.compile(r"[,;:.][”\"’')\]]*(?:\s*\d{1,2}/?|[⁰¹²³⁴-⁹]*)$")


@dataclass(frozen=True, slots=True)
class Numbered:
    """A number at the head of a line, and the words after it."""

    number: str
    text: str


def full(pattern: re.Pattern[str], line: str) -> Numbered | None:
    """The number and text of a line that `pattern` matches as a whole, if it does."""
    match = pattern.fullmatch(line)
    if match is None:
        return None
    groups = match.groupdict()
    number = groups.get("number") or groups.get("bare") or ""
    return Numbered(number, (groups.get("text") or groups.get("rest") or "").strip())


def is_ended(line: str) -> bool:
    """Whether a line ends as paragraphs do, with a comma, semicolon, colon or full stop (and a footnote mark)."""
    return _TERMINAL.search(line) is not None


def is_opening(lines: list[str], at: int) -> bool:
    """An organ in the nominative on a line of its own, with a comma or before a participle or verb."""
    if at >= len(lines) or not OPENING.fullmatch(lines[at]):
        return False
    following = next((line for line in lines[at + 1 : at + 4] if not full(MARGIN, line)), "")
    return lines[at].endswith(",") or opens(following)


def is_part(lines: list[str], at: int) -> bool:
    """A letter on a line of its own above an opening line, or above the title of the part and then its opening."""
    if at >= len(lines) or not LETTER_ALONE.fullmatch(lines[at]):
        return False
    has_title = at + 1 < len(lines) and not is_ended(lines[at + 1])
    return is_opening(lines, at + 1) or (has_title and is_opening(lines, at + 2))


def opens(line: str) -> bool:
    bare = line.lstrip('“"_*')
    return bool(opener(Kind.PREAMBULAR, bare) or opener(Kind.PARAGRAPH, bare))


def is_operative(line: str) -> bool:
    return bool(opener(Kind.PARAGRAPH, line)) and not line.endswith(",")


def begins_a_resolution(line: str) -> bool:
    is_numbered = full(NUMBERED, line) is not None and is_ended(line)
    return is_numbered or (line.endswith(",") and bool(opener(Kind.PREAMBULAR, line)))


def reads_as_preambular(line: str) -> bool:
    """A participle and more words than a heading has ("Capacity-building" is one): a paragraph that lost its comma."""
    return bool(opener(Kind.PREAMBULAR, line)) and len(line) > _SHORT_HEADING


def has_number(line: str) -> bool:
    return any(full(form, line) for form in (NUMBERED, LETTERED, BULLET))
