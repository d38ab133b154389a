"""What people who have only files can do: compare, merge, detect and check texts, without a server."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from app.cli.main import app
from app.text.diff import Op, Run
from app.text.document_diff import Change, ChangeOp, rebuild
from tests.corpus import families, needs_corpus, pasted

ZERO_DRAFT = Path(__file__).resolve().parents[2] / "drafts" / "sse.md"


def run(*arguments: str, typed: str | None = None) -> Result:
    return CliRunner().invoke(app, arguments, input=typed)


def file(folder: Path, name: str, content: str) -> str:
    path = folder / name
    path.write_text(content, "utf-8")
    return str(path)


# --- diff -----------------------------------------------------------------------------------------------------------


def test_a_difference_names_the_paragraphs_and_marks_the_words(tmp_path: Path) -> None:
    old = ZERO_DRAFT.read_text("utf-8")
    new = old.replace("upon their request", "at their request")
    shown = run("diff", file(tmp_path, "old.md", old), file(tmp_path, "new.md", new))
    assert shown.exit_code == 0
    assert shown.stdout.startswith("changed 5\n")
    assert "[-upon-]{+at+} their request" in shown.stdout


def test_texts_that_are_the_same_have_no_difference(tmp_path: Path) -> None:
    same = file(tmp_path, "a.md", ZERO_DRAFT.read_text("utf-8"))
    assert run("diff", same, same).stdout == ""


@needs_corpus
def test_the_later_text_can_be_rebuilt_from_what_diff_and_detect_print(tmp_path: Path) -> None:
    earlier, later = next(symbols for symbols in families().values() if len(symbols) > 1)[:2]
    old, new = file(tmp_path, "old.txt", pasted(earlier)), file(tmp_path, "new.txt", pasted(later))
    changes = [
        Change(
            ChangeOp(found["op"]),
            tuple(found["old"]),
            tuple(found["new"]),
            tuple(Run(Op(op), text) for op, text in found["runs"]),
        )
        for found in json.loads(run("diff", old, new, "--json").stdout)
    ]
    before, after = (json.loads(run("detect", path, "--json").stdout) for path in (old, new))
    assert list(rebuild([line["text"] for line in before], changes)) == [line["text"] for line in after]


def test_one_of_the_texts_may_come_from_the_input_but_not_both(tmp_path: Path) -> None:
    old = file(tmp_path, "old.txt", "The General Assembly,\n1. Notes a.\n")
    found = run("diff", old, "-", typed="The General Assembly,\r\n1. Notes b.\r\n")
    assert found.stdout == "changed 1\nNotes [-a-]{+b+}.\n\n"
    twice = run("diff", "-", "-", typed="The General Assembly,\n")
    assert twice.exit_code == 2
    assert "only once" in twice.stderr


def test_a_text_cannot_command_the_terminal(tmp_path: Path) -> None:
    old = file(tmp_path, "old.txt", "1. Notes a.\n")
    new = file(tmp_path, "new.txt", "1. Notes \x1b[2J.\n")
    assert run("diff", old, new).stdout == "changed 1\nNotes [-a-]{+<U+001B>[2J+}.\n\n"
    assert "\x1b" not in run("detect", new).stdout


def test_a_difference_in_json_has_the_ops_the_indices_and_the_runs_of_every_paragraph(tmp_path: Path) -> None:
    old = file(tmp_path, "old.txt", "The General Assembly,\n1. Notes a;\n2. Thanks the bureau.\n")
    new = file(tmp_path, "new.txt", "The General Assembly,\n1. Notes b.\n")
    assert json.loads(run("diff", old, new, "--json").stdout) == [
        {"op": "equal", "old": [0], "new": [0], "runs": [["equal", "The General Assembly,"]]},
        {
            "op": "changed",
            "old": [1],
            "new": [1],
            "runs": [["equal", "Notes "], ["delete", "a;"], ["insert", "b."]],
        },
        {"op": "deleted", "old": [2], "new": [], "runs": [["delete", "Thanks the bureau."]]},
    ]


# --- merge ----------------------------------------------------------------------------------------------------------


def test_changes_of_different_words_merge(tmp_path: Path) -> None:
    base, a, b = "one two three four", "one 2 three four", "one two three 4"
    paths = [file(tmp_path, name, text) for name, text in (("base", base), ("a", a), ("b", b))]
    assert run("merge", *paths).stdout == "one 2 three 4"
    found = run("merge", *paths, "--json")
    assert (found.exit_code, json.loads(found.stdout)) == (0, {"text": "one 2 three 4", "conflicts": []})


def test_changes_of_the_same_words_conflict_and_exit_with_1(tmp_path: Path) -> None:
    paths = [file(tmp_path, name, text) for name, text in (("base", "one two"), ("a", "one 2"), ("b", "one II"))]
    found = run("merge", *paths, "--json")
    assert found.exit_code == 1
    assert json.loads(found.stdout) == {
        "text": "one two",
        "conflicts": [{"start": 2, "end": 3, "base": "two", "a": "2", "b": "II"}],
    }


# --- detect and check -------------------------------------------------------------------------------------------------


def test_each_line_of_a_pasted_text_is_named(tmp_path: Path) -> None:
    text = "The General Assembly,\nRecalling its resolution 70/1,\n1. Encourages States:\n(a) To act;\n"
    found = json.loads(run("detect", "-", "--json", typed=text).stdout)
    assert [(line["kind"], line["level"], line["number"]) for line in found] == [
        ("opening", 1, ""),
        ("preambular", 1, ""),
        ("operative", 1, "1"),
        ("operative", 2, "(a)"),
    ]


def test_the_clauses_of_a_draft_file_are_named() -> None:
    found = json.loads(run("detect", str(ZERO_DRAFT), "--json").stdout)
    assert (found[0]["kind"], found[1]["kind"], found[-1]["number"]) == ("title", "opening", "8")


def test_an_annex_of_a_draft_file_has_the_kinds_that_lines_have(tmp_path: Path) -> None:
    draft = "*The General Assembly*,\n\nOP1. *Adopts* the annex.\n\n# Annex 1. Rules\n\nP1. The group meets.\n"
    found = json.loads(run("detect", file(tmp_path, "draft.md", draft), "--json").stdout)
    assert [line["kind"] for line in found] == ["opening", "operative", "heading", "operative"]


def test_the_zero_draft_keeps_to_the_house_style() -> None:
    assert run("check", str(ZERO_DRAFT), "--strict").exit_code == 0


def test_an_error_of_style_is_named_with_its_place_and_rule_and_exits_with_1(tmp_path: Path) -> None:
    slip = ZERO_DRAFT.read_text("utf-8").replace("for sustainable development”.\n", "for sustainable development”,\n")
    path = file(tmp_path, "slip.md", slip)
    found = run("check", path)
    assert found.exit_code == 1
    assert found.stdout.startswith("OP8: error: ")
    assert json.loads(run("check", path, "--json").stdout)[0]["label"] == "OP8"
    assert run("check", file(tmp_path, "fixed.md", run("check", path, "--fix").stdout)).exit_code == 0


@pytest.mark.parametrize("command", ["detect", "check"])
def test_what_is_no_text_is_refused_in_a_sentence(command: str, tmp_path: Path) -> None:
    path = tmp_path / "noise"
    path.write_bytes(b"\xff\xfe\x00")
    found = run(command, str(path))
    assert found.exit_code == 2
    assert "is not UTF-8 text" in found.stderr
