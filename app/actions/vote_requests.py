"""A delegation asks for a vote on the whole text, or for a separate one on a paragraph, and may take that back."""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.actions.locking import begin
from app.actions.speaking import speaker
from app.actions.vote_facts import member_states, must_not_be_rejected, number_in, standing_requests, votable
from app.problems import NotFound, NotYours, RequestOver, VoteAlreadyRequested
from app.record.adoption import VoteRequest
from app.record.people import Delegation
from app.record.texts import Clause
from app.rules.permissions import Seat
from app.said import Said

WHOLE: Final = Said("the whole text")


@dataclass(frozen=True, slots=True)
class Requested:
    """A request for a vote (`R1`) on a paragraph (`on` its label) or on the whole text (`on` empty)."""

    request: str
    on: str
    delegation: str
    seq: int


async def request_vote(db: AsyncSession, seat: Seat, clause: str = "", delegation: str = "") -> Requested:
    """Ask for a recorded vote on the whole text, or (rule 89) a separate one on a paragraph.

    Raises VoteAlreadyRequested, NotAMemberState, ClauseRemoved, TextRejected, and what `speaker` raises.
    """
    act = await begin(db, seat, "vote.request")
    await must_not_be_rejected(act)
    who = await speaker(act, delegation)
    await member_states(act, [who.code])
    found = await votable(act, clause) if clause else None
    for request, asked, _ in await standing_requests(act):
        if asked.id == who.id and request.clause_id == (None if found is None else found.id):
            what = WHOLE if found is None else found.label
            raise VoteAlreadyRequested(delegation=who.code, what=what, request=f"R{request.number}")
    last = await db.scalar(select(func.max(VoteRequest.number)).where(VoteRequest.negotiation_id == act.negotiation.id))
    made = VoteRequest(
        negotiation_id=act.negotiation.id,
        number=(last or 0) + 1,
        delegation_id=who.id,
        clause_id=None if found is None else found.id,
        seq=act.seq,
        requested_at=act.now,
        ended_at=None,
        vote=None,
    )
    db.add(made)
    on = {} if found is None else {"clause": found.key, "label": found.label}
    written = await act.recorded({"request": f"R{made.number}", "delegation": who.code, **on})
    return Requested(f"R{made.number}", "" if found is None else found.label, who.code, written.seq)


async def withdraw_request(db: AsyncSession, seat: Seat, name: str) -> Requested:
    """Take back the request for a vote. Raises NotFound, NotYours, RequestOver."""
    act = await begin(db, seat, "vote.request")
    request = await db.scalar(
        select(VoteRequest).where(
            VoteRequest.negotiation_id == act.negotiation.id, VoteRequest.number == number_in(name, "R")
        )
    )
    if request is None:
        raise NotFound(
            what=Said("request for a vote"),
            name=name,
            remedy=Said("GET .../adoption lists them.", "The page “Towards adoption” lists them."),
        )
    owner = await db.get_one(Delegation, request.delegation_id)
    if owner.id != seat.delegation_id:
        if not seat.holds_the_pen:
            raise NotYours(
                what=f"R{request.number}",
                owner=owner.code,
                delegation=seat.delegation,
                remedy=Said("Only who asked for a vote withdraws the request."),
            )
        await speaker(act, owner.code)
    if request.ended_at is not None:
        how = (
            Said("was withdrawn")
            if request.vote is None
            else Said("was met by the vote {vote}", vote=f"V{request.vote}")
        )
        raise RequestOver(request=f"R{request.number}", how=how)
    request.ended_at = act.now
    label = "" if request.clause_id is None else (await db.get_one(Clause, request.clause_id)).label
    written = await act.recorded(
        {"request": f"R{request.number}", "delegation": owner.code, "label": label, "withdrawn": True}
    )
    return Requested(f"R{request.number}", label, owner.code, written.seq)
