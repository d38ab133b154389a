"""The tour of README.md, typed line by line as printed: every answer has to be the one that README.md shows."""

import re
import secrets
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.servers import CHAPEAU, ROOT, environment, served

README = ROOT / "README.md"
_BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Step:
    """A command with the output that README.md shows, and the line where it stands there."""

    line: int
    command: str
    output: str


def steps(readme: str) -> Iterator[Step]:
    """The commands of the console blocks: `$` begins one, `>` carries it on, everything else is its output."""
    for block in _BLOCK.finditer(readme):
        at = readme.count("\n", 0, block.start(1)) + 1
        command: list[str] = []
        output: list[str] = []
        begun = at
        for number, line in enumerate(block[1].splitlines(), start=at):
            if line.startswith("$ "):
                if command:
                    yield Step(begun, "\n".join(command), "\n".join(output))
                begun, command, output = number, [line[2:]], []
            elif line.startswith("> ") and not output:
                command.append(line[2:])
            else:
                output.append(line)
        yield Step(begun, "\n".join(command), "\n".join(output))


def pattern(output: str) -> re.Pattern[str]:
    """What an output has to match: `...` stands for a part of a line or, alone on one, for any lines."""
    lines = (r"(?s:.*?)" if line == "..." else re.escape(line).replace(r"\.\.\.", ".*") for line in output.split("\n"))
    return re.compile("\n".join(lines))


def typed(commands: list[str], env: dict[str, str], script: Path) -> list[str]:
    """What one bash session prints for each command, both streams together."""
    end = f"-- {secrets.token_hex(8)} --"
    script.write_text("".join(f'{command}\n_was=$?; echo "{end}"; (exit $_was)\n' for command in commands))
    session = subprocess.run(
        ["bash", "--noprofile", "--norc", str(script)],
        cwd=ROOT,
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=240,
        check=False,
    )
    return session.stdout.split(f"{end}\n")[:-1]


@pytest.mark.timeout(300)
def test_the_tour_answers_as_the_readme_shows(tmp_path: Path) -> None:
    tour = list(steps(README.read_text("utf-8")))
    database_url = f"sqlite+aiosqlite:///{tmp_path}/tour.db"
    with served(database_url, tmp_path / "server.log", "demo") as server:

        def here(shown: str) -> str:
            """What README.md shows, with the port, the folder and the environment of this test."""
            shown = shown.replace("http://127.0.0.1:8000", server.address).replace("/tmp/", f"{tmp_path}/")
            return shown.replace(".venv/bin/", f"{CHAPEAU.parent}/")

        answers = typed([here(step.command) for step in tour], environment(database_url), tmp_path / "tour.sh")
    assert len(answers) == len(tour), answers[-1]
    for step, answer in zip(tour, answers, strict=True):
        assert answer.endswith("\n") or not answer, f"README.md:{step.line}: its output has no line end: {answer}"
        printed = answer.removesuffix("\n")
        assert pattern(here(step.output)).fullmatch(printed), (
            f"README.md:{step.line}: $ {step.command}\nshows:\n{step.output}\nprinted:\n{printed}"
        )


def test_the_tour_tells_a_right_output_from_a_wrong_one() -> None:
    assert pattern("head ...\n...\nend").fullmatch("head 46eb\none\ntwo\nend")
    assert not pattern("head ...").fullmatch("head 46eb\nmore")
    assert not pattern("").fullmatch("something")
    assert not pattern("a.b").fullmatch("a-b")
