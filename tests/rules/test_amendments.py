"""The life of an amendment: what its state allows, and that an outcome is final."""

import pytest

from app.problems import AmendmentSettled, AmendmentStillDraft
from app.rules.amendments import AmendmentAct, AmendmentStatus, may_happen
from tests.builders import amendment

OUTCOMES = [
    AmendmentStatus.ACCEPTED,
    AmendmentStatus.ACCEPTED_WITH_CHANGES,
    AmendmentStatus.REJECTED,
    AmendmentStatus.WITHDRAWN,
    AmendmentStatus.ABSORBED,
]


def test_an_amendment_is_a_draft_or_before_the_room_or_has_its_outcome() -> None:
    assert [status for status in AmendmentStatus if status.is_settled] == OUTCOMES


@pytest.mark.parametrize("act", AmendmentAct)
@pytest.mark.parametrize("outcome", OUTCOMES)
def test_nothing_happens_to_an_amendment_that_has_its_outcome(outcome: AmendmentStatus, act: AmendmentAct) -> None:
    with pytest.raises(AmendmentSettled) as refused:
        may_happen(12, outcome, act)
    assert refused.value.detail == (
        f"A12 is {outcome.value.replace('_', ' ')}; its outcome stands on the record. Propose a new amendment instead."
    )


@pytest.mark.parametrize("act", [AmendmentAct.COSPONSOR, AmendmentAct.DECIDE])
def test_others_do_nothing_to_a_draft(act: AmendmentAct) -> None:
    with pytest.raises(AmendmentStillDraft, match="A12 is a draft of its delegation"):
        may_happen(12, AmendmentStatus.DRAFT, act)


@pytest.mark.parametrize("act", [AmendmentAct.RESTATE, AmendmentAct.SUBMIT, AmendmentAct.WITHDRAW, AmendmentAct.ABSORB])
def test_a_draft_is_restated_submitted_withdrawn_or_absorbed(act: AmendmentAct) -> None:
    may_happen(12, AmendmentStatus.DRAFT, act)


@pytest.mark.parametrize("act", sorted(set(AmendmentAct) - {AmendmentAct.SHARE, AmendmentAct.SUBMIT}))
def test_an_amendment_before_the_room_is_restated_withdrawn_supported_or_decided(act: AmendmentAct) -> None:
    may_happen(12, AmendmentStatus.PROPOSED, act)


def test_an_amendment_is_called_by_its_number_and_is_before_the_room_once_proposed() -> None:
    proposed, draft = amendment(12, "ARG"), amendment(13, "ARG", status=AmendmentStatus.DRAFT)
    assert (proposed.name, proposed.is_before_the_room) == ("A12", True)
    assert (draft.name, draft.is_before_the_room) == ("A13", False)
