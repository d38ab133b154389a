"""Puts paragraphs together again whose lines were broken where a page or a mail broke them."""

from app.text import pasted_lines as forms
from app.text.pasted_lines import full, has_number, is_ended, opens

_LOWER_CASE_SHARE = 0.1  # of lines that begin in lower case in a text that was wrapped
_WIDEST = 180  # characters: longer lines are whole paragraphs
_LEFT_OVER = 0.85  # a line that the next word would have left shorter than this was ended on purpose

_ON_ITS_OWN = (
    forms.MARGIN,
    forms.RUNNING_HEAD,
    forms.MEETING,
    forms.DATE,
    forms.VOTE,
    forms.ANNEX,
    forms.PART,
    forms.SESSION,
    forms.LETTER_ALONE,
)


def paragraphs(lines: list[str], after_blank: set[int]) -> list[list[int]]:
    """Which lines belong together, as lists of their indices in order: one line each, unless the text was wrapped.

    A line goes on with the one before when that was full, up to the width of the text, and neither ends nor begins
    a paragraph there. `after_blank` are the lines that follow a blank one.
    """
    width = _width_of_wrapping(lines)
    found: list[list[int]] = []
    for at, line in enumerate(lines):
        if width and at and at not in after_blank and _goes_on(lines[found[-1][0]], lines[at - 1], line, width):
            found[-1].append(at)
        else:
            found.append([at])
    return found


def _width_of_wrapping(lines: list[str]) -> int:
    """The width to which a text was wrapped; 0 if it was not."""
    if not lines or sum(_begins_in_lower_case(line) for line in lines) <= _LOWER_CASE_SHARE * len(lines):
        return 0
    lengths = sorted(len(line) for line in lines)
    width = lengths[len(lengths) * 9 // 10]
    return width if width <= _WIDEST else 0


def _goes_on(first: str, before: str, line: str, width: int) -> bool:
    """Whether `line` belongs to the paragraph of which `first` is the first line and `before` the last so far."""
    if any(full(form, text) for form in _ON_ITS_OWN for text in (before, line)):
        return False
    if any(forms.OPENING.fullmatch(text) and text.endswith(",") for text in (before, line)):
        return False
    if _heads_the_document(line):
        return False
    if _begins_in_lower_case(line):
        return True
    was_full = len(before) + 1 + len(line.split(maxsplit=1)[0]) > _LEFT_OVER * width
    return was_full and not _begins(first, before, line)


def _begins_in_lower_case(line: str) -> bool:
    """Whether the first word does; `a.` is a number."""
    return line[0].islower() and not full(forms.LETTERED, line)


def _heads_the_document(line: str) -> bool:
    """An entry of the masthead or a title: "79/213. Promoting ...", but not "79/213 of 19 December 2024"."""
    title = full(forms.TITLE, line)
    is_title = title is not None and line[len(title.number)] == "." and title.text[0].isupper()
    return is_title or any(form.fullmatch(line) for form in (forms.MASTHEAD_ENTRY, forms.COUNCIL_TITLE))


def _begins(first: str, before: str, line: str) -> bool:
    """Whether a line below a full one begins a paragraph or heading: what came before is ended and this looks so."""
    if not is_ended(before):
        return forms.ROMAN.fullmatch(first) is not None and opens(line)
    if before[-1] in ";:" and line[0].isupper():
        return True
    if before[-1] in ";." and (full(forms.ROMAN, line) or full(forms.LETTER, line)):
        return True
    return has_number(line) or opens(line) or full(forms.FOOTNOTE, line) is not None
