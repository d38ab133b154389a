"""Taking a seat with the link that one was sent."""

from typing import Any

import pytest

from tests.api.room import SECRETARIAT, STRANGER, Room, done, sign_in
from tests.api.test_access import seats
from tests.web.visitor import PASSWORD, visitor, with_password

pytestmark = pytest.mark.usefixtures("quick_passwords")

ANA = {"as": "new", "sign_in": "Ana@Example.org", "name": "Ana Martín", "password": PASSWORD, "again": PASSWORD}


async def link(room: Room, **seat: Any) -> str:
    sent = done(await room.as_(SECRETARIAT).post("/invitations", seat or {"delegation": "NOR"}))
    return f"/join/{sent['secret']}"


async def test_somebody_new_makes_an_account_and_is_led_signed_in_to_the_draft(room: Room) -> None:
    address = await link(room)
    async with visitor(room) as browser:
        seen = await browser.get(address)
        for words in ("Safe water for all", "delegate, for Name of NOR (NOR)", "At least 12 characters"):
            assert words in seen.text
        came = await browser.bare_post(address, ANA)
        assert (came.status_code, came.headers["Location"]) == (303, "/n/water")
        assert "Ana Martín" in (await browser.get("/n/water")).text
    assert (await seats(room))["ana@example.org"] == ("delegate", "NOR")
    async with visitor(room) as browser:
        again = await browser.get(address)
        assert again.status_code == 404
        assert "used already" in again.text


async def test_the_secret_in_the_address_is_kept_nowhere_and_told_to_nobody(room: Room) -> None:
    address = await link(room)
    async with visitor(room) as browser:
        seen = await browser.get(address)
        assert seen.headers["Cache-Control"] == "no-store"
        assert seen.headers["Referrer-Policy"] == "same-origin"
        assert "src='http" not in seen.text.replace('"', "'")


async def test_whoever_has_an_account_signs_in_there(room: Room) -> None:
    await with_password(room, STRANGER)
    address = await link(room)
    known = {"as": "known", "sign_in": sign_in(STRANGER), "password": PASSWORD}
    async with visitor(room) as browser:
        assert (await browser.bare_post(address, {**known, "password": "quite other words"})).status_code == 403
        assert (await browser.bare_post(address, known)).status_code == 303
        assert await browser.is_signed_in()
    assert (await seats(room))[sign_in(STRANGER)] == ("delegate", "NOR")


async def test_who_says_that_they_have_an_account_gets_none_by_a_slip_of_the_pen(room: Room) -> None:
    address = await link(room, delegation="NOR", name="Ana Martín")
    slip = {"as": "known", "sign_in": "anna@example.org", "password": PASSWORD}
    async with visitor(room) as browser:
        assert (await browser.bare_post(address, slip)).status_code == 403
    assert "anna@example.org" not in await seats(room)


async def test_whoever_is_signed_in_takes_the_seat_with_one_button(room: Room) -> None:
    address = await link(room)
    async with visitor(room, STRANGER) as browser:
        assert "Take the seat as Delegate of stranger" in (await browser.get(address)).text
        assert (await browser.bare_post(address, {"as": "myself"})).status_code == 403, "not without the form"
        assert (await browser.post(address, {"as": "myself"})).headers["Location"] == "/n/water"
    assert (await seats(room))[sign_in(STRANGER)] == ("delegate", "NOR")


async def test_what_stands_in_the_way_is_said_and_what_was_typed_stays(room: Room) -> None:
    address = await link(room)
    for wrong, status, words in (
        ({"again": "something else"}, 422, "the two passwords are not the same"),
        ({"password": "short", "again": "short"}, 422, "fewer than 12 characters"),
        ({"name": " "}, 422, "give your name"),
        ({"sign_in": "nowhere"}, 422, "is no e-mail address"),
    ):
        async with visitor(room) as browser:
            answer = await browser.bare_post(address, {**ANA, **wrong})
            assert answer.status_code == status
            assert words in answer.text
            assert f'value="{wrong.get("sign_in", "Ana@Example.org")}"' in answer.text
            assert PASSWORD not in answer.text
    assert "ana@example.org" not in await seats(room)


async def test_an_invitation_for_another_is_refused_in_words(room: Room) -> None:
    address = await link(room, delegation="NOR", sign_in="bea@example.org")
    async with visitor(room) as browser:
        answer = await browser.bare_post(address, ANA)
        assert answer.status_code == 403
        assert "addressed to another person" in answer.text


async def test_whoever_sends_the_form_twice_has_one_account_and_is_signed_in(room: Room) -> None:
    address = await link(room)
    async with visitor(room) as browser:
        assert (await browser.client.post(address, data=ANA)).status_code == 303  # and its answer is lost
        browser.client.cookies.clear()
        guess = await browser.bare_post(address, {**ANA, "password": "quite other words"})
        assert (guess.status_code, await browser.is_signed_in()) == (404, False)
        again = await browser.bare_post(address, ANA)
        assert (again.status_code, again.headers["Location"]) == (303, "/")
        assert await browser.is_signed_in()
    assert (await seats(room))["ana@example.org"] == ("delegate", "NOR")
