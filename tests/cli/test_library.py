"""`chapeau library import` and `chapeau library find`, as an operator types them."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Chapeau
from tests.corpus import families, needs_corpus, pasted

TEXT = """Resolution adopted by the General Assembly on 28 July 2010
64/292.\tThe human right to water and sanitation
The General Assembly,
Recalling its resolution 54/175 of 17 December 1999,
1. Recognizes the right to safe and clean drinking water;
2. Decides to continue its consideration of the matter.
"""
PHRASE = "the right to safe drinking water"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one text, and a file that is none."""
    texts = tmp_path / "texts"
    (texts / "deeper").mkdir(parents=True)
    (texts / "deeper" / "water.txt").write_text(TEXT, "utf-8")
    (texts / "picture.png").write_bytes(b"\x89PNG")
    return texts


def test_a_folder_is_imported_once_and_what_changed_again(fresh: Chapeau, folder: Path) -> None:
    water = folder / "deeper" / "water.txt"
    assert fresh.done("library", "import", str(folder)) == (
        f"{water}: imported as A/RES/64/292, 3 paragraphs\n1 files: 1 imported\n"
    )
    assert f"{water}: unchanged as A/RES/64/292" in fresh.done("library", "import", str(water))
    water.write_text(TEXT.replace("clean", "cl\u200dean, accessible"), "utf-8")
    assert fresh.done("library", "import", str(folder)) == (
        f"{water}: replaced as A/RES/64/292, 3 paragraphs, 1 invisible characters dropped\n1 files: 1 replaced\n"
    )


def test_a_bad_file_is_skipped_with_a_sentence_and_the_others_go_on(fresh: Chapeau, folder: Path) -> None:
    (folder / "a.txt").write_text("Dear all,", "utf-8")
    (folder / "b.md").write_bytes(b"\xff\xfe")
    (folder / "c.txt").write_text(TEXT.replace("64/292.\t", ""), "utf-8")
    (folder / "A_RES_1_1.txt").write_text(TEXT, "utf-8")
    done = fresh("library", "import", str(folder), str(folder / "nowhere.txt"))
    assert done.status == 1
    assert done.out.splitlines()[-1] == "6 files: 2 imported, 4 skipped"
    assert "A_RES_1_1.txt: imported as A/RES/1/1, 3 paragraphs" in done.out
    sentences = done.err.splitlines()
    assert "a.txt: skipped: Line 1: found no paragraph of a resolution" in sentences[0]
    assert sentences[1].endswith("b.md: skipped: It is not UTF-8 text (byte 1). Save it as UTF-8 and try again.")
    assert sentences[2].endswith(
        "c.txt: skipped: symbol: the text does not say its symbol; give it, such as A/RES/79/213."
    )
    assert sentences[3].endswith("nowhere.txt: skipped: It cannot be read: No such file or directory.")


def test_a_folder_without_texts_is_an_error(fresh: Chapeau, tmp_path: Path) -> None:
    assert fresh.refused("library", "import", str(tmp_path)) == "There is no .md or .txt file in there."


def test_a_phrase_is_found_with_its_difference_and_without_colour_in_a_file(fresh: Chapeau, folder: Path) -> None:
    fresh.done("library", "import", str(folder))
    assert fresh.done("library", "find", PHRASE) == (
        "A/RES/64/292 OP1  94%, adopted 2010-07-28\n  the right to safe {+and clean +}drinking water\n"
    )
    assert "word for word" in fresh.done("library", "find", "safe and clean drinking water")


def test_json_has_the_runs(fresh: Chapeau, folder: Path) -> None:
    fresh.done("library", "import", str(folder))
    (hit,) = json.loads(fresh.done("library", "find", PHRASE, "--limit", "1", "--json"))
    assert (hit["symbol"], hit["label"], hit["exact"], hit["adopted_on"]) == (
        "A/RES/64/292",
        "OP1",
        False,
        "2010-07-28",
    )
    assert [run["op"] for run in hit["runs"]] == ["equal", "insert", "equal"]


def test_what_nobody_said_is_status_1(fresh: Chapeau, folder: Path) -> None:
    for words in ("sea bed mining", "", '"'):
        done = fresh("library", "find", words)
        assert (done.status, done.out) == (1, "No adopted text in the library says this or nearly this.\n")
    assert fresh("library", "find", "sea bed mining", "--json").out == "[]\n"
    assert "at most 20000" in fresh.refused("library", "find", "x" * 20_001)


@needs_corpus
def test_a_family_of_real_resolutions_is_imported_and_searched(fresh: Chapeau, tmp_path: Path) -> None:
    names = families()["commodities"]
    for name in names:
        (tmp_path / f"{name}.txt").write_text(pasted(name), "utf-8")
    assert f"{len(names)} files: {len(names)} imported" in fresh.done("library", "import", str(tmp_path))
    hits = json.loads(
        fresh.done("library", "find", "commodity-dependent developing countries", "--limit", "50", "--json")
    )
    assert {hit["symbol"] for hit in hits if hit["exact"]} == {"A/RES/76/194", "A/RES/78/138"}
