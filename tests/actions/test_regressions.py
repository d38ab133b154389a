"""What went wrong once: each test is the shortest story in which it did."""

from sqlalchemy import select

from app.actions import access, inviting
from app.main import keep_house_once
from app.record.participants import delegation_coded
from app.record.standing import standing
from app.record.texts import Negotiation
from app.rules.permissions import Role
from app.text.clauses import Clause, Kind, block
from app.views.access import operator_seat
from tests.api.room import ADMINISTRATOR, DRAFT, READER, SLUG, STRANGER, UNINVITED, Room, done, refused
from tests.builders import SetClock, on_postgresql

OP1 = "Encourages Member States to measure the quality of water every year;"


# --- who may see and do what ----------------------------------------------------------------------------------------


async def test_what_a_delegation_drafted_before_it_spoke_stays_its_own(room: Room) -> None:
    nor = room.as_("NOR")
    done(await nor.propose("OP1", OP1.replace("every", "each"), audience="delegation"))
    done(await nor.restate("A1", text=OP1.replace("year", "week")))
    done(await nor.submit("A1"))
    seen, own = [
        [version["number"] for version in done(await room.as_(who).get("/amendments/A1/versions"))]
        for who in ("FRA", "NOR")
    ]
    assert (seen, own) == ([2], [1, 2])


async def test_of_a_draft_that_was_carried_over_the_room_sees_the_words_that_were_submitted(room: Room) -> None:
    done(await room.as_("NOR").propose("OP1", OP1.replace("every", "each"), audience="delegation"))
    done(await room.as_("FRA").edit("OP1", OP1.replace("Member States", "States")))
    done(await room.as_("NOR").submit("A1"))
    seen = done(await room.as_("FRA").get("/amendments/A1/versions"))
    assert [(version["number"], version["origin"]) for version in seen] == [(2, "rebased")]


async def test_a_token_for_one_negotiation_is_no_good_for_the_whole_server(room: Room) -> None:
    administrator = room.as_(ADMINISTRATOR)
    begun = done(await administrator.post("/api/v1/negotiations", {"draft": DRAFT, "slug": "fire"}))
    asked = {"name": "ci", "scope": "write", "negotiation": begun["slug"]}
    limited = room.with_token(done(await administrator.post("/api/v1/tokens", asked))["secret"])
    refused(await limited.post("/api/v1/negotiations", {"draft": DRAFT, "slug": "air"}), 403, "not-permitted")
    refused(await limited.post("/api/v1/delegations", {"code": "ZWE", "name": "Zimbabwe"}), 403, "not-permitted")


async def test_asking_for_a_token_does_not_tell_which_negotiations_there_are(room: Room) -> None:
    for slug in (SLUG, "nothing"):
        asked = {"name": "ci", "negotiation": slug}
        refused(await room.as_(STRANGER).post("/api/v1/tokens", asked), 404, "not-found")
    done(await room.as_(READER).post("/api/v1/tokens", {"name": "ci", "negotiation": SLUG}))


async def test_the_record_tells_who_sits_where_and_not_how_they_sign_in(room: Room) -> None:
    entries = [entry for entry in await room.record(by=READER) if entry["verb"] == "seat.assign"]
    assert entries
    assert all("example.org" not in str(entry["payload"]) for entry in entries)


@on_postgresql
async def test_who_has_looked_before_waiting_for_their_turn_looks_again(room: Room) -> None:
    async with room.database.writing() as slow:
        seen = (await slow.scalars(select(Negotiation))).one()
        done(await room.as_("NOR").take("OP1", "support"))
        assert seen.head_seq < await room.head()
        await inviting.invite(slow, await operator_seat(slow, SLUG), UNINVITED, Role.DELEGATE)
    assert await room.is_intact()


# --- silences -------------------------------------------------------------------------------------------------------


async def test_breaking_a_silence_that_was_left_behind_leaves_the_one_that_runs_alone(room: Room) -> None:
    done(await room.as_("FRA").open_silence("OP1", "OP3"))
    done(await room.as_("NOR").break_silence("S1", "No instructions.", "OP1"))
    done(await room.as_("NOR").take_back("OP1"))
    done(await room.as_("FRA").open_silence("OP1"))
    refused(await room.as_("ARG").break_silence("S1", "No instructions.", "OP1"), 404, "not-found")
    assert await room.status("OP1") == "under_silence"


async def test_an_objection_to_a_silence_that_passed_on_a_reopened_paragraph_comes_too_late(
    room: Room, clock: SetClock
) -> None:
    done(await room.as_("FRA").open_silence("OP1"))
    clock.advance(hours=72)
    done(await room.as_("FRA").reopen("OP1"))
    head = await room.head()
    refused(await room.as_("ARG").break_silence("S1", "No instructions."), 404, "not-found")
    since = [entry["verb"] for entry in (await room.record())[head:]]
    assert since in ([], ["silence.pass"])  # the background work may come round meanwhile, and put its end on record
    assert await room.status("OP1") == "open"


async def test_a_sub_paragraph_that_left_the_text_is_not_agreed_by_silence(room: Room, clock: SetClock) -> None:
    done(await room.as_("FRA").open_silence("OP2(a)", "OP3"))
    done(await room.as_("NOR").propose("OP2", None, "delete"))
    assert await room.status("OP2(a)") == "bracketed"  # the proposal would take it out, and so breaks its silence
    done(await room.as_("FRA").accept("A1"))
    clock.advance(hours=72)
    await keep_house_once(room.app.state.server)
    (passed,) = [entry for entry in await room.record() if entry["verb"] == "silence.pass"]
    assert [clause["label"] for clause in passed["payload"]["agreed"]] == ["OP3"]


# --- the order of the text ------------------------------------------------------------------------------------------


async def test_a_sub_paragraph_does_not_end_up_in_another_paragraph_when_its_own_is_removed(room: Room) -> None:
    done(await room.as_("NOR").propose("OP2(b)", "Rivers;", "insert"))
    done(await room.as_("ARG").propose("OP2", None, "delete"))
    done(await room.as_("FRA").accept("A2"))
    refused(await room.as_("FRA").accept("A1"), 409, "insertion-impossible")


def test_a_heading_goes_without_the_sub_heading_below_it() -> None:
    headings = [Clause(Kind.HEADING, f"H{level}", "", level, f"c{level}") for level in (1, 2)]
    assert block(headings, "c1") == headings[:1]


# --- words ----------------------------------------------------------------------------------------------------------


async def test_a_draft_whose_reasons_are_restated_does_not_undo_what_its_clause_became(room: Room) -> None:
    done(await room.as_("NOR").propose("OP1", OP1.replace("every", "each"), audience="delegation"))
    done(await room.as_("FRA").edit("OP1", OP1.replace("Member States", "States")))
    done(await room.as_("NOR").restate("A1", rationale="It is clearer."))
    restated = await room.amendment("A1", by="NOR")
    assert restated["text"] == "Encourages States to measure the quality of water each year;"
    assert restated["base_version"] == 2


async def test_words_that_conflict_are_not_kept_by_restating_the_reasons(room: Room) -> None:
    done(await room.as_("NOR").propose("OP1", OP1.replace("every", "each"), audience="delegation"))
    done(await room.as_("FRA").edit("OP1", OP1.replace("every", "a")))
    refused(await room.as_("NOR").restate("A1", rationale="It is clearer."), 409, "amendment-conflicts")


# --- mergers ---------------------------------------------------------------------------------------------------------


async def test_an_open_merger_brackets_every_paragraph_it_names(room: Room) -> None:
    fra = room.as_("FRA")
    done(await room.as_("NOR").propose("OP3", "Invites banks and decides;", "merge", merges=["OP4"]))
    because = (await room.clause("OP4"))["because"]
    assert [fact["sentence"] for fact in because] == ["A1 by NOR to merge it into OP3 is open."]
    assert [await room.status(label) for label in ("OP3", "OP4")] == ["bracketed", "bracketed"]
    refused(await fra.rule("OP4"), 409, "objection-stands")
    refused(await fra.open_silence("OP4"), 409, "objection-stands")
    done(await room.as_("NOR").withdraw("A1"))
    assert await room.status("OP4") == "open"


async def test_a_merger_breaks_the_silences_on_what_it_takes_in_once_it_is_before_the_room(room: Room) -> None:
    done(await room.as_("FRA").open_silence("OP4"))
    merger = {"kind": "merge", "merges": ["OP4"], "audience": "delegation"}
    done(await room.as_("NOR").propose("OP3", "Invites banks and decides;", **merger))
    assert await room.status("OP4") == "under_silence"
    done(await room.as_("NOR").submit("A1"))
    assert (await room.record())[-1]["payload"]["breaks"] == {"S1": ["OP4"]}
    assert await room.status("OP4") == "bracketed"


async def test_an_agreed_paragraph_is_not_taken_in(room: Room) -> None:
    done(await room.as_("FRA").rule("OP4"))
    proposed = await room.as_("NOR").propose("OP3", "Invites banks and decides;", "merge", merges=["OP4"])
    assert refused(proposed, 409, "clause-closed")["detail"].startswith("OP4 was agreed")


async def test_a_clause_stands_the_same_whether_it_is_asked_for_alone_or_with_all(room: Room) -> None:
    done(await room.as_("NOR").propose("OP2", None, "delete"))
    done(await room.as_("NOR").propose("OP3", "Invites banks and decides;", "merge", merges=["OP4"]))
    async with room.database.reading() as db:
        negotiation = (await db.scalars(select(Negotiation))).one()
        together = (await standing(db, negotiation)).clauses
        alone = [(await standing(db, negotiation, [clause.id])).clauses[0] for clause in together]
    assert list(together) == alone
    (tariffs,) = [clause for clause in alone if clause.label == "OP2(a)"]
    assert tariffs.parent == "c7"


# --- agreement ------------------------------------------------------------------------------------------------------


async def test_a_proposal_to_a_paragraph_that_has_left_the_text_keeps_the_whole_from_being_agreed(room: Room) -> None:
    fra = room.as_("FRA")
    done(await room.as_("NOR").propose("OP1", OP1.replace("every", "each")))
    done(await room.as_("ARG").propose("OP1", None, "delete"))
    done(await fra.accept("A2"))
    for label in await room.labels():
        if label not in ("Opening", "OP1"):
            done(await fra.rule(label))
    assert not done(await fra.get("/consensus"))["is_agreed"]
    done(await room.as_("NOR").withdraw("A1"))
    assert done(await fra.get("/consensus"))["is_agreed"]


async def test_what_a_group_said_on_earlier_wording_is_shown_as_lapsed(room: Room) -> None:
    done(await room.as_("EU").take("OP1", "object", "Too often."))
    done(await room.as_("NOR").propose("OP1", OP1.replace("every", "each")))
    done(await room.as_("FRA").accept("A1"))
    assert [position["delegation"] for position in (await room.clause("OP1"))["lapsed"]] == ["EU"]


async def test_a_member_that_comes_in_while_its_group_objects_breaks_the_silence(room: Room) -> None:
    for member in ("FRA", "ITA"):  # the group counts for nobody as long as they speak for themselves
        done(await room.as_(member).take("OP1", "support"))
    done(await room.as_("EU").take("OP1", "object", "Too often."))
    done(await room.as_("FRA").open_silence("OP1"))
    async with room.database.writing() as db:
        union, peru = [(await delegation_coded(db, code)).id for code in ("EU", UNINVITED)]
        await access.add_member(db, union, peru, room.database.clock())
    done(await room.as_("FRA").post("/delegations", {"code": UNINVITED}))
    assert await room.status("OP1") == "bracketed"
    assert (await room.record())[-1]["payload"]["breaks"] == {"S1": ["OP1"]}


async def test_publishing_tells_on_record_what_became_of_the_proposals_it_carried_over(room: Room) -> None:
    refers = "Invites banks to act on paragraph 3 above;"
    done(await room.as_("NOR").propose("OP1", "Also invites banks;", "insert"))
    done(await room.as_("FRA").accept("A1"))
    done(await room.as_("FRA").edit("OP4", refers))
    done(await room.as_("NOR").propose("OP4", refers.replace("banks", "all banks")))
    done(await room.as_("FRA").post("/revisions", {}))
    payload = (await room.record())[-1]["payload"]
    assert payload["followed"] == ["OP5"]
    assert [(told["amendment"], told["outcome"]) for told in payload["rebased"]] == [("A2", "clean")]
