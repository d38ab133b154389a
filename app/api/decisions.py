"""Decisions on several amendments at once, and what they would do."""

from typing import Annotated

from fastapi import APIRouter, Depends

from app.actions import deciding_together
from app.api.context import may
from app.api.inputs import DecisionsIn
from app.api.transactions import Once, Transaction
from app.http.server import Db
from app.rules.permissions import Seat

router = APIRouter(prefix="/negotiations/{negotiation}/decisions", tags=["amendments"], route_class=Transaction)


@router.post("", operation_id="decideTogether", summary="Decide on several amendments at once")
async def decide_together(
    db: Db, seat: Annotated[Seat, Depends(may("amendment.decide_together"))], _once: Once, body: DecisionsIn
) -> deciding_together.DecidedTogether:
    """Carried out in the order given, all or nothing: where one is refused, the problem names its `amendment`.

    Each comes with the ETag of its amendment as you read it; what the act itself carries over meanwhile is not stale.
    """
    return await deciding_together.decide_together(db, seat, body.to_decisions())


@router.post("/rehearsal", operation_id="rehearseDecisions", summary="See what several decisions would do")
async def rehearse_decisions(
    db: Db, seat: Annotated[Seat, Depends(may("amendment.rehearse"))], _once: Once, body: DecisionsIn
) -> deciding_together.DecidedTogether:
    """To the text and to the other open amendments: carried out and undone, so that nothing is left of it. Reasons may
    be left out."""
    return await deciding_together.rehearse_together(db, seat, body.to_decisions())
