"""Adoption: without a vote when nobody objects, or by a recorded vote. What was adopted is closed for ever."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.actions.locking import Act, begin
from app.actions.rebasing import settle
from app.actions.revising import AS_ADOPTED, keep_next_revision, number_afresh
from app.actions.staging import come_to
from app.actions.tabling import usable_symbol
from app.actions.vote_facts import day_after_tabling, rejection, standing_requests
from app.actions.vote_requests import WHOLE
from app.actions.voting import RollCall, add_ballots, put_down
from app.problems import (
    AmendmentBeforeAdoption,
    NothingToReconsider,
    ObjectionToAdoption,
    TextRejected,
    VoteRequested,
)
from app.record.adoption import Vote
from app.record.proposals import Amendment
from app.record.standing import facts_of, standing
from app.rules import replay
from app.rules.amendments import AmendmentStatus
from app.rules.because import because_objected
from app.rules.outcomes import left_behind
from app.rules.permissions import Seat
from app.rules.stages import Stage
from app.rules.standing import Standing
from app.rules.voting import Tally
from app.said import Said, all_said, dated
from app.text.clauses import FrontMatter
from app.text.screen import screened

_PLENARY: Final = re.compile(r"A/(?:ES-)?[0-9]+/L\.")


@dataclass(frozen=True, slots=True)
class Action:
    """How the Assembly acted: the symbol of the resolution, the day (None: today) and the meeting (`66th plenary
    meeting`), without a vote (`roll` None) or by one. `reconsidered`: when it decided, by two thirds, to reconsider a
    text that it had rejected."""

    symbol: str
    meeting: str
    day: date | None = None
    roll: RollCall | None = None
    reconsidered: str = ""


@dataclass(frozen=True, slots=True)
class Acted:
    """What came of the action. Where the vote did not carry the text, it stays tabled: `symbol` and `revision` are
    empty then. `tally` is null for an adoption without a vote; `rejected` names the amendments that it left behind."""

    is_adopted: bool
    symbol: str
    day: date
    meeting: str
    vote: str
    tally: Tally | None
    revision: str
    hash: str
    labels: dict[str, str]
    rejected: tuple[str, ...]
    seq: int


async def adopt(db: AsyncSession, seat: Seat, action: Action) -> Acted:
    """Put the action on the whole text on record. The text that is adopted gets its final numbers and its symbol.

    Raises VoteRequested, ObjectionToAdoption, AmendmentBeforeAdoption, TextRejected, NothingToReconsider, NotTabled,
    TextAdopted, NotAMemberState, InvalidInput.
    """
    act = await begin(db, seat, "text.adopt")
    symbol = usable_symbol(action.symbol)
    meeting = screened(action.meeting, "meeting", limit=200)
    day = await day_after_tabling(act, action.day)
    reconsidered = await _reconsidered(act, action)
    await _must_have_no_vote_before_it(act, action)
    if action.roll is None:
        _must_be_uncontested(await standing(db, act.negotiation))
    told: dict[str, Any] = {"symbol": symbol, "day": day.isoformat(), "meeting": meeting, "reconsidered": reconsidered}
    vote, counted = None, None
    if action.roll is not None:
        vote, counted, roll = await put_down(act, action.roll, None)
        vote.meeting, vote.day = meeting, day
        told |= {**roll, "meeting": meeting, "day": day.isoformat()}
        db.add(vote)
        if not vote.is_carried:
            written = await act.recorded({**told, "is_adopted": False})
            await add_ballots(act, vote, told)
            return Acted(False, "", day, meeting, f"V{vote.number}", counted, "", "", {}, (), written.seq)
    return await _adopt(act, symbol, day, meeting, vote, counted, told)


async def _adopt(
    act: Act, symbol: str, day: date, meeting: str, vote: Vote | None, counted: Tally | None, told: dict[str, Any]
) -> Acted:
    left_behind = await _leave_behind_amendments(act, symbol)
    tabled_as = act.negotiation.symbol
    act.negotiation.symbol = symbol
    act.negotiation.closing = [meeting, in_words_of(day)]
    act.negotiation.masthead = _masthead(facts_of(act.negotiation).front, tabled_as, day)
    made = await number_afresh(act, AS_ADOPTED)
    revision = await keep_next_revision(act, AS_ADOPTED, made.draft)
    come_to(act, Stage.ADOPTED, symbol=symbol, day=day, meeting=meeting, revision=revision.name)
    changes = [replay.front_set(facts_of(act.negotiation).front), *made.changes]
    written = await act.recorded(
        {
            **told,
            "is_adopted": True,
            "revision": revision.name,
            "hash": revision.source_hash,
            "rejected": left_behind,
            **made.as_payload(),
            "changes": changes,
        }
    )
    if vote is not None:
        await add_ballots(act, vote, told)
    name = "" if vote is None else f"V{vote.number}"
    return Acted(
        True,
        symbol,
        day,
        meeting,
        name,
        counted,
        revision.name,
        revision.source_hash,
        made.labels,
        tuple(left_behind),
        written.seq,
    )


def in_words_of(day: date) -> str:
    """`18 April 2023`, as it is printed below a resolution."""
    return f"{day.day} {day:%B %Y}"


def _masthead(front: FrontMatter, tabled_as: str, day: date) -> list[str]:
    """As a resolution is headed: `Resolution adopted by the General Assembly on 18 April 2023`, with its draft."""
    organ = f" by the {front.organ}" if front.organ else ""
    how = "without reference to a Main Committee" if _PLENARY.match(tabled_as) else "on the draft resolution"
    return [f"Resolution adopted{organ} on {in_words_of(day)}", f"[{how} ({tabled_as})]"]


async def _reconsidered(act: Act, action: Action) -> str:
    vote = await rejection(act)
    if not action.reconsidered.strip():
        if vote is not None:
            raise TextRejected(vote=f"V{vote.number}", day=dated(vote.day))
        return ""
    if vote is None:
        raise NothingToReconsider()
    return screened(action.reconsidered, "reconsidered")


async def _must_have_no_vote_before_it(act: Act, action: Action) -> None:
    """A vote that was asked for is taken: on a paragraph before the action on the whole (rule 89)."""
    for request, who, clause in await standing_requests(act):
        if clause is not None:
            remedy = Said(
                "Record that vote first (POST .../votes), or have the request withdrawn.",
                "Record that vote first, or have the request withdrawn.",
            )
        elif action.roll is None:
            remedy = Said("Record the vote of each state, or have the request withdrawn.")
        else:
            continue
        what = WHOLE if clause is None else clause.label
        raise VoteRequested(what=what, by=who.code, request=f"R{request.number}", remedy=remedy)


def _must_be_uncontested(found: Standing) -> None:
    """Refuse an adoption without a vote while a delegation objects or an amendment is open."""
    objections, names = [], []
    for clause in found.in_the_text():
        objections += [
            Said("On {label}: {fact}", label=clause.label, fact=fact.sentence)
            for fact in because_objected(clause.facts)
        ]
        names += [amendment.name for amendment in clause.facts.amendments if amendment.is_before_the_room]
    names += [amendment.name for amendment in found.open_beside()]
    if objections:
        raise ObjectionToAdoption(facts=all_said(objections), objections=objections)
    if names:
        raise AmendmentBeforeAdoption(amendments=", ".join(names))


async def _leave_behind_amendments(act: Act, symbol: str) -> list[str]:
    """What was proposed to a text that was adopted by a vote gets its outcome: no proposal is lost."""
    rows = await act.db.scalars(
        select(Amendment)
        .where(Amendment.negotiation_id == act.negotiation.id, Amendment.status == AmendmentStatus.PROPOSED.value)
        .order_by(Amendment.number)
    )
    names = []
    for row in rows:
        settle(act, row, AmendmentStatus.REJECTED, left_behind(symbol))
        names.append(f"A{row.number}")
    return names
