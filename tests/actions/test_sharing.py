"""Drafts for a group: its members see, comment on and co-sponsor them before the room knows that they are there."""

from datetime import timedelta
from typing import Any

import pytest

from tests.api.addresses import operations
from tests.api.room import ADMINISTRATOR, NOBODY, READER, SECRETARIAT, Room, done, refused
from tests.api.test_access import QUERIES
from tests.builders import SetClock

SECRET = "Encourages Member States to measure the quality of every zephyrine well;"
MARK, ASIDE, WHY = "zephyrine", "quixotically", "labyrinthine"
OUTSIDERS = ("NOR", "ARG", "ILO", SECRETARIAT, READER)


async def share(room: Room, name: str = "A1", group: str = "EU", who: str = "FRA") -> Any:
    return await room.as_(who).post(
        f"/amendments/{name}/share", {"group": group}, if_match=await room.version_of(f"/amendments/{name}")
    )


async def keep_back(room: Room, name: str = "A1", who: str = "FRA") -> Any:
    return await room.as_(who).delete(
        f"/amendments/{name}/share", if_match=await room.version_of(f"/amendments/{name}")
    )


async def a_group_draft(room: Room) -> None:
    """A1 of France for the European Union, with a comment and Italy as co-sponsor."""
    done(await room.as_("FRA").propose("OP1", SECRET, audience="group", group="eu", rationale=WHY))
    done(await room.as_("ITA").comment("A1", ASIDE, audience="group"))
    done(await room.as_("ITA").cosponsor("A1"))


async def listed(room: Room, who: str) -> list[str]:
    return [amendment["name"] for amendment in done(await room.as_(who).get("/amendments"))["items"]]


async def heard(room: Room, who: str) -> list[str]:
    return [comment["text"] for comment in done(await room.as_(who).get("/comments"))["items"]]


async def said(room: Room, who: str) -> list[str | None]:
    """The versions of A1 that somebody reads."""
    return [version["text"] for version in done(await room.as_(who).get("/amendments/A1/versions"))]


async def test_the_members_of_a_group_and_the_group_itself_see_a_draft_that_is_shared_with_it(room: Room) -> None:
    await a_group_draft(room)
    for who in ("FRA", "ITA", "EU"):
        assert await listed(room, who) == ["A1"]
        found = await room.amendment("A1", by=who)
        assert (found["status"], found["audience"], found["group"]) == ("draft", "group", "EU")
        assert (found["text"], found["cosponsors"]) == (SECRET, ["ITA"])
        assert await said(room, who) == [SECRET]
        assert await heard(room, who) == [ASIDE]
        assert (await room.clause("OP1", by=who))["amendments"] == ["A1"]
        assert [entry["verb"] for entry in await room.record(by=who) if entry["payload"] is None] == []
    assert await room.is_intact()


async def test_nobody_else_learns_of_a_group_draft_by_any_way_of_reading(room: Room) -> None:
    await a_group_draft(room)
    reads = [address for address in operations() if not address.is_a_write]
    assert len(reads) > 30
    tags: dict[str, str] = {}
    for who in OUTSIDERS:
        assert await listed(room, who) == []
        for address in reads:
            answer = await room.as_(who).get(address.path + QUERIES.get(address.operation, ""))
            told = answer.text + str(dict(answer.headers))
            assert not [word for word in (MARK, ASIDE, WHY) if word in told], (who, address)
            if "{amendment}" in address.template:
                assert answer.status_code == 404, (who, address)
    for seq in range(1, await room.head() + 1):
        entry = done(await room.as_("NOR").get(f"/record/{seq}"))
        assert (entry["payload"] is None) == (seq > await room.head() - 3)
    for address in reads:  # and those who may see it read the same text, status and board as everybody
        if address.operation in (
            "getConsensus",
            "getBoard",
            "getCompilation",
            "getOutstandingIssues",
            "getProgress",
            "getDraft",
        ):
            tags[address.path] = done(await room.as_("FRA").get(address.path))
            assert tags[address.path] == done(await room.as_("NOR").get(address.path)), address
    assert await room.status("OP1") == "open"


async def test_nobody_else_acts_on_a_group_draft_or_learns_from_a_refusal_that_it_is_there(room: Room) -> None:
    await a_group_draft(room)
    before = await room.head()
    for who in ("NOR", "ARG"):
        there = [await room.as_(who).cosponsor("A1"), await room.as_(who).comment("A1", "Is it?")]
        there += [await room.as_(who).withdraw("A1"), await room.as_(who).take("A1", "support")]
        there += [await room.as_(who).post("/comments", {"amendment": "A1", "text": "x", "reply_to": "C1"})]
        for answer in there:
            assert refused(answer, 404, "not-found")["detail"].startswith("There is no amendment “A1” here")
        refused(await room.as_(who).delete("/comments/C1"), 404, "not-found")
        gone = await room.as_(who).post("/amendments/A9/share", {"group": "EU"}, if_match='"A9.v1"')
        assert (
            refused(await share(room, who=who), 404, "not-found")["detail"].replace("A1", "A9")
            == (refused(gone, 404, "not-found")["detail"])
        )
    assert await room.head() == before


async def test_the_digest_tells_the_group_of_its_drafts(room: Room) -> None:
    await a_group_draft(room)
    told = {who: str(done(await room.as_(who).get("/digest"))["changes"]) for who in ("EU", "ITA", "NOR")}
    assert "drafted A1 on OP1 for Name of EU" in told["EU"]
    assert MARK in told["ITA"]
    assert MARK not in told["NOR"]


async def test_a_group_draft_brackets_nothing_and_breaks_no_silence(room: Room) -> None:
    done(await room.as_("FRA").open_silence("OP1"))
    await a_group_draft(room)
    assert await room.status("OP1") == "under_silence"


async def test_submitting_brings_a_group_draft_before_the_room_with_its_cosponsors(room: Room) -> None:
    done(await room.as_("FRA").open_silence("OP1"))
    await a_group_draft(room)
    done(await room.as_("FRA").submit("A1"))
    found = await room.amendment("A1", by="NOR")
    assert (found["audience"], found["group"], found["cosponsors"]) == ("room", "", ["ITA"])
    assert await said(room, "NOR") == [SECRET]
    assert await room.status("OP1") == "bracketed"
    assert await heard(room, "NOR") == []  # what was said within the group stays there
    assert await heard(room, "EU") == [ASIDE]
    done(await room.as_("EU").comment("A1", "Still between us.", audience="group", reply_to="C1"))
    assert await heard(room, "NOR") == []
    refused(await room.as_("EU").comment("A1", "Aloud.", reply_to="C1"), 422, "invalid-input")


async def test_restating_a_group_draft_releases_its_cosponsors_and_stays_within_the_group(room: Room) -> None:
    await a_group_draft(room)
    done(await room.as_("FRA").restate("A1", text=f"{SECRET[:-1]} and spring;"))
    assert (await room.amendment("A1", by="EU"))["cosponsors"] == []
    assert len(await said(room, "EU")) == 2
    assert done(await room.as_("NOR").get(f"/record/{await room.head()}"))["payload"] is None
    done(await room.as_("FRA").submit("A1"))
    assert len(await said(room, "NOR")) == 1
    assert len(await said(room, "ITA")) == 2


async def test_a_draft_is_shared_later_and_taken_back_and_its_private_words_stay_private(room: Room) -> None:
    done(await room.as_("FRA").propose("OP1", "Our first thought;", audience="delegation"))
    done(await room.as_("FRA").restate("A1", text=SECRET))
    refused(await room.as_("ITA").get("/amendments/A1"), 404, "not-found")
    done(await share(room))
    assert await said(room, "ITA") == [SECRET]  # from what it said when it came before the group
    done(await room.as_("ITA").cosponsor("A1"))
    done(await keep_back(room))
    refused(await room.as_("ITA").get("/amendments/A1"), 404, "not-found")
    found = await room.amendment("A1")
    assert (found["audience"], found["group"], found["cosponsors"]) == ("delegation", "", [])
    done(await room.as_("FRA").restate("A1", text="A third thought;"))
    assert done(await room.as_("ITA").get(f"/record/{await room.head()}"))["payload"] is None
    done(await room.as_("FRA").submit("A1"))
    assert await said(room, "NOR") == ["A third thought;"]
    assert await said(room, "ITA") == [SECRET, "A third thought;"]
    assert await said(room, "FRA") == ["Our first thought;", SECRET, "A third thought;"]


async def test_a_group_draft_that_is_withdrawn_stays_within_the_group(room: Room) -> None:
    await a_group_draft(room)
    done(await room.as_("FRA").withdraw("A1", reason=WHY))
    assert (await room.amendment("A1", by="ITA"))["reason"] == WHY
    refused(await room.as_("NOR").get("/amendments/A1"), 404, "not-found")
    assert done(await room.as_("NOR").get(f"/record/{await room.head()}"))["payload"] is None


async def test_the_group_itself_shares_its_draft_with_its_members(room: Room) -> None:
    done(await room.as_("EU").propose("OP1", SECRET, audience="group", group="EU"))
    assert (await room.amendment("A1", by="ITA"))["proposer"] == "EU"
    refused(await room.as_("NOR").get("/amendments/A1"), 404, "not-found")


async def test_what_the_group_says_for_itself_alone_its_members_do_not_see(room: Room) -> None:
    done(await room.as_("EU").propose("OP1", SECRET, audience="delegation"))
    refused(await room.as_("ITA").get("/amendments/A1"), 404, "not-found")
    assert done(await room.as_("ITA").get(f"/record/{await room.head()}"))["payload"] is None


async def test_membership_of_the_day_decides_who_sees_a_group_draft(room: Room, clock: SetClock) -> None:
    await a_group_draft(room)
    tomorrow = f"{clock.now + timedelta(days=1):%Y-%m-%d}"
    joined = "/api/v1/delegations/EU/members"
    done(await room.as_(ADMINISTRATOR).post(joined, {"member": "NOR", "since": tomorrow}))
    done(await room.as_(ADMINISTRATOR).post(f"{joined}/ITA/departure", {"until": tomorrow}))
    refused(await room.as_("NOR").get("/amendments/A1"), 404, "not-found")
    tags = {at: await room.as_("NOR").tag(at) for at in ("/record", "/comments", "/amendments")}
    clock.advance(hours=24)
    assert await said(room, "NOR") == [SECRET]
    assert await heard(room, "NOR") == [ASIDE]
    for at, tag in tags.items():  # nothing was recorded meanwhile, and the answer is another one
        assert (await room.as_("NOR").get(at, if_none_match=tag)).status_code == 200
    refused(await room.as_("ITA").get("/amendments/A1"), 404, "not-found")
    assert await heard(room, "ITA") == [ASIDE]  # its own words
    done(await room.as_("NOR").cosponsor("A1"))


async def test_a_draft_is_shared_with_a_group_of_ones_own_that_takes_part(room: Room) -> None:
    done(await room.as_("NOR").propose("OP1", SECRET, audience="delegation"))
    head = await room.head()
    problem = refused(await share(room, who="NOR"), 403, "group-not-yours")
    assert problem["detail"].startswith("NOR is not a member of EU today")
    refused(await share(room, group="ARG", who="NOR"), 409, "not-a-group")
    refused(await share(room, group="PER", who="NOR"), 422, "not-taking-part")
    for body in ({"audience": "group"}, {"audience": "room", "group": "EU"}, {"group": "EU"}):
        refused(await room.as_("FRA").propose("OP1", SECRET, **body), 422, "invalid-input")
    refused(await room.as_("NOR").propose("OP1", SECRET, audience="group", group="EU"), 403, "group-not-yours")
    refused(await keep_back(room, who="NOR"), 409, "not-shared")
    assert await room.head() == head


async def test_sharing_is_for_drafts_and_is_done_once(room: Room) -> None:
    await a_group_draft(room)
    refused(await share(room), 409, "already-shared")
    refused(await share(room, who="ITA"), 403, "not-yours")
    refused(await room.as_("FRA").accept("A1"), 409, "amendment-still-draft")
    refused(await room.as_("ITA").take("A1", "support"), 409, "amendment-still-draft")
    done(await room.as_("FRA").submit("A1"))
    refused(await share(room), 409, "amendment-already-submitted")
    refused(await keep_back(room), 409, "amendment-already-submitted")


@pytest.mark.parametrize("audience", ["room", "group"])
async def test_a_comment_on_what_only_the_delegation_sees_stays_there(room: Room, audience: str) -> None:
    done(await room.as_("FRA").propose("OP1", SECRET, audience="delegation"))
    refused(await room.as_("FRA").comment("A1", ASIDE, audience=audience), 422, "invalid-input")


async def test_a_comment_on_a_clause_has_no_group_to_hear_it(room: Room) -> None:
    refused(await room.as_("FRA").comment("OP1", ASIDE, audience="group"), 422, "invalid-input")


async def test_a_comment_within_the_group_is_taken_back_within_it(room: Room) -> None:
    await a_group_draft(room)
    done(await room.as_("ITA").delete("/comments/C1"))
    assert done(await room.as_("NOR").get(f"/record/{await room.head()}"))["payload"] is None
    assert done(await room.as_("EU").get(f"/record/{await room.head()}"))["payload"]["comment"] == "C1"


async def test_without_a_token_nobody_reads_a_group_draft_of_a_public_negotiation(room: Room) -> None:
    await a_group_draft(room)
    await room.by_hand("update negotiation set visibility = 'public'")
    assert await listed(room, NOBODY) == []
    refused(await room.as_(NOBODY).get("/amendments/A1"), 404, "not-found")
    assert await heard(room, NOBODY) == []
