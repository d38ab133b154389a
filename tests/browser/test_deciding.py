"""Those who hold the pen decide on amendments, one and several, after they have seen what that does to the others."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.site import Site

A9, A11 = "/n/sse/amendments/A9", "/n/sse/amendments/A11"
SCRIPTS = pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])


def told(page: Page, words: str) -> None:
    expect(page.get_by_role("status")).to_contain_text(words)


def open_acceptance(page: Page, scripts: bool) -> None:
    page.get_by_text("Accept it, as it is or with changes").click()
    if not scripts:
        page.get_by_role("button", name="See what accepting it does").click()


@SCRIPTS
def test_one_is_accepted_with_changes_after_its_effect_was_seen_and_the_other_is_rebased(
    site: Site, scripts: bool
) -> None:
    with site.visitor("france", scripts=scripts) as france:
        france.goto(A11)
        open_acceptance(france, scripts)
        expect(france.locator("#preview")).to_contain_text("OP3 would read")
        words = france.locator("#text")
        words.fill(words.input_value().replace(", on sound financial terms,", ""))
        france.get_by_label("Why", exact=False).and_(france.locator("#accept-reason")).fill("The mandates are enough.")
        france.get_by_role("button", name="See what accepting it does").click()
        expect(france.locator("#preview")).to_contain_text(re.compile(r"A9 · SEN · would be carried over"))
        france.get_by_role("button", name="Accept A11").click()
        told(france, "A11 is accepted: OP3 has version 2.")
        expect(france.locator("#standing")).to_contain_text("accepted with changes")
        expect(france.locator("#change del")).to_contain_text("on sound financial terms")
        france.goto(A9)
        expect(france.locator("#said")).to_contain_text("carried over when the paragraph changed")
        expect(france.locator("#change ins")).to_contain_text("including concessional ones")


def test_words_changed_after_the_rehearsal_are_shown_with_their_effect_before_they_are_accepted(site: Site) -> None:
    with site.visitor("france", scripts=False) as france:
        france.goto(A11)
        open_acceptance(france, scripts=False)
        words = france.locator("#text")
        words.fill(words.input_value().replace("sound", "fair"))
        france.get_by_role("button", name="Accept A11").click()
        told(france, "This is what accepting these words does")
        expect(france.locator("#preview ins").first).to_be_visible()
        assert "fair financial terms" in france.locator("#text").input_value()


@SCRIPTS
def test_a_proposal_that_was_stated_anew_meanwhile_is_accepted_in_its_new_words_only_after_they_were_seen(
    site: Site, scripts: bool
) -> None:
    with (
        site.visitor("france", scripts=scripts) as france,
        site.visitor("european-union", scripts=False) as european_union,
    ):
        france.goto(A11)
        open_acceptance(france, scripts)
        expect(france.get_by_role("button", name="Accept A11")).to_be_visible()
        european_union.goto(f"{A11}/restate")
        words = european_union.locator("#text")
        words.fill(words.input_value().replace("sound", "fair"))
        european_union.get_by_role("button", name="State it so").click()
        told(european_union, "A11 is stated anew.")
        france.get_by_role("button", name="Accept A11").click()
        expect(france.get_by_role("alert")).to_contain_text("A11 has changed since you read it.")
        france.get_by_role("button", name="See what accepting it does").click()
        expect(france.locator("#preview")).to_contain_text("on fair financial terms")
        france.get_by_role("button", name="Accept A11").click()
        told(france, "A11 is accepted: OP3 has version 2.")
        expect(france.locator("#standing strong").first).to_have_text("accepted")


def test_a_rehearsal_after_the_proposal_was_stated_anew_goes_on_with_its_new_words(site: Site) -> None:
    with site.visitor("france") as france, site.visitor("european-union", scripts=False) as european_union:
        france.goto(A11)
        open_acceptance(france, scripts=True)
        expect(france.get_by_role("button", name="Accept A11")).to_be_visible()
        european_union.goto(f"{A11}/restate")
        words = european_union.locator("#text")
        words.fill(words.input_value().replace("sound", "fair"))
        european_union.get_by_role("button", name="State it so").click()
        see = france.get_by_role("button", name="See what accepting it does")
        see.click()
        expect(france.locator("#preview")).to_contain_text("A11 has changed since you read it.")
        see.click()
        expect(france.locator("#preview")).to_contain_text("on fair financial terms")
        expect(france.locator("#text")).to_have_value(re.compile("on fair financial terms"))


def test_accepting_with_changes_without_a_reason_says_so_and_keeps_the_words(site: Site) -> None:
    with site.visitor("france", scripts=False) as france:
        france.goto(A11)
        open_acceptance(france, scripts=False)
        words = france.locator("#text")
        words.fill(words.input_value().replace("sound", "fair"))
        for _ in range(2):
            france.get_by_role("button", name="Accept A11").click()
        expect(france.get_by_role("alert")).to_contain_text("needs a reason")
        assert "fair financial terms" in france.locator("#text").input_value()


def test_an_amendment_is_not_accepted_with_a_reason_that_everybody_reads(site: Site) -> None:
    with site.visitor("spain") as spain, site.visitor("chile") as chile:
        chile.goto("/n/sse/amendments")
        spain.goto("/n/sse/amendments/A12")
        spain.get_by_text("Do not accept it").click()
        spain.get_by_label("Why?").fill("The room prefers “at the request of”.")
        spain.get_by_role("button", name="Do not accept A12").click()
        told(spain, "A12 is not accepted")
        expect(chile.locator("#row-A12")).to_contain_text("The room prefers “at the request of”.")


@SCRIPTS
def test_several_are_decided_in_one_act_after_their_effect_together_was_seen(site: Site, scripts: bool) -> None:
    with site.visitor("secretariat", scripts=scripts) as page:
        page.goto("/n/sse/amendments")
        page.get_by_role("link", name="Decide on several").click()
        for name in ("A9", "A11", "A12"):
            page.locator(f"input[value={name}]").check()
        page.get_by_role("button", name="Decide on those chosen").click()
        page.locator("#row-A9").get_by_label("accept", exact=True).check()
        page.locator("#row-A12").get_by_label("do not accept").check()
        page.locator("#row-A12").get_by_label("Why").fill("The room prefers “at the request of”.")
        page.get_by_role("button", name="See what they do together").click()
        preview = page.locator("#preview")
        expect(preview).to_contain_text("OP3 would read")
        expect(preview).to_contain_text("A10 · DOM · would be in the text then")
        expect(preview).to_contain_text(re.compile(r"A11 · EU · would no longer fit"))
        page.get_by_role("button", name="Decide, all or none").click()
        told(page, "A9, A12 are decided on, in one act.")
        expect(page.locator("#row-A9")).to_contain_text("accepted")
        expect(page.locator("#row-A10")).to_contain_text("already in the text")
        expect(page.locator("#row-A11")).to_contain_text("its author has to state it anew")


def test_the_form_for_several_decisions_says_when_none_is_chosen(site: Site) -> None:
    with site.visitor("secretariat", scripts=False) as page:
        page.goto("/n/sse/decisions?choose=A9&choose=A12")
        page.get_by_role("button", name="See what they do together").click()
        expect(page.get_by_role("alert")).to_contain_text("accept or reject at least one of the amendments")


def test_of_several_decisions_none_is_made_when_one_is_refused(site: Site) -> None:
    with site.visitor("secretariat", scripts=False) as page:
        page.goto("/n/sse/decisions?choose=A9&choose=A12")
        page.locator("#row-A9").get_by_label("accept", exact=True).check()
        page.locator("#row-A12").get_by_label("do not accept").check()
        page.get_by_role("button", name="See what they do together").click()
        page.get_by_role("button", name="Decide, all or none").click()
        expect(page.get_by_role("alert")).to_contain_text(re.compile("A12:.*needs a reason.*Nothing is decided", re.S))
        page.goto(A9)
        expect(page.locator("#standing")).to_contain_text("before the room")
