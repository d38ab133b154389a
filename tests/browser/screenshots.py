"""Pictures of every page at two widths, in both colour schemes, and of the draft in print: `make screenshots`."""

import re
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from app.record import migrations
from app.record.database import Database
from tests.browser.conftest import load
from tests.browser.site import NARROW, WIDE, Site, apart, chromium, serving
from tests.browser.test_pages import PAGES


def take(folder: Path) -> None:
    """One PNG for each page, width and scheme, named after its address and who looks; the draft as `draft.pdf`."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place, sync_playwright() as playwright:
        url = f"sqlite+aiosqlite:///{place}/site.db"
        apart(_prepare(url))
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        with serving(url) as address:
            site = Site(address, url, browser)
            for page_address, who in PAGES:
                for width, dark in ((WIDE, False), (NARROW, False), (WIDE, True)):
                    name = re.sub(r"[^a-zA-Z0-9]+", "-", f"{page_address} {who}").strip("-") or "home"
                    with site.visitor(who, width=width, dark=dark) as page:
                        page.goto(page_address)
                        file = folder / f"{name}-{width}{'-dark' if dark else ''}.png"
                        page.screenshot(path=file, full_page=True)
                        print(file)
            with site.visitor("brazil") as page:
                page.goto("/n/sse")
                page.pdf(path=folder / "draft.pdf", format="A4")
        browser.close()


async def _prepare(url: str) -> None:
    database = Database(url)
    try:
        await migrations.upgrade(database)
    finally:
        await database.close()
    await load(url)


if __name__ == "__main__":
    take(Path(sys.argv[1]))
