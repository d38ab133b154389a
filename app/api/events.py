"""The record as it grows: server-sent events for programs that follow a negotiation."""

from collections.abc import AsyncIterator
from contextlib import aclosing
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Header, Query, Request
from fastapi.sse import EventSourceResponse, ServerSentEvent

from app.api.context import Secret, may
from app.api.transactions import Transaction
from app.http.events import events, resumed_at
from app.record.database import Session
from app.rules.permissions import Seat
from app.views.access import seat_in

router = APIRouter(prefix="/negotiations/{negotiation}", tags=["record"], route_class=Transaction)

_ENTRY: Final = {"contentMediaType": "application/json", "contentSchema": {"$ref": "#/components/schemas/RecordEntry"}}
_DESCRIBED: Final[dict[str, Any]] = {
    "responses": {
        "200": {
            "description": "Events without end: `id` is the number of the entry, `event` its verb, `data` the entry.",
            "content": {"text/event-stream": {"itemSchema": {"properties": {"data": _ENTRY}}}},
        }
    }
}


@router.get(
    "/events",
    operation_id="followRecord",
    summary="Follow the record",
    response_class=EventSourceResponse,
    openapi_extra=_DESCRIBED,
)
async def follow_record(
    request: Request,
    seat: Annotated[Seat, Depends(may("record.read"))],
    secret: Secret,
    after: Annotated[
        int | None,
        Query(
            ge=0, description="The number of an entry: what comes after it is told. 0: the whole record.", examples=[40]
        ),
    ] = None,
    last_event_id: Annotated[
        int | None,
        Header(alias="Last-Event-ID", ge=0, description="The `id` of the last event you had; before `after`."),
    ] = None,
) -> AsyncIterator[ServerSentEvent]:
    """Every act as it is done, as an event with the entry of the record as `listRecord` shows it: in order, none twice
    and none left out, from `Last-Event-ID`, else from behind `after`, else from now on.

    A comment (`: ping`) comes every 15 seconds when nothing happens. The stream ends when the token is revoked or
    expires, when the negotiation is yours to read no more, or when the server stops; a comment says which.
    """

    async def seat_of(db: Session) -> Seat:
        found, _ = await seat_in(db, secret, seat.negotiation)
        found.must("record.read")
        return found

    start = resumed_at(last_event_id, after, request.state.head_seq)
    async with aclosing(events(request, seat.negotiation_id, start, seat_of)) as told:
        async for event in told:
            yield event
