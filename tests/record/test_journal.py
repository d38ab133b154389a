"""The record: a chain of hashes over canonical JSON that only ever grows."""

import hashlib
import json
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from app.record import journal
from app.record.database import Database
from app.record.journal import GENESIS, canonical, entries, entry_hash
from tests.builders import NOW, SetClock
from tests.record.rows import a_negotiation, fill, on_record


async def a_record(database: Database, *payloads: dict[str, Any]) -> list[journal.Entry]:
    """A negotiation with one entry for each payload, read back."""
    async with database.writing() as db:
        negotiation = await a_negotiation(db)
        for payload in payloads:
            await on_record(db, negotiation, "clause.edit", payload)
    async with database.reading() as db:
        return [entry async for entry in entries(db, negotiation.id)]


# --- the chain ------------------------------------------------------------------------------------------------------


async def test_each_entry_carries_the_hash_of_the_one_before_it(database: Database) -> None:
    first, second, third = await a_record(database, {"n": 1}, {"n": 2}, {"n": 3})
    assert [first.seq, second.seq, third.seq] == [1, 2, 3]
    assert [first.prev_hash, second.prev_hash, third.prev_hash] == [GENESIS, first.hash, second.hash]


async def test_anybody_can_compute_a_hash_again_from_what_the_entry_says(database: Database) -> None:
    (entry,) = await a_record(database, {"reason": "œuvre"})
    content = (
        '{"actor":"Secretariat","at":"2023-01-16T09:00:00.000000Z","audience":"room","delegation":"",'
        '"negotiation":"sse","payload":{"reason":"œuvre"},"seq":1,"verb":"clause.edit"}'
    )
    assert entry.hash == hashlib.sha256(("0" * 64 + "\n" + content).encode()).hexdigest()
    assert entry.hash == entry_hash(GENESIS, "sse", entry)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("seq", 2),
        ("at", NOW.replace(microsecond=1)),
        ("actor", "Camille Martin"),
        ("delegation", "FRA"),
        ("verb", "clause.rule"),
        ("audience", "FRA"),
        ("payload", '{"reason":"another"}'),
    ],
)
async def test_whatever_is_altered_in_an_entry_alters_its_hash(field: str, value: object) -> None:
    def entry(**altered: Any) -> journal.Entry:
        known = {
            "seq": 1,
            "at": NOW,
            "actor": "Secretariat",
            "delegation": "",
            "verb": "clause.edit",
            "audience": "room",
            "payload": '{"reason":"one"}',
        }
        return journal.Entry(**{**known, **altered})

    untouched = entry_hash(GENESIS, "sse", entry())
    assert entry_hash(GENESIS, "sse", entry(**{field: value})) != untouched
    assert entry_hash(untouched, "sse", entry()) != untouched
    assert entry_hash(GENESIS, "another", entry()) != untouched


async def test_the_negotiation_knows_the_last_entry_of_its_record(database: Database) -> None:
    async with database.writing() as db:
        negotiation = await a_negotiation(db)
        await on_record(db, negotiation, "clause.edit", {"n": 1})
        last = await on_record(db, negotiation, "clause.edit", {"n": 2})
    assert (negotiation.head_seq, negotiation.head_hash) == (last.seq, last.hash) == (2, last.hash)


async def test_each_negotiation_has_a_record_of_its_own(database: Database) -> None:
    async with database.writing() as db:
        first, second = await a_negotiation(db, "sse"), await a_negotiation(db, "water")
        written = [await on_record(db, negotiation, "clause.edit", {}) for negotiation in (first, second, first)]
    assert [w.seq for w in written] == [1, 1, 2]
    assert written[0].hash != written[1].hash


async def test_the_time_of_an_entry_is_that_of_the_act(database: Database, clock: SetClock) -> None:
    async with database.writing() as db:
        negotiation = await a_negotiation(db)
        at_first = await on_record(db, negotiation, "clause.edit", {})
        clock.advance(hours=3)
        later = await on_record(db, negotiation, "clause.edit", {})
    assert (at_first.at, later.at) == (NOW, clock.now)


async def test_a_long_record_is_read_in_order_to_its_end_or_to_the_moment_asked_for(database: Database) -> None:
    whole = await a_record(database, *({"n": n} for n in range(1, 1002)))
    assert [entry.seq for entry in whole] == list(range(1, 1002))
    async with database.reading() as db:
        for until in (0, 1, 500, 501, 1000, 1001, 5000):
            found = [entry.seq async for entry in entries(db, whole[0].negotiation_id, until=until)]
            assert found == list(range(1, min(until, 1001) + 1))


# --- canonical JSON -------------------------------------------------------------------------------------------------


def test_the_same_value_gives_the_same_bytes_whatever_the_order_it_was_put_together_in() -> None:
    assert canonical({"b": 1, "a": {"d": [1, 2], "c": None}}) == canonical({"a": {"c": None, "d": [1, 2]}, "b": 1})
    assert canonical({"b": 1, "a": {"d": [1, 2], "c": None}}) == '{"a":{"c":null,"d":[1,2]},"b":1}'


def test_letters_of_all_scripts_stay_as_they_are() -> None:
    assert canonical({"text": "économie – اقتصاد – 经济"}) == '{"text":"économie – اقتصاد – 经济"}'


@pytest.mark.parametrize("number", [float("nan"), float("inf")])
def test_what_json_cannot_say_is_not_put_on_the_record(number: float) -> None:
    with pytest.raises(ValueError, match="JSON"):
        canonical({"number": number})


async def test_a_payload_comes_back_from_the_database_as_it_was_written(database: Database) -> None:
    payload = {
        "text": "l’économie\u00a0sociale “et” solidaire 🤝",
        "numbers": [1, -2, 0.1],
        "nothing": None,
        "is": True,
    }
    (entry,) = await a_record(database, payload)
    assert entry.payload == canonical(payload)
    assert json.loads(entry.payload) == payload


# --- append-only ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("table", ["entry", "clause_version", "amendment_version", "translation"])
@pytest.mark.parametrize("attempt", ["update {table} set seq = 7", "delete from {table}"])
async def test_the_database_itself_refuses_to_alter_or_delete_what_is_on_record(
    database: Database, table: str, attempt: str
) -> None:
    await fill(database)
    before = await rows_of(database, table)
    with pytest.raises(DBAPIError, match=f"{table} is append-only"):
        async with database.writing() as db:
            await db.execute(text(attempt.format(table=table)))
    assert await rows_of(database, table) == before


@pytest.mark.parametrize("table", ["entry", "clause_version", "amendment_version", "translation"])
async def test_a_row_on_record_gives_way_to_no_other(database: Database, table: str) -> None:
    await fill(database)
    before = await rows_of(database, table)
    with pytest.raises(DBAPIError, match=f"{table} is append-only"):
        async with database.writing() as db:
            await db.execute(text(insert_over_it(database, table)))
    assert await rows_of(database, table) == before


def insert_over_it(database: Database, table: str) -> str:
    """A row that is there, inserted again so that the new one takes its place."""
    if database.is_sqlite:
        return f"insert or replace into {table} select * from {table}"
    key = "negotiation_id, seq" if table == "entry" else "id"
    return f"insert into {table} select * from {table} on conflict ({key}) do update set seq = excluded.seq + 1"


async def rows_of(database: Database, table: str) -> list[dict[str, Any]]:
    async with database.reading() as db:
        return [dict(row) for row in (await db.execute(text(f"select * from {table} order by 1"))).mappings()]
