"""Speed of the pages: `python -m tests.bench.pages`. A text of 200 paragraphs with 1,000 open amendments, on SQLite.

How large the draft page is and how soon its first byte comes; and how long after its commit a change is on the page of
somebody else, while 200 listen. Somebody else is a client that does what the pages do: it hears of the change, waits
the 60 ms in which a page gathers what comes together, and fetches the page anew. The others hear only, or fetch too.
"""

import asyncio
import gzip
import json
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from typing import Final

import httpx

from app.actions import access, drafting, inviting, signing_in
from app.main import create_app
from app.record import migrations
from app.record.database import Database
from app.rules.permissions import Role, Scope, Seat, Visibility
from app.rules.positions import DelegationKind
from app.settings import Settings
from app.text.drafts import parse
from app.views.access import operator_seat
from tests.bench.wire import Wire
from tests.bench.wording import wording
from tests.servers import Server, forked

CLAUSES: Final = 200
AMENDMENTS: Final = 1_000
LISTENERS: Final = 200
CHANGES: Final = 200
TURNS: Final = 20
GATHERED: Final = 0.06  # seconds: live.js waits so long for more
PAGE: Final = "/n/large"
API: Final = "/api/v1/negotiations/large"
CODES: Final = tuple(f"X{n:02}" for n in range(15))


@dataclass(frozen=True, slots=True)
class Secrets:
    """A session for the pages, and a token for the API, of each delegate."""

    session: str
    tokens: tuple[str, ...]


async def prepare(settings: Settings) -> Secrets:
    """The negotiation, with its amendments proposed one by one."""
    database = Database(settings.database_url)
    try:
        await migrations.upgrade(database)
        paragraphs = "\n\n".join(f"OP{number}. {wording(number)}" for number in range(1, CLAUSES))
        draft = f"---\nslug: large\ntitle: A large text\n---\n\n*The General Assembly*,\n\n{paragraphs}\n"
        async with database.writing() as db:
            house = drafting.House(Visibility.PUBLIC)
            await drafting.create(db, await operator_seat(db), parse(draft), slug="large", house=house)
            for code in CODES:
                await access.add_delegation(db, code, f"State {code}", DelegationKind.STATE)
                await inviting.invite(db, await operator_seat(db, "large"), code, Role.DELEGATE)
                await access.add_person(db, f"{code.lower()}@example.org", f"Delegate {code}")
                await inviting.assign_seat(
                    db, await operator_seat(db, "large"), f"{code.lower()}@example.org", code, None
                )
        tokens = []
        async with database.writing() as db:
            for code in CODES:
                person = await access.person_signing_in(db, f"{code.lower()}@example.org")
                seat = Seat(person.id, person.name, Role.READER)
                tokens.append((await access.issue_token(db, seat, name="bench", scope=Scope.WRITE)).secret)
            return Secrets((await signing_in.open_session(db, person.id)).secret, tuple(tokens))
    finally:
        await database.close()


def propose(server: Server, tokens: tuple[str, ...]) -> None:
    """The amendments, by all delegates in turns on all paragraphs in turns."""
    wires = [Wire(server.address, _as(token)) for token in tokens]
    for number in range(AMENDMENTS):
        clause = number % (CLAUSES - 1) + 1
        body = {"kind": "replace", "clause": f"OP{clause}", "text": wording(clause, number + 1)}
        sent = json.dumps(body).encode()
        made = wires[number % len(wires)].ask("POST", f"{API}/amendments", sent, If_Match=f'"c{clause + 2}.v1"')
        assert made.status == 201, made.body


def read(server: Server, secrets: Secrets) -> None:
    """Print how large the draft page is, and how soon its first byte comes when it is in memory."""
    wire = Wire(server.address, {"Cookie": f"chapeau={secrets.session}"})
    for name, path in (("the draft", PAGE), ("the draft with all proposals", f"{PAGE}?show=compilation")):
        pages = [wire.ask("GET", path) for _ in range(TURNS)]
        assert pages[-1].status == 200, path
        size, packed = len(pages[-1].body), len(gzip.compress(pages[-1].body, 6))
        taken = median(page.seconds for page in pages[1:]) * 1000
        print(f"  {name:44}{packed / 1000:8.1f} kB compressed ({size / 1000:.0f} kB), {taken:.0f} ms")


# --- how soon others see it -------------------------------------------------------------------------------------------


class Listener:
    """An open page: it hears of every entry and, if it `fetches`, has the page anew."""

    def __init__(self, client: httpx.AsyncClient, *, fetches: bool) -> None:
        self._client = client
        self._fetches = fetches
        self._heard = asyncio.Event()
        self.is_open = asyncio.Event()
        self.seen = 0  # the last entry that was on the page, or was heard
        self.change = asyncio.Condition()

    async def run(self, head: int) -> None:
        """Until it is cancelled."""
        fetching = asyncio.create_task(self._fetch()) if self._fetches else None
        try:
            async with self._client.stream("GET", f"{PAGE}/live?after={head}") as told:
                self.is_open.set()
                async for line in told.aiter_lines():
                    if line.startswith("id: "):
                        await self._hears(int(line[4:]))
        finally:
            if fetching:
                fetching.cancel()

    async def _hears(self, entry: int) -> None:
        if self._fetches:
            self._heard.set()
        else:
            await self._sees(entry)

    async def _fetch(self) -> None:
        while True:
            await self._heard.wait()
            await asyncio.sleep(GATHERED)
            self._heard.clear()
            page = await self._client.get(PAGE, headers={"X-Chapeau-Renew": "1"})
            await self._sees(int(page.text.partition('data-head="')[2].partition('"')[0]))

    async def _sees(self, entry: int) -> None:
        async with self.change:
            self.seen = max(self.seen, entry)
            self.change.notify_all()

    async def has_seen(self, entry: int) -> None:
        async with self.change:
            await self.change.wait_for(lambda: self.seen >= entry)


async def follow(server: Server, secrets: Secrets, *, fetching: int) -> None:
    """Print how long after the answer to an act somebody else has it on the page."""
    writer = httpx.AsyncClient(base_url=server.address, headers=_as(secrets.tokens[0]), timeout=60)
    head = (await writer.get(API)).json()["seq"]
    client = httpx.AsyncClient(
        base_url=server.address,
        cookies={"chapeau": secrets.session},
        timeout=60,
        limits=httpx.Limits(max_connections=None),
    )
    listeners = [Listener(client, fetches=number < fetching) for number in range(LISTENERS)]
    running = [asyncio.create_task(listener.run(head)) for listener in listeners]
    await asyncio.gather(*(listener.is_open.wait() for listener in listeners))
    taken = []
    for number in range(CHANGES):
        said = {"stance": ("support", "accept")[number % 2]}
        done = await writer.put(f"{API}/clauses/OP9/position", json=said, headers={"If-Match": '"c11.v1"'})
        committed = time.perf_counter()
        assert done.status_code == 200, done.text
        await listeners[0].has_seen(done.json()["seq"])
        taken.append(time.perf_counter() - committed)
    for one in running:
        one.cancel()
    await asyncio.gather(*running, return_exceptions=True)
    await writer.aclose()
    await client.aclose()
    parts = quantiles(taken, n=100)
    name = f"from commit to another page; {fetching} of them fetch it"
    print(f"  {name:54}{parts[49] * 1000:6.0f} ms median, {parts[98] * 1000:.0f} ms p99 of {CHANGES}")


def _as(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}


def main() -> None:
    print(f"Pages: {CLAUSES} paragraphs, {AMENDMENTS:,} open amendments, {LISTENERS} listeners")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        settings = Settings(database_url=f"sqlite+aiosqlite:///{folder}/bench.db")
        secrets = asyncio.run(prepare(settings))
        with forked(folder / "server.log", create_app, settings) as server:
            propose(server, secrets.tokens)
            read(server, secrets)
            asyncio.run(follow(server, secrets, fetching=1))
            asyncio.run(follow(server, secrets, fetching=20))


if __name__ == "__main__":
    main()
