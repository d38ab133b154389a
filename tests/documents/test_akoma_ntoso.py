"""Akoma Ntoso: what it says and what is read from it; hostile files of any kind are refused in time."""

import random
import re
import time
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import pytest
from lxml import etree

from app.documents.building import changes_document, text_document
from app.documents.document import Content, Document, Mark, Paragraph, Piece, Tracked
from app.documents.formats import Format, written
from app.documents.reading import MOST_BYTES, Readable, read_document
from app.problems import DocumentUnreadable, Problem
from app.rules.amendments import ChangeKind
from app.text.clauses import Clause, Draft, FrontMatter, Kind
from app.text.drafts import parse
from app.text.origin import Origin
from app.text.pasted import read_pasted
from app.views.exports import OpenProposal
from tests.corpus import families, needs_corpus, pasted
from tests.documents.akoma_ntoso import assert_valid

AKN = "{http://docs.oasis-open.org/legaldocml/ns/akn/3.0}"
ORIGIN = Origin("sse", "Rev.1", 42, "ab" * 32, datetime(2026, 3, 5, 14, tzinfo=UTC))
RICH = Draft(
    FrontMatter("sse", "General Assembly", "A/77/L.60", "Seventy-seventh session", "18 (k)", "en-GB",
                ("France", "Spain"), ("Draft resolution",), ("12th plenary meeting",)),
    (
        Clause(Kind.TITLE, "Title", "Promoting  the social economy", key="c1", version=1),
        Clause(Kind.OPENING, "Opening", "The General Assembly,", key="c2", version=1),
        Clause(Kind.PREAMBULAR, "PP1", "Recalling resolution 70/1,[^1] and [^9] and again,[^1]", key="c3", version=2),
        Clause(Kind.PREAMBULAR, "PP1 bis", "Noting:", key="c4", version=1),
        Clause(Kind.PREAMBULAR, "PP1 bis(a)", "A < B & “C”;", 2, "c5", 1),
        Clause(Kind.HEADING, "H1", "Follow-up", key="c6", version=1),
        Clause(Kind.HEADING, "H2", "Means", 2, "c7", 1),
        Clause(Kind.OPERATIVE, "OP4", "Encourages all:", key="c8", version=3),
        Clause(Kind.FOOTNOTE, "N1", "Resolution 70/1.[^2]", key="c9", version=1),
        Clause(Kind.OPERATIVE, "OP4(a)", "To meet:", 2, "c10", 1),
        Clause(Kind.OPERATIVE, "OP4(a)(ii)", "Early;", 3, "c11", 1),
        Clause(Kind.OPERATIVE, "OP4 alt", "Invites all.", key="c12", version=1),
        Clause(Kind.PARAGRAPH, "P1", "Unnumbered.", key="c13", version=1),
        Clause(Kind.ANNEX, "Annex 1", "Terms of reference", key="c14", version=1),
        Clause(Kind.OPENING, "Opening 2", "The group,", key="c15", version=1),
        Clause(Kind.PARAGRAPH, "P2", "1. The group meets.", key="c16", version=1),
        Clause(Kind.FOOTNOTE, "N2", "Also known as the 2030 Agenda.", key="c17", version=1),
        Clause(Kind.FOOTNOTE, "N3", "Nothing refers to it.", key="c18", version=1),
    ),
    ORIGIN,
)  # fmt: skip


def valid(document: Document) -> bytes:
    made = written(document, Format.AKOMA_NTOSO)
    assert_valid(made)
    assert written(document, Format.AKOMA_NTOSO) == made
    return made


def test_labels_levels_keys_notes_and_origin_come_back_to_the_letter() -> None:
    document = text_document(RICH)
    assert read_document(valid(document)) == RICH
    assert read_document(written(document, Format.JSON)) == RICH
    sample = parse((Path(__file__).parents[2] / "drafts" / "sse.md").read_text("utf-8"))
    assert read_document(valid(text_document(sample))) == sample


def test_the_printed_number_is_the_eid_and_the_key_the_wid() -> None:
    made = etree.fromstring(valid(text_document(RICH)))
    named = {one.get("wId"): one.get("eId") for one in made.iter() if isinstance(one.tag, str) and one.get("wId")}
    assert named["c8"] == "para_4"
    assert named["c10"] == "para_4__list_1__point_a"
    assert named["c11"] == "para_4__list_1__point_a__list_1__point_ii"
    assert named["c12"] == "para_4alt"
    work = next(made.iter(f"{AKN}FRBRWork"))
    assert work.find(f"{AKN}FRBRuri").get("value") == "/akn/un/statement/deliberation/unga/2026-03-05/a-77-l-60"
    assert [one.text for one in made.iter(f"{AKN}i")][:2] == ["The General Assembly", "Recalling"]


def test_changes_say_who_makes_them_and_are_not_taken_for_a_text() -> None:
    new = Draft(RICH.front, (*RICH.clauses[:7], *(Clause(Kind.OPERATIVE, "OP4", "Urges all:", 1, "c8", 4),)), ORIGIN)
    made = valid(changes_document(RICH, new))
    assert b"<del " in made
    assert b"<ins " in made
    assert b'refersTo="#org_rev-1"' in made
    assert b"textualMod" in made
    with pytest.raises(DocumentUnreadable, match="content “changes”"):
        read_document(made)


@needs_corpus
def test_the_changes_between_real_resolutions_are_valid() -> None:
    for earlier, later in [pair for names in families().values() for pair in pairwise(names)][::8]:
        valid(changes_document(read_pasted(pasted(earlier)), read_pasted(pasted(later)), "Norway", ORIGIN.at))


def test_a_compilation_names_the_proposals_behind_each_change() -> None:
    fra = Tracked(("FRA",), ("A12",), ORIGIN.at)
    pieces = (Piece("Urges", is_italic=True), Piece(" all", Mark.DELETED, fra), Piece(" states;", Mark.ADDED, fra))
    proposal = OpenProposal(
        "A12", ChangeKind.REPLACE, "c1", "OP1", ("FRA",), ORIGIN.at, "Clearer.\nAgreed.", "x", False
    )
    one = Paragraph(Kind.OPERATIVE, "OP1", 1, "c1", 1, (Piece("1."),), pieces)
    made = valid(
        Document(Content.COMPILATION, RICH.front, (one,), ORIGIN, proposals=(proposal,), names={"FRA": "France"})
    )
    assert b'refersTo="#org_fra #am_a12"' in made
    assert b'title="France, A12"' in made
    assert b'type="substitution"' in made
    assert b'href="#para_1"' in made
    assert b"Clearer." in made


FOREIGN = """<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"><statement name="resolution"><meta>
<identification source="#x"><FRBRExpression><FRBRlanguage language="fra"/></FRBRExpression></identification></meta>
<coverPage><p><docNumber>A/RES/79/275</docNumber></p><p><session>Seventy-ninth session</session></p></coverPage>
<preface><p><docNumber>79/275.</docNumber> <docTitle><b>Conflict
   diamonds</b></docTitle></p></preface>
<preamble><formula name="enactingFormula"><p><i>The General Assembly</i>,</p></formula>
<container name="Recalling"><p><i>Recalling</i> it,<sup
><authorialNote marker="*"><p>A note.</p></authorialNote></sup></p>
</container></preamble>
<mainBody><paragraph><num>1.</num><content><p>Recognizes it;</p></content></paragraph>
<section><num>II</num><heading>Means</heading>
<paragraph><num>2.</num><list><intro><p>Recalls:</p></intro><point><num>(a)</num><content><p>One;</p></content></point>
<point><num>(b)</num><content><p>Two.</p></content></point></list></paragraph></section></mainBody>
<conclusions><p>62nd plenary meeting</p></conclusions></statement></akomaNtoso>"""


def test_a_file_of_another_maker_is_read_where_it_is_clear() -> None:
    draft = read_document(FOREIGN.encode())
    assert [(one.label, one.text) for one in draft.clauses] == [
        ("Title", "Conflict diamonds"),
        ("Opening", "The General Assembly,"),
        ("PP1", "Recalling it,[^1]"),
        ("OP1", "Recognizes it;"),
        ("H1", "II Means"),
        ("OP2", "Recalls:"),
        ("OP2(a)", "One;"),
        ("OP2(b)", "Two."),
        ("N1", "A note."),
    ]
    assert (draft.front.symbol, draft.front.language, draft.front.organ) == ("A/RES/79/275", "fr", "General Assembly")


def _body(content: str) -> bytes:
    return f"<akomaNtoso><statement><mainBody>{content}</mainBody></statement></akomaNtoso>".encode()


def _nested(tag: bytes, content: bytes) -> bytes:
    return (tag + content) * 200 + tag.replace(b"<", b"</") * 200


COVER = _body("<p>x</p>").replace(b"<mainBody>", b"<preface></preface><mainBody>")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (FOREIGN.replace("<p>One;</p>", "<table><tr><td><p>1</p></td></tr></table>").encode(), "a table"),
        (FOREIGN.replace("One;", "<ins>One</ins>;").encode(), "tracked changes"),
        (b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>', "DOCTYPE"),
        ('<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'.encode("utf-16"), "DOCTYPE"),
        (b"<akomaNtoso>" + b"<p>" * 100_000, "no XML"),
        (b"<akomaNtoso><statement/></akomaNtoso>", "no paragraph"),
        (b"x" * (MOST_BYTES + 1), "more than"),
        (_body(f"<p>x{' ' * 9_000_000}y</p>"), "at most 20000"),
        (_body("<p>x</p>" * 100_000), "more than 100,000 elements"),
        (_body(f"<p>{'<b>' * 300}"), "no XML"),
        (COVER.replace(b"<preface>", b"<preface>" + _nested(b"<block>", b"<p>a</p>" * 300)), "at most 20000"),
        (b"<!DOCTYPE html><html></html>", "a web page"),
        (b"%PDF-1.7", "a PDF"),
        (b"PK\x03\x04", "Word"),
        (b"\xe9\n", "nor plain text"),
        (b'{"clauses": ' + b"[" * 100_000, "nested too deeply"),
        (b'{"clauses": [{"label": "OP1", "kind": "verse", "text": "x"}]}', "clauses[0].kind"),
        (b'{"clauses": [{"label": "OP1", "kind": "operative", "text": "x", "level": true}]}', "clauses[0].level"),
        (b'{"clauses": [], "titel": "x"}', "titel"),
        (b'{"clauses": [{"label": "OP1", "kind": "operative", "text": "x", "level": NaN}]}', "NaN"),
        (b'{"content": "compilation", "clauses": []}', "compilation"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_with_what_is_wrong(data: bytes, said: str) -> None:
    began = time.process_time()
    with pytest.raises(Problem, match=re.escape(said)):
        read_document(data)
    assert time.process_time() - began < 5


def test_broken_files_give_a_draft_or_a_problem_and_nothing_else() -> None:
    chance = random.Random(7)
    began = time.process_time()
    document = text_document(RICH)
    for as_format in (Format.AKOMA_NTOSO, Format.JSON):
        whole = written(document, as_format)
        for _ in range(250):
            broken = bytearray(whole)
            for _ in range(chance.randint(1, 4)):
                start = chance.randrange(len(broken))
                end = min(start + chance.choice((0, 1, 1, 8, 60)), len(broken))
                other = chance.randrange(len(whole))
                broken[start:end] = chance.choice((b"", bytes([chance.randrange(256)]), whole[other : other + 40]))
            try:
                draft = read_document(bytes(broken), kind=Readable(as_format.value))
            except Problem:
                continue
            assert len({one.label for one in draft.clauses}) == len(draft.clauses)
    assert time.process_time() - began < 20
