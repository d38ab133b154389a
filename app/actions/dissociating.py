"""Dissociation: a delegation joins the consensus except on the paragraphs that it names, and says why."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.actions.locking import Act, begin
from app.actions.saying import take_back
from app.actions.speaking import STATEMENT_LIMIT, speaker
from app.actions.vote_facts import number_in
from app.problems import AlreadyDissociated, DissociationWithdrawn, InvalidInput, NotFound, NothingAgreedYet
from app.record.adoption import Dissociation
from app.record.people import Delegation
from app.record.proposals import Ruling, Silence
from app.record.standing import clauses_named, standing
from app.record.texts import Clause
from app.rules.dissociations import printed
from app.rules.permissions import Seat
from app.rules.positions import Stance
from app.rules.stages import NEGOTIATED, Stage
from app.rules.standing import ClauseStanding
from app.said import Said, dated, day
from app.text.screen import screened_lines


@dataclass(frozen=True, slots=True)
class Dissociated:
    """A dissociation (`D1`) after an act on it, as it is printed with the numbers of today. `lifted` are the paragraphs
    on which it ended an objection or a reservation of the delegation's own."""

    dissociation: str
    delegation: str
    labels: tuple[str, ...]
    sentence: str
    lifted: tuple[str, ...]
    seq: int


async def declare(
    db: AsyncSession, seat: Seat, clauses: Sequence[str], statement: str, delegation: str = ""
) -> Dissociated:
    """Join the consensus except on `clauses`: the delegation's own objections and reservations there end.

    It stays with the paragraphs, whatever they come to say and however they are numbered. Possible from the first
    ruling of agreement on. Raises NothingAgreedYet, AlreadyDissociated, ClauseRemoved, and what `speaker` raises.
    """
    act = await begin(db, seat, "dissociation.declare")
    statement = screened_lines(statement, "statement", STATEMENT_LIMIT)
    who = await speaker(act, delegation)
    await _must_be_agreeing(act)
    if not clauses:
        raise InvalidInput.at("clauses", Said("name the paragraphs from which the delegation dissociates itself."))
    ids = [clause.id for clause in await clauses_named(db, act.negotiation, clauses)]
    found = (await standing(db, act.negotiation, ids)).clauses
    for clause in found:
        _must_not_be_dissociated(clause, who.code)
    lifted = [clause for clause in found if await _lift(act, clause, who)]
    last = await db.scalar(
        select(func.max(Dissociation.number)).where(Dissociation.negotiation_id == act.negotiation.id)
    )
    made = Dissociation(
        negotiation_id=act.negotiation.id,
        number=(last or 0) + 1,
        delegation_id=who.id,
        person_id=seat.person_id,
        clauses=[clause.key for clause in found],
        statement=statement,
        seq=act.seq,
        declared_at=act.now,
        withdrawn_at=None,
    )
    db.add(made)
    labels = tuple(clause.label for clause in found)
    written = await act.recorded(
        {
            "dissociation": f"D{made.number}",
            "delegation": who.code,
            "clauses": [{"clause": clause.key, "label": clause.label} for clause in found],
            "statement": statement,
            "lifted": [{"clause": clause.key, "label": clause.label} for clause in lifted],
        }
    )
    sentence = printed(who.name, labels)
    return Dissociated(
        f"D{made.number}", who.code, labels, sentence, tuple(clause.label for clause in lifted), written.seq
    )


async def withdraw(db: AsyncSession, seat: Seat, name: str) -> Dissociated:
    """Take a dissociation back: the delegation is part of the consensus on those paragraphs too.

    An objection that it ended does not come back. Raises NotFound, DissociationWithdrawn, and what `speaker` raises.
    """
    act = await begin(db, seat, "dissociation.withdraw")
    theirs = select(Dissociation).where(Dissociation.negotiation_id == act.negotiation.id)
    found = await db.scalar(theirs.where(Dissociation.number == number_in(name, "D")))
    if found is None:
        raise NotFound(
            what=Said("dissociation"),
            name=name,
            remedy=Said("GET .../adoption lists them.", "The page “Towards adoption” lists them."),
        )
    who = await db.get_one(Delegation, found.delegation_id)
    await speaker(act, who.code)
    if found.withdrawn_at is not None:
        raise DissociationWithdrawn(
            dissociation=f"D{found.number}", day=dated(found.withdrawn_at, day(found.withdrawn_at))
        )
    found.withdrawn_at = act.now
    rows = await db.scalars(
        select(Clause.label)
        .where(Clause.negotiation_id == act.negotiation.id, Clause.key.in_(found.clauses))
        .order_by(Clause.place)
    )
    labels = tuple(rows)
    written = await act.recorded({"dissociation": f"D{found.number}", "delegation": who.code, "labels": list(labels)})
    return Dissociated(f"D{found.number}", who.code, labels, "", (), written.seq)


async def _must_be_agreeing(act: Act) -> None:
    """Refuse what comes before there is a consensus to join: a ruling, a silence that passed, or tabling."""
    if Stage(act.negotiation.stage) not in NEGOTIATED:
        return
    ruled = (
        select(Ruling.id)
        .join(Clause, Ruling.clause_id == Clause.id)
        .where(Clause.negotiation_id == act.negotiation.id)
        .limit(1)
    )
    over = or_(Silence.passed_seq.isnot(None), Silence.deadline <= act.now)
    passed = select(Silence.id).where(Silence.negotiation_id == act.negotiation.id, over).limit(1)
    if await act.db.scalar(ruled) is None and await act.db.scalar(passed) is None:
        raise NothingAgreedYet()


def _must_not_be_dissociated(clause: ClauseStanding, code: str) -> None:
    clause.must_be_in_the_text()
    for stated in clause.facts.dissociations:
        if stated.delegation == code:
            raise AlreadyDissociated(delegation=code, label=clause.label, dissociation=stated.name)


async def _lift(act: Act, clause: ClauseStanding, who: Delegation) -> bool:
    return await take_back(act, clause, of=who.id, stances=(Stance.OBJECT, Stance.RESERVE))
