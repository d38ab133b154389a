"""`chapeau propose`: the changes that somebody made in a Word file, as amendments of their delegation."""

from typing import Annotated

import typer

from app.cli.running import with_database
from app.cli.texts import read_bytes
from app.http.from_word import FromWord, proposed_from, read_word
from app.record.database import Database
from app.rules.amendments import Audience
from app.text.diff import Op, Runs
from app.views.access import seat_named
from app.views.standings import Standings


def propose_file(
    file: Annotated[str, typer.Argument(help="The Word file (.docx) with the changes; '-' reads the input.")],
    negotiation: Annotated[str, typer.Argument(help="The slug of the negotiation.")],
    person: Annotated[str, typer.Option("--as", metavar="PERSON", help="Whose delegation proposes: a sign-in name.")],
    preview: Annotated[bool, typer.Option("--preview", help="Only show what would be proposed.")] = False,
    draft: Annotated[bool, typer.Option("--draft", help="Keep them as drafts of the delegation.")] = False,
) -> None:
    """Propose every change in a Word file that was exported from a negotiation, tracked or not. What cannot be placed
    is told; either all the others are proposed or none."""
    data = read_bytes(file)

    async def work(database: Database) -> FromWord:
        async with database.writing() as db:
            seat = await seat_named(db, person, negotiation)
            standing = await Standings(1).of(db, seat.negotiation_id)
            found = await read_word(db, standing, data)
            audience = Audience.DELEGATION if draft else Audience.ROOM
            return await proposed_from(db, seat, found, audience=audience, is_preview=preview)

    found = with_database(work)
    for one in found.proposed:
        names = [*one.merges, f"behind {one.after}" if one.after else ""]
        where = " ".join(filter(None, (one.amendment or "-", one.kind.value, one.label, *names)))
        note = " ".join(filter(None, ("(carried over)" if one.is_carried else "", one.note)))
        typer.echo(f"{where}: {_marked(one.runs) or one.text or ''} {note}".rstrip())
        if one.rationale:
            typer.echo(f"  {one.rationale}")
    for left in found.not_placed:
        typer.echo(f"not proposed, {left.label or 'in the file'}: {left.words}\n  {left.why}", err=True)
    typer.echo(f"{len(found.proposed)} {'would be proposed' if preview else 'proposed'}, {len(found.not_placed)} not")


def _marked(runs: Runs) -> str:
    marks = {Op.EQUAL: "{}", Op.INSERT: "{{+{}+}}", Op.DELETE: "[-{}-]"}
    return "".join(marks[run.op].format(run.text.replace("\n", " ¶ ")) for run in runs)
