"""Speed of the board: `python -m tests.bench.board`. 200 paragraphs by 193 delegations, each with a position on each.

In this process, on SQLite, through the whole application: cold is the first read after the record has grown, warm any
read after it, and 304 one by who has the answer already. Beside them what the parts of a cold read take.
"""

import asyncio
import tempfile
import time
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from statistics import median
from typing import Any, Final

import httpx
from sqlalchemy import event, insert, select

from app.actions import access, drafting, inviting
from app.api.board import rendered_board
from app.main import create_app
from app.record import migrations
from app.record.database import Database
from app.record.people import Delegation, Participation
from app.record.proposals import Position
from app.record.texts import Clause, Negotiation
from app.rules.permissions import Role, Visibility
from app.rules.positions import DelegationKind, Stance
from app.settings import Settings
from app.text.drafts import parse
from app.views.access import operator_seat
from app.views.board import board
from app.views.standings import Standings

CLAUSES: Final = 200
DELEGATIONS: Final = 193
GROUPS: Final = 6
ADDRESS: Final = "/api/v1/negotiations/large/board"
TURNS: Final = 15


async def prepare(database: Database) -> None:
    """A negotiation of that size: the text and the groups by acts, who takes part and what they say by bulk inserts."""
    await migrations.upgrade(database)
    paragraphs = "\n\n".join(f"OP{n}. *Encourages* Member States to take measure {n};" for n in range(1, CLAUSES))
    draft = f"---\nslug: large\ntitle: A large text\n---\n\n*The General Assembly*,\n\n{paragraphs}\n"
    async with database.writing() as db:
        house = drafting.House(Visibility.PUBLIC)
        facts = await drafting.create(db, await operator_seat(db), parse(draft), slug="large", house=house)
        states = [
            {"code": f"S{n:03}", "name": f"State {n}", "kind": DelegationKind.STATE.value} for n in range(DELEGATIONS)
        ]
        await db.execute(insert(Delegation), states)
        ids = list(await db.scalars(select(Delegation.id).where(Delegation.code.like("S%")).order_by(Delegation.code)))
        taking_part = [
            {
                "negotiation_id": facts.id,
                "delegation_id": one,
                "role": Role.DELEGATE.value,
                "invited_at": database.clock(),
            }
            for one in ids
        ]
        await db.execute(insert(Participation), taking_part)
        for number in range(GROUPS):
            code = f"G{number}"
            group = await access.add_delegation(db, code, f"Group {number}", DelegationKind.GROUP)
            for member in ids[number * 30 : number * 30 + 40]:
                await access.add_member(db, group, member, database.clock())
            await inviting.invite(db, await operator_seat(db, "large"), code, Role.DELEGATE)
        await db.execute(
            insert(Position), [_position(facts.id, c, d, database) for c in await _clauses(db) for d in ids]
        )


async def _clauses(db: Any) -> list[int]:
    return list(await db.scalars(select(Clause.id).where(Clause.kind != "opening")))


def _position(negotiation: int, clause: int, delegation: int, database: Database) -> dict[str, Any]:
    stance = (Stance.SUPPORT, Stance.ACCEPT, Stance.RESERVE, Stance.OBJECT)[(clause * 7 + delegation) % 29 % 4]
    return {
        "negotiation_id": negotiation,
        "delegation_id": delegation,
        "clause_id": clause,
        "version": 1,
        "stance": stance.value,
        "reason": "The costs are not shown." if stance is Stance.OBJECT else "",
        "seq": 1,
        "taken_at": database.clock() - timedelta(hours=1),
    }


async def measure(settings: Settings) -> None:
    """Print what reading the board takes."""
    app = create_app(settings)
    database: Database = app.state.server.database
    await prepare(database)
    sent: list[str] = []
    event.listen(database.engine.sync_engine, "before_cursor_execute", lambda *args: sent.append(args[2]))
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://chapeau.test") as http:

        async def read(**headers: str) -> httpx.Response:
            sent.clear()
            answer = await http.get(ADDRESS, headers=headers)
            assert answer.status_code in (200, 304), answer.text
            return answer

        async def cold() -> httpx.Response:
            app.state.server = replace(app.state.server, standings=Standings(8))
            return await read()

        answer = await read()
        shape = answer.json()
        cells = len(shape["clauses"]) * len(shape["delegations"])
        filled = sum(cell is not None for row in shape["clauses"] for cell in row["positions"])
        print(f"The board: {len(shape['clauses'])} paragraphs by {len(shape['delegations'])} delegations,", end=" ")
        print(f"{cells} cells, {filled} filled, {len(answer.content) / 1e6:.1f} MB")
        known = {"If-None-Match": answer.headers["ETag"]}
        for name, act in (("cold", cold), ("warm", read), ("304", lambda: read(**known))):
            taken = await _median(act)
            print(f"  {name:44}{taken * 1000:8.1f} ms{sum(not s.startswith(('BEGIN', 'PRAGMA')) for s in sent):5} SQL")
    await _parts(database)
    await database.close()


async def _parts(database: Database) -> None:
    async with database.reading() as db:
        number = await db.scalar(select(Negotiation.id).where(Negotiation.slug == "large"))
        assert number is not None
        standing = await Standings(1).of(db, number)

        async def load() -> None:
            await Standings(1).of(db, number)

        async def build() -> None:
            board(standing, database.clock())

        async def render() -> None:
            rendered_board(standing, database.clock())

        for name, act in (
            ("of a cold read: the facts from the database", load),
            ("of a cold read: the board from the facts", build),
            ("of a cold read: the board and its JSON", render),
        ):
            print(f"  {name:44}{await _median(act) * 1000:8.1f} ms")


async def _median(act: Callable[[], Awaitable[Any]]) -> float:
    taken = []
    for _ in range(TURNS):
        before = time.perf_counter()
        await act()
        taken.append(time.perf_counter() - before)
    return median(taken)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(measure(Settings(database_url=f"sqlite+aiosqlite:///{Path(folder)}/bench.db")))


if __name__ == "__main__":
    main()
