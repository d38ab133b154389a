"""What goes wrong outside the pages is said as a page to a browser, and as a problem to programs."""

import pytest

from tests.api.addresses import pages
from tests.api.room import Room
from tests.builders import on_sqlite
from tests.web.visitor import visitor

SAFE = ("Content-Security-Policy", "X-Content-Type-Options", "X-Frame-Options", "Referrer-Policy")


@on_sqlite
async def test_an_unknown_address_is_a_page_for_a_browser_and_a_problem_for_a_program(room: Room) -> None:
    async with visitor(room, "FRA") as browser:
        page = await browser.get("/nowhere")
        assert page.status_code == 404
        assert page.headers["Content-Type"].startswith("text/html")
        assert "/nowhere" in page.text
        assert "Delegate of FRA" in page.text, "it looks as the others do"
        for address, accepted in (("/nowhere", "*/*"), ("/api/v1/nowhere", "text/html")):
            program = await browser.client.get(address, headers={"Accept": accepted})
            assert program.headers["Content-Type"] == "application/problem+json"


@on_sqlite
async def test_a_wrong_method_is_a_page_too(room: Room) -> None:
    async with visitor(room) as browser:
        answer = await browser.bare_post("/language", {})
        assert answer.status_code == 405
        assert answer.headers["Allow"] == "GET"
        assert "cannot be used that way" in answer.text
        assert answer.headers["Content-Type"].startswith("text/html")


@on_sqlite
async def test_whoever_reloads_what_a_form_led_to_is_led_to_the_page_of_the_form(room: Room) -> None:
    looked_at = {page.path for page in pages() if not page.is_a_write}
    async with visitor(room, "FRA") as browser:
        led = {page.path: await browser.get(page.path) for page in pages() if page.is_a_write}
        for path, answer in led.items():
            leads = answer.status_code == 303 and answer.headers["Location"] in looked_at
            assert leads or path in looked_at, f"{path}: {answer.status_code}"
        again = led["/n/water/clauses/OP1/propose/preview"]
        assert again.headers["Location"] == "/n/water/clauses/OP1/propose"


@on_sqlite
async def test_a_mistake_of_ours_is_a_page_that_gives_nothing_away(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_args: object, **_more: object) -> None:
        raise RuntimeError("a secret of the house")

    monkeypatch.setattr("app.web.home.negotiations", fail)
    async with visitor(room) as browser:
        answer = await browser.get("/")
        assert answer.status_code == 500
        assert "The server made a mistake" in answer.text
        assert "a secret of the house" not in answer.text


@on_sqlite
@pytest.mark.parametrize("address", ["/", "/sign-in", "/nowhere", "/static/chapeau.css", "/static/live.js"])
async def test_pages_and_files_carry_the_headers_that_keep_them_safe(room: Room, address: str) -> None:
    async with visitor(room) as browser:
        answer = await browser.get(address)
        for header in SAFE:
            assert answer.headers[header], header
        assert "unsafe" not in answer.headers["Content-Security-Policy"]
