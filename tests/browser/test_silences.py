"""Silences with their clocks, opened, extended and broken; revisions published and compared."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.browser.site import NARROW, Site

SILENCES, REVISIONS = "/n/sse/silences", "/n/sse/revisions"
SCRIPTS = pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])


def told(page: Page, words: str) -> None:
    expect(page.get_by_role("status")).to_contain_text(words)


def test_a_deadline_is_told_in_both_time_zones_and_counted_down(reading_site: Site) -> None:
    with reading_site.visitor("brazil") as page, reading_site.visitor("brazil", scripts=False) as plain:
        page.goto(SILENCES)
        expect(page.locator("#S1 .clock")).to_have_text(re.compile(r"13 days 23 hours"))
        plain.goto(SILENCES)
        expect(plain.locator("#S1")).to_contain_text(re.compile(r"\d\d:\d\d E[SD]T \(.*\d\d:\d\d UTC\)"))


@SCRIPTS
def test_a_silence_is_broken_by_one_on_one_paragraph_and_goes_on_on_the_other(site: Site, scripts: bool) -> None:
    with site.visitor("secretariat") as secretary, site.visitor("brazil", scripts=scripts, width=NARROW) as brazil:
        secretary.goto(SILENCES)
        brazil.goto("/n/sse/clauses/PP6")
        brazil.get_by_text("Break the silence").click()
        brazil.get_by_label("Why BRA objects").fill("The reference is out of date.")
        brazil.get_by_role("button", name="Break S1 on PP6").click()
        told(brazil, "BRA has broken S1 on PP6.")
        expect(brazil.locator("#standing")).to_contain_text("in brackets")
        expect(secretary.locator("#S1")).to_contain_text("The reference is out of date.")
        expect(secretary.locator("#S1")).to_contain_text("running")


def test_a_silence_is_opened_over_chosen_paragraphs_and_extended(site: Site) -> None:
    with site.visitor("spain", scripts=False) as page:
        page.goto(SILENCES)
        page.get_by_label(re.compile(r"^\s*PP8\b")).check()
        page.get_by_label(re.compile(r"^\s*PP9\b")).check()
        page.get_by_label("For how many hours").fill("48")
        page.get_by_role("button", name="Open the silence").click()
        told(page, "S2 runs on PP8, PP9.")
        page.locator("article:has(#S2)").get_by_text("Extend it").click()
        later = (datetime.now(UTC) + timedelta(days=5)).strftime("%Y-%m-%dT%H:%M")
        page.locator("#extend-S2").fill(later)
        page.get_by_role("button", name="Extend S2").click()
        told(page, "S2 has a later deadline.")


def test_a_silence_that_cannot_be_opened_says_why_and_keeps_what_was_chosen(site: Site) -> None:
    with site.visitor("spain", scripts=False) as page:
        page.goto(SILENCES)
        page.get_by_label(re.compile(r"^\s*OP3\b")).check()
        page.get_by_label("For how many hours").fill("48")
        page.get_by_role("button", name="Open the silence").click()
        expect(page.get_by_role("alert")).to_contain_text("OP3")
        expect(page.get_by_label(re.compile(r"^\s*OP3\b"))).to_be_checked()
        expect(page.get_by_label("For how many hours")).to_have_value("48")


@SCRIPTS
def test_the_next_revision_is_published_after_its_numbering_was_seen_and_compared_with_the_first(
    site: Site, scripts: bool
) -> None:
    with site.visitor("secretariat", scripts=scripts) as page:
        page.goto("/n/sse")
        page.get_by_role("link", name="Revisions").click()
        page.get_by_role("button", name="See how it would be numbered").click()
        expect(page.locator("#preview table")).to_contain_text("PP6PP5")
        page.get_by_role("button", name="Publish Rev.1").click()
        told(page, "Rev.1 is published.")
        expect(page.locator("#revisions")).to_contain_text("Rev.1")
        page.get_by_label("From").select_option("zero draft")
        page.get_by_label("to", exact=True).select_option("Rev.1")
        page.get_by_role("button", name="Compare").click()
        expect(page.locator("article:has-text('PP10') ins")).to_contain_text("unpaid care")


def test_a_reading_is_opened_and_closed_and_keeps_the_labels_meanwhile(site: Site) -> None:
    with site.visitor("spain", scripts=False) as page:
        page.goto(REVISIONS)
        page.get_by_role("button", name="Open the next reading").click()
        told(page, "Reading 1 is open.")
        page.get_by_role("button", name="See how it would be numbered").click()
        expect(page.get_by_role("alert")).to_contain_text("Close the reading first")
        page.goto(REVISIONS)
        page.get_by_role("button", name="Close reading 1").click()
        told(page, "Reading 1 is closed.")
        page.get_by_role("link", name="What changed in reading 1").click()
        expect(page.locator("main")).to_contain_text("Nothing has changed between them.")


def test_a_name_that_is_taken_is_refused_in_words(site: Site) -> None:
    with site.visitor("secretariat", scripts=False) as page:
        page.goto(REVISIONS)
        page.get_by_label("Its name").fill("zero draft")
        page.get_by_role("button", name="See how it would be numbered").click()
        expect(page.get_by_role("alert")).to_contain_text("There is already a revision “zero draft”.")
