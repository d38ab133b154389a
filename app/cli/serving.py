"""Running the server: `chapeau serve`, `chapeau migrate`, `chapeau demo`."""

import secrets
from typing import Annotated, Final

import typer
import uvicorn

from app.actions import access
from app.actions.passwords import set_password
from app.cli.logs import log_config
from app.cli.running import fail, settings_chosen, with_database
from app.cli.sample import SAMPLE, load_sample
from app.record import migrations
from app.record.database import Database
from app.rules.permissions import Role, Scope, Seat

Host = Annotated[str, typer.Option(help="The address to listen on.")]
_LET_GO_AFTER: Final = 5  # seconds: an answer that does not end must not keep a server from stopping
Port = Annotated[int, typer.Option(min=1, max=65_535, help="The port to listen on.")]


def serve(
    host: Host = "127.0.0.1",
    port: Port = 8000,
    workers: Annotated[int, typer.Option(min=1, help="Processes; more than one on PostgreSQL only.")] = 1,
) -> None:
    """Serve the API."""
    if workers > 1 and settings_chosen().is_sqlite:
        raise fail("SQLite is for one process. Use PostgreSQL for several workers (CHAPEAU_DATABASE_URL).")

    async def work(_database: Database) -> None: ...

    with_database(work)  # refuses a database that is not migrated
    _run(host, port, workers)


def migrate(
    to: Annotated[str, typer.Option(help="A revision, later or earlier; by default the newest.")] = "head",
) -> None:
    """Bring the database to the shape that this version needs."""

    async def work(database: Database) -> None:
        await migrations.move(database, to)

    with_database(work, must_be_current=False)
    typer.echo("The database is up to date." if to == "head" else f"The database is at {to}.")


def demo(host: Host = "127.0.0.1", port: Port = 8000) -> None:
    """Migrate, load the sample negotiation once, say how to use it, and serve."""

    async def work(database: Database) -> str:
        await migrations.upgrade(database)
        people = await load_sample(database)
        password = secrets.token_urlsafe(12)
        async with database.writing() as db:
            for who in people:
                await set_password(await access.person_signing_in(db, who.sign_in), password)
            person = await access.person_signing_in(db, people[0].sign_in)
            seat = Seat(person.id, person.name, Role.READER)
            token = await access.issue_token(db, seat, name="make run", scope=Scope.WRITE, negotiation=SAMPLE)
        names = "\n".join(f"  {who.sign_in:32}{who.role:13}{who.delegation}" for who in people)
        return _welcome(f"http://{host}:{port}", names, token.secret, password)

    typer.echo(with_database(work, must_be_current=False))
    _run(host, port, workers=1)


def _welcome(address: str, names: str, secret: str, password: str) -> str:
    return f"""
Chapeau serves the sample negotiation “{SAMPLE}”.

  Pages         {address}
  API           {address}/api/v1/negotiations/{SAMPLE}
  Description   {address}/docs   (OpenAPI: {address}/openapi.json)
  Health        {address}/healthz   {address}/readyz

Who can sign in, with the password {password} until the next start (a token for each: chapeau token NAME):
{names}

Try:
  curl -H 'Authorization: Bearer {secret}' {address}/api/v1/negotiations/{SAMPLE}/clauses/OP4
"""


def _run(host: str, port: int, workers: int) -> None:
    uvicorn.run(
        "app.main:create_app",
        factory=True,
        host=host,
        port=port,
        workers=workers,
        log_level=settings_chosen().log_level,
        server_header=False,
        proxy_headers=True,
        log_config=log_config(),
        timeout_graceful_shutdown=_LET_GO_AFTER,
    )
