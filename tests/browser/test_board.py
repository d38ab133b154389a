"""The board shows who stands where on what, what blocks consensus, and how far the text has come."""

import re
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

from playwright.sync_api import Browser, expect
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.actions import access, readings, ruling
from app.cli.sample import load_sample
from app.record.database import Database
from app.record.standing import clause_standing
from app.record.texts import Negotiation
from app.rules.facts import RulingKind
from app.rules.permissions import Role, Scope, Seat
from app.rules.standing import ClauseStanding
from app.views.access import seat_named
from tests.browser.site import Site, apart, serving, violations
from tests.builders import SetClock

BOARD = "/n/sse/board"


def test_the_board_says_who_holds_what_on_a_paragraph_and_through_whom(reading_site: Site) -> None:
    with reading_site.visitor("spain") as page:
        page.goto(BOARD)
        row = page.locator("#board-rows tr:has(th a:text-is('PP12'))")
        expect(row).to_contain_text("reserved")
        expect(row.get_by_role("img", name="COL reserves", exact=True)).to_have_text("◇")
        expect(row.get_by_role("img", name="FRA supports, through EU")).to_have_text("●")
        expect(row.get_by_role("img", name="FRA supports, through EU")).to_have_class(re.compile("through"))
        row.get_by_role("link", name="PP12").click()
        expect(page.get_by_role("heading", name="PP12", exact=True)).to_be_visible()


def test_what_was_said_on_earlier_words_is_shown_as_lapsed_and_not_counted(reading_site: Site) -> None:
    with reading_site.visitor("spain") as page:
        page.goto(BOARD)
        lapsed = page.get_by_role("img", name="ITA supports, said on version 1 and lapsed")
        expect(lapsed).to_have_text("(●)")


def test_the_board_can_be_narrowed_to_what_is_not_agreed(reading_site: Site) -> None:
    with reading_site.visitor("spain") as page:
        page.goto(BOARD)
        expect(page.locator("#board-rows th a:text-is('PP1')")).to_have_count(1)
        page.get_by_label("Paragraphs").select_option("not agreed yet")
        page.get_by_role("button", name="Show").click()
        expect(page.locator("#board-rows th a:text-is('PP1')")).to_have_count(0)
        expect(page.locator("#board-rows th a:text-is('PP3')")).to_have_count(1)


def test_the_board_names_what_each_delegation_holds_and_why_each_paragraph_is_held(reading_site: Site) -> None:
    with reading_site.visitor("spain") as page:
        page.goto(BOARD)
        expect(page.locator("#holder-MNG")).to_contain_text("waits for its capital: OP1")
        expect(page.locator("#holder-BRA")).to_contain_text("objects: OP7")
        expect(page.locator("#held tr:has(a:text-is('OP3'))")).to_contain_text(
            "A9 by SEN to change the wording is open."
        )


def test_a_position_arrives_on_an_open_board(site: Site) -> None:
    with site.visitor("spain") as spain, site.visitor("chile") as chile:
        spain.goto(BOARD)
        chile.goto("/n/sse/clauses/PP4")
        chile.get_by_label("objects").check()
        chile.get_by_label("Reason").fill("Too early.")
        chile.get_by_role("button", name="Say so").click()
        row = spain.locator("#board-rows tr:has(th a:text-is('PP4'))")
        expect(row.get_by_role("img", name="CHL objects")).to_have_text("✕")
        expect(row).to_contain_text("in brackets")
        expect(spain.locator("#holder-CHL")).to_contain_text("objects: PP4")


def test_the_board_prints_on_a_landscape_page_with_all_delegations(reading_site: Site) -> None:
    with reading_site.visitor("spain") as page:
        page.goto(BOARD)
        page.emulate_media(media="print")
        page.set_viewport_size({"width": 1030, "height": 700})  # the width of A4 between its margins
        table = page.locator(".board table").bounding_box()
        assert table is not None
        assert table["x"] + table["width"] <= 1030
        expect(page.get_by_role("button", name="Show")).to_be_hidden()


def test_how_far_the_text_has_come_follows_what_is_said(site: Site) -> None:
    with site.visitor("spain") as spain, site.visitor("chile") as chile:
        spain.goto(BOARD)
        legend = spain.locator("#progress .legend")
        expect(legend).to_contain_text("agreed 2")
        expect(legend).to_contain_text("in brackets 6")
        expect(spain.locator("#progress rect.agreed")).to_have_count(1)
        chile.goto("/n/sse/clauses/PP4")
        chile.get_by_label("objects").check()
        chile.get_by_label("Reason").fill("Too early.")
        chile.get_by_role("button", name="Say so").click()
        expect(legend).to_contain_text("in brackets 7")


def test_how_far_the_text_has_come_is_plotted_day_by_day_with_the_numbers_that_the_api_has(
    sqlite_template: Path, tmp_path: Path, browser: Browser
) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path / 'site.db'}"
    shutil.copyfile(sqlite_template, tmp_path / "site.db")
    token = apart(begun_two_days_ago(url))
    with serving(url) as address:
        site = Site(address, url, browser)
        with site.visitor("spain", scripts=False) as page:
            headers = {"Authorization": f"Bearer {token}"}
            answered = page.request.get("/api/v1/negotiations/sse/progress", headers=headers).json()
            page.goto(BOARD)
            expect(page.locator("#come")).to_contain_text(re.compile(r"^1 of 26 paragraphs .*; 2 of 26 on "))
            page.get_by_text("The same in numbers").click()
            columns = page.locator("#progress-head th").all_inner_texts()
            assert columns[1] == "agreed"
            assert columns[-2:] == ["in the text", "What happened"]
            rows = [row.locator("td").all_inner_texts() for row in page.locator("#progress-days tr").all()]
            shown = [[int(cell) for cell in row[:-1] if cell != "0"] for row in rows]
            in_order = ("agreed", "ad_ref", "emerging", "under_silence", "open", "reserved", "bracketed", "removed")
            assert shown == [
                [*(day["counts"][status] for status in in_order if status in day["counts"]), day["paragraphs"]]
                for day in answered["days"]
            ]
            assert [row[-1] for row in rows] == ["zero draft", "Reading 1 opened; Reading 1 closed", ""]
            assert page.locator("#progress .bar-of-day").count() == len(answered["days"]) == 3
            expect(page.locator("#progress .span")).to_have_count(1)
        for width in (320, 1200):
            with site.visitor("spain", width=width, dark=width == 320) as page:
                page.goto(BOARD)
                assert page.evaluate("document.documentElement.scrollWidth") <= width
                assert violations(page) == []
                name = page.locator("#progress text").get_by_text("Reading 1")
                expect(name).to_be_visible()


async def begun_two_days_ago(url: str) -> str:
    """The sample, with a reading in which PP1 was agreed anew a day later. A token of Spain."""
    clock = SetClock(datetime.now(UTC) - timedelta(days=2))
    database = Database(url, clock=clock)
    try:
        await load_sample(database)
        async with database.writing() as db:
            seat = await seat_named(db, "spain@example.org", "sse")
            await ruling.reopen(db, seat, "PP1", (await clause_of(db, "PP1")).tag, "A question.")
        clock.advance(days=1)
        async with database.writing() as db:
            await readings.open_reading(db, seat)
        async with database.writing() as db:
            await ruling.rule(db, seat, "PP1", (await clause_of(db, "PP1")).tag, RulingKind.AGREED)
        async with database.writing() as db:
            await readings.close_reading(db, seat)
            person = Seat(seat.person_id, seat.name, Role.READER)
            return (await access.issue_token(db, person, name="test", scope=Scope.READ)).secret
    finally:
        await database.close()


async def clause_of(db: AsyncSession, label: str) -> ClauseStanding:
    return await clause_standing(db, (await db.scalars(select(Negotiation))).one(), label)
