"""Sending one delivery to an address from outside: only to the public internet, in bounded time, following nothing.

The name is looked up here and the connection made to an address that was judged, not to the name: what a name server
says a second time has no part in it. A proxy of the environment is not used, a redirect not followed, and of the answer
only the status is read.
"""

import asyncio
import socket
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

import httpx

from app.rules.delivery import is_public

_WHOLE_SECONDS: Final = 15
_TIMEOUT: Final = httpx.Timeout(10, connect=5)
_MOST_ADDRESSES: Final = 3


@dataclass(frozen=True, slots=True)
class Reply:
    """How a delivery ended: the status of the answer, 0 without one, and what to tell whoever looks after it."""

    status: int
    told: str

    @property
    def is_success(self) -> bool:
        return 200 <= self.status < 300

    @property
    def is_gone(self) -> bool:
        return self.status == 410


def new_client() -> httpx.AsyncClient:
    """A client that keeps no connection: two names may share an address, and not a certificate."""
    return httpx.AsyncClient(
        timeout=_TIMEOUT,
        follow_redirects=False,
        trust_env=False,
        limits=httpx.Limits(max_connections=50, max_keepalive_connections=0),
    )


async def post(
    client: httpx.AsyncClient, url: str, body: bytes, headers: Mapping[str, str], *, to_private: bool
) -> Reply:
    """Send a body with POST. Every failure is a Reply; nothing is raised but a cancellation."""
    try:
        async with asyncio.timeout(_WHOLE_SECONDS):
            return await _post(client, httpx.URL(url), body, headers, to_private)
    except TimeoutError:
        return Reply(0, f"no answer within {_WHOLE_SECONDS} seconds")
    except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError) as error:
        return Reply(0, _told(error))


async def _post(
    client: httpx.AsyncClient, url: httpx.URL, body: bytes, headers: Mapping[str, str], to_private: bool
) -> Reply:
    host = url.raw_host.decode()
    addresses = await _addresses(host, url.port or (443 if url.scheme == "https" else 80))
    refused = [address for address in addresses if not to_private and not is_public(address)]
    if refused:
        return Reply(0, f"{host} is {refused[0]}, on this machine or in a private network: nothing is sent there")
    sent = {**headers, "Host": url.netloc.decode()}
    *first, last = addresses[:_MOST_ADDRESSES]
    for address in first:
        with suppress(httpx.ConnectError, httpx.ConnectTimeout):
            return await _sent(client, url, address, body, sent)
    return await _sent(client, url, last, body, sent)


async def _sent(
    client: httpx.AsyncClient, url: httpx.URL, address: str, body: bytes, headers: Mapping[str, str]
) -> Reply:
    # The certificate is checked for the name, although the connection is to the address.
    named = {"sni_hostname": url.raw_host.decode()} if url.scheme == "https" else {}
    request = client.build_request(
        "POST", url.copy_with(host=address), content=body, headers=dict(headers), extensions=named
    )
    answer = await client.send(request, stream=True)
    await answer.aclose()  # unread, however much it is
    return Reply(answer.status_code, _answered(answer.status_code))


async def _addresses(host: str, port: int) -> list[str]:
    """What a name stands for; an address stands for itself. Raises OSError."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


def _answered(status: int) -> str:
    if 300 <= status < 400:
        return f"it answered {status}; redirects are not followed"
    return f"it answered {status}"


def _told(error: Exception) -> str:
    match error:
        case socket.gaierror():
            return "its name is not known"
        case httpx.TimeoutException():
            return "no answer in time"
        case httpx.ConnectError():
            return f"no connection: {str(error)[:200] or 'refused'}"
    return f"{type(error).__name__}: {str(error)[:200]}"
