"""Adopted texts and the agreed language in them: `chapeau library import`, `chapeau library find`."""

import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Final

import typer

from app.actions.library import Imported, Outcome, import_text
from app.cli.running import fail, with_database
from app.problems import Problem
from app.record.database import Database
from app.text.adopted import SOURCE_LIMIT, read_adopted, symbol_in_name
from app.text.diff import Op, Run
from app.views.access import operator_seat
from app.views.agreed_language import AgreedLanguage, Hit, agreed_language

app = typer.Typer(help="Adopted texts, and the agreed language in them.", no_args_is_help=True)

_ENDINGS: Final = frozenset({".md", ".txt"})
_LARGEST_FILE: Final = 4 * SOURCE_LIMIT  # bytes; no character takes more than four


@app.command("import")
def import_texts(
    paths: Annotated[list[Path], typer.Argument(help="Files, or folders with .md and .txt files.")],
    language: Annotated[str, typer.Option(help="Of the texts; by default what each says, or English.")] = "",
) -> None:
    """Put adopted texts into the library: drafts/ files, or plain text as pasted from an official document.

    A file that is named after a symbol (A_RES_79_213.txt) has that symbol; another has to say it. A text that is there
    already is replaced, or unchanged when it is the same. Characters that show nothing are dropped and counted. What
    cannot be read is skipped with a sentence, and the exit status is then 1.
    """
    files = list(_files(paths))
    if not files:
        raise fail("There is no .md or .txt file in there.")

    async def work(database: Database) -> list[Outcome | None]:
        return [await _import(database, file, language) for file in files]

    outcomes = with_database(work)
    counts = [f"{outcomes.count(outcome)} {outcome}" for outcome in Outcome if outcome in outcomes]
    skipped = outcomes.count(None)
    typer.echo(f"{len(files)} files: " + ", ".join([*counts, f"{skipped} skipped"] if skipped else counts))
    if skipped:
        raise typer.Exit(1)


@app.command("find")
def find(
    words: Annotated[str, typer.Argument(help="A phrase or a whole paragraph.")],
    limit: Annotated[int, typer.Option(min=1, max=50, help="How many places at most.")] = 10,
    language: Annotated[str, typer.Option(help="Of the texts; by default any.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead.")] = False,
) -> None:
    """Show where adopted texts say the same or nearly so: [-only in your words-], {+only in the adopted text+}.

    Exit status 1 when there is no such place.
    """

    async def work(database: Database) -> AgreedLanguage:
        async with database.reading() as db:
            return await agreed_language(db, words, limit=limit, language=language)

    found = with_database(work)
    if as_json:
        typer.echo(json.dumps([asdict(hit) for hit in found.hits], ensure_ascii=False, indent=2, default=str))
    else:
        for hit in found.hits:
            _show(hit)
    if not found.hits:
        if not as_json:
            typer.echo("No adopted text in the library says this or nearly this.")
        raise typer.Exit(1)


def _files(paths: list[Path]) -> Iterator[Path]:
    """The files named, and in folders all whose ending says that they may be texts, in the order of their names."""
    for path in paths:
        if path.is_dir():
            yield from sorted(file for file in path.rglob("*") if file.suffix.lower() in _ENDINGS and file.is_file())
        else:
            yield path


async def _import(database: Database, file: Path, language: str) -> Outcome | None:
    """Import one file and say what became of it; None when it had to be skipped."""
    try:
        adopted = read_adopted(_content(file), symbol=symbol_in_name(file.stem), language=language)
        async with database.writing() as db:
            imported = await import_text(db, await operator_seat(db), adopted)
    except (Problem, OSError, UnicodeDecodeError) as error:
        sys.stdout.flush()
        typer.echo(f"{file}: skipped: {_sentence(error)}", err=True)
        return None
    typer.echo(f"{file}: {_said(imported)}")
    return imported.outcome


def _content(file: Path) -> str:
    with file.open("rb") as opened:
        raw = opened.read(_LARGEST_FILE + 1)
    return raw.decode("utf-8-sig") if len(raw) <= _LARGEST_FILE else " " * (SOURCE_LIMIT + 1)  # refused as too large


def _said(imported: Imported) -> str:
    dropped = f", {imported.dropped} invisible characters dropped" if imported.dropped else ""
    return f"{imported.outcome} as {imported.symbol}, {imported.paragraphs} paragraphs{dropped}"


def _sentence(error: Problem | OSError | UnicodeDecodeError) -> str:
    match error:
        case Problem():
            return error.detail
        case UnicodeDecodeError():
            return f"It is not UTF-8 text (byte {error.start + 1}). Save it as UTF-8 and try again."
        case _:
            return f"It cannot be read: {error.strerror}."


def _show(hit: Hit) -> None:
    how = "word for word" if hit.exact else f"{hit.score:.0%}"
    adopted = f", adopted {hit.adopted_on}" if hit.adopted_on else ""
    typer.echo(f"{typer.style(f'{hit.symbol} {hit.label}', bold=True)}  {how}{adopted}")
    typer.echo("  " + "".join(map(_marked, hit.runs)))


def _marked(run: Run) -> str:
    """A run in its marks, and in colour as well: the terminal keeps the colour, a file does not."""
    match run.op:
        case Op.DELETE:
            return typer.style(f"[-{run.text}-]", fg="red", strikethrough=True)
        case Op.INSERT:
            return typer.style(f"{{+{run.text}+}}", fg="green")
        case _:
            return run.text
