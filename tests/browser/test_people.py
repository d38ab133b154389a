"""Inviting and being invited, accounts, settings: as people use them, with and without scripts."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.site import NARROW, Site, violations

SCRIPTS = pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
WORDS = "rain over seven quiet rivers"


def told(page: Page, words: str) -> None:
    expect(page.get_by_role("status")).to_contain_text(words)


@SCRIPTS
def test_a_secretary_brings_in_a_delegation_and_its_delegate_takes_the_seat_on_a_phone(
    site: Site, scripts: bool
) -> None:
    with site.visitor("secretariat", scripts=scripts) as secretary:
        secretary.goto("/n/sse/people")
        secretary.get_by_label("Its name").fill("Japan")
        secretary.get_by_role("button", name="Invite it").click()
        told(secretary, "Japan takes part now.")
        secretary.locator("#chair").select_option("JPN")
        secretary.get_by_label("Their name, if you know it").fill("Aiko Tanaka")
        secretary.get_by_role("button", name="Make the link").click()
        link = secretary.get_by_label("The link of I2").input_value()
        assert not scripts or violations(secretary) == []
        secretary.goto("/n/sse/people")
        expect(secretary.locator("#I2")).to_contain_text("open")
        assert link not in secretary.content()
        with site.visitor(width=NARROW, scripts=scripts) as delegate:
            delegate.goto(link)
            expect(delegate.get_by_role("heading", level=1)).to_contain_text("social and solidarity economy")
            expect(delegate.get_by_text("delegate, for Japan (JPN)")).to_be_visible()
            assert not scripts or violations(delegate) == []
            expect(delegate.get_by_label("Your name")).to_have_value("Aiko Tanaka")
            delegate.locator("#new-address").fill("aiko@example.org")
            delegate.get_by_label("A new password").fill(WORDS)
            delegate.get_by_label("The same once more").fill(WORDS)
            delegate.get_by_role("button", name="Make an account").click()
            told(delegate, "Welcome, Aiko Tanaka.")
            expect(delegate).to_have_url(re.compile(r"/n/sse$"))
            delegate.get_by_role("button", name="Sign out").click()
            delegate.goto("/sign-in")
            delegate.get_by_label("E-mail address").fill("aiko@example.org")
            delegate.get_by_label("Password").fill(WORDS)
            delegate.get_by_role("main").get_by_role("button", name="Sign in").click()
            expect(delegate.get_by_role("link", name="Aiko Tanaka")).to_be_visible()
        secretary.goto("/n/sse/people")
        expect(secretary.locator("#I2")).to_contain_text("taken by Aiko Tanaka")
        expect(secretary.locator("#delegation-JPN")).to_contain_text("aiko@example.org")


def test_a_penholder_is_told_which_seats_are_not_theirs_to_give_and_nothing_typed_is_lost(site: Site) -> None:
    with site.visitor("france", scripts=False) as page:
        page.goto("/n/sse/people")
        page.get_by_label("Their e-mail address", exact=True).fill("brazil@example.org")
        page.locator("#seat-chair").select_option("FRA")
        page.get_by_role("button", name="Give it").click()
        expect(page.get_by_role("alert")).to_contain_text("sits as delegate of BRA")
        expect(page.get_by_label("Their e-mail address", exact=True)).to_have_value("brazil@example.org")
        page.get_by_label("Its name").fill("united")
        page.get_by_role("button", name="Invite it").click()
        expect(page.get_by_role("alert")).to_contain_text("Do you mean one of these")
        expect(page.get_by_role("alert")).to_contain_text("(TZA)")


def test_an_invitation_that_is_revoked_is_good_for_nothing(site: Site) -> None:
    with site.visitor("france", scripts=False) as page, site.visitor(scripts=False) as guest:
        page.goto("/n/sse/people")
        page.locator("#chair").select_option(":reader")
        page.get_by_role("button", name="Make the link").click()
        link = page.get_by_label("The link of I2").input_value()
        page.goto("/n/sse/people")
        page.get_by_role("button", name="Revoke I2").click()
        told(page, "I2 is revoked.")
        guest.goto(link)
        expect(guest.get_by_role("alert")).to_contain_text("it was used already, revoked, or has expired")


def test_settings_are_changed_by_who_holds_the_pen_and_read_by_all(site: Site) -> None:
    with site.visitor("france", scripts=False) as page, site.visitor("brazil", scripts=False) as brazil:
        page.goto("/n/sse/settings")
        page.get_by_label("A silence runs at least").fill("48")
        page.get_by_label("Time zone").fill("Europe/Paris")
        page.get_by_label("Deadline for language").fill("2030-02-01T18:00")
        page.get_by_role("button", name="Save").click()
        told(page, "The negotiation is run so from now on.")
        expect(page.get_by_label("Deadline for language")).to_have_value("2030-02-01T18:00")
        brazil.goto("/n/sse/settings")
        for words in ("Europe/Paris", "48 hours", "1 February 2030, 18:00 CET"):
            expect(brazil.get_by_role("main")).to_contain_text(words)
        page.get_by_label("A silence runs at least").fill("0")
        page.get_by_role("button", name="Save").click()
        expect(page.get_by_role("alert")).to_contain_text("at least for 1 hour")
        expect(page.get_by_label("A silence runs at least")).to_have_value("0")


def test_a_webhook_is_added_with_its_secret_shown_once_paused_tested_and_removed(site: Site) -> None:
    with site.visitor("france", scripts=False) as page:
        page.goto("/n/sse/settings")
        page.get_by_text("Send it to another program").click()
        page.get_by_label("Its address").fill("https://hooks.example.invalid/chapeau")
        page.get_by_label("Which acts").fill("library.import")
        page.get_by_role("button", name="Send the record there").click()
        secret = page.get_by_label("The secret of W1").input_value()
        assert secret.startswith("whsec_")
        page.goto("/n/sse/settings")
        assert secret not in page.content()
        page.get_by_role("button", name="Pause W1").click()
        told(page, "W1 is paused.")
        page.get_by_role("button", name="Test W1").click()
        told(page, "A test is on its way to W1.")
        page.get_by_role("button", name="Resume W1").click()
        told(page, "W1 gets the record again.")
        page.get_by_role("button", name="Remove W1").click()
        told(page, "W1 is removed.")
        expect(page.locator("#W1")).to_have_count(0)


def test_an_account_issues_a_token_shown_once_and_chooses_its_mail(site: Site) -> None:
    with site.visitor("brazil", scripts=False) as page:
        page.goto("/account")
        page.get_by_text("Issue a token").first.click()
        page.get_by_label("What it is for").fill("our archive")
        page.get_by_role("button", name="Issue the token").click()
        secret = page.get_by_label("Your new token: our archive").input_value()
        assert secret.startswith("chp_")
        page.goto("/account")
        assert secret not in page.content()
        page.get_by_role("button", name="Revoke our archive").click()
        told(page, "The token is good for nothing any more.")
        page.get_by_text("Otherwise for some negotiations").click()
        page.locator("#timing-sse").select_option("immediate")
        page.get_by_role("button", name="Save").click()
        told(page, "Your mail comes as you chose.")
        expect(page.locator("#timing-sse")).to_have_value("immediate")


def test_what_is_shown_once_is_copied_with_a_button(site: Site) -> None:
    with site.visitor("brazil") as page:
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        page.goto("/account")
        page.get_by_text("Issue a token").first.click()
        page.get_by_label("What it is for").fill("our archive")
        page.get_by_role("button", name="Issue the token").click()
        page.get_by_role("button", name="Copy").click()
        expect(page.get_by_role("button", name="Copied")).to_be_visible()
        copied = page.evaluate("navigator.clipboard.readText()")
        assert copied == page.get_by_label("Your new token: our archive").input_value()
