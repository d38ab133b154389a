"""The sample negotiation, loaded act by act through the actions that people use, so that its record explains it all."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import yaml

from app.actions import (
    access,
    amending,
    cosponsoring,
    deciding,
    drafting,
    groups,
    inviting,
    positions,
    reaching_out,
    ruling,
    silence,
    sponsoring,
    states,
)
from app.actions.arranging import House
from app.actions.finding import amendment_number
from app.actions.proposals import Proposal
from app.problems import NotFound
from app.record.database import Database, Session
from app.rules.amendments import ChangeKind
from app.rules.facts import RulingKind
from app.rules.outreach import Step
from app.rules.permissions import Role, Seat, Visibility
from app.rules.positions import DelegationKind, Stance
from app.rules.sponsors import SponsorKind
from app.rules.standing import version_tag
from app.text.drafts import parse
from app.views import amendments, negotiations, records
from app.views.access import operator_seat, seat_named
from app.views.clauses import clause_in
from app.views.standings import Standings

DRAFTS: Final = Path(__file__).resolve().parents[2] / "drafts"
SAMPLE: Final = "sse"

Act = Mapping[str, Any]
Perform = Callable[[Session, Seat, Act], Awaitable[object]]


@dataclass(frozen=True, slots=True)
class Who:
    """Somebody who can sign in to the sample."""

    sign_in: str
    role: str
    delegation: str


async def load_sample(database: Database) -> tuple[Who, ...]:
    """Load the sample once; later calls change nothing. Who can sign in, penholders first."""
    if not await _is_there(database):
        sample = yaml.safe_load((DRAFTS / "sse.negotiation.yaml").read_text("utf-8"))
        await _begin(database, sample)
        for act in sample["acts"]:
            async with database.writing() as db:
                await _ACTS[act["act"]](db, await seat_named(db, act["by"], SAMPLE), act)
    async with database.reading() as db:
        seats = await negotiations.seats(db, (await operator_seat(db, SAMPLE)).negotiation_id)
    penholders_first = sorted(seats, key=lambda seat: seat.role is not Role.PENHOLDER)
    return tuple(Who(seat.sign_in, seat.role.value, seat.delegation) for seat in penholders_first)


async def _is_there(database: Database) -> bool:
    async with database.reading() as db:
        try:
            await records.negotiation_ids(db, SAMPLE)
        except NotFound:
            return False
        return True


async def _begin(database: Database, sample: Mapping[str, Any]) -> None:
    """The draft, the delegations with their groups, the people and their seats."""
    draft = parse((DRAFTS / "sse.md").read_text("utf-8"))
    house = House(Visibility.PARTICIPANTS, sample["time_zone"])
    async with database.writing() as db:
        operator = await operator_seat(db)
        await drafting.create(db, operator, draft, slug=SAMPLE, house=house)
        known = (await states.load(db, operator)).codes
        for entry in sample["delegations"]:
            if entry["code"] not in known:  # another keeps its name and its members
                await access.add_delegation(db, entry["code"], entry["name"], DelegationKind(entry["kind"]))
                for member in entry.get("members", ()):
                    await groups.join(db, operator, entry["code"], member, database.clock().date())
        for person in sample["people"]:
            await access.add_person(db, person["sign_in"], person["name"])
    for entry in sample["delegations"]:
        async with database.writing() as db:
            await inviting.invite(db, await operator_seat(db, SAMPLE), entry["code"], Role(entry["role"]))
    for person in sample["people"]:
        async with database.writing() as db:
            role = Role(person["role"]) if "role" in person else None
            await inviting.assign_seat(
                db, await operator_seat(db, SAMPLE), person["sign_in"], person.get("delegation", ""), role
            )


# --- one function for each act that the sample file can name ----------------------------------------------------------


async def _propose(db: Session, seat: Seat, act: Act) -> object:
    proposal = Proposal(ChangeKind(act["kind"]), act["clause"], act.get("text"), act.get("rationale", ""))
    return await amending.propose(db, seat, proposal, await _clause(db, seat, act))


async def _cosponsor(db: Session, seat: Seat, act: Act) -> object:
    return await cosponsoring.cosponsor(db, seat, act["amendment"], await _amendment(db, seat, act))


async def _take_position(db: Session, seat: Seat, act: Act) -> object:
    stance, reason = Stance(act["stance"]), act.get("reason", "")
    if "clause" in act:
        return await positions.take_on_clause(db, seat, act["clause"], await _clause(db, seat, act), stance, reason)
    tag = await _amendment(db, seat, act)
    return await positions.take_on_amendment(db, seat, act["amendment"], tag, stance, reason)


async def _accept(db: Session, seat: Seat, act: Act) -> object:
    tag = await _amendment(db, seat, act)
    return await deciding.accept(
        db,
        seat,
        act["amendment"],
        tag,
        with_texts=[act["text"]] if "text" in act else None,
        reason=act.get("reason", ""),
    )


async def _reject(db: Session, seat: Seat, act: Act) -> object:
    return await deciding.reject(db, seat, act["amendment"], await _amendment(db, seat, act), act["reason"])


async def _edit(db: Session, seat: Seat, act: Act) -> object:
    return await drafting.edit(db, seat, act["clause"], await _clause(db, seat, act), act["text"], act["reason"])


async def _rule(db: Session, seat: Seat, act: Act) -> object:
    tag = await _clause(db, seat, act)
    return await ruling.rule(db, seat, act["clause"], tag, RulingKind(act["kind"]), act.get("pending", ()))


async def _open_silence(db: Session, seat: Seat, act: Act) -> object:
    return await silence.open_silence(db, seat, act.get("clauses"), hours=act.get("hours"))


async def _record_sponsor(db: Session, seat: Seat, act: Act) -> object:
    joining = sponsoring.Joining(act["state"], SponsorKind(act["kind"]), told=act.get("told", ""))
    return await sponsoring.record(db, seat, joining)


async def _note_outreach(db: Session, seat: Seat, act: Act) -> object:
    meeting = reaching_out.Meeting(act["state"], act["held_on"], Step(act["step"]), act["note"], act["between"])
    return await reaching_out.note(db, seat, meeting)


_ACTS: Final[dict[str, Perform]] = {
    "propose": _propose,
    "cosponsor": _cosponsor,
    "take_position": _take_position,
    "accept": _accept,
    "reject": _reject,
    "edit": _edit,
    "rule": _rule,
    "open_silence": _open_silence,
    "record_sponsor": _record_sponsor,
    "note_outreach": _note_outreach,
}


async def _clause(db: Session, seat: Seat, act: Act) -> str:
    """The tag of the version that the clause of an act has now, as a person would have read it."""
    return clause_in(await Standings(1).of(db, seat.negotiation_id), act["clause"]).tag


async def _amendment(db: Session, seat: Seat, act: Act) -> str:
    found = await amendments.amendment(db, seat, amendment_number(act["amendment"]))
    return version_tag(found.name, found.version)
