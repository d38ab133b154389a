"""Who may sponsor and until when, and how sponsors are printed."""

from datetime import date, datetime, timedelta

import pytest

from app.actions.states import known
from app.problems import CannotSponsor, InvalidInput, LastMainSponsor, SponsorsClosed, SponsorsFinal
from app.rules.positions import DelegationKind
from app.rules.sponsors import (
    OBSERVER_STATES,
    Sponsor,
    Window,
    additional,
    front_names,
    in_english_order,
    masthead,
    must_be_able_to_sponsor,
    printed,
    read_sponsor,
)
from app.rules.stages import NEGOTIATED, Stage
from tests.builders import NOW

EGYPT = Sponsor("Egypt", "Group of 77 and China")
EGYPT_PRINTED = (
    "Egypt (on behalf of the States Members of the United Nations that are members of the Group of 77 and China)"
)


def window(stage: Stage = Stage.WORKING_GROUP, until: datetime | None = None, adopted_on: date | None = None) -> Window:
    return Window(stage, until, adopted_on, NOW, NOW.date())


# --- how they are printed ---------------------------------------------------------------------------------------------


def test_a_state_that_speaks_for_a_group_is_printed_with_it() -> None:
    assert printed(EGYPT) == EGYPT_PRINTED
    assert read_sponsor(EGYPT_PRINTED) == EGYPT
    assert read_sponsor("Bolivia (Plurinational State of)") == Sponsor("Bolivia (Plurinational State of)")


def test_names_stand_in_english_alphabetical_order_in_which_accents_do_not_count() -> None:
    # The beginning of the additional sponsors of A/C.3/78/L.11, and Türkiye of its end.
    real = ("Costa Rica", "Côte d'Ivoire", "Croatia", "Cyprus", "Czechia", "Tunisia", "Türkiye", "Uganda")
    assert in_english_order(reversed(real)) == real


def test_the_head_of_the_document_names_those_who_table_it() -> None:
    assert masthead(["Spain", "France"]) == "France and Spain: draft resolution"
    assert masthead(["Mongolia"]) == "Mongolia: draft resolution"
    assert masthead([]) == ""
    assert additional(["Viet Nam", "Algeria", "Bolivia (Plurinational State of)"]) == (
        "Additional sponsors: Algeria, Bolivia (Plurinational State of) and Viet Nam"
    )
    assert additional([]) == ""


def test_a_name_that_came_with_the_draft_stays_whoever_joins_or_leaves() -> None:
    named = ("France", "The friends of the text")
    joined = front_names(named, [Sponsor("France")], [Sponsor("France"), Sponsor("Chile")])
    assert joined == ("Chile", "France", "The friends of the text")
    assert front_names(joined, [Sponsor("France"), Sponsor("Chile")], []) == ("The friends of the text",)


# --- who may --------------------------------------------------------------------------------------------------------


def test_member_states_sponsor_and_groups_and_organisations_do_not() -> None:
    must_be_able_to_sponsor("FRA", DelegationKind.STATE, "")
    with pytest.raises(CannotSponsor, match="through one of its members"):
        must_be_able_to_sponsor("G77", DelegationKind.GROUP, "")
    for kind in (DelegationKind.GROUP, DelegationKind.ORGANISATION):
        with pytest.raises(CannotSponsor):
            must_be_able_to_sponsor("ILO", kind, "resolution 52/250, annex, paragraph 6")


def test_an_observer_state_sponsors_only_by_a_right_that_is_named() -> None:
    with pytest.raises(CannotSponsor, match="52/250"):
        must_be_able_to_sponsor("PSE", DelegationKind.STATE, "")
    must_be_able_to_sponsor("PSE", DelegationKind.STATE, "resolution 52/250, annex, paragraph 6")
    must_be_able_to_sponsor("VAT", DelegationKind.STATE, "resolution 58/314, annex")
    with pytest.raises(InvalidInput, match="in its own right"):
        must_be_able_to_sponsor("FRA", DelegationKind.STATE, "resolution 52/250, annex, paragraph 6")


def test_the_observer_states_are_those_that_the_server_knows_as_such() -> None:
    assert set(known().observers) == OBSERVER_STATES


# --- until when -------------------------------------------------------------------------------------------------------


def test_states_join_until_the_deadline_and_without_one_until_the_adoption() -> None:
    window().must_admit("Chile", at_adoption=False)
    window(Stage.TABLED).must_admit("Chile", at_adoption=False)
    window(until=NOW + timedelta(seconds=1)).must_admit("Chile", at_adoption=False)
    with pytest.raises(SponsorsClosed, match="Chile is too late"):
        window(until=NOW).must_admit("Chile", at_adoption=False)


def test_who_is_announced_at_the_adoption_joins_after_the_deadline_and_on_the_day_of_the_adoption() -> None:
    window(Stage.TABLED, until=NOW).must_admit("Chile", at_adoption=True)
    window(Stage.ADOPTED, until=NOW, adopted_on=NOW.date()).must_admit("Chile", at_adoption=True)
    with pytest.raises(SponsorsFinal):
        window(Stage.ADOPTED, adopted_on=NOW.date()).must_admit("Chile", at_adoption=False)
    with pytest.raises(SponsorsFinal):
        window(Stage.ADOPTED, adopted_on=NOW.date() - timedelta(days=1)).must_admit("Chile", at_adoption=True)


@pytest.mark.parametrize("stage", sorted(NEGOTIATED))
def test_the_last_main_sponsor_may_leave_until_the_text_is_tabled(stage: Stage) -> None:
    window(stage).must_let_go("France", is_the_last_main_sponsor=True)
    window(Stage.TABLED).must_let_go("Chile", is_the_last_main_sponsor=False)
    with pytest.raises(LastMainSponsor, match="France is the last main sponsor"):
        window(Stage.TABLED).must_let_go("France", is_the_last_main_sponsor=True)
    with pytest.raises(SponsorsFinal):
        window(Stage.ADOPTED).must_let_go("Chile", is_the_last_main_sponsor=False)


def test_the_window_is_open_until_its_deadline() -> None:
    assert window().is_open
    assert window(until=NOW + timedelta(hours=1)).is_open
    assert not window(until=NOW).is_open
    assert not window(Stage.ADOPTED).is_open
