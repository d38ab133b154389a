"""Documents out: `chapeau export` and `chapeau tables`, from the database or from a server, to a file or a folder."""

import contextlib
import difflib
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Annotated, Final

import typer

from app.cli.running import fail
from app.cli.sources import Made, Source, source_of
from app.documents.formats import Format
from app.documents.tables import TableFormat
from app.text.languages import Language
from app.views.exports import Content, Wanted
from app.views.tables import TableName

Negotiation = Annotated[str, typer.Argument(help="The slug of the negotiation.")]
Check = Annotated[
    bool, typer.Option("--check", help="Write nothing; exit 1 with the difference when a file is not the same.")
]
_Make = Callable[[Source], Made]

_READABLE: Final = frozenset({".md", ".txt", ".json", ".html", ".xml", ".csv"})


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
        chosen = as_format or _as_named(output)
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
    if check and output is None:
        raise fail("--check compares with a file: name it with -o.")
    with source_of(negotiation) as source:
        made = make(source)
    if output is None:
        if sys.stdout.isatty() and b"\x00" in made.content:
            raise fail("This format is not for a terminal: name a file with -o.")
        typer.echo(made.content, nl=False)  # as bytes: the same in every locale
    elif not check:
        _write(output, made, negotiation)
    elif not _is_the_same(output, made, negotiation):
        raise _not_the_same([output])


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
            _write(file, one, negotiation)
        return
    differing = [file for file, one in made.items() if not _is_the_same(file, one, negotiation)]
    if differing:
        raise _not_the_same(differing)


def _is_folder(output: Path) -> bool:
    return output.is_dir() or not output.suffix


def _as_named(output: Path | None) -> Format:
    """The format that a file is named after."""
    named = output.suffix.removeprefix(".").lower() if output else ""
    return Format(named) if named in {one.value for one in Format} else Format.MARKDOWN


def _write(file: Path, made: Made, negotiation: str) -> None:
    """Write a file, making its folder; where that is not possible, end the program with a sentence."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(made.content)
    except OSError as error:
        raise fail(f"{file} cannot be written: {error.strerror}.") from error
    typer.echo(f"{file}: {negotiation} at record entry {made.seq}")


def _is_the_same(file: Path, made: Made, negotiation: str) -> bool:
    """Whether a file has exactly these bytes; else, where people can read it, the difference is printed."""
    try:
        there = file.read_bytes() if file.exists() else b""
    except OSError as error:
        raise fail(f"{file} cannot be read: {error.strerror}.") from error
    here = f"{negotiation} at record entry {made.seq}"
    if there == made.content:
        typer.echo(f"{file}: is {here}")
        return True
    if file.suffix in _READABLE:
        with contextlib.suppress(UnicodeDecodeError):
            before, after = there.decode(), made.content.decode()
            lines = difflib.unified_diff(before.splitlines(True), after.splitlines(True), str(file), here)
            sys.stdout.writelines(lines)
    return False


def _not_the_same(files: Iterable[Path]) -> typer.Exit:
    sentences = [f"{file} is not what the server has; export it again with -o {file}." for file in files]
    return fail(" ".join(sentences), status=1)
