"""Bringing back a proposal that was withdrawn: any member may reintroduce it, and it counts as a new proposal.

That is how the rules of procedure of the General Assembly have it (rules 80 and 122).
"""

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.actions.finding import amendment_named, current_version, must_be_at
from app.actions.locking import Act, begin
from app.actions.proposals import must_be_possible
from app.actions.putting import Proposed, carried, put_down
from app.problems import (
    AlreadyReintroduced,
    AmendmentConflicts,
    InsertionImpossible,
    InvalidInput,
    NotReintroducible,
    ReintroductionConflicts,
)
from app.record.people import Delegation
from app.record.proposals import Amendment, AmendmentVersion
from app.record.standing import standing
from app.record.texts import Clause, ClauseVersion
from app.rules.amendments import AmendmentAct, AmendmentStatus, Audience, ChangeKind, may_happen
from app.rules.permissions import Seat
from app.rules.standing import ClauseStanding
from app.said import Said
from app.text.merge import Clean, rebase
from app.text.screen import screened


async def reintroduce(db: AsyncSession, seat: Seat, name: str, expected: str, rationale: str = "") -> Proposed:
    """Propose the words of a withdrawn amendment anew, in the name of the seat's delegation and for the room, carried
    over to the present wording of its clause.

    `expected` is the tag of the withdrawn amendment. Raises NotFound, StaleVersion, NotReintroducible,
    AlreadyReintroduced, ReintroductionConflicts, and what proposing raises.
    """
    act = await begin(db, seat, "amendment.reintroduce")
    withdrawn, last, _ = await amendment_named(act, name)
    _must_be_withdrawn(withdrawn)
    must_be_at(withdrawn, expected)
    await _must_not_be_back(act, withdrawn)
    found = (await standing(db, act.negotiation, [withdrawn.clause_id])).clauses[0]
    wording = await _fitting(act, withdrawn, last, found)
    anew = Amendment(
        kind=withdrawn.kind,
        parent_id=withdrawn.parent_id,
        audience=Audience.ROOM.value,
        group_id=None,
        reintroduces_id=withdrawn.id,
        rationale=screened(rationale, "rationale") if rationale.strip() else "",
    )
    return await put_down(act, anew, wording, last.details, found, reintroduces=f"A{withdrawn.number}")


def _must_be_withdrawn(amendment: Amendment) -> None:
    status = AmendmentStatus(amendment.status)
    if status is AmendmentStatus.WITHDRAWN and amendment.submitted_at is not None:
        return
    called = Said("a draft that was never before the room") if amendment.submitted_at is None else status.words
    raise NotReintroducible(amendment=f"A{amendment.number}", status=called)


async def _must_not_be_back(act: Act, withdrawn: Amendment) -> None:
    row = (
        await act.db.execute(
            select(Amendment.number, Delegation.code)
            .join(Delegation, Amendment.delegation_id == Delegation.id)
            .where(Amendment.reintroduces_id == withdrawn.id, Amendment.status == AmendmentStatus.PROPOSED.value)
        )
    ).first()
    if row is not None:
        raise AlreadyReintroduced(amendment=f"A{withdrawn.number}", proposer=row[1], successor=f"A{row[0]}")


async def _fitting(act: Act, withdrawn: Amendment, last: AmendmentVersion, found: ClauseStanding) -> str | None:
    """The words of a withdrawn amendment on the text as it is now. Raises ReintroductionConflicts."""
    kind = ChangeKind(withdrawn.kind)
    try:
        await must_be_possible(act, kind, last.details, found)
        if withdrawn.parent_id is not None:
            return await _on_its_amendment(act, withdrawn, last, found)
        if kind is ChangeKind.MERGE and await _have_changed(act, last):
            raise _conflict(withdrawn, last, found, "a paragraph that it takes in reads otherwise now.")
        if kind is ChangeKind.INSERT or last.base_version == found.clause.version:
            return last.text
        return await carried(act, withdrawn, last, found)
    except AmendmentConflicts:
        raise _conflict(withdrawn, last, found, "both change the same words.") from None
    except (InsertionImpossible, InvalidInput) as refusal:
        raise _conflict(withdrawn, last, found, refusal.detail) from refusal


async def _on_its_amendment(
    act: Act, withdrawn: Amendment, last: AmendmentVersion, found: ClauseStanding
) -> str | None:
    """A sub-amendment comes back to the amendment that it was to, as that reads now. Raises AmendmentSettled."""
    parent = await act.db.get_one(Amendment, withdrawn.parent_id)
    may_happen(parent.number, AmendmentStatus(parent.status), AmendmentAct.COSPONSOR)
    then = await act.db.scalar(
        select(AmendmentVersion.text)
        .where(AmendmentVersion.amendment_id == parent.id, AmendmentVersion.seq <= last.seq)
        .order_by(AmendmentVersion.number.desc())
        .limit(1)
    )
    match rebase(last.text or "", then or "", (await current_version(act, parent)).text or ""):
        case Clean(text=text):
            return text
        case _:
            raise _conflict(
                withdrawn, last, found, Said("{amendment} reads otherwise now.", amendment=f"A{parent.number}")
            )


async def _have_changed(act: Act, last: AmendmentVersion) -> bool:
    """Whether a paragraph that a merger takes in has got another version since it was stated."""
    latest = await act.db.scalar(
        select(func.max(ClauseVersion.seq))
        .join(Clause, ClauseVersion.clause_id == Clause.id)
        .where(Clause.negotiation_id == act.negotiation.id, Clause.key.in_(last.details["merges"]))
    )
    return latest is not None and latest > last.seq


def _conflict(withdrawn: Amendment, last: AmendmentVersion, found: ClauseStanding, why: str) -> ReintroductionConflicts:
    return ReintroductionConflicts(
        amendment=f"A{withdrawn.number}",
        base=last.base_version,
        label=found.label,
        now=found.clause.version,
        why=why,
        proposed=last.text,
        current=found.clause.text,
    )
