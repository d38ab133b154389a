"""Every page can be read by everybody it is for: with any eyes, on any screen, with or without scripts."""

import pytest

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
    ("/n/sse/languages", "brazil"),
    ("/n/sse/languages/ar", "secretariat"),
    ("/new", "admin"),
)


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
