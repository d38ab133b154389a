"""An administrator begins a negotiation from a text as it is pasted, corrects what was misread, and invites."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.site import NARROW, WIDE, Site

PASTED = """Promoting rural water

The General Assembly,

Recalling its resolution 64/292 of 28 July 2010,
A right of everybody
1. Encourages Member States to measure the quality of water;
2. Requests:
(a) the Secretary-General to report;
23-01234
(b) all others to read the report.
"""


def paste(page: Page, text: str) -> None:
    page.goto("/")
    page.get_by_role("link", name="Begin a negotiation").click()
    page.get_by_role("textbox", name="The text").fill(text)
    page.get_by_role("button", name="See what is found in it").click()


@pytest.mark.parametrize("width", [WIDE, NARROW])
@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_pasted_text_is_shown_line_by_line_corrected_and_becomes_the_zero_draft(
    site: Site, scripts: bool, width: int
) -> None:
    with site.visitor("admin", scripts=scripts, width=width) as page:
        paste(page, PASTED)
        expect(page.locator("#left-out")).to_contain_text("line 10")
        expect(page.locator("#line-9")).to_contain_text("OP2(a)")
        expect(page.locator("#line-6 .label")).to_have_text("H1")
        page.get_by_label("What line 6 is").select_option("goes on with the line above")
        page.get_by_label("What line 11 is").select_option("left out")
        page.get_by_role("button", name="Look again").click()
        expect(page.locator("#line-6 .label")).to_have_text("PP1")
        expect(page.locator("#left-out")).to_contain_text("line 11")
        page.get_by_label("Its name in addresses").fill("water")
        page.get_by_label("The time zone in which it meets").fill("Europe/Paris")
        page.get_by_label("The least length of a silence, in hours").fill("72")
        page.get_by_role("button", name="Begin the negotiation with this text").click()
        expect(page.get_by_role("status")).to_contain_text("water has begun with this text.")
        expect(page.locator("#paragraphs .label")).to_have_text(["Title", "Opening", "PP1", "OP1", "OP2", "OP2(a)"])
        expect(page.locator("article:has(.label:text-is('PP1')) .text")).to_have_text(
            "Recalling its resolution 64/292 of 28 July 2010, A right of everybody"
        )


def test_what_was_typed_survives_every_refusal(site: Site) -> None:
    with site.visitor("admin", scripts=False) as page:
        paste(page, PASTED)
        page.get_by_label("What line 6 is").select_option("goes on with the line above")
        name, zone = page.get_by_label("Its name in addresses"), page.get_by_label("The time zone in which it meets")
        begin = page.get_by_role("button", name="Begin the negotiation with this text")
        for slug, zone_typed, reason in (
            ("Water!", "Europe/Paris", "cannot be a slug"),
            ("water", "Paris", "is no time zone"),
            ("sse", "Europe/Paris", "There is already"),
        ):
            name.fill(slug)
            zone.fill(zone_typed)
            begin.click()
            expect(page.get_by_role("alert")).to_contain_text(reason)
            expect(name).to_have_value(slug)
            expect(zone).to_have_value(zone_typed)
            expect(page.get_by_label("What line 6 is")).to_have_value("joined")
        assert "64/292" in page.locator("#source").input_value()


def test_a_file_in_the_drafts_format_is_read_and_a_line_without_a_place_is_named(site: Site, tmp_path: Path) -> None:
    file = tmp_path / "water.md"
    file.write_text(
        "---\nslug: water\ntitle: Rural water\n---\n\n*The General Assembly*,\n\nOP1. *Decides* so.\n\nAnd?\n"
    )
    with site.visitor("admin", scripts=False) as page:
        page.goto("/new")
        page.get_by_label("Or a file").set_input_files(file)
        page.get_by_role("button", name="See what is found in it").click()
        expect(page.get_by_role("alert")).to_contain_text("Line 10: found “And?”")
        expect(page.locator("pre")).to_contain_text("10  And?")
        source = page.locator("#source")
        source.fill(source.input_value().replace("And?", ""))
        page.get_by_role("button", name="Look again").click()
        expect(page.locator("#lines .label")).to_have_text(["Title", "Opening", "OP1"])
        expect(page.get_by_label("Its name in addresses")).to_have_value("water")
        page.get_by_role("button", name="Begin the negotiation with this text").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Rural water")


def test_a_file_that_is_no_text_is_refused_with_what_to_do(site: Site, tmp_path: Path) -> None:
    file = tmp_path / "water.doc"
    file.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1")
    with site.visitor("admin", scripts=False) as page:
        page.goto("/new")
        page.get_by_role("textbox", name="The text").fill("What I typed before")
        page.get_by_label("Or a file").set_input_files(file)
        page.get_by_role("button", name="See what is found in it").click()
        expect(page.get_by_role("alert")).to_contain_text("in the old format (.doc)")
        expect(page.get_by_role("textbox", name="The text")).to_have_value("What I typed before")


def test_only_an_administrator_begins_a_negotiation(reading_site: Site) -> None:
    with reading_site.visitor("brazil") as page:
        answer = page.goto("/new")
        assert answer is not None
        assert answer.status == 403
