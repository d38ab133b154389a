"""The head of a pasted document: where the resolution begins, where its title is, what stands above it."""

from collections.abc import Iterator

from app.text import pasted_lines as forms
from app.text.pasted_lines import Line, LineKind, begins_a_resolution, full, is_opening, is_part

_OPENING_WITHIN = 12  # lines below the title


def beginning(lines: list[str]) -> tuple[int, int | None]:
    """Where the resolution itself begins (its opening line, or else its first paragraph), and where its title is.

    Scanned pages of old volumes hold the ends and beginnings of others. They are the pages on which the resolution
    stands, so the one that runs on over the first page break is meant.
    """
    titled_openings = list(_titled_openings(lines))
    if titled_openings:
        page_break = next((at for at, line in enumerate(lines) if forms.LATER_PAGE.fullmatch(line)), 0)
        running_over = [found for found in titled_openings if found[1] < page_break]
        opening, title = running_over[-1] if running_over else titled_openings[0]
        return _from_its_letter(lines, opening), title
    begins = next((at for at in range(len(lines)) if is_opening(lines, at)), None)
    if begins is None:
        begins = next((at for at, line in enumerate(lines) if begins_a_resolution(line)), len(lines))
    begins = _from_its_letter(lines, begins)
    no_titles = (forms.MARGIN, forms.LETTER_ALONE, forms.RUNNING_HEAD, forms.SYMBOL)
    above = [at for at in range(begins) if not any(full(form, lines[at]) for form in no_titles)]
    titled = [at for at in above if full(forms.TITLE, lines[at]) or forms.COUNCIL_TITLE.fullmatch(lines[at])]
    if titled:
        return begins, titled[-1]
    untitled = not above or begins == len(lines) or full(forms.MASTHEAD, lines[above[-1]]) is not None
    return begins, None if untitled else above[-1]


def _titled_openings(lines: list[str]) -> Iterator[tuple[int, int]]:
    """Opening lines with a title not far above, and where that is."""
    for at, line in enumerate(lines):
        if full(forms.TITLE, line) or forms.COUNCIL_TITLE.fullmatch(line):
            below = range(at + 1, min(at + 1 + _OPENING_WITHIN, len(lines)))
            opening = next((below_at for below_at in below if is_opening(lines, below_at)), None)
            if opening is not None:
                yield opening, at


def _from_its_letter(lines: list[str], begins: int) -> int:
    """Where the resolution begins when it is one of several parts: its letter, and its title, belong to it."""
    return next(
        (at for at in (begins - 1, begins - 2) if at >= 0 and begins < len(lines) and is_part(lines, at)), begins
    )


def front_line(at: int, line: str, title_at: int | None, found: list[Line]) -> Line:
    if at == title_at:
        title = full(forms.TITLE, line)
        return Line(title.text, LineKind.TITLE, number=title.number) if title else Line(line, LineKind.TITLE)
    after_title = title_at is not None and at > title_at and found[-1].kind is LineKind.TITLE and found[-1].number
    if (
        after_title
        and not full(forms.MASTHEAD, line)
        and not full(forms.LETTER_ALONE, line)
        and not full(forms.MARGIN, line)
    ):
        return Line(line, LineKind.TITLE, continues=True)
    return Line(line, LineKind.FRONTMATTER)
