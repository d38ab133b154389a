"""Votes as people read them: how each state voted, who had asked for it, and what states advised later."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.record.adoption import Ballot, VoteCorrection, VoteRequest
from app.record.adoption import Vote as VoteRow
from app.record.people import Delegation
from app.record.texts import Clause
from app.rules.voting import Choice, Majority, Tally, alphabetical, tally
from app.said import Said
from app.text.paragraph_names import in_words


@dataclass(frozen=True, slots=True)
class State:
    """A member state as it voted."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Correction:
    """A state advised afterwards that it had intended to vote so. `recorded` is how it did (null: not at all)."""

    state: State
    recorded: Choice | None
    intended: Choice
    seq: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Vote:
    """A recorded vote on a paragraph (`on` its label when it was taken) or on the whole text (`on` empty).

    States are in English alphabetical order; `sentence` says the result. `corrections` do not change it.
    """

    name: str
    on: str
    day: date
    meeting: str
    majority: Majority
    requested_by: tuple[str, ...]
    tally: Tally
    is_carried: bool
    rejects_whole: bool
    in_favour: tuple[State, ...]
    against: tuple[State, ...]
    abstaining: tuple[State, ...]
    corrections: tuple[Correction, ...]
    sentence: str
    seq: int


@dataclass(frozen=True, slots=True)
class RequestForVote:
    """A delegation asked for a vote. `state`: `standing`, `withdrawn`, `met` by the vote `vote`, or `moot`, since the
    paragraph left the text."""

    name: str
    delegation: str
    on: str
    state: str
    vote: str
    requested_at: datetime


async def votes(db: AsyncSession, negotiation_id: int) -> tuple[Vote, ...]:
    """All votes taken, in order. Three statements."""
    rows = list(await db.scalars(select(VoteRow).where(VoteRow.negotiation_id == negotiation_id).order_by(VoteRow.id)))
    of_these = select(VoteRow.id).where(VoteRow.negotiation_id == negotiation_id)
    ballots = _by_vote(await db.scalars(select(Ballot).where(Ballot.vote_id.in_(of_these))))
    corrections = _by_vote(
        await db.scalars(select(VoteCorrection).where(VoteCorrection.vote_id.in_(of_these)).order_by(VoteCorrection.id))
    )
    return tuple(_vote(row, ballots[row.id], corrections[row.id]) for row in rows)


async def vote_requests(db: AsyncSession, negotiation_id: int) -> tuple[RequestForVote, ...]:
    """All requests for a vote, in order. One statement."""
    rows = await db.execute(
        select(VoteRequest, Delegation.code, Clause.label, Clause.removed_by)
        .join(Delegation, VoteRequest.delegation_id == Delegation.id)
        .outerjoin(Clause, VoteRequest.clause_id == Clause.id)
        .where(VoteRequest.negotiation_id == negotiation_id)
        .order_by(VoteRequest.number)
    )
    return tuple(
        RequestForVote(
            f"R{row.number}",
            code,
            label or "",
            _state(row, removed_by),
            "" if row.vote is None else f"V{row.vote}",
            row.requested_at,
        )
        for row, code, label, removed_by in rows
    )


def _state(row: VoteRequest, removed_by: str | None) -> str:
    if row.vote is not None:
        return "met"
    if row.ended_at is not None:
        return "withdrawn"
    return "moot" if removed_by is not None else "standing"


def _vote(row: VoteRow, ballots: Sequence[Any], corrections: Sequence[Any]) -> Vote:
    choices = {ballot.state: Choice(ballot.choice) for ballot in ballots}
    names = {ballot.state: ballot.name for ballot in ballots}
    order = alphabetical(names)
    counted = tally(choices.values())

    def who(choice: Choice) -> tuple[State, ...]:
        return tuple(State(code, names[code]) for code in order if choices[code] is choice)

    return Vote(
        name=f"V{row.number}",
        on=row.label,
        day=row.day,
        meeting=row.meeting,
        majority=Majority(row.majority),
        requested_by=tuple(row.requested_by),
        tally=counted,
        is_carried=row.is_carried,
        rejects_whole=row.rejects_whole,
        in_favour=who(Choice.IN_FAVOUR),
        against=who(Choice.AGAINST),
        abstaining=who(Choice.ABSTAINING),
        corrections=tuple(
            Correction(State(c.state, c.name), choices.get(c.state), Choice(c.choice), c.seq, c.advised_at)
            for c in corrections
        ),
        sentence=_sentence(row, counted),
        seq=row.seq,
    )


def _sentence(row: VoteRow, counted: Tally) -> Said:
    how = counted.sentence_part
    if row.label:
        named = in_words([row.label])
        what = named[0].upper() + named[1:]
        if row.is_carried:
            return Said(
                "{what} was retained {how}.", "{label} was retained {how}.", what=what, label=row.label, how=how
            )
        return Said("{what} was rejected {how}.", "{label} was rejected {how}.", what=what, label=row.label, how=how)
    if row.is_carried:
        return Said("The draft resolution was adopted {how}.", how=how)
    return Said("The draft resolution was rejected {how}.", how=how)


def _by_vote(rows: Iterable[Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.vote_id].append(row)
    return found
