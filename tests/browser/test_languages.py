"""The text in another language stands beside the authentic one, and is translated from there."""

import pytest
from playwright.sync_api import expect

from tests.browser.site import Site

WORDS = "إذ تشير إلى قرارها 70/1،"


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_paragraph_is_translated_goes_out_of_date_and_is_confirmed(site: Site, scripts: bool) -> None:
    with site.visitor("secretariat", scripts=scripts) as page:
        page.goto("/n/sse/languages")
        page.get_by_role("link", name="Arabic").click()
        paragraph = page.locator("section.beside:has(h2 a:text-is('PP4'))")
        expect(paragraph).to_contain_text("Not translated yet.")
        paragraph.get_by_text("Translate", exact=True).click()
        paragraph.get_by_label("PP4 in this language").fill(WORDS)
        paragraph.get_by_role("button", name="Put it on the record").click()
        expect(page.get_by_role("status")).to_contain_text("PP4 is translated.")
        expect(paragraph.locator("[lang=ar][dir=rtl] p")).to_have_text(WORDS)

        page.goto("/n/sse/clauses/PP4")
        page.get_by_text("Make an editorial change").click()
        words = page.locator("#edit-text")
        words.fill(words.input_value().replace("110th session", "one hundred and tenth session"))
        page.get_by_label("Why this is no substance").fill("Numbers are written out.")
        page.get_by_role("button", name="Change the words").click()

        page.goto("/n/sse/languages")
        page.locator("#language-ar").get_by_role("link", name="1", exact=True).click()
        expect(page.locator("section.beside")).to_have_count(1)
        expect(paragraph.locator("h2")).to_contain_text("out of date")
        expect(paragraph.locator("ins").first).to_contain_text("one hundred and tenth")
        paragraph.get_by_role("button", name="The translation still holds").click()
        expect(page.get_by_role("status")).to_contain_text("The translation of PP4 is confirmed.")


def test_a_refused_translation_stays_in_the_form(site: Site) -> None:
    with site.visitor("secretariat", scripts=False) as page:
        page.goto("/n/sse/languages/fr")
        paragraph = page.locator("section.beside:has(h2 a:text-is('PP4'))")
        paragraph.get_by_text("Translate", exact=True).click()
        paragraph.get_by_label("PP4 in this language").fill("Rappelant\u202e sa résolution,")
        paragraph.get_by_role("button", name="Put it on the record").click()
        expect(page.get_by_role("alert")).to_contain_text("changes the direction of writing")
        assert "sa résolution" in paragraph.locator("textarea").input_value()


def test_a_delegate_reads_the_translations_and_does_not_write_them(reading_site: Site) -> None:
    with reading_site.visitor("brazil") as page:
        page.goto("/n/sse/languages/ar")
        expect(page.locator("section.beside").first).to_contain_text("Not translated yet.")
        expect(page.locator("section.beside textarea")).to_have_count(0)
