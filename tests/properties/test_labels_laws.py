"""The laws of labels."""

from hypothesis import given, settings
from hypothesis import strategies as st

from app.text.clauses import Clause, Kind
from app.text.labels import Label, Step, alternative_of, canonical, first_child, label_after, read_label, renumbered
from tests.effort import examples

clauses = st.lists(
    st.builds(Clause, kind=st.sampled_from(Kind), label=st.just(""), text=st.just(""), level=st.integers(1, 7)),
    max_size=60,
)
steps = st.builds(Step, number=st.integers(1, 400), ordinal=st.integers(1, 60), alternative=st.integers(0, 3))
nested = st.builds(
    Label,
    st.sampled_from([Kind.PREAMBULAR, Kind.OPERATIVE, Kind.PARAGRAPH]),
    st.lists(steps, min_size=1, max_size=6).map(tuple),
)
flat = st.builds(Label, st.sampled_from(Kind), st.tuples(steps))
labels = nested | flat


@settings(max_examples=examples(600))
@given(labels)
def test_a_label_reads_back_as_it_is_written(label: Label) -> None:
    assert read_label(str(label)) == label


@settings(max_examples=examples(600))
@given(
    labels.map(str)
    | st.text(max_size=20)
    | st.from_regex(r"(op|PP|Annex|h)[ -]?[0-9]{1,3}( ?(bis|ter|alt|21))? ?(\([a-z]{1,2}\))?")
)
def test_the_canonical_form_is_canonical(text: str) -> None:
    form = canonical(text)
    assert form is None or canonical(form) == form


@settings(max_examples=examples(600))
@given(clauses)
def test_renumbered_labels_are_unique_and_sort_as_the_text_does(draft: list[Clause]) -> None:
    given_out = renumbered(draft)
    assert len(set(given_out)) == len(draft)
    for kind in Kind:
        written = [label for label, clause in zip(given_out, draft, strict=True) if clause.kind is kind]
        read = [read_label(label) for label in written]
        assert [str(label) for label in sorted(read)] == written


@settings(max_examples=examples(300))
@given(nested, st.integers(1, 30))
def test_inserted_labels_sort_after_their_anchor_and_what_belongs_to_it(anchor: Label, count: int) -> None:
    text = [str(anchor), first_child(str(anchor)), alternative_of(str(anchor))]
    for _ in range(count):
        text.append(label_after(text[-1], text))
    text.append(str(following(anchor)))
    assert sorted(text, key=lambda label: read_label(label).sort_key) == text


def following(label: Label) -> Label:
    """The next paragraph of the same level."""
    return Label(label.kind, (*label.steps[:-1], Step(label.steps[-1].number + 1)))


@settings(max_examples=examples(600))
@given(labels, st.lists(st.integers(0, 5), max_size=12))
def test_an_inserted_paragraph_never_gets_a_label_that_is_taken(label: Label, places: list[int]) -> None:
    text = [str(label)]
    for place in places:
        inserted = label_after(text[place % len(text)], text)
        assert inserted not in text
        assert canonical(inserted) == inserted
        text.append(inserted)
