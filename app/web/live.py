"""What happens in a negotiation, told to open pages as it happens."""

from collections.abc import AsyncIterator
from contextlib import aclosing
from typing import Annotated

from fastapi import APIRouter, Depends, Header, Query, Request
from fastapi.sse import EventSourceResponse, ServerSentEvent

from app.http.events import pulse, resumed_at
from app.record.database import Session
from app.rules.permissions import Seat
from app.views.sessions import signed_in_seat_in
from app.web.routing import Page
from app.web.session import may, secret_in, venue_of

router = APIRouter(prefix="/n/{negotiation}", include_in_schema=False, route_class=Page)


@router.get("/live", response_class=EventSourceResponse)
async def live(
    request: Request,
    seat: Annotated[Seat, Depends(may("record.read"))],
    after: Annotated[int | None, Query(ge=0)] = None,
    last_event_id: Annotated[int | None, Header(ge=0)] = None,
) -> AsyncIterator[ServerSentEvent]:
    """The record from where the page left off. A page fetches itself anew then, and shows the parts that changed."""

    async def seat_of(db: Session) -> Seat:
        found, _ = await signed_in_seat_in(db, secret_in(request), seat.negotiation)
        found.must("record.read")
        return found

    start = resumed_at(last_event_id, after, venue_of(request).head_seq)
    async with aclosing(pulse(request, seat.negotiation_id, start, seat_of)) as told:
        async for entry in told:
            yield ServerSentEvent(data="", event="entry", id=str(entry))
