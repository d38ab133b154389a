"""Answers that stream without end, read in this process: as they come, or not beyond their beginning."""

import asyncio
import json
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

STREAM: Final = "text/event-stream"
_WITHIN: Final = 20  # seconds; sooner than a listener is looked at again without a reason
_BRIEFLY: Final = 1  # second; a stream that tells what has happened begins sooner


class Brief:
    """An application as somebody meets it who waits for the end of every answer: from a stream of events they take what
    comes first, and hang up. (The transport of httpx gives an answer only when it is complete.)"""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_asked = streams = has_begun = False
        is_answered = asyncio.Event()

        async def receive_or_hang_up() -> Message:
            nonlocal is_asked
            if is_asked:
                await is_answered.wait()
                return {"type": "http.disconnect"}
            message = await receive()
            is_asked = not message.get("more_body", False)
            return message

        async def note(message: Message) -> None:
            nonlocal streams, has_begun
            if is_answered.is_set():
                return
            if message["type"] == "http.response.start":
                streams = _form_of(message) == STREAM
                if streams:
                    asyncio.get_running_loop().call_later(_BRIEFLY, is_answered.set)
                await send(message)
            elif not streams:
                await send(message)
                if not message.get("more_body", False):
                    is_answered.set()
            else:
                has_begun = True
                is_answered.set()
                await send({**message, "more_body": False})

        await self._app(scope, receive_or_hang_up, note)
        if streams and not has_begun:
            await send({"type": "http.response.body", "body": b"", "more_body": False})


@dataclass(frozen=True, slots=True)
class Event:
    """A server-sent event; one with nothing but a `comment` is none for a browser."""

    id: str = ""
    event: str = ""
    data: str = ""
    comment: str = ""

    @property
    def entry(self) -> Any:
        return json.loads(self.data)


class Stream:
    """A stream that somebody listens to. `text` is all that came until now."""

    def __init__(self, heard: "asyncio.Queue[Message | None]", status: int, form: str) -> None:
        self._heard = heard
        self.status, self.form = status, form
        self.text = ""
        self._coming: Iterator[Event] = iter(())

    async def next(self) -> Event | None:
        """The next event, when it comes; None when the stream has ended."""
        while (found := next(self._coming, None)) is None:
            message = await asyncio.wait_for(self._heard.get(), _WITHIN)
            if message is None:
                return None
            part = message.get("body", b"").decode()
            self.text += part
            self._coming = iter([_event(block) for block in part.split("\n\n") if block])  # one message, whole events
        return found

    async def entries(self, number: int) -> list[Any]:
        """The next so many entries."""
        found = [await self.next() for _ in range(number)]
        return [event.entry for event in found if event is not None]


@asynccontextmanager
async def listening(app: ASGIApp, address: str, headers: Mapping[str, str]) -> AsyncIterator[Stream]:
    """Somebody who reads an address of `app` as its answer comes, and hangs up when the block ends."""
    path, _, query = address.partition("?")
    scope: Scope = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "server": ("chapeau.test", 80),
        "client": ("127.0.0.1", 1),
        "root_path": "",
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "headers": [(name.lower().encode(), value.encode()) for name, value in headers.items()],
    }
    heard: asyncio.Queue[Message | None] = asyncio.Queue()
    hangs_up = asyncio.Event()
    asked = [{"type": "http.request", "body": b"", "more_body": False}]

    async def receive() -> Message:
        if asked:
            return asked.pop()
        await hangs_up.wait()
        return {"type": "http.disconnect"}

    async def answer() -> None:
        try:
            await app(scope, receive, heard.put)
        finally:
            await heard.put(None)

    answering = asyncio.create_task(answer())
    try:
        start = await asyncio.wait_for(heard.get(), _WITHIN)
        assert start is not None, "no answer"
        yield Stream(heard, start["status"], _form_of(start))
    finally:
        hangs_up.set()
        await answering


def _form_of(start: Message) -> str:
    headers = {name.decode().lower(): value.decode() for name, value in start.get("headers", ())}
    return headers.get("content-type", "").partition(";")[0]


def _event(block: str) -> Event:
    lines = [line.partition(": ") for line in block.split("\n")]
    return Event(**{name or "comment": value for name, _, value in lines})
