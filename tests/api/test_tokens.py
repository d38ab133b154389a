"""Access tokens: issued, listed, limited, expired, revoked; and what is no token."""

import pytest

from app.rules.permissions import Scope
from tests.api.room import NOBODY, ROOM, STRANGER, Room, done, refused, sign_in
from tests.builders import SetClock

TOKENS = "/api/v1/tokens"


async def test_a_token_is_issued_used_listed_and_revoked(room: Room, clock: SetClock) -> None:
    issued = done(await room.as_("NOR").post(TOKENS, {"name": "my script", "scope": "write", "days": 7}))
    assert issued["secret"].startswith("chp_")
    assert (issued["scope"], issued["expires_at"]) == ("write", "2023-01-23T09:00:00Z")
    script = room.with_token(issued["secret"])
    done(await script.take("OP1", "support"))
    me = done(await script.get("/api/v1/me"))
    assert (me["sign_in"], me["name"], me["is_administrator"]) == (sign_in("NOR"), "Delegate of NOR", False)
    newest = done(await script.get(TOKENS))[0]
    assert (newest["name"], newest["revoked_at"]) == ("my script", None)
    assert "secret" not in newest
    clock.advance(hours=1)
    revoked = await script.delete(f"{TOKENS}/{issued['id']}")
    assert (revoked.status_code, revoked.content) == (204, b"")
    problem = refused(await script.get("/draft"), 401, "not-signed-in")
    assert "was revoked" in problem["detail"]
    assert done(await room.as_("NOR").get(TOKENS))[0]["revoked_at"] == "2023-01-16T10:00:00Z"


async def test_a_token_expires_to_the_second(room: Room, clock: SetClock) -> None:
    issued = done(await room.as_("NOR").post(TOKENS, {"name": "a day", "days": 1}))
    script = room.with_token(issued["secret"])
    clock.advance(days=1, seconds=-1)
    done(await script.get("/draft"))
    clock.advance(seconds=1)
    problem = refused(await script.get("/draft"), 401, "not-signed-in")
    assert "has expired" in problem["detail"]
    for address in ("/api/v1/me", TOKENS, "/api/v1/negotiations", ROOM):
        refused(await script.get(address), 401, "not-signed-in")


async def test_a_token_for_export_gives_the_text_and_nothing_else(room: Room) -> None:
    ci = room.as_("NOR", Scope.EXPORT)
    assert (await ci.get("/export")).status_code == 200
    assert done(await ci.get("/api/v1/me"))["scope"] == "export"
    for address in ("/draft", "/clauses", "/record", "/amendments", TOKENS, "/api/v1/negotiations"):
        refused(await ci.get(address), 403, "scope-too-narrow")
    problem = refused(await ci.propose("OP1", "Anything;"), 403, "scope-too-narrow")
    assert "Issue one with a wider scope" in problem["detail"]


async def test_a_token_for_reading_neither_writes_nor_issues_a_stronger_one(room: Room) -> None:
    reader = room.as_("FRA", Scope.READ)
    done(await reader.get("/clauses/OP1"))
    refused(await reader.take("OP1", "support"), 403, "scope-too-narrow")
    refused(await reader.post(TOKENS, {"name": "stronger", "scope": "write"}), 403, "scope-too-narrow")
    refused(await reader.delete(f"{TOKENS}/1"), 403, "scope-too-narrow")


async def test_a_token_for_one_negotiation_is_good_for_no_other(room: Room) -> None:
    await room.by_hand("update negotiation set visibility = 'public'")
    draft = "---\nslug: fire\ntitle: Fire\n---\n\nPP1. *Noting* fire,\n\nOP1. *Decides* to act.\n"
    done(await room.as_("administrator").post("/api/v1/negotiations", {"draft": draft, "visibility": "public"}))
    issued = done(await room.as_("NOR").post(TOKENS, {"name": "water", "scope": "write", "negotiation": "water"}))
    script = room.with_token(issued["secret"])
    done(await script.take("OP1", "support"))
    refused(await script.get("/api/v1/negotiations/fire"), 404, "not-found")
    assert [n["slug"] for n in done(await script.get("/api/v1/negotiations"))["items"]] == ["water"]
    wider = done(await script.post(TOKENS, {"name": "wider", "scope": "write"}))
    assert wider["negotiation"] == "water"
    refused(await room.as_("NOR").post(TOKENS, {"name": "none", "negotiation": "flood"}), 404, "not-found")


async def test_a_token_issued_with_a_token_does_not_outlast_it(room: Room, clock: SetClock) -> None:
    issued = done(await room.as_("NOR").post(TOKENS, {"name": "a week", "scope": "write", "days": 7}))
    script = room.with_token(issued["secret"])
    clock.advance(days=1)
    for days in (7, 90, 366):
        problem = refused(await script.post(TOKENS, {"name": "longer", "days": days}), 403, "token-outlasts")
        assert "ends at 2023-01-23T09:00:00+00:00" in problem["detail"]
    assert done(await script.post(TOKENS, {"name": "as long", "days": 6}))["expires_at"] == issued["expires_at"]
    for days in ({}, {"days": None}):
        assert done(await script.post(TOKENS, {"name": "as long", **days}))["expires_at"] == issued["expires_at"]
    assert done(await script.post(TOKENS, {"name": "a day", "days": 1}))["expires_at"] == "2023-01-18T09:00:00Z"
    clock.advance(hours=143, minutes=59)
    assert done(await script.post(TOKENS, {"name": "a minute"}))["expires_at"] == issued["expires_at"]


async def test_a_token_for_one_negotiation_shows_and_revokes_those_for_it_alone(room: Room) -> None:
    draft = "---\nslug: fire\ntitle: Fire\n---\n\nPP1. *Noting* fire,\n\nOP1. *Decides* to act.\n"
    done(await room.as_("administrator").post("/api/v1/negotiations", {"draft": draft, "visibility": "public"}))
    nor, ids = room.as_("NOR"), {}
    for name, slug in (("everywhere", ""), ("fire", "fire"), ("water", "water"), ("script", "water")):
        issued = done(await nor.post(TOKENS, {"name": name, "scope": "write", "negotiation": slug}))
        ids[name] = issued["id"]
    script = room.with_token(issued["secret"])
    assert [token["name"] for token in done(await script.get(TOKENS))] == ["script", "water"]
    for name in ("everywhere", "fire"):
        refused(await script.delete(f"{TOKENS}/{ids[name]}"), 404, "not-found")
    for name in ("water", "script"):
        done(await script.delete(f"{TOKENS}/{ids[name]}"))
    revoked = {token["name"] for token in done(await nor.get(TOKENS)) if token["revoked_at"]}
    assert revoked == {"water", "script"}
    done(await nor.delete(f"{TOKENS}/{ids['everywhere']}"))


async def test_nobody_lists_or_revokes_the_tokens_of_others(room: Room) -> None:
    issued = done(await room.as_("NOR").post(TOKENS, {"name": "mine"}))
    refused(await room.as_("ARG").delete(f"{TOKENS}/{issued['id']}"), 404, "not-found")
    refused(await room.as_("administrator").delete(f"{TOKENS}/{issued['id']}"), 404, "not-found")
    assert issued["id"] not in [token["id"] for token in done(await room.as_("ARG").get(TOKENS))]
    done(await room.with_token(issued["secret"]).get("/draft"))


async def test_a_token_works_before_its_holder_has_a_seat_and_speaks_for_them_after(room: Room) -> None:
    stranger = room.as_(STRANGER)
    refused(await stranger.get("/draft"), 404, "not-found")
    done(await room.as_("FRA").post("/seats", {"sign_in": sign_in(STRANGER), "role": "reader"}))
    done(await stranger.get("/draft"))


@pytest.mark.parametrize(
    "header",
    [
        "Bearer chp_nonsense",
        "Bearer " + "x" * 5_000,
        "Bearer chp_" + "A" * 46,
        "Bearer chp_" + "A" * 40 + "0003Yh",
        "Bearer \u00e9\u00e9",
        "bearer chp_" + "B" * 46,
        "Bearer chp_ chp_",
    ],
)
async def test_what_is_no_token_is_told_so(room: Room, header: str) -> None:
    await room.by_hand("update negotiation set visibility = 'public'")  # it does not make the caller anonymous
    for address in (ROOM, "/api/v1/me", "/api/v1/negotiations", "/api/v1/delegations"):
        answer = await room.client.get(address, headers={"Authorization": header.encode("latin-1")})
        refused(answer, 401, "not-signed-in")
        assert answer.headers["WWW-Authenticate"] == "Bearer"


async def test_a_token_with_a_slip_is_told_from_one_that_is_not_known(room: Room) -> None:
    secret = room.secrets["NOR", Scope.WRITE]
    slip = secret[:-1] + ("a" if secret[-1] != "a" else "b")
    problem = refused(await room.with_token(slip).get("/draft"), 401, "not-signed-in")
    assert "a character is wrong or missing" in problem["detail"]
    await room.by_hand("delete from access_token")
    problem = refused(await room.with_token(secret).get("/draft"), 401, "not-signed-in")
    assert "not known here" in problem["detail"]


async def test_a_closed_account_opens_nothing(room: Room) -> None:
    await room.by_hand(f"update person set is_active = false where sign_in = '{sign_in('NOR')}'")
    for address in ("/draft", "/api/v1/me"):
        refused(await room.as_("NOR").get(address), 401, "not-signed-in")


async def test_one_without_a_token_is_asked_to_sign_in(room: Room) -> None:
    answer = await room.as_(NOBODY).get("/draft")
    problem = refused(answer, 401, "not-signed-in")
    assert answer.headers["WWW-Authenticate"] == "Bearer"
    assert "Authorization: Bearer chp_..." in problem["detail"]
    for scheme in ("Basic bm9yOm5vcg==", "Bearer", "chp_x"):
        answer = await room.client.get(f"{ROOM}/draft", headers={"Authorization": scheme})
        refused(answer, 401, "not-signed-in")
