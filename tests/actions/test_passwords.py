"""Passwords: only a hash is kept, and nobody learns whether somebody is there."""

import asyncio
from typing import Any

import pytest
from argon2 import PasswordHasher

from app.actions import passwords
from app.actions.passwords import set_password, verify_password
from app.problems import PasswordRefused
from app.record.people import Person
from tests.builders import NOW

WORDS = "rain over seven quiet rivers"


def person(**columns: Any) -> Person:
    return Person(sign_in="ana@example.org", name="Ana", is_active=True, created_at=NOW, **columns)


async def test_a_password_is_kept_as_an_argon2id_hash_and_verified() -> None:
    ana = person()
    await set_password(ana, WORDS)
    assert ana.password_hash is not None
    assert ana.password_hash.startswith("$argon2id$")
    assert WORDS not in ana.password_hash
    assert await verify_password(ana, WORDS)
    assert not await verify_password(ana, WORDS.upper())


async def test_one_password_is_one_however_its_letters_are_composed() -> None:
    ana = person()
    await set_password(ana, "années de négociation")
    assert await verify_password(ana, "anne\u0301es de ne\u0301gociation")


async def test_a_bad_password_is_not_set() -> None:
    ana = person()
    with pytest.raises(PasswordRefused):
        await set_password(ana, "ana@example.org")
    assert ana.password_hash is None


async def test_a_hash_with_other_parameters_is_made_anew_by_the_right_password_only() -> None:
    weak = PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1).hash(WORDS)
    ana = person(password_hash=weak)
    assert not await verify_password(ana, "other words altogether")
    assert ana.password_hash == weak
    assert await verify_password(ana, WORDS)
    assert ana.password_hash != weak
    assert await verify_password(ana, WORDS)


async def test_somebody_who_is_not_there_costs_the_same_work(monkeypatch: pytest.MonkeyPatch) -> None:
    verified: list[str] = []
    hasher = passwords._hasher

    class Counting:
        def __getattr__(self, name: str) -> Any:
            return getattr(hasher, name)

        def verify(self, known: str, password: str) -> bool:
            verified.append(known.split("$")[1])
            return hasher.verify(known, password)

    monkeypatch.setattr(passwords, "_hasher", Counting())
    closed = person(password_hash=hasher.hash(WORDS))
    closed.is_active = False
    for nobody in (None, person(), closed, person(password_hash="$argon2id$broken")):
        assert not await verify_password(nobody, WORDS)
        assert not await verify_password(nobody, "nobody has this password")
    assert verified[:6] == ["argon2id"] * 6


async def test_the_event_loop_goes_on_while_a_password_is_hashed() -> None:
    turns = 0

    async def serve() -> None:
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0.001)

    serving = asyncio.create_task(serve())
    await set_password(person(), WORDS)
    serving.cancel()
    assert turns > 1
