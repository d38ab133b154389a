"""A program that receives webhooks, on this machine: it keeps what came and answers as it is told."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Received:
    """One request: its path, headers (in lower case) and body."""

    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def entry(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.body)
        return found

    @property
    def delivery(self) -> str:
        return self.headers["chapeau-delivery"]


@dataclass(slots=True)
class Receiver:
    """`status` is what it answers with, `says` the rest of the answer; while `holds` is set, it answers nothing."""

    port: int = 0
    status: int = 200
    says: bytes = b"Content-Length: 0\r\n\r\n"
    holds: asyncio.Event | None = None
    came: list[Received] = field(default_factory=list)
    arrived: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/hook?room=1"

    @property
    def seqs(self) -> list[int]:
        return [one.entry["seq"] for one in self.came]

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError, asyncio.IncompleteReadError):
            request, *lines = (await reader.readuntil(b"\r\n\r\n")).decode().strip().split("\r\n")
            headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
            body = await reader.readexactly(int(headers.get("content-length", 0)))
            self.came.append(Received(request.split()[1], headers, body))
            self.arrived.set()
            if self.holds is not None:
                await self.holds.wait()
            writer.write(f"HTTP/1.1 {self.status} Said\r\nConnection: close\r\n".encode() + self.says)
            await writer.drain()
        writer.close()


@asynccontextmanager
async def receiving() -> AsyncIterator[Receiver]:
    """A receiver on a free port of this machine."""
    receiver = Receiver()
    server = await asyncio.start_server(receiver.serve, "127.0.0.1", 0)
    receiver.port = server.sockets[0].getsockname()[1]
    try:
        yield receiver
    finally:
        if receiver.holds is not None:
            receiver.holds.set()
        server.close()
        await asyncio.sleep(0)
