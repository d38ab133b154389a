"""Readings: passes of the working group through the text, in which labels do not change."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from app.actions import readings as actions
from app.api.context import may
from app.api.transactions import Once, Transaction
from app.api.versions import NoneMatch, head_tag, tag_answer
from app.http.server import Db
from app.rules.permissions import Seat
from app.views.readings import Reading, readings

router = APIRouter(prefix="/negotiations/{negotiation}/readings", tags=["readings"], route_class=Transaction)


@router.get("", operation_id="listReadings", summary="List the readings")
async def list_readings(
    request: Request,
    response: Response,
    db: Db,
    seat: Annotated[Seat, Depends(may("negotiation.read"))],
    _known: NoneMatch = None,
) -> Sequence[Reading]:
    """In order, with how many paragraphs had each status at the opening and at the closing of each."""
    tag_answer(request, response, head_tag(seat.negotiation, request.state.head_seq))
    return await readings(db, seat.negotiation_id)


@router.post("", status_code=201, operation_id="openReading", summary="Open the next reading")
async def open_reading(db: Db, seat: Annotated[Seat, Depends(may("reading.open"))], _once: Once) -> actions.ReadingMark:
    """One at a time. Until it is closed, labels do not change: publishing a revision is refused."""
    return await actions.open_reading(db, seat)


@router.post("/close", operation_id="closeReading", summary="Close the reading that is open")
async def close_reading(
    db: Db, seat: Annotated[Seat, Depends(may("reading.close"))], _once: Once
) -> actions.ReadingMark:
    """Says, and puts on the record, where the text stands at its end."""
    return await actions.close_reading(db, seat)
