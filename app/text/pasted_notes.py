"""References to footnotes in pasted text: superscripts, and plain digits where only a reference can be meant."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from app.text.clauses import Clause, Kind

_SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_TO_DIGITS = str.maketrans(_SUPERSCRIPTS, "0123456789")
# Digits that follow a small letter or a closing mark directly, and end a word: "Committee,13 and". After a digit they
# may be part of a number ("1,500"), after a capital part of a name ("COP26", "A3"). The old style is "resolution; 8/".
_CANDIDATE = re.compile(
    rf"[{_SUPERSCRIPTS}]+"
    r"|(?:(?<=[a-z”\"’)])|(?<=[^\d\s][,;.]))\d{1,3}(?=$|[\s,;.:])"
    r"|\s\d{1,3}/(?=$|[\s,;.])"
)


def digits(mark: str) -> str:
    """The mark of a footnote as digits: `13` for a superscript 13, `8` for `8/`."""
    return mark.strip(" /").translate(_TO_DIGITS)


def with_references(clauses: Sequence[Clause], notes: Mapping[str, str]) -> list[Clause]:
    """The clauses with `[^1]` where one refers to a footnote that the text has; `notes` maps digits to labels."""

    def refer(found: re.Match[str]) -> str:
        label = notes.get(digits(found[0]))
        return f"[^{label.removeprefix('N')}]" if label else found[0]

    if not notes:
        return list(clauses)
    return [
        clause if clause.kind is Kind.FOOTNOTE else replace(clause, text=_CANDIDATE.sub(refer, clause.text))
        for clause in clauses
    ]
