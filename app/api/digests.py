"""The digest: what changed since one last looked, and what waits for one."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from app.actions import digest_marks
from app.api.context import may
from app.api.inputs import SeenIn
from app.api.transactions import Once, Transaction
from app.api.versions import CACHING
from app.http.server import Db, standing_of
from app.rules.permissions import Seat
from app.views import digest as views

router = APIRouter(prefix="/negotiations/{negotiation}/digest", tags=["digest"], route_class=Transaction)


@router.get("", operation_id="getDigest", summary="Read what changed and what waits for you")
async def get_digest(
    request: Request, response: Response, db: Db, seat: Annotated[Seat, Depends(may("digest.read"))]
) -> views.Digest:
    """What others did since the entry that you marked as seen, in sentences, clause by clause; and what waits for your
    delegation or for those who hold the pen. Drafts of other delegations are not in it."""
    response.headers.update(CACHING)
    return await views.digest(db, seat, await standing_of(request, db, seat))


@router.post("/seen", operation_id="markDigestSeen", summary="Mark the digest as seen")
async def mark_digest_seen(
    db: Db, seat: Annotated[Seat, Depends(may("digest.mark"))], _once: Once, read: SeenIn
) -> digest_marks.Seen:
    """Up to the `seq` of the digest that you read. A mark never moves back. It is on no record: it changes nothing of
    the negotiation."""
    return await digest_marks.mark_seen(db, seat, read.seq)
