"""For whom a statement is made: a seat speaks for its own delegation; those who hold the pen put on record what a
delegation without a seat says."""

from sqlalchemy import select

from app.actions.locking import Act
from app.problems import NotYours, NoVoice, SpeaksForItself
from app.record.participants import delegation_coded
from app.record.people import Delegation, Seat
from app.said import Said

STATEMENT_LIMIT = 10_000  # characters


async def speaker(act: Act, code: str) -> Delegation:
    """The delegation in whose name the seat acts: its own (`code` empty), or another that those who hold the pen name.

    Raises NoVoice, NotYours, SpeaksForItself, NotFound.
    """
    code = code.strip().upper() or act.seat.delegation
    if not code:
        raise NoVoice(verb=act.verb)
    if code == act.seat.delegation:
        return await delegation_coded(act.db, code)
    if not act.seat.holds_the_pen:
        raise NotYours(
            what=Said("What {code} says", code=code),
            owner=code,
            delegation=act.seat.delegation,
            remedy=Said("Leave the delegation out to speak for your own."),
        )
    found = await delegation_coded(act.db, code)
    sits = select(Seat.id).where(Seat.negotiation_id == act.negotiation.id, Seat.delegation_id == found.id).limit(1)
    if await act.db.scalar(sits) is not None:
        raise SpeaksForItself(delegation=found.code)
    return found
