"""On French pages nothing is in English but what people wrote in English."""

import re
from collections.abc import AsyncIterator

import httpx
import pytest
from sqlalchemy import text

from app.actions import access, signing_in
from app.main import create_app
from app.record.database import Database
from app.settings import Settings
from app.web.catalogue import CHOSEN, catalogue
from tests.browser.sample import load_sample_with_people
from tests.browser.test_pages import PAGES
from tests.builders import on_sqlite
from tests.web.catalogues import messages
from tests.web.reading import Reading, is_english, own_words


@pytest.fixture
async def sample(database_url: str) -> AsyncIterator[Database]:
    """The sample negotiation, with an administrator."""
    opened = Database(database_url)
    await load_sample_with_people(opened)
    yield opened
    await opened.close()


@on_sqlite
async def test_no_page_says_anything_in_english_to_those_who_read_french(sample: Database, database_url: str) -> None:
    names, english = await _names(sample), English()
    app = create_app(Settings(database_url=database_url))
    wrong: list[str] = []
    async with app.router.lifespan_context(app):
        transport = httpx.ASGITransport(app)
        for address, who in PAGES:
            async with httpx.AsyncClient(transport=transport, base_url="http://chapeau.test") as browser:
                browser.cookies.set(CHOSEN, "fr", domain="chapeau.test")
                if who:
                    browser.cookies.set("chapeau", await _session(sample, who), domain="chapeau.test")
                answer = await browser.get(address, headers={"Accept": "text/html"})
                assert answer.status_code == 200, address
                assert Reading(answer.text).language == "fr"
                said = own_words(answer.text, names)
                wrong += [f"{address} as {who}: {one}" for one in said if is_english(one) or english.says(one)]
    assert wrong == [], "\n".join(wrong)


class English:
    """The messages that French says otherwise: those without facts, and the others with whatever fills them."""

    def __init__(self) -> None:
        french = catalogue("fr")
        ours = {french.gettext(message) for message in messages()}
        wanted = [message for message in messages() if message not in ours and french.gettext(message) != message]
        self.plain = {message for message in wanted if "{" not in message}
        self.filled = [
            (
                chunk,
                re.compile(
                    "".join(".+" if part.startswith("{") else re.escape(part) for part in _PARTS.split(message))
                ),
            )
            for message in wanted
            if "{" in message and len(chunk := max(_FACTS.split(message), key=len)) > 6
        ]

    def says(self, said: str) -> bool:
        """Whether something is said in the very words of one of them."""
        return said in self.plain or any(chunk in said and whole.search(said) for chunk, whole in self.filled)


_FACTS = re.compile(r"{\w+}")
_PARTS = re.compile(r"({\w+})")


async def _names(database: Database) -> set[str]:
    """What people and delegations are called, and the titles that people gave."""
    async with database.reading() as db:
        found: set[str] = set()
        for asked in ("name from delegation", "code from delegation", "name from person"):
            found |= {name for (name,) in await db.execute(text(f"select {asked}")) if name}
        for title in ("select text from clause_version where text like 'Promoting%'",):
            found |= {str(words) for (words,) in await db.execute(text(title))}
        return found


async def _session(database: Database, who: str) -> str:
    async with database.writing() as db:
        person = await access.person_signing_in(db, f"{who}@example.org")
        return (await signing_in.open_session(db, person.id)).secret
