"""One request, one transaction: committed before the answer is sent, so that what is acknowledged is kept.

Reads get a snapshot. Writes get a transaction that an error undoes as a whole. A POST with an `Idempotency-Key` is
carried out once: its answer is kept in the same transaction and given again to whoever sends the same key and body,
as long as they may still do what they ask for.
"""

import hashlib
from collections.abc import Callable, Coroutine, Iterator
from typing import Annotated, Any
from urllib.parse import unquote

from fastapi import Depends, Header, Request, Response
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute
from starlette.types import Message

from app.actions.repeating import Answer, keep, reserve
from app.api.context import Db, Secret, server_of
from app.problems import InvalidInput, TooLarge
from app.views.access import server_seat

_WRITES = frozenset({"POST", "PUT", "PATCH", "DELETE"})
_KEPT_HEADERS = ("etag", "location", "content-type")
_LONGEST_KEY = 200

Handler = Callable[[Request], Coroutine[Any, Any, Response]]


class Transaction(APIRoute):
    """A route whose handler runs in one database transaction."""

    def get_route_handler(self) -> Handler:
        handle = super().get_route_handler()
        known = frozenset(_query_names(self.dependant))

        async def in_transaction(request: Request) -> Response:
            _refuse_unreadable(request, known)
            request = _limited(request, server_of(request).settings.body_limit)
            database = server_of(request).database
            if request.method not in _WRITES:
                async with database.reading() as request.state.db:
                    return await handle(request)
            await request.body()  # before the transaction: a slow sender must not hold up the other writers
            async with database.writing() as request.state.db:
                try:
                    response = await handle(request)
                except _Repeated as repeated:
                    return repeated.response()
                await _keep_answer(request, response)
                return response

        return in_transaction


def _limited(request: Request, limit: int) -> Request:
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


class _Repeated(Exception):
    """This request was carried out before; its answer is to be given again."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def response(self) -> Response:
        headers = {**self.answer.headers, "Idempotency-Replayed": "true"}
        return Response(self.answer.body, self.answer.status, headers)


async def once(
    request: Request,
    db: Db,
    secret: Secret,
    key: Annotated[
        str | None,
        Header(
            alias="Idempotency-Key",
            description="Any string of your choice, new for each act. Sent again with the same body, it acts once.",
            examples=["9f1c2d7e-amend-op4"],
        ),
    ] = None,
) -> None:
    """Have this POST carried out once for each Idempotency-Key of a person. Without the header, each is a new act.

    A route asks for it behind the seat: who may not act any more is refused, and is not given the answer again.
    """
    if key is None:
        return
    if not (1 <= len(key) <= _LONGEST_KEY and key.isascii() and key.isprintable()):
        raise InvalidInput.at("Idempotency-Key", f"use 1 to {_LONGEST_KEY} printable ASCII characters.")
    person_id = (await server_seat(db, secret)).person_id
    if person_id is None:
        return  # nobody may write without a token; the route says so
    answer = await reserve(db, person_id, key, await _request_hash(request))
    if answer is not None:
        raise _Repeated(answer)
    request.state.reserved = (person_id, key)


Once = Annotated[None, Depends(once)]


async def _request_hash(request: Request) -> str:
    address = f"{request.method} {request.url.path}?{request.url.query}\n{request.headers.get('if-match', '')}\n"
    return hashlib.sha256(address.encode() + await request.body()).hexdigest()


async def _keep_answer(request: Request, response: Response) -> None:
    reserved = getattr(request.state, "reserved", None)
    if reserved is None:
        return
    headers = {name: response.headers[name] for name in _KEPT_HEADERS if name in response.headers}
    body = getattr(request.state, "kept_body", None) or bytes(response.body)
    person_id, key = reserved
    await keep(request.state.db, person_id, key, Answer(response.status_code, headers, body))


def _query_names(dependant: Dependant) -> Iterator[str]:
    yield from (field.alias for field in dependant.query_params)
    for inner in dependant.dependencies:
        yield from _query_names(inner)


def _refuse_unreadable(request: Request, known: frozenset[str]) -> None:
    """Refuse a parameter that nobody asked for, and an address with U+0000 in it, which names nothing."""
    for name, value in (("address", request.url.path), *request.query_params.multi_items()):
        if "\0" in unquote(value):
            raise InvalidInput.at(name, "has a character that is not accepted, NULL (U+0000); delete it.")
    for name in request.query_params:
        if name not in known:
            possible = ", ".join(sorted(known)) or "none"
            raise InvalidInput.at(name, f"is no parameter of {request.url.path}; it takes: {possible}.")
