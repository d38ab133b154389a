"""The laws of sponsors: names read back as they are printed, the front matter loses nobody; and those of outreach."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from app.rules.outreach import ON_THE_WAY, Facts, Noted, Step, present_step
from app.rules.sponsors import Sponsor, front_names, in_english_order, printed, read_sponsor

NAMES = ["France", "Spain", "Côte d'Ivoire", "Bolivia (Plurinational State of)", "Türkiye", "Congo", "Egypt"]
GROUPS = ["", "", "Group of 77 and China", "European Union", "Canada, Australia and New Zealand"]
sponsors = st.builds(Sponsor, st.sampled_from(NAMES), st.sampled_from(GROUPS))
lists = st.lists(sponsors, max_size=8, unique_by=lambda sponsor: sponsor.name)
strangers = st.lists(st.sampled_from(["Atlantis", "Friends of the text", "Utopia"]), max_size=3, unique=True)

days = st.dates(date(2023, 1, 1), date(2023, 1, 20))
steps = st.sampled_from([step for step in Step if step is not Step.NOT_CONTACTED])
notes = st.lists(st.tuples(days, steps), max_size=8).map(
    lambda taken: [Noted(number, day, step) for number, (day, step) in enumerate(taken, start=1)]
)
facts = st.builds(Facts, st.none() | days, st.none() | days, st.none() | days)


@given(sponsors)
def test_a_sponsor_reads_back_as_it_is_printed(sponsor: Sponsor) -> None:
    assert read_sponsor(printed(sponsor)) == sponsor


@given(strangers, lists, lists)
def test_the_front_matter_names_the_sponsors_and_keeps_whom_it_does_not_know(
    named: list[str], before: list[Sponsor], after: list[Sponsor]
) -> None:
    front = in_english_order([*named, *map(printed, before)])
    assert set(front_names(front, before, after)) == {*named, *map(printed, after)}


@given(strangers, lists, lists)
def test_joining_and_leaving_again_leaves_the_front_matter_as_it_was(
    named: list[str], before: list[Sponsor], after: list[Sponsor]
) -> None:
    front = in_english_order([*named, *map(printed, before)])
    assert front_names(front_names(front, before, after), after, before) == front


@given(st.lists(st.text(max_size=8)))
def test_the_order_of_names_does_not_depend_on_the_order_of_joining(names: list[str]) -> None:
    assert in_english_order(names) == in_english_order(reversed(names))


@given(notes.flatmap(lambda taken: st.tuples(st.just(taken), st.permutations(taken))), facts)
def test_the_step_of_a_state_does_not_depend_on_the_order_in_which_notes_are_read(
    orders: tuple[list[Noted], list[Noted]], known: Facts
) -> None:
    assert present_step(orders[0], known) == present_step(orders[1], known)


@given(notes, facts, days, st.sampled_from(ON_THE_WAY[1:]))
def test_a_further_note_never_takes_a_state_back(taken: list[Noted], known: Facts, day: date, step: Step) -> None:
    before = present_step(taken, known).step
    after = present_step([*taken, Noted(len(taken) + 1, day, step)], known).step
    if before is Step.DECLINED or after is Step.DECLINED:
        return  # a word that ends the way, or one that opens it again
    assert ON_THE_WAY.index(after) >= ON_THE_WAY.index(before)


@given(notes, facts)
def test_who_sponsors_is_a_cosponsor(taken: list[Noted], known: Facts) -> None:
    if known.sponsors_since is not None:
        assert present_step(taken, known).step is Step.COSPONSOR
