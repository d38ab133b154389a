"""Who may do what: the whole table, the scopes of tokens, voices, and who sees a negotiation."""

import pytest

from app.problems import NotPermitted, NoVoice, ScopeTooNarrow
from app.rules.permissions import SCOPE_VERBS, VERBS, Role, Scope, Seat, Visibility, may_see

# Written a second time, for reading: a change of who may do what has to be made on purpose, in two places.
# Administrator, Secretariat, Penholder, Delegate, Observer, Reader.
TABLE = """
    negotiation.create    A - - - - -
    delegation.add        A - - - - -
    group.join            A - - - - -
    group.leave           A - - - - -
    person.list           A - - - - -
    person.close          A - - - - -
    person.reopen         A - - - - -
    password.link         A - - - - -
    password.look         A S P D O R
    password.choose       A S P D O R
    negotiation.list      A S P D O R
    delegation.list       A S P D O R
    account.read          A S P D O R
    account.choose_mail   A S P D O R
    token.list            A S P D O R
    token.issue           A S P D O R
    token.revoke          A S P D O R
    invitation.look       A S P D O R
    invitation.accept     A S P D O R
    library.read          A S P D O R
    library.import        A - - - - -
    negotiation.read      - S P D O R
    text.export           - S P D O R
    record.read           - S P D O R
    record.verify         - S P D O R
    meeting.read          - S P D O R
    meeting.hold          - S P - - -
    meeting.note          - S P - - -
    digest.read           - S P D O R
    digest.mark           - S P D O R
    negotiation.arrange   - S P - - -
    delegation.invite     - S P - - -
    seat.read             - S P - - -
    seat.assign           - S P - - -
    reading.open          - S P - - -
    reading.close         - S P - - -
    webhook.list          - S P - - -
    webhook.add           - S P - - -
    webhook.remove        - S P - - -
    webhook.pause         - S P - - -
    webhook.resume        - S P - - -
    webhook.ping          - S P - - -
    invitation.list       - S P - - -
    invitation.send       - S P - - -
    invitation.revoke     - S P - - -
    revision.publish      - S P - - -
    clause.edit           - S P - - -
    clause.rule           - S P - - -
    clause.reopen         - S P - - -
    translation.write     - S P - - -
    translation.confirm   - S P - - -
    amendment.propose     - - P D - -
    amendment.restate     - - P D - -
    amendment.share       - - P D - -
    amendment.submit      - - P D - -
    amendment.withdraw    - - P D - -
    amendment.reintroduce - - P D - -
    amendment.cosponsor   - - P D - -
    amendment.decide      - S P - - -
    amendment.decide_together - S P - - -
    amendment.rehearse    - S P D O R
    position.take         - - P D O -
    position.withdraw     - - P D O -
    comment.write         - S P D O -
    comment.retract       - S P D O -
    sponsor.join          - - P D - -
    sponsor.leave         - - P D - -
    sponsor.record        - S P - - -
    outreach.read         - S P - - -
    outreach.note         - S P - - -
    outreach.retract      - S P - - -
    silence.open          - S P - - -
    silence.extend        - S P - - -
    silence.break         - - P D - -
    stage.advance         - S P - - -
    text.table            - S P - - -
    text.revise_orally    - S P - - -
    text.adopt            - S P - - -
    vote.request          - S P D - -
    vote.record           - S P - - -
    vote.correct          - S P D - -
    explanation.give      - S P D O -
    dissociation.declare  - S P D - -
    dissociation.withdraw - S P D - -
"""
ROLES = [Role.ADMINISTRATOR, Role.SECRETARIAT, Role.PENHOLDER, Role.DELEGATE, Role.OBSERVER, Role.READER]
GRANTED = {
    verb: {role for role, mark in zip(ROLES, marks, strict=True) if mark != "-"}
    for verb, *marks in map(str.split, TABLE.strip().splitlines())
}


def seat(role: Role, scope: Scope = Scope.WRITE, delegation: str = "FRA") -> Seat:
    return Seat(person_id=1, name="Camille Martin", role=role, negotiation="sse", delegation=delegation, scope=scope)


def may(seat: Seat, verb: str) -> bool:
    try:
        seat.must(verb)
    except (NotPermitted, ScopeTooNarrow, NoVoice):
        return False
    return True


def test_the_table_has_a_row_for_every_verb() -> None:
    assert set(GRANTED) == set(VERBS)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("verb", GRANTED)
def test_a_role_may_do_what_its_row_grants_and_nothing_else(verb: str, role: Role) -> None:
    assert may(seat(role), verb) == (role in GRANTED[verb])


def test_a_refusal_names_the_verb_the_role_and_the_roles_that_may() -> None:
    with pytest.raises(NotPermitted) as refused:
        seat(Role.OBSERVER).must("amendment.decide")
    assert refused.value.detail == (
        "A seat as observer does not permit amendment.decide; that takes penholder or secretariat."
    )
    assert refused.value.status == 403


def test_a_verb_that_is_not_in_the_table_is_denied_to_everybody() -> None:
    for role in ROLES:
        with pytest.raises(KeyError):
            seat(role).must("clause.burn")


def test_an_observer_can_take_a_position_but_cannot_break_a_silence() -> None:
    assert may(seat(Role.OBSERVER, delegation="ILO"), "position.take")
    assert not may(seat(Role.OBSERVER, delegation="ILO"), "silence.break")


# --- tokens ---------------------------------------------------------------------------------------------------------


def test_each_scope_includes_the_one_before_it() -> None:
    assert SCOPE_VERBS[Scope.EXPORT] < SCOPE_VERBS[Scope.READ] < SCOPE_VERBS[Scope.WRITE] == set(VERBS)


def test_a_token_for_export_exports_and_does_nothing_else_in_a_negotiation() -> None:
    may_do = {verb for verb in VERBS if may(seat(Role.PENHOLDER, Scope.EXPORT), verb)}
    assert may_do == {"text.export", "account.read"}


def test_a_token_for_reading_changes_nothing() -> None:
    may_do = {verb for verb in VERBS if may(seat(Role.PENHOLDER, Scope.READ), verb)}
    assert may_do == {
        "negotiation.list",
        "delegation.list",
        "account.read",
        "token.list",
        "library.read",
        "negotiation.read",
        "text.export",
        "record.read",
        "record.verify",
        "meeting.read",
        "digest.read",
        "seat.read",
        "outreach.read",
        "webhook.list",
        "invitation.list",
    }


def test_a_token_that_is_too_narrow_says_so_where_the_role_would_do() -> None:
    with pytest.raises(ScopeTooNarrow, match=r"scope read does not permit amendment\.propose"):
        seat(Role.DELEGATE, Scope.READ).must("amendment.propose")
    with pytest.raises(NotPermitted):
        seat(Role.READER, Scope.READ).must("amendment.propose")


# --- voices ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "verb", [v for v in VERBS if v.startswith(("amendment.", "position.", "silence.break", "sponsor."))]
)
def test_a_penholder_of_the_secretariat_without_a_delegation_says_nothing_in_a_delegations_name(verb: str) -> None:
    without_a_voice = seat(Role.PENHOLDER, delegation="")
    if verb in ("amendment.decide", "amendment.decide_together", "amendment.rehearse", "sponsor.record"):
        without_a_voice.must(verb)
    else:
        with pytest.raises(NoVoice, match=verb):
            without_a_voice.must(verb)


def test_the_secretariat_and_penholders_hold_the_pen() -> None:
    assert [role for role in ROLES if seat(role).holds_the_pen] == [Role.SECRETARIAT, Role.PENHOLDER]


# --- who sees it ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("visibility", "those_who_see"),
    [
        (Visibility.PUBLIC, {None, *ROLES}),
        (Visibility.PARTICIPANTS, set(ROLES)),
        (Visibility.PRIVATE, {Role.SECRETARIAT, Role.PENHOLDER}),
    ],
)
def test_a_negotiation_is_seen_by_all_by_those_seated_or_by_those_who_hold_the_pen(
    visibility: Visibility, those_who_see: set[Role | None]
) -> None:
    assert {role for role in [None, *ROLES] if may_see(role, visibility)} == those_who_see
