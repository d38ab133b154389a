"""Pages in a real Chromium, on the sample negotiation."""

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright
from sqlalchemy import update

from app.actions import access, accounts
from app.cli.sample import load_sample
from app.record.database import Database, Session, now_of
from app.record.models import Invitation, PasswordLink
from app.record.participants import delegation_coded
from app.record.secrets import secret_hash
from app.rules.permissions import Role, Seat
from app.views.access import operator_seat
from tests.browser.site import INVITATION, PASSWORD_LINK, Site, apart, chromium, serving

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


async def invitation(db: Session) -> Invitation:
    """An invitation to sit for Morocco that is in no record: those that tests send are I1, I2, ... as anywhere."""
    morocco = await delegation_coded(db, "MAR")
    return Invitation(
        negotiation_id=(await operator_seat(db, "sse")).negotiation_id,
        number=0,
        delegation_id=morocco.id,
        role=Role.DELEGATE.value,
        sign_in="",
        name="Amina Idrissi",
        secret_hash=secret_hash(INVITATION),
        sent_as=Role.SECRETARIAT.value,
        sent_at=now_of(db),
        expires_at=now_of(db) + timedelta(days=14),
    )


async def load(url: str) -> None:
    database = Database(url)
    try:
        await load_sample(database)
        async with database.writing() as db:
            admin = await access.add_person(db, "admin@example.org", "Administrator", is_administrator=True)
            db.add(await invitation(db))
            brazil = await access.person_signing_in(db, "brazil@example.org")
            await accounts.make_password_link(db, Seat(admin, "Administrator", Role.ADMINISTRATOR), brazil.id)
            await db.execute(update(PasswordLink).values(secret_hash=secret_hash(PASSWORD_LINK)))
    finally:
        await database.close()
