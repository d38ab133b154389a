"""The pages in the language of whoever reads them: chosen without scripts, laid out in its direction."""

import pytest
from playwright.sync_api import expect

from app.web.catalogue import LANGUAGES
from tests.browser.site import Site, violations

READ = ("/n/sse", "/n/sse/clauses/OP3", "/n/sse/amendments/A9", "/n/sse/board")


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_reader_chooses_french_and_stays_on_the_page(reading_site: Site, scripts: bool) -> None:
    with reading_site.visitor("brazil", scripts=scripts) as page:
        page.goto("/n/sse?show=changes&only=bracketed")
        page.get_by_label("Language").select_option("fr")
        page.get_by_role("button", name="Choose").click()
        expect(page).to_have_url(f"{reading_site.address}/n/sse?show=changes&only=bracketed")
        expect(page.locator("html")).to_have_attribute("lang", "fr")
        expect(page.get_by_role("link", name="Amendements", exact=True)).to_be_visible()


def test_the_language_is_the_one_that_the_browser_prefers(reading_site: Site) -> None:
    with reading_site.visitor("brazil", language="fr-CH") as page:
        page.goto("/n/sse")
        expect(page.locator("#sentence")).to_contain_text("rien n’est approuvé tant que tout n’est pas approuvé")


def test_a_status_says_why_it_holds_in_the_language_of_the_page(reading_site: Site) -> None:
    with reading_site.visitor("france", language="fr") as page:
        page.goto("/n/sse/clauses/OP3")
        expect(page.locator("#standing")).to_contain_text("est en instance")
        expect(page.locator("#standing")).not_to_contain_text("is open")


def test_the_text_keeps_its_own_language_and_direction_on_an_arabic_page(reading_site: Site) -> None:
    with reading_site.visitor("brazil", language="ar") as page:
        page.goto("/n/sse/clauses/OP3")
        expect(page.locator("html")).to_have_attribute("dir", "rtl")
        text = page.locator(".text[lang=en]").first
        assert text.evaluate("text => getComputedStyle(text).direction") == "ltr"


@pytest.mark.parametrize("language", [code for code in LANGUAGES if code != "en"])
@pytest.mark.parametrize("address", READ)
def test_a_page_in_any_language_has_no_obstacle_and_fits_the_narrowest_screen(
    reading_site: Site, address: str, language: str
) -> None:
    with reading_site.visitor("france", width=320, language=language) as page:
        page.goto(address)
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
