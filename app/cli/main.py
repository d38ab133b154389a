"""`chapeau ...`: the commands in one place."""

import typer

from app import __version__
from app.cli import converting, exporting, files, library, people, proposing, redlining, serving, texts

app = typer.Typer(
    name="chapeau",
    help="A collaborative resolution-drafting server.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"chapeau {__version__}")
        raise typer.Exit


@app.callback()
def chapeau(
    version: bool = typer.Option(False, "--version", callback=_version, is_eager=True, help="Show the version."),
) -> None:
    """A collaborative resolution-drafting server."""


app.command("serve")(serving.serve)
app.command("demo")(serving.demo)
app.command("migrate")(serving.migrate)
app.command("import")(texts.import_draft)
app.command("export")(exporting.export_draft)
app.command("convert")(converting.convert)
app.command("tables")(exporting.export_tables)
app.command("propose")(proposing.propose_file)
app.command("sponsors")(texts.list_sponsors)
app.command("verify")(texts.verify)
app.command("diff")(files.diff_files)
app.command("redline")(redlining.redline)
app.command("merge")(files.merge_files)
app.command("detect")(files.detect_file)
app.command("check")(files.check_file)
app.add_typer(library.app, name="library")
app.command("list")(texts.list_negotiations)
app.command("person")(people.add_person)
app.command("password")(people.set_password)
app.command("delegation")(people.add_delegation)
app.add_typer(people.delegations, name="delegations")
app.command("invite")(people.invite)
app.command("invitation")(people.send_invitation)
app.command("seat")(people.assign_seat)
app.command("token")(people.issue_token)


def main() -> None:
    app()
