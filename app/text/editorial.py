"""Editorial checks: a linter for the house style of resolutions.

A rule says what professionals do (see its source), and each finding where a draft departs from it. Rules that ask for
words run on English drafts only; those on structure and marks on all. The families of rules are in `editorial_*`.
"""

from collections.abc import Iterator
from typing import Final

from app.text import editorial_endings as endings
from app.text import editorial_marks as marks
from app.text import editorial_numbering as numbering
from app.text import editorial_openers as openers
from app.text import editorial_references as references
from app.text import editorial_words as words
from app.text.clauses import Draft
from app.text.editorial_findings import Finding, Found, Rule, Severity, read, with_text

__all__ = ["RULES", "Finding", "Rule", "Severity", "check", "fixed"]

_FAMILIES: Final = (numbering, openers, endings, references, marks, words)

RULES: Final[dict[str, Rule]] = {rule.id: rule for family in _FAMILIES for rule in family.RULES}
"""All rules by their ids, in the order in which they are explained."""

_ROUNDS: Final = 50


def check(draft: Draft) -> tuple[Finding, ...]:
    """All findings on a draft, in the order of the text. Cost: linear in its length."""
    return tuple(found.finding for found in sorted(_found(draft), key=lambda found: found.sort_key))


def fixed(draft: Draft) -> Draft:
    """The draft with every certain fix made: `check` finds none with a fix in it any more.

    Fixes change punctuation, spaces, “also” and “further”, capitals and spelling; no word is lost.
    """
    for _ in range(_ROUNDS):
        fixes: dict[int, str] = {}
        for found in sorted(_found(draft), key=lambda found: found.sort_key):
            if found.finding.fix is not None:
                fixes.setdefault(found.at, found.finding.fix)
        if not fixes:
            return draft
        draft = with_text(draft, fixes)
    return draft


def _found(draft: Draft) -> Iterator[Found]:
    reading = read(draft)
    for family in _FAMILIES:
        for found in family.findings(reading):
            if reading.is_english or not RULES[found.finding.rule].english_only:
                yield found
