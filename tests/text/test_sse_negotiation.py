"""The sample negotiation can be conducted as it is written: every act is possible when its turn comes."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from app.text.drafts import parse
from app.text.labels import label_after
from app.text.screen import screened

DRAFTS = Path(__file__).resolve().parents[2] / "drafts"


@pytest.fixture(scope="module")
def negotiation() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((DRAFTS / "sse.negotiation.yaml").read_text("utf-8"))
    return loaded


def outcome(negotiation: dict[str, Any]) -> dict[str, str]:
    """Conducts the negotiation on paper and says what status each paragraph ends with."""
    texts = {clause.label: clause.text for clause in parse((DRAFTS / "sse.md").read_text("utf-8")).clauses}
    delegation = {person["sign_in"]: person.get("delegation", "") for person in negotiation["people"]}
    role = {entry["code"]: entry["role"] for entry in negotiation["delegations"]} | {"": "penholder"}
    members = {code: entry.get("members", [code]) for entry in negotiation["delegations"] for code in [entry["code"]]}
    states = [entry["code"] for entry in negotiation["delegations"] if entry["kind"] == "state"]
    stances: dict[str, dict[str, str]] = {label: {} for label in texts}
    amendments: list[dict[str, Any]] = []
    fixed: dict[str, str] = {}

    def stands_against(label: str) -> bool:
        is_open = any(a["clause"] == label and a["kind"] != "insert" and a["open"] for a in amendments)
        return is_open or "object" in stances[label].values()

    for act in negotiation["acts"]:
        by = delegation[act["by"]]
        label = act.get("clause", "")
        amendment = amendments[int(act["amendment"][1:]) - 1] if "amendment" in act else {}
        assert not label or (label in texts and (label not in fixed or act.get("kind") == "insert")), act
        assert not amendment or amendment["open"], act
        if "text" in act:
            assert screened(act["text"], "text") != texts.get(label)
        match act["act"]:
            case "propose":
                assert role[by] in ("penholder", "delegate")
                assert (act["kind"] == "delete") == ("text" not in act)
                amendments.append({**act, "open": True, "by": by, "cosponsors": []})
            case "cosponsor":
                assert by not in (amendment["by"], *amendment["cosponsors"])
                amendment["cosponsors"].append(by)
            case "take_position":
                assert act["stance"] in ("support", "accept") or act["reason"]
                if label and role[by] != "observer":
                    own = [by] if members[by] == [by] else [m for m in members[by] if m not in stances[label]]
                    stances[label] |= dict.fromkeys(own, act["stance"])
            case "accept":
                assert role[by] == "penholder"
                amendment["open"] = False
                if amendment["kind"] == "delete":
                    fixed[amendment["clause"]] = "removed"
                else:
                    texts[amendment["clause"]] = act.get("text", amendment["text"])
                    stances[amendment["clause"]] = {}
            case "reject":
                assert role[by] == "penholder"
                assert act["reason"]
                amendment["open"] = False
            case "rule" | "open_silence":
                assert role[by] == "penholder"
                status = act["kind"] if act["act"] == "rule" else "under_silence"
                for each in [label] if label else act["clauses"]:
                    assert not stands_against(each)
                    fixed[each] = status
            case "edit":
                assert act["reason"]
                texts[label] = act["text"]
            case "record_sponsor" | "note_outreach":
                assert role[by] == "penholder"  # beside the text
            case other:
                pytest.fail(f"unknown act {other}")

    def status(label: str) -> str:
        if label in fixed:
            return fixed[label]
        if stands_against(label):
            return "bracketed"
        if "reserve" in stances[label].values():
            return "reserved"
        return "emerging" if set(stances[label]) >= set(states) else "open"

    return {label: status(label) for label in texts}


def test_every_consensus_status_can_be_seen_at_once(negotiation: dict[str, Any]) -> None:
    statuses = outcome(negotiation)
    assert {label for label, status in statuses.items() if status != "open"} >= {"PP1", "PP3", "PP5", "OP1", "OP3"}
    assert set(statuses.values()) == {
        "removed", "agreed", "bracketed", "under_silence", "ad_ref", "reserved", "emerging", "open"
    }  # fmt: skip
    by_status = {status: {label for label in statuses if statuses[label] == status} for status in statuses.values()}
    assert by_status["bracketed"] == {"PP11", "PP14", "OP2(c)", "OP3", "OP4", "OP7"}
    assert by_status["reserved"] == {"PP12"}
    assert by_status["emerging"] == {"PP3"}


def test_there_are_a_dozen_amendments_with_equal_rivals_and_an_insertion(negotiation: dict[str, Any]) -> None:
    proposed = [act for act in negotiation["acts"] if act["act"] == "propose"]
    assert len(proposed) >= 12
    assert {act["kind"] for act in proposed} == {"replace", "insert", "delete"}
    on_financing = [act["text"] for act in proposed if act["clause"] == "OP3"]
    assert len(on_financing) == 3
    assert len(set(on_financing)) == 2
    inserted = next(act for act in proposed if act["kind"] == "insert")
    assert label_after(inserted["clause"]) == "PP9 bis"


def test_the_house_has_its_fifteen_states_the_group_and_the_observers(negotiation: dict[str, Any]) -> None:
    kinds = [entry["kind"] for entry in negotiation["delegations"]]
    assert (kinds.count("state"), kinds.count("group"), kinds.count("organisation")) == (15, 1, 2)
    assert {entry["code"] for entry in negotiation["delegations"] if entry["role"] == "penholder"} == {"ESP", "FRA"}
    seated = [person.get("delegation") for person in negotiation["people"]]
    assert sorted(code for code in seated if code) == sorted(entry["code"] for entry in negotiation["delegations"])
    assert [person["sign_in"] for person in negotiation["people"] if "role" in person] == ["secretariat@example.org"]
