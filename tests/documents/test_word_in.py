"""Word files come back: every change that a delegate made becomes the right proposal, and none is lost."""

import os
import random
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest

from app.documents.building import text_document
from app.documents.word import as_word
from app.documents.word_changes import WordChange, WordChanges, changes_in, context_of
from app.documents.word_package import opened
from app.documents.word_paragraphs import word_file
from app.problems import Problem
from app.rules.amendments import ChangeKind
from app.text.clauses import Clause, Draft, Kind
from app.text.drafts import parse
from app.text.origin import Origin
from tests.documents.office import needs_office, resaved
from tests.documents.word_edits import Edited

SAMPLE = Path(__file__).parents[2] / "drafts" / "sse.md"
NOBODY = context_of(())


@cache
def sample() -> Draft:
    draft = parse(SAMPLE.read_text("utf-8"))
    clauses = (replace(one, key=f"c{at}", version=1) for at, one in enumerate(draft.clauses, 1))
    origin = Origin("sse", "", 1, "0" * 64, datetime(2026, 1, 1, tzinfo=UTC))
    return replace(draft, clauses=tuple(clauses), origin=origin)


@cache
def exported() -> bytes:
    return as_word(text_document(sample()))


def key(label: str) -> str:
    return next(one.key for one in sample().clauses if one.label == label)


def text(label: str) -> str:
    return next(one.text for one in sample().clauses if one.label == label)


def read(content: bytes, base: Draft | None = None) -> WordChanges:
    return changes_in(word_file(opened(content)), base or sample(), NOBODY)


def told(found: WordChanges) -> list[tuple[object, ...]]:
    """The proposals, short."""
    assert not found.not_placed, found.not_placed
    return sorted(_short(one) for one in found.changes)


def _short(one: WordChange) -> tuple[object, ...]:
    words = one.texts or (one.text or "",)
    return (one.kind.value, one.label, *words, one.after or "", *(one.merges or ()))


def test_a_file_that_nobody_touched_proposes_nothing() -> None:
    assert read(exported()) == WordChanges((), ())


def edits(is_tracked: bool) -> tuple[bytes, list[tuple[object, ...]]]:
    """One of each kind, and what they are."""
    file = Edited(exported())
    file.replace(key("OP1"), "national, regional and local", "national and local", tracked=is_tracked)
    file.replace(key("PP3"), "Recalling", "Recalling also", tracked=is_tracked)
    file.replace(key("Title"), "Promoting", "Advancing", tracked=is_tracked)
    file.replace(key("OP6"), "", " Thank you;", tracked=is_tracked)
    file.insert_after(key("OP2(b)"), "(c) Public registers that everyone can consult;", tracked=is_tracked)
    file.insert_after(key("PP5"), "Noting the words of many,", tracked=is_tracked)
    file.delete(key("PP10"), tracked=is_tracked)
    file.split(key("PP12"), "including during", tracked=is_tracked)
    file.join(key("OP4"), tracked=is_tracked)
    file.move(key("PP7"), key("PP13"), tracked=is_tracked)
    at = text("PP12").index("including during")
    expected: list[tuple[object, ...]] = [
        ("replace", "OP1", text("OP1").replace("national, regional and local", "national and local"), ""),
        ("replace", "PP3", text("PP3").replace("Recalling", "Recalling also"), ""),
        ("replace", "Title", text("Title").replace("Promoting", "Advancing"), ""),
        ("replace", "OP6", text("OP6") + " Thank you;", ""),
        ("insert", "OP2(b)", "Public registers that everyone can consult;", ""),
        ("insert", "PP5", "Noting the words of many,", ""),
        ("delete", "PP10", "", ""),
        ("split", "PP12", text("PP12")[:at].strip(), text("PP12")[at:], ""),
        ("merge", "OP4", f"{text('OP4')} {text('OP5')}", "", key("OP5")),
        ("move", "PP7", "", key("PP13")),
    ]
    return file.saved(), sorted(expected)


@pytest.mark.parametrize("is_tracked", [True, False])
def test_every_kind_of_change_becomes_the_right_proposal(is_tracked: bool) -> None:
    content, expected = edits(is_tracked)
    assert told(read(content)) == expected


@needs_office
def test_files_saved_by_libreoffice_come_back_as_the_right_proposals() -> None:
    tracked, untracked = edits(True), edits(False)
    untouched, first, second = resaved([exported(), tracked[0], untracked[0]])
    assert read(untouched) == WordChanges((), ())
    assert told(read(first)) == tracked[1]
    assert told(read(second)) == untracked[1]
