"""Everything is denied unless the permission table grants it: every route, as everybody, with every kind of token."""

from collections.abc import Iterator

import pytest

from app.rules.permissions import SCOPE_VERBS, VERBS, Role, Scope, Visibility, may_see
from tests.api.addresses import Address, addresses, operations
from tests.api.room import (
    ADMINISTRATOR,
    DRAFT,
    NOBODY,
    READER,
    SECRETARIAT,
    SLUG,
    STRANGER,
    Room,
    done,
    refused,
    sign_in,
)
from tests.builders import on_sqlite

# What needs no seat: whether the server is well, what its problems mean, and the description of its API.
OPEN_TO_ALL = {"getHealth", "getReadiness", "listProblems", "getProblem"}
# What a read has to be asked with.
QUERIES = {"diffVersions": "?from=1", "findAgreedLanguage": "?q=water", "followRecord": "?after=0"}
FOR_THE_SEATED = {"meeting.read"}  # in a public negotiation too
WITHOUT_A_BODY = ["reading.open", "reading.close"]  # the acts that say all by their address
REFERENCE = {"/docs", "/openapi.json"}
# The pages that need no seat: what is public here, and coming in and going out.
OPEN_PAGES = {("GET", "/"), ("GET", "/sign-in"), ("POST", "/sign-in"), ("POST", "/sign-out"), ("GET", "/language")}

BY_INVITATION = {"invitation.look", "invitation.accept", "password.look", "password.choose"}  # by a secret in the body

ROLES: dict[str, Role | None] = {
    SECRETARIAT: Role.SECRETARIAT,
    "FRA": Role.PENHOLDER,
    "NOR": Role.DELEGATE,
    "ILO": Role.OBSERVER,
    READER: Role.READER,
    STRANGER: None,
    ADMINISTRATOR: None,
}


def test_every_route_asks_for_exactly_one_verb_of_the_permission_table() -> None:
    for address in addresses():
        is_open_page = (address.method, address.template) in OPEN_PAGES
        if address.operation in OPEN_TO_ALL or address.template in REFERENCE or is_open_page:
            assert address.verbs == (), address
        else:
            assert len(address.verbs) == 1, (
                f"{address} has {address.verbs or 'no verb'}: name it with may() or may_here()"
            )
            assert address.verbs[0] in VERBS, address


def test_every_verb_of_the_permission_table_has_a_route() -> None:
    assert {verb for address in operations() for verb in address.verbs} == set(VERBS)


def test_reading_takes_a_verb_for_reading_and_writing_one_for_writing() -> None:
    for address in operations():  # not of pages: the page with the form asks for the verb of the form
        assert (address.verbs[0] in SCOPE_VERBS[Scope.READ]) is not address.is_a_write, address


def expected(address: Address, who: str, scope: Scope, visibility: Visibility) -> int:
    """The status with which the table refuses, or 0 when it admits."""
    (verb,) = address.verbs
    in_negotiation = address.is_in_a_negotiation
    if who == NOBODY:
        if verb in BY_INVITATION:
            return 0
        if in_negotiation and visibility is not Visibility.PUBLIC:
            return 401
        admitted = Role.READER in VERBS[verb] and verb in SCOPE_VERBS[Scope.READ] and verb not in FOR_THE_SEATED
        return 0 if admitted and not verb.startswith(("account.", "token.", "digest.")) else 401
    seat = ROLES[who]
    if in_negotiation:
        if not may_see(seat, visibility):
            return 404
        if seat is None and verb in FOR_THE_SEATED:
            return 403
        role = seat or Role.READER
    else:
        role = Role.ADMINISTRATOR if who == ADMINISTRATOR else Role.READER
    return 0 if role in VERBS[verb] and verb in SCOPE_VERBS[scope] else 403


def everybody() -> Iterator[tuple[str, Scope]]:
    yield from ((who, scope) for who in ROLES for scope in Scope)
    yield NOBODY, Scope.READ


@on_sqlite
@pytest.mark.parametrize("visibility", Visibility)
async def test_every_route_admits_and_refuses_as_the_permission_table_says(room: Room, visibility: Visibility) -> None:
    done(await room.as_("FRA").propose("OP1", "Encourages Member States to measure the quality of water;"))
    done(await room.as_("FRA").open_silence("OP2"))
    done(await room.as_("FRA").hold_meeting("3rd informal", "OP1"))
    adopted = {"draft": DRAFT, "symbol": "A/RES/64/292"}
    done(await room.as_(ADMINISTRATOR).post("/api/v1/library", adopted))
    await room.by_hand(f"update negotiation set visibility = '{visibility}'")
    wrong = []
    for address in operations():
        if not address.is_in_a_negotiation and visibility is not Visibility.PUBLIC:
            continue  # the server's own routes do not depend on it
        query = QUERIES.get(address.operation, "")
        for who, scope in everybody():
            answer = await room.as_(who, scope).send(address.method, address.path + query)
            refusal = expected(address, who, scope, visibility)
            hidden = answer.status_code == 404 and "negotiation" in answer.json()["detail"]
            found = answer.status_code if answer.status_code in (401, 403) or hidden else 0
            if found != refusal or answer.status_code >= 500:
                wrong.append(f"{address} as {who}, to {scope}: {answer.status_code}, not {refusal or 'admitted'}")
            if not refusal and not address.is_a_write:
                assert answer.status_code == 200, answer.text
    assert wrong == []
    acts = [entry["verb"] for entry in (await room.record("FRA"))[20:]]
    assert acts == WITHOUT_A_BODY, "the requests had no body and no If-Match: no other of them could act"


async def test_a_stranger_does_not_learn_whether_a_negotiation_exists(room: Room) -> None:
    there = refused(await room.as_(STRANGER).get(f"/api/v1/negotiations/{SLUG}"), 404, "not-found")
    nowhere = refused(await room.as_(STRANGER).get("/api/v1/negotiations/fire"), 404, "not-found")
    assert there["detail"].replace(SLUG, "fire") == nowhere["detail"]
    there = refused(await room.as_(NOBODY).get(f"/api/v1/negotiations/{SLUG}"), 401, "not-signed-in")
    nowhere = refused(await room.as_(NOBODY).get("/api/v1/negotiations/fire"), 401, "not-signed-in")
    assert there["detail"].replace(SLUG, "fire") == nowhere["detail"]
    assert done(await room.as_(STRANGER).get("/api/v1/negotiations"))["items"] == []
    assert done(await room.as_(NOBODY).get("/api/v1/negotiations"))["items"] == []


async def test_a_private_negotiation_is_seen_by_those_who_hold_the_pen_alone(room: Room) -> None:
    await room.by_hand("update negotiation set visibility = 'private'")
    for who in (SECRETARIAT, "FRA"):
        assert [n["slug"] for n in done(await room.as_(who).get("/api/v1/negotiations"))["items"]] == [SLUG]
    for who in ("NOR", "ILO", READER, STRANGER):
        assert done(await room.as_(who).get("/api/v1/negotiations"))["items"] == []
        refused(await room.as_(who).get("/draft"), 404, "not-found")


async def test_anybody_reads_a_public_negotiation_and_nobody_else_writes_in_it(room: Room) -> None:
    await room.by_hand("update negotiation set visibility = 'public'")
    for who in (STRANGER, NOBODY):
        assert [n["slug"] for n in done(await room.as_(who).get("/api/v1/negotiations"))["items"]] == [SLUG]
        assert done(await room.as_(who).get("/clauses/OP1"))["version"] == 1
        seen = done(await room.as_(who).get(""))
        assert (seen["your_role"], seen["your_delegation"]) == ("reader", "")
    refused(await room.as_(STRANGER).propose("OP1", "Anything;"), 403, "not-permitted")
    refused(await room.as_(NOBODY).propose("OP1", "Anything;"), 401, "not-signed-in")


async def test_a_delegation_touches_only_its_own_amendments(room: Room) -> None:
    done(await room.as_("NOR").propose("OP1", "Encourages Member States to measure water;"))
    before = await room.head()
    for who in ("ARG", "FRA"):  # holding the pen does not help: it decides, it does not rewrite
        problem = refused(await room.as_(who).restate("A1", text="Anything;"), 403, "not-yours")
        assert problem["detail"].startswith(f"A1 is NOR's; you speak for {who}.")
        refused(await room.as_(who).withdraw("A1"), 403, "not-yours")
        refused(await room.as_(who).submit("A1"), 403, "not-yours")
    for who in (SECRETARIAT, "ILO", READER):
        refused(await room.as_(who).restate("A1", text="Anything;"), 403, "not-permitted")
    assert await room.head() == before


async def test_nobody_can_name_a_delegation_to_act_for(room: Room) -> None:
    for field in ("delegation", "proposer", "delegation_id"):
        refused(await room.as_("NOR").propose("OP1", "Anything;", **{field: "ARG"}), 422, "invalid-input")
    made = done(await room.as_("NOR").propose("OP1", "Anything;"))
    assert (await room.amendment(made["amendment"]))["proposer"] == "NOR"


async def test_two_people_of_one_delegation_speak_with_one_voice(room: Room) -> None:
    done(await room.as_(SECRETARIAT).post("/seats", {"sign_in": sign_in(STRANGER), "delegation": "NOR"}))
    done(await room.as_("NOR").propose("OP1", "Anything;"))
    done(await room.as_(STRANGER).restate("A1", text="Something else;"))
    done(await room.as_("NOR").take("OP1", "support"))
    done(await room.as_(STRANGER).take("OP1", "reserve"))
    assert [(p["delegation"], p["stance"]) for p in (await room.clause("OP1"))["positions"]] == [("NOR", "reserve")]


async def test_who_changes_seats_speaks_for_the_new_delegation_at_once(room: Room) -> None:
    done(await room.as_("NOR").propose("OP1", "Anything;"))
    done(await room.as_(SECRETARIAT).post("/seats", {"sign_in": sign_in("NOR"), "delegation": "ARG"}))
    refused(await room.as_("NOR").withdraw("A1"), 403, "not-yours")
    assert done(await room.as_("NOR").get(""))["your_delegation"] == "ARG"


async def seats(room: Room) -> dict[str, tuple[str, str]]:
    """Who sits where: role and delegation, by sign-in name."""
    listed = done(await room.as_(SECRETARIAT).get("/seats"))
    return {seat["sign_in"]: (seat["role"], seat["delegation"]) for seat in listed}


async def test_a_penholder_seats_its_own_people_and_readers(room: Room) -> None:
    fra = room.as_("FRA")
    done(await fra.post("/seats", {"sign_in": sign_in(STRANGER), "role": "reader"}))
    done(await fra.post("/seats", {"sign_in": sign_in(STRANGER), "delegation": "fra"}))
    assert (await seats(room))[sign_in(STRANGER)] == ("penholder", "FRA")
    done(await fra.post("/seats", {"sign_in": sign_in(STRANGER), "role": "reader"}))
    assert (await seats(room))[sign_in(STRANGER)] == ("reader", "")


async def test_a_penholder_makes_nobody_secretariat_and_sits_in_no_other_delegation(room: Room) -> None:
    before, head = await seats(room), await room.head()
    for who in ("FRA", STRANGER, READER):
        for seat in ({"role": "secretariat"}, {"delegation": "NOR"}, {"delegation": "ILO"}):
            asked = await room.as_("FRA").post("/seats", {"sign_in": sign_in(who), **seat})
            problem = refused(asked, 403, "seat-not-yours-to-give")
            assert problem["detail"].endswith("ask the secretariat for any other seat.")
    assert (await seats(room), await room.head()) == (before, head)


async def test_a_penholder_leaves_alone_who_sits_elsewhere(room: Room) -> None:
    before, head = await seats(room), await room.head()
    for who, sits in (("NOR", "delegate of NOR"), ("ILO", "observer of ILO"), (SECRETARIAT, "secretariat")):
        for seat in ({"role": "reader"}, {"delegation": "FRA"}):
            asked = await room.as_("FRA").post("/seats", {"sign_in": sign_in(who), **seat})
            problem = refused(asked, 403, "seat-not-yours-to-give")
            assert f"Delegate of {who} sits as {sits}." in problem["detail"]
    assert (await seats(room), await room.head()) == (before, head)


async def test_the_last_of_the_secretariat_keeps_the_seat_until_another_has_one(room: Room) -> None:
    secretariat = room.as_(SECRETARIAT)
    for seat in ({"role": "reader"}, {"delegation": "NOR"}):
        asked = await secretariat.post("/seats", {"sign_in": sign_in(SECRETARIAT), **seat})
        problem = refused(asked, 409, "last-of-the-secretariat")
        assert "Give somebody else a seat as secretariat first." in problem["detail"]
    done(await secretariat.post("/seats", {"sign_in": sign_in(SECRETARIAT), "role": "secretariat"}))
    done(await secretariat.post("/seats", {"sign_in": sign_in(STRANGER), "role": "secretariat"}))
    await room.by_hand(f"update person set is_active = false where sign_in = '{sign_in(STRANGER)}'")
    away = await secretariat.post("/seats", {"sign_in": sign_in(SECRETARIAT), "role": "reader"})
    refused(away, 409, "last-of-the-secretariat")  # whoever cannot sign in runs nothing
    await room.by_hand(f"update person set is_active = true where sign_in = '{sign_in(STRANGER)}'")
    done(await secretariat.post("/seats", {"sign_in": sign_in(SECRETARIAT), "role": "reader"}))
    refused(await secretariat.post("/seats", {"sign_in": sign_in("NOR"), "role": "reader"}), 403, "not-permitted")


async def test_what_belongs_to_another_negotiation_is_not_found_in_this_one(room: Room) -> None:
    draft = "---\nslug: fire\ntitle: Fire\n---\n\nPP1. *Noting* fire,\n\nOP1. *Decides* to act.\n"
    done(await room.as_(ADMINISTRATOR).post("/api/v1/negotiations", {"draft": draft}))
    fire = "/api/v1/negotiations/fire"
    done(await room.as_(ADMINISTRATOR).post(f"{fire}/delegations", {"code": "NOR", "role": "penholder"}))
    done(await room.as_(ADMINISTRATOR).post(f"{fire}/seats", {"sign_in": sign_in("NOR"), "delegation": "NOR"}))
    done(await room.as_("NOR").propose("OP3", "Invites everybody;"))
    done(await room.as_("FRA").open_silence("OP2"))
    nor = room.as_("NOR")
    for address in ("/clauses/OP3", "/clauses/c9", "/amendments/A1", "/amendments/A1/versions", "/record/12"):
        refused(await nor.get(fire + address), 404, "not-found")
    body = {"kind": "delete", "clause": "OP3"}
    refused(await nor.post(f"{fire}/amendments", body, if_match='"c9.v1"'), 404, "not-found")
    refused(await nor.post(f"{fire}/amendments/A1/acceptance", {}, if_match='"A1.v1"'), 404, "not-found")
    refused(await nor.post(f"{fire}/amendments/A1/withdrawal", {}, if_match='"A1.v1"'), 404, "not-found")
    refused(await nor.post(f"{fire}/silences/S1/break", {"reason": "No."}), 404, "not-found")
    assert (await room.clause("OP3"))["status"] == "bracketed"
    assert (await room.clause("OP2"))["status"] == "under_silence"


async def test_only_an_administrator_begins_a_negotiation_and_then_sits_as_its_secretariat(room: Room) -> None:
    draft = "---\nslug: fire\ntitle: Fire\n---\n\nPP1. *Noting* fire,\n\nOP1. *Decides* to act.\n"
    refused(await room.as_(SECRETARIAT).post("/api/v1/negotiations", {"draft": draft}), 403, "not-permitted")
    made = await room.as_(ADMINISTRATOR).post("/api/v1/negotiations", {"draft": draft, "visibility": "private"})
    assert made.headers["Location"] == "/api/v1/negotiations/fire"
    seen = done(await room.as_(ADMINISTRATOR).get("/api/v1/negotiations/fire"))
    assert (seen["your_role"], seen["visibility"], seen["title"]) == ("secretariat", "private", "Fire")
    refused(await room.as_(ADMINISTRATOR).get(""), 404, "not-found")  # in the others it has no seat
    problem = refused(
        await room.as_(ADMINISTRATOR).post("/api/v1/negotiations", {"draft": draft}), 409, "already-there"
    )
    assert "fire" in problem["detail"]


async def test_an_observer_is_heard_and_neither_proposes_nor_breaks_a_silence(room: Room) -> None:
    done(await room.as_("FRA").open_silence("OP2"))
    refused(await room.as_("ILO").propose("OP1", "Anything;"), 403, "not-permitted")
    refused(await room.as_("ILO").break_silence("S1"), 403, "not-permitted")
    done(await room.as_("ILO").take("OP2", "object", "Our members would not follow."))
    assert await room.status("OP2") == "under_silence"


async def test_a_delegation_is_invited_once_and_a_seat_taken_in_one_that_takes_part(room: Room) -> None:
    secretariat = room.as_(SECRETARIAT)
    invited = done(await secretariat.post("/delegations", {"code": "per"}))
    assert (invited["code"], invited["role"]) == ("PER", "delegate")
    refused(await secretariat.post("/delegations", {"code": "PER"}), 409, "already-there")
    refused(await secretariat.post("/delegations", {"code": "XXX"}), 404, "not-found")
    done(await secretariat.post("/seats", {"sign_in": sign_in(STRANGER), "delegation": "PER"}))
    refused(
        await secretariat.post("/seats", {"sign_in": sign_in(STRANGER), "delegation": "CHL"}), 422, "not-taking-part"
    )
    refused(await secretariat.post("/seats", {"sign_in": "nobody@example.org", "delegation": "PER"}), 404, "not-found")
    refused(await secretariat.post("/seats", {"sign_in": sign_in(STRANGER)}), 422, "invalid-input")
    refused(
        await secretariat.post("/seats", {"sign_in": sign_in(STRANGER), "delegation": "PER", "role": "penholder"}),
        422,
        "invalid-input",
    )
    refused(
        await secretariat.post("/seats", {"sign_in": sign_in(STRANGER), "role": "administrator"}), 422, "invalid-input"
    )
    seats = done(await room.as_(SECRETARIAT).get("/seats"))
    assert seats[-1] | {"taken_at": ""} == {
        "sign_in": "stranger@example.org",
        "name": "Delegate of stranger",
        "role": "delegate",
        "delegation": "PER",
        "taken_at": "",
    }


async def test_a_penholder_invites_a_delegation_but_not_to_hold_the_pen(room: Room) -> None:
    asked = {"code": "PER", "role": "penholder"}
    refused(await room.as_("FRA").post("/delegations", asked), 403, "pen-not-yours-to-give")
    done(await room.as_("FRA").post("/delegations", {"code": "PER", "role": "observer"}))


async def test_the_secretariat_gives_the_pen(room: Room) -> None:
    made = done(await room.as_(SECRETARIAT).post("/delegations", {"code": "PER", "role": "penholder"}))
    assert made["role"] == "penholder"
