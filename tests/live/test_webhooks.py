"""Webhooks: the record sent in order, at least once, signed, tried again, and to no private address."""

import asyncio
import hashlib
import hmac
from datetime import datetime, timedelta
from typing import Any

import pytest

from app.actions import delivering
from app.live.webhooks import Courier
from app.views.webhooks import outgoing
from tests.api.room import SLUG, Room, done, refused
from tests.builders import SetClock
from tests.live.receiver import Receiver, receiving

ONE = "Encourages Member States to measure the quality of water twice a year;"


async def add(room: Room, receiver: Receiver, **more: Any) -> dict[str, Any]:
    added: dict[str, Any] = done(await room.as_("FRA").post("/webhooks", {"url": receiver.url, **more}))
    return added


async def hook(room: Room) -> dict[str, Any]:
    """The only webhook there is."""
    (found,) = done(await room.as_("FRA").get("/webhooks"))
    return dict(found)


async def rounds(courier: Courier) -> None:
    """Send until nothing is due."""
    while await courier.once() == timedelta(0):
        pass


def verified(header: str, body: bytes, secret: str) -> bool:
    """What docs/webhooks.md tells receivers to do."""
    fields = dict(part.split("=", 1) for part in header.split(","))
    wanted = hmac.new(secret.encode(), f"{fields['t']}.".encode() + body, hashlib.sha256).hexdigest()
    return hmac.compare_digest(wanted, fields["v1"])


async def test_entries_are_sent_in_order_as_the_record_has_them(
    room: Room, receiver: Receiver, courier: Courier
) -> None:
    added = await add(room, receiver)
    done(await room.as_("BRA").propose("OP1", ONE))
    done(await room.as_("NOR").take("A1", "support", "Ça suffit."))
    await rounds(courier)
    assert [one.entry for one in receiver.came] == (await room.record("ARG"))[added["seq"] :]
    assert [one.delivery for one in receiver.came] == [f"{SLUG}:{added['seq'] + n}" for n in (1, 2)]
    assert {one.path for one in receiver.came} == {"/hook?room=1"}
    assert receiver.came[0].headers["host"] == f"127.0.0.1:{receiver.port}"
    assert receiver.came[0].headers["content-type"] == "application/json"
    await rounds(courier)
    assert len(receiver.came) == 2
    found = await hook(room)
    assert (found["delivered"], found["head"]) == (await room.head(), await room.head())


async def test_the_signature_is_over_the_time_and_the_body(room: Room, receiver: Receiver, courier: Courier) -> None:
    secret = (await add(room, receiver))["secret"]
    done(await room.as_("BRA").propose("OP1", ONE))
    await rounds(courier)
    (came,) = receiver.came
    header = came.headers["chapeau-signature"]
    assert verified(header, came.body, secret)
    assert not verified(header, came.body + b" ", secret)
    assert not verified(header, came.body, "another")
    assert header.startswith(f"t={int(room.database.clock().timestamp())},v1=")


async def test_the_secret_is_shown_once_and_is_not_on_the_record(room: Room, receiver: Receiver) -> None:
    added = done(await room.as_("FRA").post("/webhooks", {"url": receiver.url}, key="one"))
    assert len(added["secret"]) > 40
    assert done(await room.as_("FRA").post("/webhooks", {"url": receiver.url}, key="one"))["secret"] == ""
    assert "secret" not in await hook(room)
    entry = (await room.record())[-1]
    assert (entry["verb"], entry["payload"]) == ("webhook.add", {"webhook": "W1", "host": "127.0.0.1", "verbs": []})


async def test_what_the_whole_room_may_not_read_is_not_sent(room: Room, receiver: Receiver, courier: Courier) -> None:
    await add(room, receiver)
    done(await room.as_("BRA").propose("OP1", "A secret wording;", audience="delegation"))
    done(await room.as_("BRA").comment("OP1", "Between us.", audience="delegation"))
    done(await room.as_("FRA").hold_meeting("3rd informal", "OP1", notes="For those who have a seat."))
    done(await room.as_("NOR").take("OP1", "support"))
    await rounds(courier)
    assert receiver.seqs == [await room.head()]
    assert (await hook(room))["delivered"] == await room.head()


async def test_a_webhook_gets_the_verbs_it_asked_for_from_the_entry_it_named(
    room: Room, receiver: Receiver, courier: Courier
) -> None:
    added = await add(room, receiver, verbs=["seat.*", "position.take"], after=0)
    done(await room.as_("BRA").propose("OP1", ONE))
    done(await room.as_("NOR").take("OP1", "support"))
    await rounds(courier)
    assert added["after"] == 0
    assert {one.entry["verb"] for one in receiver.came} == {"seat.assign", "position.take"}
    assert receiver.seqs == sorted(receiver.seqs)
    assert (await hook(room))["delivered"] == await room.head()
    for verbs in (["amendment.burn"], ["moon.*"], [""]):
        refused(await room.as_("FRA").post("/webhooks", {"url": receiver.url, "verbs": verbs}), 422, "invalid-input")


async def test_a_failed_delivery_is_tried_again_later_and_each_time_later_still(
    room: Room, receiver: Receiver, courier: Courier, clock: SetClock
) -> None:
    await add(room, receiver)
    done(await room.as_("BRA").propose("OP1", ONE))
    done(await room.as_("NOR").take("OP1", "support"))
    receiver.status = 503
    pauses = []
    for attempt in range(1, 13):
        await rounds(courier)
        found = await hook(room)
        assert (len(receiver.came), found["attempts"], found["last_error"]) == (attempt, attempt, "it answered 503")
        await rounds(courier)
        assert len(receiver.came) == attempt, "not before its time"
        async with room.database.reading() as db:
            assert await delivering.due(db, 9) == []
        pauses.append(_seconds(found["next_attempt_at"], clock))
        clock.advance(seconds=pauses[-1])
    assert pauses[:4] == [30, 60, 120, 240]
    assert max(pauses) == pauses[-1] == 6 * 3600
    receiver.status = 204
    await rounds(courier)
    assert receiver.seqs[-2:] == [await room.head() - 1, await room.head()]
    assert len({one.delivery for one in receiver.came}) == 2, "a delivery keeps its name over all attempts"
    found = await hook(room)
    assert (found["attempts"], found["failing_since"], found["last_error"]) == (0, None, "")


async def test_after_five_days_it_is_paused_and_resumed_without_losing_an_entry(
    room: Room, receiver: Receiver, courier: Courier, clock: SetClock
) -> None:
    await add(room, receiver)
    done(await room.as_("BRA").propose("OP1", ONE))
    receiver.status = 500
    for _ in range(40):
        await rounds(courier)
        clock.advance(hours=6)
    found = await hook(room)
    assert (found["state"], found["last_error"], found["next_attempt_at"]) == ("paused", "it answered 500", None)
    tried = len(receiver.came)
    clock.advance(days=30)
    await rounds(courier)
    assert len(receiver.came) == tried
    done(await room.as_("NOR").take("OP1", "support"))
    receiver.status, receiver.came = 200, []
    assert done(await room.as_("FRA").post("/webhooks/W1/resume"))["state"] == "active"
    await rounds(courier)
    assert [one.entry["verb"] for one in receiver.came] == ["amendment.propose", "position.take", "webhook.resume"]
    refused(await room.as_("FRA").post("/webhooks/W1/resume"), 409, "webhook-already")


async def test_one_that_answers_410_gets_nothing_more(
    room: Room, receiver: Receiver, courier: Courier, clock: SetClock
) -> None:
    await add(room, receiver)
    receiver.status = 410
    done(await room.as_("NOR").take("OP1", "support"))
    await rounds(courier)
    clock.advance(days=2)
    await rounds(courier)
    assert len(receiver.came) == 1
    assert (await hook(room))["state"] == "disabled"


async def test_a_paused_webhook_gets_what_it_missed_when_it_is_resumed(
    room: Room, receiver: Receiver, courier: Courier
) -> None:
    await add(room, receiver, verbs=["position.take"])
    done(await room.as_("FRA").post("/webhooks/W1/pause"))
    refused(await room.as_("FRA").post("/webhooks/W1/pause"), 409, "webhook-already")
    done(await room.as_("NOR").take("OP1", "support"))
    await rounds(courier)
    assert receiver.came == []
    done(await room.as_("FRA").post("/webhooks/W1/resume"))
    await rounds(courier)
    assert [one.entry["verb"] for one in receiver.came] == ["position.take"]


async def test_a_removed_webhook_gets_nothing_and_its_name_is_not_given_again(
    room: Room, receiver: Receiver, courier: Courier
) -> None:
    await add(room, receiver)
    done(await room.as_("FRA").delete("/webhooks/W1"))
    assert (await room.record())[-1]["payload"] == {"webhook": "W1", "host": "127.0.0.1"}
    refused(await room.as_("FRA").delete("/webhooks/W1"), 404, "not-found")
    assert (await add(room, receiver, verbs=["silence.*"]))["webhook"] == "W2"
    await rounds(courier)
    assert receiver.came == []


async def test_a_redirect_is_not_followed_and_an_endless_answer_not_read(
    room: Room, receiver: Receiver, courier: Courier
) -> None:
    async with receiving() as other:
        await add(room, receiver)
        done(await room.as_("NOR").take("OP1", "support"))
        receiver.status, receiver.says = 307, f"Location: {other.url}\r\nContent-Length: 0\r\n\r\n".encode()
        await rounds(courier)
        assert other.came == []
        assert (await hook(room))["last_error"] == "it answered 307; redirects are not followed"
    receiver.status, receiver.says = 200, b"Content-Length: 99999999999\r\n\r\n" + b"x" * 100_000
    done(await room.as_("FRA").post("/webhooks/W1/resume"))
    await rounds(courier)
    assert (await hook(room))["delivered"] == await room.head()


async def test_a_server_that_is_away_is_a_failure_like_others(room: Room, receiver: Receiver, courier: Courier) -> None:
    async with receiving() as away:
        await add(room, away)
    await add(room, receiver)
    done(await room.as_("NOR").take("OP1", "support"))
    await rounds(courier)
    first, second = done(await room.as_("FRA").get("/webhooks"))
    assert first["last_error"].startswith("no connection")
    assert (second["delivered"], receiver.seqs) == (await room.head(), [await room.head()]), "others have theirs"


# --- several processes ------------------------------------------------------------------------------------------------


async def test_two_processes_never_send_the_same_entry_at_the_same_time(
    room: Room, receiver: Receiver, courier: Courier
) -> None:
    await add(room, receiver)
    for who in ("ARG", "BRA", "ITA", "NOR"):
        done(await room.as_(who).take("OP1", "support"))
    other = Courier(room.database, True, asyncio.Event())
    await asyncio.gather(*(process.once() for process in (courier, other, courier, other)))
    await rounds(courier)
    assert receiver.seqs == sorted(set(receiver.seqs))
    assert len(receiver.seqs) == 4
    await other.close()


async def test_a_process_that_dies_holds_a_webhook_up_for_a_minute_and_its_claim_is_worth_nothing_then(
    room: Room, receiver: Receiver, courier: Courier, clock: SetClock
) -> None:
    await add(room, receiver)
    done(await room.as_("NOR").take("OP1", "support"))
    async with room.database.reading() as db:
        (webhook_id,) = await delivering.due(db, 9)
    async with room.database.writing() as db:
        dead = await delivering.claim(db, webhook_id)
    assert dead is not None
    async with room.database.writing() as db:
        assert await delivering.claim(db, webhook_id) is None
    await rounds(courier)
    assert receiver.came == []
    clock.advance(seconds=61)
    await rounds(courier)
    assert receiver.seqs == [await room.head()]
    done(await room.as_("NOR").take("OP2", "support"))
    async with room.database.reading() as db:
        waiting = await outgoing(db, dead.negotiation_id, dead.verbs, dead.after)
    assert len(waiting.entries) == 2
    async with room.database.writing() as db:
        assert not await delivering.delivered(db, dead, await room.head()), "it comes back from the dead"
    await rounds(courier)
    assert receiver.seqs == [await room.head() - 1, await room.head()]


async def test_a_server_that_stops_gives_back_what_it_was_sending(
    room: Room, receiver: Receiver, clock: SetClock
) -> None:
    await add(room, receiver)
    done(await room.as_("NOR").take("OP1", "support"))
    stopping = asyncio.Event()
    stopped = Courier(room.database, True, stopping)
    receiver.holds = asyncio.Event()
    sending = asyncio.create_task(stopped.once())
    await receiver.arrived.wait()
    stopping.set()
    await asyncio.wait_for(sending, 5)
    await stopped.close()
    found = await hook(room)
    assert (found["attempts"], found["last_error"]) == (0, "")
    receiver.holds.set()
    receiver.holds = None
    again = Courier(room.database, True, asyncio.Event())
    await rounds(again)
    await again.close()
    assert receiver.seqs == [await room.head()] * 2, "at least once"


async def test_a_webhook_with_a_fault_of_ours_does_not_end_the_work(
    room: Room, receiver: Receiver, courier: Courier
) -> None:
    await add(room, receiver)
    await room.by_hand("update webhook set url = 'http://[bro ken/'")
    done(await room.as_("NOR").take("OP1", "support"))
    await rounds(courier)
    assert (await hook(room))["attempts"] == 1


# --- a test delivery, and where nothing goes ----------------------------------------------------------------------


async def test_a_ping_is_sent_whatever_the_state_and_says_how_it_ended(
    room: Room, receiver: Receiver, courier: Courier
) -> None:
    secret = (await add(room, receiver))["secret"]
    done(await room.as_("FRA").post("/webhooks/W1/pause"))
    head = await room.head()
    receiver.status = 418
    assert done(await room.as_("FRA").post("/webhooks/W1/ping")) == {"webhook": "W1"}
    await rounds(courier)
    (came,) = receiver.came
    assert came.entry == {"verb": "ping", "webhook": "W1", "negotiation": SLUG}
    assert came.delivery == f"{SLUG}:ping:W1"
    assert verified(came.headers["chapeau-signature"], came.body, secret)
    found = await hook(room)
    assert (found["ping_answer"], found["ping_asked_at"], found["attempts"]) == ("it answered 418", None, 0)
    assert (found["state"], await room.head()) == ("paused", head)


@pytest.mark.parametrize(
    "url",
    [
        "ftp://example.org/",
        "https://",
        "//example.org/",
        "https://user:pass@example.org/",
        "http://localhost:8000/",
        "http://127.0.0.1/",
        "http://10.1.2.3/",
        "http://192.168.0.1/",
        "http://169.254.169.254/latest/meta-data",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[64:ff9b::7f00:1]/",
        "http://[fe80::1]/",
        "http://0.0.0.0/",
        "http://example.org:99999/",
        "http://exa mple.org/",
        "https://exämple.org/",
    ],
)
async def test_an_address_in_a_private_network_or_none_at_all_is_refused(room: Room, url: str) -> None:
    server = room.app.state.server
    strict = server.settings.model_copy(update={"webhooks_to_private": False})
    object.__setattr__(server, "settings", strict)
    refused(await room.as_("FRA").post("/webhooks", {"url": url}), 422, "webhook-address-refused")


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "[::1]"])
async def test_the_address_that_a_name_stands_for_is_judged_before_anything_is_sent(
    room: Room, receiver: Receiver, host: str
) -> None:
    await add(room, receiver)
    url = f"http://{host}:{receiver.port}/".replace(":", "\\:")  # a colon is no parameter
    await room.by_hand(f"update webhook set url = '{url}'")
    done(await room.as_("NOR").take("OP1", "support"))
    strict = Courier(room.database, False, asyncio.Event())
    await rounds(strict)
    await strict.close()
    assert receiver.came == []
    assert "private network" in (await hook(room))["last_error"]


async def test_there_are_only_so_many_webhooks(room: Room, receiver: Receiver) -> None:
    for _ in range(20):
        await add(room, receiver)
    refused(await room.as_("FRA").post("/webhooks", {"url": receiver.url}), 409, "too-many-webhooks")
    refused(await room.as_("FRA").post("/webhooks", {"url": receiver.url, "after": 99}), 422, "invalid-input")


def _seconds(at: str, clock: SetClock) -> float:
    return (datetime.fromisoformat(at) - clock.now).total_seconds()
