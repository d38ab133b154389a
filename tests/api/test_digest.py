"""The digest: what changed since one last looked, and what waits for one."""

from typing import Any

from app.views.digest import MOST_CHANGES
from tests.api.room import NOBODY, READER, SECRETARIAT, Room, done, refused
from tests.builders import SetClock, on_sqlite

ONE = "Encourages Member States to measure the quality of water twice a year;"
OTHER = "Encourages Member States to measure the quality of water once a decade;"


async def digest(room: Room, who: str) -> dict[str, Any]:
    found: dict[str, Any] = done(await room.as_(who).get("/digest"))
    return found


async def read_all(room: Room, who: str) -> None:
    done(await room.as_(who).post("/digest/seen", {"seq": await room.head()}))


def sentences(found: dict[str, Any]) -> dict[str, list[str]]:
    return {group["label"]: [change["sentence"] for change in group["changes"]] for group in found["changes"]}


async def test_what_others_did_since_is_told_clause_by_clause_and_ones_own_acts_are_not(room: Room) -> None:
    await read_all(room, "NOR")
    done(await room.as_("BRA").propose("OP1", ONE))
    done(await room.as_("BRA").take("PP3", "support"))
    done(await room.as_("NOR").take("A1", "support"))
    done(await room.as_("ITA").take("A1", "object", "Twice is too often."))
    done(await room.as_("FRA").open_silence("OP2"))
    found = await digest(room, "NOR")
    assert sentences(found) == {
        "PP3": ["Name of BRA supports PP3."],
        "OP1": [
            f"Name of BRA proposed A1 on OP1: to reword it as “{ONE}”.",
            "Name of ITA objects to A1: “Twice is too often”.",
        ],
        "": ["Name of FRA opened the silence S1 over OP2 until 09:00 UTC on 19 January 2023."],
    }
    assert (found["seq"], found["earlier"]) == (await room.head(), 0)


async def test_nothing_is_new_once_it_was_marked_as_seen(room: Room, clock: SetClock) -> None:
    done(await room.as_("BRA").propose("OP1", ONE))
    head = await room.head()
    assert done(await room.as_("NOR").post("/digest/seen", {"seq": head}))["seen"] == head
    found = await digest(room, "NOR")
    assert (found["changes"], found["seen"], found["seen_at"]) == ([], head, "2023-01-16T09:00:00Z")
    assert found["needs"]["positions"], "that waits as before"


async def test_a_mark_never_moves_back_nor_beyond_the_end_of_the_record(room: Room, clock: SetClock) -> None:
    await read_all(room, "NOR")
    head = await room.head()
    clock.advance(hours=1)
    kept = done(await room.as_("NOR").post("/digest/seen", {"seq": 3}))
    assert (kept["seen"], kept["seen_at"]) == (head, "2023-01-16T09:00:00Z")
    refused(await room.as_("NOR").post("/digest/seen", {"seq": head + 1}), 422, "invalid-input")
    assert await room.head() == head, "marking is no act on the record"


async def test_a_draft_of_another_delegation_is_not_in_it(room: Room) -> None:
    await read_all(room, "NOR")
    done(await room.as_("BRA").propose("OP1", "A secret wording;", audience="delegation"))
    done(await room.as_("BRA").comment("OP1", "Between us.", audience="delegation"))
    assert (await digest(room, "NOR"))["changes"] == []
    found = done(await room.as_("NOR").get("/digest"))
    assert found["needs"]["positions"] == []


async def test_amendments_wait_until_the_delegation_or_its_group_has_said_something(room: Room) -> None:
    done(await room.as_("BRA").propose("OP1", ONE))
    done(await room.as_("ARG").propose("OP3", "Invites development banks to finance safe water;"))

    async def waiting(who: str) -> list[str]:
        return [one["amendment"] for one in (await digest(room, who))["needs"]["positions"]]

    assert await waiting("BRA") == ["A2"], "its own does not wait for it"
    assert await waiting("ITA") == ["A1", "A2"]
    done(await room.as_("EU").take("A1", "accept"))
    assert await waiting("ITA") == ["A2"], "its group has spoken"
    assert await waiting("NOR") == ["A1", "A2"]
    done(await room.as_("NOR").cosponsor("A2"))
    assert await waiting("NOR") == ["A1"], "it stands behind A2"
    done(await room.as_("BRA").restate("A1", text=OTHER))
    assert await waiting("ITA") == ["A1", "A2"], "what the group said was on other words"
    for bystander in ("ILO", READER, SECRETARIAT):
        assert await waiting(bystander) == []


async def test_silences_wait_with_the_time_left_the_one_that_ends_first_first(room: Room, clock: SetClock) -> None:
    done(await room.as_("FRA").open_silence("OP2", "OP3", hours=96))
    done(await room.as_("FRA").open_silence("PP1", hours=48))
    clock.advance(hours=24)
    done(await room.as_("NOR").take("OP3", "support"))
    waiting = (await digest(room, "NOR"))["needs"]["silences"]
    assert [(s["silence"], s["labels"], s["seconds_left"]) for s in waiting] == [
        ("S2", ["PP1"], 24 * 3600),
        ("S1", ["OP2"], 72 * 3600),
    ]
    done(await room.as_("EU").take("PP1", "accept"))
    assert [s["silence"] for s in (await digest(room, "ITA"))["needs"]["silences"]] == ["S1"]
    clock.advance(hours=25)
    assert [s["silence"] for s in (await digest(room, "NOR"))["needs"]["silences"]] == ["S1"]


async def test_conflicts_and_sub_amendments_wait_for_the_proposer(room: Room) -> None:
    done(await room.as_("BRA").propose("OP1", ONE))
    done(await room.as_("ARG").propose("OP1", OTHER))
    done(await room.as_("NOR").propose("OP3", "Invites all banks to finance safe water on fair terms;"))
    sub = {"kind": "replace", "amends": "A3", "text": "Invites all public banks to finance safe water on fair terms;"}
    done(await room.as_("ITA").post("/amendments", sub, if_match=await room.version_of("/amendments/A3")))
    done(await room.as_("FRA").accept("A1"))
    needs = (await digest(room, "ARG"))["needs"]
    assert [one["amendment"] for one in needs["conflicts"]] == ["A2"]
    waiting = (await digest(room, "NOR"))["needs"]["sub_amendments"]
    assert waiting == [{"amendment": "A4", "amends": "A3", "label": "OP3", "proposer": "ITA"}]


async def test_decisions_rulings_and_ties_wait_for_those_who_hold_the_pen(room: Room) -> None:
    done(await room.as_("BRA").propose("OP1", ONE))
    done(await room.as_("ARG").propose("OP1", OTHER))
    for who in ("FRA", "ARG", "BRA", "NOR", "EU"):
        done(await room.as_(who).take("PP3", "support"))
    for who in ("FRA", SECRETARIAT):
        needs = (await digest(room, who))["needs"]
        assert [one["amendment"] for one in needs["decisions"]] == ["A1", "A2"]
        assert [one["label"] for one in needs["rulings"]] == ["PP3"]
        assert [(one["label"], one["amendments"]) for one in needs["ties"]] == [("OP1", ["A1", "A2"])]
    needs = (await digest(room, "NOR"))["needs"]
    assert (needs["decisions"], needs["rulings"], needs["ties"]) == ([], [], [])


@on_sqlite
async def test_of_very_many_changes_the_latest_are_told_and_the_others_counted(room: Room) -> None:
    await read_all(room, "NOR")
    for number in range(MOST_CHANGES // 2 + 2):
        done(await room.as_("BRA").take("PP3", "support", f"Reason {number}."))
        done(await room.as_("BRA").take_back("PP3"))
    found = await digest(room, "NOR")
    assert sum(len(group["changes"]) for group in found["changes"]) == MOST_CHANGES
    assert found["earlier"] == 4


async def test_nobody_has_a_digest_without_signing_in(room: Room) -> None:
    await room.by_hand("update negotiation set visibility = 'public'")
    refused(await room.as_(NOBODY).get("/digest"), 401, "not-signed-in")
    done(await room.as_("stranger").get("/digest"))
