"""`chapeau export`, `verify` and `list`: what comes out, and whether it can be trusted."""

import asyncio
import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from sqlalchemy import make_url

from app.documents.formats import Format
from app.main import create_app
from app.rules.permissions import Scope
from app.settings import Settings, settings
from tests.api.room import DRAFT, Secrets, done, open_room
from tests.builders import SetClock, on_sqlite
from tests.cli.conftest import Chapeau
from tests.servers import ROOT, environment, forked

REWORDED = "Concerned at the rising cost of safe water,"

IN_FRENCH = """---
slug: water
title: De l’eau potable pour tous
organ: Assemblée générale
language: fr
---

*L’Assemblée générale*,

PP1. Rappelant sa résolution 64/292 du 28 juillet 2010,

PP2. Notant les progrès accomplis dans de nombreux pays,

PP3. Préoccupée par le coût de l’eau potable,

OP1. Encourage les États Membres à mesurer chaque année la qualité de l’eau ;

OP2. Encourage également les États Membres à envisager, entre autres mesures :

OP2(a). Une tarification abordable pour tous ;

OP2(b). La publication de rapports sur la qualité de l’eau ;

OP3. Invite les banques de développement à financer l’eau potable à des conditions équitables ;

OP4. Décide de rester saisie de la question.
"""


@pytest.fixture
def reworded(room_url: str, room_secrets: Secrets, clock: SetClock) -> int:
    """PP3 gets another wording; the record entry that did it."""

    async def reword() -> int:
        async with open_room(room_url, clock, room_secrets) as room:
            made = done(await room.as_("NOR").propose("PP3", REWORDED))
            return int(done(await room.as_("FRA").accept(made["amendment"]))["seq"])

    return asyncio.run(reword())


def test_every_format_is_written_and_the_past_can_be_read(chapeau: Chapeau, reworded: int) -> None:
    assert chapeau.exported("water") == DRAFT.replace("*Concerned* at the cost", "*Concerned* at the rising cost")
    assert REWORDED in chapeau.done("export", "water", "--format", "txt").splitlines()
    content = json.loads(chapeau.done("export", "water", "--format", "json"))
    assert (content["slug"], content["title"]) == ("water", "Safe water for all")
    assert [clause["text"] for clause in content["clauses"] if clause["label"] == "PP3"] == [REWORDED]

    assert chapeau.exported("water", "--at", str(reworded - 1)) == DRAFT
    assert chapeau.done("export", "water", "--at", str(reworded)) == chapeau.done("export", "water")


@on_sqlite
def test_the_text_of_a_moment_is_read_by_its_time(chapeau: Chapeau, clock: SetClock, reworded: int) -> None:
    assert "rising" in chapeau.done("export", "water", "--at", clock.now.isoformat())
    said = chapeau.refused("export", "water", "--at", "1999-12-31T23:59:59Z")
    assert said.startswith(
        "There is no text at “1999-12-31T23:59:59Z” here, or you may not see it. The record begins at "
    )


@pytest.fixture
def translated(room_url: str, room_secrets: Secrets, clock: SetClock) -> None:
    """The text in French, as a translation service delivers it."""

    async def translate() -> None:
        async with open_room(room_url, clock, room_secrets) as room:
            done(await room.as_("FRA").translate_text("fr", IN_FRENCH))

    asyncio.run(translate())


def test_the_text_is_written_in_a_language_into_which_all_of_it_is_translated(
    chapeau: Chapeau, translated: None
) -> None:
    assert chapeau.exported("water", "--language", "fr") == IN_FRENCH
    assert chapeau.exported("water", "--language", "en") == DRAFT
    assert json.loads(chapeau.done("export", "water", "--language", "fr", "--format", "json"))["language"] == "fr"
    said = chapeau.refused("export", "water", "--language", "ar")
    assert said.startswith("In Arabic, 11 of 11 paragraphs are missing (Title, Opening, PP1,")


@on_sqlite
@pytest.mark.parametrize("as_format", ["md", "txt", "json"])
def test_a_file_that_was_exported_passes_the_check(chapeau: Chapeau, tmp_path: Path, as_format: str) -> None:
    file = tmp_path / "drafts" / f"water.{as_format}"
    into = ("export", "water", "--format", as_format, "-o", str(file))
    head = chapeau.done(*into).removeprefix(f"{file}: water at record entry ")
    assert file.read_bytes().decode() == chapeau.done("export", "water", "--format", as_format)
    assert chapeau.done(*into, "--check") == f"{file}: is water at record entry {head}"


@on_sqlite
def test_a_file_that_was_changed_fails_the_check_with_the_difference_and_stays_as_it_is(
    chapeau: Chapeau, tmp_path: Path
) -> None:
    file = tmp_path / "water.md"
    changed = DRAFT.replace("every year", "twice a year")
    file.write_text(changed, "utf-8")
    checked = chapeau("export", "water", "-o", str(file), "--check")
    assert checked.status == 1
    assert "-OP1. *Encourages* Member States to measure the quality of water twice a year;\n" in checked.out
    assert "+OP1. *Encourages* Member States to measure the quality of water every year;\n" in checked.out
    assert checked.err == f"chapeau: {file} is not what the server has; export it again with -o {file}.\n"
    assert file.read_text("utf-8") == changed


@on_sqlite
@pytest.mark.parametrize("there", [DRAFT.replace("\n", "\r\n").encode(), DRAFT.encode("utf-16"), b""])
def test_the_check_compares_every_byte(chapeau: Chapeau, tmp_path: Path, there: bytes) -> None:
    file = tmp_path / "water.md"
    file.write_bytes(there)
    assert chapeau("export", "water", "-o", str(file), "--check").status == 1


@on_sqlite
def test_a_file_that_is_not_there_fails_the_check(chapeau: Chapeau, tmp_path: Path) -> None:
    checked = chapeau("export", "water", "-o", str(tmp_path / "missing.md"), "--check")
    assert checked.status == 1
    assert "+title: Safe water for all\n" in checked.out


@on_sqlite
def test_a_folder_gets_every_format_and_passes_the_check_until_the_text_changes(
    chapeau: Chapeau, room_url: str, room_secrets: Secrets, clock: SetClock, tmp_path: Path
) -> None:
    folder = tmp_path / "drafts"
    into = ("export", "water", "-o", str(folder))
    assert chapeau.done(*into).count("water at record entry 17") == len(Format)
    assert {file.name for file in folder.iterdir()} == {f"water.{one}" for one in Format}

    async def act(wording: str = "") -> None:
        async with open_room(room_url, clock, room_secrets) as room:
            done(await room.as_("NOR").take("OP1", "accept"))
            if wording:
                done(await room.as_("FRA").accept(done(await room.as_("NOR").propose("PP3", wording))["amendment"]))

    asyncio.run(act())
    assert chapeau.done(*into, "--check").count("is water at record entry 18") == len(Format), "the text is the same"
    asyncio.run(act(REWORDED))
    checked = chapeau(*into, "--check")
    assert checked.status == 1
    assert f"+{REWORDED}\n" in checked.out
    assert checked.err.count("is not what the server has") == len(Format)


@on_sqlite
def test_the_compilation_and_the_changes_since_a_revision_are_exported(chapeau: Chapeau, reworded: int) -> None:
    changes = chapeau.done("export", "water", "--content", "changes", "--since", "zero draft")
    assert "PP3. Concerned at the [Chapeau: **rising**] cost" in changes
    assert "Concerned at the rising cost" in chapeau.done("export", "water", "--content", "compilation")
    assert chapeau.refused("export", "water", "--content", "changes").startswith("since: name the earlier moment")


@on_sqlite
def test_what_a_server_has_is_exported_with_a_token_as_from_its_database(
    chapeau: Chapeau,
    room_url: str,
    room_secrets: Secrets,
    clock: SetClock,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    here = {name: chapeau.done("export", "water", "--format", name) for name in ("md", "json")}
    chapeau.done("tables", "water", str(tmp_path / "here"))
    with forked(tmp_path / "server.log", create_app, Settings(database_url=room_url), clock) as server:
        monkeypatch.setenv("CHAPEAU_SERVER", server.address)
        monkeypatch.setenv("CHAPEAU_DATABASE_URL", "sqlite+aiosqlite:////nowhere/at/all.db")
        settings.cache_clear()
        assert chapeau.refused("export", "water").startswith(f"{server.address} asks who you are: set CHAPEAU_TOKEN")
        monkeypatch.setenv("CHAPEAU_TOKEN", room_secrets["FRA", Scope.WRITE])
        settings.cache_clear()
        for name, content in here.items():
            assert chapeau.done("export", "water", "--format", name) == content
        chapeau.done("tables", "water", str(tmp_path / "there"))
        assert chapeau.refused("export", "water", "--at", "999").startswith("There is no record entry “999” here")
    for file in (tmp_path / "here").iterdir():
        assert (tmp_path / "there" / file.name).read_bytes() == file.read_bytes()
    assert chapeau.refused("export", "water").startswith(f"{server.address} does not answer: ")


@on_sqlite
def test_the_workflow_commits_the_text_when_it_changed_with_the_head_of_the_record_in_the_message(
    room_url: str, tmp_path: Path
) -> None:
    workflow = yaml.safe_load((ROOT / ".github" / "workflows" / "export.yml").read_text("utf-8"))
    steps = [step["run"] for step in workflow["jobs"]["export"]["steps"][3:]]
    origin, work = tmp_path / "origin", tmp_path / "work"
    command = tmp_path / "bin" / "chapeau"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec {sys.executable} -c "from app.cli.main import main; main()" "$@"\n')
    command.chmod(0o755)
    where = {"PATH": f"{command.parent}{os.pathsep}{os.environ['PATH']}", "PYTHONPATH": str(ROOT)}
    shell = {**environment(room_url), **where, "NEGOTIATION": "water", "FOLDER": "drafts"}

    def run(command: str, cwd: Path = work) -> str:
        ended = subprocess.run(["bash", "-euc", command], cwd=cwd, env=shell, capture_output=True, text=True)
        assert ended.returncode == 0, ended.stderr
        return ended.stdout

    run(f"git init --quiet --bare {origin}; git clone --quiet {origin} {work} 2>/dev/null", tmp_path)
    for _ in range(2):
        said = [run(step) for step in steps]
    assert said[-1] == "The text of water has not changed.\n"
    assert run('git log --format=%B "@{push}"').splitlines()[0] == "Export water"
    said_last = run('git log --format=%B "@{push}"')
    assert "water, zero draft, record entry 1 of 2023-01-16T09:00:00Z, sha256:" in said_last
    there = run('git ls-tree --name-only -r "@{push}"').split()
    assert there == sorted(f"drafts/water.{one}" for one in Format)


@on_sqlite
def test_what_cannot_be_exported_is_said_in_a_sentence(chapeau: Chapeau, tmp_path: Path) -> None:
    assert chapeau.refused("export", "nothing").startswith("There is no negotiation “nothing” here")
    assert chapeau.refused("export", "water", "--at", "999").startswith("There is no record entry “999” here")
    assert chapeau.refused("export", "water", "--at", "soon").startswith("at: “soon” is no record entry")
    assert chapeau.refused("export", "water", "--check") == "--check compares with a file: name it with -o."
    file = tmp_path / "file.md"
    file.write_text("here", "utf-8")
    said = chapeau.refused("export", "water", "-o", str(file / "water.md"))
    assert said == f"{file / 'water.md'} cannot be written: File exists."


# --- verify and list ------------------------------------------------------------------------------------------------


def test_a_record_that_nobody_touched_is_intact(chapeau: Chapeau, reworded: int) -> None:
    assert chapeau.done("verify", "water").startswith(f"water: {reworded} entries, intact, head ")


@on_sqlite
@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        (
            "update entry set payload = replace(payload, 'Safe water', 'Cheap water') where seq = 1",
            "entry 1 was altered: its hash is not that of its content",
        ),
        ("delete from entry where seq = 3", "entry 3 is missing: entry 4 follows"),
        ("update entry set actor = 'Somebody else' where seq = 5", "entry 5 was altered"),
        (
            "update clause_version set text = 'Recalling nothing,' where text like 'Recalling%'",
            "version 1 of clause c3 is not what the record says",
        ),
    ],
    ids=["a payload", "an entry gone", "an actor", "a text"],
)
def test_an_altered_record_is_told_and_what_was_altered_named(chapeau: Chapeau, statement: str, fault: str) -> None:
    by_hand(chapeau, statement)
    verified = chapeau("verify")
    assert verified.status == 1
    assert "ALTERED" in verified.out
    assert fault in verified.err


@on_sqlite
def test_every_negotiation_is_verified_although_one_is_altered(chapeau: Chapeau) -> None:
    chapeau.done("import", "-", "--slug", "second", given=DRAFT.encode())
    by_hand(chapeau, "update entry set actor = 'Somebody else' where seq = 5")
    verified = chapeau("verify")
    assert verified.status == 1
    assert [line.split(", ")[1] for line in verified.out.splitlines()] == ["ALTERED", "intact"]
    assert chapeau("verify", "second").status == 0
    assert chapeau.refused("verify", "third").startswith("There is no negotiation “third” here")


def test_the_negotiations_are_listed_with_where_they_stand(chapeau: Chapeau) -> None:
    chapeau.done("import", "-", "--slug", "second", given=DRAFT.encode())
    listed = chapeau.done("list").splitlines()
    assert [line.split("\t")[0] for line in listed[::2]] == ["water", "second"]
    assert listed[2].split("\t")[1:] == ["zero_draft", "entry 1", "Safe water for all"]
    assert listed[3].endswith("nothing is agreed until everything is agreed.")


def by_hand(chapeau: Chapeau, statement: str) -> None:
    """Alter the file past the server, as somebody with a copy of SQLite could: its triggers first."""
    file = sqlite3.connect(make_url(chapeau.database_url).database or "")
    try:
        for (trigger,) in file.execute("select name from sqlite_master where type = 'trigger'").fetchall():
            file.execute(f"drop trigger {trigger}")
        assert file.execute(statement).rowcount > 0
        file.commit()
    finally:
        file.close()
