"""Plain text pasted from official documents becomes a draft; nothing else does."""

import textwrap

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.problems import DraftUnreadable, Problem
from app.text.clauses import Draft, Kind
from app.text.drafts import parse, print_draft
from app.text.pasted import LineKind, Place, Placing, detect, read_draft, read_lines, read_pasted
from app.text.plain import plain
from tests.corpus import needs_corpus, pasted, symbols
from tests.effort import examples


def labels(draft: Draft) -> list[str]:
    return [clause.label for clause in draft.clauses]


def kinds(source: str) -> list[tuple[str, int, str]]:
    return [(str(line.kind), line.level, line.number) for line in detect(source)]


@needs_corpus
def test_the_resolution_on_the_social_and_solidarity_economy_comes_out_as_it_went_in() -> None:
    source = pasted("A_RES_79_213")
    draft = read_pasted(source)
    assert plain(draft) == source + "\n"
    assert plain(parse(print_draft(draft))) == source + "\n"
    assert parse(print_draft(draft)) == draft
    preambular = [f"PP{number}" for number in range(1, 20)]
    assert labels(draft) == ["Title", "Opening", *preambular, "OP1", "OP2", "OP3", "OP4", "OP5", "OP6"]
    assert (draft.front.symbol, draft.front.organ) == ("A/RES/79/213", "General Assembly")
    assert (draft.front.session, draft.front.agenda_item) == ("Seventy-ninth session", "18 (k)")
    assert draft.front.closing == ("54th plenary meeting", "19 December 2024")


@needs_corpus
@pytest.mark.parametrize("symbol", symbols())
def test_a_real_resolution_is_read_and_survives_the_drafts_format(symbol: str) -> None:
    draft = read_pasted(pasted(symbol))
    assert len(set(labels(draft))) == len(draft.clauses)
    assert any(clause.kind in (Kind.OPERATIVE, Kind.PARAGRAPH) for clause in draft.clauses)
    assert parse(print_draft(draft)) == draft
    if "<!-- Page" not in pasted(symbol):  # without its page breaks a scan does not show which resolution is meant
        assert plain(read_pasted(plain(draft))) == plain(draft)


@needs_corpus
def test_most_real_resolutions_are_printed_to_the_letter() -> None:
    exact = sum(plain(read_pasted(pasted(symbol))).strip() == pasted(symbol).strip() for symbol in symbols())
    assert exact / len(symbols()) > 0.85


@needs_corpus
@pytest.mark.parametrize("width", [60, 95])
def test_lines_broken_where_a_page_broke_them_are_joined(width: int) -> None:
    source = pasted("A_RES_79_213")
    head, _, body = source.partition("The General Assembly,")
    wrapped = [
        piece for line in body.strip().split("\n") for piece in textwrap.wrap(line, width, break_on_hyphens=False)
    ]
    assert read_pasted(head + "The General Assembly,\n" + "\n".join(wrapped)) == read_pasted(source)


@needs_corpus
def test_page_numbers_between_broken_lines_are_left_behind() -> None:
    source = pasted("A_RES_79_213")
    wrapped = [piece for line in source.split("\n") for piece in textwrap.wrap(line, 90, break_on_hyphens=False)]
    for page, at in enumerate(range(40, len(wrapped), 42), 1):
        wrapped[at:at] = [f"{page}/9", "24-24164", "A/RES/79/213 Promoting the social and solidarity economy"]
    assert read_pasted("\n".join(wrapped)) == read_pasted(source)


@needs_corpus
def test_most_real_resolutions_are_read_alike_when_their_lines_are_broken() -> None:
    alike = 0
    for symbol in symbols()[::5]:
        source = " ".join(pasted(symbol).split(" ")).replace("\xa0", " ")
        lines = [piece for line in source.split("\n") for piece in textwrap.wrap(line, 95, break_on_hyphens=False)]
        broken, whole = read_pasted("\n".join(lines)), read_pasted(source)
        alike += labels(broken) == labels(whole)
    assert alike / len(symbols()[::5]) > 0.75


SECTIONS = """\
Draft resolution
Strengthening the archives
The Economic and Social Council,
RECALLING its resolution 2021/9 of 8 June 2021,
Deeply concerned that:
(a) Paper decays;
(b) Discs fail,
1. ENCOURAGES archives:
(a) To copy:
(i) Paper;
(ii) Film;
(b) To share;
A/RES/99/1
2/5
II. Means
2. Requests the Secretary-General
to report;1
____________
1 See resolution 70/1.
3. Decides to meet again.
12th plenary meeting
8 June 2022
[Adopted by a recorded vote of 40 to 2, with 5 abstentions. The voting was as follows:
In favour:
Argentina, Spain
Annex
Terms of reference
A. Mandate
1. The group meets once a year.
"""


def test_every_line_of_a_document_has_its_kind_level_and_number() -> None:
    assert kinds(SECTIONS) == [
        ("frontmatter", 1, ""),
        ("title", 1, ""),
        ("opening", 1, ""),
        ("preambular", 1, ""),
        ("preambular", 1, ""),
        ("preambular", 2, "(a)"),
        ("preambular", 2, "(b)"),
        ("operative", 1, "1"),
        ("operative", 2, "(a)"),
        ("operative", 3, "(i)"),
        ("operative", 3, "(ii)"),
        ("operative", 2, "(b)"),
        ("footnote", 1, ""),
        ("footnote", 1, ""),
        ("heading", 1, "II"),
        ("operative", 1, "2"),
        ("operative", 1, ""),
        ("footnote", 1, ""),
        ("footnote", 1, "1"),
        ("operative", 1, "3"),
        ("closing", 1, ""),
        ("closing", 1, ""),
        ("closing", 1, ""),
        ("closing", 1, ""),
        ("closing", 1, ""),
        ("heading", 1, ""),
        ("heading", 1, ""),
        ("heading", 2, "A"),
        ("operative", 1, "1"),
    ]


def test_a_document_with_pages_votes_and_an_annex_becomes_a_draft() -> None:
    draft = read_pasted(SECTIONS)
    assert draft.title == "Strengthening the archives"
    assert draft.front.organ == "Economic and Social Council"
    assert {clause.label: clause.text for clause in draft.clauses[3:]} == {
        "PP2": "Deeply concerned that:",
        "PP2(a)": "Paper decays;",
        "PP2(b)": "Discs fail,",
        "OP1": "ENCOURAGES archives:",
        "OP1(a)": "To copy:",
        "OP1(a)(i)": "Paper;",
        "OP1(a)(ii)": "Film;",
        "OP1(b)": "To share;",
        "H1": "II. Means",
        "OP2": "Requests the Secretary-General to report;[^1]",
        "N1": "See resolution 70/1.",
        "OP3": "Decides to meet again.",
        "Annex 1": "Terms of reference",
        "H2": "A. Mandate",
        "P1": "1. The group meets once a year.",
    }


def test_the_ninth_letter_is_not_a_roman_number() -> None:
    source = "The General Assembly,\nNoting a,\n1. Requests:\n" + "".join(f"({letter}) x;\n" for letter in "abcdefghij")
    assert [line.level for line in detect(source)][3:] == [2] * 10


def test_parts_with_opening_lines_of_their_own_follow_each_other() -> None:
    source = (
        "76/1. A title\nA\nThe General Assembly,\nRecalling a,\n1. Notes b.\n2nd plenary meeting\n3 May 2022\n"
        "B\nThe General Assembly,\nRecalling c,\n1. Notes d.\n3rd plenary meeting\n4 May 2022\n"
    )
    draft = read_pasted(source)
    assert labels(draft) == ["Title", "H1", "Opening", "PP1", "OP1", "H2", "Opening 2", "PP2", "OP2"]


def test_parts_may_have_titles_of_their_own() -> None:
    source = (
        "81/99. Assistance\nA\nAfter famines\nThe General Assembly,\nNoting a,\n1. Urges b.\n2nd plenary meeting\n"
        "3 May 2027\nB\nAfter floods\nThe General Assembly,\nNoting c,\n1. Urges d.\n"
    )
    part = [("heading", 1), ("heading", 2), ("opening", 1), ("preambular", 1), ("operative", 1)]
    found = [(kind, level) for kind, level, _ in kinds(source)]
    assert found == [("title", 1), *part, ("closing", 1), ("closing", 1), *part]
    assert [number for kind, level, number in kinds(source) if (kind, level) == ("heading", 1)] == ["A", "B"]


def test_letters_without_brackets_below_some_with_brackets_are_one_level_deeper() -> None:
    source = (
        "1. Asks:\n(a) To give:\n(i) Grants;\n(ii) Loans:\na. Small;\nb. Large;\n(b) To visit.\n2. Asks:\na. x;\nb. y."
    )
    assert [level for _, level, _ in kinds(source)] == [1, 2, 3, 3, 4, 4, 2, 1, 2, 2]


def test_the_head_of_a_page_is_not_the_text_whichever_side_the_symbol_is_on() -> None:
    source = "The General Assembly,\nNoting a,\n{}\n1. Urges b.\n"
    for head in (
        "A/RES/81/44\tAccess to water",
        "Access to water\tA/RES/81/44",
        "Access to water      A/C.3/81/L.22/Rev.1",
    ):
        assert kinds(source.format(head))[2] == ("footnote", 1, "")


def test_a_symbol_is_no_title() -> None:
    assert kinds("A/C.3/81/L.22\nThe General Assembly,\nNoting a,\n")[0] == ("frontmatter", 1, "")


def test_an_opening_line_in_capitals_is_one() -> None:
    assert kinds("RESOLUTION\nTHE GENERAL ASSEMBLY,\nRECALLING a,\n1. DECIDES b.\n") == [
        ("frontmatter", 1, ""),
        ("opening", 1, ""),
        ("preambular", 1, ""),
        ("operative", 1, "1"),
    ]


def test_an_unnumbered_decision_is_a_paragraph_of_the_operative_part() -> None:
    draft = read_pasted("The General Assembly,\nHaving considered the report,\nApproves the report.\n")
    assert labels(draft) == ["Opening", "PP1", "P1"]


@pytest.mark.parametrize(
    "source", ["", "\n \n", "A letter to a friend.\nSee you soon!", "\x00", "def main():\n    pass\n"]
)
def test_a_text_that_is_no_resolution_is_refused(source: str) -> None:
    with pytest.raises(DraftUnreadable):
        read_pasted(source)


def test_on_scanned_pages_the_resolution_that_runs_over_the_page_is_read() -> None:
    source = (
        "<!-- Page 1 -->\n12/1. The first\nThe General Assembly,\nRecalling a,\n1. Notes b.\n2nd plenary meeting\n"
        "12/2. The second\nThe General Assembly,\n_Recalling_ c,\n1. Notes that co-\n"
        "<!-- Page 2 -->\n17\nGeneral Assembly — Twelfth Session\noperation grows.\n2nd plenary meeting\n3 May 1957\n"
        "12/3. The third\nThe General Assembly,\nRecalling e,\n1. Notes f.\n"
    )
    draft = read_pasted(source)
    assert draft.title == "The second"
    assert [clause.text for clause in draft.clauses[2:]] == ["Recalling c,", "Notes that cooperation grows."]


def test_either_form_is_recognised() -> None:
    assert labels(read_draft("The General Assembly,\nRecalling a,\n1. Notes b.\n")) == ["Opening", "PP1", "OP1"]
    assert labels(read_draft("*The General Assembly*,\n\nPP3. *Recalling* a,\n")) == ["Opening", "PP3"]
    assert labels(read_draft("PP1 Recalling a. b,\nOP1 Requests that c.\n")) == ["PP1", "OP1"]
    assert read_draft("\ufeff---\nslug: sse\n---\n").front.slug == "sse"
    with pytest.raises(DraftUnreadable, match="Line 3"):
        read_draft("PP1. *Recalling* a,\n\nno label\n")


_LINES = [
    *SECTIONS.splitlines(),
    "B",
    "I",
    "(aa) x",
    "• x",
    "¹ x",
    "76/1. A title",
    "•",
    "(",
    "The Council",
]


@settings(max_examples=examples(500), deadline=None)
@given(st.lists(st.sampled_from(_LINES) | st.text(max_size=20), max_size=25).map("\n".join))
def test_any_text_is_read_or_refused_as_a_problem(source: str) -> None:
    assert [line.line for line in detect(source)] == [
        stripped for line in source.splitlines() if (stripped := line.strip().strip("\ufeff"))
    ]
    try:
        draft = read_draft(source)
    except Problem:
        return
    assert len(set(labels(draft))) == len(draft.clauses)
    assert parse(print_draft(draft)) == draft


@settings(max_examples=examples(200), deadline=None)
@given(st.binary(max_size=400))
def test_random_bytes_have_no_structure_that_breaks_the_detector(data: bytes) -> None:
    assert all(isinstance(line.kind, LineKind) for line in detect(data.decode("latin-1")))


@needs_corpus
@pytest.mark.parametrize("symbol", symbols()[::7])
def test_what_was_found_and_is_left_as_it_is_makes_the_same_draft(symbol: str) -> None:
    source = pasted(symbol)
    found = read_lines(source)
    again = read_lines(source, [line.placing for line in found.lines])
    assert again.lines == found.lines
    assert again.draft() == read_pasted(source)


MISREAD = """\
Promoting rural water

The General Assembly,

Recalling its resolution 64/292 of 28 July 2010,

A right of everybody
1. Encourages Member States to measure the quality of water;
2. Requests:
the Secretary-General to report;
Page 1 of 2
all others to read the report.
"""


def test_a_line_that_was_misread_is_placed_otherwise() -> None:
    found = read_lines(MISREAD)
    by_text = {line.text: at for at, line in enumerate(found.lines)}
    placings = [line.placing for line in found.lines]
    placings[by_text["A right of everybody"]] = Placing(Place.JOINED)
    placings[by_text["the Secretary-General to report;"]] = Placing(Place.OPERATIVE, 2)
    placings[by_text["Page 1 of 2"]] = Placing(Place.OMITTED)
    placings[by_text["all others to read the report."]] = Placing(Place.OPERATIVE, 2)
    read = read_lines(MISREAD, placings)
    assert [(clause.label, clause.text) for clause in read.draft().clauses][2:] == [
        ("PP1", "Recalling its resolution 64/292 of 28 July 2010, A right of everybody"),
        ("OP1", "Encourages Member States to measure the quality of water;"),
        ("OP2", "Requests:"),
        ("OP2(a)", "the Secretary-General to report;"),
        ("OP2(b)", "all others to read the report."),
    ]
    assert [(line.number, line.label) for line in read.lines][-4:] == [
        (9, "OP2"),
        (10, "OP2(a)"),
        (11, ""),
        (12, "OP2(b)"),
    ]


def test_a_paragraph_without_a_number_can_be_made_operative_and_a_title_of_two_lines_one() -> None:
    source = "Rural\nwater\nThe General Assembly,\nRecalling it,\nRequests a report."
    places = (Place.TITLE, Place.TITLE, Place.OPENING, Place.PREAMBULAR, Place.OPERATIVE)
    draft = read_lines(source, [Placing(place) for place in places]).draft()
    assert draft.title == "Rural water"
    assert labels(draft) == ["Title", "Opening", "PP1", "OP1"]


@given(st.lists(st.tuples(st.sampled_from(Place), st.integers(1, 4)), min_size=8, max_size=8))
def test_whatever_the_places_reading_never_fails_but_with_a_sentence(places: list[tuple[Place, int]]) -> None:
    lines = MISREAD.strip().split("\n\n")
    source = "\n".join(lines).replace("Page 1 of 2\n", "")
    count = len([line for line in source.splitlines() if line.strip()])
    placings = [Placing(place, level) for place, level in (places * 2)[:count]]
    try:
        draft = read_lines(source, placings).draft()
    except Problem:
        return
    assert len(set(labels(draft))) == len(draft.clauses)
