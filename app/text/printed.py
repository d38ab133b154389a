"""What an official document prints around the words of its paragraphs: masthead, numbers, headings of annexes."""

import re
from collections.abc import Sequence
from typing import Final

from app.text.clauses import Clause, FrontMatter, Kind

_ADOPTED: Final = re.compile(r"(?:(?:[A-Z]+/)+RES/)?(?P<number>(?:[A-Z]+-)?\d+/\d+(?: ?[A-Z])?|\d+ ?\([A-Z-]+\))")
_LABEL: Final = re.compile(r"(?:PP|OP|P)(?P<number>\d+)(?P<rest>.*)")
_OWN_MARK: Final = re.compile(r"[•·▪▫◦‣●○■□*]|[–—-]\s")
_SINGULAR_ITEM: Final = "Agenda item "


def printed_numbers(clauses: Sequence[Clause]) -> tuple[str, ...]:
    """For each clause the number before its words: `4.`, `3 bis.`, `(a)`, `1` for a footnote; empty where it has none.

    They are those of the labels, counted anew after each preamble, since every part of a resolution that has one is
    numbered by itself. A paragraph of an annex, and a sub-paragraph that begins with a bullet, has none.
    """
    numbers = []
    last = before_this_part = 0
    for clause in clauses:
        if clause.kind in (Kind.OPENING, Kind.PREAMBULAR):
            before_this_part = last
        numbers.append(_number(clause, before_this_part))
        if clause.kind is Kind.OPERATIVE:
            label = _LABEL.fullmatch(clause.label)
            last = max(last, int(label["number"]) if label else 0)
    return tuple(numbers)


def masthead(front: FrontMatter) -> tuple[str, ...]:
    """The lines above the title: session, agenda item, and what else the draft has there."""
    lines = [front.session] if front.session else []
    if front.agenda_item:
        lines.append(agenda_line(front.agenda_item))
    return (*lines, *front.masthead)


def title_comes_first(front: FrontMatter, title: str) -> bool:
    """Whether the title stands above the masthead, as the Security Council prints it."""
    return front.symbol.startswith("S/") and bool(title)


def title_number(symbol: str) -> str:
    """`79/213.` for an adopted text, which carries its number before the title, else nothing.

    Of the Security Council the number is the title itself.
    """
    adopted = _ADOPTED.fullmatch(symbol)
    return f"{adopted['number']}." if adopted and not symbol.startswith("S/") else ""


def annex_lines(clause: Clause, annexes: int) -> tuple[str, ...]:
    """The heading of one of so many annexes: `Annex II` and its title, or the title alone where that says it."""
    if clause.text.lower().startswith("annex"):
        return (clause.text,)
    numeral = f" {_roman(int(re.sub(r'[^0-9]', '', clause.label) or 1))}" if annexes > 1 else ""
    return (f"Annex{numeral}", clause.text)


def agenda_line(agenda_item: str) -> str:
    """`18 (k)` as its line in the masthead; an entry that is a line already ("Agenda items 4 and 5") stays one."""
    return agenda_item if agenda_item.lower().startswith("agenda item") else _SINGULAR_ITEM + agenda_item


def agenda_item(line: str) -> str:
    """What to keep of a line "Agenda item 18 (k)", so that agenda_line gives the line back."""
    item = line.removeprefix(_SINGULAR_ITEM)
    return item if agenda_line(item) == line else line


def _number(clause: Clause, before_this_part: int) -> str:
    if clause.kind is Kind.FOOTNOTE:
        return clause.label.removeprefix("N")
    label = _LABEL.fullmatch(clause.label)
    if clause.level > 1 and "(" in clause.label and not _OWN_MARK.match(clause.text):
        return clause.label[clause.label.rindex("(") :]
    if clause.kind is Kind.OPERATIVE and clause.level == 1 and label:
        return f"{int(label['number']) - before_this_part}{label['rest']}."
    return ""


def _roman(number: int) -> str:
    numerals = ((50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
    written = ""
    for value, letters in numerals:
        while number >= value and len(written) < 20:
            written += letters
            number -= value
    return written
