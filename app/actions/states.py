"""The member states of the United Nations and their usual groups, made known to the server from states.yaml."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml
from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.actions.locking import flush_new
from app.problems import AlreadyThere
from app.record.people import Delegation, Membership
from app.rules.permissions import Seat
from app.rules.positions import DelegationKind
from app.said import Said

FILE: Final = Path(__file__).with_name("states.yaml")


@dataclass(frozen=True, slots=True)
class KnownGroup:
    """A group as the file has it. `memberships`: who, since when, and the first day no longer (None: still)."""

    code: str
    name: str
    source: str
    memberships: tuple[tuple[str, date, date | None], ...]


@dataclass(frozen=True, slots=True)
class Known:
    """What the file says: names by code, and the groups."""

    states: Mapping[str, str]
    observers: Mapping[str, str]
    groups: tuple[KnownGroup, ...]


@dataclass(frozen=True, slots=True)
class Loaded:
    """How many states and groups the server did not know before, and every code that it knows now."""

    states: int
    groups: int
    codes: frozenset[str]


@cache
def known() -> Known:
    """The states and groups of the file."""
    found = yaml.safe_load(FILE.read_text("utf-8"))
    groups = (
        KnownGroup(group["code"], group["name"], group["source"], tuple(_memberships(group)))
        for group in found["groups"]
    )
    return Known(found["states"], found["observers"], tuple(groups))


def _memberships(group: Mapping[str, Any]) -> Iterator[tuple[str, date, date | None]]:
    members = group["members"]
    by_day = members if isinstance(members, Mapping) else {group["counts_from"]: members}
    left = group.get("left", {})
    for since, codes in by_day.items():
        for code in codes.split():
            yield code, since, left.get(code)


async def load(db: AsyncSession, seat: Seat) -> Loaded:
    """Make the states and groups of the file known to the server. As often as one likes: later calls change nothing.

    What the server has is left as it is: a delegation whose code is there keeps its name, and a group that is there
    keeps its members, so that neither what an administrator entered nor anybody's position is altered. Raises
    AlreadyThere when somebody else does the same at this moment.
    """
    seat.must("delegation.add")
    wanted = known()
    before = set(await db.scalars(select(Delegation.code)))
    states = {code: name for code, name in {**wanted.states, **wanted.observers}.items() if code not in before}
    groups = [group for group in wanted.groups if group.code not in before]
    db.add_all(Delegation(code=code, name=name, kind=DelegationKind.STATE.value) for code, name in states.items())
    db.add_all(Delegation(code=group.code, name=group.name, kind=DelegationKind.GROUP.value) for group in groups)
    taken = AlreadyThere(what=Said("delegation"), name=Said("of the file"), remedy=Said("Load them again."))
    await flush_new(db, taken)
    await _enter_members(db, groups)
    return Loaded(len(states), len(groups), frozenset(before | set(states) | {group.code for group in groups}))


async def _enter_members(db: AsyncSession, groups: list[KnownGroup]) -> None:
    rows = (await db.execute(select(Delegation.code, Delegation.id, Delegation.kind))).all()
    ids = {row.code: row.id for row in rows}
    states = {row.code for row in rows if row.kind == DelegationKind.STATE.value}
    entered = [
        {"group_id": ids[group.code], "member_id": ids[code], "since": since, "until": until}
        for group in groups
        for code, since, until in group.memberships
        if code in states  # the server may use the code for something else
    ]
    if entered:
        await db.execute(insert(Membership), entered)
