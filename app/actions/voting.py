"""Votes are put on record with how each state voted; a state that intended otherwise advises so later."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.actions.locking import Act, begin
from app.actions.removing import taken_out
from app.actions.speaking import speaker
from app.actions.vote_facts import (
    code_of,
    day_after_tabling,
    member_states,
    must_not_be_rejected,
    number_in,
    standing_requests,
    votable,
)
from app.problems import InvalidInput, NotFound, NothingToCorrect
from app.record.adoption import Ballot, Vote, VoteCorrection
from app.record.people import Delegation
from app.record.standing import clause_standing
from app.record.texts import Clause
from app.rules.permissions import Seat
from app.rules.voting import Choice, Majority, Tally, alphabetical, rejects_the_whole, tally
from app.said import Said
from app.text.clauses import Kind
from app.text.screen import screened


@dataclass(frozen=True, slots=True)
class RollCall:
    """How the states voted, by their codes; those not named did not vote. `requested_by` are the states that asked for
    the vote, beside those whose requests stand."""

    in_favour: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    abstaining: tuple[str, ...] = ()
    requested_by: tuple[str, ...] = ()
    majority: Majority = Majority.SIMPLE
    day: date | None = None
    meeting: str = ""


@dataclass(frozen=True, slots=True)
class Voted:
    """A vote that was recorded (`V1`): on what, how it went, what left the text by it, and whether the whole text was
    rejected by it."""

    vote: str
    on: str
    tally: Tally
    is_carried: bool
    removed: tuple[str, ...]
    rejects_whole: bool
    requested_by: tuple[str, ...]
    seq: int


@dataclass(frozen=True, slots=True)
class Corrected:
    """What a state advised after a vote; the vote stands as it was taken."""

    vote: str
    state: str
    name: str
    recorded: Choice | None
    intended: Choice
    seq: int


async def vote_on_paragraph(db: AsyncSession, seat: Seat, clause: str, expected: str, roll: RollCall) -> Voted:
    """Record a separate vote on a paragraph: it is retained, or deleted with its sub-paragraphs.

    When no operative paragraph is left, the whole text is rejected (rule 89). Raises StaleVersion, ClauseRemoved,
    ClauseFixed, NotAMemberState, TextRejected, InvalidInput.
    """
    act = await begin(db, seat, "vote.record")
    await must_not_be_rejected(act)
    found = await clause_standing(db, act.negotiation, clause)
    found.must_be_at(expected)
    row = await votable(act, found.key)
    vote, counted, told = await put_down(act, roll, row)
    done = [] if vote.is_carried else await taken_out(act, found, f"V{vote.number}")
    if done:
        rows = await db.execute(
            select(Clause.kind, Clause.key, Clause.removed_by).where(Clause.negotiation_id == act.negotiation.id)
        )
        gone = {change["clause"] for change, _ in done}
        kinds = [(Kind(kind), key in gone) for kind, key, by in rows if by is None or key in gone]
        vote.rejects_whole = rejects_the_whole(
            {kind for kind, out in kinds if not out}, {kind for kind, out in kinds if out}
        )
    db.add(vote)
    labels = await _labels(act, [change["clause"] for change, _ in done])
    written = await act.recorded(
        {
            **told,
            "removed": list(labels),
            "rejects_whole": vote.rejects_whole,
            "rebased": [outcome.as_payload() for _, outcomes in done for outcome in outcomes],
            "changes": [change for change, _ in done],
        }
    )
    await add_ballots(act, vote, told)
    return Voted(
        f"V{vote.number}",
        vote.label,
        counted,
        vote.is_carried,
        labels,
        vote.rejects_whole,
        tuple(vote.requested_by),
        written.seq,
    )


async def put_down(act: Act, roll: RollCall, clause: Clause | None) -> tuple[Vote, Tally, dict[str, Any]]:
    """A vote as it will be kept, not yet added; its tally; and what the record says of it. Requests for it are met.

    Raises InvalidInput, NotAMemberState.
    """
    choices = _choices(roll)
    names = await member_states(act, [*choices, *roll.requested_by])
    counted = tally(choices.values())
    asked = [
        (request, who.code)
        for request, who, _ in await standing_requests(act)
        if request.clause_id == (None if clause is None else clause.id)
    ]
    requested_by = list(dict.fromkeys([*(code for _, code in asked), *map(code_of, roll.requested_by)]))
    if clause is not None and not requested_by:
        raise InvalidInput.at(
            "requested_by", Said("a separate vote is taken where a delegation asked for it; name it.")
        )
    last = await act.db.scalar(select(func.max(Vote.number)).where(Vote.negotiation_id == act.negotiation.id))
    is_carried = counted.is_carried(roll.majority)
    vote = Vote(
        negotiation_id=act.negotiation.id,
        number=(last or 0) + 1,
        clause_id=None if clause is None else clause.id,
        label="" if clause is None else clause.label,
        majority=roll.majority.value,
        is_carried=is_carried,
        rejects_whole=clause is None and not is_carried,
        requested_by=requested_by,
        day=await day_after_tabling(act, roll.day),
        meeting=screened(roll.meeting, "meeting", limit=200) if roll.meeting.strip() else "",
        seq=act.seq,
        taken_at=act.now,
    )
    for request, _ in asked:
        request.ended_at, request.vote = act.now, vote.number
    order = alphabetical({code: names[code] for code in choices})
    told = {
        "vote": f"V{vote.number}",
        "clause": None if clause is None else clause.key,
        "label": vote.label,
        "day": vote.day.isoformat(),
        "meeting": vote.meeting,
        "majority": vote.majority,
        "requested_by": requested_by,
        "is_carried": is_carried,
        "meets": [f"R{request.number}" for request, _ in asked],
        "roll": [{"state": code, "name": names[code], "choice": choices[code].value} for code in order],
    }
    return vote, counted, told


async def add_ballots(act: Act, vote: Vote, told: dict[str, Any]) -> None:
    """Put down how each state voted, once the vote itself is in the tables."""
    act.db.add_all(Ballot(vote_id=vote.id, **one) for one in told["roll"])
    await act.db.flush()


async def correct_vote(db: AsyncSession, seat: Seat, name: str, choice: Choice, state: str = "") -> Corrected:
    """A state advises that it had intended to vote otherwise: kept beside the vote, whose result it does not change.

    Raises NotFound, NothingToCorrect, NotAMemberState, and what `speaker` raises.
    """
    act = await begin(db, seat, "vote.correct")
    vote = await db.scalar(
        select(Vote).where(Vote.negotiation_id == act.negotiation.id, Vote.number == number_in(name, "V"))
    )
    if vote is None:
        raise NotFound(
            what=Said("vote"),
            name=name,
            remedy=Said("GET .../adoption lists them.", "The page “Towards adoption” lists them."),
        )
    code = code_of(state) or (await speaker(act, "")).code
    called = (await member_states(act, [code]))[code]
    if code != seat.delegation and (not seat.holds_the_pen or await _is_known(act, code)):
        await speaker(act, code)
    voted = await db.scalar(select(Ballot.choice).where(Ballot.vote_id == vote.id, Ballot.state == code))
    advised = await db.scalar(
        select(VoteCorrection.choice)
        .where(VoteCorrection.vote_id == vote.id, VoteCorrection.state == code)
        .order_by(VoteCorrection.id.desc())
        .limit(1)
    )
    if (advised or voted) == choice.value:
        raise NothingToCorrect(state=called, choice=choice.words, vote=f"V{vote.number}")
    db.add(
        VoteCorrection(vote_id=vote.id, state=code, name=called, choice=choice.value, seq=act.seq, advised_at=act.now)
    )
    written = await act.recorded(
        {"vote": f"V{vote.number}", "state": code, "name": called, "recorded": voted, "intended": choice.value}
    )
    return Corrected(f"V{vote.number}", code, called, Choice(voted) if voted else None, choice, written.seq)


def _choices(roll: RollCall) -> dict[str, Choice]:
    found: dict[str, Choice] = {}
    for choice in Choice:
        for code in map(code_of, getattr(roll, choice.value)):
            if found.setdefault(code, choice) is not choice:
                raise InvalidInput.at(
                    choice.value,
                    Said("{code} is also {words}; a state votes once.", code=code, words=found[code].words),
                )
    if not found:
        raise InvalidInput.at("in_favour", Said("a recorded vote says how each state voted; name at least one."))
    return found


async def _labels(act: Act, keys: Sequence[str]) -> tuple[str, ...]:
    rows = await act.db.scalars(
        select(Clause.label)
        .where(Clause.negotiation_id == act.negotiation.id, Clause.key.in_(keys))
        .order_by(Clause.place)
    )
    return tuple(rows) if keys else ()


async def _is_known(act: Act, code: str) -> bool:
    return await act.db.scalar(select(Delegation.id).where(Delegation.code == code)) is not None
