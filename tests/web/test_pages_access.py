"""Pages admit and refuse as the permission table says, and no form acts that a page of the session did not make."""

import pytest

from app.rules.permissions import VERBS, Role, Visibility, may_see
from tests.api.addresses import Address, pages
from tests.api.room import ADMINISTRATOR, NOBODY, SECRETARIAT, Room, furnish
from tests.api.test_access import OPEN_PAGES, ROLES
from tests.builders import on_sqlite
from tests.web.visitor import visitor

BY_SECRET = {"invitation.look", "invitation.accept", "password.look", "password.choose"}
STREAMS = ("/live",)


def looked_at() -> list[Address]:
    return [
        page
        for page in pages()
        if not page.is_a_write
        and (page.method, page.template) not in OPEN_PAGES
        and not page.template.endswith(STREAMS)
        and page.verbs[0] not in BY_SECRET
    ]


def expected(page: Address, who: str, visibility: Visibility) -> int:
    """The status with which the table refuses, or 0 when it admits. 303 leads to the page for signing in."""
    (verb,) = page.verbs
    if who == NOBODY:
        admitted = page.is_in_a_negotiation and visibility is Visibility.PUBLIC and Role.READER in VERBS[verb]
        return 0 if admitted else 303
    if page.is_in_a_negotiation:
        if not may_see(ROLES[who], visibility):
            return 404
        role = ROLES[who] or Role.READER
    else:
        role = Role.ADMINISTRATOR if who == ADMINISTRATOR else Role.READER
    return 0 if role in VERBS[verb] else 403


@on_sqlite
@pytest.mark.parametrize("visibility", Visibility)
async def test_every_page_admits_and_refuses_as_the_permission_table_says(room: Room, visibility: Visibility) -> None:
    await furnish(room)
    await room.by_hand(f"update negotiation set visibility = '{visibility}'")
    wrong = []
    for who in (*ROLES, NOBODY):
        async with visitor(room, "" if who == NOBODY else who) as browser:
            for page in looked_at():
                answer = await browser.get(page.path)
                refusal = expected(page, who, visibility)
                status = answer.status_code
                is_hidden = status == 404 and "There is no negotiation" in answer.text
                leads_in = status == 303 and answer.headers["Location"].startswith("/sign-in")
                found = status if status in (401, 403) or is_hidden or leads_in else 0
                if found != refusal or status >= 500:
                    wrong.append(f"{page} as {who}: {status}, not {refusal or 'admitted'}")
    assert wrong == []


@on_sqlite
async def test_no_form_acts_without_the_proof_of_its_session(room: Room) -> None:
    await furnish(room)
    before = await room.head()
    for who in (SECRETARIAT, "FRA", ADMINISTRATOR):
        async with visitor(room, who) as browser:
            for page in pages():
                if page.is_a_write:
                    answer = await browser.bare_post(page.path, {"csrf": "0" * 64})
                    assert answer.status_code in (403, 404), f"{page} as {who}: {answer.status_code}"
            assert await browser.is_signed_in()
    assert await room.head() == before
