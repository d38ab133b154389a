"""The stages of a text: the order, and what may be done at each; every verb, at every stage."""

import pytest

from app.problems import (
    NotTabled,
    ReasonRequired,
    StageAlreadyReached,
    StageByItsOwnAct,
    TabledTooEarly,
    TextAdopted,
    TextTabled,
)
from app.rules.permissions import SCOPE_VERBS, VERBS, Role, Scope
from app.rules.stages import NEGOTIATED, ORDER, PERMITTED, Stage, must_be_possible, must_lead_to

# Written a second time, for reading. Zero draft, Working group, Permanent representations, Tabled, Adopted.
TABLE = """
    negotiation.create    Z - - - -
    negotiation.arrange   Z W P T A
    delegation.invite     Z W P T A
    seat.assign           Z W P T A
    invitation.send       Z W P T A
    invitation.revoke     Z W P T A
    invitation.accept     Z W P T A
    meeting.hold          Z W P T A
    meeting.note          Z W P T A
    comment.write         Z W P T A
    comment.retract       Z W P T A
    reading.open          Z W P - -
    reading.close         Z W P - -
    translation.write     Z W P T A
    translation.confirm   Z W P T A
    revision.publish      Z W P - -
    clause.edit           Z W P - -
    clause.rule           Z W P - -
    clause.reopen         Z W P - -
    amendment.propose     Z W P - -
    amendment.restate     Z W P - -
    amendment.share       Z W P - -
    amendment.submit      Z W P - -
    amendment.reintroduce Z W P - -
    amendment.cosponsor   Z W P - -
    amendment.decide      Z W P - -
    amendment.decide_together Z W P - -
    amendment.rehearse    Z W P - -
    amendment.withdraw    Z W P T -
    silence.open          Z W P - -
    silence.extend        Z W P - -
    silence.break         Z W P - -
    position.take         Z W P T -
    position.withdraw     Z W P T -
    stage.advance         Z W P - -
    text.table            - W P - -
    digest.mark           Z W P T A
    sponsor.join          Z W P T A
    sponsor.leave         Z W P T A
    sponsor.record        Z W P T A
    outreach.note         Z W P T A
    outreach.retract      Z W P T A
    text.revise_orally    - - - T -
    text.adopt            - - - T -
    vote.request          - - - T -
    vote.record           - - - T -
    vote.correct          - - - T A
    explanation.give      - - - T A
    dissociation.declare  Z W P T A
    dissociation.withdraw Z W P T A
    webhook.add           Z W P T A
    webhook.remove        Z W P T A
    webhook.pause         Z W P T A
    webhook.resume        Z W P T A
    webhook.ping          Z W P T A
"""
STATED = {
    verb: {stage for stage, mark in zip(ORDER, marks, strict=True) if mark != "-"}
    for verb, *marks in map(str.split, TABLE.strip().splitlines())
}
ON_THE_SERVER = {verb for verb, roles in VERBS.items() if roles == {Role.ADMINISTRATOR}} | {
    verb for verb, roles in VERBS.items() if Role.ADMINISTRATOR in roles
}
WRITING = set(VERBS) - ON_THE_SERVER - SCOPE_VERBS[Scope.READ] | {"negotiation.create", "invitation.accept"}


def test_every_verb_that_writes_in_a_negotiation_says_at_which_stages_it_may_be_done() -> None:
    assert set(PERMITTED) == WRITING, "give the verb a row in app/rules/stages.py PERMITTED, and in the table above"
    assert set(STATED) == WRITING


@pytest.mark.parametrize("stage", Stage)
@pytest.mark.parametrize("verb", sorted(STATED))
def test_a_verb_may_be_done_at_its_stages_and_is_refused_at_others_with_what_to_do(verb: str, stage: Stage) -> None:
    if stage in STATED[verb]:
        must_be_possible(verb, stage, "A/77/L.60")
        return
    with pytest.raises((TextAdopted, TextTabled, NotTabled, TabledTooEarly)) as refused:
        must_be_possible(verb, stage, "A/77/L.60")
    assert refused.value.status == 409
    if stage in (Stage.TABLED, Stage.ADOPTED):
        assert "A/77/L.60" in refused.value.detail
    assert isinstance(refused.value, TextAdopted) == (stage is Stage.ADOPTED)
    assert isinstance(refused.value, TextTabled) == (stage is Stage.TABLED)


def test_a_verb_that_is_not_in_the_table_is_denied_at_every_stage() -> None:
    for stage in Stage:
        with pytest.raises(KeyError):
            must_be_possible("clause.burn", stage)


def test_nothing_that_changes_the_text_is_possible_once_it_is_adopted() -> None:
    changing = ("clause.", "amendment.", "position.", "silence.", "revision.", "text.", "stage.")
    for verb, stages in PERMITTED.items():
        assert Stage.ADOPTED not in stages or not verb.startswith(changing), verb


@pytest.mark.parametrize("here", Stage)
@pytest.mark.parametrize("there", Stage)
@pytest.mark.parametrize("reason", ["", "  ", "New York has questions."])
def test_a_text_goes_on_freely_and_back_with_a_reason(here: Stage, there: Stage, reason: str) -> None:
    if there not in NEGOTIATED:
        with pytest.raises(StageByItsOwnAct, match=r"POST \.\.\./(tabling|adoption)"):
            must_lead_to(here, there, reason)
    elif here is there:
        with pytest.raises(StageAlreadyReached):
            must_lead_to(here, there, reason)
    elif ORDER.index(there) < ORDER.index(here) and not reason.strip():
        with pytest.raises(ReasonRequired):
            must_lead_to(here, there, reason)
    else:
        must_lead_to(here, there, reason)
