"""Signing in and out through the pages: nobody guesses their way in, and nobody acts in another's session."""

from datetime import timedelta
from typing import Any

import pytest
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from app.actions.signing_in import LASTING
from tests.api.room import Room, sign_in
from tests.builders import SetClock, on_sqlite
from tests.web.visitor import PASSWORD, Visitor, visitor, with_password

pytestmark = pytest.mark.usefixtures("quick_passwords")

ELSEWHERE = {"name": sign_in("NOR"), "password": "quite other words"}


async def tries(browser: Visitor, name: str = "", password: str = PASSWORD) -> int:
    answer = await browser.post("/sign-in", {"name": name or sign_in("FRA"), "password": password})
    return answer.status_code


async def test_whoever_gives_name_and_password_is_led_to_where_they_were_going(room: Room) -> None:
    await with_password(room, "FRA")
    async with visitor(room) as browser:
        asked = await browser.get("/n/water/people")
        assert (asked.status_code, asked.headers["Location"]) == (303, "/sign-in?next=/n/water/people")
        fields = {"name": f" {sign_in('FRA').upper()} ", "password": PASSWORD, "next": "/n/water/people"}
        came = await browser.bare_post("/sign-in", fields)
        assert (came.status_code, came.headers["Location"]) == (303, "/n/water/people")
        assert (await browser.get("/n/water/people")).status_code == 200


async def test_nobody_is_led_away_from_here(room: Room) -> None:
    await with_password(room, "FRA")
    for away in ("https://example.com/", "//example.com", "/\\example.com", "javascript:alert(1)"):
        async with visitor(room) as browser:
            came = await browser.bare_post("/sign-in", {"name": sign_in("FRA"), "password": PASSWORD, "next": away})
            assert came.headers["Location"] == "/"


async def test_a_name_that_is_not_known_and_a_wrong_password_look_the_same(room: Room) -> None:
    await with_password(room, "FRA")
    async with visitor(room) as browser:
        known = await browser.bare_post("/sign-in", {"name": sign_in("FRA"), "password": "quite other words"})
        unknown = await browser.bare_post("/sign-in", {"name": sign_in("XXX"), "password": "quite other words"})
        assert known.status_code == unknown.status_code == 403
        assert known.text.replace(sign_in("FRA"), "") == unknown.text.replace(sign_in("XXX"), "")


async def test_after_eight_wrong_passwords_the_right_one_waits_a_quarter_of_an_hour(
    room: Room, clock: SetClock
) -> None:
    await with_password(room, "FRA")
    await with_password(room, "NOR")
    async with visitor(room) as browser, visitor(room) as other:
        assert [await tries(browser, password="a wrong one") for _ in range(8)] == [403] * 8
        assert await tries(browser) == 429
        assert await tries(other) == 429, "from wherever: the name is what is guarded"
        assert await tries(other, sign_in("NOR")) == 303, "others come in"
        clock.advance(minutes=15, seconds=1)
        assert await tries(browser) == 303


async def test_guesses_through_an_invitation_and_at_a_change_of_password_count_as_well(room: Room) -> None:
    await with_password(room, "NOR")
    sent = (await room.as_("FRA").post("/invitations", {"delegation": "FRA"})).json()
    accept = {"secret": sent["secret"], "sign_in": sign_in("NOR"), "password": "quite other words"}
    for _ in range(3):
        answer = await room.as_("nobody").post("/api/v1/invitations/accept", accept)
        assert answer.json()["type"] == "/problems/sign-in-refused"
    async with visitor(room) as browser:
        joining = {"as": "known", "sign_in": sign_in("NOR"), "password": "quite other words"}
        for _ in range(3):
            assert (await browser.bare_post(f"/join/{sent['secret']}", joining)).status_code == 403
    async with visitor(room, "NOR") as browser:
        changing = {"old": "quite other words", "password": "some new long words", "again": "some new long words"}
        for _ in range(2):
            assert (await browser.post("/account/password", changing)).status_code == 403
        assert (await browser.post("/account/password", changing)).status_code == 429
    answer = await room.as_("nobody").post("/api/v1/invitations/accept", accept)
    assert (answer.status_code, answer.json()["type"]) == (429, "/problems/too-many-attempts")
    async with visitor(room) as browser:
        assert await tries(browser, sign_in("NOR")) == 429


# --- the cookie -----------------------------------------------------------------------------------------------------


async def test_the_cookie_is_out_of_reach_of_scripts_and_of_other_sites(room: Room) -> None:
    await with_password(room, "FRA")
    async with visitor(room) as browser:
        came = await browser.bare_post("/sign-in", {"name": sign_in("FRA"), "password": PASSWORD})
        cookie = came.headers["Set-Cookie"]
        assert cookie.startswith("chapeau=")
        assert "HttpOnly" in cookie
        assert "SameSite=lax" in cookie
        assert "Path=/" in cookie
        assert "Secure" not in cookie


@on_sqlite
async def test_behind_a_proxy_that_ends_tls_the_cookie_is_for_tls_and_for_this_host_alone(room: Room) -> None:
    await with_password(room, "FRA")
    behind: Any = ProxyHeadersMiddleware
    async with visitor(room, app=behind(room.app, "127.0.0.1")) as browser:
        fields = {"name": sign_in("FRA"), "password": PASSWORD}
        came = await browser.bare_post("/sign-in", fields, X_Forwarded_Proto="https")
        cookie = came.headers["Set-Cookie"]
        assert cookie.startswith("__Host-chapeau=")
        assert "; Secure" in cookie
        assert "HttpOnly" in cookie
        assert "SameSite=lax" in cookie
        assert "Domain" not in cookie


@on_sqlite
async def test_over_tls_a_cookie_that_was_set_without_it_is_not_believed(room: Room) -> None:
    async with visitor(room, base_url="https://chapeau.test") as browser:
        await browser.come_in("FRA")
        assert await browser.is_signed_in()
        secret = browser.client.cookies["__Host-chapeau"]
        browser.client.cookies.clear()
        browser.client.cookies.set("chapeau", secret, domain="chapeau.test", path="/")
        assert not await browser.is_signed_in()


# --- the end of a session -------------------------------------------------------------------------------------------


async def test_signing_out_ends_the_session_and_not_the_cookie_alone(room: Room) -> None:
    async with visitor(room, "FRA") as browser:
        secret = browser.client.cookies["chapeau"]
        out = await browser.post("/sign-out")
        assert (out.status_code, out.headers["Location"]) == (303, "/")
        assert not await browser.is_signed_in()
        browser.client.cookies.set("chapeau", secret, domain="chapeau.test", path="/")
        assert not await browser.is_signed_in(), "whoever kept the cookie has nothing by it"


async def test_a_session_ends_by_the_clock_of_the_server(room: Room, clock: SetClock) -> None:
    async with visitor(room, "FRA") as browser:
        clock.advance(seconds=(LASTING - timedelta(seconds=1)).total_seconds())
        assert await browser.is_signed_in()
        clock.advance(seconds=1)
        assert not await browser.is_signed_in()


async def test_a_new_password_ends_every_other_session(room: Room) -> None:
    await with_password(room, "FRA")
    async with visitor(room, "FRA") as here, visitor(room, "FRA") as there:
        fields = {"old": PASSWORD, "password": "seven quiet rivers in rain", "again": "seven quiet rivers in rain"}
        assert (await here.post("/account/password", fields)).status_code == 303
        assert await here.is_signed_in()
        assert not await there.is_signed_in()
        assert await tries(there) == 403
        assert await tries(there, password="seven quiet rivers in rain") == 303


async def test_a_session_is_ended_from_another_browser_by_its_own_person_alone(room: Room) -> None:
    async with visitor(room, "FRA") as here, visitor(room, "FRA") as there, visitor(room, "NOR") as stranger:
        for number in (1, 2, 3):
            answer = await stranger.post(f"/account/sessions/{number}/end")
            assert answer.status_code in (303, 404)  # 303: their own
        assert await here.is_signed_in()
        assert await there.is_signed_in()
        assert (await here.post("/account/sessions/end")).status_code == 303
        assert await here.is_signed_in()
        assert not await there.is_signed_in()


# --- forms ----------------------------------------------------------------------------------------------------------

POSITION = {"expected": '"OP1.v1"', "stance": "support"}


@pytest.mark.parametrize("forged", ["without", "of another session", "from another site", "from another origin"])
async def test_a_form_that_is_not_of_this_session_is_refused_and_nothing_changes(room: Room, forged: str) -> None:
    before = await room.head()
    async with visitor(room, "NOR") as norway, visitor(room, "ARG") as argentina:
        headers = {}
        proof = {"csrf": await norway.csrf()}
        match forged:
            case "without":
                proof = {}
            case "of another session":
                proof = {"csrf": await argentina.csrf()}
            case "from another site":
                headers = {"Sec_Fetch_Site": "cross-site"}
            case "from another origin":
                headers = {"Origin": "https://example.com"}
        address = "/n/water/clauses/OP1/position"
        answer = await norway.bare_post(address, {**POSITION, "expected": "OP1.v1", **proof}, **headers)
        assert answer.status_code == 403
        assert "Open the page again" in answer.text
        assert await room.head() == before
        assert (await norway.bare_post("/sign-out", proof, **headers)).status_code == 403
        assert await norway.is_signed_in()


async def test_another_site_signs_nobody_in(room: Room) -> None:
    await with_password(room, "FRA")
    async with visitor(room) as browser:
        fields = {"name": sign_in("FRA"), "password": PASSWORD}
        assert (await browser.bare_post("/sign-in", fields, Origin="https://example.com")).status_code == 403
        assert not await browser.is_signed_in()
