"""The record explains everything: one entry an act, a chain that shows what was altered, texts that replay."""

from itertools import pairwise
from typing import Any

import pytest
from sqlalchemy import text

from app.main import keep_house_once
from tests.api.room import ADMINISTRATOR, SECRETARIAT, STRANGER, Desk, Room, done, sign_in
from tests.builders import SetClock

OP1 = "Encourages Member States to measure the quality of water every year;"
TWICE = "Encourages Member States to measure the quality of water twice a year;"
DRINKING = "Encourages Member States to measure the quality of drinking water every year;"


async def negotiate(room: Room, clock: SetClock) -> list[str]:
    """A long meeting in which everything happens once at least: the verbs, in order."""
    fra, nor, arg, ilo, sec = (room.as_(who) for who in ("FRA", "NOR", "ARG", "ILO", SECRETARIAT))
    verbs = []

    async def does(verb: str, answer: Any) -> None:
        done(await answer)
        verbs.append(verb)
        clock.advance(minutes=10)

    await does("delegation.invite", sec.post("/delegations", {"code": "PER"}))
    await does("seat.assign", sec.post("/seats", {"sign_in": sign_in(STRANGER), "delegation": "PER"}))
    await does("amendment.propose", nor.propose("OP1", TWICE))
    await does("amendment.cosponsor", arg.cosponsor("A1"))
    await does("amendment.cosponsor", arg.leave("A1"))
    await does("amendment.propose", arg.propose("OP1", DRINKING, audience="delegation"))
    await does("amendment.restate", arg.restate("A2", rationale="It is what people drink."))
    await does("amendment.submit", arg.submit("A2"))
    await does("position.take", ilo.take("A2", "support"))
    await does("position.withdraw", ilo.take_back("A2"))
    await does("position.take", arg.take("OP1", "object", "The costs are not shown."))
    await does("amendment.decide", fra.accept("A1", text=TWICE.replace("twice", "thrice"), reason="As agreed."))
    await does("position.take", arg.take("OP1", "accept"))
    await does("position.withdraw", arg.take_back("OP1"))
    await does("amendment.decide", fra.accept("A2"))
    await does("clause.edit", sec.edit("OP1", (await room.clause("OP1"))["text"].replace("measure", "assess")))
    await does("amendment.propose", nor.propose("PP3", "Mindful of the rivers,", "insert"))
    await does("amendment.decide", sec.accept("A3"))
    await does("amendment.propose", nor.propose("OP2", kind="delete"))
    await does("amendment.decide", sec.accept("A4"))
    await does("amendment.propose", nor.propose("PP2", "Noting it,"))
    await does("amendment.decide", fra.reject("A5"))
    await does("amendment.propose", nor.propose("PP2", "Noting that,"))
    await does("amendment.withdraw", nor.withdraw("A6", reason="It is late."))
    await does("clause.rule", fra.rule("PP1", "ad_ref", pending=["BRA"]))
    await does("clause.rule", fra.rule("PP1"))
    await does("clause.reopen", fra.reopen("PP1"))
    await does("silence.open", fra.open_silence("OP3", "OP4", hours=24))
    await does("silence.break", nor.break_silence("S1", "Not so fast.", "OP3"))
    await does("silence.extend", fra.post("/silences/S1/extension", {"deadline": "2023-01-20T09:00:00Z"}))
    clock.now = clock.now.replace(day=20, hour=9, minute=0)
    await keep_house_once(room.app.state.server)
    return [*verbs, "silence.pass"]


async def test_every_act_makes_exactly_one_entry_and_a_long_negotiation_verifies(room: Room, clock: SetClock) -> None:
    verbs = await negotiate(room, clock)
    record = (await room.record())[17:]
    assert [entry["verb"] for entry in record] == verbs
    assert [entry["seq"] for entry in record] == list(range(18, 18 + len(verbs)))
    assert all(later["prev_hash"] == earlier["hash"] for earlier, later in pairwise(record))
    assert (record[2]["actor"], record[2]["delegation"], record[2]["at"]) == (
        "Delegate of NOR",
        "NOR",
        "2023-01-16T09:20:00Z",
    )
    verified = done(await room.as_("ILO").get("/record/verification"))
    assert verified == {
        "negotiation": "water",
        "entries": 17 + len(verbs),
        "head_hash": record[-1]["hash"],
        "is_intact": True,
        "faults": [],
    }
    replayed = [
        c["text"] for c in done(await room.as_("NOR").get("/draft?at=9999-01-01T00:00:00Z"))["draft"]["clauses"]
    ]
    assert replayed == [clause["text"] for clause in done(await room.as_("NOR").get("/clauses"))]


async def test_what_reads_or_is_refused_leaves_no_entry(room: Room) -> None:
    desk: Desk = room.as_("NOR")
    for address in ("", "/clauses", "/draft", "/record", "/record/verification", "/consensus", "/export"):
        assert (await desk.get(address)).status_code == 200
    assert (await desk.propose("OP1", OP1)).status_code == 409
    assert (await desk.rule("OP1")).status_code == 403
    assert (await desk.take("OP9", "support")).status_code == 404
    assert await room.head() == 17


async def test_the_act_and_its_entry_are_written_together_or_not_at_all(room: Room) -> None:
    await room.by_hand(
        *(
            ["create trigger full before insert on entry begin select raise(abort, 'disk full'); end"]
            if room.database.is_sqlite
            else [
                "create function full_disk() returns trigger language plpgsql as "
                "$$ begin raise exception 'disk full'; end $$",
                "create trigger full_disk before insert on entry for each row execute function full_disk()",
            ]
        )
    )
    try:
        answer = await room.as_("NOR").propose("OP1", TWICE)
        assert (answer.status_code, answer.json()["type"]) == (500, "/problems/fault")
        assert "Nothing was changed" in answer.json()["detail"]
    finally:
        await room.by_hand("drop trigger full" if room.database.is_sqlite else "drop function full_disk() cascade")
    assert done(await room.as_("NOR").get("/amendments"))["items"] == []
    assert await room.status("OP1") == "open"
    assert done(await room.as_("NOR").propose("OP1", TWICE))["amendment"] == "A1"


ALTERED = {
    "update entry set payload = replace(payload, 'twice', 'thrice') where seq = 18": ["entry 18 was altered"],
    "update entry set actor = 'Delegate of ARG' where seq = 19": ["entry 19 was altered"],
    "update entry set delegation = 'ARG' where seq = 18": ["entry 18 was altered"],
    "update entry set at = '2023-01-15 09:00:00+00' where seq = 18": ["entry 18 was altered"],
    "update entry set audience = 'NOR' where seq = 18": ["entry 18 was altered"],
    "update entry set verb = 'clause.edit' where seq = 18": ["entry 18 was altered"],
    "update entry set payload = 'not JSON' where seq = 18": ["entry 18 was altered"],
    "update entry set payload = '[]' where seq = 18": ["entry 18 was altered"],
    "delete from entry where seq = 18": ["entry 18 is missing", "entry 19 does not follow the one before it"],
    "delete from entry where seq = 19": ["the head is entry 19, but the record ends at 18"],
    "update clause_version set text = 'Encourages nobody;' where number = 2": ["version 2 of clause c6", "c6"],
    "update clause_version set text = 'Encourages nobody;' where number = 1 and text like 'Encourages%'": [
        "version 1 of clause c6"
    ],
    "delete from clause_version where number = 1 and text like 'Encourages%'": ["version 1 of clause c6"],
    "update clause set current_version = 1 where key = 'c6'": ["the text is not what the record makes of it: c6"],
    "update clause set removed_by = 'A9' where key = 'c9'": ["the text is not what the record makes of it: c9"],
    "update clause set label = 'OP7' where key = 'c9'": ["the text is not what the record makes of it: c9"],
    "update negotiation set organ = 'Security Council'": ["the front matter is not what the record makes of it"],
    "update negotiation set head_seq = 18": ["the head is entry 18, but the record ends at 19"],
}


@pytest.mark.parametrize("altering", ALTERED)
async def test_what_was_altered_by_hand_is_found_and_named(room: Room, altering: str) -> None:
    done(await room.as_("NOR").propose("OP1", TWICE))
    done(await room.as_("FRA").accept("A1"))
    assert await room.is_intact()
    await by_hand_past_the_triggers(room, altering)
    verified = done(await room.as_(SECRETARIAT).get("/record/verification"))
    assert verified["is_intact"] is False
    for fault in ALTERED[altering]:
        assert any(fault in found for found in verified["faults"]), verified["faults"]


async def by_hand_past_the_triggers(room: Room, *statements: str) -> None:
    """What somebody with the keys of the database could do."""
    if not room.database.is_sqlite:
        await room.by_hand("set session_replication_role = replica", *statements)
        return
    async with room.database.engine.begin() as connection:
        found = await connection.execute(text("select name, sql from sqlite_master where type = 'trigger'"))
        triggers = found.all()
    await room.by_hand(
        *(f"drop trigger {name}" for name, _ in triggers), *statements, *(str(sql) for _, sql in triggers)
    )


async def test_a_draft_is_hashed_although_it_is_not_shown(room: Room) -> None:
    done(await room.as_("NOR").propose("OP1", TWICE, audience="delegation"))
    (hidden,) = (await room.record("ARG"))[17:]
    (shown,) = (await room.record("NOR"))[17:]
    assert (hidden["payload"], shown["payload"]["text"]) == (None, TWICE)
    assert hidden["hash"] == shown["hash"]
    assert await room.is_intact()


async def test_the_first_entry_has_the_whole_zero_draft(room: Room) -> None:
    first = done(await room.as_("NOR").get("/record/1"))
    assert (first["verb"], first["prev_hash"]) == ("negotiation.create", "0" * 64)
    inserted = [change["label"] for change in first["payload"]["changes"] if change["op"] == "insert"]
    assert inserted == await room.labels()


async def test_an_administrator_who_begins_a_negotiation_is_named_in_its_record(room: Room) -> None:
    draft = "---\nslug: fire\ntitle: Fire\n---\n\nPP1. *Noting* fire,\n\nOP1. *Decides* to act.\n"
    done(await room.as_(ADMINISTRATOR).post("/api/v1/negotiations", {"draft": draft}))
    (entry,) = done(await room.as_(ADMINISTRATOR).get("/api/v1/negotiations/fire/record"))["items"]
    assert (entry["actor"], entry["delegation"], entry["verb"]) == (
        "Delegate of administrator",
        "",
        "negotiation.create",
    )
