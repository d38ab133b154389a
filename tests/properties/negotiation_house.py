"""A house to negotiate in: a real database with delegations that anybody can speak for, and a look at all its rows."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from typing import Any, Final, TypeVar

from sqlalchemy import BindParameter, Connection, Row, Select, Table, bindparam, create_engine, make_url, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.actions import access, drafting, inviting, silence
from app.problems import Problem
from app.record.database import Database
from app.record.models import Amendment, Base, Clause, Silence
from app.rules.permissions import Role, Seat
from app.rules.positions import DelegationKind
from app.text.clauses import Clause as TextClause
from app.text.clauses import Draft, Kind
from app.views import amendments
from tests.builders import SetClock, need_not_outlive_the_test
from tests.properties.negotiation_model import Clause as ModelClause
from tests.properties.negotiation_model import Membership, Words, text_of

Result = TypeVar("Result")
Rows = dict[str, list[Row[Any]]]

SECRETARIAT: Final = ""
ROLES: Final = {
    "FRA": Role.PENHOLDER,
    "ESP": Role.DELEGATE,
    "ARG": Role.DELEGATE,
    "BRA": Role.DELEGATE,
    "EU": Role.DELEGATE,
    "ILO": Role.OBSERVER,
}
OPERATOR: Final = Seat(None, "operator", Role.ADMINISTRATOR)
KINDS: Final = {"EU": DelegationKind.GROUP, "ILO": DelegationKind.ORGANISATION}

FIRST_WORDS: Final[Words] = ("water", "cities", "youth")
TEXT: Final = (
    (Kind.TITLE, "Title", 1, "On"),
    (Kind.OPENING, "Opening", 1, "The Assembly"),
    (Kind.PREAMBULAR, "PP1", 1, "Recalling"),
    (Kind.OPERATIVE, "OP1", 1, "Encourages"),
    (Kind.OPERATIVE, "OP1(a)", 2, "To begin"),
    (Kind.OPERATIVE, "OP2", 1, "Decides"),
)

# The tables of one negotiation, and how their rows are found.
_MINE: Final = (
    *("amendment", "clause", "comment", "entry", "participation", "position", "revision", "seat", "silence"),
)
_OF: Final[dict[str, tuple[str, type[Amendment | Clause | Silence]]]] = {
    "amendment_version": ("amendment_id", Amendment),
    "clause_version": ("clause_id", Clause),
    "cosponsorship": ("amendment_id", Amendment),
    "ruling": ("clause_id", Clause),
    "silence_clause": ("silence_id", Silence),
}


class House:
    """One database and one event loop for many negotiations, one after the other."""

    def __init__(self, url: str, runner: asyncio.Runner) -> None:
        self.clock = SetClock()
        self.database = Database(url, pool_size=2, clock=self.clock)
        self._runner = runner
        self._ids: dict[str, int] = {}
        self._people: dict[str, int] = {}
        self.memberships: list[Membership] = []
        self._count = 0
        self._eye = None
        if self.database.is_sqlite:
            need_not_outlive_the_test(self.database)
            self._eye = create_engine(make_url(url).set(drivername="sqlite"))  # reads without changing threads

    def open(self) -> None:
        """Make the delegations known."""

        async def open_it(db: AsyncSession) -> None:
            for code in ROLES:
                self._ids[code] = await access.add_delegation(
                    db, code, code.title(), KINDS.get(code, DelegationKind.STATE)
                )
            for member in ("FRA", "ESP"):
                await access.add_member(db, self._ids["EU"], self._ids[member], self.clock.now)
                self.memberships.append(Membership("EU", member, self.clock.now.date()))
            for code in (*ROLES, SECRETARIAT):
                sign_in = f"{code or 'secretariat'}@example.org"
                self._people[code] = await access.add_person(db, sign_in, f"Delegate of {code}")

        self.write(open_it)

    def close(self) -> None:
        self._runner.run(self.database.close())
        if self._eye is not None:
            self._eye.dispose()

    def begin(self) -> tuple[int, list[ModelClause]]:
        """A new negotiation in which all take part: its id, and its clauses for the model."""
        self._count += 1
        draft = Draft(clauses=tuple(TextClause(k, label, _first(head), level) for k, label, level, head in TEXT))
        slug = f"n{self._count}"
        negotiation = self.write(lambda db: drafting.create(db, OPERATOR, draft, slug=slug)).id
        secretariat = self.seat(SECRETARIAT, negotiation)

        async def invite_all(db: AsyncSession) -> None:
            for code, role in ROLES.items():
                await inviting.invite(db, secretariat, code, role)

        self.write(invite_all)
        return negotiation, [
            ModelClause(
                f"c{number}", kind.value, level, head, [FIRST_WORDS], family=f"c{number}", parent="c4" * (level - 1)
            )
            for number, (kind, _, level, head) in enumerate(TEXT, start=1)
        ]

    def seat(self, code: str, negotiation: int) -> Seat:
        """Somebody who speaks for a delegation, or for the secretariat."""
        person = self._people[code]
        if code == SECRETARIAT:
            return Seat(person, "Secretariat", Role.SECRETARIAT, "n", negotiation)
        return Seat(person, f"Delegate of {code}", ROLES[code], "n", negotiation, code, self._ids[code])

    def code(self, delegation_id: int) -> str:
        return next((code for code, known in self._ids.items() if known == delegation_id), SECRETARIAT)

    def passes(self, silence_id: int) -> bool:
        """Put a silence on the record when it is over. Whether that was news."""
        return self.write(lambda db: silence.pass_silence(db, silence_id))

    def amendments(self, code: str, negotiation: int) -> tuple[amendments.Amendment, ...]:
        """All that somebody of a delegation is shown."""
        seat = self.seat(code, negotiation)
        return self.read(lambda db: amendments.amendments(db, seat, amendments.AmendmentFilter(), limit=10_000))

    def write(self, act: Callable[[AsyncSession], Awaitable[Result]]) -> Result:
        async def in_transaction() -> Result:
            async with self.database.writing() as db:
                return await act(db)

        return self._runner.run(in_transaction())

    def refusal(self, act: Callable[[AsyncSession], Awaitable[object]]) -> str:
        """Why an act was refused; empty when it was not."""
        try:
            self.write(act)
        except Problem as problem:
            return problem.slug
        return ""

    def rows(self, negotiation: int) -> Rows:
        """All rows of a negotiation, by table, in the order in which they were made."""

        async def look() -> Rows:
            async with self.database.engine.connect() as connection:
                return await connection.run_sync(_rows_of, negotiation)

        if self._eye is None:
            return self._runner.run(look())
        with self._eye.connect() as connection:
            return _rows_of(connection, negotiation)

    def read(self, view: Callable[[AsyncSession], Awaitable[Result]]) -> Result:
        async def in_snapshot() -> Result:
            async with self.database.reading() as db:
                return await view(db)

        return self._runner.run(in_snapshot())


def _queries() -> Iterator[tuple[str, Select[*tuple[Any, ...]]]]:
    """For each table with rows of one negotiation how to find them, in the order in which they were made."""
    mine: BindParameter[int] = bindparam("negotiation")
    tables: dict[str, Table] = dict(Base.metadata.tables)
    for name in _MINE:
        table = tables[name]
        yield name, select(table).where(table.c.negotiation_id == mine).order_by(*table.primary_key)
    for name, (column, owner) in _OF.items():
        table = tables[name]
        its = select(owner.id).where(owner.negotiation_id == mine)
        yield name, select(table).where(table.c[column].in_(its)).order_by(table.c.id)
    yield "negotiation", select(tables["negotiation"]).where(tables["negotiation"].c.id == mine)


_QUERIES: Final = tuple(_queries())


def _rows_of(connection: Connection, negotiation: int) -> Rows:
    found = {"negotiation": negotiation}
    return {name: list(connection.execute(query, found)) for name, query in _QUERIES}


def _first(head: str) -> str:
    text = text_of(head, FIRST_WORDS)
    assert text is not None
    return text
