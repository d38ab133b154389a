"""From the working group to adoption: stages, tabling."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from app.actions import staging, tabling
from app.api.adoption_inputs import StageIn, TablingIn
from app.api.context import may
from app.api.transactions import Once, Transaction
from app.api.versions import NoneMatch, head_tag, tag_answer
from app.http.server import Db, standing_of
from app.rules.permissions import Seat
from app.views import adoption as views

router = APIRouter(prefix="/negotiations/{negotiation}", tags=["adoption"], route_class=Transaction)


@router.get("/adoption", operation_id="getAdoption", summary="Read the way of the text to adoption")
async def get_adoption(
    request: Request,
    response: Response,
    db: Db,
    seat: Annotated[Seat, Depends(may("negotiation.read"))],
    _known: NoneMatch = None,
) -> views.Adoption:
    """Its stages with their days, and how it was tabled."""
    tag_answer(request, response, head_tag(seat.negotiation, request.state.head_seq))
    return await views.adoption(db, await standing_of(request, db, seat))


@router.post("/stage", operation_id="moveToStage", summary="Move the text to another stage")
async def move_to_stage(
    db: Db, seat: Annotated[Seat, Depends(may("stage.advance"))], _once: Once, to: StageIn
) -> staging.Advanced:
    """On between the zero draft, the working group and the permanent representations; back, with a reason."""
    return await staging.advance(db, seat, to.stage, to.reason)


@router.post("/tabling", operation_id="tableText", summary="Table the text")
async def table_text(
    db: Db, seat: Annotated[Seat, Depends(may("text.table"))], _once: Once, new: TablingIn
) -> tabling.Tabled:
    """Its paragraphs are numbered afresh, and it is kept “as tabled” under its symbol. From then on it is no longer
    negotiated: its sponsors can revise it orally, and the Assembly acts on it."""
    return await tabling.table(db, seat, new.to_submission())
