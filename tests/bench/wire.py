"""A client that costs next to nothing beside what it measures: one connection, one request after another."""

import socket
import time
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer with the seconds it took to come."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    seconds: float


class Wire:
    """One kept-alive HTTP connection to a server."""

    def __init__(self, address: str, headers: Mapping[str, str] | None = None) -> None:
        place = urlsplit(address)
        assert place.hostname is not None
        assert place.port is not None
        self._socket = socket.create_connection((place.hostname, place.port), timeout=60)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._headers = {"Host": place.netloc, **(headers or {})}

    def close(self) -> None:
        self._socket.close()

    def ask(self, method: str, path: str, body: bytes = b"", **headers: str) -> Answer:
        """Send a request and read its answer. `If_Match` becomes `If-Match`."""
        lines = [f"{method} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in self._headers.items())]
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
        lines += [f"Content-Length: {len(body)}"] if body else []
        request = "\r\n".join([*lines, "", ""]).encode() + body
        began = time.perf_counter()
        self._socket.sendall(request)
        received = self._socket.recv(262_144)
        while b"\r\n\r\n" not in received:
            received += self._more()
        head, _, content = received.partition(b"\r\n\r\n")
        status, found = _read(head)
        length = int(found.get("content-length", 0))
        while len(content) < length:
            content += self._more()
        return Answer(status, found, content, time.perf_counter() - began)

    def _more(self) -> bytes:
        received = self._socket.recv(262_144)
        if not received:
            raise ConnectionError("the server closed the connection in the middle of an answer")
        return received


def _read(head: bytes) -> tuple[int, dict[str, str]]:
    first, *rest = head.decode("latin-1").split("\r\n")
    fields = (line.partition(":") for line in rest)
    return int(first.split()[1]), {name.lower(): value.strip() for name, _, value in fields}
