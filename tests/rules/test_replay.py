"""The text as the record tells it: entry by entry, to the same draft; and what does not fit is noticed."""

import json

import pytest

from app.rules.replay import (
    Change,
    NotReplayable,
    clause_inserted,
    clause_removed,
    clause_reworded,
    front_set,
    replayed,
)
from app.text.clauses import Clause, Draft, FrontMatter, Kind

FRONT = FrontMatter(
    slug="sse",
    organ="The General Assembly",
    symbol="A/77/L.60",
    session="Seventy-seventh session",
    agenda_item="18",
    language="en",
    sponsors=("Spain", "France"),
    masthead=("United Nations",),
    closing=("66th plenary meeting",),
)


def clause(key: str, text: str = "Decides", version: int = 1, label: str = "OP1", level: int = 1) -> Clause:
    return Clause(Kind.OPERATIVE, label, text, level=level, key=key, version=version)


IMPORT = [front_set(FRONT), clause_inserted(clause("c1"), after=""), clause_inserted(clause("c2"), after="c1")]


def test_an_import_is_told_back_as_it_was() -> None:
    assert replayed([IMPORT]) == Draft(FRONT, (clause("c1"), clause("c2")))


def test_nothing_on_the_record_is_an_empty_draft() -> None:
    assert replayed([]) == Draft()


def test_a_clause_comes_in_behind_the_one_it_names_or_at_the_very_beginning() -> None:
    found = replayed([IMPORT, [clause_inserted(clause("c3"), after="c1"), clause_inserted(clause("c4"), after="")]])
    assert [c.key for c in found.clauses] == ["c4", "c1", "c3", "c2"]


def test_a_new_wording_keeps_the_clause_where_it_is_with_its_label() -> None:
    found = replayed([IMPORT, [clause_reworded("c1", 2, "Requests")]])
    assert found.clauses == (clause("c1", "Requests", version=2), clause("c2"))


def test_a_removed_clause_is_gone_and_the_others_stay() -> None:
    assert [c.key for c in replayed([IMPORT, [clause_removed("c1")]]).clauses] == ["c2"]


def test_the_last_front_matter_holds() -> None:
    later = FrontMatter(slug="sse", symbol="A/RES/77/281")
    assert replayed([IMPORT, [front_set(later)]]).front == later


def test_changes_read_back_from_json_tell_the_same() -> None:
    assert replayed([json.loads(json.dumps(IMPORT))]) == replayed([IMPORT])


@pytest.mark.parametrize(
    "change",
    [
        clause_reworded("c9", 2, "Requests"),
        clause_removed("c9"),
        clause_inserted(clause("c3"), after="c9"),
        clause_inserted(clause("c1"), after="c2"),
        {"op": "burn", "clause": "c1"},
        {},
        {"op": "reword", "clause": "c1"},
        {"op": "reword", "clause": "c1", "version": "two", "text": "Requests"},
        {**clause_inserted(clause("c3"), after=""), "kind": "verse"},
        {"op": "front", "slug": "sse"},
    ],
    ids=[
        "reword what is not there",
        "remove what is not there",
        "insert behind what is not there",
        "insert what is there already",
        "unknown change",
        "no change",
        "no text",
        "no number",
        "unknown kind",
        "half a front matter",
    ],
)
def test_a_change_that_does_not_fit_the_text_is_noticed(change: Change) -> None:
    with pytest.raises(NotReplayable):
        replayed([IMPORT, [change]])


def test_a_clause_removed_twice_is_noticed() -> None:
    with pytest.raises(NotReplayable, match="c1 is not in the text"):
        replayed([IMPORT, [clause_removed("c1")], [clause_removed("c1")]])
