"""Whatever is sent wrongly gets a problem that names the field and the remedy, and nothing is written."""

import base64
import json
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from sqlalchemy import text

from app.record.models import Base
from tests.api.addresses import Address, operations
from tests.api.bodies import BODIES, body_schema
from tests.api.room import ADMINISTRATOR, ROOM, Desk, Room, another_server, done, furnish, refused

OP1 = "Encourages Member States to measure the quality of water every year;"


def problem_of(answer: httpx.Response) -> dict[str, Any]:
    """The problem of an answer, with every member that RFC 9457 asks for."""
    sent = f"{answer.request.method} {answer.request.url} {_body(answer.request)!r}"
    at = f"{sent}: {answer.status_code} {answer.text[:300]}"
    assert 400 <= answer.status_code < 500, at
    assert answer.headers["Content-Type"] == "application/problem+json", at
    problem: dict[str, Any] = answer.json()
    assert problem.keys() >= {"type", "title", "status", "detail", "instance"}, at
    assert problem["status"] == answer.status_code, at
    assert problem["type"].startswith("/problems/"), at
    assert problem["detail"].endswith((".", "!")), at
    return problem


def _body(request: httpx.Request) -> bytes:
    return request.content[:200] if isinstance(request.stream, httpx.ByteStream) else b"a stream"


def named_fields(problem: dict[str, Any]) -> set[str]:
    return {error["field"].split(".")[0] for error in problem.get("errors", ())}


async def rows(room: Room) -> dict[str, int]:
    """How many rows each table has."""
    async with room.database.reading() as db:
        return {
            table.name: int(await db.scalar(text(f"select count(*) from {table.name}")) or 0)
            for table in Base.metadata.sorted_tables
        }


def who_for(address: Address) -> str:
    servers_own = ("createNegotiation", "addDelegation", "joinGroup", "leaveGroup", "importAdoptedText")
    return ADMINISTRATOR if address.operation in servers_own else "FRA"


async def tag_for(room: Room, address: Address) -> str | None:
    if "If-Match" not in address.parameters:
        return None
    return await room.version_of(address.subject)


TRUE_IS_RIGHT = {
    *("days", "level", "hours", "silence_least_hours", "silence_warning_hours"),
    *("unchanged_holds", "at_adoption", "reading"),
}

WRITES_WITH_BODY = [address for address in operations() if address.takes_a_body]
PARTS = 6  # in which they are tried: enough that no worker waits for another, few enough that a room is seldom made


def test_every_write_with_a_body_is_tried_here() -> None:
    assert {address.operation for address in WRITES_WITH_BODY} <= set(BODIES), "give it a body in tests/api/bodies.py"


# --- bodies -----------------------------------------------------------------------------------------------------------


def wrong_bodies(operation: str) -> Iterator[tuple[str, bytes]]:
    """Bodies that cannot be right, each with the field that the answer has to name (empty: none)."""
    right, schema = BODIES[operation], body_schema(operation)
    properties: dict[str, Any] = schema["properties"]

    def body(**change: Any) -> bytes:
        return json.dumps({**right, **change}).encode()

    yield "", b""
    yield "", b"{"
    yield "", b"not JSON"
    yield "", b"\xff\xfe\x00"
    yield "", b"null"
    yield "", b"[]"
    yield "", b'"text"'
    yield "", b"[" * 10_000
    yield "", b'{"days": ' + b"9" * 5_000 + b"}"
    yield "unknown", body(unknown=1)
    yield "", body(**{"\ud800": 1})
    yield "", body(**{"\x00": 1})
    for field in schema.get("required", ()):
        yield field, json.dumps({name: value for name, value in right.items() if name != field}).encode()
        yield field, body(**{field: None})
    for field in properties:
        yield field, body(**{field: {"a": "mapping"}})
        yield field, body(**{field: True}) if field not in TRUE_IS_RIGHT else b"{}"
        yield field, body(**{field: "\ud800"})
        yield field, body(**{field: ["\ud800"]})
        yield field, body(**{field: "nul\x00l"})
        yield field, body(**{field: 1e300})
        yield field, body(**{field: -1})
        yield field, body(**{field: 10**30})
        yield field, body(**{field: [[]]})
        yield field, json.dumps({**right, field: 0}).replace(f'"{field}": 0', f'"{field}": NaN').encode()
        yield field, json.dumps({**right, field: 0}).replace(f'"{field}": 0', f'"{field}": 1e999').encode()
        yield field, body(**{field: "x" * (1_600_000 if field == "draft" else 25_000)})
        if "enum" in json.dumps(properties[field]):
            yield field, body(**{field: "no such thing"})
        if "date-time" in json.dumps(properties[field]):
            for moment in ("yesterday", "2023-02-01T09:00:00", "2023-02-30T09:00:00Z", "0001-01-01T00:00:00+14:00"):
                yield field, body(**{field: moment})
            yield field, body(**{field: "9999-12-31T23:59:59-14:00"})


@pytest.mark.parametrize("part", range(PARTS))
async def test_a_body_that_is_wrong_is_refused_with_the_field_and_nothing_is_written(room: Room, part: int) -> None:
    await furnish(room)
    before = await rows(room)
    for address in WRITES_WITH_BODY[part::PARTS]:
        await refuses_wrong_bodies(room, address)
        assert await rows(room) == before, address


async def refuses_wrong_bodies(room: Room, address: Address) -> None:
    desk, tag = room.as_(who_for(address)), await tag_for(room, address)
    headers = desk.headers | ({"If-Match": tag} if tag else {}) | {"Content-Type": "application/json"}
    optional = not body_schema(address.operation).get("required")
    for field, content in wrong_bodies(address.operation):
        if content == b"{}" and optional:
            continue
        answer = await room.client.request(address.method, address.path, content=content, headers=headers)
        problem = problem_of(answer)
        if field and content != b"{}":
            named = field in named_fields(problem) or field in problem["detail"]
            assert named, (str(address), field, content[:100], problem)
    answer = await room.client.request(
        address.method,
        address.path,
        content=json.dumps(BODIES[address.operation]),
        headers=headers | {"Content-Type": "text/plain"},
    )
    assert "application/json" in problem_of(answer)["detail"]


async def test_every_wrong_field_is_named_at_once(room: Room) -> None:
    body = {"kind": "praise", "clause": "", "level": 9, "surplus": 1}
    problem = refused(await room.as_("NOR").post("/amendments", body, if_match='"c6.v1"'), 422, "invalid-input")
    assert named_fields(problem) == {"kind", "clause", "level", "surplus"} - (
        {"clause"} if "clause" not in named_fields(problem) else set()
    )
    assert "leave it out" in problem["detail"]
    assert "'replace'" in problem["detail"]


async def test_a_body_beyond_the_limit_is_refused_before_it_is_read_to_its_end(room: Room) -> None:
    async with another_server(room, body_limit=1_024) as small:
        problem = refused(await small.as_("NOR").propose("OP1", "x" * 2_000), 413, "too-large")
        assert "1024 bytes" in problem["detail"]

        async def endless() -> Any:
            for _ in range(3):
                yield b"x" * 1_000

        headers = small.as_("NOR").headers
        answer = await small.client.post(f"{ROOM}/amendments", content=endless(), headers=headers)
        refused(answer, 413, "too-large")
        assert await small.head() == 17


# --- texts ------------------------------------------------------------------------------------------------------------

HIDDEN = {
    "\x00": "U+0000",
    "\x07": "U+0007",
    "\x1b": "U+001B",
    "\u202e": "RIGHT-TO-LEFT OVERRIDE",
    "\u2066": "LEFT-TO-RIGHT ISOLATE",
    "\u200b": "ZERO WIDTH SPACE",
    "\u00ad": "SOFT HYPHEN",
    "\ufeff": "ZERO WIDTH NO-BREAK SPACE",
    "\ue000": "U+E000",
    "\U000e0041": "TAG LATIN CAPITAL LETTER A",
    "\n": "LINE FEED",
}


def texts(desk: Desk, wording: str) -> Iterator[tuple[str, Any]]:
    """Every place where a text can be sent, with what the answer calls it."""
    yield "text", desk.propose("OP1", wording)
    yield "text", desk.propose("OP1", wording, "insert")
    yield "rationale", desk.propose("OP1", "Other words;", rationale=wording)
    yield "text", desk.restate("A1", text=wording)
    yield "rationale", desk.restate("A1", rationale=wording)
    yield "text", desk.edit("OP1", wording)
    yield "reason", desk.edit("OP1", "Other words;", wording)
    yield "text", desk.translate("OP1", "fr", wording)
    yield "text", desk.accept("A1", text=wording, reason="Why.")
    yield "reason", desk.accept("A1", reason=wording)
    yield "reason", desk.reject("A1", wording)
    yield "reason", desk.withdraw("A1", reason=wording)
    yield "reason", desk.take("OP1", "object", wording)
    yield "reason", desk.take("A1", "support", wording)
    yield "reason", desk.break_silence("S1", wording)
    yield "package", desk.rule("OP3", "ad_ref", package=wording)
    yield "name", desk.post("/api/v1/tokens", {"name": wording})


async def test_what_does_not_show_is_refused_wherever_text_is_sent(room: Room) -> None:
    await furnish(room)
    before = await rows(room)
    for field, request in texts(room.as_("FRA"), "Encourages\u202e Member States;"):
        problem = refused(await request, 422, "text-refused")
        assert problem["field"] == field
        assert "RIGHT-TO-LEFT OVERRIDE (U+202E), at character 11" in problem["detail"]
    assert await rows(room) == before


async def test_a_hidden_character_is_named_with_its_place(room: Room) -> None:
    for character, name in HIDDEN.items():
        problem = problem_of(await room.as_("NOR").propose("OP1", f"Encourages{character} Member States;"))
        assert "text" in problem["detail"]
        assert name in problem["detail"]
    assert await room.head() == 17


async def test_a_text_has_a_limit_and_some_words(room: Room) -> None:
    await furnish(room)
    before = await rows(room)
    problem = refused(await room.as_("NOR").propose("OP1", "x" * 20_001), 422, "text-too-long")
    assert "text has 20001 characters; at most 20000 are accepted" in problem["detail"]
    for blank in ("", "   ", "\u00a0\t\n"):
        refused(await room.as_("NOR").propose("OP1", blank), 422, "text-empty")
        refused(await room.as_("FRA").edit("OP1", blank), 422, "text-empty")
        refused(await room.as_("FRA").accept("A1", text=blank, reason="Why."), 422, "text-empty")
        refused(await room.as_("NOR").break_silence("S1", blank), 422, "reason-required")
    refused(await room.as_("NOR").take("OP1", "object", "x" * 5_001), 422, "invalid-input")
    assert await rows(room) == before
    done(await room.as_("NOR").propose("OP1", "x" * 20_000))


async def test_a_text_is_stored_composed_and_without_blanks_at_its_ends(room: Room) -> None:
    done(await room.as_("NOR").propose("OP1", "  Be\u0301le\u0301m “water” – l’eau, 水, ماء;\u00a0\n"))
    assert (await room.amendment("A1"))["text"] == "Bélém “water” – l’eau, 水, ماء;"


# --- addresses --------------------------------------------------------------------------------------------------------


async def test_what_an_address_names_and_is_not_there_is_not_found(room: Room) -> None:
    await furnish(room)
    before = await rows(room)
    long = "A" * 90
    for name in ("OP9", "OP2(c)", "c99", "c0", "PP", "OP4 alt", "’;--", "%F0%9F%92%A7", "..%20", long):
        problem = refused(await room.as_("NOR").get(f"/clauses/{name}"), 404, "not-found")
        assert "listed under /clauses" in problem["detail"]
        refused(
            await room.as_("NOR").put(f"/clauses/{name}/position", {"stance": "support"}, if_match="x"),
            404,
            "not-found",
        )
    for name in ("A9", "B1", "A-1", "A1.5", "0", "A99999999999", "A\u0661"):
        refused(await room.as_("NOR").get(f"/amendments/{name}"), 404, "not-found")
        refused(await room.as_("FRA").post(f"/amendments/{name}/acceptance", {}, if_match="x"), 404, "not-found")
    for name in ("S9", "T1", "S0", "S99999999999"):
        refused(await room.as_("NOR").post(f"/silences/{name}/break", {"reason": "No."}), 404, "not-found")
    for name in ("fire", "WATER", "a" * 300, "%C3%A9"):
        refused(await room.as_("NOR").get(f"/api/v1/negotiations/{name}/draft"), 404, "not-found")
    refused(await room.as_("NOR").get("/clauses/OP1/versions/2"), 404, "not-found")
    refused(await room.as_("NOR").get("/clauses/OP1/diff?from=1&to=7"), 404, "not-found")
    refused(await room.as_("NOR").get("/record/99"), 404, "not-found")
    refused(await room.as_("NOR").delete("/api/v1/tokens/99999999"), 404, "not-found")
    assert await rows(room) == before


async def test_an_address_that_cannot_be_is_refused(room: Room) -> None:
    for address in (
        "/clauses/%00",
        "/clauses/OP1%00",
        "/clauses/" + "A" * 101,
        "/clauses/OP1/versions/0",
        "/clauses/OP1/versions/-1",
        "/clauses/OP1/versions/1e3",
        "/clauses/OP1/versions/99999999999999999999",
        "/clauses/OP1/diff",
        "/clauses/OP1/diff?from=x",
        "/clauses/OP1/diff?from=99999999999999999999",
        "/amendments/%00",
        "/amendments/" + "1" * 21,
        "/amendments?status=praised",
        "/amendments?clause=%00",
        "/amendments?proposer=%00",
        "/record/0",
        "/record/99999999999999999999",
        "/record?verb=%00",
        "/api/v1/negotiations/%00",
        "/api/v1/negotiations/%00/draft",
    ):
        problem_of(await room.as_("NOR").get(address))
    for method, address in (("DELETE", "/api/v1/tokens/0"), ("DELETE", "/api/v1/tokens/99999999999999999999")):
        problem_of(await room.as_("NOR").send(method, address))


async def test_a_query_parameter_that_is_not_known_is_refused(room: Room) -> None:
    await furnish(room)
    for address in operations():
        desk = room.as_(who_for(address))
        problem = refused(await desk.send(address.method, f"{address.path}?colour=red"), 422, "invalid-input")
        assert named_fields(problem) == {"colour"}, address
        assert "it takes:" in problem["detail"]


async def test_a_cursor_that_no_list_gave_is_refused(room: Room) -> None:
    def cursor(of: str) -> str:
        return base64.urlsafe_b64encode(of.encode()).decode().rstrip("=")

    wrong = ["", "!", "x", "é", "AAAA", cursor("-1"), cursor("abc"), cursor("9" * 18), cursor("9" * 30), cursor("\x00")]
    for path in ("/amendments", "/record", "/api/v1/negotiations"):
        for given in wrong[1:]:
            problem = problem_of(await room.as_("FRA").get(f"{path}?cursor={given}"))
            assert named_fields(problem) == {"cursor"}, (path, given)
    for given in ("!", "é", cursor("\x00"), cursor("ARG\x00")):
        problem_of(await room.as_("FRA").get(f"/api/v1/delegations?cursor={given}"))
    for limit in ("0", "201", "-1", "many", "9" * 30):
        problem = problem_of(await room.as_("FRA").get(f"/record?limit={limit}"))
        assert named_fields(problem) == {"limit"}


async def test_a_moment_that_the_record_does_not_know_is_refused(room: Room) -> None:
    for at in ("0", "99", "999999999"):
        refused(await room.as_("FRA").get(f"/draft?at={at}"), 404, "not-found")
    refused(await room.as_("FRA").get("/draft?at=2001-01-01T00:00:00Z"), 404, "not-found")
    for at in (
        "",
        "-1",
        "now",
        "2023-01-16",
        "2023-01-16T09:00:00",
        "1e3",
        "\u0661",
        "9" * 41,
        "0001-01-01T00:00:00%2B23:59",
    ):
        for path in ("/draft", "/export"):
            problem = problem_of(await room.as_("FRA").get(f"{path}?at={at}"))
            assert "at" in named_fields(problem), (at, problem)
    problem_of(await room.as_("FRA").get("/draft?at=9999-12-31T23:59:59-23:59"))
    problem_of(await room.as_("FRA").get("/export?format=doc"))


async def test_a_method_or_an_address_that_there_is_not_is_a_problem_too(room: Room) -> None:
    for method in ("PATCH", "DELETE", "PUT"):
        problem = refused(await room.as_("FRA").send(method, "/draft"), 405, "method-not-allowed")
        assert problem["detail"] == f"{method} is not possible at {ROOM}/draft; possible: GET."
    for address in ("/nowhere", "/clauses/OP1/nowhere", "/api/v2/negotiations", "/api/v1/"):
        problem = refused(await room.as_("FRA").get(address), 404, "not-found")
        assert "/docs" in problem["detail"]


# --- headers ----------------------------------------------------------------------------------------------------------


async def test_an_idempotency_key_is_printable_and_short(room: Room) -> None:
    for key in ("", "x" * 201, "é", "a\tb"):
        headers = room.as_("NOR").headers | {"If-Match": '"c6.v1"', "Idempotency-Key": key.encode("latin-1")}
        body = {"kind": "delete", "clause": "OP1"}
        answer = await room.client.post(f"{ROOM}/amendments", json=body, headers=headers)
        assert named_fields(problem_of(answer)) == {"Idempotency-Key"}
    assert await room.head() == 17


async def test_every_problem_has_a_page_that_explains_it(room: Room) -> None:
    listed = (await room.client.get("/problems")).json()
    assert len({problem["type"] for problem in listed}) == len(listed) > 30
    problem = refused(await room.as_("NOR").get("/clauses/OP9"), 404, "not-found")
    explained = (await room.client.get(problem["type"])).json()
    assert (explained["type"], explained["title"], explained["status"]) == (problem["type"], problem["title"], 404)
    assert (await room.client.get("/problems/no-such-problem")).status_code == 404
