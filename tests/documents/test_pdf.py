"""PDF: the words of the text in order, set for print and for reading aloud, the same bytes each time."""

import asyncio
import io
import re
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pypdf
import pytest

from app.documents import typesetting
from app.documents.board import board_as_pdf
from app.documents.building import changes_document, text_document
from app.documents.document import Content, Document, Mark, Tracked
from app.documents.pdf import as_pdf
from app.problems import DocumentTooLong, FontMissing
from app.rules.amendments import ChangeKind
from app.rules.consensus import Status
from app.rules.permissions import Role
from app.rules.positions import DelegationKind, Stance
from app.text.clauses import Draft, Kind
from app.views.board import Board, Cell, Column, Row
from app.views.exports import OpenProposal
from tests.documents.samples import (
    ARABIC,
    CHINESE,
    ENGLISH,
    FRENCH,
    HOSTILE,
    ORIGIN,
    RUSSIAN,
    of,
    reworded,
)

_FAMILIES = typesetting._fonts(True).families()
needs_arabic = pytest.mark.skipif(
    "Noto Naskh Arabic" not in _FAMILIES, reason="no Arabic font here: install the Debian package fonts-noto-core"
)
needs_chinese = pytest.mark.skipif(
    "Noto Serif CJK SC" not in _FAMILIES, reason="no Chinese font here: install the Debian package fonts-noto-cjk"
)


def opened(made: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(made))


def words(made: bytes) -> str:
    """All that is printed, in order, with single spaces."""
    return " ".join(" ".join(page.extract_text() for page in opened(made).pages).split())


def in_order(text: str, *expected: str) -> bool:
    return re.search(".*".join(re.escape(one) for one in expected), text) is not None


def compiled(draft: Draft) -> Document:
    """A compilation in which the EU and Norway reword OP1, and Chile deletes OP3."""
    document = changes_document(draft, reworded(draft, "OP1", "Urges Member States to measure the quality of water;"))
    by = Tracked(("EU", "NOR"), ("A1",), ORIGIN.at)
    paragraphs = []
    for one in document.paragraphs:
        pieces = tuple(piece if piece.tracked is None else replace(piece, tracked=by) for piece in one.pieces)
        if one.label == "OP3":
            gone = Tracked(("CHL",), ("A2",), ORIGIN.at)
            pieces = tuple(replace(piece, mark=Mark.DELETED, tracked=gone) for piece in pieces)
            one = replace(one, end=Mark.DELETED, end_tracked=gone)
        paragraphs.append(replace(one, pieces=pieces))
    proposals = (
        OpenProposal("A1", ChangeKind.REPLACE, "c1", "OP1", ("EU", "NOR"), ORIGIN.at, "Stronger.", "Urges", False),
        OpenProposal("A2", ChangeKind.DELETE, "c3", "OP3", ("CHL",), ORIGIN.at, "", None, True),
    )
    names = {"EU": "European Union", "NOR": "Norway", "CHL": "Chile"}
    return replace(
        document, content=Content.COMPILATION, paragraphs=tuple(paragraphs), proposals=proposals, names=names
    )


def the_board(delegations: int = 3) -> Board:
    codes = ["FRA", "EU", "ILO", *(f"X{at:02}" for at in range(delegations - 3))]
    columns = tuple(
        Column(code, f"Name of {code}", DelegationKind.STATE, Role.DELEGATE, code != "ILO", {}) for code in codes
    )
    said = (Cell(Stance.OBJECT, "EU", 1), Cell(Stance.SUPPORT, "", 1), Cell(Stance.RESERVE, "", 1, True))
    rows = tuple(
        Row(f"c{at}", f"OP{at}", Kind.OPERATIVE, 1, 1, Status.OPEN, at % 3, (*said, *(None,) * (len(codes) - 3)))
        for at in range(1, 61)
    )
    return Board("water", 42, columns, rows)


def test_a_text_is_printed_as_an_official_document_in_order() -> None:
    made = as_pdf(text_document(ENGLISH))
    assert in_order(
        words(made),
        *("General Assembly A/C.2/80/L.14", "Eightieth session", "Agenda item 18 (k)", "Albania, Brazil and Chile"),
        *("Safe drinking water for all", "The General Assembly,", "Recalling its resolution 64/292 of 28 July 2010,"),
        *("Deeply concerned at the cost of safe water,", "Measures"),
        *("1. Encourages Member States to measure the quality of water every year;", "2. Also encourages"),
        *("(a) Tariffs that everyone can pay:", "(i) In towns;", "(b) Public reports", "3. Decides to remain seized"),
        *("65th plenary meeting", "See A/64/L.63.", "Not in the Economic and Social Council.", "1/2"),
        *("Principles of safe water", "Water is a right."),
    )
    assert [str(ORIGIN) in " ".join(page.extract_text().split()) for page in opened(made).pages] == [True, True]


def test_a_pdf_is_tagged_and_says_its_title_its_language_and_its_date() -> None:
    made = opened(as_pdf(text_document(FRENCH)))
    root = made.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "fr"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert made.metadata is not None
    assert made.metadata.title == "De l’eau potable pour tous"
    assert made.metadata.creation_date == ORIGIN.at
    assert [one.title for one in made.outline] == ["De l’eau potable pour tous"]
    about = root["/Metadata"].get_data().decode()
    assert "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A" in about.replace("\n", "")
    assert "<pdfuaid:part>1</pdfuaid:part>" in about


@pytest.mark.parametrize("draft", [FRENCH, RUSSIAN])
def test_the_text_in_latin_and_cyrillic_letters_needs_no_font_of_the_machine(
    draft: Draft, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(typesetting, "_fonts", only_embedded())
    found = words(as_pdf(text_document(draft)))
    assert in_order(found, *(clause.text for clause in draft.clauses))


@needs_arabic
def test_arabic_is_set_from_right_to_left() -> None:
    made = as_pdf(text_document(ARABIC))
    assert opened(made).trailer["/Root"]["/Lang"] == "ar"
    found = words(made)
    assert all(word in found for word in ("مياه", "الدول", "المياه", "للجميع"))


@needs_chinese
def test_chinese_is_set() -> None:
    found = words(as_pdf(text_document(CHINESE))).replace(" ", "")
    assert in_order(found, *(clause.text for clause in CHINESE.clauses))


@pytest.mark.parametrize(("draft", "letter"), [(ARABIC, "م"), (CHINESE, "大"), (of("Urges \u0378;"), r"U\+0378")])
def test_where_no_font_has_the_script_the_packages_are_named(
    draft: Draft, letter: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(typesetting, "_fonts", only_embedded())
    with pytest.raises(FontMissing, match=f"{letter}.* fonts-noto-core .* fonts-noto-cjk"):
        as_pdf(text_document(draft))


def test_a_compilation_names_who_proposes_what_and_why() -> None:
    assert in_order(
        words(as_pdf(compiled(ENGLISH))),
        *(
            "Compilation of proposals",
            "OP1",
            "[EU, NOR: Encourages Urges] Member States",
            "OP3",
            "[CHL: Decides to remain seized",
        ),
        *("Proposals", "A1 EU, NOR amends OP1 2026-03-05 Stronger.", "A2 CHL deletes OP3; written on earlier words"),
    )


def test_changes_show_what_goes_and_what_comes() -> None:
    later = reworded(ENGLISH, "OP1", "Encourages all States to measure water every year;")
    found = words(as_pdf(changes_document(ENGLISH, later)))
    assert in_order(found, "Changes since Rev.1", "Encourages", "Member", "all", "States", "quality", "every year;")


def test_the_board_repeats_its_head_and_is_cut_where_it_is_wider_than_a_page() -> None:
    made = board_as_pdf(the_board(40), ENGLISH, ORIGIN)
    pages = [page.extract_text() for page in opened(made).pages]
    assert all("Paragraph" in page for page in pages)
    assert in_order(words(made), "Safe drinking water", "supports", "can live with it", "OP1", "OP60", "In all", "OP1")
    assert "Name of X36" in words(made)
    assert opened(made).pages[0].mediabox.width > opened(made).pages[0].mediabox.height


@pytest.mark.parametrize(
    "make",
    [
        lambda: as_pdf(text_document(ENGLISH)),
        lambda: as_pdf(compiled(ENGLISH)),
        lambda: as_pdf(changes_document(ENGLISH, reworded(ENGLISH, "OP1", "Urges;"))),
        lambda: board_as_pdf(the_board(), ENGLISH, ORIGIN),
    ],
    ids=["text", "compilation", "changes", "board"],
)
def test_the_same_document_gives_the_same_bytes(make: Callable[[], bytes]) -> None:
    assert make() == make()


@pytest.mark.parametrize("text", HOSTILE)
def test_words_are_never_instructions(text: str) -> None:
    found = words(as_pdf(text_document(of(text, f"before {text} after"))))
    assert "root:" not in found
    if len(text) < 200:
        assert "".join(text.split()).replace("\u200b", "") in "".join(found.split()).replace("\u200b", "")
    assert as_pdf(changes_document(of("Urges;", "Asks;"), of(text)))


def test_a_draft_of_nothing_is_printed() -> None:
    assert opened(as_pdf(text_document(Draft()))).pages
    assert opened(as_pdf(changes_document(Draft(), ENGLISH))).pages


def test_a_very_long_paragraph_is_printed_and_an_endless_one_refused() -> None:
    assert len(opened(as_pdf(text_document(of("Urges all. " * 18_000)))).pages) > 20
    with pytest.raises(DocumentTooLong, match="Export it to HTML"):
        as_pdf(text_document(of("Urges all. " * 300_000)))


async def test_other_work_goes_on_while_a_pdf_is_set() -> None:
    texts = [f"Urges all States, for reason {at}, to protect and to measure safe water;" * 4 for at in range(400)]
    turns, longest, last = 0, 0.0, time.perf_counter()
    work = asyncio.create_task(asyncio.to_thread(as_pdf, text_document(of(*texts))))
    while not work.done():
        await asyncio.sleep(0.002)
        now = time.perf_counter()
        turns, longest, last = turns + 1, max(longest, now - last), now
    assert turns > 20
    assert longest < 0.5


def only_embedded() -> Callable[[bool], object]:
    fonts = typesetting._fonts(False)
    return lambda _of_system: fonts


def test_a_document_of_no_negotiation_has_a_date_that_is_always_the_same() -> None:
    made = opened(as_pdf(text_document(replace(ENGLISH, origin=None))))
    assert made.metadata is not None
    assert made.metadata.creation_date == datetime(2000, 1, 1, tzinfo=UTC)
