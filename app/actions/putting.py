"""How a proposal is put down: its first version, the silence that it breaks, what the record says, who may read it."""

from dataclasses import dataclass
from typing import Any

from app.actions.locking import Act
from app.actions.proposals import taken_with
from app.actions.rebasing import Rebased, wording_at
from app.actions.silence import break_on_each
from app.problems import AmendmentConflicts, NothingChanges, SubmissionsClosed
from app.record.audiences import entry_audience
from app.record.proposals import Amendment, AmendmentVersion
from app.rules.amendments import AmendmentStatus, Audience, ChangeKind
from app.rules.standing import ClauseStanding, version_tag
from app.said import dated
from app.text.merge import Absorbed, Clean, rebase


@dataclass(frozen=True, slots=True)
class Proposed:
    """An amendment after an act on it: its name (`A12`), version, status, and the entry that recorded the act.

    `rebased` is what became of its sub-amendments when its words changed, `fallen` which fell with it.
    """

    amendment: str
    version: int
    status: AmendmentStatus
    seq: int
    rebased: tuple[Rebased, ...] = ()
    fallen: tuple[str, ...] = ()

    @property
    def tag(self) -> str:
        return version_tag(self.amendment, self.version)


async def put_down(
    act: Act,
    amendment: Amendment,
    wording: str | None,
    details: dict[str, Any],
    found: ClauseStanding,
    **told: str,
) -> Proposed:
    """Put down a new amendment to `found` in the name of the acting delegation, with its first version.

    For the room it counts at once: it has to be in time and breaks silences; else it is a draft. `told` is what its
    entry says beside. Raises SubmissionsClosed.
    """
    for_the_room = amendment.audience == Audience.ROOM.value
    if for_the_room:
        must_be_in_time(act)
    act.negotiation.last_amendment += 1
    amendment.negotiation_id, amendment.number = act.negotiation.id, act.negotiation.last_amendment
    amendment.clause_id, amendment.delegation_id = found.id, act.seat.delegation_id or 0
    amendment.author_id = act.seat.person_id
    amendment.status = (AmendmentStatus.PROPOSED if for_the_room else AmendmentStatus.DRAFT).value
    amendment.current_version, amendment.conflicts, amendment.outcome_reason = 1, False, ""
    amendment.created_at, amendment.submitted_at = act.now, act.now if for_the_room else None
    act.db.add(amendment)
    await act.db.flush()
    version = add_version(act, amendment, found.clause.version, wording, details, origin="proposed")
    payload: dict[str, Any] = payload_of(amendment, version, found) | told
    if for_the_room:
        payload |= await break_silence(act, amendment, version, found)
    return await recorded(act, amendment, payload)


def must_be_in_time(act: Act) -> None:
    """Refuse (SubmissionsClosed) what comes after the deadline for language."""
    until = act.negotiation.submissions_until
    if until is not None and act.now >= until:
        raise SubmissionsClosed(deadline=dated(until))


def add_version(
    act: Act, amendment: Amendment, base: int, text: str | None, details: dict[str, Any], *, origin: str
) -> AmendmentVersion:
    """Give an amendment the version that it has from now on, as its author states it."""
    version = AmendmentVersion(
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
    act.db.add(version)
    return version


def payload_of(amendment: Amendment, version: AmendmentVersion, found: ClauseStanding) -> dict[str, Any]:
    """What the record says of an amendment that is put down or stated anew."""
    return {
        "amendment": f"A{amendment.number}",
        "kind": amendment.kind,
        "clause": found.key,
        "label": found.label,
        "base_version": version.base_version,
        "text": version.text,
        "rationale": amendment.rationale,
        **version.details,
    }


async def break_silence(
    act: Act, amendment: Amendment, version: AmendmentVersion, found: ClauseStanding
) -> dict[str, Any]:
    """A proposal to a clause breaks the silence running on it, and on all that it would take along with it;
    one to insert something behind it does not.
    """
    if amendment.kind == ChangeKind.INSERT.value:
        return {}
    touched = (found, *await taken_with(act, ChangeKind(amendment.kind), version.details, found))
    reason = f"{act.seat.delegation} proposed A{amendment.number}."
    return await break_on_each(act, [(one, reason, "") for one in touched])


async def carried(act: Act, amendment: Amendment, last: AmendmentVersion, found: ClauseStanding) -> str | None:
    """What an amendment written on an earlier version says on the present one. Raises AmendmentConflicts where that
    takes a person, NothingChanges where the clause says it already.
    """
    if last.text is None or (amendment.kind == ChangeKind.ALTERNATIVE.value and last.text != found.clause.text):
        return last.text
    match rebase(last.text, await wording_at(act, found.id, last.base_version), found.clause.text):
        case Clean(text=text):
            return text
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


async def recorded(act: Act, amendment: Amendment, payload: dict[str, Any]) -> Proposed:
    """Record an act on an amendment; while it is a draft, for those who see it."""
    written = await act.recorded(
        {**payload, "version": amendment.current_version, "status": amendment.status},
        audience=await entry_audience(act.db, amendment.audience, act.seat.delegation, amendment.group_id),
    )
    return Proposed(f"A{amendment.number}", amendment.current_version, AmendmentStatus(amendment.status), written.seq)
