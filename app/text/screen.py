"""What may stand in a text: a text must read as it is stored, so nothing invisible and nothing that reorders it."""

import re
import unicodedata

from app.problems import TextEmpty, TextRefused, TextTooLong
from app.said import N_, Field, Said

TEXT_LIMIT = 20_000  # characters of one paragraph; the longest of 250 real resolutions has under 6,000
MARKS_LIMIT = 8  # combining marks on one letter; fully pointed Arabic and Hebrew need at most 4

# Spaces at both ends go. A line separator or a control character there is refused like anywhere else.
_SPACES = "".join(chr(code) for code in range(0x3001) if unicodedata.category(chr(code)) == "Zs")
_ENDS = _SPACES + "\t\r\n"

# Characters that Unicode does not count as format characters, and that show nothing all the same (or, for the last two,
# stand for something that was lost on the way).
_BLANKS = (
    "\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180d\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\ufffc\ufffd\U000e0100-\U000e01ef"
)
_BLANK = re.compile(f"[{_BLANKS}]")
_LOST = "\ufffc\ufffd"
_BIDIRECTIONAL = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_LINE_ENDS = "\n\v\f\r\x85\u2028\u2029"
_UNWANTED = frozenset({"Cc", "Cs", "Co", "Cn"})
_CONTROL_NAMES = {"\t": "TABULATION", "\n": "LINE FEED", "\r": "CARRIAGE RETURN", "\0": "NULL", "\x1b": "ESCAPE"}

_RETYPE = N_("Delete it, or type the words around it again.")
_STANDARD = N_("Use a character of the Unicode standard.")


def screened(text: str, field: str, limit: int = TEXT_LIMIT) -> str:
    """The text of one paragraph as it is stored: NFC, on one line, without white space at its ends.

    Raises TextRefused, which names the character and its position (from 1, in `text` as given), for everything that
    does not show: control, format and private-use characters, blanks, and piles of combining marks; TextTooLong beyond
    `limit` characters; TextEmpty when nothing is left. `field` is what the person calls the text. Quotes, dashes,
    no-break spaces and the marks of all scripts stay as they are.
    """
    stripped = text.strip(_ENDS)
    if not stripped:
        raise TextEmpty(field=Field(field))
    _refuse_too_long(stripped, field, limit)
    if not stripped.isascii() or not stripped.isprintable():
        start = len(text) - len(text.lstrip(_ENDS))
        _refuse_hidden(stripped, start, field)
        _refuse_piles(stripped, start, field)
    composed = unicodedata.normalize("NFC", stripped)
    _refuse_too_long(composed, field, limit)  # a few characters come apart in NFC
    return composed


def screened_lines(text: str, field: str, limit: int) -> str:
    """What somebody says, each line of it screened as a paragraph is. Raises what `screened` raises."""
    if len(text) > limit or not text.strip():
        return screened(text.strip(), field, limit=limit)
    return "\n".join(screened(line, field) if line.strip() else "" for line in text.strip().splitlines())


def _refuse_too_long(text: str, field: str, limit: int) -> None:
    if len(text) > limit:
        raise TextTooLong(field=Field(field), length=len(text), limit=limit)


def _refuse_hidden(text: str, start: int, field: str) -> None:
    blank = _BLANK.search(text)
    if blank is None and text.isprintable():
        return
    for position, character in enumerate(text, start=start + 1):
        why = _why_refused(character)
        if why is not None:
            what, remedy = why
            name = _name(character)
            raise TextRefused(
                field=Field(field),
                reason=Said("{what}, {name},", what=what, name=name),
                position=position,
                remedy=remedy,
                character=name,
            )


def _refuse_piles(text: str, start: int, field: str) -> None:
    """Refuse letters under a pile of marks, which run over the lines above and below. Counted as NFC will have them."""
    marks = 0
    for position, character in enumerate(text, start=start + 1):
        if character < "\u0300" or unicodedata.category(character)[0] != "M":
            marks = 0
            continue
        marks += len(unicodedata.normalize("NFC", character))
        if marks > MARKS_LIMIT:
            name = _name(character)
            raise TextRefused(
                field=Field(field),
                reason=Said(
                    "more than {marks_limit} combining marks on one letter, the last {name},",
                    marks_limit=MARKS_LIMIT,
                    name=name,
                ),
                position=position,
                remedy=Said("Keep only the marks that the language needs."),
                character=name,
            )


def _why_refused(character: str) -> tuple[str, str] | None:
    """What the character is and what to do about it; None if it is welcome."""
    category = unicodedata.category(character)
    if character == "\t":
        return Said("a tab"), Said("Use a space: a paragraph is one line without columns.")
    if character in _LINE_ENDS:
        return Said("a line break"), Said("One paragraph is one line: join the lines, or propose a paragraph for each.")
    if character in _BIDIRECTIONAL:
        return (
            Said("a mark that changes the direction of writing"),
            Said("Delete it: each script finds its own direction."),
        )
    if character in _LOST:
        return Said("a stand-in for something that was lost in copying"), Said("Type what should be there.")
    if _BLANK.match(character) or category == "Cf":
        return Said("an invisible character"), Said(_RETYPE)
    if category not in _UNWANTED:
        return None
    others = {
        "Cc": (Said("a control character"), Said(_RETYPE)),
        "Cs": (Said("half of a character"), Said(_RETYPE)),
        "Co": (Said("a character with no agreed meaning (private use)"), Said(_STANDARD)),
        "Cn": (Said("a character unknown to Unicode"), Said(_STANDARD)),
    }
    return others[category]


def _name(character: str) -> str:
    """`ZERO WIDTH SPACE (U+200B)`, or the code alone where Unicode has no name."""
    code = f"U+{ord(character):04X}"
    name = unicodedata.name(character, _CONTROL_NAMES.get(character, ""))
    return f"{name} ({code})" if name else code
