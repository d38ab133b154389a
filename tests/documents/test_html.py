"""HTML: one file that needs nothing else, well-formed, with the words of the text and nothing that runs."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from lxml import etree
from lxml import html as parsing

from app.documents.building import changes_document, text_document
from app.documents.document import Document
from app.documents.html import as_html
from tests.documents.samples import ARABIC, CHINESE, ENGLISH, FRENCH, HOSTILE, ORIGIN, RUSSIAN, of, reworded
from tests.documents.test_pdf import compiled

DOCUMENTS: dict[str, Callable[[], Document]] = {
    "text": lambda: text_document(ENGLISH),
    "compilation": lambda: compiled(ENGLISH),
    "changes": lambda: changes_document(ENGLISH, reworded(ENGLISH, "OP1", "Encourages all States to measure water;")),
    "arabic": lambda: text_document(ARABIC),
    "chinese": lambda: text_document(CHINESE),
    "russian": lambda: text_document(RUSSIAN),
}


def parsed(made: bytes) -> etree._Element:
    """The page, which has to be well-formed."""
    strict = re.sub(rb"<(meta[^>]*|br)>", rb"<\1/>", made.removeprefix(b"<!DOCTYPE html>\n"))
    root = etree.fromstring(strict)
    names = [one.get("id") for one in root.iter() if one.get("id")]
    assert len(names) == len(set(names))
    assert all(link.get("href")[1:] in names for link in root.iter("a"))
    return root


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_page_is_one_well_formed_file_of_which_nothing_runs(name: str) -> None:
    document = DOCUMENTS[name]()
    made = as_html(document)
    root = parsed(made)
    assert (root.get("lang"), root.get("dir")) == (document.front.language, document.direction.value)
    assert not list(root.iter("script", "link", "img", "iframe", "object"))
    assert not re.search(rb"(?:src|href)=\"(?!#)|url\(|@import", made)
    assert made == as_html(document)
    assert str(ORIGIN) in "".join(root.find("body/footer").itertext())
    assert [one.tag for one in root.iter("h1")] == ["h1"]


def test_paragraphs_have_their_numbers_their_labels_as_names_and_notes_that_lead_back() -> None:
    root = parsed(as_html(text_document(ENGLISH)))
    said = {one.get("id"): " ".join("".join(one.itertext()).split()) for one in root.iter() if one.get("id")}
    assert said["OP1"] == "1. Encourages Member States to measure the quality of water every year;"
    assert said["OP2-a-i"] == "(i) In towns;"
    assert said["note-1"] == "1 See A/64/L.63. ↩"
    assert said["to-note-2"] == "2"
    order = list(said)
    assert order.index("PP1") < order.index("OP1") < order.index("A1") < order.index("note-1")


def test_a_compilation_tells_who_is_behind_each_word() -> None:
    root = parsed(as_html(compiled(ENGLISH)))
    added = next(one for one in root.find("body/main").iter("ins"))
    assert (added.get("data-by"), added.get("title")) == ("EU, NOR", "European Union, Norway (A1)")
    text = " ".join("".join(root.find("body/main").itertext()).split())
    assert "[CHL: Decides to remain seized of the matter.]" in text
    assert "A1 EU, NOR amends OP1 2026-03-05 Stronger." in text


def test_changes_are_marked_as_such_with_whose_they_are() -> None:
    root = parsed(as_html(changes_document(FRENCH, reworded(FRENCH, "OP1", "Engage les États Membres ;"))))
    assert "Modifications depuis Rev.1" in "".join(root.find("body/header").itertext())
    assert {one.get("data-by") for one in root.iter("ins", "del") if one.get("title")} == {"Rev.1"}
    assert "changed" in root.xpath("//*[@id='OP1']")[0].get("class")


@pytest.mark.parametrize("text", HOSTILE)
def test_words_are_never_markup(text: str) -> None:
    draft = of(text, f"before {text} after")
    hostile = replace(draft, front=replace(draft.front, symbol=text, organ=text, masthead=(text,), closing=(text,)))
    made = as_html(text_document(hostile))
    root = parsed(made)
    assert not list(root.iter("script", "img"))
    assert f"before {text} after".split() == "".join(root.xpath("//*[@id='OP2']")[0].itertext()).split()[1:]
    assert parsing.document_fromstring(made) is not None
