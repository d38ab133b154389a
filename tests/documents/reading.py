"""What a person reads in a document that shows changes: the text before them, and after."""

from collections.abc import Iterable

from app.documents.document import Mark, Paragraph


def read(paragraphs: Iterable[Paragraph], without: Mark) -> list[tuple[str, str]]:
    """The paragraphs (printed number, words) without what is ADDED or DELETED: a paragraph whose end goes is joined to
    the next one, as Word does when a tracked end is rejected or accepted."""
    found: list[tuple[str, str]] = []
    number = words = ""
    for paragraph in paragraphs:
        number = number or paragraph.printed_number(without)
        words += paragraph.text(without)
        if paragraph.end is not without:
            found.append((number, words))
            number = words = ""
    return [*found, (number, words)] if words else found
