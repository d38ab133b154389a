"""`chapeau convert`: a draft from one format to another, without a server."""

import sys
from pathlib import Path
from typing import Annotated, Final

import typer

from app.cli.running import fail, problems_said
from app.cli.texts import read_bytes
from app.documents.building import text_document
from app.documents.formats import Format, written
from app.documents.reading import Readable, read_document

_SUFFIXES: Final = {"akn": Format.AKOMA_NTOSO, "markdown": Format.MARKDOWN, "htm": Format.HTML}


def convert(
    source: Annotated[str, typer.Argument(metavar="IN", help="The draft; '-' reads the input.")],
    target: Annotated[str, typer.Argument(metavar="OUT", help="The file to write; '-' is the output.")],
    read_as: Annotated[
        Readable | None, typer.Option("--from", help="What IN is; by default what its content says.")
    ] = None,
    write_as: Annotated[Format | None, typer.Option("--to", help="What to write; by default as OUT is named.")] = None,
    force: Annotated[bool, typer.Option("--force", "-f", help="Write over a file that is there.")] = False,
) -> None:
    """Write a draft in another format. Reads the drafts/ format, plain text, Word, Akoma Ntoso and JSON.

    Keys, versions and origin are kept where both formats have a place for them (JSON and Akoma Ntoso). Exit status: 0,
    or 2 when it cannot be done; nothing is written then.
    """
    chosen = write_as or _named(target)
    output = Path(target)
    if target != "-" and output.exists() and not force:
        raise fail(f"{target} is there already. Choose another name, or say --force to write over it.")
    with problems_said():
        draft = read_document(read_bytes(source), source, read_as)
        content = written(text_document(draft), chosen)
    if target == "-":
        if sys.stdout.isatty() and b"\x00" in content:
            raise fail("This format is not for a terminal: name a file.")
        typer.echo(content, nl=False)
        return
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
        output.write_bytes(content)
    except OSError as error:
        raise fail(f"{target} cannot be written: {error.strerror}.") from error
    typer.echo(f"{target}: {len(draft.clauses)} clauses")


def _named(target: str) -> Format:
    suffix = Path(target).suffix.removeprefix(".").lower()
    if suffix in set(Format):
        return Format(suffix)
    if suffix in _SUFFIXES:
        return _SUFFIXES[suffix]
    formats = ", ".join(Format)
    raise fail(f"{target} does not say what to write: give it one of the suffixes {formats}, or say --to.")
