"""Two changes of one text, brought together."""

import pytest

from app.text.diff import diff
from app.text.merge import Absorbed, Clean, Conflict, Dispute, Merge, merge, rebase
from app.text.tokens import tokens
from tests.corpus import needs_corpus, resolution_lines

BASE = "Encourages Member States to promote sustainable growth, decent work and social inclusion;"


def test_changes_of_different_words_both_apply() -> None:
    ours = BASE.replace("Encourages", "Invites")
    theirs = BASE.replace("decent work", "full employment")
    assert merge(BASE, ours, theirs) == Merge(
        "Invites Member States to promote sustainable growth, full employment and social inclusion;"
    )


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "merged"),
    [
        # side by side
        ("a b c d", "a x c d", "a b y d", "a x y d"),
        ("growth, jobs", "income, jobs", "growth; jobs", "income; jobs"),
        # an edit beside a deletion, on either side of it
        ("a b c d", "a c d", "a b x d", "a x d"),
        ("a b c d", "a b d", "a x c d", "a x d"),
        ("a b c d", "a c d", "a b x c d", "a x c d"),
        ("a b c d", "a c d", "a x b c d", "a x c d"),
        # an insertion beside a replacement of word by word
        ("promote growth", "foster growth", "promote inclusive growth", "foster inclusive growth"),
        # both delete, each something else, or partly the same
        ("one two three.", "one two.", "one three.", "one."),
        ("a b c d e", "a d e", "a b e", "a e"),
        ("women, men, youth.", "women, youth.", "women, men.", "women."),
        ("women, men, youth.", "women, youth.", "men, youth.", "youth."),
        # items of a list
        (
            "women, men and youth",
            "women, girls, men and youth",
            "women, men, boys and youth",
            "women, girls, men, boys and youth",
        ),
        ("a, b, c", "a, c", "a, b, x, c", "a, x, c"),
        # the beginning and the end
        ("one two", "two", "zero one two", "zero two"),
        ("end.", "the end.", "end. More.", "the end. More."),
        ("(a b c)", "(b c)", "(a c)", "(c)"),
        # white space alone
        ("a  b c", "a b c", "a  b x", "a b x"),
        ("a  b c", "a b c", "a  x c", "a x c"),
        ("a  b", "a b", "a  x b", "a x b"),
        ("大会欢迎报告", "大会注意到报告", "大会欢迎报告，", "大会注意到报告，"),
    ],
)
def test_what_can_be_placed_without_a_guess_is_merged(base: str, ours: str, theirs: str, merged: str) -> None:
    assert merge(base, ours, theirs) == Merge(merged)
    assert merge(base, theirs, ours) == Merge(merged)


def test_the_same_change_twice_is_one_change() -> None:
    changed = BASE.replace("sustainable", "inclusive and sustainable").replace(", decent work", "")
    assert merge(BASE, changed, changed) == Merge(changed)
    also = changed.replace("Encourages", "Invites")
    assert merge(BASE, changed, also) == Merge(also)


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "dispute"),
    [
        # two insertions at one point: a tie
        ("a b", "a x b", "a y b", Dispute(2, 2, "", "x ", "y ")),
        ("a b.", "a b c.", "a b d.", Dispute(3, 3, "", " c", " d")),
        ("women, youth", "women, men, youth", "women, girls, youth", Dispute(3, 3, "", "men, ", "girls, ")),
        # the same words changed in two ways
        ("promote growth", "foster growth", "ensure growth", Dispute(0, 1, "promote", "foster", "ensure")),
        ("a b c d e", "a x y d e", "a b z d e", Dispute(2, 5, "b c", "x y", "b z")),
        # deleted here, changed there
        ("a b c d", "a d", "a b x d", Dispute(2, 6, "b c ", "", "b x ")),
        ("a b c d", "a d", "a b x c d", Dispute(2, 6, "b c ", "", "b x c ")),
        # an insertion beside a replacement that inserts as well, or says the same
        (
            "growth",
            "development and jobs",
            "growth and jobs",
            Dispute(0, 1, "growth", "development and jobs", "growth and jobs"),
        ),
        # which of two equal words is meant?
        ("very very good", "very good", "very really good", Dispute(2, 4, "very ", "", "really ")),
        # white space alone
        ("a  b", "a b", "a   b", Dispute(1, 2, "  ", " ", "   ")),
        ("", "x", "y", Dispute(0, 0, "", "x", "y")),
    ],
)
def test_what_would_need_a_guess_is_a_conflict_that_keeps_the_base(
    base: str, ours: str, theirs: str, dispute: Dispute
) -> None:
    assert merge(base, ours, theirs) == Merge(base, (dispute,))


def test_beside_a_conflict_the_rest_applies() -> None:
    ours = BASE.replace("promote", "foster").replace("Encourages", "Invites")
    theirs = BASE.replace("promote", "ensure").replace("social inclusion", "inclusion")
    merged = merge(BASE, ours, theirs)
    assert merged.text == "Invites Member States to promote sustainable growth, decent work and inclusion;"
    (dispute,) = merged.conflicts
    assert (dispute.base, dispute.ours, dispute.theirs) == ("promote", "foster", "ensure")
    assert "".join(tokens(BASE)[dispute.start : dispute.end]) == "promote"


def test_a_conflict_names_its_sides_the_other_way_round_when_they_change_places() -> None:
    first, second = merge("a b", "a x b", "a y b"), merge("a b", "a y b", "a x b")
    assert first.text == second.text
    assert (first.conflicts[0].ours, first.conflicts[0].theirs) == (
        second.conflicts[0].theirs,
        second.conflicts[0].ours,
    )


def test_a_proposal_is_carried_over_to_a_text_that_changed_elsewhere() -> None:
    proposal = BASE.replace("sustainable growth", "inclusive and sustainable growth")
    current = BASE.replace("Encourages", "Invites")
    assert rebase(proposal, BASE, current) == Clean(
        "Invites Member States to promote inclusive and sustainable growth, decent work and social inclusion;"
    )
    assert rebase(proposal, BASE, BASE) == Clean(proposal)


def test_a_proposal_that_the_text_says_already_is_absorbed() -> None:
    proposal = BASE.replace("Encourages", "Invites")
    assert rebase(proposal, BASE, proposal) == Absorbed()
    assert rebase(proposal, BASE, proposal.replace("decent work", "employment")) == Absorbed()
    assert rebase(BASE, BASE, proposal) == Absorbed()


def test_a_proposal_for_words_that_changed_meanwhile_is_a_conflict() -> None:
    proposal, current = BASE.replace("promote", "foster"), BASE.replace("promote", "ensure")
    assert rebase(proposal, BASE, current) == Conflict((Dispute(8, 9, "promote", "foster", "ensure"),))


def test_two_rewritten_texts_of_five_thousand_words_are_merged_in_bounded_time() -> None:
    base = " ".join(f"w{number % 700}" for number in range(5000))
    ours = " ".join(f"w{number % 700}" if number % 2 else f"x{number}" for number in range(5000))
    theirs = " ".join(f"w{number % 700}" if number % 3 else f"y{number}" for number in range(5000))
    assert len(merge(base, ours, theirs).conflicts) == 834


@needs_corpus
def test_a_real_paragraph_changed_in_two_places_gets_both_changes() -> None:
    for line in resolution_lines("A_RES_79_213"):
        text = " ".join(line["text"].split())
        places = [number for number, token in enumerate(tokens(text)) if token.isalpha()]
        if line["type"] != "paragraph" or len(places) < 8:
            continue
        early, late = places[1], places[-2]
        ours, theirs, both = (list(tokens(text)) for _ in range(3))
        ours[early] = both[early] = "firmly"
        theirs[late] = both[late] = "everywhere"
        assert merge(text, "".join(ours), "".join(theirs)).text == "".join(both)
        assert len(diff(text, "".join(both))) >= 6
