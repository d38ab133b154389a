"""From the first outreach to the adopted resolution: what those who hold the pen and delegates do on the pages."""

import re

from playwright.sync_api import Page, expect

from tests.browser.site import Site

ADOPTION, SPONSORS, OUTREACH = "/n/sse/adoption", "/n/sse/sponsors", "/n/sse/outreach"


def open_up(page: Page, title: str) -> None:
    page.get_by_text(title, exact=True).click()


def table(site: Site) -> None:
    """The silences end, the text goes to the working group, and is tabled although it is not agreed."""
    with site.visitor("brazil", scripts=False) as page:
        page.goto("/n/sse/silences")
        open_up(page, "Break it")
        for box in page.get_by_role("checkbox").all():
            box.check()
        page.get_by_label("Why BRA objects").fill("We wait for our capital.")
        page.get_by_role("button", name=re.compile("^Break S")).click()
    with site.visitor("france", scripts=False) as page:
        page.goto(ADOPTION)
        open_up(page, "Move the text to another stage")
        page.get_by_label("To", exact=True).select_option("in the working group")
        page.get_by_role("button", name="Move the text").click()
        expect(page.get_by_role("status")).to_contain_text("another stage")
        open_up(page, "Table the text")
        page.get_by_label("Symbol").fill("A/77/L.60")
        page.get_by_label("Why, although").fill("The rest goes to a vote.")
        page.get_by_role("button", name="Table it").click()
        expect(page.get_by_role("status")).to_contain_text("The text is tabled as A/77/L.60.")
        expect(page.locator("#way [aria-current=step]")).to_contain_text("A/77/L.60")


def test_a_delegation_joins_the_sponsors_and_withdraws_and_both_are_kept(site: Site) -> None:
    with site.visitor("senegal", scripts=False) as page:
        page.goto(SPONSORS)
        page.get_by_role("button", name="SEN co-sponsors the text").click()
        expect(page.get_by_role("status")).to_contain_text("Senegal is among the sponsors.")
        expect(page.locator("#sponsor-SEN")).to_contain_text("co-sponsor")
        expect(page.locator("#masthead")).to_contain_text("France, Senegal and Spain: draft resolution")
        open_up(page, "Withdraw from the sponsors")
        page.get_by_role("button", name="Withdraw SEN").click()
        expect(page.locator("#sponsor-SEN")).to_have_count(0)
        expect(page.locator("#others")).to_contain_text("Senegal")


def test_those_who_hold_the_pen_record_a_sponsor_and_what_is_refused_keeps_what_was_typed(site: Site) -> None:
    with site.visitor("france", scripts=False) as page:
        page.goto(SPONSORS)
        open_up(page, "Record a sponsor")
        page.locator("#record-state").fill("sen")
        page.get_by_role("button", name="Record the sponsor").click()
        expect(page.get_by_role("alert")).to_be_visible()
        expect(page.locator("#record-state")).to_have_value("sen")
        page.locator("#record-told").fill("note verbale of 3 April")
        page.get_by_role("button", name="Record the sponsor").click()
        expect(page.locator("#sponsor-SEN")).to_contain_text("note verbale of 3 April")


def test_outreach_is_noted_filtered_by_step_and_taken_back_by_those_who_hold_the_pen_alone(site: Site) -> None:
    with site.visitor("france", scripts=False) as page:
        page.goto(OUTREACH)
        page.locator("#note-state").fill("KEN")
        page.get_by_label("The step that it took").select_option("interested")
        page.get_by_label("What was said").fill("Would join once the finance paragraph is agreed.")
        page.get_by_role("button", name="Note it").click()
        expect(page.get_by_role("heading", name="Kenya")).to_be_visible()
        expect(page.locator("#step")).to_contain_text("interested")
        page.goto(OUTREACH)
        page.get_by_role("link", name=re.compile("^interested")).click()
        page.get_by_role("link", name="Kenya").click()
        page.get_by_role("button", name=re.compile("^Take back N")).click()
        expect(page.locator("#step")).to_contain_text("not contacted")
        expect(page.locator("ol del")).to_have_text("Would join once the finance paragraph is agreed.")
    with site.visitor("brazil") as page:
        page.goto(SPONSORS)
        expect(page.get_by_role("link", name="Outreach")).to_have_count(0)
        answer = page.goto(OUTREACH)
        assert answer is not None
        assert answer.status == 403


def test_a_text_is_tabled_revised_orally_voted_on_and_adopted_with_every_state_named(site: Site) -> None:
    table(site)
    with site.visitor("france", scripts=False) as page:
        page.goto(ADOPTION)
        page.get_by_role("link", name="Revise it orally").click()
        page.get_by_label("Announced by").fill("the representative of Mongolia")
        words = page.get_by_label("The words of OP1", exact=True)
        words.fill(words.input_value() + " as orally revised")
        page.get_by_role("button", name="Revise the text").click()
        expect(page.get_by_role("status")).to_contain_text("The text is orally revised: OP1.")
        expect(page.locator("#way")).to_contain_text("announced by the representative of Mongolia: OP1")
    with site.visitor("brazil", scripts=False) as page:
        page.goto(ADOPTION)
        open_up(page, "Ask for a recorded vote")
        page.get_by_label("On what").select_option("OP7")
        page.get_by_role("button", name="Ask for the vote").click()
        expect(page.locator("#votes")).to_contain_text("BRA asked for a separate vote on OP7")
    with site.visitor("france", scripts=False) as page:
        page.goto(ADOPTION)
        open_up(page, "Record a separate vote on a paragraph")
        page.locator("#vote-expected").select_option("OP7")
        page.locator("#vote-in_favour").fill("FRA, ESP\nSEN")
        page.locator("#vote-against").fill("BRA")
        page.get_by_role("button", name="Record the vote").click()
        expect(page.locator("#V1")).to_contain_text("retained by a recorded vote of 3 in favour to 1 against")
        expect(page.locator("#V1")).to_contain_text("France, Senegal, Spain")
        open_up(page, "Record the action on the text")
        page.get_by_label("Symbol of the resolution").fill("A/RES/77/281")
        page.locator("#adopt-meeting").fill("66th plenary meeting")
        page.get_by_label("by this recorded vote").check()
        page.locator("#adopt-in_favour").fill("FRA ESP SEN CHL")
        page.locator("#adopt-against").fill("BRA FRA")
        page.get_by_role("button", name="Record the action").click()
        expect(page.get_by_role("alert")).to_contain_text("FRA is also in favour")
        expect(page.locator("#adopt-in_favour")).to_have_value("FRA ESP SEN CHL")
        page.locator("#adopt-against").fill("BRA")
        page.get_by_role("button", name="Record the action").click()
        expect(page.get_by_role("status")).to_contain_text("The text is adopted as A/RES/77/281.")
        expect(page.locator("#way")).to_contain_text("by a recorded vote of 4 in favour to 1 against")
    with site.visitor("chile", scripts=False) as page:
        page.goto(ADOPTION)
        open_up(page, "Advise how one had intended to vote (V2)")
        page.locator("#correct-V2-intended").select_option("abstaining")
        page.locator("form:has(#correct-V2-intended) button").click()
        expect(page.locator("#V2")).to_contain_text("Chile advised later that it had intended: abstaining.")


def test_a_delegation_explains_its_position_and_dissociates_itself_from_a_paragraph(site: Site) -> None:
    table(site)
    with site.visitor("brazil", scripts=False) as page:
        page.goto(ADOPTION)
        open_up(page, "Explain a position or a vote")
        page.get_by_label("What is said").fill("We join the consensus.\nOur circumstances differ.")
        page.get_by_role("button", name="Put the explanation on record").click()
        expect(page.locator("#explanations")).to_contain_text("explanation of position, before the action")
        open_up(page, "Dissociate a delegation from paragraphs")
        form = page.locator("form[action$=dissociations]")
        form.get_by_label("OP7", exact=True).check()
        form.get_by_label("Why").fill("It needs resources that are not shown.")
        form.get_by_role("button", name="Dissociate").click()
        expect(page.locator("#dissociations p").first).to_contain_text("Brazil dissociat")
        expect(page.locator("#dissociations p").first).to_contain_text("7")
        page.get_by_role("button", name="Withdraw D1").click()
        expect(page.locator("#dissociations")).to_contain_text("withdrawn on")


def test_what_is_said_on_the_way_arrives_on_an_open_page(site: Site) -> None:
    with site.visitor("france") as france, site.visitor("senegal") as senegal:
        france.goto(SPONSORS)
        senegal.goto(SPONSORS)
        senegal.get_by_role("button", name="SEN co-sponsors the text").click()
        expect(france.locator("#sponsor-SEN")).to_contain_text("co-sponsor")
