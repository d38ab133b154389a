"""Nobody overwrites what they have not read: If-Match, and what happens when two act at once."""

import asyncio

from tests.api.addresses import operations
from tests.api.bodies import BODIES
from tests.api.room import Room, done, furnish, refused

CLAUSE = "Encourages Member States to measure the quality of water every year;"
ONE = "Encourages Member States to measure the quality of water twice a year;"
OTHER = "Encourages Member States to measure the quality of drinking water every year;"


async def test_of_two_who_edit_one_clause_at_once_one_succeeds_and_the_other_reads_the_new_text(room: Room) -> None:
    tag = await room.as_("FRA").tag("/clauses/OP1")
    answers = await asyncio.gather(
        room.as_("FRA").edit("OP1", ONE, if_match=tag), room.as_("secretariat").edit("OP1", OTHER, if_match=tag)
    )
    made, late = sorted(answers, key=lambda answer: answer.status_code)
    new = done(made)
    current = refused(late, 412, "stale-version")["current"]
    assert current["text"] == new["text"]
    assert (current["version"], current["etag"]) == (2, '"c6.v2"')
    assert len(current["hash"]) == 64
    versions = done(await room.as_("FRA").get("/clauses/OP1/versions"))
    assert [version["text"] for version in versions] == [CLAUSE, new["text"]]
    lost = OTHER if new["text"] == ONE else ONE
    assert done(await room.as_("FRA").edit("OP1", lost, if_match=current["etag"]))["version"] == 3


async def test_of_two_who_accept_amendments_to_one_clause_at_once_both_are_in_the_text(room: Room) -> None:
    first = done(await room.as_("NOR").propose("OP1", ONE))["amendment"]
    second = done(await room.as_("ARG").propose("OP1", OTHER))["amendment"]
    tags = [await room.as_("FRA").tag(f"/amendments/{name}") for name in (first, second)]
    answers = await asyncio.gather(
        room.as_("FRA").accept(first, if_match=tags[0]), room.as_("secretariat").accept(second, if_match=tags[1])
    )
    made, late = sorted(answers, key=lambda answer: answer.status_code)
    assert done(made)["clause_version"] == 2
    current = refused(late, 412, "stale-version")["current"]
    carried_over = second if done(made)["amendment"] == first else first
    assert current["etag"] == f'"{carried_over}.v2"'
    done(await room.as_("FRA").accept(carried_over))
    text = (await room.clause("OP1"))["text"]
    assert text == "Encourages Member States to measure the quality of drinking water twice a year;"


async def test_one_amendment_accepted_twice_at_once_is_accepted_once(room: Room) -> None:
    name = done(await room.as_("NOR").propose("OP1", ONE))["amendment"]
    tag = await room.as_("FRA").tag(f"/amendments/{name}")
    answers = await asyncio.gather(*(room.as_("FRA").accept(name, if_match=tag) for _ in range(2)))
    made, late = sorted(answers, key=lambda answer: answer.status_code)
    assert done(made)["status"] == "accepted"
    refused(late, 409, "amendment-settled")
    assert (await room.clause("OP1"))["version"] == 2


async def test_proposals_made_at_once_all_get_a_number_of_their_own(room: Room) -> None:
    tag = await room.as_("FRA").tag("/clauses/OP1")
    answers = await asyncio.gather(
        *(room.as_(code).propose("OP1", f"{code} wrote this;", if_match=tag) for code in ("ARG", "BRA", "ITA", "NOR"))
    )
    assert {done(answer)["amendment"] for answer in answers} == {"A1", "A2", "A3", "A4"}
    assert await room.is_intact()


async def test_an_etag_matches_with_or_without_the_record_entry_it_was_read_at(room: Room) -> None:
    read = await room.as_("NOR").tag("/clauses/OP1")
    assert read == '"c6.v1@17.20230116"'
    for tag in (read, '"c6.v1"', "c6.v1", 'W/"c6.v1@1"'):
        done(await room.as_("NOR").take("OP1", "support", if_match=tag))


async def test_what_others_say_about_a_version_does_not_make_it_stale(room: Room) -> None:
    read = await room.as_("NOR").tag("/clauses/OP1")
    done(await room.as_("ARG").take("OP1", "object", "cost"))
    done(await room.as_("NOR").propose("OP1", ONE, if_match=read))


async def test_a_write_gives_the_etag_for_the_next_one(room: Room) -> None:
    edited = await room.as_("FRA").edit("OP1", ONE)
    done(edited)
    done(await room.as_("FRA").edit("OP1", OTHER, if_match=edited.headers["ETag"]))
    proposed = await room.as_("NOR").propose("OP1", ONE)
    restated = await room.as_("NOR").restate("A1", rationale="It costs less.", if_match=proposed.headers["ETag"])
    done(restated)
    refused(await room.as_("FRA").accept("A1", if_match=proposed.headers["ETag"]), 412, "stale-version")
    done(await room.as_("FRA").accept("A1", if_match=restated.headers["ETag"]))


WRITES = [
    ("POST", "/amendments", {"kind": "replace", "clause": "OP1", "text": ONE}),
    ("PUT", "/amendments/A1", {"text": OTHER}),
    ("POST", "/amendments/A1/withdrawal", {}),
    ("POST", "/amendments/A2/share", {"group": "EU"}),
    ("DELETE", "/amendments/A2/share", None),
    ("POST", "/amendments/A2/submission", {}),
    ("POST", "/amendments/A3/reintroduce", {}),
    ("PUT", "/amendments/A1/cosponsorship", None),
    ("DELETE", "/amendments/A1/cosponsorship", None),
    ("PUT", "/amendments/A1/position", {"stance": "support"}),
    ("DELETE", "/amendments/A1/position", None),
    ("POST", "/amendments/A1/acceptance", {}),
    ("POST", "/amendments/A1/rejection", {"reason": "No."}),
    ("POST", "/amendments/A1/rehearsal", {}),
    ("POST", "/amendments/A1/adoption", {}),
    ("POST", "/clauses/OP1/versions", {"text": OTHER, "reason": "A slip."}),
    ("PUT", "/clauses/OP1/position", {"stance": "support"}),
    ("DELETE", "/clauses/OP1/position", None),
    ("POST", "/clauses/OP1/rulings", {"kind": "ad_ref"}),
    ("POST", "/clauses/OP1/reopen", {"reason": "Why not."}),
    ("PUT", "/clauses/OP1/translations/fr", BODIES["translateClause"]),
    ("POST", "/clauses/OP1/translations/fr/confirmation", None),
    ("POST", "/languages/fr", BODIES["translateText"]),
    ("POST", "/languages/fr/rehearsal", BODIES["rehearseTranslation"]),
    ("PATCH", "/meetings/M1", {"notes": "Nobody came."}),
]


CURRENT = ('"c6.v1"', '"A1.v1"', '"A2.v1"', '"A3.v1"', '"c6.v1.fr0"', '"water.fr.v0"', '"M1.v1"')


async def test_a_write_on_a_clause_or_amendment_says_which_version_was_read(room: Room) -> None:
    await furnish(room)
    done(await room.as_("FRA").propose("OP3", kind="delete"))
    done(await room.as_("FRA").withdraw("A3"))
    before = await room.head()
    fra = room.as_("FRA")
    for method, address, body in WRITES:
        problem = refused(await fra.send(method, address, body), 428, "precondition-required")
        assert "If-Match" in problem["detail"]
        for wildcard in ("", "*", '""'):
            refused(await fra.send(method, address, body, if_match=wildcard), 428, "precondition-required")
        for tag in ('"c6.v9@42"', '"A1.v0"', '"A9.v1"', "no tag at all", '"c6.v1", "c6.v2"', "c" * 5_000):
            problem = refused(await fra.send(method, address, body, if_match=tag), 412, "stale-version")
            assert problem["current"]["etag"] in CURRENT, address
    assert await room.head() == before


def test_every_write_that_takes_if_match_is_tried_here() -> None:
    taking = {(a.method, a.template) for a in operations() if "If-Match" in a.parameters}
    tried = set()
    for method, address, _ in WRITES:
        for name, parameter in (
            ("OP1", "{clause}"),
            ("fr", "{language}"),
            ("M1", "{meeting}"),
            *((name, "{amendment}") for name in ("A1", "A2", "A3")),
        ):
            address = address.replace(f"/{name}", f"/{parameter}")
        tried.add((method, f"/api/v1/negotiations/{{negotiation}}{address}"))
    assert tried == taking
