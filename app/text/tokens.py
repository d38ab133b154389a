"""Cuts a text into the units that diff and merge work on: words, runs of white space, single marks of punctuation.

A word is letters, digits and their combining marks, with inner hyphens, apostrophes and slashes (`co-operation`,
`d'aide`, `A/RES/70/1`); a number keeps its decimal and thousands marks (`1.5`, `1,000`), a symbol its stops
(`A/C.3/78/L.60`), a reference to a footnote its brackets (`[^1]`). Chinese and Japanese are written without spaces:
there each character is a token.
"""

import re
import unicodedata

Tokens = tuple[str, ...]

# Combining marks lie in these stretches of Unicode; the rest of it (ideographs, tags) has none that a text may hold.
_MARK_STRETCHES = (range(0x300, 0x3100), range(0xA000, 0xABFF), range(0xFB00, 0xFF00), range(0x10000, 0x1F000))


def _marks() -> str:
    """All combining marks as ranges of a character class. Python's own word class leaves them out."""
    ranges: list[list[int]] = []
    for code in (code for stretch in _MARK_STRETCHES for code in stretch):
        if unicodedata.category(chr(code))[0] == "M":
            if ranges and ranges[-1][1] == code - 1:
                ranges[-1][1] = code
            else:
                ranges.append([code, code])
    return "".join(f"{chr(first)}-{chr(last)}" for first, last in ranges)


_MARK = f"(?![\\0-\u02ff])[{_marks()}]"  # the look-ahead answers at once for the letters of most languages
_IDEOGRAPH = (
    "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\uff66-\uff9f\U00020000-\U0003ffff"
)
_WORD = f"[^\\W{_IDEOGRAPH}]"
_JOINER = "['’ʼ‐‑/·-]"
_TOKEN = re.compile(
    r" (?!\s)|[A-Za-z]++(?=[ ,;])|\s+"  # most tokens of most texts, found without looking at the scripts of the world
    rf"|(?:{_MARK})*{_WORD}+(?:{_JOINER}{_WORD}+|(?:{_MARK})+{_WORD}*|[.٫](?=\d){_WORD}+|(?<=\d)[,٬](?=\d){_WORD}+)*"
    rf"|[{_IDEOGRAPH}](?:{_MARK})*"
    r"|\[\^\d+\]"
    rf"|[^\w\s](?:{_MARK})*"
)


def tokens(text: str) -> Tokens:
    """The tokens of a text in order; joined they give exactly the text. Cost: linear."""
    return tuple(_TOKEN.findall(text))
