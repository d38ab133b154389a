"""A draft as plain text in the form of an official document: what one would paste, one line per entry."""

import re

from app.text.clauses import Clause, Draft, Kind
from app.text.printed import annex_lines, masthead, printed_numbers, title_comes_first, title_number

_REFERENCE = re.compile(r"\[\^(\d+)\]")
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def plain(draft: Draft) -> str:
    """The consolidated text as an official document has it, ending with a newline.

    Paragraphs carry their printed numbers ("OP3 bis" is "3 bis."). The closing lines stand before the first annex, and
    where the text was taken from last of all.
    """
    head = masthead(draft.front)
    title_first = title_comes_first(draft.front, draft.title)
    lines = [] if title_first else list(head)
    closing = list(draft.front.closing)
    annexes = sum(1 for clause in draft.clauses if clause.kind is Kind.ANNEX)
    for clause, number in zip(draft.clauses, printed_numbers(draft.clauses), strict=True):
        if clause.kind is Kind.TITLE:
            adopted = title_number(draft.front.symbol)
            lines.append(f"{adopted}\t{clause.text}" if adopted else clause.text)
            lines += head if title_first else []
        elif clause.kind is Kind.ANNEX:
            lines += (*closing, *annex_lines(clause, annexes))
            closing = []
        else:
            lines.append(_numbered(clause, number))
    lines += closing
    if draft.origin:
        lines.append(draft.origin.line)
    return "".join(f"{_without_references(line)}\n" for line in lines)


def _numbered(clause: Clause, number: str) -> str:
    shown = number.translate(_SUPERSCRIPTS) if clause.kind is Kind.FOOTNOTE else number
    return f"{shown} {clause.text}" if shown else clause.text


def _without_references(line: str) -> str:
    return _REFERENCE.sub(lambda reference: reference[1].translate(_SUPERSCRIPTS), line)
