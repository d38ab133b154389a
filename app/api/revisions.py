"""Revisions: the text as it was published."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from app.actions import revising
from app.api.context import may
from app.api.inputs import RevisionIn
from app.api.transactions import Once, Transaction
from app.api.versions import NoneMatch, head_tag, tag_answer
from app.http.server import Db
from app.rules.permissions import Seat
from app.views.revisions import Revision, revisions

router = APIRouter(prefix="/negotiations/{negotiation}/revisions", tags=["text"], route_class=Transaction)


@router.get("", operation_id="listRevisions", summary="List the revisions")
async def list_revisions(
    request: Request,
    response: Response,
    db: Db,
    seat: Annotated[Seat, Depends(may("negotiation.read"))],
    _known: NoneMatch = None,
) -> Sequence[Revision]:
    """From the zero draft on. The text of one is /draft or /export with its name as `at`."""
    tag_answer(request, response, head_tag(seat.negotiation, request.state.head_seq))
    return await revisions(db, seat.negotiation_id)


@router.post("", status_code=201, operation_id="publishRevision", summary="Publish the text as a revision")
async def publish_revision(
    db: Db, seat: Annotated[Seat, Depends(may("revision.publish"))], _once: Once, new: RevisionIn
) -> revising.Published:
    """Paragraphs are numbered afresh, the mapping is kept, and references to own paragraphs follow."""
    return await revising.publish(db, seat, new.name)
