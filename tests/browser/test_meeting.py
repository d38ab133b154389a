"""A meeting, on the pages alone: from the draft that is brought in to the revision that comes out of it."""

import re
from pathlib import Path

import docx
import pypdf
import pytest
from playwright.sync_api import Page, expect

from tests.browser.site import NARROW, WIDE, Site

DRAFT = """Safe water for all

The General Assembly,

Recalling its resolution 64/292 of 28 July 2010,

1. Encourages Member States to measure the quality of water every year;

2. Invites development banks to finance safe water on fair terms;

3. Decides to remain seized of the matter.
"""
HERE, OP1 = "/n/water", "/n/water/clauses/OP1"
WORDS = "rain over seven quiet rivers"


def told(page: Page, words: str) -> None:
    expect(page.get_by_role("status")).to_contain_text(words)


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_secretary_runs_a_meeting_from_the_import_to_the_first_revision(site: Site, scripts: bool) -> None:
    """`scripts`: those of the delegates, who read and propose without them too; the secretary watches live."""
    with (
        site.visitor("admin") as secretary,
        site.visitor(width=WIDE, scripts=scripts) as chile,
        site.visitor(width=NARROW, scripts=scripts) as norway,
    ):
        import_the_draft(secretary)
        for code, name, page in (("CHL", "Chile", chile), ("NOR", "Norway", norway)):
            take_a_seat(page, invite(secretary, code, name), f"{name.lower()}@group.example")
        secretary.goto(OP1)
        propose(chile, "every year", "twice a year")
        expect(secretary.locator("#proposals")).to_contain_text("A1")
        propose(norway, "the quality of water", "the quality and the cost of water")
        expect(secretary.locator("#proposals")).to_contain_text("A2")
        expect(secretary.locator("#compilation")).to_contain_text("NOR")
        accept_with_changes(secretary)
        chile.goto(OP1)
        expect(chile.locator("#wording")).to_contain_text("at least twice a year")
        expect(chile.locator("#proposals ins")).to_contain_text("and the cost")  # carried over
        circulate_and_break(secretary, norway)
        publish(secretary)
        download(chile)


def import_the_draft(secretary: Page) -> None:
    secretary.goto("/")
    secretary.get_by_role("link", name="Begin a negotiation").click()
    secretary.get_by_role("textbox", name="The text").fill(DRAFT)
    secretary.get_by_role("button", name="See what is found in it").click()
    secretary.get_by_label("Its name in addresses").fill("water")
    secretary.get_by_role("button", name="Begin the negotiation with this text").click()
    told(secretary, "water has begun with this text.")


def invite(secretary: Page, code: str, name: str) -> str:
    """The link by which a person takes a seat for the delegation."""
    secretary.goto(f"{HERE}/people")
    secretary.get_by_label("Its name").fill(name)
    secretary.get_by_role("button", name="Invite it").click()
    told(secretary, f"{name} takes part now.")
    secretary.locator("#chair").select_option(code)
    secretary.get_by_role("button", name="Make the link").click()
    return secretary.get_by_label(re.compile("^The link of I")).input_value()


def take_a_seat(page: Page, link: str, address: str) -> None:
    page.goto(link)
    page.get_by_label("Your name").fill(address.partition("@")[0].capitalize())
    page.locator("#new-address").fill(address)
    page.get_by_label("A new password").fill(WORDS)
    page.get_by_label("The same once more").fill(WORDS)
    page.get_by_role("button", name="Make an account").click()
    told(page, "Welcome")


def propose(page: Page, old: str, new: str) -> None:
    page.goto(OP1)
    page.get_by_role("link", name="Propose a change").click()
    text = page.locator("#text")
    text.fill(text.input_value().replace(old, new))
    page.get_by_role("button", name="Propose", exact=True).click()
    told(page, "is before the room.")


def accept_with_changes(secretary: Page) -> None:
    secretary.locator("#proposals").get_by_role("link", name="A1", exact=True).click()
    secretary.get_by_text("Accept it, as it is or with changes").click()
    expect(secretary.locator("#preview")).to_contain_text("OP1 would read")
    words = secretary.locator("#text")
    words.fill(words.input_value().replace("twice a year", "at least twice a year"))
    secretary.locator("#accept-reason").fill("More often is welcome.")
    secretary.get_by_role("button", name="See what accepting it does").click()
    expect(secretary.locator("#preview")).to_contain_text("at least")
    expect(secretary.locator("#preview")).to_contain_text("A2 · NOR · would be carried over")
    secretary.get_by_role("button", name="Accept A1").click()
    told(secretary, "A1 is accepted: OP1 has version 2.")


def circulate_and_break(secretary: Page, norway: Page) -> None:
    secretary.goto(f"{HERE}/silences")
    for label in ("PP1", "OP2", "OP3"):
        secretary.get_by_label(re.compile(rf"^\s*{label}\b")).check()
    secretary.get_by_label("For how many hours").fill("72")
    secretary.get_by_role("button", name="Open the silence").click()
    told(secretary, "S1 runs on PP1, OP2, OP3.")
    norway.goto(f"{HERE}/clauses/OP2")
    norway.get_by_text("Break the silence").click()
    norway.get_by_label("Why NOR objects").fill("Fair to whom?")
    norway.get_by_role("button", name="Break S1 on OP2").click()
    told(norway, "NOR has broken S1 on OP2.")
    expect(secretary.locator("#S1")).to_contain_text("Fair to whom?")


def publish(secretary: Page) -> None:
    secretary.goto(f"{HERE}/revisions")
    secretary.get_by_role("button", name="See how it would be numbered").click()
    secretary.get_by_role("button", name="Publish Rev.1").click()
    told(secretary, "Rev.1 is published.")


def download(page: Page) -> None:
    page.goto(f"{HERE}/downloads")
    for name, first in (("Markdown", "---"), ("Plain text", "Safe water"), ("JSON", "{")):
        with page.expect_download() as coming:
            page.get_by_role("link", name=name).first.click()
        content = coming.value.path().read_text("utf-8")
        assert "at least twice a year" in content
        assert content.lstrip().startswith(first), content[:80]
    for name, words in (("Word", _in_word), ("PDF", _in_pdf), ("Web page (HTML)", Path.read_text)):
        with page.expect_download() as coming:
            page.get_by_role("link", name=name, exact=True).first.click()
        assert "at least twice a year" in " ".join(words(coming.value.path()).split()), name


def _in_word(file: Path) -> str:
    return "\n".join(paragraph.text for paragraph in docx.Document(str(file)).paragraphs)


def _in_pdf(file: Path) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(file).pages)
