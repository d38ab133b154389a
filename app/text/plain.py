"""A draft as plain text in the form of an official document: what one would paste, one line per entry."""

import re

from app.text.clauses import Clause, Draft, FrontMatter, Kind

_REFERENCE = re.compile(r"\[\^(\d+)\]")
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_ADOPTED = re.compile(r"(?:(?:[A-Z]+/)+RES/)?(?P<number>(?:[A-Z]+-)?\d+/\d+(?: ?[A-Z])?|\d+ ?\([A-Z-]+\))")
_LABEL = re.compile(r"(?:PP|OP|P)(?P<number>\d+)(?P<rest>.*)")
_OWN_MARK = re.compile(r"[•·▪▫◦‣●○■□*]|[–—-]\s")
_SINGULAR_ITEM = "Agenda item "


def plain(draft: Draft) -> str:
    """The consolidated text as an official document has it, ending with a newline.

    Paragraphs carry the numbers of their labels ("OP3 bis" is "3 bis."), counted anew after each preamble, since every
    part of a resolution that has one is numbered by itself. The closing lines stand before the first annex. A paragraph
    of an annex, and a sub-paragraph that begins with a bullet, is printed as it stands.
    """
    masthead = _masthead(draft.front)
    title_first = draft.front.symbol.startswith("S/") and bool(draft.title)  # as the Security Council prints it
    lines = [] if title_first else masthead
    closing = list(draft.front.closing)
    annexes = sum(1 for clause in draft.clauses if clause.kind is Kind.ANNEX)
    last_number = before_this_part = 0
    for clause in draft.clauses:
        match clause.kind:
            case Kind.TITLE:
                lines.append(_title(draft.front.symbol, clause.text))
                lines += masthead if title_first else []
            case Kind.ANNEX:
                lines += closing
                closing = []
                lines += _annex(clause, annexes)
            case Kind.OPENING | Kind.PREAMBULAR:
                before_this_part = last_number
                lines.append(_numbered(clause, before_this_part))
            case Kind.FOOTNOTE:
                lines.append(f"{clause.label.removeprefix('N').translate(_SUPERSCRIPTS)} {clause.text}")
            case _:
                lines.append(_numbered(clause, before_this_part))
                last_number = max(last_number, _number(clause)) if clause.kind is Kind.OPERATIVE else last_number
    lines += closing
    return "".join(f"{_without_references(line)}\n" for line in lines)


def agenda_line(agenda_item: str) -> str:
    """`18 (k)` as its line in the masthead; an entry that is a line already ("Agenda items 4 and 5") stays one."""
    return agenda_item if agenda_item.lower().startswith("agenda item") else _SINGULAR_ITEM + agenda_item


def agenda_item(line: str) -> str:
    """What to keep of a line "Agenda item 18 (k)", so that agenda_line gives the line back."""
    item = line.removeprefix(_SINGULAR_ITEM)
    return item if agenda_line(item) == line else line


def _masthead(front: FrontMatter) -> list[str]:
    lines = [front.session] if front.session else []
    if front.agenda_item:
        lines.append(agenda_line(front.agenda_item))
    return [*lines, *front.masthead]


def _title(symbol: str, title: str) -> str:
    """An adopted text carries its number before the title, but for the Security Council, whose number is its title."""
    adopted = _ADOPTED.fullmatch(symbol)
    return f"{adopted['number']}.\t{title}" if adopted and not symbol.startswith("S/") else title


def _annex(clause: Clause, annexes: int) -> list[str]:
    if clause.text.lower().startswith("annex"):
        return [clause.text]
    numeral = f" {_roman(int(re.sub(r'[^0-9]', '', clause.label) or 1))}" if annexes > 1 else ""
    return [f"Annex{numeral}", clause.text]


def _numbered(clause: Clause, before_this_part: int) -> str:
    label = _LABEL.fullmatch(clause.label)
    if clause.level > 1 and "(" in clause.label and not _OWN_MARK.match(clause.text):
        return f"{clause.label[clause.label.rindex('(') :]} {clause.text}"
    if clause.kind is Kind.OPERATIVE and clause.level == 1 and label:
        return f"{int(label['number']) - before_this_part}{label['rest']}. {clause.text}"
    return clause.text


def _number(clause: Clause) -> int:
    label = _LABEL.fullmatch(clause.label)
    return int(label["number"]) if label else 0


def _without_references(line: str) -> str:
    return _REFERENCE.sub(lambda reference: reference[1].translate(_SUPERSCRIPTS), line)


def _roman(number: int) -> str:
    numerals = ((50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
    written = ""
    for value, letters in numerals:
        while number >= value and len(written) < 20:
            written += letters
            number -= value
    return written
