"""What was acknowledged is kept, whenever the server dies: it is killed (SIGKILL) while several delegations write.

Every act carries a mark of its own (its Idempotency-Key, or the reason of a position) by which the record is searched.
"""

import asyncio
import random
import signal
from collections import Counter
from collections.abc import Awaitable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import select

from app.actions import access
from app.main import create_app
from app.record.database import Database
from app.record.texts import Negotiation
from app.rules.permissions import Role, Scope, Seat
from app.settings import Settings
from app.views import records
from app.views.access import operator_seat
from app.views.verification import Verification, verification
from tests.api.room import ROOM, SLUG, sign_in
from tests.servers import Server, forked

DELEGATES = ("FRA", "ARG", "BRA", "ITA", "NOR")
CLAUSES = {"PP1": "c3", "PP2": "c4", "PP3": "c5", "OP1": "c6", "OP2(a)": "c8", "OP3": "c10", "OP4": "c11"}
KILLS = {"sqlite": 12, "postgresql": 4}


@dataclass(frozen=True, slots=True)
class Act:
    """One request of a delegation. A proposal can be sent again under its key; a position is sent once."""

    mark: str
    by: str
    method: str
    path: str
    body: Mapping[str, Any]
    tag: str

    @property
    def is_repeatable(self) -> bool:
        return self.method == "POST"


@dataclass(slots=True)
class Ledger:
    """What the clients know: which acts were acknowledged (with their record entry), and which got no answer."""

    acknowledged: dict[str, int] = field(default_factory=dict)
    unanswered: list[Act] = field(default_factory=list)


class Clients:
    """Several delegations that write at once, each waiting for an answer before its next act."""

    def __init__(self, secrets: Mapping[str, str], seed: int) -> None:
        self._secrets = secrets
        self._acts = {code: self._acts_of(code, random.Random(f"{seed} {code}")) for code in secrets}
        self.ledger = Ledger()

    async def write_until_killed(self, server: Server, after: int, moment: Awaitable[None]) -> None:
        """Have everybody write; when `after` more acts are answered, await the `moment` and kill the server."""
        goal = len(self.ledger.acknowledged) + after
        reached = asyncio.Event()
        async with httpx.AsyncClient(base_url=server.address, timeout=30) as http:

            async def delegate(code: str) -> None:
                while await self._send(http, next(self._acts[code])):
                    if len(self.ledger.acknowledged) >= goal:
                        reached.set()

            async def kill() -> None:
                await reached.wait()
                await moment
                server.kill()

            await asyncio.gather(kill(), *(delegate(code) for code in self._secrets))

    async def send_again(self, server: Server) -> int:
        """Send every proposal that got no answer again; how many of them had acted all the same."""
        waiting, self.ledger.unanswered = self.ledger.unanswered, []
        repeated = 0
        async with httpx.AsyncClient(base_url=server.address, timeout=30) as http:
            for act in waiting:
                if act.is_repeatable:
                    answer = await self._answer(http, act)
                    repeated += "Idempotency-Replayed" in answer.headers
                else:
                    self.ledger.unanswered.append(act)
        return repeated

    async def _send(self, http: httpx.AsyncClient, act: Act) -> bool:
        try:
            await self._answer(http, act)
        except httpx.TransportError:
            self.ledger.unanswered.append(act)
            return False
        return True

    async def _answer(self, http: httpx.AsyncClient, act: Act) -> httpx.Response:
        headers = {"Authorization": f"Bearer {self._secrets[act.by]}", "If-Match": act.tag}
        if act.is_repeatable:
            headers["Idempotency-Key"] = act.mark
        answer = await http.request(act.method, f"{ROOM}{act.path}", json=dict(act.body), headers=headers)
        assert answer.status_code in (200, 201), answer.text
        self.ledger.acknowledged[act.mark] = answer.json()["seq"]
        return answer

    @staticmethod
    def _acts_of(code: str, chance: random.Random) -> Iterator[Act]:
        for number in count(1):
            mark = f"{code}-{number}"
            clause, key = chance.choice(list(CLAUSES.items()))
            if chance.random() < 0.7:
                text = f"{clause} as {code} would have it in its proposal {number},"
                proposal = {"kind": "replace", "clause": clause, "text": text, "rationale": mark}
                yield Act(mark, code, "POST", "/amendments", proposal, f'"{key}.v1"')
            else:
                position = {"stance": "reserve", "reason": mark}
                yield Act(mark, code, "PUT", f"/clauses/{clause}/position", position, f'"{key}.v1"')


async def secrets_of(database_url: str) -> dict[str, str]:
    """A token for each delegation, good by the clock of a real server."""
    database = Database(database_url)
    try:
        async with database.writing() as db:
            found = {}
            for code in DELEGATES:
                person = await access.person_signing_in(db, sign_in(code))
                seat = Seat(person.id, person.name, Role.READER)
                found[code] = (await access.issue_token(db, seat, name="durable", scope=Scope.WRITE)).secret
            return found
    finally:
        await database.close()


async def next_entry(database_url: str) -> None:
    """Wait until the record has one entry more than now."""
    database = Database(database_url)
    try:
        before = now = await head(database)
        while now == before:
            now = await head(database)
    finally:
        await database.close()


async def head(database: Database) -> int:
    async with database.reading() as db:
        return int(await db.scalar(select(Negotiation.head_seq).where(Negotiation.slug == SLUG)) or 0)


async def the_record(database_url: str) -> tuple[list[tuple[int, str]], Verification]:
    """The acts on the record, each with its entry and its mark, and what verifying all of it says."""
    database = Database(database_url)
    try:
        async with database.reading() as db:
            seat = await operator_seat(db, SLUG)
            entries = await records.record(db, seat, limit=100_000)
            found = [(entry.seq, mark) for entry in entries if (mark := mark_of(entry.payload or {}))]
            return found, await verification(db, seat.negotiation_id)
    finally:
        await database.close()


def mark_of(payload: Mapping[str, Any]) -> str:
    return str(payload.get("rationale") or payload.get("reason") or "")


@pytest.mark.timeout(300)
async def test_no_acknowledged_write_is_lost_when_the_server_is_killed_again_and_again(
    room_url: str, database_kind: str, tmp_path: Path
) -> None:
    clients = Clients(await secrets_of(room_url), seed=20)
    settings, log = Settings(database_url=room_url), tmp_path / "server.log"
    chance = random.Random(20)
    cut_off = 0
    for number in range(KILLS[database_kind]):
        with forked(log, create_app, settings) as server:
            await clients.send_again(server)
            # By turns as soon as a new entry is seen, perhaps before it is answered, and anywhere in the work.
            moment = next_entry(room_url) if number % 2 else asyncio.sleep(chance.uniform(0, 0.03))
            await clients.write_until_killed(server, chance.randint(3, 15), moment)
            assert server.exit_status == -signal.SIGKILL
            cut_off += len(clients.ledger.unanswered)
    with forked(log, create_app, settings) as server:
        await clients.send_again(server)
    assert cut_off > KILLS[database_kind], "the server was hardly ever killed in the middle of a write"

    entries, verification = await the_record(room_url)
    acknowledged = clients.ledger.acknowledged
    on_record = Counter(mark for _, mark in entries)
    assert [mark for mark, times in on_record.items() if times > 1] == [], "an act that happened twice"
    assert {mark: seq for seq, mark in entries if mark in acknowledged} == acknowledged
    assert on_record.keys() - acknowledged.keys() <= {act.mark for act in clients.ledger.unanswered}
    assert verification.is_intact, verification.faults
