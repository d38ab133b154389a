"""`chapeau convert`: a draft from one format to another, without a server."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from app.cli.main import app

DRAFT = Path(__file__).parents[2] / "drafts" / "sse.md"


def run(*words: object, given: bytes | None = None) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["convert", *map(str, words)], input=given)
    return result.exit_code, result.output


def test_a_draft_goes_through_every_format_and_comes_back(tmp_path: Path) -> None:
    there = [tmp_path / name for name in ("a.xml", "b.json", "c.akn", "d.md")]
    for source, target in zip((DRAFT, *there), there, strict=False):
        assert run(source, target)[0] == 0
    assert there[-1].read_bytes() == DRAFT.read_bytes()
    code, plain = run(there[0], "-", "--to", "txt")
    assert (code, plain) == run(there[1], "-", "--to", "txt")


def test_a_file_that_is_there_is_not_written_over_unless_one_says_so(tmp_path: Path) -> None:
    target = tmp_path / "kept.md"
    target.write_text("precious")
    code, said = run(DRAFT, target)
    assert (code, target.read_text()) == (2, "precious")
    assert "--force" in said
    assert run(DRAFT, target, "--force")[0] == 0


@pytest.mark.parametrize(
    ("words", "given", "said"),
    [
        (("-", "out"), b"", "does not say what to write"),
        (("-", "-", "--to", "md"), b"%PDF-1.7", "a PDF"),
        (("-", "-", "--to", "md"), b"<html>", "a web page"),
        (("-", "-", "--to", "md", "--from", "xml"), b"The General Assembly,", "no XML"),
        (("nowhere.md", "-", "--to", "md"), b"", "cannot be read"),
    ],
)
def test_what_cannot_be_done_is_said(words: tuple[str, ...], given: bytes, said: str) -> None:
    code, output = run(*words, given=given)
    assert code == 2
    assert said in output
