"""Joining the consensus except on named paragraphs: what it does to a paragraph's status, and how it is printed."""

import pytest

from app.rules.because import Fact
from app.rules.consensus import Status, must_have_no_objection, status_of
from app.rules.dissociations import printed
from app.rules.facts import ClauseFacts, Dissociation
from app.text.paragraph_names import in_words
from tests.builders import NOW, accepts, facts, objects, ruled_agreed, supports


def apart(delegation: str, name: str = "D1") -> Dissociation:
    return Dissociation(name, delegation, "Our law has no such notion.", NOW)


def status(known: ClauseFacts) -> Status:
    return status_of(known, NOW).status


def test_who_has_dissociated_itself_is_not_waited_for() -> None:
    joined = [supports("BRA"), accepts("FRA")]
    assert status(facts(positions=joined)) is Status.OPEN
    found = status_of(facts(positions=joined, dissociations=[apart("ARG")]), NOW)
    assert found.status is Status.EMERGING
    assert [fact.sentence for fact in found.because][-1] == (
        "ARG dissociates itself from it: “Our law has no such notion”."
    )
    assert found.because[-1].fact is Fact.DISSOCIATION


def test_who_has_dissociated_itself_is_not_held_to_the_objection_of_its_group() -> None:
    through = objects("ARG", via="G77")
    assert status(facts(positions=[through])) is Status.BRACKETED
    assert status(facts(positions=[through], dissociations=[apart("ARG")])) is not Status.BRACKETED
    must_have_no_objection(facts(positions=[through], dissociations=[apart("ARG")]), "A ruling")
    others = facts(positions=[through, objects("BRA", via="G77")], dissociations=[apart("ARG")])
    assert status(others) is Status.BRACKETED


def test_an_objection_that_it_takes_itself_afterwards_stands() -> None:
    assert status(facts(positions=[objects("ARG")], dissociations=[apart("ARG")])) is Status.BRACKETED


def test_a_dissociation_shows_on_an_agreed_paragraph_and_does_not_unsettle_it() -> None:
    found = status_of(facts(ruling=ruled_agreed(), dissociations=[apart("ARG")]), NOW)
    assert found.status is Status.AGREED
    assert [fact.fact for fact in found.because] == [Fact.RULED_AGREED, Fact.DISSOCIATION]


def test_a_text_from_which_everybody_dissociates_itself_is_not_ready() -> None:
    everybody = [apart(code) for code in ("ARG", "BRA", "FRA")]
    assert status(facts(dissociations=everybody)) is not Status.EMERGING


@pytest.mark.parametrize(
    ("labels", "words"),
    [
        (["OP4"], "operative paragraph 4"),
        (["OP4", "OP7"], "operative paragraphs 4 and 7"),
        (
            ["PP3", "OP4", "OP7(a)", "OP9(b)(ii)"],
            "preambular paragraph 3 and operative paragraphs 4, 7 (a) and 9 (b) (ii)",
        ),
        (["PP3 bis", "PP4"], "preambular paragraphs 3 bis and 4"),
        (["Title"], "the title"),
        (["Title", "PP1", "P2"], "the title, preambular paragraph 1 and paragraph 2"),
        (["Annex 1", "H2", "N1"], "annex 1, heading 2 and footnote 1"),
    ],
)
def test_paragraphs_are_named_in_words(labels: list[str], words: str) -> None:
    assert in_words(labels) == words


def test_a_dissociation_is_printed_as_a_sentence_and_not_at_all_without_a_paragraph() -> None:
    assert printed("Switzerland", ["OP4", "OP7"]) == "Switzerland dissociates itself from operative paragraphs 4 and 7."
    assert printed("Switzerland", []) == ""
