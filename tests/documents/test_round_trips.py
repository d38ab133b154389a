"""A text goes out in a format and comes back: the same clauses with the same words, everything that the format carries.

What each format carries, docs/documents.md tells.
"""

import re
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Final

import pytest

from app.documents.building import text_document
from app.documents.document import Document
from app.documents.formats import Format, written
from app.documents.reading import Readable, read_document
from app.text.clauses import Draft, Kind
from app.text.drafts import parse
from app.text.origin import Origin
from app.text.pasted import read_pasted
from tests.corpus import needs_corpus, pasted, symbols
from tests.documents.akoma_ntoso import assert_valid

SAMPLE: Final = Path(__file__).parents[2] / "drafts" / "sse.md"
ORIGIN: Final = Origin("sse", "Rev.1", 42, "ab" * 32, datetime(2026, 3, 5, 14, tzinfo=UTC))
# Scanned pages on which several resolutions stand. The text has the one with the most of them between its neighbours,
# whose lines are its masthead and closing; printed, nothing says any more which one is meant.
SEVERAL_ON_A_PAGE: Final = {"A_RES_32_40", "A_RES_364(IV)", "E_RES_1992_29"}


@cache
def sample() -> Draft:
    """The sample as a negotiation has it: its clauses have keys and versions, and its origin is known."""
    draft = parse(SAMPLE.read_text("utf-8"))
    clauses = tuple(replace(one, key=f"c{at}", version=1 + at % 3) for at, one in enumerate(draft.clauses, 1))
    return Draft(draft.front, clauses, ORIGIN)


def back(document: Document, as_format: Format) -> Draft:
    """Written, and read again without being told what it is."""
    return read_document(written(document, as_format))


def without_keys(draft: Draft) -> Draft:
    return replace(draft, clauses=tuple(replace(one, key="", version=0) for one in draft.clauses))


@pytest.mark.parametrize("as_format", [Format.JSON, Format.AKOMA_NTOSO])
def test_the_sample_comes_back_with_its_identity_and_its_origin(as_format: Format) -> None:
    assert back(text_document(sample()), as_format) == sample()


def test_the_sample_comes_back_from_markdown_with_all_but_its_keys() -> None:
    assert back(text_document(sample()), Format.MARKDOWN) == without_keys(sample())


def test_the_sample_comes_back_from_plain_text_with_the_same_clauses_and_texts() -> None:
    found = back(text_document(sample()), Format.TEXT)
    assert found.clauses == without_keys(sample()).clauses
    assert found.origin == ORIGIN
    assert found.front == replace(sample().front, slug="", sponsors=(), language=found.front.language)


def test_a_chain_through_all_formats_ends_with_what_it_began() -> None:
    draft = without_keys(sample())
    for as_format in (Format.JSON, Format.MARKDOWN, Format.AKOMA_NTOSO, Format.JSON, Format.AKOMA_NTOSO):
        draft = back(text_document(draft), as_format)
    assert draft == without_keys(sample())


@needs_corpus
def test_every_real_resolution_comes_back_from_every_format() -> None:
    """To the letter; Akoma Ntoso is valid on the way."""
    differs = set()
    for symbol in symbols():
        draft = read_pasted(pasted(symbol))
        document = text_document(draft)
        akoma_ntoso = written(document, Format.AKOMA_NTOSO)
        assert_valid(akoma_ntoso)
        assert read_document(akoma_ntoso) == draft, symbol
        for as_format in (Format.JSON, Format.MARKDOWN):
            assert back(document, as_format) == draft, (symbol, as_format)
        if read_document(written(document, Format.TEXT), kind=Readable.TEXT) != draft:
            differs.add(symbol)
    assert differs == SEVERAL_ON_A_PAGE


@needs_corpus
def test_real_resolutions_come_back_from_word() -> None:
    """The same clauses with the same words; two spaces between words are one, as anywhere in Word files."""
    for symbol in sorted(set(symbols()[::4]) - SEVERAL_ON_A_PAGE):
        draft = read_pasted(pasted(symbol))
        found = back(text_document(draft), Format.WORD)
        assert [(one.kind, one.level, one.text) for one in found.clauses] == [
            (one.kind, one.level, re.sub(" {2,}", " ", one.text)) for one in draft.clauses
        ], symbol


@needs_corpus
def test_real_resolutions_keep_the_keys_of_their_clauses() -> None:
    for symbol in symbols()[::25]:
        draft = read_pasted(pasted(symbol))
        clauses = tuple(replace(one, key=f"c{at}", version=2) for at, one in enumerate(draft.clauses, 1))
        keyed = Draft(replace(draft.front, slug="water", sponsors=("Fiji", "Spain")), clauses, ORIGIN)
        for as_format in (Format.JSON, Format.AKOMA_NTOSO):
            assert back(text_document(keyed), as_format) == keyed, (symbol, as_format)
        assert back(text_document(keyed), Format.MARKDOWN) == without_keys(keyed), symbol


def test_every_label_and_level_comes_back() -> None:
    """What rooms make of a text: bis and alt, letters out of turn, a level left out, headings below headings."""
    labels = ("OP1", "OP1 bis", "OP1 bis(a)", "OP1 bis(a)(iv)", "OP1 alt", "OP1 alt 2", "OP3", "OP3(d)", "OP3(0)(i)")
    draft = parse(
        "---\ntitle: Water\nlanguage: fr\n---\n\nPP1. *Noting*:\n\nPP1(b). that;\n\n## [H7] One\n\n#### Deep\n\n"
        + "\n\n".join(f"{label}. Words of {label};" for label in labels)
        + "\n\n# Annex 2. Of “A & B < C”\n\nP1. Words.\n\nP1(a). More words.\n"
    )
    assert {one.kind for one in draft.clauses} >= {Kind.HEADING, Kind.ANNEX, Kind.PARAGRAPH}
    document = text_document(draft)
    assert_valid(written(document, Format.AKOMA_NTOSO))
    for as_format in (Format.JSON, Format.AKOMA_NTOSO, Format.MARKDOWN):
        assert back(document, as_format) == draft, as_format
