"""The record is searched and verified, the digest is marked as seen, the text is taken away."""

import sqlite3

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.site import Site

without_scripts = pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])


def by_hand(site: Site, *statements: str) -> None:
    """Do to the database what nobody should."""
    with sqlite3.connect(site.database_url.removeprefix("sqlite+aiosqlite:///")) as database:
        for statement in statements:
            database.execute(statement)


def entries(page: Page) -> list[str]:
    return [text.strip() for text in page.locator("#entries > li > p:first-child").all_inner_texts()]


@without_scripts
def test_a_capital_finds_who_objected_to_what_and_why(reading_site: Site, scripts: bool) -> None:
    with reading_site.visitor("ilo", scripts=scripts) as page:
        page.goto("/n/sse/record")
        page.get_by_label("Words").fill("objects consent")
        page.get_by_label("About").select_option("position")
        page.get_by_role("button", name="Search").click()
        assert entries(page) == [
            "European Union objects to A12: “Country teams act on request; asking for consent in each case would slow "
            "them down”."
        ]
        page.locator("#entries a:text('Entry')").click()
        expect(page.get_by_role("heading", name="The chain")).to_be_visible()
        page.get_by_role("link", name="OP4", exact=True).click()
        expect(page.get_by_role("heading", level=1)).to_have_text("OP4")


def test_the_history_of_one_paragraph_is_found_by_its_label(reading_site: Site) -> None:
    with reading_site.visitor("brazil") as page:
        page.goto("/n/sse/record")
        page.locator("#clause").fill("op2(c)")
        page.get_by_role("button", name="Search").click()
        found = entries(page)
        assert found[0].startswith("Costa Rica proposed A8 on OP2(c)")
        assert found[-1].endswith("opened the negotiation with its first text.")
        page.locator("#clause").fill("OP99")
        page.get_by_role("button", name="Search").click()
        expect(page.get_by_role("alert")).to_contain_text("There is no paragraph “OP99” here.")


def test_one_leafs_back_to_the_first_entry(reading_site: Site) -> None:
    with reading_site.visitor("brazil") as page:
        page.goto("/n/sse/record")
        page.get_by_role("link", name="Older entries").click()
        expect(page.locator("#entry-1")).to_contain_text("opened the negotiation with its first text.")
        page.get_by_role("link", name="The newest").click()
        expect(page.locator("#entry-1")).to_have_count(0)


@without_scripts
def test_verifying_says_in_plain_words_that_nothing_was_altered(reading_site: Site, scripts: bool) -> None:
    with reading_site.visitor("brazil", scripts=scripts) as page:
        page.goto("/n/sse/record")
        page.get_by_role("button", name="Verify the record").click()
        expect(page.get_by_role("status")).to_contain_text("The record is intact.")


def test_verifying_names_every_fault(site: Site) -> None:
    triggers = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name IN ('entry', 'clause_version')"
    with sqlite3.connect(site.database_url.removeprefix("sqlite+aiosqlite:///")) as database:
        names = [name for (name,) in database.execute(triggers)]
    by_hand(
        site,
        *(f"DROP TRIGGER {name}" for name in names),
        "UPDATE entry SET actor = 'Somebody else' WHERE seq = 60",
        "UPDATE clause_version SET text = 'Recalling nothing,' WHERE id = 5",
    )
    with site.visitor("brazil") as page:
        page.goto("/n/sse/record/verification")
        expect(page.get_by_role("alert")).to_contain_text("The record is not intact")
        expect(page.locator("#faults")).to_contain_text("Entry 60 was altered: its hash is not that of its content.")
        expect(page.locator("#faults")).to_contain_text("Version 1 of clause c5 is not what the record says")


def test_a_draft_of_another_delegation_is_on_the_record_without_its_words(site: Site) -> None:
    with site.visitor("chile") as chile, site.visitor("brazil") as brazil:
        chile.goto("/n/sse/clauses/PP4/propose")
        chile.locator("#text").fill("Recalling the zinc pipes,")
        chile.get_by_label("Who sees it").select_option("delegation")
        chile.get_by_role("button", name="Propose", exact=True).click()
        expect(chile.get_by_role("status")).to_contain_text("is kept for you.")
        brazil.goto("/n/sse/record")
        expect(brazil.locator("#entries > li").first).to_contain_text("Chile acted within its own circle")
        expect(brazil.locator("body")).not_to_contain_text("zinc")
        chile.goto("/n/sse/record?words=zinc")
        expect(chile.locator("#entries > li")).to_have_count(1)


@without_scripts
def test_what_was_marked_as_seen_is_not_new_any_more_and_what_others_do_next_is(site: Site, scripts: bool) -> None:
    with site.visitor("brazil", scripts=scripts) as brazil, site.visitor("chile", scripts=scripts) as chile:
        brazil.goto("/n/sse/digest")
        expect(brazil.locator("#changes")).to_contain_text("Chile proposed A14 on OP7")
        expect(brazil.locator("#needs-positions")).to_contain_text("A14")
        brazil.get_by_role("button", name="Mark as seen").first.click()
        expect(brazil.get_by_role("status")).to_contain_text("Marked as seen.")
        expect(brazil.locator("#changes")).to_contain_text("Nothing new since then.")
        expect(brazil.locator("#needs-positions")).to_contain_text("A14")
        chile.goto("/n/sse/clauses/PP4")
        chile.get_by_label("objects").check()
        chile.get_by_label("Reason").fill("Too early.")
        chile.get_by_role("button", name="Say so").click()
        brazil.goto("/n/sse/digest")
        expect(brazil.locator("#changes h3")).to_have_text(["PP4"])
        brazil.get_by_role("link", name="See these paragraphs in the draft").click()
        expect(brazil.locator("#paragraphs article .label")).to_have_text(["PP4"])


@without_scripts
def test_the_text_is_taken_away_in_every_format_now_and_as_it_was(reading_site: Site, scripts: bool) -> None:
    with reading_site.visitor("brazil", scripts=scripts) as page:
        page.goto("/n/sse")
        page.get_by_role("link", name="Downloads").click()
        for name, begins, file in (
            ("Markdown (drafts format)", "---\nslug: sse", "sse.zero-draft.md"),
            ("Plain text", "Promoting the social", "sse.zero-draft.txt"),
            ("JSON, for programs", '{\n  "slug":', "sse.zero-draft.json"),
        ):
            row = page.get_by_role("region", name="The clean text").get_by_role("row", name="zero draft")
            name_given, content = taken(page, row.get_by_role("link", name=name))
            assert name_given == file
            assert content.decode().startswith(begins)


@without_scripts
def test_the_compilation_what_changed_and_the_tables_are_taken_away_too(reading_site: Site, scripts: bool) -> None:
    with reading_site.visitor("brazil", scripts=scripts) as page:
        page.goto("/n/sse/downloads")
        text = page.get_by_role("region", name="The compilation").get_by_role("link", name="Plain text")
        name, content = taken(page, text)
        assert name == "sse.compilation.txt"
        assert "**" in content.decode()
        since = page.get_by_role("region", name="What changed").get_by_role("row", name="zero draft")
        name, content = taken(page, since.get_by_role("link", name="JSON"))
        assert name == "sse.changes.zero-draft.json"
        assert '"content": "changes"' in content.decode()
        tables = page.get_by_role("region", name="Tables for spreadsheets")
        name, content = taken(page, tables.get_by_role("row", name="Amendments").get_by_role("link", name="CSV"))
        assert name == "sse.amendments.csv"
        assert content.decode("utf-8-sig").startswith("amendment,status,")
        name, content = taken(page, tables.get_by_role("row", name="The board").get_by_role("link", name="XLSX"))
        assert (name, content[:2]) == ("sse.board.xlsx", b"PK")


def test_the_table_of_the_outreach_is_offered_to_those_who_hold_the_pen_alone(reading_site: Site) -> None:
    with reading_site.visitor("brazil") as member, reading_site.visitor("spain") as penholder:
        for page in (member, penholder):
            page.goto("/n/sse/downloads")
        tables = [page.get_by_role("region", name="Tables for spreadsheets") for page in (member, penholder)]
        expect(tables[0].get_by_role("row", name="Outreach")).to_have_count(0)
        row = tables[1].get_by_role("row", name="Outreach")
        name, content = taken(penholder, row.get_by_role("link", name="CSV"))
        assert name == "sse.outreach.csv"
        assert content.decode("utf-8-sig").startswith("state,")


def taken(page: Page, link: Locator) -> tuple[str, bytes]:
    """The name and the content of what a link gives as a file."""
    with page.expect_download() as coming:
        link.click()
    return coming.value.suggested_filename, coming.value.path().read_bytes()


def test_a_text_that_is_not_translated_is_not_given_away_as_if_it_were(reading_site: Site) -> None:
    with reading_site.visitor("brazil") as page:
        answer = page.goto("/n/sse/export?format=txt&language=fr")
        assert answer is not None
        assert answer.status == 409
        expect(page.get_by_role("alert")).to_contain_text("French")
