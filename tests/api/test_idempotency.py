"""A request that is sent again acts once and is answered as the first time."""

import asyncio
from typing import Any

from sqlalchemy import event, text
from sqlalchemy.engine import Connection

from app.api.transactions import once
from app.main import keep_house_once
from app.rules.permissions import Scope
from tests.api.addresses import operations
from tests.api.room import ADMINISTRATOR, SECRETARIAT, Room, done, furnish, refused
from tests.builders import SetClock

BODY = {"kind": "replace", "clause": "OP1", "text": "Encourages Member States to measure water;"}
TAG = '"c6.v1"'


async def kept(room: Room) -> list[tuple[int, bytes]]:
    """The answers that the server keeps."""
    async with room.database.reading() as db:
        rows = await db.execute(text("select status, body from kept_answer order by id"))
        return [(int(status), bytes(body)) for status, body in rows]


def test_every_post_takes_an_idempotency_key() -> None:
    without = [str(a) for a in operations() if a.method == "POST" and "Idempotency-Key" not in a.parameters]
    assert without == []


def test_every_post_asks_who_may_act_before_whether_they_acted_already() -> None:
    for address in operations():
        if address.method == "POST":
            asked = [needed.call for needed in address.dependant.dependencies]
            (admission,) = (place for place, call in enumerate(asked) if hasattr(call, "verb"))
            assert admission < asked.index(once), f"{address}: its parameter _once comes behind the seat"


async def test_the_same_post_twice_acts_once_and_gives_the_same_answer(room: Room) -> None:
    first = await room.as_("NOR").post("/amendments", BODY, if_match=TAG, key="once")
    head = await room.head()
    again = await room.as_("NOR").post("/amendments", BODY, if_match=TAG, key="once")
    assert (again.status_code, again.content) == (201, first.content)
    for header in ("ETag", "Location", "Content-Type"):
        assert again.headers[header] == first.headers[header]
    assert ("Idempotency-Replayed" in first.headers, again.headers["Idempotency-Replayed"]) == (False, "true")
    assert await room.head() == head
    assert [a["name"] for a in done(await room.as_("NOR").get("/amendments"))["items"]] == ["A1"]


async def test_sent_several_times_at_once_it_acts_once_too(room: Room) -> None:
    answers = await asyncio.gather(
        *(room.as_("NOR").post("/amendments", BODY, if_match=TAG, key="once") for _ in range(4))
    )
    assert {done(answer)["amendment"] for answer in answers} == {"A1"}
    assert sorted("Idempotency-Replayed" in answer.headers for answer in answers) == [False, True, True, True]
    assert await room.head() == 18


async def test_an_answer_is_given_again_although_the_text_has_moved_since(room: Room) -> None:
    first = await room.as_("NOR").post("/amendments", BODY, if_match=TAG, key="once")
    done(await room.as_("FRA").accept("A1"))
    again = await room.as_("NOR").post("/amendments", BODY, if_match=TAG, key="once")
    assert again.content == first.content


async def test_a_key_with_another_request_is_refused(room: Room) -> None:
    done(await room.as_("NOR").post("/amendments", BODY, if_match=TAG, key="once"))
    nor = room.as_("NOR")
    for answer in (
        await nor.post("/amendments", {**BODY, "text": "Other words;"}, if_match=TAG, key="once"),
        await nor.post("/amendments/A1/withdrawal", {}, if_match='"A1.v1"', key="once"),
        await nor.post("/amendments", BODY, if_match='"c6.v2"', key="once"),
    ):
        problem = refused(answer, 422, "idempotency-key-reused")
        assert "Use a new key" in problem["detail"]
    assert (await room.amendment("A1"))["status"] == "proposed"


async def test_everybody_has_their_own_keys_and_without_one_each_request_is_an_act(room: Room) -> None:
    for who, name in (("NOR", "A1"), ("ARG", "A2")):
        assert done(await room.as_(who).post("/amendments", BODY, if_match=TAG, key="once"))["amendment"] == name
    for name in ("A3", "A4"):
        assert done(await room.as_("NOR").post("/amendments", BODY, if_match=TAG))["amendment"] == name


async def test_a_refused_request_is_not_kept_and_can_be_put_right_under_the_same_key(room: Room) -> None:
    nor = room.as_("NOR")
    refused(await nor.post("/amendments", {**BODY, "text": "\u202e"}, if_match=TAG, key="once"), 422, "text-refused")
    refused(await nor.post("/amendments", BODY, if_match='"c6.v9"', key="once"), 412, "stale-version")
    refused(await nor.post("/amendments", {"kind": 7}, if_match=TAG, key="once"), 422, "invalid-input")
    assert await kept(room) == []
    assert done(await nor.post("/amendments", BODY, if_match=TAG, key="once"))["amendment"] == "A1"


async def test_the_secret_of_a_token_is_given_once_and_never_kept(room: Room) -> None:
    first = await room.as_("NOR").post("/api/v1/tokens", {"name": "my script"}, key="once")
    secret = done(first)["secret"]
    again = await room.as_("NOR").post("/api/v1/tokens", {"name": "my script"}, key="once")
    assert done(again) == {**done(first), "secret": ""}
    ((status, body),) = await kept(room)
    assert status == 201
    assert secret.encode() not in body
    async with room.database.reading() as db:
        for table in ("kept_answer", "access_token", "entry"):
            rows = (await db.execute(text(f"select * from {table}"))).all()
            assert not any(secret in str(row) for row in rows), table


async def test_no_answer_is_given_again_to_who_may_not_act_any_more(room: Room) -> None:
    done(await room.as_("NOR").post("/amendments", BODY, if_match=TAG, key="once"))
    read_only = [t for t in done(await room.as_("NOR").get("/api/v1/tokens")) if t["scope"] == "write"]
    done(await room.as_("NOR").delete(f"/api/v1/tokens/{read_only[0]['id']}"))
    refused(await room.as_("NOR").post("/amendments", BODY, if_match=TAG, key="once"), 401, "not-signed-in")


async def test_no_answer_is_given_again_to_who_lost_the_seat_it_was_given_to(room: Room) -> None:
    fra = room.as_("FRA")
    done(await fra.propose("OP1", BODY["text"]))
    repeated = (
        ("/amendments", BODY, TAG),
        ("/amendments/A1/acceptance", {}, '"A1.v1"'),
        ("/seats", {"sign_in": "stranger@example.org", "role": "reader"}, None),
    )
    for number, (address, body, tag) in enumerate(repeated):
        done(await fra.post(address, body, if_match=tag, key=f"act {number}"))
    head = await room.head()
    done(await room.as_(SECRETARIAT).post("/seats", {"sign_in": "fra@example.org", "role": "reader"}))
    for number, (address, body, tag) in enumerate(repeated):
        again = await fra.post(address, body, if_match=tag, key=f"act {number}")
        refused(again, 403, "not-permitted")
    await room.by_hand("update negotiation set visibility = 'private'")
    refused(await fra.post("/amendments", BODY, if_match=TAG, key="act 0"), 404, "not-found")
    assert await room.head() == head + 1


async def test_no_answer_is_given_again_to_a_token_that_may_not_ask(room: Room) -> None:
    done(await room.as_("NOR").post("/amendments", BODY, if_match=TAG, key="once"))
    reading = room.as_("NOR", Scope.READ)
    refused(await reading.post("/amendments", BODY, if_match=TAG, key="once"), 403, "scope-too-narrow")
    new = {"code": "SWE", "name": "Sweden"}
    done(await room.as_(ADMINISTRATOR).post("/api/v1/delegations", new, key="sweden"))
    await room.by_hand("update person set is_administrator = false")
    again = await room.as_(ADMINISTRATOR).post("/api/v1/delegations", new, key="sweden")
    refused(again, 403, "not-permitted")


async def test_an_answer_dropped_at_the_moment_it_is_asked_for_has_the_request_carried_out_anew(room: Room) -> None:
    done(await room.as_("NOR").post("/amendments", BODY, if_match=TAG, key="once"))
    dropped = []

    @event.listens_for(room.database.engine.sync_engine, "after_cursor_execute")
    def drop(connection: Connection, _cursor: Any, statement: str, *_more: Any) -> None:
        if statement.startswith("INSERT INTO kept_answer") and not dropped:
            dropped.append(connection.exec_driver_sql("delete from kept_answer").rowcount)

    again = await room.as_("NOR").post("/amendments", BODY, if_match=TAG, key="once")
    assert (done(again)["amendment"], dropped) == ("A2", [1])
    assert [status for status, _ in await kept(room)] == [201]


async def test_answers_are_kept_for_two_days(room: Room, clock: SetClock) -> None:
    done(await room.as_("NOR").post("/amendments", BODY, if_match=TAG, key="once"))
    clock.advance(hours=48)
    await keep_house_once(room.app.state.server)
    assert len(await kept(room)) == 1
    clock.advance(seconds=1)
    await keep_house_once(room.app.state.server)
    assert await kept(room) == []
    assert done(await room.as_("NOR").post("/amendments", BODY, if_match=TAG, key="once"))["amendment"] == "A2"


async def test_what_is_added_at_the_same_time_by_two_is_there_once(room: Room) -> None:
    new = {"code": "SWE", "name": "Sweden"}
    answers = await asyncio.gather(*(room.as_(ADMINISTRATOR).post("/api/v1/delegations", new) for _ in range(4)))
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409]
    draft = "---\nslug: fire\ntitle: Fire\n---\n\nPP1. *Noting* fire,\n\nOP1. *Decides* to act.\n"
    answers = await asyncio.gather(
        *(room.as_(ADMINISTRATOR).post("/api/v1/negotiations", {"draft": draft}) for _ in range(3))
    )
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409]
    for body, address in (
        ({"code": "PER"}, "/delegations"),
        ({"sign_in": "stranger@example.org", "role": "reader"}, "/seats"),
    ):
        answers = await asyncio.gather(*(room.as_("FRA").post(address, body) for _ in range(3)))
        assert all(answer.status_code in (201, 409) for answer in answers)
    assert await room.is_intact()


async def test_readers_see_nothing_of_an_act_that_is_not_finished(room: Room) -> None:
    await furnish(room)

    async def read() -> list[tuple[int, int]]:
        seen = []
        for _ in range(6):
            draft = done(await room.as_("ARG").get("/draft"))
            clause = next(c for c in draft["draft"]["clauses"] if c["label"] == "OP1")
            seen.append((draft["seq"], clause["version"]))
        return seen

    before = await room.head()
    accepted, *seen = await asyncio.gather(room.as_("FRA").accept("A1"), read(), read())
    assert done(accepted)["seq"] == before + 1
    assert {pair for run in seen for pair in run} <= {(before, 1), (before + 1, 2)}
