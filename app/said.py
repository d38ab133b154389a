"""Sentences that keep their facts, so that a page can say them in another language."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, final

Fact = str | int | float | date | tuple[str, ...]


def N_(text: str) -> str:
    """Marks a text of the code for the catalogues of the pages; it is translated where it is shown."""
    return text


@final
class Field(str):
    """The name of a field as requests have it. Pages call it by its label."""

    __slots__ = ()


@final
class Said(str):
    """A sentence in English which remembers what it was made of: a template, and the facts that fill it.

    To everybody who wants English it is that sentence. A page finds the template in the catalogue of its language,
    says the facts in that language too, and fills in one with the other. A fact is a text (which may be one of these),
    a number, a day, a time, the name of a field, or several of these, such as the codes of delegations.

    A second template is what a page says instead, with the same facts: for people, who see buttons and not addresses.
    """

    __slots__ = ("facts", "template")
    template: str
    facts: dict[str, Fact]

    def __new__(cls, template: str, on_pages: str = "", /, **facts: Fact) -> "Said":
        self = super().__new__(cls, template.format(**{name: _in_english(fact) for name, fact in facts.items()}))
        self.template, self.facts = on_pages or template, facts
        return self

    def __deepcopy__(self, _memo: dict[int, Any]) -> "Said":
        return self

    def __reduce__(self) -> tuple[type[str], tuple[str]]:
        return str, (str(self),)


def dated(at: date, written: str = "") -> Said:
    """A day or a time as programs write it (`2026-03-05T14:00:00+00:00`, or as `written`); pages say it for people."""
    if not written:
        written = at.isoformat(timespec="seconds") if isinstance(at, datetime) else at.isoformat()
    return Said("{written}", "{at}", written=written, at=at)


def all_said(sentences: Sequence[str], between: str = " ") -> Said:
    """Several of them, one behind the other."""
    facts = {f"said_{place}": sentence for place, sentence in enumerate(sentences)}
    return Said(between.join(f"{{{name}}}" for name in facts), **facts)


def one_of(ways: Sequence[str]) -> str:
    """`penholder or secretariat`, each of which may be one of these sentences. At least one."""
    *before, last = ways
    return Said("{some} or {another}", some=one_of(before), another=last) if before else last


def listed(codes: tuple[str, ...] | list[str]) -> str:
    """`FRA, ITA and NOR`. At least one code."""
    return codes[0] if len(codes) == 1 else f"{', '.join(codes[:-1])} and {codes[-1]}"


def day(at: date) -> str:
    """`5 March 2026`."""
    return f"{at.day} {at:%B %Y}"


def moment(at: datetime) -> str:
    """`14:00 UTC on 5 March 2026`."""
    return f"{at:%H:%M} UTC on {day(at)}"


def unended(reason: str) -> str:
    """A reason without its full stop, to stand in quotation marks at the end of a sentence."""
    return reason.removesuffix(".")


def in_quotes(reason: str) -> Said:
    """A reason in quotation marks, at the end of a sentence."""
    return Said("“{text}”.", text=unended(reason)) if reason else Said("no reason given.")


def _in_english(fact: Fact) -> str:
    match fact:
        case tuple():
            return listed(fact)
        case datetime():
            return moment(fact)
        case date():
            return day(fact)
    return str(fact)
