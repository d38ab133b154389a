"""Those who hold the pen rule on agreement, and reopen what was agreed."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from app.actions.locking import Act, begin
from app.problems import ClauseNotClosed, InvalidInput, NotTakingPart, ReasonRequired
from app.record.participants import participants_of
from app.record.proposals import Ruling, Silence, SilenceClause
from app.record.standing import clause_standing
from app.rules.consensus import is_closed, must_be_open, must_have_no_objection, must_not_be_under_silence
from app.rules.facts import RulingKind
from app.rules.permissions import Seat
from app.rules.standing import ClauseStanding
from app.said import Said
from app.text.screen import screened


@dataclass(frozen=True, slots=True)
class Ruled:
    """A ruling, or its end (`kind` None: reopened), on one version of a clause."""

    label: str
    version: int
    kind: RulingKind | None
    pending: tuple[str, ...]
    package: str
    seq: int


async def rule(
    db: AsyncSession,
    seat: Seat,
    clause: str,
    expected: str,
    kind: RulingKind,
    pending: Sequence[str] = (),
    package: str = "",
) -> Ruled:
    """Rule a clause agreed, or agreed ad referendum (subject to capitals; `pending` names whose, `package` with what).

    Consensus means that nobody objects: raises ConsensusStandsAgainst while an objection or an open amendment stands;
    ClauseClosed, ClauseRemoved, ClauseUnderSilence, StaleVersion, NotTakingPart.
    """
    act = await begin(db, seat, "clause.rule")
    found = await clause_standing(db, act.negotiation, clause)
    found.must_be_at(expected)
    found.must_be_in_the_text()
    must_be_open(found.facts, act.now)
    must_have_no_objection(found.facts, Said("A ruling"))
    must_not_be_under_silence(found.facts, act.now, Said("delegations have until then to object."))
    if kind is RulingKind.AGREED and (pending or package):
        raise InvalidInput.at("kind", Said("only an ad ref ruling can be pending capitals or part of a package."))
    codes = await _taking_part(act, pending)
    package = screened(package, "package", limit=200) if package.strip() else ""
    await _end_rulings(act, found, "ruled anew")
    await _end_silences(act, found)
    db.add(
        Ruling(
            clause_id=found.id,
            version=found.clause.version,
            kind=kind.value,
            by=seat.delegation or seat.name,
            pending=codes,
            package=package,
            seq=act.seq,
            ruled_at=act.now,
            ended_reason="",
        )
    )
    version = found.clause.version
    written = await act.recorded(
        {
            "clause": found.key,
            "label": found.label,
            "version": version,
            "kind": kind.value,
            "pending": codes,
            "package": package,
        }
    )
    return Ruled(found.label, version, kind, tuple(codes), package, written.seq)


async def reopen(db: AsyncSession, seat: Seat, clause: str, expected: str, reason: str) -> Ruled:
    """Reopen a clause that was ruled agreed or ad ref, or that a silence passed on. A reason is required.

    Raises ClauseNotClosed when there is nothing to reopen, StaleVersion, ClauseRemoved, ReasonRequired.
    """
    act = await begin(db, seat, "clause.reopen")
    if not reason.strip():
        raise ReasonRequired(act=Said("Reopening a paragraph"))
    reason = screened(reason, "reason")
    found = await clause_standing(db, act.negotiation, clause)
    found.must_be_at(expected)
    found.must_be_in_the_text()
    if found.facts.ruling is None and is_closed(found.facts, act.now) is None:
        raise ClauseNotClosed(label=found.label)
    await _end_rulings(act, found, reason)
    await _end_silences(act, found)
    version = found.clause.version
    silence = found.facts.silence
    passed = silence.name if silence is not None and silence.has_passed(act.now) else ""
    written = await act.recorded(
        {"clause": found.key, "label": found.label, "version": version, "reason": reason, "silence": passed}
    )
    return Ruled(found.label, version, None, (), "", written.seq)


async def _taking_part(act: Act, codes: Sequence[str]) -> list[str]:
    """The codes as they are kept, each once. Raises NotTakingPart."""
    present = {p.code for p in await participants_of(act.db, act.negotiation.id)} if codes else set()
    named = list(dict.fromkeys(code.strip().upper() for code in codes))
    for code in named:
        if code not in present:
            raise NotTakingPart(delegation=code, negotiation=act.negotiation.slug)
    return named


async def _end_rulings(act: Act, found: ClauseStanding, reason: str) -> None:
    await act.db.execute(
        update(Ruling)
        .where(Ruling.clause_id == found.id, Ruling.ended_at.is_(None))
        .values(ended_at=act.now, ended_reason=reason)
    )


async def _end_silences(act: Act, found: ClauseStanding) -> None:
    """Leave the silences behind that were broken or have passed; one that still runs goes on."""
    over = select(Silence.id).where(Silence.negotiation_id == act.negotiation.id, Silence.deadline <= act.now)
    await act.db.execute(
        update(SilenceClause)
        .where(
            SilenceClause.clause_id == found.id,
            SilenceClause.ended_at.is_(None),
            or_(SilenceClause.broken_by.isnot(None), SilenceClause.silence_id.in_(over)),
        )
        .values(ended_at=act.now)
    )
