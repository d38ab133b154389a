"""The laws of the three-way merge."""

from collections import Counter
from dataclasses import dataclass

from hypothesis import given, settings
from hypothesis import strategies as st

from app.text.merge import Absorbed, Clean, Conflict, merge, rebase
from app.text.tokens import tokens
from tests.effort import examples
from tests.properties.sentences import any_texts, negotiated
from tests.yardstick import words

triples = negotiated | st.tuples(any_texts, any_texts, any_texts)

KEEP, REPLACE, DELETE, INSERT_AFTER = "keep", "replace", "delete", "insert after"


@dataclass(frozen=True)
class Changes:
    """What each side does to each word of a base in which every word is another: an act and who does it."""

    acts: list[tuple[str, str]]

    @property
    def base(self) -> str:
        return self.by("")

    def by(self, *sides: str) -> str:
        """The text after the acts of these sides. The words that a side brings carry its name."""
        written = []
        for number, (act, side) in enumerate(self.acts):
            word = f"word{number}"
            if side not in sides:
                act = KEEP
            if act in (KEEP, INSERT_AFTER):
                written.append(word)
            if act in (REPLACE, INSERT_AFTER):
                written.append(f"{side}{number}")
        return " ".join(written)


acts = st.tuples(st.sampled_from([KEEP, REPLACE, DELETE, INSERT_AFTER]), st.sampled_from(["ours", "theirs"]))
changes = st.lists(acts, max_size=16).map(Changes)
both_acts = st.tuples(*(st.sampled_from([KEEP, KEEP, REPLACE, DELETE, INSERT_AFTER]) for _ in range(2)))


@settings(max_examples=examples(600))
@given(changes)
def test_changes_of_different_words_both_apply(change: Changes) -> None:
    merged = merge(change.base, change.by("ours"), change.by("theirs"))
    assert merged.conflicts == ()
    assert merged.text == change.by("ours", "theirs")


@settings(max_examples=examples(300))
@given(triples)
def test_a_merge_is_symmetric(triple: tuple[str, str, str]) -> None:
    base, ours, theirs = triple
    one, other = merge(base, ours, theirs), merge(base, theirs, ours)
    assert one.text == other.text
    named = [(dispute.start, dispute.end, dispute.base, dispute.ours, dispute.theirs) for dispute in one.conflicts]
    turned = [(dispute.start, dispute.end, dispute.base, dispute.theirs, dispute.ours) for dispute in other.conflicts]
    assert named == turned


@settings(max_examples=examples(600))
@given(triples)
def test_the_same_change_twice_is_one_change_and_no_change_gives_way(triple: tuple[str, str, str]) -> None:
    base, ours, theirs = triple
    for one, other, expected in ((ours, ours, ours), (base, theirs, theirs), (ours, base, ours)):
        merged = merge(base, one, other)
        assert (merged.text, merged.conflicts) == (expected, ())


@settings(max_examples=examples(200))
@given(triples)
def test_a_merged_text_merged_again_says_nothing_new(triple: tuple[str, str, str]) -> None:
    base, ours, theirs = triple
    merged = merge(base, ours, theirs)
    if not merged.conflicts:
        assert merge(base, merged.text, merged.text).text == merged.text
        assert isinstance(rebase(merged.text, base, merged.text), Absorbed)


@settings(max_examples=examples(300))
@given(triples)
def test_a_dispute_is_a_run_of_the_base_apart_from_others(triple: tuple[str, str, str]) -> None:
    base, ours, theirs = triple
    place = 0
    for dispute in merge(base, ours, theirs).conflicts:
        assert place <= dispute.start <= dispute.end
        assert "".join(tokens(base)[dispute.start : dispute.end]) == dispute.base
        assert dispute.ours != dispute.theirs
        place = dispute.end


@settings(max_examples=examples(300))
@given(triples)
def test_a_merge_brings_no_double_space_that_was_not_there(triple: tuple[str, str, str]) -> None:
    base, ours, theirs = (" ".join(text.split()) for text in triple)
    merged = merge(base, ours, theirs)
    assert merged.conflicts or merged.text == " ".join(merged.text.split())


@settings(max_examples=examples(600))
@given(st.lists(both_acts, max_size=14))
def test_every_word_of_base_and_proposals_is_found_exactly_once(acts_of_both: list[tuple[str, str]]) -> None:
    ours = Changes([(act, "ours") for act, _ in acts_of_both])
    theirs = Changes([(act, "theirs") for _, act in acts_of_both])
    base, our_text, their_text = ours.base, ours.by("ours"), theirs.by("theirs")
    merged = merge(base, our_text, their_text)
    disputed = Counter[str]()
    found = Counter(words(merged.text))
    for dispute in merged.conflicts:
        disputed.update({*words(dispute.base), *words(dispute.ours), *words(dispute.theirs)})
        found.subtract(words(dispute.base))  # the text keeps the base there: counted among the disputed
    found += disputed
    in_all = set(words(base)) & set(words(our_text)) & set(words(their_text))
    brought = (set(words(our_text)) | set(words(their_text))) - set(words(base))
    assert all(found[word] == 1 for word in in_all | brought)
    assert all(count == 1 for count in found.values())
    for word in set(words(base)) - in_all - set(disputed):
        assert word not in words(merged.text)  # a side deleted it, and nobody disputes that


@settings(max_examples=examples(200))
@given(triples)
def test_rebase_says_what_merge_says(triple: tuple[str, str, str]) -> None:
    base, proposal, current = triple
    merged = merge(base, proposal, current)
    match rebase(proposal, base, current):
        case Clean(text):
            assert (text, ()) == (merged.text, merged.conflicts)
        case Absorbed():
            assert merged.text == current
            assert not merged.conflicts
        case Conflict(runs):
            assert runs == merged.conflicts
            assert runs
