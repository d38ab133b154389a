"""Files that commands write: to a path or to the output, or compared with what is there (`--check`)."""

import contextlib
import difflib
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Final

import typer

from app.cli.running import fail
from app.documents.formats import Format

Check = Annotated[
    bool, typer.Option("--check", help="Write nothing; exit 1 with the difference when a file is not the same.")
]
_READABLE: Final = frozenset({".md", ".txt", ".json", ".html", ".xml", ".csv"})


def as_named(output: Path | None) -> Format:
    """The format that a file is named after; Markdown where it is named after none."""
    named = output.suffix.removeprefix(".").lower() if output else ""
    return Format(named) if named in {one.value for one in Format} else Format.MARKDOWN


def give(content: bytes, output: Path | None, said: str, *, check: bool = False, remedy: str = "") -> None:
    """Write one file, to the output where none is named, or check it. `said` is what it holds; `remedy` goes
    on after “is not” where a file is not the same."""
    if output is None:
        if check:
            raise fail("--check compares with a file: name it with -o.")
        if sys.stdout.isatty() and b"\x00" in content:
            raise fail("This format is not for a terminal: name a file with -o.")
        typer.echo(content, nl=False)  # as bytes: the same in every locale
    elif not check:
        write(output, content, said)
    elif not is_the_same(output, content, said):
        raise not_the_same([output], remedy)


def write(file: Path, content: bytes, said: str) -> None:
    """Write a file, making its folder; where that is not possible, end the program with a sentence."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    except OSError as error:
        raise fail(f"{file} cannot be written: {error.strerror}.") from error
    typer.echo(f"{file}: {said}")


def is_the_same(file: Path, content: bytes, said: str) -> bool:
    """Whether a file has exactly these bytes; else, where people can read it, the difference is printed."""
    try:
        there = file.read_bytes() if file.exists() else b""
    except OSError as error:
        raise fail(f"{file} cannot be read: {error.strerror}.") from error
    if there == content:
        typer.echo(f"{file}: is {said}")
        return True
    if file.suffix in _READABLE:
        with contextlib.suppress(UnicodeDecodeError):
            before, after = there.decode(), content.decode()
            lines = difflib.unified_diff(before.splitlines(True), after.splitlines(True), str(file), said)
            sys.stdout.writelines(lines)
    return False


def not_the_same(files: Iterable[Path], remedy: str) -> typer.Exit:
    """What `--check` ends the program with: for each file what it is not, and how to write it again."""
    return fail(" ".join(f"{file} is not {remedy} -o {file}." for file in files), status=1)
