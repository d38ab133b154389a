"""The way of a text to adoption as people read it: its stages, how it was tabled and revised, the votes, the adoption,
and what delegations said about it."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.record.adoption import Dissociation as DissociationRow
from app.record.adoption import Explanation as ExplanationRow
from app.record.adoption import OralRevision as OralRevisionRow
from app.record.adoption import StageChange
from app.record.people import Delegation
from app.rules.dissociations import printed
from app.rules.stages import Stage
from app.rules.standing import NegotiationFacts, Standing
from app.said import Said
from app.views.votes import RequestForVote, Vote, vote_requests, votes


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
class OralRevision:
    """What was read out after tabling: which paragraphs changed (as they were called then). Its words are the changes
    between two revisions."""

    number: int
    announced_by: str
    labels: tuple[str, ...]
    revision: str
    seq: int
    announced_at: datetime


@dataclass(frozen=True, slots=True)
class Resolution:
    """The adoption. `vote` is empty where there was none; `sentence` says it as a record of the meeting does."""

    symbol: str
    day: date
    meeting: str
    vote: str
    revision: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """What a delegation said of its position or its vote, `before` or `after` the action; `labels` are those that the
    paragraphs it names have now."""

    name: str
    delegation: str
    delegation_name: str
    subject: str
    when: str
    text: str
    labels: tuple[str, ...]
    seq: int
    given_at: datetime


@dataclass(frozen=True, slots=True)
class Dissociation:
    """A delegation joins the consensus except on some paragraphs (`clauses`, by key). `sentence` is as it is printed,
    with the numbers that they have now; empty when it was withdrawn or none of them is left in the text."""

    name: str
    delegation: str
    delegation_name: str
    clauses: tuple[str, ...]
    labels: tuple[str, ...]
    statement: str
    sentence: str
    seq: int
    declared_at: datetime
    withdrawn_at: datetime | None


@dataclass(frozen=True, slots=True)
class Adoption:
    """The way of a text from the zero draft to adoption, at one record entry. `tabled` and `adopted` are null before it
    was; `is_rejected` where a vote rejected it last. `dissociated` are the dissociations that stand as they are
    printed: one sentence for each delegation, by name."""

    negotiation: str
    seq: int
    stage: Stage
    symbol: str
    stages: tuple[StageReached, ...]
    tabled: Tabling | None
    oral_revisions: tuple[OralRevision, ...]
    vote_requests: tuple[RequestForVote, ...]
    votes: tuple[Vote, ...]
    is_rejected: bool
    adopted: Resolution | None
    explanations: tuple[Explanation, ...]
    dissociations: tuple[Dissociation, ...]
    dissociated: tuple[str, ...]


async def adoption(db: AsyncSession, standing: Standing) -> Adoption:
    """The whole way of a text up to now. Eight statements."""
    facts = standing.negotiation
    changes = await _changes(db, facts.id)
    taken = await votes(db, facts.id)
    adopted = _adopted(changes, taken)
    declared = await _dissociations(db, standing)
    return Adoption(
        negotiation=facts.slug,
        seq=facts.head_seq,
        stage=Stage(facts.stage),
        symbol=facts.front.symbol,
        stages=_stages(facts, changes),
        tabled=_tabled(facts, changes),
        oral_revisions=await _oral_revisions(db, facts.id),
        vote_requests=await vote_requests(db, facts.id),
        votes=taken,
        is_rejected=adopted is None and any(vote.rejects_whole for vote in taken),
        adopted=adopted,
        explanations=await _explanations(db, standing),
        dissociations=declared,
        dissociated=_as_printed(declared, standing),
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


def _adopted(changes: list[StageChange], taken: tuple[Vote, ...]) -> Resolution | None:
    for change in changes:
        if change.stage == Stage.ADOPTED.value and change.day is not None:
            vote = next((vote for vote in taken if vote.seq == change.seq), None)
            sentence = Said(
                "The draft resolution was adopted {how} at the {meeting} on {day}, as {symbol}.",
                how=Said("without a vote") if vote is None else vote.tally.sentence_part,
                meeting=change.meeting,
                day=change.day,
                symbol=change.symbol,
            )
            name = "" if vote is None else vote.name
            return Resolution(change.symbol, change.day, change.meeting, name, change.revision, sentence)
    return None


async def _oral_revisions(db: AsyncSession, negotiation_id: int) -> tuple[OralRevision, ...]:
    rows = await db.scalars(
        select(OralRevisionRow).where(OralRevisionRow.negotiation_id == negotiation_id).order_by(OralRevisionRow.number)
    )
    return tuple(
        OralRevision(row.number, row.announced_by, tuple(row.labels), row.revision, row.seq, row.announced_at)
        for row in rows
    )


async def _explanations(db: AsyncSession, standing: Standing) -> tuple[Explanation, ...]:
    labels = {clause.key: clause.label for clause in standing.clauses}
    rows = await db.execute(
        select(ExplanationRow, Delegation.code, Delegation.name)
        .join(Delegation, ExplanationRow.delegation_id == Delegation.id)
        .where(ExplanationRow.negotiation_id == standing.negotiation.id)
        .order_by(ExplanationRow.number)
    )
    return tuple(
        Explanation(
            f"E{row.number}",
            code,
            name,
            row.subject,
            row.moment,
            row.text,
            tuple(labels[key] for key in row.clauses),
            row.seq,
            row.given_at,
        )
        for row, code, name in rows
    )


async def _dissociations(db: AsyncSession, standing: Standing) -> tuple[Dissociation, ...]:
    rows = await db.execute(
        select(DissociationRow, Delegation.code, Delegation.name)
        .join(Delegation, DissociationRow.delegation_id == Delegation.id)
        .where(DissociationRow.negotiation_id == standing.negotiation.id)
        .order_by(DissociationRow.number)
    )
    return tuple(_dissociation(row, code, name, standing) for row, code, name in rows)


def _as_printed(declared: tuple[Dissociation, ...], standing: Standing) -> tuple[str, ...]:
    """One sentence for each delegation, over all paragraphs that it has dissociated itself from, in order."""
    by_name: dict[str, set[str]] = defaultdict(set)
    for one in declared:
        by_name[one.delegation_name].update(one.clauses if one.withdrawn_at is None else ())
    sentences = (printed(name, _labels_now(by_name[name], standing)) for name in sorted(by_name))
    return tuple(sentence for sentence in sentences if sentence)


def _dissociation(row: DissociationRow, code: str, name: str, standing: Standing) -> Dissociation:
    stands = row.withdrawn_at is None
    return Dissociation(
        name=f"D{row.number}",
        delegation=code,
        delegation_name=name,
        clauses=tuple(row.clauses),
        labels=tuple(clause.label for clause in standing.clauses if clause.key in row.clauses),
        statement=row.statement,
        sentence=printed(name, _labels_now(row.clauses, standing)) if stands else "",
        seq=row.seq,
        declared_at=row.declared_at,
        withdrawn_at=row.withdrawn_at,
    )


def _labels_now(keys: Collection[str], standing: Standing) -> list[str]:
    """What the clauses with these keys are called that are in the text, in its order."""
    return [clause.label for clause in standing.in_the_text() if clause.key in keys]
