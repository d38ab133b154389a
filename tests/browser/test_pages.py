"""Every page can be read by everybody it is for: with any eyes, on any screen, with or without scripts."""

import re

import pytest

from tests.api.addresses import pages
from tests.browser.sample import INVITATION, PASSWORD_LINK
from tests.browser.site import Site, violations, violations_in_the_dark

# Every page that is only read, and as whom. A new page gets a line here.
PAGES = (
    ("/", ""),
    ("/", "brazil"),
    ("/sign-in", ""),
    ("/n/sse", "brazil"),
    ("/n/sse?show=compilation", "brazil"),
    ("/n/sse?show=changes", "france"),
    ("/n/sse?only=bracketed", "ilo"),
    ("/n/sse/clauses/OP3", "brazil"),
    ("/n/sse/clauses/OP3", "france"),
    ("/n/sse/clauses/OP2(c)", "ilo"),
    ("/n/sse/clauses/OP5/history", "brazil"),
    ("/n/sse/clauses/PP4/propose", "brazil"),
    ("/n/sse/room", "france"),
    ("/n/sse/room?clause=OP3&unsettled=true", "france"),
    ("/n/sse/clauses/PP4/propose?kind=move", "brazil"),
    ("/n/sse/clauses/PP6", "brazil"),
    ("/n/sse/amendments", "ilo"),
    ("/n/sse/amendments?which=conflicting&by=ours", "france"),
    ("/n/sse/amendments/A9", "france"),
    ("/n/sse/amendments/A6", "brazil"),
    ("/n/sse/amendments/A11", "european-union"),
    ("/n/sse/amendments/A11/restate", "european-union"),
    ("/n/sse/decisions", "secretariat"),
    ("/n/sse/decisions?choose=A9&choose=A4", "secretariat"),
    ("/n/sse/silences", "spain"),
    ("/n/sse/silences", "ilo"),
    ("/n/sse/revisions?old=zero%20draft", "france"),
    ("/n/sse/people", "brazil"),
    ("/n/sse/people", "secretariat"),
    ("/n/sse/people", "france"),
    ("/n/sse/settings", "brazil"),
    ("/n/sse/settings", "france"),
    ("/account", "brazil"),
    ("/delegations/EU", "brazil"),
    ("/delegations/FRA", "brazil"),
    ("/n/sse/board", "brazil"),
    ("/n/sse/adoption", "france"),
    ("/n/sse/adoption", "brazil"),
    ("/n/sse/adoption", "ilo"),
    ("/n/sse/sponsors", "spain"),
    ("/n/sse/sponsors", "brazil"),
    ("/n/sse/outreach", "france"),
    ("/n/sse/outreach?step=not_contacted", "spain"),
    ("/n/sse/outreach/SEN", "france"),
    ("/n/sse/board?rows=unsettled&columns=heard", "ilo"),
    ("/n/sse?only=touched", "brazil"),
    ("/n/sse/record", "brazil"),
    ("/n/sse/record?words=zinc&family=position&from=2023-01-01", "ilo"),
    ("/n/sse/record/1", "brazil"),
    ("/n/sse/record/70", "brazil"),
    ("/n/sse/record/verification", "france"),
    ("/n/sse/digest", "france"),
    ("/n/sse/downloads", "brazil"),
    ("/n/sse/from-word", "brazil"),
    ("/n/sse/languages", "brazil"),
    ("/n/sse/languages/ar", "secretariat"),
    ("/n/sse/adoption/oral-revision", "france"),
    ("/new", "admin"),
    ("/server", "admin"),
    ("/server/people", "admin"),
    (f"/join/{INVITATION}", ""),
    (f"/join/{INVITATION}", "brazil"),
    (f"/password/{PASSWORD_LINK}", ""),
)
# What answers a GET and is no page.
NO_PAGES = {
    "/language": "it leads back to the page",
    "/n/{negotiation}/go": "it leads to the paragraph or the amendment",
    "/n/{negotiation}/export": "it is a file",
    "/n/{negotiation}/tables/{table_name}": "it is a file",
    "/n/{negotiation}/live": "it is a stream of events",
}


def test_every_page_that_there_is_is_looked_at() -> None:
    looked_at = [address.partition("?")[0] for address, _ in PAGES]
    templates = {page.template for page in pages() if not page.is_a_write}
    assert templates >= NO_PAGES.keys()
    forgotten = [
        template
        for template in sorted(templates - NO_PAGES.keys())
        if not any(re.fullmatch(re.sub(r"\{[^}]+\}", "[^/]+", template), address) for address in looked_at)
    ]
    assert forgotten == []


@pytest.mark.parametrize(("address", "who"), PAGES)
def test_a_page_has_no_serious_obstacle_in_either_scheme_and_fits_the_narrowest_screen(
    reading_site: Site, address: str, who: str
) -> None:
    with reading_site.visitor(who) as page:
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == 200
        assert violations(page) == []
        assert violations_in_the_dark(page) == []
        page.set_viewport_size({"width": 320, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
