"""Outreach: noting what was spoken with a state on its way to co-sponsorship, for those who hold the pen alone."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.actions.locking import begin
from app.problems import InvalidInput, NotFound, OutreachNoteRetracted
from app.record import journal
from app.record.participants import delegation_coded
from app.record.people import Delegation
from app.record.sponsors import OutreachNote
from app.rules.outreach import Step
from app.rules.permissions import Seat
from app.rules.positions import DelegationKind
from app.said import Said, dated
from app.text.screen import screened

_FARTHEST_EAST: Final = timedelta(hours=14)  # where a day begins first, ahead of UTC


@dataclass(frozen=True, slots=True)
class Meeting:
    """What was spoken with a state on a day, between whom, and the step that the state took."""

    state: str
    held_on: date
    step: Step
    note: str
    between: str = ""


@dataclass(frozen=True, slots=True)
class NoteTaken:
    """A note after an act on it: its name (`N3`), the state, the step, and the entry."""

    note: str
    state: str
    step: Step
    held_on: date
    seq: int


async def note(db: AsyncSession, seat: Seat, meeting: Meeting) -> NoteTaken:
    """Note what was spoken with a state. Raises NotFound, InvalidInput, and what `screened` raises."""
    act = await begin(db, seat, "outreach.note")
    state = await delegation_coded(db, meeting.state)
    if state.kind != DelegationKind.STATE.value:
        raise InvalidInput.at(
            "state",
            Said(
                "{state} is entered as {kind}; outreach is to states: note it for each.",
                state=state.code,
                kind=Said(state.kind),
            ),
        )
    if meeting.step is Step.NOT_CONTACTED:
        raise InvalidInput.at("step", Said("who is noted has been contacted; choose the step that it took."))
    if meeting.held_on > (act.now + _FARTHEST_EAST).date():
        raise InvalidInput.at(
            "held_on", Said("{held_on} is still to come; note it once it is held.", held_on=dated(meeting.held_on))
        )
    words = screened(meeting.note, "note", limit=5_000)
    between = screened(meeting.between, "between", limit=500) if meeting.between.strip() else ""
    of_this = OutreachNote.negotiation_id == act.negotiation.id
    number = (await db.scalar(select(func.max(OutreachNote.number)).where(of_this)) or 0) + 1
    db.add(
        OutreachNote(
            negotiation_id=act.negotiation.id,
            number=number,
            delegation_id=state.id,
            held_on=meeting.held_on,
            step=meeting.step.value,
            between=between,
            note=words,
            by=seat.name,
            seq=act.seq,
            noted_at=act.now,
        )
    )
    payload = {
        "note": f"N{number}",
        "state": state.code,
        "name": state.name,
        "held_on": meeting.held_on.isoformat(),
        "step": meeting.step.value,
        "text": words,
        **({"between": between} if between else {}),
    }
    written = await act.recorded(payload, audience=journal.PEN)
    return NoteTaken(f"N{number}", state.code, meeting.step, meeting.held_on, written.seq)


async def retract(db: AsyncSession, seat: Seat, name: str) -> NoteTaken:
    """Take back a note that was made by mistake: it counts no more, and the record keeps it.

    Raises NotFound, OutreachNoteRetracted.
    """
    act = await begin(db, seat, "outreach.retract")
    digits = name.strip().upper().removeprefix("N")
    number = int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= 9 else 0
    row = (
        await db.execute(
            select(OutreachNote, Delegation.code, Delegation.name)
            .join(Delegation, OutreachNote.delegation_id == Delegation.id)
            .where(OutreachNote.negotiation_id == act.negotiation.id, OutreachNote.number == number)
        )
    ).first()
    if row is None:
        raise NotFound(
            what=Said("note"),
            name=name,
            remedy=Said(
                "GET .../outreach/{{state}} lists those of a state.",
                "The page of a state lists those about it.",
            ),
        )
    found, state, called = row
    if found.retracted_at is not None:
        raise OutreachNoteRetracted(note=f"N{number}")
    found.retracted_at = act.now
    written = await act.recorded({"note": f"N{number}", "state": state, "name": called}, audience=journal.PEN)
    return NoteTaken(f"N{number}", state, Step(found.step), found.held_on, written.seq)
