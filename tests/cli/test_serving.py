"""`chapeau migrate`, `serve`, `demo` and the settings: what an operator meets first."""

import asyncio
import subprocess
import urllib.request
from http.client import HTTPResponse
from pathlib import Path

import pytest

from app.actions import access, signing_in
from app.http.events import STOPPING
from app.record.database import Database
from app.rules.permissions import Role, Scope, Seat
from app.settings import settings
from tests.api.room import SLUG, sign_in
from tests.builders import on_postgresql, on_sqlite
from tests.cli.conftest import Chapeau
from tests.servers import CHAPEAU, ROOT, environment, served

NOT_MIGRATED = "The database has not been migrated to this version. Run 'chapeau migrate' first."


def test_a_new_database_is_migrated_and_then_used(unmigrated: Chapeau) -> None:
    for words in (("list",), ("serve",), ("serve", "--port", "1"), ("export", "water"), ("token", "nor@example.org")):
        assert unmigrated.refused(*words) == NOT_MIGRATED
    assert unmigrated.done("migrate") == "The database is up to date.\n"
    assert unmigrated.done("migrate") == "The database is up to date.\n"
    assert unmigrated.done("list") == ""


@on_sqlite
def test_a_revision_that_is_not_there_is_refused_with_those_there_are(chapeau: Chapeau) -> None:
    assert chapeau.refused("migrate", "--to", "base").startswith("to: “base” is no revision; there are: 0001")


@on_sqlite
def test_a_database_goes_back_to_an_earlier_revision_and_forward_again(chapeau: Chapeau) -> None:
    before = chapeau.done("verify")
    assert chapeau.done("migrate", "--to", "0001") == "The database is at 0001.\n"
    assert chapeau.done("migrate") == "The database is up to date.\n"
    assert chapeau.done("verify") == before


@on_sqlite
def test_sqlite_is_for_one_process(chapeau: Chapeau) -> None:
    said = chapeau.refused("serve", "--workers", "2")
    assert said == "SQLite is for one process. Use PostgreSQL for several workers (CHAPEAU_DATABASE_URL)."


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("CHAPEAU_DATABASE_URL", "postgres://somewhere", "The database of CHAPEAU_DATABASE_URL cannot be opened: "),
        (
            "CHAPEAU_DATABASE_URL",
            "postgresql+asyncpg://a:secret@127.0.0.1:1/b",
            "The database of CHAPEAU_DATABASE_URL ",
        ),
        ("CHAPEAU_DATABASE_URL", "sqlite+aiosqlite:////proc/chapeau.db", "The database of CHAPEAU_DATABASE_URL "),
        ("CHAPEAU_DATABASE_URL", f"sqlite+aiosqlite:///{__file__}", "The database of CHAPEAU_DATABASE_URL "),
        ("CHAPEAU_POOL_SIZE", "0", "CHAPEAU_POOL_SIZE cannot be “0”: "),
        ("CHAPEAU_LOG_LEVEL", "loud", "CHAPEAU_LOG_LEVEL cannot be “loud”: "),
    ],
)
@on_sqlite
@pytest.mark.parametrize("command", ["list", "migrate", "serve"])
def test_a_setting_that_cannot_be_is_named(
    chapeau: Chapeau, monkeypatch: pytest.MonkeyPatch, command: str, name: str, value: str, sentence: str
) -> None:
    monkeypatch.setenv(name, value)
    settings.cache_clear()
    said = chapeau.refused(command)
    assert said.startswith(sentence)
    assert "secret" not in said


@on_sqlite
def test_a_process_that_fails_leaves_a_sentence_and_no_traceback(database_url: str) -> None:
    env = environment(database_url)
    ended = subprocess.run([CHAPEAU, "export", "nothing"], cwd=ROOT, env=env, capture_output=True, text=True)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr.startswith("chapeau: There is no negotiation “nothing” here, or you may not see it. ")
    assert ended.stderr.count("\n") == 1


@on_sqlite
def test_what_is_exported_is_utf_8_in_every_locale(room_url: str) -> None:
    latin = {**environment(room_url), "LC_ALL": "C", "PYTHONIOENCODING": "latin-1", "PYTHONUTF8": "0"}
    text = "The draft “Safe water”"
    draft = f"The General Assembly,\nRecalling {text},\n1. Decides to act.\n"
    imported = subprocess.run(
        [CHAPEAU, "import", "-", "--slug", "quoted"], input=draft.encode(), cwd=ROOT, env=latin, capture_output=True
    )
    assert imported.returncode == 0, imported.stderr
    exported = subprocess.run([CHAPEAU, "export", "quoted"], cwd=ROOT, env=latin, capture_output=True)
    assert text in exported.stdout.decode("utf-8")


@on_postgresql
def test_several_processes_serve_one_database_on_postgresql(room_url: str, tmp_path: Path) -> None:
    with (
        served(room_url, tmp_path / "server.log", "serve", "--workers", "2") as server,
        urllib.request.urlopen(f"{server.address}/healthz") as answer,
    ):
        assert answer.status == 200
    assert "Traceback" not in server.log.read_text()


@on_sqlite
def test_a_server_stops_when_it_is_told_to_although_somebody_follows_the_talks(room_url: str, tmp_path: Path) -> None:
    session, token = asyncio.run(_secrets(room_url, sign_in("NOR")))
    with served(room_url, tmp_path / "server.log") as server:

        def follow(path: str, **headers: str) -> HTTPResponse:
            asked = urllib.request.Request(f"{server.address}{path}?after=0", headers=headers)
            answer: HTTPResponse = urllib.request.urlopen(asked)
            return answer

        with (
            follow(f"/n/{SLUG}/live", Cookie=f"chapeau={session}") as page,
            follow(f"/api/v1/negotiations/{SLUG}/events", Authorization=f"Bearer {token}") as program,
        ):
            assert page.readline() == b"event: entry\n"
            assert program.readline() == b"event: negotiation.create\n"
            server.process.terminate()
            assert f": {STOPPING}\n" in program.read().decode()
            server.wait()
    log = server.log.read_text()
    assert "Finished server process" in log
    assert "shutdown exceeded" not in log  # it had to cut nobody off


async def _secrets(database_url: str, name: str) -> tuple[str, str]:
    """What opens the pages for somebody, and the API."""
    database = Database(database_url)
    try:
        async with database.writing() as db:
            person = await access.person_signing_in(db, name)
            session = await signing_in.open_session(db, person.id)
            seat = Seat(person.id, person.name, Role.READER)
            token = await access.issue_token(db, seat, name="follows", scope=Scope.READ)
            return session.secret, token.secret
    finally:
        await database.close()
