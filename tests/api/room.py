"""A room to negotiate in, in the words of those who sit there: `done(await room.as_("NOR").propose("OP4", "..."))`.

Everything goes through the API, in this process. `done` gives the answer of what was carried out, `refused` the problem
of what was not.
"""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import httpx
from fastapi import FastAPI
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from app.actions import access, drafting, inviting
from app.main import create_app, server_on
from app.record.database import Clock, Database
from app.rules.permissions import Role, Scope, Seat
from app.rules.positions import DelegationKind
from app.settings import Settings
from app.text.drafts import parse
from app.text.labels import canonical
from app.views.access import operator_seat
from tests.api.listening import Brief
from tests.builders import need_not_outlive_the_test

SLUG: Final = "water"
ROOM: Final = f"/api/v1/negotiations/{SLUG}"

DRAFT: Final = """---
slug: water
title: Safe water for all
organ: General Assembly
language: en
---

*The General Assembly*,

PP1. *Recalling* its resolution 64/292 of 28 July 2010,

PP2. *Noting* the progress made in many countries,

PP3. *Concerned* at the cost of safe water,

OP1. *Encourages* Member States to measure the quality of water every year;

OP2. *Also encourages* Member States to consider, among other measures:

OP2(a). Tariffs that everyone can afford;

OP2(b). Public reports on the quality of water;

OP3. *Invites* development banks to finance safe water on fair terms;

OP4. *Decides* to remain seized of the matter.
"""

# Those who take part: the code, what it is, its role, its members. France holds the pen; Italy is in the European Union
# with France; the ILO observes.
DELEGATIONS: Final = (
    ("FRA", DelegationKind.STATE, Role.PENHOLDER, ()),
    ("ARG", DelegationKind.STATE, Role.DELEGATE, ()),
    ("BRA", DelegationKind.STATE, Role.DELEGATE, ()),
    ("ITA", DelegationKind.STATE, Role.DELEGATE, ()),
    ("NOR", DelegationKind.STATE, Role.DELEGATE, ()),
    ("EU", DelegationKind.GROUP, Role.DELEGATE, ("FRA", "ITA")),
    ("ILO", DelegationKind.ORGANISATION, Role.OBSERVER, ()),
)
UNINVITED: Final = "PER"  # known to the server, not taking part
SECRETARIAT, READER, STRANGER, ADMINISTRATOR = "secretariat", "reader", "stranger", "administrator"
PEOPLE: Final = (*(code for code, *_ in DELEGATIONS), SECRETARIAT, READER, STRANGER, ADMINISTRATOR)
NOBODY: Final = "nobody"  # who sends no token

Secrets = Mapping[tuple[str, Scope], str]


def sign_in(who: str) -> str:
    return f"{who.lower()}@example.org"


async def seed(database: Database) -> Secrets:
    """Begin the negotiation, seat everybody, and give each a token of every scope: the secrets, by who and scope."""
    async with database.writing() as db:
        ids = {code: await access.add_delegation(db, code, f"Name of {code}", kind) for code, kind, *_ in DELEGATIONS}
        await access.add_delegation(db, UNINVITED, f"Name of {UNINVITED}", DelegationKind.STATE)
        for code, _, _, members in DELEGATIONS:
            for member in members:
                await access.add_member(db, ids[code], ids[member], database.clock())
        people = {
            who: await access.add_person(db, sign_in(who), f"Delegate of {who}", is_administrator=who == ADMINISTRATOR)
            for who in PEOPLE
        }
        await drafting.create(db, await operator_seat(db), parse(DRAFT))
        for code, _, role, _ in DELEGATIONS:
            await inviting.invite(db, await operator_seat(db, SLUG), code, role)
            await inviting.assign_seat(db, await operator_seat(db, SLUG), sign_in(code), code, None)
        for who, role in ((SECRETARIAT, Role.SECRETARIAT), (READER, Role.READER)):
            await inviting.assign_seat(db, await operator_seat(db, SLUG), sign_in(who), "", role)
        return {
            (who, scope): (
                await access.issue_token(db, Seat(people[who], who, Role.READER), name=scope.value, scope=scope)
            ).secret
            for who in PEOPLE
            for scope in Scope
        }


async def furnish(room: "Room") -> None:
    """Something of everything, all by France: amendment A1 to OP1, a draft A2, silence S1 on OP2, comment C1 on OP1,
    Norway as sponsor, note N1 on the outreach to Norway, webhook W1 (which wants what no negotiation has),
    meeting M1 on OP1.
    """
    done(await room.as_("FRA").propose("OP1", "Encourages Member States to measure the quality of water;"))
    done(await room.as_("FRA").propose("OP1", "Encourages everybody;", audience="delegation"))
    done(await room.as_("FRA").open_silence("OP2"))
    done(await room.as_("FRA").comment("OP1", "Is there a better verb?"))
    done(await room.as_("FRA").post("/sponsors", {"state": "NOR", "told": "note verbale of 3 January"}))
    meeting = {"state": "NOR", "held_on": "2023-01-02", "step": "interested", "note": "Would join."}
    done(await room.as_("FRA").post("/outreach", meeting))
    hook = {"url": "https://hooks.example.invalid/chapeau", "verbs": ["library.import"]}
    done(await room.as_("FRA").post("/webhooks", hook))
    done(await room.as_("FRA").hold_meeting("3rd informal", "OP1"))


@asynccontextmanager
async def open_room(url: str, clock: Clock, secrets: Secrets) -> AsyncIterator["Room"]:
    """A room on a database in which `seed` has been, the server started and stopped as uvicorn would."""
    async with _running(prepared(Settings(database_url=url, pool_size=5), clock), secrets) as room:
        yield room


@asynccontextmanager
async def another_server(room: "Room", **settings: Any) -> AsyncIterator["Room"]:
    """A second process on the database of a room: the same people, nothing else in common."""
    beside = room.app.state.server.settings.model_copy(update=settings)
    async with _running(prepared(beside, room.database.clock, "another"), room.secrets) as other:
        yield other


@asynccontextmanager
async def _running(app: FastAPI, secrets: Secrets) -> AsyncIterator["Room"]:
    async with app.router.lifespan_context(app):
        transport = httpx.ASGITransport(Brief(app), raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://chapeau.test") as client:
            yield Room(app, client, secrets)


def prepared(settings: Settings, clock: Clock, process: str = "") -> FastAPI:
    """The application on a database, as one `process` of an installation serves it."""
    app = _application(process)
    database = Database(
        settings.database_url, clock=clock, engine=_engine(settings.database_url, settings.pool_size, process)
    )
    app.state.server = server_on(database, settings)
    return app


# One application and one engine for all tests of a process, one test after the other: FastAPI takes longer to prepare
# its routes, and SQLAlchemy its statements, than most tests to run.


@cache
def _application(_process: str) -> FastAPI:
    return create_app(Settings(database_url="sqlite+aiosqlite:///:memory:"))


@cache
def _engine(url: str, pool_size: int, _process: str) -> AsyncEngine:
    database = Database(url, pool_size=pool_size)
    if database.is_sqlite:
        need_not_outlive_the_test(database)
    return database.engine


@dataclass(frozen=True, slots=True)
class Room:
    """The running server with everybody in it."""

    app: FastAPI
    client: httpx.AsyncClient
    secrets: Secrets

    def as_(self, who: str, scope: Scope = Scope.WRITE) -> "Desk":
        """Where somebody sits and acts: a delegation by its code, the secretariat, a reader, ..., or NOBODY."""
        return Desk(self, who, "" if who == NOBODY else self.secrets[who, scope])

    def with_token(self, secret: str) -> "Desk":
        return Desk(self, "somebody", secret)

    @property
    def database(self) -> Database:
        found: Database = self.app.state.server.database
        return found

    async def clause(self, label: str, by: str = "FRA") -> dict[str, Any]:
        return done(await self.as_(by).get(f"/clauses/{label}"))

    async def status(self, label: str) -> str:
        return str((await self.clause(label))["status"])

    async def amendment(self, name: str, by: str = "FRA") -> dict[str, Any]:
        return done(await self.as_(by).get(f"/amendments/{name}"))

    async def labels(self) -> list[str]:
        return [clause["label"] for clause in done(await self.as_("FRA").get("/clauses"))]

    async def record(self, by: str = "FRA") -> list[dict[str, Any]]:
        return list(done(await self.as_(by).get("/record?limit=200"))["items"])

    async def head(self) -> int:
        """How many entries the record has."""
        async with self.database.reading() as db:
            return int(await db.scalar(text("select head_seq from negotiation where slug = :slug"), {"slug": SLUG}))

    async def version_of(self, address: str) -> str:
        """What If-Match wants for `/clauses/OP4`, `/amendments/A1` or `/meetings/M1` now, asked of the tables; what a
        translation or a language is read with."""
        if "/translations/" in address or address.startswith("/languages/"):
            return await self.as_("FRA").tag(address)
        _, part, name = address.split("/", 2)
        if part == "amendments":
            query, wanted = "select 'A' || number, current_version from amendment where number = :name", int(name[1:])
        elif part == "meetings":
            query, wanted = "select 'M' || number, version from meeting where number = :name", int(name[1:])
        else:
            query = (
                "select key, current_version from clause where :name in (key, label) order by removed_by is not null"
            )
            wanted = canonical(name) or name
        of = "negotiation_id = (select id from negotiation where slug = :slug)"
        async with self.database.reading() as db:
            row = (
                await db.execute(text(query.replace("where ", f"where {of} and ")), {"name": wanted, "slug": SLUG})
            ).first()
        return '"unread"' if row is None else f'"{row[0]}.v{row[1]}"'

    async def by_hand(self, *statements: str) -> None:
        """What no action does: change the tables past the server."""
        async with self.database.engine.begin() as connection:
            for statement in statements:
                await connection.execute(text(statement))

    async def is_intact(self) -> bool:
        return bool(done(await self.as_("FRA").get("/record/verification"))["is_intact"])


@dataclass(frozen=True, slots=True)
class Desk:
    """Requests in one name. Addresses are those in the negotiation, or whole ones (`/api/v1/tokens`).

    A write names the version that is current at that moment, unless it is told which one.
    """

    room: Room
    who: str
    secret: str
    negotiation: str = ROOM

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.secret}"} if self.secret else {}

    async def send(
        self,
        method: str,
        address: str,
        body: Any = None,
        *,
        if_match: str | None = None,
        key: str | None = None,
        **headers: str,
    ) -> httpx.Response:
        sent = self.headers | {name.replace("_", "-"): value for name, value in headers.items()}
        if if_match is not None:
            sent["If-Match"] = if_match
        if key is not None:
            sent["Idempotency-Key"] = key
        return await self.room.client.request(method, self._whole(address), json=body, headers=sent)

    async def get(self, address: str, **headers: str) -> httpx.Response:
        return await self.send("GET", address, **headers)

    async def post(self, address: str, body: Any = None, **more: Any) -> httpx.Response:
        return await self.send("POST", address, {} if body is None else body, **more)

    async def put(self, address: str, body: Any = None, **more: Any) -> httpx.Response:
        return await self.send("PUT", address, body, **more)

    async def delete(self, address: str, **more: Any) -> httpx.Response:
        return await self.send("DELETE", address, **more)

    async def tag(self, address: str) -> str:
        """The ETag with which a clause or an amendment is read."""
        answer = await self.get(address)
        done(answer)
        return str(answer.headers["ETag"])

    def _whole(self, address: str) -> str:
        return address if address.startswith("/api/") else f"{self.negotiation}{address}"

    # --- on clauses

    async def propose(
        self,
        clause: str,
        wording: str | None = None,
        kind: str = "replace",
        *,
        if_match: str | None = None,
        **more: Any,
    ) -> httpx.Response:
        body = {"kind": kind, "clause": clause, "text": wording, **more}
        return await self.post(
            "/amendments", body, if_match=if_match or await self.room.version_of(f"/clauses/{clause}")
        )

    async def take(self, on: str, stance: str, reason: str = "", *, if_match: str | None = None) -> httpx.Response:
        """A position on a clause (`OP4`) or an amendment (`A1`)."""
        address = _address(on)
        return await self.put(
            f"{address}/position",
            {"stance": stance, "reason": reason},
            if_match=if_match or await self.room.version_of(address),
        )

    async def take_back(self, on: str) -> httpx.Response:
        address = _address(on)
        return await self.delete(f"{address}/position", if_match=await self.room.version_of(address))

    async def edit(
        self, clause: str, wording: str, reason: str = "A slip.", *, if_match: str | None = None
    ) -> httpx.Response:
        address = f"/clauses/{clause}"
        body = {"text": wording, "reason": reason}
        return await self.post(f"{address}/versions", body, if_match=if_match or await self.room.version_of(address))

    async def rule(self, clause: str, kind: str = "agreed", **more: Any) -> httpx.Response:
        address = f"/clauses/{clause}"
        return await self.post(
            f"{address}/rulings", {"kind": kind, **more}, if_match=await self.room.version_of(address)
        )

    async def reopen(self, clause: str, reason: str = "A capital has a question.") -> httpx.Response:
        address = f"/clauses/{clause}"
        return await self.post(f"{address}/reopen", {"reason": reason}, if_match=await self.room.version_of(address))

    async def translate(
        self, clause: str, language: str, wording: str, *, if_match: str | None = None
    ) -> httpx.Response:
        address = f"/clauses/{clause}/translations/{language}"
        return await self.put(address, {"text": wording}, if_match=if_match or await self.room.version_of(address))

    async def confirm(self, clause: str, language: str, *, if_match: str | None = None) -> httpx.Response:
        address = f"/clauses/{clause}/translations/{language}"
        return await self.post(f"{address}/confirmation", if_match=if_match or await self.room.version_of(address))

    async def translate_text(
        self,
        language: str,
        draft: str,
        of: str = "zero draft",
        act: str = "",
        *,
        if_match: str | None = None,
        **more: Any,
    ) -> httpx.Response:
        address = f"/languages/{language}"
        body = {"draft": draft, "of": of, **more}
        return await self.post(f"{address}{act}", body, if_match=if_match or await self.room.version_of(address))

    async def comment(self, on: str, remark: str, **more: Any) -> httpx.Response:
        """A comment on a clause (`OP4`) or an amendment (`A1`)."""
        subject = "amendment" if _address(on).startswith("/amendments") else "clause"
        return await self.post("/comments", {subject: on, "text": remark, **more})

    # --- meetings

    async def hold_meeting(self, title: str, *clauses: str, **more: Any) -> httpx.Response:
        discussed = [{"clause": clause} for clause in clauses]
        return await self.post("/meetings", {"title": title, "clauses": discussed, **more})

    async def note_meeting(self, name: str, *, if_match: str | None = None, **changes: Any) -> httpx.Response:
        address = f"/meetings/{name}"
        return await self.send("PATCH", address, changes, if_match=if_match or await self.room.version_of(address))

    # --- on amendments

    async def _on(self, name: str, act: str, body: Any, if_match: str | None, method: str = "POST") -> httpx.Response:
        address = f"/amendments/{name}"
        return await self.send(
            method, f"{address}{act}", body, if_match=if_match or await self.room.version_of(address)
        )

    async def accept(self, name: str, *, if_match: str | None = None, **how: Any) -> httpx.Response:
        return await self._on(name, "/acceptance", how, if_match)

    async def reject(self, name: str, reason: str = "The room prefers the text.") -> httpx.Response:
        return await self._on(name, "/rejection", {"reason": reason}, None)

    async def withdraw(self, name: str, **why: Any) -> httpx.Response:
        return await self._on(name, "/withdrawal", why, None)

    async def restate(self, name: str, *, if_match: str | None = None, **anew: Any) -> httpx.Response:
        return await self._on(name, "", anew, if_match, "PUT")

    async def submit(self, name: str) -> httpx.Response:
        return await self._on(name, "/submission", {}, None)

    async def cosponsor(self, name: str, *, if_match: str | None = None) -> httpx.Response:
        return await self._on(name, "/cosponsorship", None, if_match, "PUT")

    async def leave(self, name: str) -> httpx.Response:
        return await self._on(name, "/cosponsorship", None, None, "DELETE")

    # --- silence

    async def open_silence(self, *clauses: str, **more: Any) -> httpx.Response:
        return await self.post("/silences", {**({"clauses": list(clauses)} if clauses else {}), **more})

    async def break_silence(self, name: str, reason: str = "No instructions.", *clauses: str) -> httpx.Response:
        body = {"reason": reason, **({"clauses": list(clauses)} if clauses else {})}
        return await self.post(f"/silences/{name}/break", body)


def done(answer: httpx.Response) -> Any:
    """What a request that was carried out gave back."""
    assert answer.status_code in (200, 201, 202, 204), f"{answer.request.method} {answer.request.url}: {answer.text}"
    return answer.json() if answer.content else None


def refused(answer: httpx.Response, status: int, slug: str) -> dict[str, Any]:
    """The problem with which a request was refused."""
    assert answer.status_code == status, f"{answer.request.method} {answer.request.url}: {answer.text}"
    assert answer.headers["Content-Type"] == "application/problem+json"
    problem: dict[str, Any] = answer.json()
    assert problem["type"] == f"/problems/{slug}", problem
    assert problem["status"] == status
    assert problem["instance"] == answer.request.url.path or "%" in answer.request.url.raw_path.decode()
    assert problem["title"]
    assert problem["detail"]
    return problem


def _address(on: str) -> str:
    return f"/amendments/{on}" if on[0] == "A" and on[1:].isdigit() else f"/clauses/{on}"
