"""A POST with an `Idempotency-Key` is carried out once: its answer is kept in the transaction of the act and given
again to whoever sends the same key and body, as long as they may still do what they ask for.
"""

import hashlib
from typing import Annotated

from fastapi import Depends, Header, Request, Response

from app.actions.repeating import Answer, keep, reserve
from app.api.context import Secret
from app.http import transactions as http
from app.http.server import Db
from app.problems import InvalidInput
from app.views.access import server_seat

_KEPT_HEADERS = ("etag", "location", "content-type")
_LONGEST_KEY = 200


class Transaction(http.Transaction):
    """A route whose handler runs in one database transaction, with the answer kept where that is asked for."""

    async def carry_out(self, handle: http.Handler, request: Request) -> Response:
        try:
            response = await handle(request)
        except _Repeated as repeated:
            return repeated.response()
        await _keep_answer(request, response)
        return response


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
