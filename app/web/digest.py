"""The digest: what others did since one last looked, and what waits for one."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request, Response

from app.actions import digest_marks
from app.http.server import Db, standing_of
from app.rules.permissions import Seat
from app.views.digest import digest
from app.web.addresses import negotiation_address
from app.web.catalogue import N_
from app.web.pages import go_to, page, said
from app.web.routing import Page
from app.web.session import may

router = APIRouter(prefix="/n/{negotiation}/digest", include_in_schema=False, route_class=Page)


@router.get("")
async def digest_page(request: Request, db: Db, seat: Annotated[Seat, Depends(may("digest.read"))]) -> Response:
    """Paragraph by paragraph, with a button that marks it as seen up to what is shown."""
    standing = await standing_of(request, db, seat)
    return page(
        request,
        "digest.html",
        seat=seat,
        here="digest",
        found=await digest(db, seat, standing),
        zone=standing.negotiation.time_zone,
    )


@router.post("/seen")
async def mark_seen(
    request: Request,
    db: Db,
    seat: Annotated[Seat, Depends(may("digest.mark"))],
    seq: Annotated[int, Form(ge=1, le=2_000_000_000)],
) -> Response:
    await digest_marks.mark_seen(db, seat, seq)
    return go_to(
        request,
        f"{negotiation_address(seat.negotiation)}/digest",
        said(request, N_("Marked as seen. What happens from now on is told here.")),
    )
