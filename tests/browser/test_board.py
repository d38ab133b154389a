"""The board shows who stands where on what, what blocks consensus, and how far the text has come."""

import re

from playwright.sync_api import expect

from tests.browser.site import Site

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


def test_the_board_shows_how_many_paragraphs_have_each_status_and_follows_what_is_said(site: Site) -> None:
    with site.visitor("spain") as spain, site.visitor("chile") as chile:
        spain.goto(BOARD)
        now = spain.locator("#moment-0-latest")
        expect(now).to_contain_text("agreed 2")
        expect(now).to_contain_text("in brackets 6")
        expect(now.locator("rect.agreed")).to_have_count(1)
        chile.goto("/n/sse/clauses/PP4")
        chile.get_by_label("objects").check()
        chile.get_by_label("Reason").fill("Too early.")
        chile.get_by_role("button", name="Say so").click()
        expect(now).to_contain_text("in brackets 7")
