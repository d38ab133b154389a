"""Documents out: `chapeau export` and `chapeau tables`, from the database or from a server, to a file or a folder."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Final

import typer

from app.cli.outputs import Check, as_named, give, is_the_same, not_the_same, write
from app.cli.sources import Made, Source, source_of
from app.documents.formats import Format
from app.documents.tables import TableFormat
from app.text.languages import Language
from app.views.exports import Content, Wanted
from app.views.tables import TableName

Negotiation = Annotated[str, typer.Argument(help="The slug of the negotiation.")]
_Make = Callable[[Source], Made]

_REMEDY: Final = "what the server has; export it again with"


def export_draft(
    negotiation: Negotiation,
    as_format: Annotated[
        Format | None, typer.Option("--format", help="What to write; by default as the file is named, else md.")
    ] = None,
    content: Annotated[
        Content, typer.Option(help="The text alone, with every open proposal in place, or its changes.")
    ] = Content.TEXT,
    at: Annotated[str | None, typer.Option(help="A record entry (42), a revision (Rev.1) or an RFC 3339 time.")] = None,
    since: Annotated[str | None, typer.Option(help="For changes: the earlier moment, as --at.")] = None,
    language: Annotated[
        Language | None, typer.Option(help="An official language into which the whole text is translated.")
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="A file, or a folder for all formats; by default the output.")
    ] = None,
    check: Check = False,
) -> None:
    """Write the text of a negotiation, in its language or in one into which all of it is translated, its compilation
    or its changes since another moment.

    From the database of CHAPEAU_DATABASE_URL or, where CHAPEAU_SERVER is set, from that server with CHAPEAU_TOKEN. The
    same text always gives the same bytes. Exit status: 0, 1 when --check finds a difference, 2 when it cannot be done.
    """
    wanted = Wanted(content, at, since, language)
    if output is None or not _is_folder(output):
        chosen = as_format or as_named(output)
        _one(negotiation, output, check, lambda source: source.document(wanted, chosen))
        return
    shown = "" if content is Content.TEXT else content.value
    name = ".".join(part for part in (negotiation, shown, language and language.value) if part)
    formats = [as_format] if as_format else list(Format)
    makes = {output / f"{name}.{one.value}": _documents(wanted, one) for one in formats}
    _several(negotiation, makes, check)


def export_tables(
    negotiation: Negotiation,
    folder: Annotated[Path, typer.Argument(help="Where to; it is made if it is not there.")],
    as_format: Annotated[
        TableFormat | None,
        typer.Option("--format", help="What to write; by default csv and xlsx, and the board as pdf, too."),
    ] = None,
    only: Annotated[list[TableName] | None, typer.Option("--table", help="Which; by default all.")] = None,
    check: Check = False,
) -> None:
    """Write the amendments, positions, board, sponsors and outreach of a negotiation as tables.

    From where 'chapeau export' takes the text; they change with every act on the record.
    """
    makes = {
        folder / f"{negotiation}.{name.value}.{one.value}": _tables(name, one)
        for name in only or TableName
        for one in TableFormat
        if (one is as_format if as_format else one is not TableFormat.PDF or name is TableName.BOARD)
    }
    _several(negotiation, makes, check)


def _documents(wanted: Wanted, as_format: Format) -> _Make:
    return lambda source: source.document(wanted, as_format)


def _tables(name: TableName, as_format: TableFormat) -> _Make:
    return lambda source: source.table(name, as_format)


def _one(negotiation: str, output: Path | None, check: bool, make: _Make) -> None:
    with source_of(negotiation) as source:
        made = make(source)
    give(made.content, output, _said(negotiation, made), check=check, remedy=_REMEDY)


def _several(negotiation: str, makes: dict[Path, _Make], check: bool) -> None:
    """All or nothing: every file is made before the first one is written."""
    made: dict[Path, Made] = {}
    with source_of(negotiation) as source:
        for number, (file, make) in enumerate(makes.items(), 1):
            if sys.stderr.isatty():
                typer.echo(f"{number} of {len(makes)}: {file.name}", err=True)
            made[file] = make(source)
    if not check:
        for file, one in made.items():
            write(file, one.content, _said(negotiation, one))
        return
    differing = [file for file, one in made.items() if not is_the_same(file, one.content, _said(negotiation, one))]
    if differing:
        raise not_the_same(differing, _REMEDY)


def _is_folder(output: Path) -> bool:
    return output.is_dir() or not output.suffix


def _said(negotiation: str, made: Made) -> str:
    return f"{negotiation} at record entry {made.seq}"
