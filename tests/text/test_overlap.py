"""Which open proposals touch the same words."""

import pytest

from app.text.compilation import Proposal
from app.text.overlap import Rivals, Stake, Wording, rivals
from app.text.tokens import tokens

BASE = "Encourages Member States to promote sustainable growth, decent work and social inclusion;"


def proposals(*texts: str | None) -> list[Proposal]:
    return [Proposal(f"A{number}", ("EU",), text) for number, text in enumerate(texts, 1)]


def test_proposals_that_change_the_same_words_are_rivals_with_these_words_at_stake() -> None:
    table = proposals(BASE.replace("promote", "foster"), BASE.replace("promote", "ensure"))
    place = tokens(BASE).index("promote")
    stake = Stake(place, place + 1, "promote", (Wording(("A1",), "foster"), Wording(("A2",), "ensure")))
    assert rivals(BASE, table) == (Rivals((("A1",), ("A2",)), (stake,)),)


def test_identical_proposals_are_one_side_and_no_rivals_of_each_other() -> None:
    foster, ensure = BASE.replace("promote", "foster"), BASE.replace("promote", "ensure")
    assert rivals(BASE, proposals(foster, foster)) == ()
    (group,) = rivals(BASE, proposals(foster, ensure, foster))
    assert group.sides == (("A1", "A3"), ("A2",))
    assert group.stakes[0].wordings == (Wording(("A1", "A3"), "foster"), Wording(("A2",), "ensure"))


def test_proposals_on_different_words_are_no_rivals() -> None:
    assert rivals(BASE, proposals(BASE.replace("promote", "foster"), BASE.replace("decent", "productive"), BASE)) == ()


def test_the_same_edit_in_two_proposals_is_no_rivalry() -> None:
    foster = BASE.replace("promote", "foster")
    assert rivals(BASE, proposals(foster, foster.replace("social ", ""))) == ()


def test_two_insertions_at_one_point_are_rivals_for_that_point() -> None:
    table = proposals(BASE.replace("growth,", "growth, jobs,"), BASE.replace("growth,", "growth, income,"))
    (group,) = rivals(BASE, table)
    (stake,) = group.stakes
    assert (stake.start, stake.words) == (stake.end, "")
    assert [wording.names for wording in stake.wordings] == [("A1",), ("A2",)]


def test_deletions_are_rivals_where_they_share_a_word_and_not_side_by_side() -> None:
    base = "one two three four"
    (group,) = rivals(base, proposals("one four", "one two"))
    assert [(stake.words, [w.text for w in stake.wordings]) for stake in group.stakes] == [
        ("two three four", ["four", "two"])
    ]
    assert rivals(base, proposals("one three four", "one two four")) == ()


def test_a_deletion_of_the_paragraph_is_a_rival_of_whoever_changes_a_word_of_it() -> None:
    (group,) = rivals(BASE, proposals(None, BASE.replace("promote", "foster"), BASE, None))
    assert group.sides == (("A1", "A4"), ("A2",))
    (stake,) = group.stakes
    assert (stake.words, stake.wordings[1]) == ("promote", Wording(("A2",), "foster"))


def test_white_space_changed_in_two_ways_is_a_rivalry() -> None:
    (group,) = rivals("a  b", proposals("a b", "a   b"))
    assert group.stakes == (Stake(1, 2, "  ", (Wording(("A1",), " "), Wording(("A2",), "   "))),)


def test_rivals_of_one_proposal_are_in_one_group_and_others_in_their_own() -> None:
    table = proposals(
        BASE.replace("promote", "foster"),
        BASE.replace("promote", "ensure").replace("decent", "productive"),
        BASE.replace("decent", "dignified"),
        BASE.replace("Encourages", "Invites"),
        BASE.replace("Encourages", "Urges"),
    )
    assert [group.sides for group in rivals(BASE, table)] == [(("A1",), ("A2",), ("A3",)), (("A4",), ("A5",))]
    assert [stake.words for stake in rivals(BASE, table)[0].stakes] == ["promote", "decent"]


@pytest.mark.parametrize("base", ["", "x", "the the the"])
def test_no_proposals_are_no_rivals(base: str) -> None:
    assert rivals(base, []) == ()
