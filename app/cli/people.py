"""Who is who: `chapeau person`, `password`, `delegation`, `delegations load`, `invite`, `invitation`, `seat`,
`token`."""

import sys
from datetime import timedelta
from typing import Annotated

import typer

from app.actions import access, invitations, inviting, signing_in, states
from app.cli.running import fail, with_database
from app.record.database import Database
from app.rules.permissions import Role, Scope, Seat
from app.rules.positions import DelegationKind
from app.views import negotiations
from app.views.access import operator_seat

delegations = typer.Typer(help="All member states, and their usual groups.", no_args_is_help=True)


def add_person(
    sign_in: Annotated[str, typer.Argument(help="An e-mail address.")],
    name: Annotated[str, typer.Argument(help="As the record names them.")],
    administrator: Annotated[bool, typer.Option(help="May begin negotiations and add delegations.")] = False,
) -> None:
    """Make somebody known to the server."""

    async def work(database: Database) -> str:
        async with database.writing() as db:
            await access.add_person(db, sign_in, name, is_administrator=administrator)
            added = await access.person_signing_in(db, sign_in)
            return f"{added.sign_in}: {added.name}"

    typer.echo(with_database(work))


def set_password(
    sign_in: Annotated[str, typer.Argument(help="Whose password it will be.")],
) -> None:
    """Give somebody a password for the pages: it is asked for, or read from standard input. Their sessions end."""
    typed = typer.prompt("Password", hide_input=True, confirmation_prompt=True) if sys.stdin.isatty() else _line()

    async def work(database: Database) -> str:
        async with database.writing() as db:
            person = await access.person_signing_in(db, sign_in)
            await signing_in.give_password(db, person, typed)
            return f"{person.sign_in} has a new password"

    typer.echo(with_database(work))


def _line() -> str:
    return sys.stdin.readline().rstrip("\r\n")


def add_delegation(
    code: Annotated[str, typer.Argument(help="ISO 3166 alpha-3 for a state, such as FRA; EU, ILO, ...")],
    name: Annotated[str, typer.Argument(help="Its short name.")],
    kind: Annotated[DelegationKind, typer.Option(help="What it is.")] = DelegationKind.STATE,
) -> None:
    """Make a state, a group or an organisation known to the server."""

    async def work(database: Database) -> str:
        async with database.writing() as db:
            await access.add_delegation(db, code, name, kind)
            added = await negotiations.delegation(db, code)
            return f"{added.code}: {added.name}"

    typer.echo(with_database(work))


@delegations.callback()
def _of_all() -> None:
    """All member states, and their usual groups."""


@delegations.command("load")
def load_delegations() -> None:
    """Make the member states of the United Nations and their usual groups known to the server.

    As often as you like: delegations that are there keep their names, and groups their members.
    """

    async def work(database: Database) -> states.Loaded:
        async with database.writing() as db:
            return await states.load(db, await operator_seat(db))

    loaded = with_database(work)
    typer.echo(f"{loaded.states} states and {loaded.groups} groups added; {len(loaded.codes)} delegations are known")


def invite(
    negotiation: Annotated[str, typer.Argument(help="The slug of the negotiation.")],
    code: Annotated[str, typer.Argument(help="The code of the delegation.")],
    role: Annotated[Role, typer.Option(help="penholder, delegate or observer.")] = Role.DELEGATE,
) -> None:
    """Invite a delegation to a negotiation."""

    async def work(database: Database) -> inviting.Invited:
        async with database.writing() as db:
            return await inviting.invite(db, await operator_seat(db, negotiation), code, role)

    invited = with_database(work)
    typer.echo(f"{invited.name} takes part in {negotiation} as {invited.role}")


def send_invitation(
    negotiation: Annotated[str, typer.Argument(help="The slug of the negotiation.")],
    delegation: Annotated[str, typer.Option(help="The code of the delegation they will speak for.")] = "",
    role: Annotated[Role | None, typer.Option(help="Without a delegation: secretariat or reader.")] = None,
    email: Annotated[str, typer.Option(help="Whom it is for, alone.")] = "",
    name: Annotated[str, typer.Option(help="Their name.")] = "",
    days: Annotated[int, typer.Option(min=1, max=90, help="How long it is good.")] = 14,
) -> None:
    """Invite a person to take a seat, and print the secret with which they do. It is shown this once."""

    async def work(database: Database) -> invitations.Sent:
        async with database.writing() as db:
            seat = await operator_seat(db, negotiation)
            return await invitations.send(db, seat, delegation, role, sign_in=email, name=name, days=days)

    typer.echo(with_database(work).secret)


def assign_seat(
    negotiation: Annotated[str, typer.Argument(help="The slug of the negotiation.")],
    sign_in: Annotated[str, typer.Argument(help="Who.")],
    delegation: Annotated[str, typer.Option(help="The code of the delegation they speak for.")] = "",
    role: Annotated[Role | None, typer.Option(help="Without a delegation: secretariat or reader.")] = None,
) -> None:
    """Give a person a seat in a negotiation."""

    async def work(database: Database) -> inviting.Seated:
        async with database.writing() as db:
            return await inviting.assign_seat(db, await operator_seat(db, negotiation), sign_in, delegation, role)

    seated = with_database(work)
    typer.echo(f"{seated.name} sits in {negotiation} as {seated.role}" + f" of {seated.delegation}" * bool(delegation))


def issue_token(
    sign_in: Annotated[str, typer.Argument(help="Whose token it will be.")],
    scope: Annotated[Scope, typer.Option(help="What it is good for.")] = Scope.WRITE,
    negotiation: Annotated[str, typer.Option(help="Limit it to one negotiation.")] = "",
    days: Annotated[int, typer.Option(min=1, max=366, help="How long it lasts.")] = 90,
    name: Annotated[str, typer.Option(help="To recognise it by.")] = "from the command line",
) -> None:
    """Issue an access token and print it. It is shown this once; the server keeps its hash only."""

    async def work(database: Database) -> access.IssuedToken:
        async with database.writing() as db:
            person = await access.person_signing_in(db, sign_in)
            seat = Seat(person.id, person.name, Role.READER)
            lasting = timedelta(days=days)
            return await access.issue_token(db, seat, name=name, scope=scope, negotiation=negotiation, lasting=lasting)

    if "@" not in sign_in:
        raise fail(f"“{sign_in}” is no sign-in name; use an e-mail address such as france@example.org.")
    typer.echo(with_database(work).secret)
