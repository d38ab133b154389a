"""A POST with an `Idempotency-Key` is carried out once: its answer is kept in the transaction of the act and given
again to whoever sends the same key and body, as long as they may still do what they ask for.
"""

import hashlib
from typing import Annotated

from fastapi import Depends, Header, Request

from app.api.context import Secret
from app.http.repeating import Keeping, act_once
from app.http.server import Db
from app.problems import InvalidInput
from app.views.access import server_seat

_LONGEST_KEY = 200


Transaction = Keeping  # of every route of the API


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
    await act_once(request, db, person_id, key, await _request_hash(request))


Once = Annotated[None, Depends(once)]


async def _request_hash(request: Request) -> str:
    address = f"{request.method} {request.url.path}?{request.url.query}\n{request.headers.get('if-match', '')}\n"
    return hashlib.sha256(address.encode() + await request.body()).hexdigest()
