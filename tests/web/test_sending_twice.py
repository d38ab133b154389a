"""A form that is sent twice acts once, with or without scripts, and leads to the same result both times."""

import asyncio
import re

from app.web.once import TURNED_BACK
from tests.api.addresses import pages
from tests.api.room import SECRETARIAT, Room
from tests.builders import SetClock, on_sqlite
from tests.web.visitor import Visitor, visitor

OP1 = "/n/water/clauses/OP1"
ONCE = re.compile(r'name="once" value="([^"]*)"')


async def keys(browser: Visitor, address: str) -> list[str]:
    """The keys of the forms on a page: that for signing out, and those of the page itself."""
    return ONCE.findall((await browser.get(address)).text)


async def proposal(browser: Visitor, words: str = "Encourages Member States to measure water;") -> dict[str, str]:
    key = (await keys(browser, f"{OP1}/propose"))[-1]
    return {"kind": "replace", "expected": "c6.v1", "text": words, "once": key}


async def test_a_proposal_that_is_sent_twice_is_one_proposal(room: Room) -> None:
    async with visitor(room, "NOR") as browser:
        fields = await proposal(browser)
        first, again = await asyncio.gather(*(browser.post(f"{OP1}/propose", fields) for _ in range(2)))
        head = await room.head()
        later = await browser.post(f"{OP1}/propose", fields)
        assert [answer.status_code for answer in (first, again, later)] == [303] * 3
        assert {answer.headers["Location"] for answer in (first, again, later)} == {f"{OP1}#A1"}
        assert all("A1" in answer.headers["Set-Cookie"] for answer in (first, again, later)), "and says the same"
        assert await room.head() == head
        other = await browser.post(f"{OP1}/propose", {**fields, "text": "Encourages all States to measure water;"})
        assert other.headers["Location"] == f"{OP1}#A2", "other words, typed after going back, are another proposal"


@on_sqlite
async def test_what_was_refused_can_be_sent_again(room: Room) -> None:
    async with visitor(room, "NOR") as browser:
        fields = await proposal(browser, "")
        assert (await browser.post(f"{OP1}/propose", fields)).status_code == 422
        assert (await browser.post(f"{OP1}/propose", fields)).status_code == 422
        assert (await browser.post(f"{OP1}/propose/preview", {**fields, "text": "Other words;"})).status_code == 200
        assert (await browser.post(f"{OP1}/propose", {**fields, "text": "Other words;"})).status_code == 303


@on_sqlite
async def test_a_secret_that_is_shown_once_is_shown_to_whoever_clicked_twice_and_is_not_in_the_database(
    room: Room,
) -> None:
    async with visitor(room, SECRETARIAT) as browser:
        fields = {"chair": "NOR", "once": (await keys(browser, "/n/water/people"))[-1]}
        first = await browser.post("/n/water/people/invitations", fields)
        again = await browser.post("/n/water/people/invitations", fields)
        (link,) = set(re.findall(r"chi_\w{46}", first.text))
        assert link in again.text
        assert again.headers["Content-Security-Policy"] == first.headers["Content-Security-Policy"]
        assert again.headers["Cache-Control"] == "no-store"
        async with room.database.reading() as db:
            kept = (await db.connection()).exec_driver_sql
            rows = (await kept("select body from kept_answer")).all()
        assert rows
        assert all(link.encode() not in bytes(body) for (body,) in rows)


@on_sqlite
async def test_what_is_said_taken_back_and_said_again_from_one_open_page_is_said_again(
    room: Room, clock: SetClock
) -> None:
    async with visitor(room, "NOR") as browser:
        fields = {"stance": "support", "expected": "c6.v1", "once": (await keys(browser, OP1))[-1]}
        assert (await browser.post(f"{OP1}/position", fields)).status_code == 303
        head = await room.head()
        assert (await browser.post(f"{OP1}/position", fields)).status_code == 303
        assert await room.head() == head
        clock.advance(minutes=1)
        await browser.post(f"{OP1}/position", {**fields, "stance": "object", "reason": "No."})
        await browser.post(f"{OP1}/position", fields)
        assert await room.head() == head + 2


def test_every_verb_that_is_turned_back_is_that_of_a_form() -> None:
    assert {page.verbs[0] for page in pages() if page.is_a_write and page.verbs} >= TURNED_BACK
