"""A text goes on from stage to stage, to the working group and to New York, and sometimes back."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.ext.asyncio import AsyncSession

from app.actions.locking import Act, begin
from app.record.adoption import StageChange
from app.rules.permissions import Seat
from app.rules.stages import Stage, must_lead_to
from app.text.screen import screened


@dataclass(frozen=True, slots=True)
class Advanced:
    """A text after a step: the stage it came from and the one it is at, and the entry."""

    before: Stage
    stage: Stage
    reason: str
    seq: int


async def advance(db: AsyncSession, seat: Seat, to: Stage, reason: str = "") -> Advanced:
    """Move a text on between the zero draft, the working group and the permanent representations, or back.

    Going back needs a reason. Raises StageAlreadyReached, StageByItsOwnAct, ReasonRequired, TextTabled, TextAdopted.
    """
    act = await begin(db, seat, "stage.advance")
    before = Stage(act.negotiation.stage)
    must_lead_to(before, to, reason)
    reason = screened(reason, "reason") if reason.strip() else ""
    come_to(act, to, reason=reason)
    written = await act.recorded({"before": before.value, "stage": to.value, "reason": reason})
    return Advanced(before, to, reason, written.seq)


def come_to(
    act: Act,
    stage: Stage,
    *,
    reason: str = "",
    symbol: str = "",
    day: date | None = None,
    meeting: str = "",
    revision: str = "",
) -> None:
    """Put the text at a stage, in an act that will be recorded."""
    act.negotiation.stage = stage.value
    act.db.add(
        StageChange(
            negotiation_id=act.negotiation.id,
            stage=stage.value,
            reason=reason,
            symbol=symbol,
            day=day,
            meeting=meeting,
            revision=revision,
            seq=act.seq,
            at=act.now,
        )
    )
