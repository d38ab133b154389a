"""What was refused is said where it can be mended, and what was done is said on the page that it leads to."""

from playwright.sync_api import expect

from tests.browser.sample import PASSWORD_LINK
from tests.browser.site import Site, violations


def test_what_was_refused_is_said_at_its_field_in_the_title_and_where_the_focus_is(site: Site) -> None:
    with site.visitor("secretariat") as page:
        page.goto("/n/sse/people")
        page.get_by_label("For how many days it is good").fill("two")
        page.get_by_role("button", name="Make the link").click()
        expect(page).to_have_title("Error: People · sse · Chapeau")
        expect(page.get_by_role("alert")).to_be_focused()
        field = page.get_by_label("For how many days it is good")
        expect(field).to_have_attribute("aria-invalid", "true")
        expect(field).to_have_accessible_description("For how many days it is good: give a whole number, such as 14.")
        expect(field).to_have_value("two")
        page.get_by_role("alert").get_by_role("link", name="For how many days it is good").click()
        expect(page).to_have_url("/n/sse/people/invitations#days")
        assert violations(page) == []
        page.goto("/n/sse/people/invitations")
        expect(page).to_have_url("/n/sse/people")
        expect(page.get_by_role("alert")).to_have_count(0)


def test_what_was_done_is_said_where_the_focus_is(site: Site) -> None:
    with site.visitor("secretariat", scripts=False) as page:
        page.goto("/n/sse/people")
        page.get_by_label("Its name").fill("Kenya (KEN)")
        page.get_by_role("button", name="Invite it").click()
        expect(page.get_by_role("status")).to_have_text("Kenya takes part now.")
        expect(page.get_by_role("status")).to_be_focused()


def test_a_double_click_on_propose_makes_one_proposal(site: Site) -> None:
    with site.visitor("chile") as page:
        page.goto("/n/sse/clauses/PP4/propose")
        text = page.locator("#text")
        text.fill(text.input_value().replace("in June 2022", "on 10 June 2022"))
        page.get_by_role("button", name="Propose", exact=True).dblclick()
        expect(page.get_by_role("status")).to_contain_text("is before the room.")
        expect(page.locator("#proposals article")).to_have_count(1)


def test_whoever_lost_their_password_chooses_one_with_the_link_that_an_administrator_makes(site: Site) -> None:
    with site.visitor("admin") as admin:
        admin.goto("/server/people")
        admin.get_by_label("Name or e-mail address").fill("brazil")
        admin.get_by_role("button", name="Find").click()
        admin.get_by_role("button", name="Make a link for a new password").click()
        link = admin.get_by_label("The link for").input_value()
    with site.visitor(scripts=False) as old:
        old.goto(f"/password/{PASSWORD_LINK}")
        expect(old.get_by_role("alert")).to_contain_text("a newer one took its place")
    with site.visitor("brazil") as elsewhere, site.visitor() as brazil:
        brazil.goto(link)
        brazil.get_by_label("A new password").fill("brazil brazil brazil")
        brazil.get_by_label("The same once more").fill("brazil brazil brazil")
        brazil.get_by_role("button", name="Choose it and sign in").click()
        expect(brazil.get_by_label("A new password")).to_have_attribute("aria-invalid", "true")
        brazil.get_by_label("A new password").fill("rain over seven quiet rivers")
        brazil.get_by_label("The same once more").fill("rain over seven quiet rivers")
        brazil.get_by_role("button", name="Choose it and sign in").click()
        expect(brazil.get_by_role("status")).to_contain_text("You have a new password")
        elsewhere.goto("/account")
        expect(elsewhere).to_have_url("/sign-in?next=/account")
    with site.visitor("admin", scripts=False) as admin:
        admin.goto("/server/people?q=brazil")
        expect(admin.get_by_label("Name or e-mail address")).to_have_value("brazil")
        admin.get_by_text("Close the account").first.click()
        admin.get_by_role("button", name="Close the account of").click()
        expect(admin.get_by_role("status")).to_contain_text("is closed")
