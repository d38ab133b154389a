"""The record alone tells the status of every paragraph at any moment, and of every day that is over.

That it tells the same as the tables, whatever happens, is a law of whole negotiations (tests/properties).
"""

from datetime import UTC, date, datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

import pytest

from app.rules.consensus import Status
from app.rules.course import Course, Groups, Membership
from app.rules.proceedings import Told
from app.rules.progress import Day, Days, Every, every, place_of, thinned
from app.rules.replay import NotReplayable, clause_inserted, clause_removed, clause_reworded
from app.text.clauses import Clause, Kind
from tests.builders import NOW

TEXT: Final = (
    Clause(Kind.OPENING, "Opening", "The General Assembly,", 1, "c1", 1),
    Clause(Kind.OPERATIVE, "OP1", "Decides:", 1, "c2", 1),
    Clause(Kind.OPERATIVE, "OP1(a)", "To begin;", 2, "c3", 1),
    Clause(Kind.OPERATIVE, "OP2", "Also decides.", 1, "c4", 1),
)
INSERTED: Final = [clause_inserted(c, before) for c, before in zip(TEXT, ("", "c1", "c2", "c3"), strict=True)]

Act = tuple[float, str, str, dict[str, Any]]  # hours after the beginning, in whose name, the verb, what it tells
BEGUN: Final[tuple[Act, ...]] = (
    (0, "", "negotiation.create", {"changes": INSERTED}),
    *((0, "", "delegation.invite", {"delegation": code, "role": "delegate"}) for code in ("NOR", "ARG", "ITA", "EU")),
)


def entries(*acts: Act) -> list[Told]:
    return [
        Told(seq, NOW + timedelta(hours=after), "Somebody", None, who, verb, "room", payload)
        for seq, (after, who, verb, payload) in enumerate((*BEGUN, *acts), start=1)
    ]


def course(*acts: Act, groups: Groups | None = None) -> Course:
    found = Course(groups or {"EU": ()})
    for told in entries(*acts):
        found.hear(told)
    return found


def said(stance: str | None, on: str = "c4", version: int = 1) -> dict[str, Any]:
    return {"clause": on, "version": version, "stance": stance, "reason": "cost" if stance == "object" else ""}


def proposed(name: str, clause: str, kind: str = "replace", **more: Any) -> dict[str, Any]:
    words = None if kind in ("delete", "move") else "Others;"
    return {
        **{"amendment": name, "kind": kind, "clause": clause, "base_version": 1, "text": words, "rationale": ""},
        **{"status": "proposed", **more},
    }


def statuses(found: Course, hours: float = 1000) -> dict[str, str]:
    return {key: status.value for key, status in found.statuses(NOW + timedelta(hours=hours)).items()}


def test_a_silence_passes_by_time_alone_without_an_entry() -> None:
    covered = [{"clause": "c4", "version": 1}]
    deadline = (NOW + timedelta(hours=48)).isoformat()
    found = course((0, "", "silence.open", {"silence": "S1", "deadline": deadline, "clauses": covered}))
    assert [statuses(found, hours)["c4"] for hours in (1, 47.9, 48)] == ["under_silence", "under_silence", "agreed"]
    assert statuses(found)["c2"] == "open"


def test_a_position_of_a_group_counts_for_those_who_are_members_on_the_day() -> None:
    tomorrow = NOW.date() + timedelta(days=1)
    groups = {"EU": (Membership("NOR", date(2020, 1, 1), tomorrow), Membership("ITA", tomorrow))}
    support = [(0.0, who, "position.take", said("support")) for who in ("NOR", "ARG", "EU")]
    found = course(*support, groups=groups)
    assert statuses(found, 1)["c4"] == "open", "Italy is silent, and not a member yet"
    assert statuses(found, 24)["c4"] == "emerging", "Norway has spoken itself, and the EU speaks for Italy now"


def test_what_was_said_on_other_words_lapses_and_is_back_with_nothing_but_an_editorial_change() -> None:
    objects: Act = (1, "ARG", "position.take", said("object"))
    slip: Act = (2, "FRA", "clause.edit", {"reason": "A slip.", "changes": [clause_reworded("c4", 2, "Also decides;")]})
    accepted = {"amendment": "A1", "status": "accepted", "reason": "", "changes": [clause_reworded("c4", 3, "No.")]}
    assert statuses(course(objects))["c4"] == statuses(course(objects, slip))["c4"] == "bracketed"
    others = ((3, "NOR", "amendment.propose", proposed("A1", "c4")), (4, "FRA", "amendment.decide", accepted))
    assert statuses(course(objects, slip, *others))["c4"] == "open"
    assert statuses(course(objects, (2, "ARG", "position.withdraw", said(None))))["c4"] == "open"


def test_a_proposal_to_delete_a_paragraph_brackets_what_it_would_take_along_until_it_is_settled() -> None:
    deletion: Act = (1, "NOR", "amendment.propose", proposed("A1", "c2", "delete"))
    found = course(deletion)
    assert statuses(found) == {"c2": "bracketed", "c3": "bracketed", "c4": "open"}
    assert [taking.name for taking in found.facts("c3").taken_by] == ["A1"]
    withdrawn = course(deletion, (2, "NOR", "amendment.withdraw", {"amendment": "A1", "reason": ""}))
    assert set(statuses(withdrawn).values()) == {"open"}
    gone = {
        "amendment": "A1",
        "status": "accepted",
        "reason": "",
        "changes": [clause_removed("c2"), clause_removed("c3")],
    }
    assert statuses(course(deletion, (2, "FRA", "amendment.decide", gone))) == {
        "c2": "removed",
        "c3": "removed",
        "c4": "open",
    }


def test_to_insert_a_paragraph_and_a_draft_bracket_nothing() -> None:
    insertion = proposed("A1", "c4", "insert", paragraph_kind="operative", level=1)
    found = course(
        (1, "NOR", "amendment.propose", insertion),
        (1, "NOR", "amendment.propose", proposed("A2", "c4", status="draft")),
    )
    assert set(statuses(found).values()) == {"open"}
    assert found.counts(NOW) == {Status.OPEN: 3}, "the opening line is not negotiated"


def test_what_older_entries_do_not_tell_is_taken_for_what_it_has_to_be() -> None:
    """Of a silence broken by a proposal they tell the label only; of some versions not where they came from."""
    covered = [{"clause": "c4", "version": 1}]
    opened = {
        "silence": "S1",
        "deadline": (NOW + timedelta(hours=48)).isoformat(timespec="seconds"),
        "clauses": covered,
    }
    broken = proposed("A1", "c4", breaks={"S1": ["OP2"]})
    found = course((0, "", "silence.open", opened), (1, "NOR", "amendment.propose", broken))
    assert (statuses(found)["c4"], found.facts("c4").silence and found.facts("c4").silence.broken_by) == (
        "bracketed",
        "?",
    )
    unknown: Act = (1, "FRA", "text.something", {"changes": [clause_reworded("c4", 2, "Also decides;")]})
    assert statuses(course((0, "ARG", "position.take", said("object")), unknown))["c4"] == "open"


def test_an_entry_about_what_is_not_there_is_not_told() -> None:
    ruling = {"clause": "c9", "version": 1, "kind": "agreed", "pending": [], "package": ""}
    with pytest.raises(NotReplayable, match="c9"):
        course((1, "FRA", "clause.rule", ruling))


# --- days -------------------------------------------------------------------------------------------------------------


def days(zone: str, before: date, *acts: Act) -> list[tuple[int, dict[str, int]]]:
    found = Days(ZoneInfo(zone), {"EU": ()})
    for told in entries(*acts):
        found.hear(told)
    return [
        (day.day.day, {status.value: count for status, count in day.counts.items()}) for day in found.before(before)
    ]


def test_each_day_ends_at_midnight_where_the_negotiation_is_and_days_without_an_entry_are_told_too() -> None:
    """It begins at 9:00 UTC on the 16th; the objection comes at 3:00 UTC on the 17th, late on the 16th in New York."""
    objection: Act = (18, "ARG", "position.take", said("object"))
    lifted: Act = (72, "ARG", "position.take", said("accept"))
    is_open, is_bracketed = {"open": 3}, {"bracketed": 1, "open": 2}
    assert days("UTC", date(2023, 1, 20), objection, lifted) == [
        *((16, is_open), (17, is_bracketed), (18, is_bracketed), (19, is_open)),
    ]
    assert days("America/New_York", date(2023, 1, 19), objection, lifted) == [
        *((16, is_bracketed), (17, is_bracketed), (18, is_bracketed)),
    ]
    assert days("UTC", date(2023, 1, 16)) == []


def test_a_deadline_at_midnight_passes_on_the_next_day() -> None:
    covered = [{"clause": "c4", "version": 1}]
    midnight = datetime(2023, 1, 18, tzinfo=UTC).isoformat()
    opened: Act = (0, "", "silence.open", {"silence": "S1", "deadline": midnight, "clauses": covered})
    found = [counts for _, counts in days("UTC", date(2023, 1, 19), opened)]
    assert found == [{"under_silence": 1, "open": 2}, {"under_silence": 1, "open": 2}, {"agreed": 1, "open": 2}]


def test_what_was_removed_is_counted_but_not_as_a_paragraph_of_the_text() -> None:
    assert Day.of(NOW.date(), {Status.OPEN: 2, Status.REMOVED: 1}).paragraphs == 2


def test_many_days_are_shown_by_week_or_by_month_each_by_its_last_day() -> None:
    monday = date(2023, 1, 16)
    many = [Day(monday + timedelta(days=number), 0, {}) for number in range(500)]
    assert [every(many[:count]) for count in (1, 45, 46, 420, 421)] == [
        *(Every.DAY, Every.DAY, Every.WEEK, Every.WEEK, Every.MONTH),
    ]
    assert [day.day.isoformat() for day in thinned(many[:16], Every.WEEK)] == ["2023-01-22", "2023-01-29", "2023-01-31"]
    assert [day.day.isoformat() for day in thinned(many[:40], Every.MONTH)] == ["2023-01-31", "2023-02-24"]
    assert thinned(many[:3], Every.DAY) == tuple(many[:3])


def test_a_moment_has_its_place_among_the_days_weeks_and_months_shown() -> None:
    """From Wednesday, 18 January 2023 on, in Tokyo."""
    zone = ZoneInfo("Asia/Tokyo")
    many = [Day(date(2023, 1, 18) + timedelta(days=number), 0, {}) for number in range(60)]

    def place(apart: Every, *moment: int) -> float:
        return place_of(datetime(2023, *moment, tzinfo=zone), thinned(many, apart), apart, zone)

    assert [place(Every.DAY, 1, 18, 12), place(Every.DAY, 1, 20, 6)] == [0.5, 2.25]
    assert [place(Every.WEEK, 1, 18, 0), place(Every.WEEK, 1, 23, 0)] == [2 / 7, 1.0]
    assert [place(Every.MONTH, 2, 15, 0), place(Every.MONTH, 12, 1, 0)] == [1.5, 3.0]
