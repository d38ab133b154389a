"""People take seats by invitation: once, in time, and as whom it is for."""

import asyncio
import json
from typing import Any

import pytest
from sqlalchemy import select, text

from app.actions.passwords import set_password
from app.record.people import Person
from app.rules.permissions import Scope
from tests.api.room import ADMINISTRATOR, NOBODY, READER, SECRETARIAT, SLUG, STRANGER, Room, done, refused, sign_in
from tests.api.test_access import seats
from tests.builders import SetClock, on_sqlite

pytestmark = pytest.mark.usefixtures("quick_passwords")

WORDS = "rain over seven quiet rivers"
ANA = {"sign_in": "Ana@Example.org", "name": "Ana Martín", "password": WORDS}
LOOK, ACCEPT = "/api/v1/invitations/look", "/api/v1/invitations/accept"


async def invited(room: Room, who: str = "FRA", **seat: Any) -> str:
    """The secret of a new invitation, by default of France to France."""
    body = seat or {"delegation": who}
    return str(done(await room.as_(who).post("/invitations", body))["secret"])


async def accept(room: Room, secret: str, who: str = NOBODY, scope: Scope = Scope.WRITE, **account: Any) -> Any:
    return await room.as_(who, scope).post(ACCEPT, {"secret": secret, **account})


async def with_password(room: Room, who: str, password: str = WORDS) -> None:
    async with room.database.writing() as db:
        person = (await db.scalars(select(Person).where(Person.sign_in == sign_in(who)))).one()
        await set_password(person, password)


async def invitations(room: Room) -> list[dict[str, Any]]:
    return list(done(await room.as_(SECRETARIAT).get("/invitations"))["items"])


# --- accepting ------------------------------------------------------------------------------------------------------


async def test_somebody_new_makes_an_account_and_takes_the_seat(room: Room) -> None:
    secret = await invited(room, delegation="fra", days=30)
    seen = done(await room.as_(NOBODY).post(LOOK, {"secret": secret}))
    assert (seen["negotiation"], seen["title"], seen["role"]) == (SLUG, "Safe water for all", "penholder")
    assert (seen["delegation"], seen["delegation_name"]) == ("FRA", "Name of FRA")
    taken = done(await accept(room, f" {secret}\n", **ANA))
    assert taken == {
        "negotiation": SLUG,
        "sign_in": "ana@example.org",
        "name": "Ana Martín",
        "role": "penholder",
        "delegation": "FRA",
        "seq": await room.head(),
    }
    assert (await seats(room))["ana@example.org"] == ("penholder", "FRA")
    entry = (await room.record())[-1]
    assert (entry["verb"], entry["actor"], entry["delegation"]) == ("invitation.accept", "Ana Martín", "FRA")
    assert entry["payload"]["invitation"] == "I1"
    assert await room.is_intact()


async def test_whoever_has_an_account_takes_the_seat_with_its_password(room: Room) -> None:
    await with_password(room, STRANGER)
    secret = await invited(room)
    wrong = await accept(room, secret, sign_in=sign_in(STRANGER), password="quite other words", name="Eve")
    refused(wrong, 403, "sign-in-refused")
    done(await accept(room, secret, sign_in=sign_in(STRANGER).upper(), password=WORDS))
    assert (await seats(room))[sign_in(STRANGER)] == ("penholder", "FRA")


async def test_whoever_sends_a_token_takes_the_seat_as_its_person(room: Room) -> None:
    secret = await invited(room)
    refused(await accept(room, secret, STRANGER, Scope.READ), 403, "scope-too-narrow")
    refused(await accept(room, secret, STRANGER, **ANA), 422, "invalid-input")
    done(await accept(room, secret, STRANGER))
    assert done(await room.as_(STRANGER).get(""))["your_delegation"] == "FRA"


async def test_a_token_for_another_negotiation_takes_no_seat_here(room: Room) -> None:
    fire = "---\nslug: fire\ntitle: Fire\n---\n\nPP1. *Noting* fire,\n\nOP1. *Decides* to act.\n"
    done(await room.as_(ADMINISTRATOR).post("/api/v1/negotiations", {"draft": fire}))
    narrow = {"name": "fire", "scope": "write", "negotiation": "fire"}
    token = done(await room.as_(ADMINISTRATOR).post("/api/v1/tokens", narrow))["secret"]
    secret = await invited(room)
    refused(await room.with_token(token).post(ACCEPT, {"secret": secret}), 403, "scope-too-narrow")
    refused(await room.with_token("chp_wrong").post(ACCEPT, {"secret": secret}), 401, "not-signed-in")


async def test_an_invitation_is_good_once_in_time_and_until_it_is_revoked_and_nobody_learns_why_it_is_not(
    room: Room, clock: SetClock
) -> None:
    used, revoked, expired = [await invited(room) for _ in range(3)]
    done(await accept(room, used, **ANA))
    done(await room.as_("FRA").delete("/invitations/I2"))
    clock.advance(hours=14 * 24, seconds=-1)
    done(await room.as_(NOBODY).post(LOOK, {"secret": expired}))
    clock.advance(seconds=1)
    told = set()
    misspelt = expired[:-1] + ("0" if expired[-1] != "0" else "1")
    for secret in (used, revoked, expired, misspelt, "chi_", "chp_" + expired[4:], "", "x" * 200):
        for answer in (await accept(room, secret, **ANA), await room.as_(NOBODY).post(LOOK, {"secret": secret})):
            told.add(refused(answer, 404, "invitation-not-good")["detail"])
    assert len(told) == 1
    assert [one["status"] for one in await invitations(room)] == ["accepted", "revoked", "expired"]
    assert await room.is_intact()
    await room.by_hand("update invitation set revoked_at = null where number = 2")
    assert not await room.is_intact()


async def test_of_two_who_accept_at_once_one_has_the_seat(room: Room) -> None:
    secret = await invited(room)
    answers = await asyncio.gather(*(accept(room, secret, who) for who in (STRANGER, ADMINISTRATOR)))
    assert sorted(answer.status_code for answer in answers) == [201, 404]
    assert sum(entry["verb"] == "invitation.accept" for entry in await room.record()) == 1


# --- what is not told -----------------------------------------------------------------------------------------------


async def test_whether_there_is_an_account_is_told_to_nobody_who_does_not_have_its_password(room: Room) -> None:
    await with_password(room, STRANGER)
    secret = await invited(room)
    told = set()
    for who in (sign_in(STRANGER), sign_in(READER), "nobody@example.org"):  # with a password, without one, not there
        answer = await accept(room, secret, sign_in=who, password="quite other words")
        told.add(refused(answer, 403, "sign-in-refused")["detail"])
        weak = await accept(room, secret, sign_in=who, password="too short", name="Eve")
        told.add(refused(weak, 422, "password-refused")["detail"])
    assert len(told) == 2
    answer = await accept(room, secret, sign_in=sign_in(READER), password=WORDS, name="Eve")
    refused(answer, 403, "sign-in-refused")  # an account without a password is not to be had by choosing one
    done(await room.as_(NOBODY).post(LOOK, {"secret": secret}))  # and nothing was used up


async def test_a_closed_account_takes_no_seat(room: Room) -> None:
    await with_password(room, STRANGER)
    secret = await invited(room)
    await room.by_hand(f"update person set is_active = false where sign_in = '{sign_in(STRANGER)}'")
    refused(await accept(room, secret, sign_in=sign_in(STRANGER), password=WORDS), 403, "sign-in-refused")


async def test_the_address_and_the_secret_of_an_invitation_are_not_on_the_record_and_its_hash_only_is_kept(
    room: Room,
) -> None:
    secret = await invited(room, delegation="FRA", sign_in="ana@example.org", name="Ana Martín")
    written = json.dumps((await room.record())[-1])
    listed = json.dumps(await invitations(room))
    assert "ana@example.org" not in written
    assert "Ana" not in written
    assert secret not in listed
    assert "ana@example.org" in listed
    async with room.database.reading() as db:
        row = str((await db.execute(text("select * from invitation"))).all())
    assert secret not in row


async def test_a_repeated_request_gets_the_secret_no_more(room: Room) -> None:
    first = await room.as_("FRA").post("/invitations", {"role": "reader"}, key="once")
    again = await room.as_("FRA").post("/invitations", {"role": "reader"}, key="once")
    assert done(first)["secret"].startswith("chi_")
    assert done(again) == done(first) | {"secret": ""}
    assert len(await invitations(room)) == 1


# --- for whom it is -------------------------------------------------------------------------------------------------


async def test_one_that_is_addressed_is_for_that_person_alone(room: Room) -> None:
    secret = await invited(room, delegation="FRA", sign_in="Ana@example.org", name="Ana Martín")
    refused(await accept(room, secret, STRANGER), 403, "invitation-for-another")
    other = ANA | {"sign_in": "eve@example.org"}
    refused(await accept(room, secret, **other), 403, "invitation-for-another")
    taken = done(await accept(room, secret, sign_in="ana@example.org", password=WORDS))
    assert taken["name"] == "Ana Martín"


@pytest.mark.parametrize(
    ("account", "status", "slug"),
    [
        ({}, 422, "invalid-input"),
        ({"sign_in": "ana", "password": WORDS, "name": "Ana"}, 422, "invalid-input"),
        ({"sign_in": "ana@example.org", "password": "ana@example.org", "name": "Ana"}, 422, "password-refused"),
        ({"sign_in": "ana@example.org", "password": "password1234", "name": "Ana"}, 422, "password-refused"),
        ({"sign_in": "ana@example.org", "password": "w" * 900, "name": "Ana"}, 422, "password-refused"),
        ({"sign_in": "ana@example.org", "password": WORDS, "name": "A\u202ena"}, 422, "text-refused"),
        ({"sign_in": "ana@example.org", "password": WORDS}, 403, "sign-in-refused"),
        ({"sign_in": "ana@example.org", "name": "Ana"}, 422, "password-refused"),
    ],
)
async def test_what_makes_no_account_is_refused_with_what_to_do_and_uses_nothing_up(
    room: Room, account: dict[str, str], status: int, slug: str
) -> None:
    secret, before = await invited(room), await room.head()
    answer = await accept(room, secret, **account)
    refused(answer, status, slug)
    assert WORDS not in answer.text
    assert await room.head() == before
    done(await accept(room, secret, **ANA))


# --- who invites whom -----------------------------------------------------------------------------------------------


async def test_a_penholder_invites_its_own_people_and_readers_and_the_secretariat_anybody(room: Room) -> None:
    for seat in ({"delegation": "FRA"}, {"role": "reader"}):
        await invited(room, "FRA", **seat)
        await invited(room, SECRETARIAT, **seat)
    for seat in ({"delegation": "NOR"}, {"delegation": "ILO"}, {"role": "secretariat"}):
        refused(await room.as_("FRA").post("/invitations", seat), 403, "seat-not-yours-to-give")
        await invited(room, SECRETARIAT, **seat)
    for who in ("NOR", "ILO", READER):
        refused(await room.as_(who).post("/invitations", {"role": "reader"}), 403, "not-permitted")
        refused(await room.as_(who).get("/invitations"), 403, "not-permitted")
    refused(await room.as_("FRA").delete("/invitations/I5"), 403, "seat-not-yours-to-give")
    done(await room.as_("FRA").delete("/invitations/i2"))
    refused(await room.as_("FRA").delete("/invitations/I2"), 409, "invitation-settled")
    refused(await room.as_("FRA").delete("/invitations/I99"), 404, "not-found")


async def test_an_invitation_of_a_penholder_moves_nobody_who_sits_elsewhere(room: Room) -> None:
    secret = await invited(room)
    for who, chair in (("NOR", "delegate of NOR"), ("ILO", "observer of ILO"), (SECRETARIAT, "secretariat")):
        problem = refused(await accept(room, secret, who), 409, "seat-kept")
        assert f"as {chair}, and only an invitation of the secretariat" in problem["detail"]
    done(await accept(room, secret, READER))
    from_secretariat = await invited(room, SECRETARIAT, delegation="FRA")
    done(await accept(room, from_secretariat, "NOR"))
    assert (await seats(room))[sign_in("NOR")] == ("penholder", "FRA")


async def test_the_last_of_the_secretariat_leaves_by_no_invitation(room: Room) -> None:
    secret = await invited(room, SECRETARIAT, role="reader")
    refused(await accept(room, secret, SECRETARIAT), 409, "last-of-the-secretariat")
    other = await invited(room, SECRETARIAT, role="secretariat")
    done(await accept(room, other, STRANGER))
    done(await accept(room, secret, SECRETARIAT))


async def test_who_has_the_seat_already_leaves_the_invitation_to_others(room: Room) -> None:
    secret = await invited(room)
    refused(await accept(room, secret, "FRA"), 409, "already-seated")
    done(await accept(room, secret, **ANA))


@pytest.mark.parametrize(
    ("seat", "status", "slug"),
    [
        ({}, 422, "invalid-input"),
        ({"delegation": "PER"}, 422, "not-taking-part"),
        ({"delegation": "FRA", "role": "delegate"}, 422, "invalid-input"),
        ({"role": "penholder"}, 422, "invalid-input"),
        ({"role": "reader", "days": 0}, 422, "invalid-input"),
        ({"role": "reader", "days": 91}, 422, "invalid-input"),
        ({"role": "reader", "sign_in": "ana"}, 422, "invalid-input"),
        ({"role": "reader", "name": "A\u202ena"}, 422, "text-refused"),
    ],
)
async def test_an_invitation_that_cannot_be_is_refused(
    room: Room, seat: dict[str, Any], status: int, slug: str
) -> None:
    before = await room.head()
    refused(await room.as_(SECRETARIAT).post("/invitations", seat), status, slug)
    assert await room.head() == before


@on_sqlite
async def test_invitations_are_listed_a_page_at_a_time(room: Room) -> None:
    for _ in range(3):
        await invited(room, role="reader")
    first = done(await room.as_("FRA").get("/invitations?limit=2"))
    rest = done(await room.as_("FRA").get(f"/invitations?limit=2&cursor={first['next']}"))
    assert [one["invitation"] for one in (*first["items"], *rest["items"])] == ["I1", "I2", "I3"]
    assert first["items"][0]["sent_by"] == "Delegate of FRA"
