"""The laws of the document diff."""

from hypothesis import given, settings
from hypothesis import strategies as st

from app.text.clauses import Clause, Kind
from app.text.diff import is_changed
from app.text.document_diff import ChangeOp, compare, inverted, rebuild
from tests.effort import examples
from tests.properties.sentences import any_texts, texts

_PARAGRAPHS = (
    "Welcomes the report of the Secretary-General on cooperatives in social development;",
    "Encourages Member States to promote decent work, inclusive growth and social innovation;",
    "Requests the regional commissions to exchange good practices with financial institutions;",
    "Recalling its resolution 77/281 of 18 April 2023 on the social and solidarity economy,",
    "Annex",
    "Annex",
    "(a) The first of these;",
)
_EDITS = (("the", "their"), ("and", "or"), ("report", "note"), ("its", ""), ("of", "of all"))


@st.composite
def _edited(draw: st.DrawFn) -> tuple[list[str], list[str]]:
    """A text, and what became of it: paragraphs taken out, put in, moved, edited, split and joined."""
    old = draw(st.lists(st.sampled_from(_PARAGRAPHS) | texts, max_size=8))
    new = list(old)
    for _ in range(draw(st.integers(0, 4))):
        act, place, other = draw(st.tuples(st.integers(0, 5), st.integers(0, 8), st.integers(0, 8)))
        if act == 0 or place >= len(new):
            new.insert(place, draw(st.sampled_from(_PARAGRAPHS) | texts))
        elif act == 1:
            del new[place]
        elif act == 2:
            new.insert(other, new.pop(place))
        elif act == 3:
            new[place] = new[place].replace(*draw(st.sampled_from(_EDITS)))
        elif act == 4:
            words = new[place].split(" ")
            new[place : place + 1] = [" ".join(words[: len(words) // 2]), " ".join(words[len(words) // 2 :])]
        else:
            new[place : place + 2] = [" and ".join(new[place : place + 2])]
    return old, new


pairs = _edited() | st.tuples(st.lists(any_texts, max_size=6), st.lists(any_texts, max_size=6))
kinds = st.sampled_from([Kind.OPERATIVE, Kind.OPERATIVE, Kind.HEADING, Kind.TITLE])


@st.composite
def _documents(draw: st.DrawFn) -> tuple[list[Clause], list[Clause]]:
    """Two texts as clauses, with the keys of a negotiation, with none, or with some."""
    keys = draw(st.sampled_from(["", "c", "mixed"]))
    documents = []
    for document in draw(pairs):
        order = draw(st.permutations(range(len(document)))) if keys else range(len(document))
        documents.append(
            [
                Clause(draw(kinds), "", text, key="" if not keys or (keys == "mixed" and number % 2) else f"c{number}")
                for number, text in zip(order, document, strict=True)
            ]
        )
    return documents[0], documents[1]


documents = _documents()


def texts_of(clauses: list[Clause]) -> tuple[str, ...]:
    return tuple(clause.text for clause in clauses)


@settings(max_examples=examples(250), deadline=None)
@given(documents)
def test_the_new_text_is_rebuilt_from_the_old_one_and_the_changes(pair: tuple[list[Clause], list[Clause]]) -> None:
    old, new = pair
    assert rebuild(texts_of(old), compare(old, new)) == texts_of(new)


@settings(max_examples=examples(250), deadline=None)
@given(documents)
def test_the_way_back_between_two_texts_is_the_inverted_way_there(pair: tuple[list[Clause], list[Clause]]) -> None:
    old, new = pair
    changes = compare(old, new)
    assert compare(new, old) == inverted(changes)
    assert inverted(inverted(changes)) == changes
    assert rebuild(texts_of(new), inverted(changes)) == texts_of(old)


@settings(max_examples=examples(250), deadline=None)
@given(documents)
def test_every_paragraph_of_both_texts_is_found_in_one_change(pair: tuple[list[Clause], list[Clause]]) -> None:
    old, new = pair
    changes = compare(old, new)
    assert sorted(i for change in changes for i in change.old) == list(range(len(old)))
    assert sorted(j for change in changes for j in change.new) == list(range(len(new)))
    shapes = {
        ChangeOp.INSERTED: lambda old, new: (old, new) == (0, 1),
        ChangeOp.DELETED: lambda old, new: (old, new) == (1, 0),
        ChangeOp.SPLIT: lambda old, new: old == 1 < new,
        ChangeOp.MERGED: lambda old, new: new == 1 < old,
    }
    for change in changes:
        assert shapes.get(change.op, lambda old, new: (old, new) == (1, 1))(len(change.old), len(change.new))
        assert change.op is not ChangeOp.EQUAL or not is_changed(change.runs)
        assert change.op is not ChangeOp.CHANGED or is_changed(change.runs)


@settings(max_examples=examples(250), deadline=None)
@given(documents)
def test_changes_stand_in_the_order_of_the_new_text_and_what_stayed_in_that_of_the_old(
    pair: tuple[list[Clause], list[Clause]],
) -> None:
    changes = compare(*pair)
    places = [change.new[0] for change in changes if change.new]
    assert places == sorted(places)
    stayed = [change.old[0] for change in changes if change.op in (ChangeOp.EQUAL, ChangeOp.CHANGED)]
    assert stayed == sorted(stayed)


@settings(max_examples=examples(200), deadline=None)
@given(documents)
def test_a_text_compared_with_itself_is_equal_throughout(pair: tuple[list[Clause], list[Clause]]) -> None:
    text, _ = pair
    if len({clause.key for clause in text if clause.key}) == sum(bool(clause.key) for clause in text):
        assert all(change.op is ChangeOp.EQUAL for change in compare(text, text))
