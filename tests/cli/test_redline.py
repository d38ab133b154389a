"""`chapeau redline`: what changed from an official base text to a new draft, from two files and without a server."""

import json
from pathlib import Path

import pytest

from app.documents.building import changes_document
from app.documents.formats import Format, written
from app.documents.reading import read_document
from app.text.pasted import read_pasted
from tests.cli.test_files import ZERO_DRAFT, file, run
from tests.corpus import families, needs_corpus, pasted
from tests.documents.word import W, Word

OLD = ZERO_DRAFT.read_text("utf-8")
NEW = OLD.replace("upon their request", "at their request")


@pytest.fixture
def pair(tmp_path: Path) -> tuple[str, str]:
    return file(tmp_path, "old.md", OLD), file(tmp_path, "new.md", NEW)


def refused(*arguments: str) -> str:
    shown = run("redline", *arguments)
    assert (shown.exit_code, shown.stdout) == (2, "")
    return shown.stderr


def test_changes_are_marked_word_by_word_as_those_of_the_author(pair: tuple[str, str]) -> None:
    shown = run("redline", *pair, "--author", "Norway")
    assert shown.exit_code == 0
    assert "to advise them, [Norway: ~~upon~~ **at**] their request" in shown.stdout


@pytest.mark.parametrize("as_format", Format)
def test_every_format_is_written_and_written_again_with_the_same_bytes(
    pair: tuple[str, str], tmp_path: Path, as_format: Format
) -> None:
    out = str(tmp_path / "made" / f"out.{as_format}")
    asked = ("redline", *pair, "-o", out, "--author", "Norway", "--date", "2026-03-05")
    assert run(*asked).exit_code == 0
    assert Path(out).read_bytes() == run(*asked[:3], *asked[5:], "--format", as_format.value).stdout_bytes
    assert run(*asked, "--check").exit_code == 0
    Path(out).write_bytes(b"something else")
    checked = run(*asked, "--check")
    assert checked.exit_code == 1
    assert checked.stderr.endswith(f"write it again with -o {out}.\n")
    assert Path(out).read_bytes() == b"something else"


@needs_corpus
def test_a_text_of_last_year_and_the_new_one_are_read_as_they_are_pasted(tmp_path: Path) -> None:
    earlier, later = next(symbols for symbols in families().values() if len(symbols) > 1)[:2]
    old, new = file(tmp_path, "old.txt", pasted(earlier)), file(tmp_path, "new.txt", pasted(later))
    shown = json.loads(run("redline", old, new, "--format", "json", "--author", "Kenya").stdout)
    changes = changes_document(read_pasted(pasted(earlier)), read_pasted(pasted(later)), "Kenya")
    assert shown == json.loads(written(changes, Format.JSON))
    assert {name for one in shown["paragraphs"] for run in one["runs"] for name in run["by"]} == {"Kenya"}


def test_in_word_every_change_is_tracked_and_both_texts_are_read_from_the_file(
    pair: tuple[str, str], tmp_path: Path
) -> None:
    out = tmp_path / "out.docx"
    assert run("redline", *pair, "-o", str(out), "--author", "Norway", "--date", "2026-03-05").exit_code == 0
    word = Word(out.read_bytes())
    for source, accepting in ((OLD, False), (NEW, True)):
        draft = read_document(source.encode())
        assert [words for _, words in word.read(accepting=accepting)[0]] == [one.text for one in draft.clauses]
    marks = [one for one in word.body.iter() if one.get(f"{W}author")]
    assert {(one.get(f"{W}author"), one.get(f"{W}date")) for one in marks} == {("Norway", "2026-03-05T00:00:00Z")}


def test_a_draft_that_names_its_sponsors_makes_the_changes_in_their_name(tmp_path: Path, pair: tuple[str, str]) -> None:
    sponsored = NEW.replace("language: en\n", "sponsors:\n- Kenya\n- Peru\nlanguage: en\n")
    shown = run("redline", pair[0], file(tmp_path, "sponsored.md", sponsored))
    assert r"[Kenya\, Peru: ~~upon~~ **at**]" in shown.stdout


def test_what_cannot_be_done_is_said(tmp_path: Path, pair: tuple[str, str]) -> None:
    binary = tmp_path / "old.bin"
    binary.write_bytes(b"\xff\xfe\x00")
    missing = str(tmp_path / "missing.md")
    assert "“old.bin” is neither a Word document (.docx) nor plain text (UTF-8)." in refused(str(binary), pair[1])
    assert refused(missing, pair[1]) == f"chapeau: {missing} cannot be read: No such file or directory.\n"
    assert "found no paragraph of a resolution" in refused(file(tmp_path, "empty.txt", ""), pair[1])
    assert "is named after no format: give it one of .md," in refused(*pair, "-o", str(tmp_path / "out.wps"))
    assert "“soon” is no date: write 2026-03-05" in refused(*pair, "--date", "soon")
    assert refused(*pair, "--check").startswith("chapeau: --check compares with a file")


def test_a_file_too_large_to_be_a_text_is_not_read(tmp_path: Path, pair: tuple[str, str]) -> None:
    large = tmp_path / "large.txt"
    large.write_bytes(b"x" * 10_000_001)
    assert "“large.txt” has more than 10,000,000 bytes." in refused(str(large), pair[1])
