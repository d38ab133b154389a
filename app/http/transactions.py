"""One request, one transaction: committed before the answer is sent, so that what is acknowledged is kept.

Reads get a snapshot. Writes get a transaction that an error undoes as a whole.
"""

from collections.abc import Callable, Coroutine, Iterator
from typing import Any
from urllib.parse import unquote

from fastapi import Request, Response
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute
from starlette.types import Message

from app.http.server import server_of
from app.problems import InvalidInput, TooLarge
from app.said import Said
from app.settings import Settings

_WRITES = frozenset({"POST", "PUT", "PATCH", "DELETE"})

Handler = Callable[[Request], Coroutine[Any, Any, Response]]


class Transaction(APIRoute):
    """A route whose handler runs in one database transaction."""

    def get_route_handler(self) -> Handler:
        handle = super().get_route_handler()
        known = frozenset(_query_names(self.dependant))

        async def in_transaction(request: Request) -> Response:
            refuse_unreadable(request, known)
            request = limited(request, self.body_limit(server_of(request).settings))
            database = server_of(request).database
            if request.method not in _WRITES:
                async with database.reading() as request.state.db:
                    return await handle(request)
            await request.body()  # before the transaction: a slow sender must not hold up the other writers
            async with database.writing() as request.state.db:
                return await self.carry_out(handle, request)

        return in_transaction

    def body_limit(self, settings: Settings) -> int:
        """How many bytes may be sent."""
        return settings.body_limit

    async def carry_out(self, handle: Handler, request: Request) -> Response:
        """Answer a request that writes, inside its transaction. For those who do something before or after."""
        return await handle(request)


def limited(request: Request, limit: int) -> Request:
    """The request with a body that is refused (TooLarge, 413) beyond `limit` bytes, announced or not."""
    announced = request.headers.get("content-length", "")
    if announced.isascii() and announced.isdigit() and (len(announced) > 18 or int(announced) > limit):
        raise TooLarge(limit=limit)
    received = 0

    async def receive() -> Message:
        nonlocal received
        message = await request.receive()
        received += len(message.get("body", b""))
        if received > limit:
            raise TooLarge(limit=limit)
        return message

    return Request(request.scope, receive)


def refuse_unreadable(request: Request, known: frozenset[str]) -> None:
    """Refuse a parameter that nobody asked for, and an address with U+0000 in it, which names nothing."""
    for name, value in (("address", request.url.path), *request.query_params.multi_items()):
        if "\0" in unquote(value):
            raise InvalidInput.at(name, Said("has a character that is not accepted, NULL (U+0000); delete it."))
    for name in request.query_params:
        if name not in known:
            possible = ", ".join(sorted(known)) or "none"
            raise InvalidInput.at(
                name,
                Said(
                    "is no parameter of {path}; it takes: {possible}.",
                    "this page does not take it.",
                    path=request.url.path,
                    possible=possible,
                ),
            )


def _query_names(dependant: Dependant) -> Iterator[str]:
    yield from (field.alias for field in dependant.query_params)
    for inner in dependant.dependencies:
        yield from _query_names(inner)
