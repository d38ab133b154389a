"""A delegate finds the amendments, stands behind one, states an own one anew, settles a conflict, takes words up."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.site import NARROW, Site

SCRIPTS = pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
A9, A11 = "/n/sse/amendments/A9", "/n/sse/amendments/A11"


def told(page: Page, words: str) -> None:
    expect(page.get_by_role("status")).to_contain_text(words)


def accept(page: Page, name: str) -> None:
    """What a penholder does with an amendment, without scripts."""
    page.goto(f"/n/sse/amendments/{name}")
    page.get_by_text("Accept it, as it is or with changes").click()
    page.get_by_role("button", name="See what accepting it does").click()
    page.get_by_role("button", name=f"Accept {name}").click()
    told(page, f"{name} is accepted")


@SCRIPTS
def test_amendments_are_found_by_paragraph_state_and_proposer(reading_site: Site, scripts: bool) -> None:
    with reading_site.visitor("bulgaria", scripts=scripts) as page:
        page.goto("/n/sse")
        page.get_by_role("link", name="Amendments").click()
        expect(page.locator("#tally")).to_contain_text("9 wait for a decision")
        page.get_by_label("To", exact=True).select_option("OP3")
        page.get_by_role("button", name="Show").click()
        expect(page.locator("#amendments article")).to_have_count(3)
        page.get_by_label("Proposed by").select_option("us, or with us behind it")
        page.get_by_role("button", name="Show").click()
        expect(page.locator("#amendments article h3")).to_have_text(re.compile("A11 · EU, with BGR"))
        page.goto("/n/sse/amendments?which=rejected")
        expect(page.locator("#amendments article")).to_contain_text("did not wish to open the question of trade")


def test_a_delegation_stands_behind_an_amendment_and_leaves_it(site: Site) -> None:
    with site.visitor("chile", scripts=False, width=NARROW) as page:
        page.goto(A9)
        page.get_by_role("button", name="Co-sponsor it as CHL").click()
        told(page, "CHL stands behind A9.")
        expect(page.locator("#behind")).to_have_text("SEN, CHL")
        page.get_by_role("button", name="Stand behind it no longer").click()
        told(page, "CHL no longer stands behind A9.")
        expect(page.locator("#behind")).to_have_text("SEN")


def test_a_position_on_an_amendment_is_taken_seen_by_others_and_taken_back(site: Site) -> None:
    with site.visitor("chile") as chile, site.visitor("brazil") as brazil:
        brazil.goto(A9)
        chile.goto(A9)
        chile.get_by_label("objects").check()
        chile.get_by_label("Reason").fill("Concessional terms distort the market.")
        chile.get_by_role("button", name="Say so").click()
        expect(brazil.locator("#positions")).to_contain_text("Concessional terms distort the market.")
        chile.get_by_role("button", name="Take our position back").click()
        told(chile, "Your position on A9 is taken back.")
        expect(brazil.locator("#positions")).to_contain_text("Nobody has said anything on it yet.")


def test_the_page_of_an_amendment_shows_who_competes_and_who_says_the_same(reading_site: Site) -> None:
    with reading_site.visitor("chile") as page:
        page.goto(A9)
        expect(page.locator("#rivals")).to_contain_text("The very same is proposed in A10 (DOM).")
        expect(page.locator("#rivals article")).to_contain_text("on sound financial terms")
        expect(page.locator("#record")).to_contain_text("Senegal proposed A9 on OP3")
        page.get_by_text("See what accepting it would do").click()
        expect(page.locator("#preview")).to_contain_text("A10 · DOM · would be in the text then")


@SCRIPTS
def test_its_proposer_states_an_amendment_anew_in_place(site: Site, scripts: bool) -> None:
    with site.visitor("european-union", scripts=scripts) as page:
        page.goto(A11)
        page.get_by_role("link", name="State it anew").click()
        expect(page.locator("main")).to_contain_text("have to join again: BGR")
        words = page.locator("#text")
        words.fill(words.input_value().replace("sound", "fair"))
        if scripts:
            expect(page.locator("#preview ins").last).to_contain_text("fair")
        page.get_by_role("button", name="State it so").click()
        told(page, "A11 is stated anew. Those who stood behind it have to join again.")
        expect(page.locator("#said article").first).to_contain_text("stated anew by its author")
        expect(page.locator("#said del")).to_have_text("sound")


@SCRIPTS
def test_a_conflict_after_a_rebase_is_settled_side_by_side_by_its_proposer(site: Site, scripts: bool) -> None:
    with site.visitor("france", scripts=False) as france:
        accept(france, "A9")
    with site.visitor("european-union", scripts=scripts) as page:
        page.goto("/n/sse/amendments?which=conflicting")
        page.get_by_role("link", name="A11").click()
        page.get_by_role("link", name="Settle the conflict").click()
        expect(page.locator("section:has-text('What it was written on') del, section .card ins").first).to_be_visible()
        expect(page.get_by_role("table")).to_contain_text("including concessional ones")
        page.get_by_role("link", name="the present text, where they conflict").click()
        words = page.locator("#text")
        assert "within their respective mandates" in words.input_value()
        assert "including concessional ones" in words.input_value()
        page.get_by_role("button", name="See what it changes").click()
        expect(page.locator("#preview ins").first).to_contain_text("within their respective mandates")
        page.get_by_role("button", name="State it so").click()
        told(page, "A11 is stated anew.")
        expect(page.locator("#standing")).not_to_contain_text("has changed the same words")


def test_a_draft_comes_before_the_room_and_is_withdrawn_again(site: Site) -> None:
    with site.visitor("chile", scripts=False) as page:
        page.goto("/n/sse/clauses/PP4/propose")
        text = page.locator("#text")
        text.fill(text.input_value().replace("in June 2022", "on 10 June 2022"))
        page.get_by_label("Who sees it").select_option("delegation")
        page.get_by_role("button", name="Propose", exact=True).click()
        page.goto("/n/sse/amendments?which=drafts")
        page.get_by_role("link", name="A15").click()
        page.get_by_role("button", name="Bring it before the room").click()
        told(page, "A15 is before the room.")
        page.get_by_text("Withdraw it").click()
        page.get_by_label("Why?").fill("The day is disputed.")
        page.get_by_role("button", name="Withdraw A15").click()
        told(page, "A15 is withdrawn.")
        expect(page.locator("#standing")).to_contain_text("The day is disputed.")


def test_a_friendly_sub_amendment_is_taken_up_by_the_proposer(site: Site) -> None:
    with site.visitor("chile", scripts=False) as chile, site.visitor("senegal", scripts=False) as senegal:
        chile.goto(A9)
        chile.get_by_role("link", name="Propose other words for it").click()
        text = chile.locator("#text")
        text.fill(
            text.input_value().replace("including concessional ones", "including, where possible, concessional ones")
        )
        chile.get_by_role("button", name="Propose", exact=True).click()
        senegal.goto(A9)
        senegal.locator("#subs").get_by_role("link", name="A15").click()
        expect(senegal.locator("#change ins").first).to_contain_text("where possible")
        senegal.get_by_role("button", name="Take it up into A9").click()
        told(senegal, "A9 says now what A15 proposed.")
        expect(senegal.locator("#change ins")).to_contain_text("where possible")


def test_a_comment_is_answered_and_taken_back_by_who_wrote_it(site: Site) -> None:
    with site.visitor("ilo", scripts=False) as ilo, site.visitor("brazil", scripts=False) as brazil:
        ilo.goto(A9)
        ilo.get_by_label("Your comment").fill("Recommendation 193 speaks of concessional terms too.")
        ilo.get_by_role("button", name="Comment").click()
        brazil.goto(A9)
        expect(brazil.get_by_role("button", name="Take C1 back")).to_have_count(0)
        brazil.get_by_role("link", name="Answer C1").click()
        brazil.get_by_label("Your answer to C1").fill("In which paragraph?")
        brazil.get_by_role("button", name="Answer").click()
        expect(brazil.locator("#C2")).to_contain_text("in answer to C1")
        ilo.get_by_role("button", name="Take C1 back").click()
        told(ilo, "Your comment is taken back.")
        expect(ilo.locator("#C1")).to_contain_text("taken back")


def test_a_draft_is_shared_with_the_group_which_discusses_it(site: Site) -> None:
    with site.visitor("ireland", scripts=False) as ireland, site.visitor("italy", scripts=False) as italy:
        ireland.goto("/n/sse/clauses/PP4/propose")
        text = ireland.locator("#text")
        text.fill(text.input_value().replace("in June 2022", "on 10 June 2022"))
        ireland.get_by_label("Who sees it").select_option("group")
        ireland.get_by_label("The group").select_option("EU")
        ireland.get_by_role("button", name="Propose", exact=True).click()
        ireland.goto("/n/sse/amendments/A15")
        expect(ireland.locator("#standing")).to_contain_text("shared with EU")
        ireland.get_by_label("Who sees the draft").select_option("")
        ireland.get_by_role("button", name="Show it to them").click()
        told(ireland, "A15 is our delegation's alone again.")
        ireland.get_by_label("Who sees the draft").select_option("EU")
        ireland.get_by_role("button", name="Show it to them").click()
        told(ireland, "A15 is shared with EU.")
        italy.goto("/n/sse/amendments/A15")
        italy.get_by_label("Your comment").fill("We could join.")
        italy.get_by_role("button", name="Comment").click()
        told(italy, "Your comment is there.")
        italy.get_by_role("button", name="Co-sponsor it as ITA").click()
        told(italy, "ITA stands behind A15.")


def test_a_withdrawn_amendment_is_brought_back_by_another_delegation(site: Site) -> None:
    with site.visitor("senegal", scripts=False) as senegal, site.visitor("morocco", scripts=False) as morocco:
        senegal.goto(A9)
        senegal.get_by_text("Withdraw it").click()
        senegal.get_by_role("button", name="Withdraw A9").click()
        morocco.goto(A9)
        morocco.get_by_text("Bring it back as ours").click()
        morocco.get_by_label("Why").fill("It is still needed.")
        morocco.get_by_role("button", name="Bring A9 back").click()
        told(morocco, "A15 is before the room.")
        expect(morocco.locator("#standing")).to_contain_text("brings back A9")


def test_many_amendments_come_a_page_at_a_time(reading_site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.web.amendments.ON_A_PAGE", 5)
    with reading_site.visitor("chile", scripts=False) as page:
        page.goto("/n/sse/amendments")
        found = []
        while True:
            found += page.locator("#amendments article h3 a").all_text_contents()
            following = page.get_by_role("link", name="Those that follow")
            if not following.count():
                break
            following.click()
        assert found == [f"A{number}" for number in range(1, 15)]
        page.get_by_role("link", name="From the beginning").click()
        expect(page.locator("#amendments article").first).to_contain_text("A1")


def test_a_comment_on_an_amendment_is_read_by_others(site: Site) -> None:
    with site.visitor("ilo") as ilo, site.visitor("brazil") as brazil:
        brazil.goto(A9)
        ilo.goto(A9)
        ilo.get_by_label("Your comment").fill("Recommendation 193 speaks of concessional terms too.")
        ilo.get_by_role("button", name="Comment").click()
        expect(brazil.locator("#comments")).to_contain_text("Recommendation 193")
