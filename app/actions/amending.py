"""What a delegation does with its own proposals: propose, restate, submit, withdraw."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from app.actions.cosponsoring import release_cosponsors
from app.actions.finding import amendment_named, current_version, live_clauses, must_be_at
from app.actions.locking import Act, begin
from app.actions.rebasing import add_rebased_version, wording_at
from app.actions.silence import break_on
from app.problems import (
    AmendmentConflicts,
    ClauseFixed,
    InvalidInput,
    NothingChanges,
    NotYours,
    SubmissionsClosed,
)
from app.record import journal
from app.record.proposals import Amendment, AmendmentVersion
from app.record.standing import clause_standing, standing
from app.rules.amendments import AmendmentAct, AmendmentStatus, Audience, ChangeKind, may_happen
from app.rules.consensus import must_be_open
from app.rules.permissions import Seat
from app.rules.standing import ClauseStanding, version_tag
from app.text.clauses import Kind
from app.text.insertion import insertion
from app.text.merge import Absorbed, Clean, rebase
from app.text.screen import screened

_KEPT = frozenset({Kind.TITLE, Kind.OPENING})  # a draft always has them: they can be reworded only


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a delegation asks for. `clause` is the label or key of the clause to replace or delete, or to insert behind.

    `paragraph_kind` and `level` say what an insertion is; None: as the clause it follows.
    """

    kind: ChangeKind
    clause: str
    text: str | None = None
    rationale: str = ""
    paragraph_kind: Kind | None = None
    level: int | None = None
    audience: Audience = Audience.ROOM


@dataclass(frozen=True, slots=True)
class Proposed:
    """An amendment after an act on it: its name (`A12`), version, status, and the entry that recorded the act."""

    amendment: str
    version: int
    status: AmendmentStatus
    seq: int

    @property
    def tag(self) -> str:
        return version_tag(self.amendment, self.version)


async def propose(db: AsyncSession, seat: Seat, proposal: Proposal, expected: str) -> Proposed:
    """Propose a change in the name of the seat's delegation; `expected` is the tag of the clause version it was read
    on.

    For the room, the proposal counts at once: it brackets its clause and breaks a silence running on it. For the
    delegation alone it is a draft. Raises StaleVersion, ClauseClosed, ClauseRemoved, ClauseFixed, NothingChanges,
    SubmissionsClosed.
    """
    act = await begin(db, seat, "amendment.propose")
    found = await clause_standing(db, act.negotiation, proposal.clause)
    found.must_be_at(expected)
    wording = _wording(proposal, found)
    details = _details(proposal, found)
    await _must_be_possible(act, proposal.kind, details, found)
    for_the_room = proposal.audience is Audience.ROOM
    if for_the_room:
        _must_be_in_time(act)
    act.negotiation.last_amendment += 1
    amendment = Amendment(
        negotiation_id=act.negotiation.id,
        number=act.negotiation.last_amendment,
        kind=proposal.kind.value,
        clause_id=found.id,
        parent_id=None,
        delegation_id=seat.delegation_id,
        author_id=seat.person_id,
        status=(AmendmentStatus.PROPOSED if for_the_room else AmendmentStatus.DRAFT).value,
        audience=proposal.audience.value,
        rationale=screened(proposal.rationale, "rationale") if proposal.rationale.strip() else "",
        current_version=1,
        conflicts=False,
        outcome_reason="",
        created_at=act.now,
        submitted_at=act.now if for_the_room else None,
    )
    db.add(amendment)
    await db.flush()
    _add_version(act, amendment, found.clause.version, wording, details, origin="proposed")
    payload: dict[str, Any] = {
        "amendment": f"A{amendment.number}",
        "kind": proposal.kind.value,
        "clause": found.key,
        "label": found.label,
        "base_version": found.clause.version,
        "text": wording,
        "rationale": amendment.rationale,
        **details,
    }
    if for_the_room and proposal.kind is not ChangeKind.INSERT:
        payload |= await break_on(act, found, f"{seat.delegation} proposed A{amendment.number}.")
    return await _recorded(act, amendment, payload)


async def restate(
    db: AsyncSession, seat: Seat, name: str, expected: str, text: str | None, rationale: str | None
) -> Proposed:
    """State one's own amendment anew, on the present version of its clause. Its co-sponsors have to join again.

    `expected` is the tag of the amendment read last. Raises NotYours, StaleVersion, AmendmentSettled, NothingChanges.
    """
    act = await begin(db, seat, "amendment.restate")
    amendment, last = await _own(act, name, expected, AmendmentAct.RESTATE)
    found = (await standing(db, act.negotiation, [amendment.clause_id])).clauses[0]
    kind = ChangeKind(amendment.kind)
    wording = _wording(Proposal(kind, found.label, text if text is not None else last.text), found)
    if kind is not ChangeKind.INSERT:
        found.must_be_in_the_text()
        must_be_open(found.facts, act.now)
    new_rationale = amendment.rationale if rationale is None else rationale.strip()
    if (wording, new_rationale, found.clause.version) == (last.text, amendment.rationale, last.base_version):
        raise NothingChanges(what=f"A{amendment.number}")
    amendment.rationale = screened(new_rationale, "rationale") if new_rationale else ""
    amendment.current_version += 1
    amendment.conflicts = False
    _add_version(act, amendment, found.clause.version, wording, last.details, origin="restated")
    released = await release_cosponsors(act, amendment)
    payload: dict[str, Any] = {
        "amendment": f"A{amendment.number}",
        "clause": found.key,
        "label": found.label,
        "base_version": found.clause.version,
        "text": wording,
        "rationale": amendment.rationale,
        "released": released,
    }
    return await _recorded(act, amendment, payload)


async def submit(db: AsyncSession, seat: Seat, name: str, expected: str) -> Proposed:
    """Bring one's own draft before the room, carried over to the present wording of its clause if that moved.

    Raises AmendmentConflicts when the clause changed the same words (restate it first), NothingChanges when the clause
    says it already, SubmissionsClosed after the deadline for language.
    """
    act = await begin(db, seat, "amendment.submit")
    amendment, last = await _own(act, name, expected, AmendmentAct.SUBMIT)
    found = (await standing(db, act.negotiation, [amendment.clause_id])).clauses[0]
    kind = ChangeKind(amendment.kind)
    _must_be_in_time(act)
    await _must_be_possible(act, kind, last.details, found)
    if kind is not ChangeKind.INSERT and last.base_version != found.clause.version:
        await _carry_over(act, amendment, last, found)
    amendment.status = AmendmentStatus.PROPOSED.value
    amendment.audience = Audience.ROOM.value
    amendment.submitted_at = act.now
    await db.flush()
    current = await current_version(act, amendment)
    payload: dict[str, Any] = {
        "amendment": f"A{amendment.number}",
        "kind": amendment.kind,
        "clause": found.key,
        "label": found.label,
        "base_version": current.base_version,
        "text": current.text,
        "rationale": amendment.rationale,
        **current.details,
    }
    if kind is not ChangeKind.INSERT:
        payload |= await break_on(act, found, f"{seat.delegation} proposed A{amendment.number}.")
    return await _recorded(act, amendment, payload)


async def withdraw(db: AsyncSession, seat: Seat, name: str, expected: str, reason: str) -> Proposed:
    """Take back one's own amendment. It stays on the record, with the reason if one is given."""
    act = await begin(db, seat, "amendment.withdraw")
    amendment, _ = await _own(act, name, expected, AmendmentAct.WITHDRAW)
    was_private = amendment.audience == Audience.DELEGATION.value
    amendment.status = AmendmentStatus.WITHDRAWN.value
    amendment.outcome_reason = screened(reason, "reason") if reason.strip() else ""
    amendment.conflicts = False
    amendment.settled_at, amendment.settled_seq = act.now, act.seq
    payload = {"amendment": f"A{amendment.number}", "reason": amendment.outcome_reason}
    return await _recorded(act, amendment, payload, private=was_private)


# --- what a proposal has to be ---------------------------------------------------------------------------------------


async def _own(act: Act, name: str, expected: str, what: AmendmentAct) -> tuple[Amendment, AmendmentVersion]:
    """One's own amendment, in a state in which `what` may happen and at the version that was read."""
    amendment, version, proposer = await amendment_named(act, name)
    if proposer != act.seat.delegation:
        raise NotYours(
            what=f"A{amendment.number}",
            owner=proposer,
            delegation=act.seat.delegation,
            remedy="Co-sponsor it, or propose an amendment of your own.",
        )
    may_happen(amendment.number, AmendmentStatus(amendment.status), what)
    must_be_at(amendment, expected)
    return amendment, version


def _wording(proposal: Proposal, found: ClauseStanding) -> str | None:
    """The words proposed, screened; None for a deletion."""
    if proposal.kind is ChangeKind.DELETE:
        if proposal.text:
            raise InvalidInput.at("text", "a deletion has no text; leave the field out, or propose kind “replace”.")
        return None
    if proposal.text is None:
        raise InvalidInput.at("text", f"kind “{proposal.kind.value}” needs the text that is to stand there.")
    wording = screened(proposal.text, "text")
    if proposal.kind is ChangeKind.REPLACE and wording == found.clause.text:
        raise NothingChanges(what=found.label)
    return wording


def _details(proposal: Proposal, found: ClauseStanding) -> dict[str, Any]:
    if proposal.kind is not ChangeKind.INSERT:
        for field in ("paragraph_kind", "level"):
            if getattr(proposal, field) is not None:
                raise InvalidInput.at(field, "only an insertion says what it inserts; leave the field out.")
        return {}
    kind = proposal.paragraph_kind or found.clause.kind
    level = proposal.level or (found.clause.level if kind is found.clause.kind else 1)
    return {"paragraph_kind": kind.value, "level": level}


async def _must_be_possible(act: Act, kind: ChangeKind, details: dict[str, Any], found: ClauseStanding) -> None:
    """Refuse what the text cannot take: closed or removed clauses, a draft without a title, disorder."""
    found.must_be_in_the_text()
    if kind is ChangeKind.INSERT:
        clauses, taken = await live_clauses(act)
        insertion(clauses, found.label, Kind(details["paragraph_kind"]), details["level"], taken)
        return
    must_be_open(found.facts, act.now)
    if kind is ChangeKind.DELETE and found.clause.kind in _KEPT:
        raise ClauseFixed(
            label=found.label, reason="a part that every draft has", remedy="Propose another wording for it instead."
        )


def _must_be_in_time(act: Act) -> None:
    until = act.negotiation.submissions_until
    if until is not None and act.now >= until:
        raise SubmissionsClosed(deadline=until.isoformat(timespec="seconds"))


# --- putting it down --------------------------------------------------------------------------------------------------


def _add_version(
    act: Act, amendment: Amendment, base: int, text: str | None, details: dict[str, Any], *, origin: str
) -> None:
    act.db.add(
        AmendmentVersion(
            amendment_id=amendment.id,
            number=amendment.current_version,
            base_version=base,
            text=text,
            details=details,
            origin=origin,
            substance=amendment.current_version,
            seq=act.seq,
            created_at=act.now,
        )
    )


async def _carry_over(act: Act, amendment: Amendment, last: AmendmentVersion, found: ClauseStanding) -> None:
    """Bring a draft written on an earlier version to the present one, or refuse when it cannot be."""
    if last.text is None:
        await add_rebased_version(act, amendment, None, found.clause.version)
        return
    match rebase(last.text, await wording_at(act, found.id, last.base_version), found.clause.text):
        case Clean(text=text):
            await add_rebased_version(act, amendment, text, found.clause.version)
        case Absorbed():
            raise NothingChanges(what=found.label)
        case _:
            raise AmendmentConflicts(
                amendment=f"A{amendment.number}",
                base=last.base_version,
                label=found.label,
                now=found.clause.version,
                proposer=act.seat.delegation,
                proposed=last.text,
                current=found.clause.text,
            )


async def _recorded(act: Act, amendment: Amendment, payload: dict[str, Any], private: bool | None = None) -> Proposed:
    """Record an act on an amendment; for its delegation alone while it is a draft."""
    is_private = amendment.audience == Audience.DELEGATION.value if private is None else private
    written = await act.recorded(
        {**payload, "version": amendment.current_version, "status": amendment.status},
        audience=act.seat.delegation if is_private else journal.ROOM,
    )
    return Proposed(f"A{amendment.number}", amendment.current_version, AmendmentStatus(amendment.status), written.seq)
