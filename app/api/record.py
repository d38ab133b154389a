"""The record: everything that happened, in order, and the proof that it was not altered."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Request, Response

from app.api.context import may
from app.api.paging import Cursor, Limit, Page, after_number, page_of
from app.api.transactions import Transaction
from app.api.versions import NoneMatch, day_tag, head_tag, tag_answer
from app.http.server import Db
from app.record.database import now_of
from app.rules.permissions import Seat
from app.views import records as views
from app.views.verification import Verification, verification

router = APIRouter(prefix="/negotiations/{negotiation}/record", tags=["record"], route_class=Transaction)

Reader = Annotated[Seat, Depends(may("record.read"))]


@router.get("", operation_id="listRecord", summary="Read the record")
async def list_record(
    request: Request,
    response: Response,
    db: Db,
    seat: Reader,
    verb: Annotated[str | None, Query(max_length=60, examples=["amendment.decide"])] = None,
    limit: Limit = 50,
    cursor: Cursor = None,
    _known: NoneMatch = None,
) -> Page[views.RecordEntry]:
    """Every act in order: who did what, when, and what it changed."""
    tag_answer(request, response, day_tag(head_tag(seat.negotiation, request.state.head_seq), now_of(db)))
    found = await views.record(db, seat, after=after_number(cursor), limit=limit + 1, verb=verb)
    return page_of(found, limit, lambda entry: entry.seq)


@router.get("/verification", operation_id="verifyRecord", summary="Verify the record")
async def verify_record(db: Db, seat: Annotated[Seat, Depends(may("record.verify"))]) -> Verification:
    """Recompute every hash, replay the record, and compare what it tells with what is stored: the text, amendments,
    positions, rulings, silences, comments, revisions, who takes part."""
    return await verification(db, seat.negotiation_id)


@router.get("/{seq}", operation_id="getRecordEntry", summary="Read one record entry")
async def get_record_entry(
    db: Db, seat: Reader, seq: Annotated[int, Path(ge=1, le=2_000_000_000)]
) -> views.RecordEntry:
    """An entry never changes."""
    return await views.record_entry(db, seat, seq)
