"""The record told entry by entry gives the rows of the tables; older entries, which tell less, differ from nothing."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from app.rules.proceedings import UNKNOWN, Proceedings, Told, differences
from app.rules.replay import NotReplayable, clause_inserted, clause_reworded
from app.rules.telling import hear
from app.rules.told_amendments import AmendmentTold, AmendmentVersionTold
from app.rules.told_clauses import ClauseVersionTold, PositionTold, SilenceTold, UnderSilenceTold
from app.rules.told_room import RevisionTold
from app.text.clauses import Clause, Kind
from tests.builders import NOW

OP1 = Clause(Kind.OPERATIVE, "OP1", "Decides;", 1, "c1", 1)


def told(*acts: tuple[str, str, dict[str, Any]], at: datetime = NOW) -> Proceedings:
    """A negotiation of one paragraph, and then what delegations did: (delegation, verb, payload)."""
    proceedings = Proceedings()
    beginning = ("", "negotiation.create", {"changes": [clause_inserted(OP1, "")]})
    for seq, (delegation, verb, payload) in enumerate((beginning, *acts), start=1):
        when = at + timedelta(hours=seq)
        hear(proceedings, Told(seq, when, f"Delegate of {delegation}", None, delegation, verb, "room", payload))
    return proceedings


def proposed(name: str, text: str, **more: Any) -> dict[str, Any]:
    return {
        **{"amendment": name, "kind": "replace", "clause": "c1", "label": "OP1", "base_version": 1, "text": text},
        **{"rationale": "", "version": 1, "status": "proposed", **more},
    }


def test_an_amendment_that_is_accepted_carries_the_others_over() -> None:
    found = told(
        ("NOR", "amendment.propose", proposed("A1", "Decides today;")),
        ("ARG", "amendment.propose", proposed("A2", "Also decides;")),
        (
            "FRA",
            "amendment.decide",
            {
                **{"amendment": "A1", "status": "accepted", "reason": "", "fallen": []},
                "rebased": [{"amendment": "A2", "outcome": "clean", "text": "Also decides today;", "base_version": 2}],
                "changes": [clause_reworded("c1", 2, "Decides today;")],
            },
        ),
    )
    amendments, versions = found.of(AmendmentTold), found.of(AmendmentVersionTold)
    assert (amendments["A1"].status, amendments["A1"].settled_entry) == ("accepted", 4)
    assert (amendments["A2"].status, amendments["A2"].version) == ("proposed", 2)
    carried = versions["version 2 of A2"]
    assert (carried.base_version, carried.text, carried.origin, carried.substance) == (
        2,
        "Also decides today;",
        "rebased",
        1,
    )
    assert found.of(ClauseVersionTold)["version 2 of clause c1"].origin_name == "A1"


def test_what_amends_an_amendment_falls_with_it_drafts_too() -> None:
    found = told(
        ("NOR", "amendment.propose", proposed("A1", "Decides today;")),
        ("ARG", "amendment.propose", proposed("A2", "Decides tomorrow;", amends=1)),
        ("BRA", "amendment.propose", proposed("A3", "Decides never;", amends=1, status="draft")),
        ("NOR", "amendment.withdraw", {"amendment": "A1", "reason": "Late.", "fallen": ["A2"]}),
    )
    fallen = [found.of(AmendmentTold)[name] for name in ("A2", "A3")]
    assert [(one.status, one.outcome_reason) for one in fallen] == [
        ("rejected", "It falls with A1, which it was to amend.")
    ] * 2


def test_a_position_is_ended_by_the_next_of_its_delegation_only() -> None:
    said = {"clause": "c1", "label": "OP1", "version": 1, "stance": "accept", "reason": ""}
    found = told(
        ("NOR", "position.take", said),
        ("ARG", "position.take", said),
        ("NOR", "position.take", {**said, "stance": "reserve"}),
    ).of(PositionTold)
    assert {name: row.ended_at is None for name, row in found.items()} == {
        "the position of NOR on c1 (entry 2)": False,
        "the position of ARG on c1 (entry 3)": True,
        "the position of NOR on c1 (entry 4)": True,
    }


def test_older_entries_that_tell_less_differ_from_nothing() -> None:
    under = {"clauses": [{"clause": "c1", "label": "OP1", "version": 1}]}
    found = told(
        ("FRA", "silence.open", {"silence": "S1", "deadline": "2023-01-19T09:00:00+00:00", **under}),
        ("EU", "position.withdraw", {"clause": "c1", "version": 1, "stance": None, "breaks": {"S1": ["OP1"]}}),
    )
    assert found.of(RevisionTold)["revision 0"].hash is UNKNOWN
    broken = found.of(UnderSilenceTold)["c1 under S1"]
    assert (broken.broken_by, broken.broken_entry) == (UNKNOWN, 3)
    opened = found.of(SilenceTold)["S1"]
    a_moment_later = opened.deadline_to_the_second + timedelta(microseconds=5)
    stored = SilenceTold(opened.opened_at, a_moment_later, opened.deadline_to_the_second, 2)
    assert differences({"S1": opened}, {"S1": stored}) == []


def test_an_entry_that_does_not_fit_those_before_it_is_refused() -> None:
    for verb, payload in (
        ("amendment.withdraw", {"amendment": "A9", "reason": "", "fallen": []}),
        ("amendment.cosponsor", {"amendment": "A9", "leaves": "NOR"}),
        ("silence.extend", {"silence": "S1", "deadline": "soon"}),
        ("clause.rule", {}),
        ("position.take", {"clause": "c1"}),
        ("comment.retract", {"comment": "C1"}),
    ):
        with pytest.raises(NotReplayable):
            told(("NOR", verb, payload))


def test_a_verb_that_tells_nothing_of_its_own_changes_the_text_all_the_same() -> None:
    found = told(("FRA", "text.translate", {"changes": [clause_reworded("c1", 2, "Décide ;")]}))
    assert found.text.clauses[0].text == "Décide ;"
    assert found.of(ClauseVersionTold)["version 2 of clause c1"].origin is UNKNOWN


def test_differences_are_named_in_order() -> None:
    one, other = (
        PositionTold("NOR", "c1", 1, "accept", "", None, NOW),
        PositionTold("NOR", "c1", 1, "object", "", None, NOW),
    )
    assert differences({"A10": one, "A2": one, "A3": one}, {"A2": other, "A3": one, "A11": one}) == [
        "A2 is not what the record says: stance",
        "A10 is on the record, but not in the tables",
        "A11 is in the tables, but not on the record",
    ]
