"""The silence procedure."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Depends, Path

from app.actions import silence as actions
from app.api.context import may
from app.api.inputs import BreakIn, ExtensionIn, SilenceIn
from app.api.transactions import Once, Transaction
from app.http.server import Db
from app.rules.permissions import Seat
from app.views.negotiations import SilenceView, silences

router = APIRouter(prefix="/negotiations/{negotiation}/silences", tags=["silence"], route_class=Transaction)

Name = Annotated[str, Path(max_length=20, description="The silence, such as `S1`.")]


@router.get("", operation_id="listSilences", summary="List the silences")
async def list_silences(db: Db, seat: Annotated[Seat, Depends(may("negotiation.read"))]) -> Sequence[SilenceView]:
    """Newest first, with the clauses each covers: running, passed, broken on all of them, or ended without effect."""
    return await silences(db, seat.negotiation_id)


@router.post("", status_code=201, operation_id="openSilence", summary="Open a silence")
async def open_silence(
    db: Db, seat: Annotated[Seat, Depends(may("silence.open"))], _once: Once, new: SilenceIn
) -> actions.Opened:
    """What nobody objects to before the deadline counts as agreed. Refused over a clause with an objection or an open
    amendment."""
    return await actions.open_silence(db, seat, new.clauses, hours=new.hours, deadline=new.deadline)


@router.post("/{silence}/extension", operation_id="extendSilence", summary="Extend a silence")
async def extend_silence(
    db: Db, seat: Annotated[Seat, Depends(may("silence.extend"))], _once: Once, silence: Name, later: ExtensionIn
) -> actions.Opened:
    """While it runs, to a later deadline."""
    return await actions.extend(db, seat, silence, later.deadline)


@router.post("/{silence}/break", operation_id="breakSilence", summary="Break a silence")
async def break_silence(
    db: Db, seat: Annotated[Seat, Depends(may("silence.break"))], _once: Once, silence: Name, objection: BreakIn
) -> actions.Opened:
    """Object before the deadline, with a reason, to some clauses or to all of them."""
    return await actions.break_silence(db, seat, silence, objection.clauses, objection.reason)
