"""README.md and docs/ name commands that exist; those that fill a server are carried out in their order."""

import re
import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner

from app.cli.main import app
from tests.api.addresses import addresses
from tests.builders import on_sqlite
from tests.cli.conftest import Chapeau
from tests.servers import ROOT

_COMMAND = re.compile(r"^(?:\$ )?chapeau (.*)$", re.MULTILINE)
_MENTIONED = re.compile(r"`chapeau ([a-z]+)")


@on_sqlite
def test_the_commands_of_the_readme_fill_a_server(
    fresh: Chapeau, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "drafts").symlink_to(ROOT / "drafts")
    after_the_tour = (ROOT / "README.md").read_text("utf-8").partition("## Running it for others")[2]
    commands = [shlex.split(found) for found in _COMMAND.findall(after_the_tour)]
    assert [words[0] for words in commands] == [
        *("migrate", "person", "delegations", "import", "invite", "seat", "token", "serve"),
        *("person", "seat", "token"),
    ]
    for words in commands:
        if words[0] != "serve":
            fresh.done(*words)
    assert fresh.done("verify").startswith("sse: 4 entries, intact, head ")


@pytest.mark.parametrize("page", ["README.md", "CHANGELOG.md", "docs/deploy.md"])
def test_every_command_that_is_mentioned_exists(page: str) -> None:
    mentioned = set(_MENTIONED.findall((ROOT / page).read_text("utf-8")))
    assert mentioned
    for command in sorted(mentioned):
        assert CliRunner().invoke(app, [command, "--help"]).exit_code == 0, f"{page} mentions chapeau {command}"


def test_every_request_of_the_guide_to_negotiating_is_one_that_the_server_takes() -> None:
    guide = (ROOT / "docs" / "negotiating.md").read_text("utf-8")
    named = re.findall(r"`(GET|POST|PUT|PATCH|DELETE) (/[^`\s]*)`", guide)
    possible = {(address.method, address.template) for address in addresses()}
    assert len(named) > 50
    for method, path in named:
        whole = path if path.startswith("/api/") else f"/api/v1/negotiations/{{negotiation}}{path}".rstrip("/")
        assert (method, whole) in possible, f"{method} {path}"
