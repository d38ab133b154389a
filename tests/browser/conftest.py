"""Pages in a real Chromium, on the sample negotiation."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from app.record.database import Database
from tests.browser.sample import load_sample_with_people
from tests.browser.site import Site, apart, chromium, serving

expect.set_options(timeout=20_000)  # milliseconds: a busy machine is no fault of a page


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def sample_file(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with the sample negotiation in it, to be copied."""
    path = tmp_path_factory.mktemp("sample") / "sample.db"
    shutil.copyfile(sqlite_template, path)
    apart(load(f"sqlite+aiosqlite:///{path}"))
    return path


@pytest.fixture
def site(sample_file: Path, tmp_path: Path, browser: Browser) -> Iterator[Site]:
    """A site of its own for a test that changes something."""
    path = tmp_path / "site.db"
    shutil.copyfile(sample_file, path)
    url = f"sqlite+aiosqlite:///{path}"
    with serving(url) as address:
        yield Site(address, url, browser)


@pytest.fixture(scope="session")
def reading_site(sample_file: Path, tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[Site]:
    """One site for all tests that only look."""
    path = tmp_path_factory.mktemp("reading") / "site.db"
    shutil.copyfile(sample_file, path)
    url = f"sqlite+aiosqlite:///{path}"
    with serving(url) as address:
        yield Site(address, url, browser)


async def load(url: str) -> None:
    database = Database(url)
    try:
        await load_sample_with_people(database)
    finally:
        await database.close()
