"""`chapeau redline`: the changes from one file to another as a document with tracked changes, without a server."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from app.cli.outputs import Check, as_named, give
from app.cli.running import fail, problems_said
from app.documents.building import changes_document
from app.documents.formats import Format, written
from app.documents.reading import MOST_BYTES, read_document
from app.text.clauses import Draft


def redline(
    old: Annotated[Path, typer.Argument(help="The official base text.")],
    new: Annotated[Path, typer.Argument(help="The new draft.")],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="The file to write, such as OUT.docx; by default the output.")
    ] = None,
    as_format: Annotated[
        Format | None, typer.Option("--format", help="What to write; by default as the file is named, else md.")
    ] = None,
    author: Annotated[
        str, typer.Option(help="Whose changes they are; by default the sponsors whom the new draft names.")
    ] = "",
    date: Annotated[
        str, typer.Option(help="When they were made: a day (2026-03-05) or an RFC 3339 time; by default none is said.")
    ] = "",
    check: Check = False,
) -> None:
    """Write what changed from an official base text to a new draft as tracked changes, word by word, as the
    secretariat of the General Assembly asks for a draft that is based on an earlier text.

    Reads drafts in the drafts/ format and texts copied from official documents. In Word, accepting every change gives
    the new draft, rejecting every one the base text. The same files always give the same bytes. Exit status: 0, 1 when
    --check finds a difference, 2 when it cannot be done.
    """
    if output is not None and as_format is None and output.suffix.removeprefix(".").lower() not in set(Format):
        formats = ", ".join(f".{one}" for one in Format)
        raise fail(f"{output} is named after no format: give it one of {formats}, or say --format.")
    at = _moment(date)
    with problems_said():
        before, after = _draft(old), _draft(new)
        changes = changes_document(before, after, author.strip() or ", ".join(after.front.sponsors), at)
        content = written(changes, as_format or as_named(output))
    again = f"what changed from {old} to {new}; write it again with"
    give(content, output, f"the changes from {old} to {new}", check=check, remedy=again)


def _draft(file: Path) -> Draft:
    try:
        with file.open("rb") as opened:
            data = opened.read(MOST_BYTES + 1)  # of a larger one enough to be refused
    except OSError as error:
        raise fail(f"{file} cannot be read: {error.strerror}.") from error
    return read_document(data, file.name)


def _moment(date: str) -> datetime | None:
    """A day (its beginning) or a time, in UTC where it says no zone."""
    if not date:
        return None
    try:
        at = datetime.fromisoformat(date)
        return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise fail(f"“{date}” is no date: write 2026-03-05 or 2026-03-05T14:00:00Z.") from error
