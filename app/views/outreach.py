"""Outreach as those who hold the pen read it: how far each state has come on the way to co-sponsorship."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.problems import NotFound
from app.record.people import Delegation, Participation
from app.record.sponsors import OutreachNote, Sponsorship
from app.rules.outreach import Facts, Noted, Present, Source, Step, present_step
from app.rules.permissions import Role, Seat
from app.rules.positions import DelegationKind
from app.rules.sponsors import OBSERVER_STATES
from app.said import Said


@dataclass(frozen=True, slots=True)
class StateOnTheWay:
    """A state, its present step, and where that comes from: a `note` (`N3`), its `participation` since that day, or its
    `sponsorship`. `notes` counts those that stand; `last_held_on` is the day of the last of them.
    """

    code: str
    name: str
    step: Step
    source: Source
    since: date | None
    note: str
    notes: int
    last_held_on: date | None


@dataclass(frozen=True, slots=True)
class Outreach:
    """The states asked for, by name; and over all member states (`member_states`) how many are at each step."""

    states: tuple[StateOnTheWay, ...]
    counts: dict[str, int]
    not_contacted: int
    member_states: int


@dataclass(frozen=True, slots=True)
class OutreachNoteView:
    """What was spoken on a day and `between` whom; `by` whom it was noted. One taken back says when."""

    name: str
    held_on: date
    step: Step
    between: str
    note: str
    by: str
    seq: int
    noted_at: datetime
    retracted_at: datetime | None


@dataclass(frozen=True, slots=True)
class OneStateOnTheWay:
    """A state with every note on it, the latest meeting first."""

    state: StateOnTheWay
    notes: tuple[OutreachNoteView, ...]


async def outreach(db: AsyncSession, seat: Seat, step: Step | None = None) -> Outreach:
    """The states at `step`; without it, those with a note or a fact. Four statements.

    Observer states count in neither of the numbers.
    """
    states = (await db.scalars(select(Delegation).where(Delegation.kind == DelegationKind.STATE.value))).all()
    known = await _Known.load(db, seat.negotiation_id)
    everybody = sorted((known.on_the_way(state) for state in states), key=lambda one: (one.name, one.code))
    members = [one for one in everybody if one.code not in OBSERVER_STATES]
    at = Counter(one.step for one in members)
    shown = [
        one for one in everybody if (one.step is step if step else one.step is not Step.NOT_CONTACTED or one.notes)
    ]
    return Outreach(tuple(shown), {s.value: at[s] for s in Step}, at[Step.NOT_CONTACTED], len(members))


async def outreach_to(db: AsyncSession, seat: Seat, code: str) -> OneStateOnTheWay:
    """One state the server knows, with its notes. Four statements. Raises NotFound."""
    is_it = (Delegation.code == code.strip().upper(), Delegation.kind == DelegationKind.STATE.value)
    state = await db.scalar(select(Delegation).where(*is_it))
    if state is None:
        raise NotFound(
            what=Said("state"),
            name=code,
            remedy=Said(
                "GET /api/v1/delegations lists those the server knows.",
                "Look for its name or its code in the list of delegations.",
            ),
        )
    known = await _Known.load(db, seat.negotiation_id, state.id)
    notes = sorted(known.notes[state.id], key=lambda note: (note.held_on, note.number), reverse=True)
    return OneStateOnTheWay(known.on_the_way(state), tuple(_view(note) for note in notes))


@dataclass(frozen=True, slots=True)
class _Known:
    """What is noted of states, and their facts, by the id of the state."""

    notes: Mapping[int, Sequence[OutreachNote]]
    joined: Mapping[int, date]
    sponsors: Mapping[int, date]
    left: Mapping[int, date]

    @classmethod
    async def load(cls, db: AsyncSession, negotiation_id: int, state_id: int | None = None) -> "_Known":
        """Of all states, or of one. Three statements."""

        def of(table: type[OutreachNote | Participation | Sponsorship]) -> ColumnElement[bool]:
            here = table.negotiation_id == negotiation_id
            return here if state_id is None else and_(here, table.delegation_id == state_id)

        notes: dict[int, list[OutreachNote]] = defaultdict(list)
        for note in await db.scalars(select(OutreachNote).where(of(OutreachNote)).order_by(OutreachNote.number)):
            notes[note.delegation_id].append(note)
        heard = Participation.role.in_((Role.PENHOLDER.value, Role.DELEGATE.value))
        joined = {
            row.delegation_id: row.invited_at.date()
            for row in await db.scalars(select(Participation).where(of(Participation), heard))
        }
        sponsors: dict[int, date] = {}
        left: dict[int, date] = {}
        for row in await db.scalars(select(Sponsorship).where(of(Sponsorship)).order_by(Sponsorship.id)):
            if row.left_at is None:
                sponsors[row.delegation_id] = row.joined_at.date()
            else:
                left[row.delegation_id] = row.left_at.date()
        return cls(notes, joined, sponsors, left)

    def on_the_way(self, state: Delegation) -> StateOnTheWay:
        notes = [note for note in self.notes.get(state.id, ()) if note.retracted_at is None]
        facts = Facts(self.joined.get(state.id), self.sponsors.get(state.id), self.left.get(state.id))
        present: Present = present_step([Noted(n.number, n.held_on, Step(n.step)) for n in notes], facts)
        return StateOnTheWay(
            code=state.code,
            name=state.name,
            step=present.step,
            source=present.source,
            since=present.since,
            note=f"N{present.note}" if present.note else "",
            notes=len(notes),
            last_held_on=max((note.held_on for note in notes), default=None),
        )


def _view(note: OutreachNote) -> OutreachNoteView:
    return OutreachNoteView(
        name=f"N{note.number}",
        held_on=note.held_on,
        step=Step(note.step),
        between=note.between,
        note=note.note,
        by=note.by,
        seq=note.seq,
        noted_at=note.noted_at,
        retracted_at=note.retracted_at,
    )
