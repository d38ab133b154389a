"""Whoever runs the server sees who has an account, closes and opens it, and helps who lost their password."""

from datetime import timedelta

import pytest

from app.actions.accounts import LINK_LASTING
from app.actions.signing_in import open_session
from app.actions.signing_in import sign_in as come_in
from app.problems import NotSignedIn
from app.views.sessions import signed_in_seat
from tests.api.room import ADMINISTRATOR, NOBODY, STRANGER, Room, done, refused, sign_in
from tests.api.test_statements import counted
from tests.builders import SetClock, on_sqlite

USE = "/api/v1/password-links/use"
PEOPLE = "/api/v1/people"
WORDS = "rain over seven quiet rivers"


async def number_of(room: Room, who: str) -> int:
    (found,) = done(await room.as_(ADMINISTRATOR).get(f"{PEOPLE}?q={sign_in(who)}"))["items"]
    return int(found["id"])


async def test_an_administrator_sees_who_has_an_account_and_where_they_sit(room: Room) -> None:
    await room.by_hand("update negotiation set visibility = 'public'")
    with counted(room) as sent:
        (norway,) = done(await room.as_(ADMINISTRATOR).get(f"{PEOPLE}?q=delegate of NOR"))["items"]
    assert len(sent) == 3
    assert norway["sign_in"] == sign_in("NOR")
    assert norway["seats"] == [{"negotiation": "water", "role": "delegate", "delegation": "NOR"}]
    assert (norway["is_active"], norway["has_password"], norway["signed_in_at"]) == (True, False, None)
    first = done(await room.as_(ADMINISTRATOR).get(f"{PEOPLE}?limit=4"))
    rest = done(await room.as_(ADMINISTRATOR).get(f"{PEOPLE}?limit=50&cursor={first['next']}"))
    assert len(first["items"]) + len(rest["items"]) == 11
    assert done(await room.as_(ADMINISTRATOR).get(f"{PEOPLE}?q=%25"))["items"] == []


async def test_a_seat_in_a_negotiation_that_the_administrator_may_not_see_is_counted_and_not_named(room: Room) -> None:
    (norway,) = done(await room.as_(ADMINISTRATOR).get(f"{PEOPLE}?q={sign_in('NOR')}"))["items"]
    assert (norway["seats"], norway["elsewhere"]) == ([], 1)


async def test_a_closed_account_lets_nobody_in_by_session_token_or_password_until_it_is_opened(room: Room) -> None:
    number = await number_of(room, "NOR")
    link = done(await room.as_(ADMINISTRATOR).post(f"{PEOPLE}/{number}/password-links"))
    done(await room.as_(NOBODY).post(USE, {"secret": link["secret"], "password": WORDS}))
    late = done(await room.as_(ADMINISTRATOR).post(f"{PEOPLE}/{number}/password-links"))
    async with room.database.writing() as db:
        session = await open_session(db, number)
    assert done(await room.as_(ADMINISTRATOR).post(f"{PEOPLE}/{number}/closure"))["is_active"] is False
    refused(await room.as_("NOR").get("/clauses/OP1"), 401, "not-signed-in")
    use = {"secret": late["secret"], "password": WORDS}
    refused(await room.as_(NOBODY).post(USE, use), 404, "password-link-not-good")
    refused(await room.as_(ADMINISTRATOR).post(f"{PEOPLE}/{number}/password-links"), 409, "account-is-closed")
    assert done(await room.as_(ADMINISTRATOR).post(f"{PEOPLE}/{number}/reopening"))["is_active"] is True
    refused(await room.as_("NOR").get("/clauses/OP1"), 401, "not-signed-in")
    refused(await room.as_(NOBODY).post(USE, use), 404, "password-link-not-good")
    async with room.database.writing() as db:
        with pytest.raises(NotSignedIn):
            await signed_in_seat(db, session.secret)
        assert await come_in(db, sign_in("NOR"), WORDS) is not None, "with the password that they had"


async def test_an_administrator_keeps_their_own_account_open(room: Room) -> None:
    number = await number_of(room, ADMINISTRATOR)
    refused(await room.as_(ADMINISTRATOR).post(f"{PEOPLE}/{number}/closure"), 409, "own-account-kept")
    refused(await room.as_(ADMINISTRATOR).post(f"{PEOPLE}/999999/closure"), 404, "not-found")
    refused(await room.as_(STRANGER).post(f"{PEOPLE}/{number}/closure"), 403, "not-permitted")


async def test_with_a_link_a_lost_password_is_replaced_once_and_every_session_ends(room: Room) -> None:
    number = await number_of(room, "NOR")
    async with room.database.writing() as db:
        session = await open_session(db, number)
    older, link = [done(await room.as_(ADMINISTRATOR).post(f"{PEOPLE}/{number}/password-links")) for _ in range(2)]
    look = await room.as_(NOBODY).post("/api/v1/password-links/look", {"secret": link["secret"]})
    assert done(look)["sign_in"] == sign_in("NOR")
    use = {"secret": link["secret"], "password": WORDS}
    nobody = room.as_(NOBODY)
    refused(
        await nobody.post(USE, {**use, "password": "Delegate of NOR!"}),
        422,
        "password-refused",
    )
    refused(
        await nobody.post(USE, {**use, "secret": older["secret"]}),
        404,
        "password-link-not-good",
    )
    done(await nobody.post(USE, use))
    refused(await nobody.post(USE, use), 404, "password-link-not-good")
    async with room.database.writing() as db:
        with pytest.raises(NotSignedIn):
            await signed_in_seat(db, session.secret)
        assert await come_in(db, sign_in("NOR"), WORDS) is not None
    done(await room.as_("NOR").get("/clauses/OP1"))


@on_sqlite
async def test_a_link_is_good_for_a_day(room: Room, clock: SetClock) -> None:
    link = done(await room.as_(ADMINISTRATOR).post(f"{PEOPLE}/{await number_of(room, 'NOR')}/password-links"))
    clock.advance(hours=LINK_LASTING / timedelta(hours=1))
    use = {"secret": link["secret"], "password": WORDS}
    refused(await room.as_(NOBODY).post(USE, use), 404, "password-link-not-good")
