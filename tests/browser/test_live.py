"""Open pages follow the record as it grows."""

from playwright.sync_api import expect

from tests.browser.site import Site

PP4 = "/n/sse/clauses/PP4"


def test_a_proposal_arrives_on_the_open_page_of_another_who_loses_nothing_that_they_type(site: Site) -> None:
    with site.visitor("secretariat") as secretary, site.visitor("chile") as chile, site.visitor("brazil") as brazil:
        secretary.goto("/n/sse")
        brazil.goto(PP4)
        brazil.get_by_label("Your comment").fill("We wonder whether")
        chile.goto(f"{PP4}/propose")
        text = chile.locator("#text")
        text.fill(text.input_value().replace("in June 2022", "on 10 June 2022"))
        chile.get_by_role("button", name="Propose", exact=True).click()
        expect(secretary.locator("article:has(a:text-is('PP4'))")).to_contain_text("in brackets")
        expect(brazil.locator("#proposals ins")).to_have_text("on 10")
        expect(brazil.get_by_label("Your comment")).to_have_value("We wonder whether")


def test_two_servers_on_one_database_tell_the_pages_of_both(site: Site) -> None:
    with site.another_server() as other, other.visitor("chile") as chile, site.visitor("brazil") as brazil:
        brazil.goto(PP4)
        chile.goto(PP4)
        chile.get_by_label("objects").check()
        chile.get_by_label("Reason").fill("Too early.")
        chile.get_by_role("button", name="Say so").click()
        expect(brazil.locator("#positions")).to_contain_text("Too early.")
