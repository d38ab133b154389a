"""Where `chapeau export` takes documents from: the database of this machine, or a server with a token."""

from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final, Protocol

import httpx

from app.cli.running import fail, settings_chosen, with_database
from app.documents.building import document_of
from app.documents.formats import Format, written
from app.documents.tables import TableFormat, written_table
from app.record.database import Database
from app.views.access import operator_seat
from app.views.exports import Export, Wanted, export
from app.views.standings import Standings
from app.views.tables import Table, TableName, table

_PATIENCE: Final = httpx.Timeout(10, read=120)


@dataclass(frozen=True, slots=True)
class Made:
    """A document, and the record entry at which it was asked for."""

    content: bytes
    seq: int


class Source(Protocol):
    """Gives documents and tables of one negotiation. What cannot be given ends the program with a sentence."""

    def document(self, wanted: Wanted, as_format: Format) -> Made: ...

    def table(self, wanted: TableName, as_format: TableFormat) -> Made: ...


@contextmanager
def source_of(negotiation: str) -> Iterator[Source]:
    """The server that CHAPEAU_SERVER names, asked with CHAPEAU_TOKEN; without it the database of the settings."""
    chosen = settings_chosen()
    if not chosen.server:
        yield _Here(negotiation)
        return
    token = chosen.token.get_secret_value()
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    base = f"{chosen.server.rstrip('/')}/api/v1/negotiations/{negotiation}"
    with httpx.Client(base_url=base, headers=headers, timeout=_PATIENCE) as client:
        yield _There(client, chosen.server)


class _Here:
    """The database. What several formats show of one negotiation is read once."""

    def __init__(self, negotiation: str) -> None:
        self._negotiation = negotiation
        self._shown: dict[Wanted, Export] = {}
        self._tables: dict[TableName, Table] = {}

    def document(self, wanted: Wanted, as_format: Format) -> Made:
        if wanted not in self._shown:
            self._shown[wanted] = with_database(self._reading(wanted))
        shown = self._shown[wanted]
        return Made(written(document_of(shown), as_format), shown.text.seq)

    def table(self, wanted: TableName, as_format: TableFormat) -> Made:
        if wanted not in self._tables:
            self._tables[wanted] = with_database(self._tabulating(wanted))
        found = self._tables[wanted]
        return Made(written_table(found, as_format), found.origin.seq)

    def _reading(self, wanted: Wanted) -> Callable[[Database], Awaitable[Export]]:
        async def work(database: Database) -> Export:
            async with database.reading() as db:
                seat = await operator_seat(db, self._negotiation)
                return await export(db, await Standings(1).of(db, seat.negotiation_id), wanted)

        return work

    def _tabulating(self, wanted: TableName) -> Callable[[Database], Awaitable[Table]]:
        async def work(database: Database) -> Table:
            async with database.reading() as db:
                seat = await operator_seat(db, self._negotiation)
                return await table(db, seat, await Standings(1).of(db, seat.negotiation_id), wanted)

        return work


class _There:
    """A server, through its API."""

    def __init__(self, client: httpx.Client, server: str) -> None:
        self._client = client
        self._server = server

    def document(self, wanted: Wanted, as_format: Format) -> Made:
        said = {"at": wanted.at, "since": wanted.since, "language": wanted.language and wanted.language.value}
        asked = {"format": as_format.value, "content": wanted.content.value}
        return self._asked("/export", {**asked, **{name: value for name, value in said.items() if value}})

    def table(self, wanted: TableName, as_format: TableFormat) -> Made:
        return self._asked(f"/tables/{wanted.value}", {"format": as_format.value})

    def _asked(self, address: str, query: dict[str, str]) -> Made:
        try:
            answer = self._client.get(address, params=query)
        except httpx.HTTPError as error:
            raise fail(f"{self._server} does not answer: {str(error) or type(error).__name__}.") from error
        if answer.status_code != httpx.codes.OK:
            raise fail(self._why(answer))
        entry = answer.headers.get("Chapeau-Entry", "").partition(" ")[0]
        if not entry.isdigit():
            raise fail(f"{self._server} answers, but not as a Chapeau server does: check CHAPEAU_SERVER.")
        return Made(answer.content, int(entry))

    def _why(self, answer: httpx.Response) -> str:
        if answer.status_code == httpx.codes.UNAUTHORIZED:
            return f"{self._server} asks who you are: set CHAPEAU_TOKEN to a token of yours with the scope “export”."
        if answer.headers.get("Content-Type", "").startswith("application/problem+json"):
            return str(answer.json().get("detail", "")) or f"{self._server} refuses ({answer.status_code})."
        return f"{self._server} answers {answer.status_code}: is it the address of a Chapeau server?"
