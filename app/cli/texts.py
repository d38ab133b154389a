"""Texts and their records: `chapeau import`, `chapeau sponsors`, `chapeau verify`, `chapeau list`."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from app.actions import drafting, inviting
from app.actions.arranging import House
from app.cli.running import fail, problems_said, with_database
from app.documents.reading import MOST_BYTES, read_document
from app.record.database import Database
from app.rules.permissions import Role, Visibility
from app.views import negotiations as views
from app.views import records
from app.views.access import operator_seat
from app.views.sponsors import Sponsors, sponsors
from app.views.standings import Standings
from app.views.verification import Verification, verification


def import_draft(
    file: Annotated[
        str, typer.Argument(help="A draft (.md, .txt, Word .docx, Akoma Ntoso .xml, .json); '-' reads the input.")
    ],
    slug: Annotated[str, typer.Option(help="Its name in addresses; by default that in the draft.")] = "",
    visibility: Annotated[Visibility, typer.Option(help="Who can read it.")] = Visibility.PARTICIPANTS,
    time_zone: Annotated[str, typer.Option(help="IANA name, such as Europe/Paris.")] = "UTC",
    seats_from: Annotated[
        str, typer.Option(help="Invite the delegations of this negotiation and seat its people as there.")
    ] = "",
) -> None:
    """Begin a negotiation from a draft."""
    with problems_said():
        draft = read_document(read_bytes(file), file)

    async def work(database: Database) -> str:
        if seats_from:
            async with database.reading() as db:
                await operator_seat(db, seats_from)  # a slip in its name is told before anything is begun
        async with database.writing() as db:
            house = House(visibility, time_zone)
            facts = await drafting.create(db, await operator_seat(db), draft, slug=slug, house=house)
        if seats_from:
            await copy_seats(database, seats_from, facts.slug)
        async with database.reading() as db:
            standing = await Standings(1).of(db, facts.id)
        begun = standing.draft()
        return f"{facts.slug}: {len(begun.clauses)} clauses imported: {begun.title}"

    typer.echo(with_database(work))


def list_sponsors(
    negotiation: Annotated[str, typer.Argument(help="The slug of the negotiation.")],
) -> None:
    """Write the sponsors of a text as the head of the document names them."""

    async def work(database: Database) -> Sponsors:
        async with database.reading() as db:
            return await sponsors(db, await operator_seat(db, negotiation))

    found = with_database(work)
    lines = [line for line in (found.masthead, found.additional) if line]
    typer.echo("\n".join(lines) or f"{negotiation} has no sponsors yet")


def verify(
    negotiation: Annotated[str | None, typer.Argument(help="A slug; by default every negotiation.")] = None,
) -> None:
    """Recompute every hash of the record, replay it, and compare what it tells with what is stored. Exit 1 on a
    fault."""

    async def work(database: Database) -> list[Verification]:
        async with database.reading() as db:
            ids = await records.negotiation_ids(db, negotiation)
            return [await verification(db, negotiation_id) for negotiation_id in ids]

    found = with_database(work)
    for one in found:
        verdict = "intact" if one.is_intact else "ALTERED"
        typer.echo(f"{one.negotiation}: {one.entries} entries, {verdict}, head {one.head_hash[:16]}")
        for fault in one.faults:
            typer.echo(f"  {fault}", err=True)
    if not all(one.is_intact for one in found):
        raise typer.Exit(1)


def list_negotiations() -> None:
    """List the negotiations on this server."""

    async def work(database: Database) -> None:
        async with database.reading() as db:
            standings = Standings(1)
            for negotiation_id in await records.negotiation_ids(db):
                standing = await standings.of(db, negotiation_id)
                seat = await operator_seat(db, standing.negotiation.slug)
                shown = views.negotiation(standing, seat, database.clock())
                typer.echo(f"{shown.slug}\t{shown.stage}\tentry {shown.seq}\t{shown.title}\n\t{shown.sentence}")

    with_database(work)


async def copy_seats(database: Database, source: str, target: str) -> None:
    """Invite the delegations of one negotiation to another, and seat its people there as they sit here."""
    async with database.reading() as db:
        there = await operator_seat(db, source)
        present = await views.participants(db, there.negotiation_id)
        seated = await views.seats(db, there.negotiation_id)
    for participant in present:
        async with database.writing() as db:
            await inviting.invite(db, await operator_seat(db, target), participant.code, participant.role)
    for seat in seated:
        async with database.writing() as db:
            role = seat.role if seat.role in (Role.SECRETARIAT, Role.READER) else None
            await inviting.assign_seat(db, await operator_seat(db, target), seat.sign_in, seat.delegation, role)


def read(file: str) -> str:
    """The text of a file, or of the input for `-`; an unreadable one ends the program with a sentence."""
    try:
        return read_bytes(file).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise fail(f"{file} is not UTF-8 text (byte {error.start + 1}). Save it as UTF-8 and try again.") from error


def read_bytes(file: str) -> bytes:
    """What is in a file, or in the input for `-`; of one that is too large enough to be refused."""
    try:
        if file == "-":
            return sys.stdin.buffer.read(MOST_BYTES + 1)
        with Path(file).open("rb") as opened:
            return opened.read(MOST_BYTES + 1)
    except OSError as error:
        raise fail(f"{file} cannot be read: {error.strerror}.") from error
