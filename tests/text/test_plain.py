"""The consolidated text as one would paste it from an official document."""

from app.text.clauses import Clause, Draft, FrontMatter, Kind
from app.text.plain import plain


def test_a_resolution_is_printed_in_the_order_of_an_official_document() -> None:
    draft = Draft(
        FrontMatter(
            symbol="A/RES/79/213",
            session="Seventy-ninth session",
            agenda_item="18 (k)",
            masthead=("Resolution adopted by the General Assembly on 19 December 2024",),
            closing=("54th plenary meeting", "19 December 2024"),
        ),
        (
            Clause(Kind.TITLE, "Title", "Promoting cooperation"),
            Clause(Kind.OPENING, "Opening", "The General Assembly,"),
            Clause(Kind.PREAMBULAR, "PP1", "Recalling its resolution,[^1]"),
            Clause(Kind.HEADING, "H1", "Follow-up"),
            Clause(Kind.OPERATIVE, "OP1", "Encourages all:"),
            Clause(Kind.OPERATIVE, "OP1(a)", "To meet:", 2),
            Clause(Kind.OPERATIVE, "OP1(a)(i)", "Early;", 3),
            Clause(Kind.OPERATIVE, "OP1 bis", "Decides to meet."),
            Clause(Kind.ANNEX, "Annex 1", "Terms of reference"),
            Clause(Kind.PARAGRAPH, "P1", "The group meets."),
            Clause(Kind.FOOTNOTE, "N1", "Resolution 70/1."),
        ),
    )
    assert plain(draft).splitlines() == [
        "Seventy-ninth session",
        "Agenda item 18 (k)",
        "Resolution adopted by the General Assembly on 19 December 2024",
        "79/213.\tPromoting cooperation",
        "The General Assembly,",
        "Recalling its resolution,¹",
        "Follow-up",
        "1. Encourages all:",
        "(a) To meet:",
        "(i) Early;",
        "1 bis. Decides to meet.",
        "54th plenary meeting",
        "19 December 2024",
        "Annex",
        "Terms of reference",
        "The group meets.",
        "¹ Resolution 70/1.",
    ]


def test_a_draft_that_is_not_adopted_has_no_number_before_its_title() -> None:
    title = (Clause(Kind.TITLE, "Title", "Promoting cooperation"),)
    assert plain(Draft(FrontMatter(symbol="A/77/L.60"), title)) == "Promoting cooperation\n"
    assert plain(Draft(FrontMatter(), title)) == "Promoting cooperation\n"


def test_the_security_council_has_the_title_above_the_masthead() -> None:
    front = FrontMatter(symbol="S/RES/1674 (2006)", masthead=("Adopted by the Security Council on 28 April 2006",))
    printed = plain(Draft(front, (Clause(Kind.TITLE, "Title", "Resolution 1674 (2006)"),)))
    assert printed.splitlines() == ["Resolution 1674 (2006)", "Adopted by the Security Council on 28 April 2006"]


def test_each_part_with_a_preamble_of_its_own_is_numbered_by_itself() -> None:
    clauses = (
        Clause(Kind.OPERATIVE, "OP1", "Notes a;"),
        Clause(Kind.OPERATIVE, "OP2", "Notes b."),
        Clause(Kind.HEADING, "H1", "B"),
        Clause(Kind.PREAMBULAR, "PP1", "Recalling c,"),
        Clause(Kind.OPERATIVE, "OP3", "Notes d."),
    )
    assert plain(Draft(clauses=clauses)).splitlines()[-1] == "1. Notes d."


def test_several_annexes_carry_roman_numbers() -> None:
    clauses = (Clause(Kind.ANNEX, "Annex 1", "Declaration"), Clause(Kind.ANNEX, "Annex 2", "Framework"))
    assert plain(Draft(clauses=clauses)) == "Annex I\nDeclaration\nAnnex II\nFramework\n"


def test_an_empty_draft_is_an_empty_text() -> None:
    assert plain(Draft()) == ""
