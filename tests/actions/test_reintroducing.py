"""A withdrawn proposal may be reintroduced by any member: rules 80 and 122 of the General Assembly."""

from typing import Any

from tests.api.room import Room, done, refused
from tests.builders import SetClock

OP1 = "Encourages Member States to measure the quality of water every year;"
TWICE = OP1.replace("every year", "twice a year")


async def back(room: Room, who: str, name: str = "A1", **body: Any) -> Any:
    return await room.as_(who).post(
        f"/amendments/{name}/reintroduce", body, if_match=await room.version_of(f"/amendments/{name}")
    )


async def withdrawn(
    room: Room, clause: str = "OP1", wording: str | None = TWICE, kind: str = "replace", **more: Any
) -> None:
    done(await room.as_("NOR").propose(clause, wording, kind, rationale="Ours.", **more))
    done(await room.as_("NOR").withdraw("A1"))


async def test_any_member_reintroduces_a_withdrawn_proposal_as_its_own(room: Room) -> None:
    await withdrawn(room)
    done(await room.as_("FRA").open_silence("OP1"))
    answer = await back(room, "ARG", rationale="We find it necessary still.")
    made = done(answer)
    assert (made["amendment"], made["status"]) == ("A2", "proposed")
    assert answer.headers["Location"].endswith("/negotiations/water/amendments/A2")
    found, earlier = await room.amendment("A2"), await room.amendment("A1")
    assert (found["proposer"], found["text"], found["reintroduces"]) == ("ARG", TWICE, "A1")
    assert found["rationale"] == "We find it necessary still."
    assert (earlier["status"], earlier["reintroduced_as"], earlier["proposer"]) == ("withdrawn", "A2", "NOR")
    assert await room.status("OP1") == "bracketed"
    entry = (await room.record())[-1]
    assert (entry["verb"], entry["payload"]["reintroduces"]) == ("amendment.reintroduce", "A1")
    assert entry["payload"]["breaks"] == {"S1": ["OP1"]}
    done(await room.as_("FRA").accept("A2"))
    assert (await room.clause("OP1"))["text"] == TWICE
    assert await room.is_intact()


async def test_its_own_proposer_may_reintroduce_it_too(room: Room) -> None:
    await withdrawn(room)
    assert done(await back(room, "NOR"))["amendment"] == "A2"


async def test_it_is_carried_over_to_the_present_wording(room: Room) -> None:
    await withdrawn(room)
    done(await room.as_("FRA").edit("OP1", OP1.replace("Encourages", "Calls upon")))
    done(await back(room, "ARG"))
    found = await room.amendment("A2")
    assert found["text"] == TWICE.replace("Encourages", "Calls upon")
    assert found["base_version"] == 2


async def test_one_that_no_longer_fits_is_refused_with_what_to_do(room: Room) -> None:
    await withdrawn(room)
    done(await room.as_("FRA").edit("OP1", OP1.replace("every year", "each year")))
    problem = refused(await back(room, "ARG"), 409, "reintroduction-conflicts")
    assert "A1 was written on v1 of OP1, which is now v2" in problem["detail"]
    assert problem["detail"].endswith("Propose an amendment of your own.")
    assert (problem["proposed"], problem["current"]) == (TWICE, OP1.replace("every year", "each year"))
    done(await room.as_("FRA").edit("OP1", TWICE))
    refused(await back(room, "ARG"), 409, "nothing-changes")


async def test_a_merger_whose_other_paragraph_reads_otherwise_is_refused(room: Room) -> None:
    await withdrawn(room, "PP1", "Recalling both,", "merge", merges=["PP2"])
    done(await room.as_("FRA").edit("PP2", "Noting the progress made in most countries,"))
    assert "takes in" in refused(await back(room, "ARG"), 409, "reintroduction-conflicts")["detail"]


async def test_a_move_or_an_insertion_that_has_lost_its_place_is_refused(room: Room) -> None:
    await withdrawn(room, "OP1", None, "move", after="OP3")
    done(await room.as_("ARG").propose("OP3", kind="delete"))
    done(await room.as_("FRA").accept("A2"))
    refused(await back(room, "ARG"), 409, "reintroduction-conflicts")


async def test_an_insertion_comes_back_where_it_was(room: Room) -> None:
    await withdrawn(room, "OP3", "Welcomes the wells;", "insert")
    done(await back(room, "BRA"))
    done(await room.as_("FRA").accept("A2"))
    assert "OP3 bis" in await room.labels()


async def test_a_sub_amendment_comes_back_to_the_amendment_as_that_reads_now(room: Room) -> None:
    done(await room.as_("NOR").propose("OP1", TWICE))
    at = await room.version_of("/amendments/A1")
    body = {"kind": "replace", "amends": "A1", "text": TWICE.replace("measure", "assess")}
    done(await room.as_("ARG").post("/amendments", body, if_match=at))
    done(await room.as_("ARG").withdraw("A2"))
    done(await room.as_("NOR").restate("A1", text=TWICE.replace("Encourages", "Urges")))
    done(await back(room, "BRA", "A2"))
    found = await room.amendment("A3")
    assert (found["amends"], found["reintroduces"]) == ("A1", "A2")
    assert found["text"] == TWICE.replace("Encourages", "Urges").replace("measure", "assess")
    done(await room.as_("BRA").withdraw("A3"))
    done(await room.as_("NOR").restate("A1", text=TWICE.replace("measure", "estimate")))
    refused(await back(room, "BRA", "A2"), 409, "reintroduction-conflicts")
    done(await room.as_("NOR").withdraw("A1"))
    refused(await back(room, "BRA", "A2"), 409, "amendment-settled")


async def test_what_is_open_decided_or_never_was_before_the_room_is_not_reintroduced(room: Room) -> None:
    done(await room.as_("NOR").propose("OP1", TWICE))
    problem = refused(await back(room, "ARG"), 409, "not-reintroducible")
    assert problem["detail"].startswith("A1 is proposed;")
    done(await room.as_("FRA").reject("A1"))
    refused(await back(room, "ARG"), 409, "not-reintroducible")
    done(await room.as_("NOR").propose("OP3", TWICE, audience="delegation"))
    done(await room.as_("NOR").withdraw("A2"))
    refused(await back(room, "ARG", "A2"), 404, "not-found")
    problem = refused(await back(room, "NOR", "A2"), 409, "not-reintroducible")
    assert problem["detail"].startswith("A2 is a draft that was never before the room;")
    refused(await back(room, "ILO"), 403, "not-permitted")


async def test_it_comes_back_once_at_a_time(room: Room) -> None:
    await withdrawn(room)
    done(await back(room, "ARG"))
    problem = refused(await back(room, "BRA"), 409, "already-reintroduced")
    assert problem["detail"] == "A1 was reintroduced by ARG as A2, which is open; co-sponsor that one."
    done(await room.as_("ARG").withdraw("A2"))
    done(await back(room, "BRA"))
    done(await room.as_("BRA").withdraw("A3"))
    done(await back(room, "ITA", "A3"))
    assert (await room.amendment("A1"))["reintroduced_as"] == "A3"
    assert (await room.amendment("A3"))["reintroduced_as"] == "A4"


async def test_it_counts_as_a_new_proposal_deadline_and_closure_included(room: Room, clock: SetClock) -> None:
    await withdrawn(room)
    done(await room.as_("FRA").rule("OP1"))
    refused(await back(room, "ARG"), 409, "clause-closed")
    done(await room.as_("FRA").reopen("OP1"))
    until = f"{clock.now:%Y-%m-%dT%H:%M:%SZ}"
    done(await room.as_("FRA").send("PATCH", "", {"submissions_until": until}))
    clock.advance(hours=1)
    refused(await back(room, "ARG"), 409, "submissions-closed")
