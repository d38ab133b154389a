"""`chapeau import`: a negotiation begins from a draft."""

from pathlib import Path

import pytest

from tests.api.room import DRAFT
from tests.builders import on_sqlite
from tests.cli.conftest import Chapeau
from tests.corpus import needs_corpus, pasted

SSE = Path(__file__).resolve().parents[2] / "drafts" / "sse.md"
SSE_TITLE = "Promoting the social and solidarity economy for sustainable development"
PASTED = """The General Assembly,
Recalling its resolution 64/292 of 28 July 2010,
1. Encourages Member States to measure the quality of water;
2. Decides to remain seized of the matter.
"""


def test_a_draft_becomes_a_negotiation_and_comes_out_as_it_went_in(fresh: Chapeau) -> None:
    assert fresh.done("import", str(SSE)) == f"sse: 28 clauses imported: {SSE_TITLE}\n"
    assert fresh.exported("sse") == SSE.read_text("utf-8")
    assert fresh.done("verify").startswith("sse: 1 entries, intact, head ")


@needs_corpus
def test_the_adopted_resolution_is_imported_as_a_second_negotiation_and_exported_unchanged(
    fresh: Chapeau, tmp_path: Path
) -> None:
    text = pasted("A_RES_79_213") + "\n"
    source = tmp_path / "A_RES_79_213.txt"
    source.write_text(text, "utf-8")
    fresh.done("import", str(SSE))
    assert fresh.done("import", str(source), "--slug", "adopted") == f"adopted: 27 clauses imported: {SSE_TITLE}\n"

    assert fresh.exported("adopted", "--format", "txt") == text
    exported = fresh.exported("adopted")
    fresh.done("import", "-", "--slug", "again", given=exported.replace("slug: adopted", "slug: again").encode())
    assert fresh.exported("again") == exported.replace("slug: adopted", "slug: again")
    assert fresh.exported("again", "--format", "txt") == text
    assert fresh.exported("sse") == SSE.read_text("utf-8")
    assert fresh.done("verify").count("intact") == 3


@on_sqlite
def test_a_draft_can_come_from_the_input(fresh: Chapeau) -> None:
    assert fresh.done("import", "-", given=DRAFT.encode()) == "water: 11 clauses imported: Safe water for all\n"
    assert fresh.exported("water") == DRAFT


@on_sqlite
def test_plain_text_from_an_official_document_is_read_too(fresh: Chapeau) -> None:
    fresh.done("import", "-", "--slug", "pasted", given=PASTED.encode())
    assert fresh.exported("pasted", "--format", "txt") == PASTED
    assert "OP2. *Decides* to remain seized of the matter." in fresh.done("export", "pasted")


@on_sqlite
def test_a_file_with_windows_line_ends_and_a_byte_order_mark_is_read_as_the_same_draft(fresh: Chapeau) -> None:
    fresh.done("import", "-", given=b"\xef\xbb\xbf" + DRAFT.replace("\n", "\r\n").encode())
    assert fresh.exported("water") == DRAFT


@on_sqlite
def test_the_delegations_and_people_of_another_negotiation_can_be_seated(chapeau: Chapeau) -> None:
    chapeau.done("import", "-", "--slug", "second", "--seats-from", "water", given=DRAFT.encode())
    for who in ("fra@example.org", "secretariat@example.org", "ilo@example.org"):
        assert chapeau.done("token", who, "--negotiation", "second").startswith("chp_")
    assert chapeau.refused("invite", "second", "NOR") == "There is already a participant “NOR”. It takes part already."


@on_sqlite
def test_nothing_is_begun_when_the_seats_to_copy_are_not_there(fresh: Chapeau) -> None:
    said = fresh.refused("import", str(SSE), "--seats-from", "waters")
    assert said == "There is no negotiation “waters” here, or you may not see it. 'chapeau list' shows those there are."
    assert fresh.done("list") == ""


@on_sqlite
@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        (DRAFT.replace("OP3. ", "").encode(), "Line 24: found “*Invites* development banks"),
        (DRAFT.replace("safe water on", "safe\u202ewater on").encode(), "OP3: "),
        (b"\xe9\n", "file: “-” is neither a Word document (.docx) nor plain text (UTF-8). Save it as one of them."),
        (b"", "Line 1: found no paragraph of a resolution; expected "),
        (b"Nothing like a resolution.\n", "Line 1: found no paragraph of a resolution; expected "),
    ],
    ids=["a line that fits nowhere", "an override of direction", "not UTF-8", "empty", "no resolution"],
)
def test_what_cannot_be_read_is_refused_with_its_place(fresh: Chapeau, source: bytes, sentence: str) -> None:
    assert fresh.refused("import", "-", given=source).startswith(sentence)
    assert fresh.done("list") == ""


@on_sqlite
def test_a_file_that_is_not_there_is_named(fresh: Chapeau, tmp_path: Path) -> None:
    missing = tmp_path / "missing.md"
    assert fresh.refused("import", str(missing)) == f"{missing} cannot be read: No such file or directory."


def test_a_slug_that_is_taken_is_refused(chapeau: Chapeau) -> None:
    said = chapeau.refused("import", "-", given=DRAFT.encode())
    assert said == "There is already a negotiation “water”. Choose another slug."


@on_sqlite
@pytest.mark.parametrize(
    ("option", "value", "sentence"),
    [
        ("--slug", "Not a slug", "slug: “Not a slug” cannot be a slug"),
        ("--time-zone", "Nowhere", "time_zone: “Nowhere” is no time zone; use a name such as Europe/Paris."),
    ],
)
def test_an_option_that_cannot_be_is_refused(fresh: Chapeau, option: str, value: str, sentence: str) -> None:
    assert fresh.refused("import", str(SSE), option, value).startswith(sentence)
