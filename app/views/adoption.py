"""The way of a text to adoption as people read it: the stages with their days, and how it was tabled."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.record.adoption import StageChange
from app.rules.stages import Stage
from app.rules.standing import NegotiationFacts, Standing


@dataclass(frozen=True, slots=True)
class StageReached:
    """When the text came to a stage, with the record entry. `reason`: why it went back, if it did."""

    stage: Stage
    at: datetime
    seq: int
    reason: str


@dataclass(frozen=True, slots=True)
class Tabling:
    """How the text was tabled. `although` says why, where it was not agreed. Its text is that `?at=` the revision."""

    symbol: str
    day: date
    session: str
    agenda_item: str
    although: str
    revision: str


@dataclass(frozen=True, slots=True)
class Adoption:
    """The way of a text from the zero draft to adoption, at one record entry. `tabled` is null before it was."""

    negotiation: str
    seq: int
    stage: Stage
    symbol: str
    stages: tuple[StageReached, ...]
    tabled: Tabling | None


async def adoption(db: AsyncSession, standing: Standing) -> Adoption:
    """The whole way of a text up to now. One statement."""
    facts = standing.negotiation
    changes = await _changes(db, facts.id)
    return Adoption(
        negotiation=facts.slug,
        seq=facts.head_seq,
        stage=Stage(facts.stage),
        symbol=facts.front.symbol,
        stages=_stages(facts, changes),
        tabled=_tabled(facts, changes),
    )


async def _changes(db: AsyncSession, negotiation_id: int) -> list[StageChange]:
    rows = await db.scalars(
        select(StageChange).where(StageChange.negotiation_id == negotiation_id).order_by(StageChange.id)
    )
    return list(rows)


def _stages(facts: NegotiationFacts, changes: list[StageChange]) -> tuple[StageReached, ...]:
    begun = StageReached(Stage.ZERO_DRAFT, facts.created_at, 1, "")
    return (begun, *(StageReached(Stage(c.stage), c.at, c.seq, _why_back(c)) for c in changes))


def _why_back(change: StageChange) -> str:
    return "" if change.stage == Stage.TABLED.value else change.reason


def _tabled(facts: NegotiationFacts, changes: list[StageChange]) -> Tabling | None:
    for change in changes:
        if change.stage == Stage.TABLED.value and change.day is not None:
            front = facts.front
            return Tabling(change.symbol, change.day, front.session, front.agenda_item, change.reason, change.revision)
    return None
