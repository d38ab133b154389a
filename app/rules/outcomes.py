"""Sentences that the rules themselves write into the record: why an amendment ended without a decision, how a text
stood. The record keeps them in English; `said_again` finds their facts, so that a page can say them in its language.
"""

import re
from functools import cache
from typing import Final

from app.said import N_, Said

BY_AN_EDITORIAL_CHANGE: Final = N_("an editorial change")
BY_AN_ORAL_REVISION: Final = N_("the oral revision")
_ABSORBED: Final = N_("The text says it since {by}.")
_TAKEN_UP: Final = N_("Taken up into {amendment}.")
_FALLEN: Final = N_("It falls with {amendment}, which it was to amend.")
_LEFT_BEHIND: Final = N_("The text was adopted without it, as {symbol}.")
_ALL_AGREED: Final = N_("All {number} paragraphs are agreed: the whole text is agreed.")
_ONE_BESIDE: Final = N_("All {number} paragraphs are agreed, but 1 proposal beside them is open.")
_SOME_BESIDE: Final = N_("All {number} paragraphs are agreed, but {proposals} proposals beside them are open.")
_ONE_AGREED: Final = N_("1 of {all} paragraphs is agreed; nothing is agreed until everything is agreed.")
_SOME_AGREED: Final = N_("{number} of {all} paragraphs are agreed; nothing is agreed until everything is agreed.")
_NUMBERED: Final = N_("References follow the numbering of {revision}.")
_ORALLY: Final = N_("Orally revised, as announced by {speaker}.")
AS_TABLED: Final = N_("as tabled")
AS_ADOPTED: Final = N_("as adopted")
_KNOWN: Final = (
    *(BY_AN_EDITORIAL_CHANGE, BY_AN_ORAL_REVISION, _ABSORBED, _TAKEN_UP, _FALLEN, _LEFT_BEHIND),
    *(_ALL_AGREED, _ONE_BESIDE, _SOME_BESIDE, _ONE_AGREED, _SOME_AGREED),
    *(_NUMBERED, _ORALLY, AS_TABLED, AS_ADOPTED),
)


def absorbed(by: str) -> Said:
    """Another change made the text say what an amendment proposed."""
    return Said(_ABSORBED, by=said_again(by))


def taken_up(amendment: str) -> Said:
    return Said(_TAKEN_UP, amendment=amendment)


def fallen_with(amendment: str) -> Said:
    """A sub-amendment ends with the amendment that it was to."""
    return Said(_FALLEN, amendment=amendment)


def left_behind(symbol: str) -> Said:
    return Said(_LEFT_BEHIND, symbol=symbol)


def numbered_afresh(revision: str) -> Said:
    """Why a paragraph reads otherwise where only the references in it changed."""
    return Said(_NUMBERED, revision=said_again(revision))


def orally_revised(speaker: str) -> Said:
    return Said(_ORALLY, speaker=speaker)


def how_it_stands(agreed: int, standing: int, beside: int) -> Said:
    """Of `standing` paragraphs `agreed` are; `beside` counts the open proposals that bracket none of them."""
    if agreed == standing and standing:
        if not beside:
            return Said(_ALL_AGREED, number=standing)
        if beside == 1:
            return Said(_ONE_BESIDE, number=standing)
        return Said(_SOME_BESIDE, number=standing, proposals=beside)
    return Said(_ONE_AGREED, all=standing) if agreed == 1 else Said(_SOME_AGREED, number=agreed, all=standing)


def said_again(written: str) -> str:
    """A sentence of ours with its facts, as the record has it in English; whatever else is written as it is."""
    for template in _KNOWN:
        found = _pattern(template).fullmatch(written)
        if found:
            return Said(template, **{name: said_again(fact) for name, fact in found.groupdict().items()})
    return written


@cache
def _pattern(template: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>.{1,80})", re.escape(template)))
