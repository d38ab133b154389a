"""A delegate edits a paragraph in place, sees what it changes, and sends it."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.site import NARROW, WIDE, Site

PP4 = "/n/sse/clauses/PP4"


def edit(page: Page, old: str, new: str) -> None:
    """Change some words of the paragraph in the form, as if typed."""
    text = page.locator("#text")
    text.fill(text.input_value().replace(old, new))


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_a_delegate_proposes_other_words_and_finds_them_on_the_page_of_the_paragraph(
    site: Site, scripts: bool, width: int
) -> None:
    with site.visitor("chile", scripts=scripts, width=width) as page:
        page.goto(PP4)
        page.get_by_role("link", name="Propose a change").click()
        edit(page, "in June 2022", "on 10 June 2022")
        page.get_by_label("Why").fill("The day is known.")
        page.get_by_role("button", name="See what it changes").click()
        expect(page.locator("#preview ins").first).to_have_text("on 10")
        page.get_by_role("button", name="Propose", exact=True).click()
        expect(page.get_by_role("status")).to_contain_text("is before the room.")
        proposal = page.locator("#proposals article")
        expect(proposal).to_contain_text("CHL")
        expect(proposal.locator("ins")).to_have_text("on 10")
        expect(page.locator("#standing")).to_contain_text("in brackets")


def test_the_tracked_change_is_shown_while_one_types(site: Site) -> None:
    with site.visitor("chile") as page:
        page.goto(f"{PP4}/propose")
        edit(page, "in June 2022", "on 10 June 2022")
        expect(page.locator("#preview ins").first).to_have_text("on 10")


def test_what_was_typed_is_there_again_after_the_page_was_left(site: Site) -> None:
    with site.visitor("chile") as page:
        page.goto(f"{PP4}/propose")
        edit(page, "in June 2022", "on 10 June 2022")
        expect(page.locator("#preview ins").first).to_have_text("on 10")
        page.goto("/n/sse")
        page.goto(f"{PP4}/propose")
        expect(page.locator("#text")).to_have_value(re.compile("on 10 June 2022"))


def test_words_typed_on_an_older_version_are_carried_over_and_not_refused(site: Site) -> None:
    with site.visitor("chile", scripts=False) as chile, site.visitor("france", scripts=False) as france:
        chile.goto(f"{PP4}/propose")
        edit(chile, "in June 2022", "on 10 June 2022")
        france.goto(PP4)
        france.get_by_text("Make an editorial change").click()
        words = france.locator("#edit-text")
        words.fill(words.input_value().replace("110th session", "one hundred and tenth session"))
        france.get_by_label("Why this is no substance").fill("Numbers of sessions are written out.")
        france.get_by_role("button", name="Change the words").click()
        expect(france.get_by_role("status")).to_contain_text("PP4 has version 2.")
        chile.get_by_role("button", name="Propose", exact=True).click()
        expect(chile.get_by_role("status")).to_contain_text("Your words were carried over")
        assert "one hundred and tenth session, on 10 June 2022" in chile.locator("#text").input_value()
        chile.get_by_role("button", name="Propose", exact=True).click()
        expect(chile.get_by_role("status")).to_contain_text("is before the room.")


def test_a_refused_proposal_says_why_and_keeps_what_was_typed(site: Site) -> None:
    with site.visitor("chile", scripts=False) as page:
        page.goto(f"{PP4}/propose?kind=insert")
        page.locator("#text").fill("Recalling\u202e its resolution 64/292,")
        page.get_by_role("button", name="Propose", exact=True).click()
        expect(page.get_by_role("alert")).to_contain_text("changes the direction of writing")
        assert "64/292" in page.locator("#text").input_value()
