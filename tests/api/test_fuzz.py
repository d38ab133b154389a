"""Whatever is sent in whatever body, the server makes no mistake of its own, and the record stays whole."""

import asyncio
import json
from contextlib import AsyncExitStack
from typing import Any

import httpx
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.api.addresses import Address, operations
from tests.api.bodies import BODIES, body_schema
from tests.api.room import ADMINISTRATOR, SECRETARIAT, Room, Secrets, furnish, open_room
from tests.builders import SetClock

WRITES = [address for address in operations() if address.is_a_write]

# Pieces of which texts go wrong: controls, marks, directions, halves of characters, what means something to a format.
PIECES = (
    *(
        "\x00",
        "\x1b",
        "\t",
        "\n",
        "\r\n",
        "\u00a0",
        "\u200b",
        "\u202e",
        "\u2028",
        "\ud800",
        "\udfff",
        "\ufeff",
        "\ufffd",
    ),
    *("e\u0301", "\u0301" * 9, "\u0958", "ﷺ", "水", "ماء", "𝕎", "🇫🇷", "'", '"', "%", "\\", "{", "}", "{0}", "{label}"),
    *(
        "---",
        "***",
        "_",
        "[^1]",
        "## ",
        "<b>",
        "&amp;",
        "PP1.",
        "OP4(a)",
        "A1",
        "S1",
        "c6",
        "1.",
        "(a)",
        "FRA",
        "water",
    ),
    *("Recalling", "Encourages Member States", " ", " ", ",", ";", ".", "0", "-1", "1e999", "٣", "x" * 300),
)
texts = st.lists(st.sampled_from(PIECES), max_size=8).map("".join) | st.text(max_size=30)
numbers = st.integers() | st.integers(-3, 100) | st.floats() | st.sampled_from([2**31, 2**63, 10**30, 1e308])
times = st.sampled_from(["2023-01-20T09:00:00Z", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"])
values = st.recursive(
    st.none() | st.booleans() | numbers | texts | times,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=2),
    max_leaves=4,
)


@st.composite
def requests(draw: st.DrawFn) -> tuple[Address, Any, dict[str, str]]:
    """A write, with a body that is right in most of its fields or in none, and headers of all kinds."""
    address = draw(st.sampled_from(WRITES))
    body: Any = None
    if address.takes_a_body:
        body = dict(BODIES[address.operation])
        fields = sorted(body_schema(address.operation)["properties"])
        for field in draw(st.lists(st.sampled_from(fields), max_size=3, unique=True)):
            body[field] = draw(values | texts | st.sampled_from(_choices(address, field)))
        body = draw(st.just(body) | st.just(body) | st.just(body) | values)
    headers = {
        name: value
        for name, value in {
            "If-Match": draw(
                st.sampled_from(["right", "right", "right", "", "*", '"c6.v1"', "é", '"A1.v1@x', "c" * 300])
            ),
            "Idempotency-Key": draw(st.none() | st.sampled_from(["once", "", "é", "x" * 201])),
        }.items()
        if value is not None
    }
    return address, body, headers


def _choices(address: Address, field: str) -> list[Any]:
    """Values that the field takes: those of its enumeration, and names of what there is."""
    described = json.dumps(body_schema(address.operation)["properties"][field])
    found = [
        name for name in ("replace", "insert", "delete", "move", "split", "merge", "alternative") if name in described
    ]
    return [*found, "OP1", "op2 (a)", "PP0 bis", "Title", "A1", "NOR", ["OP1", "OP2"], ["OP2"], 1, 72, True, None]


def test_no_request_makes_the_server_fail(room_url: str, room_secrets: Secrets, clock: SetClock) -> None:
    async def carried_out(room: Room, who: str, address: Address, body: Any, headers: dict[str, str]) -> httpx.Response:
        if headers.get("If-Match") == "right":
            headers = {**headers, "If-Match": await room.version_of(address.subject)}
        sent = {name: value.encode("utf-8") for name, value in headers.items()}
        return await room.client.request(
            address.method,
            address.path,
            content=b"" if body is None else json.dumps(body).encode(),
            headers={**room.as_(who).headers, "Content-Type": "application/json", **sent},
        )

    with asyncio.Runner() as runner:
        stack = AsyncExitStack()
        room = runner.run(stack.enter_async_context(open_room(room_url, clock, room_secrets)))
        runner.run(furnish(room))
        seen: set[int] = set()

        @settings(max_examples=150, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
        @given(requests(), st.sampled_from(["FRA", "FRA", "NOR", SECRETARIAT, ADMINISTRATOR]))
        def fuzz(request: tuple[Address, Any, dict[str, str]], who: str) -> None:
            answer = runner.run(carried_out(room, who, *request))
            assert answer.status_code < 500, f"{request}: {answer.text}"
            if answer.status_code >= 400:
                assert answer.headers["Content-Type"] == "application/problem+json"
                assert answer.json()["detail"]
            seen.add(answer.status_code)

        try:
            fuzz()
            assert seen >= {200, 201, 403, 409, 422, 428}, seen
            assert runner.run(room.is_intact())
        finally:
            runner.run(stack.aclose())
