"""What stands in the way of consensus: who holds which paragraphs, how, and which paragraphs nobody holds."""

from typing import Any

from app.rules.amendments import AmendmentStatus, ChangeKind
from app.rules.because import Fact
from app.rules.consensus import Status, status_of
from app.rules.outstanding import Hold, JudgedClause, Outstanding, outstanding
from tests.builders import (
    NOW,
    amendment,
    broken,
    facts,
    objects,
    reserves,
    ruled_ad_ref,
    ruled_agreed,
    silence,
    supports,
)


def judged(label: str, **known: Any) -> JudgedClause:
    return JudgedClause(label.lower(), label, status_of(facts(label=label, **known), NOW))


def ways(found: Outstanding, code: str) -> list[tuple[str, Hold, str]]:
    """What a delegation holds: the paragraph, how, and by which amendment."""
    return [
        (h.label, h.how, h.amendment) for holder in found.holders if holder.delegation == code for h in holder.holds
    ]


def test_who_objects_reserves_or_broke_a_silence_holds_the_paragraph() -> None:
    found = outstanding(
        [
            judged("OP1", positions=[objects("ARG")]),
            judged("OP2", positions=[reserves("BRA")]),
            judged("OP3", silence=broken("FRA")),
        ]
    )
    assert ways(found, "ARG") == [("OP1", Hold.OBJECTION, "")]
    assert ways(found, "BRA") == [("OP2", Hold.RESERVATION, "")]
    assert ways(found, "FRA") == [("OP3", Hold.BROKEN_SILENCE, "")]


def test_the_proposer_of_an_open_amendment_and_its_cosponsors_hold_the_paragraph() -> None:
    found = outstanding([judged("OP1", amendments=[amendment(3, "BRA", cosponsors=("ARG", "FRA"))])])
    assert ways(found, "BRA") == [("OP1", Hold.PROPOSER, "A3")]
    assert ways(found, "ARG") == ways(found, "FRA") == [("OP1", Hold.COSPONSOR, "A3")]


def test_a_delegation_whose_capital_has_to_confirm_holds_the_paragraph() -> None:
    found = outstanding([judged("OP1", ruling=ruled_ad_ref(pending=("BRA",)))])
    assert ways(found, "BRA") == [("OP1", Hold.PENDING, "")]
    assert found.clauses[0].delegations == ("BRA",)


def test_a_package_holds_a_paragraph_in_nobodys_name() -> None:
    found = outstanding([judged("OP1", ruling=ruled_ad_ref(package="financing"))])
    assert [(c.label, c.delegations, [b.fact for b in c.because]) for c in found.clauses] == [
        ("OP1", (), [Fact.PACKAGE])
    ]
    assert found.holders == ()


def test_a_paragraph_held_in_two_ways_counts_once() -> None:
    found = outstanding([judged("OP1", positions=[objects("ARG")], amendments=[amendment(1, "ARG")])])
    assert [(holder.delegation, holder.paragraphs) for holder in found.holders] == [("ARG", 1)]
    assert [how for _, how, _ in ways(found, "ARG")] == [Hold.OBJECTION, Hold.PROPOSER]


def test_who_holds_most_paragraphs_comes_first() -> None:
    found = outstanding(
        [
            judged("OP1", positions=[objects("ARG"), objects("FRA")]),
            judged("OP2", positions=[objects("FRA"), objects("BRA")]),
        ]
    )
    assert [(holder.delegation, holder.paragraphs) for holder in found.holders] == [("FRA", 2), ("ARG", 1), ("BRA", 1)]


def test_what_is_agreed_or_removed_is_not_outstanding() -> None:
    found = outstanding(
        [judged("OP1", ruling=ruled_agreed()), judged("OP2", is_removed=True, removed_by="A1", amendments=[])]
    )
    assert found == Outstanding((), (), (), ())


def test_what_nobody_holds_and_is_not_agreed_waits() -> None:
    found = outstanding(
        [
            judged("OP1"),
            judged("OP2", silence=silence()),
            judged("OP3", positions=[supports("ARG"), supports("BRA"), supports("FRA")]),
            judged("OP4", ruling=ruled_ad_ref()),
        ]
    )
    assert (found.holders, found.clauses) == ((), ())
    assert found.unheld == ("OP1", "OP2", "OP3", "OP4")


def test_a_proposal_beside_the_paragraphs_is_outstanding_with_those_behind_it() -> None:
    beside = [
        amendment(4, "BRA", kind=ChangeKind.INSERT, cosponsors=("ARG",)),
        amendment(5, "FRA", kind=ChangeKind.INSERT, status=AmendmentStatus.DRAFT),
    ]
    found = outstanding([judged("OP1", ruling=ruled_agreed())], beside)
    assert found.beside == ("A4",)
    assert [(h.delegation, h.paragraphs, h.beside) for h in found.holders] == [("ARG", 0, ("A4",)), ("BRA", 0, ("A4",))]


def test_an_objection_through_a_group_is_held_by_each_member_and_says_so() -> None:
    found = outstanding([judged("OP1", positions=[objects("FRA", "cost", via="EU")])])
    assert found.clauses[0].status is Status.BRACKETED
    assert found.holders[0].holds[0].sentence.startswith("FRA (through EU) objects")
