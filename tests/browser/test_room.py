"""The room view on the projector, and the keys of the pages."""

from playwright.sync_api import expect

from tests.browser.site import Site


def test_the_secretary_turns_from_paragraph_to_paragraph_by_a_key(reading_site: Site) -> None:
    with reading_site.visitor("secretariat") as page:
        page.goto("/n/sse/room?clause=OP3")
        expect(page.locator("#room")).to_contain_text("The floor: SEN, DOM, EU")
        expect(page.locator("#room ins").first).to_have_text("within their respective mandates, ")
        page.keyboard.press("ArrowRight")
        expect(page.locator("#room .label")).to_have_text("OP4")
        page.wait_for_load_state("load")  # the keys of a page work once its scripts are there
        page.keyboard.press("ArrowLeft")
        expect(page.locator("#room .label")).to_have_text("OP3")


def test_what_is_agreed_can_be_passed_over(reading_site: Site) -> None:
    with reading_site.visitor("secretariat") as page:
        page.goto("/n/sse/room?unsettled=true")
        expect(page.locator("#room .label")).to_have_text("Title")
        page.keyboard.press("PageDown")
        expect(page.locator("#room .label")).to_have_text("PP3")


def test_what_happens_is_on_the_screen_of_the_room_at_once(site: Site) -> None:
    with site.visitor("secretariat") as screen, site.visitor("chile") as chile:
        screen.goto("/n/sse/room?clause=PP4")
        chile.goto("/n/sse/clauses/PP4")
        chile.get_by_label("objects").check()
        chile.get_by_label("Reason").fill("Too early.")
        chile.get_by_role("button", name="Say so").click()
        expect(screen.locator("#room")).to_contain_text("in brackets", timeout=2_000)
        expect(screen.locator("#room")).to_contain_text("The floor: CHL")


def test_a_reader_goes_through_the_draft_by_keys_and_finds_a_paragraph_by_its_label(reading_site: Site) -> None:
    with reading_site.visitor("brazil") as page:
        page.goto("/n/sse")
        for _ in range(3):
            page.keyboard.press("j")
        page.keyboard.press("k")
        expect(page.locator("a.label:focus")).to_have_text("Opening")
        page.keyboard.press("?")
        expect(page.get_by_role("dialog")).to_be_visible()
        page.keyboard.press("Escape")
        page.keyboard.press("/")
        page.keyboard.type("op2(c)")
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1)).to_have_text("OP2(c)")
