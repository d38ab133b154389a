"""HEAD wherever GET works."""

from starlette.types import Message, Receive, Scope, Send

from app.api.heads import HeadLikeGet
from tests.api.addresses import addresses
from tests.api.room import NOBODY, Room, furnish
from tests.api.test_access import QUERIES


async def test_head_says_of_every_page_what_get_says_without_the_page(room: Room) -> None:
    await furnish(room)
    reads = [address for address in addresses() if not address.is_a_write]
    assert len(reads) > 30
    for who in ("FRA", NOBODY):
        for address in reads:
            at = address.path + QUERIES.get(address.operation, "")
            got = await room.client.get(at, headers=room.as_(who).headers)
            head = await room.client.head(at, headers=room.as_(who).headers)
            assert (head.status_code, head.content) == (got.status_code, b""), address
            assert dict(head.headers) == dict(got.headers), address


async def test_head_knows_what_has_not_changed(room: Room) -> None:
    tag = await room.as_("FRA").tag("/clauses/OP1")
    assert (await room.as_("FRA").send("HEAD", "/clauses/OP1", if_none_match=tag)).status_code == 304


async def test_where_nothing_is_read_head_is_refused(room: Room) -> None:
    before = await room.head()
    assert (await room.as_("FRA").send("HEAD", "/decisions")).status_code == 405
    assert (await room.client.head("/nowhere")).status_code == 404
    assert await room.head() == before


async def test_an_answer_without_end_is_over_once_its_headers_are_sent() -> None:
    heard: list[Message] = []

    async def endless(scope: Scope, receive: Receive, send: Send) -> None:
        assert scope["method"] == "GET"
        await send({"type": "http.response.start", "status": 200, "headers": []})
        while (await receive())["type"] != "http.disconnect":
            await send({"type": "http.response.body", "body": b"more", "more_body": True})

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        heard.append(message)

    await HeadLikeGet(endless)({"type": "http", "method": "HEAD"}, receive, send)
    assert [message["type"] for message in heard] == ["http.response.start", "http.response.body"]
    assert heard[1]["body"] == b""
