"""A running site with the sample negotiation, and visitors to it in a real browser."""

import asyncio
import shutil
import socket
import threading
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

import pytest
import uvicorn
from axe_playwright_python.base import AxeResults
from axe_playwright_python.sync_playwright import Axe
from fastapi import FastAPI
from playwright.sync_api import Browser, BrowserContext, Page

from app.actions import access, signing_in
from app.main import create_app, server_on
from app.record.database import Database
from app.settings import Settings

Result = TypeVar("Result")

NARROW, WIDE = 390, 1200
_AXE = Axe()
_IDLE: list[FastAPI] = []  # applications that serve no site now: FastAPI takes longer to prepare one than a page takes


def chromium() -> str:
    """Where Chromium is. The test fails, saying what to do, where there is none."""
    for name in ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"):
        found = shutil.which(name)
        if found:
            return found
    pytest.fail("The browser tests need Chromium on the PATH: 'make test' installs it where apt-get can.")


@dataclass(frozen=True, slots=True)
class Site:
    """A server of its own on a port of its own."""

    address: str
    database_url: str
    browser: Browser

    @contextmanager
    def visitor(
        self,
        who: str = "",
        *,
        width: int = WIDE,
        scripts: bool = True,
        dark: bool = False,
        language: str = "en",
    ) -> Iterator[Page]:
        """Somebody in a browser of their own: signed in as `who` (`brazil`), or nobody. An error on a page fails."""
        context: BrowserContext = self.browser.new_context(
            base_url=self.address,
            viewport={"width": width, "height": 900},
            java_script_enabled=scripts,
            color_scheme="dark" if dark else "light",
            locale=language,
        )
        faults: list[str] = []
        try:
            if who:
                secret = apart(self._open_session(who if "@" in who else f"{who}@example.org"))
                context.add_cookies([{"name": "chapeau", "value": secret, "url": self.address}])
            page = context.new_page()
            page.on("pageerror", lambda error: faults.append(str(error)))
            page.on("console", lambda said: faults.append(said.text) if _is_fault(said) else None)
            yield page
            assert not faults, faults
        finally:
            context.close()

    @contextmanager
    def another_server(self) -> Iterator["Site"]:
        """A second process, as it were: another server on the same database, with nothing else in common."""
        with serving(self.database_url) as address:
            yield Site(address, self.database_url, self.browser)

    async def _open_session(self, sign_in: str) -> str:
        database = Database(self.database_url)
        try:
            async with database.writing() as db:
                person = await access.person_signing_in(db, sign_in)
                return (await signing_in.open_session(db, person.id)).secret
        finally:
            await database.close()


def apart(work: Coroutine[Any, Any, Result]) -> Result:
    """What a coroutine gives, run in a thread of its own: Playwright has a loop in this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


def _is_fault(said: Any) -> bool:
    """What the browser complains of; not that a form was refused, which the page says itself."""
    return said.type == "error" and "the server responded with a status of 4" not in said.text


def violations(page: Page) -> list[str]:
    """What axe-core finds serious or critical on a page, each with the places."""
    return _found(_AXE.run(page))


def violations_in_the_dark(page: Page) -> list[str]:
    """What axe-core finds on a page that it has looked at, once the page is dark: only its colours change."""
    page.emulate_media(color_scheme="dark")
    return _found(_AXE.run(page, options={"resultTypes": ["violations"], "runOnly": ["color-contrast"]}))


def _found(results: AxeResults) -> list[str]:
    return [
        f"{one['id']}: {', '.join(str(node['target']) for node in one['nodes'])}"
        for one in results.response["violations"]
        if one["impact"] in ("serious", "critical")
    ]


@contextmanager
def serving(database_url: str) -> Iterator[str]:
    """The address of a server that runs in a thread as long as the block does."""
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    settings = Settings(database_url=database_url, pool_size=5)
    app = _IDLE.pop() if _IDLE else create_app(settings)
    app.state.server = server_on(Database(database_url, pool_size=5), settings)
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=1))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(10)
        listening.close()
        _IDLE.append(app)
