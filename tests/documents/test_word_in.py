"""Word files come back: every change that a delegate made becomes the right proposal, and none is lost."""

import contextlib
import io
import os
import random
import time
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest

from app.documents.building import text_document
from app.documents.reading import read_document
from app.documents.word import as_word
from app.documents.word_changes import WordChange, WordChanges, changes_in, context_of
from app.documents.word_package import opened
from app.documents.word_paragraphs import Revision, word_file
from app.problems import Problem, WordHasChanges, WordHasMacros, WordTooLarge, WordUnreadable
from app.text.clauses import Draft
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


def test_fifty_edits_are_all_found_on_their_clauses() -> None:
    """Fifty edits of one paragraph each, tracked or not, of two delegations: the words proposed are those typed."""
    chance = random.Random(50)
    labels = [one.label for one in sample().clauses if one.label not in ("Title", "The")][1:]
    done = 0
    while done < 50:
        label = chance.choice(labels)
        words = text(label).split(" ")
        at = chance.randrange(1, len(words) - 1)
        file = Edited(exported(), author=chance.choice(["Norway", "Brazil"]))
        new = chance.choice(["wholly new", "", f"{words[at]} as well", "“quoted”"])
        span = " ".join(words[at : at + chance.choice([1, 2])])
        start = len(" ".join(words[:at])) + 1
        expected = f"{text(label)[:start]}{new}{text(label)[start + len(span) :]}"
        if f" {text(label)} ".count(f" {span} ") != 1 or expected.endswith(f"{span}"):
            continue
        done += 1
        file.replace(key(label), f" {span} ", f" {new} ", tracked=bool(done % 2))
        made = told(read(file.saved()))
        assert made == [("replace", label, " ".join(expected.split()), "")], (label, span, new)


def test_what_word_writes_otherwise_by_itself_is_no_change() -> None:
    file = Edited(exported())
    title = "“Sustainable development”"
    file.replace(key("OP8"), title, title.replace("“", '"').replace("”", '"'), tracked=False)
    file.replace(key("OP7"), "Secretary-General", "Secretary\u2011General", tracked=False)
    assert read(file.saved()) == WordChanges((), ())
    file.replace(key("OP8"), "Decides to", "Decides again to")
    assert told(read(file.saved())) == [("replace", "OP8", text("OP8").replace("Decides", "Decides again"), "")]


def test_what_cannot_be_proposed_is_told_with_its_words() -> None:
    file = Edited(exported())
    file.delete(key("OP2"))
    file.comment(key("PP1"), "Is this the right date?")
    found = read(file.saved())
    assert [(one.label, one.words) for one in found.not_placed] == [
        ("OP2", text("OP2")),
        ("PP1", "Norway: Is this the right date?"),
    ]
    assert found.changes == ()


def test_a_file_without_identity_is_compared_by_its_words() -> None:
    file = Edited(exported())
    file.replace(key("OP1"), "national, regional and local", "national and local")
    for name in ("bookmarkStart", "bookmarkEnd"):
        for one in list(file.document.iter(f"{{*}}{name}")):
            parent = one.getparent()
            assert parent is not None
            parent.remove(one)
    assert [one.label for one in read(file.saved()).changes] == ["OP1"]


def test_a_word_draft_is_read_as_its_text_is() -> None:
    read_back = read_document(exported(), "draft.docx")
    assert [(one.kind, one.label, one.text) for one in read_back.clauses] == [
        (one.kind, one.label, one.text) for one in sample().clauses
    ]
    file = Edited(exported())
    file.delete(key("PP1"))
    with pytest.raises(WordHasChanges, match="Norway"):
        read_document(file.saved(), "draft.docx")


# --- files that are made to do harm -----------------------------------------------------------------------------------


def packed(**parts: bytes) -> bytes:
    """The exported file with other parts in it: `document=b"..."`."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(exported())) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, parts.pop(name, old.read(name)))
        for name, content in parts.items():
            new.writestr(name, content)
    return made.getvalue()


_LAUGHS = b"".join(b'<!ENTITY l%d "%s">' % (n + 1, b"&l%d;" % n * 10) for n in range(9))


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (lambda: b"", WordUnreadable),
        (lambda: b"%PDF-1.7", WordUnreadable),
        (lambda: b"\xd0\xcf\x11\xe0" + b"\0" * 600, WordUnreadable),
        (lambda: b"PK" + b"\0" * 50_000_000, WordTooLarge),
        (lambda: exported()[: len(exported()) // 2], WordUnreadable),
        (lambda: packed(**{"word/document.xml": b"<w:document>" + b" " * 15_000_000}), WordUnreadable),
        (lambda: packed(**{"word/document.xml": b" " * 40_000_000}), WordUnreadable),
        (lambda: packed(**{"word/vbaProject.bin": b"x"}), WordHasMacros),
        (lambda: packed(**{"../../etc/passwd": b"x"}), WordUnreadable),
        (lambda: packed(**{"/etc/passwd": b"x"}), WordUnreadable),
        (lambda: packed(**{f"word/media/{n}": b"" for n in range(3_000)}), WordTooLarge),
        (
            lambda: packed(
                **{"word/document.xml": b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'}
            ),
            WordUnreadable,
        ),
        (
            lambda: packed(**{"word/document.xml": b'<!DOCTYPE a [<!ENTITY l0 "ha">' + _LAUGHS + b"]><a>&l9;</a>"}),
            WordUnreadable,
        ),
        (
            lambda: packed(**{"word/document.xml": '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'.encode("utf-16")}),
            WordUnreadable,
        ),
        (lambda: packed(**{"word/document.xml": b"<a>" * 5_000 + b"</a>" * 5_000}), WordUnreadable),
    ],
    ids=lambda one: one.__name__ if isinstance(one, type) else "",
)
def test_a_hostile_file_is_refused_at_once(content: object, refusal: type[Problem]) -> None:
    made = content()  # type: ignore[operator]
    started = time.process_time()
    with pytest.raises(refusal):
        read(made)
    assert time.process_time() - started < 2


def test_a_damaged_file_ends_in_a_problem_or_a_reading() -> None:
    """Bytes of good files changed at random: 150 in every run, more with CHAPEAU_MUTATIONS=10000."""
    chance = random.Random(7)
    good = [exported(), edits(True)[0]]
    parts = {}
    for content in good:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for name in ("word/document.xml", "word/footnotes.xml", "word/styles.xml", "docProps/custom.xml"):
                parts[name, content] = archive.read(name)
    for number in range(int(os.environ.get("CHAPEAU_MUTATIONS", "150"))):
        if number % 4:  # within the archive, where its sums are right
            name, of = chance.choice(list(parts))
            made = packed(**{name: _damaged(parts[name, of], chance)})
        else:
            made = _damaged(chance.choice(good), chance)
        started = time.process_time()
        with contextlib.suppress(Problem):
            read(made)
        assert time.process_time() - started < 5, number


def _damaged(content: bytes, chance: random.Random) -> bytes:
    made = bytearray(content)
    for _ in range(chance.choice([1, 1, 2, 5])):
        place = chance.randrange(len(made))
        length = chance.choice([0, 1, 1, 40])
        other = chance.randrange(len(made))
        made[place : place + length] = chance.choice([b"", b"x", b"9", made[other : other + 60], chance.randbytes(1)])
    return bytes(made)


def test_only_who_proposed_at_that_moment_is_taken_for_what_the_compilation_shows() -> None:
    is_context = context_of([(datetime(2026, 11, 24, 12, 34, 56, tzinfo=UTC), "Brazil")])
    assert is_context(Revision("European Union, Brazil", "2026-11-24T12:34:56Z"))
    assert is_context(Revision("Brazil", "2026-11-24T15:34:56"))  # written in another zone
    assert not is_context(Revision("Norway", "2026-11-24T12:34:56Z"))
    assert not is_context(Revision("Brazil", "2026-11-24T12:35:56Z"))
    assert not is_context(Revision("Brazil", ""))
