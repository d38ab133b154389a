"""The silence procedure: open, extend, break, pass."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from app.actions.locking import Act, begin, locked
from app.actions.saying import say
from app.problems import InvalidInput, NotFound, ReasonRequired
from app.record.database import now_of
from app.record.journal import timestamp
from app.record.proposals import Silence, SilenceClause
from app.record.standing import clauses_named, standing
from app.record.texts import Clause
from app.rules.consensus import must_be_open, must_have_no_objection, must_not_be_under_silence
from app.rules.facts import objections
from app.rules.permissions import Role, Seat
from app.rules.positions import Stance
from app.rules.silence import deadline_for, must_still_run, warning_at
from app.rules.standing import ClauseStanding
from app.said import Said, dated
from app.text.clauses import Kind
from app.text.screen import screened


@dataclass(frozen=True, slots=True)
class Opened:
    """A silence after an act on it: `name` (`S2`), its deadline, the labels it runs on, the entry of the act."""

    name: str
    deadline: datetime
    labels: tuple[str, ...]
    seq: int


async def open_silence(
    db: AsyncSession,
    seat: Seat,
    clauses: Sequence[str] | None,
    *,
    hours: float | None = None,
    deadline: datetime | None = None,
) -> Opened:
    """Put clauses (None: every paragraph that is not agreed yet) under silence, on the version each has now.

    Ends `hours` from now or at `deadline`; by default 72 hours. Raises ConsensusStandsAgainst while one has an
    objection or an open amendment, ClauseClosed, ClauseUnderSilence, SilenceDeadlineTooSoon.
    """
    act = await begin(db, seat, "silence.open")
    if hours is not None and deadline is not None:
        raise InvalidInput.at("deadline", Said("give either hours or a deadline, not both."))
    ends = deadline_for(act.now, hours, deadline, act.negotiation.silence_least)
    covered = await _covered(act, clauses)
    for found in covered:
        _must_be_free(found, act.now)
    act.negotiation.last_silence += 1
    silence = Silence(
        negotiation_id=act.negotiation.id,
        number=act.negotiation.last_silence,
        opened_at=act.now,
        deadline=ends,
        opened_seq=act.seq,
        passed_seq=None,
        warn_at=warning_at(act.now, ends, act.negotiation.silence_warning),
    )
    db.add(silence)
    await db.flush()
    db.add_all(
        SilenceClause(silence_id=silence.id, clause_id=found.id, version=found.clause.version) for found in covered
    )
    written = await act.recorded(
        {
            "silence": f"S{silence.number}",
            "deadline": timestamp(ends),
            "clauses": [{"clause": f.key, "label": f.label, "version": f.clause.version} for f in covered],
        }
    )
    return Opened(f"S{silence.number}", ends, tuple(found.label for found in covered), written.seq)


async def extend(db: AsyncSession, seat: Seat, name: str, deadline: datetime) -> Opened:
    """Move the deadline of a running silence later; the room is warned of the new one. Raises SilenceOver,
    SilenceDeadlineTooSoon, NotFound."""
    act = await begin(db, seat, "silence.extend")
    silence, covered = await _silence_named(act, name)
    running = running_on(covered, silence, act.now)
    for found in () if running else _in_the_text_first(covered):
        _must_run_here(found, silence, act.now)
    if deadline <= silence.deadline:
        raise InvalidInput.at("deadline", Said("an extension ends after {moment}.", moment=dated(silence.deadline)))
    deadline_for(act.now, None, deadline, least=timedelta(0))
    silence.deadline = deadline
    silence.warn_at, silence.warned_at = warning_at(act.now, deadline, act.negotiation.silence_warning), None
    written = await act.recorded({"silence": f"S{silence.number}", "deadline": timestamp(deadline)})
    return Opened(f"S{silence.number}", deadline, tuple(found.label for found in running), written.seq)


async def break_silence(db: AsyncSession, seat: Seat, name: str, clauses: Sequence[str] | None, reason: str) -> Opened:
    """Object before the deadline: the silence is broken for the clauses named (None: all it runs on).

    The objection stands as the delegation's position on each. A member may break a silence although its group does not.
    Raises SilenceOver after the deadline (409), ReasonRequired.
    """
    act = await begin(db, seat, "silence.break")
    if not reason.strip():
        raise ReasonRequired(act=Said("Breaking a silence"))
    reason = screened(reason, "reason")
    silence, covered = await _silence_named(act, name)
    named = await _named(act, clauses)
    hit = [found for found in covered if named is None or found.id in named]
    if not hit or (named is not None and len(hit) < len(named)):
        raise NotFound(
            what=Said("clause under"),
            name=f"S{silence.number}",
            remedy=Said("GET .../silences lists what it covers.", "The page of the silences says what it covers."),
        )
    running = running_on(hit, silence, act.now)
    for found in _in_the_text_first(hit) if named is not None or not running else ():
        _must_run_here(found, silence, act.now)
    for found in running:
        await break_on(act, found, reason)
        await say(act, found, Stance.OBJECT, reason)
    written = await act.recorded(
        {
            "silence": f"S{silence.number}",
            "reason": reason,
            "clauses": [{"clause": f.key, "label": f.label, "version": f.clause.version} for f in running],
        }
    )
    return Opened(f"S{silence.number}", silence.deadline, tuple(found.label for found in running), written.seq)


async def break_on(act: Act, found: ClauseStanding, reason: str, by: str = "") -> dict[str, Any]:
    """Break the silence running on a clause, if one is: an objection or a proposal before the deadline does.

    An observer's does not. `by`: who breaks it, the acting delegation when empty. What to add to the entry: the labels
    of the clauses by the name of the silence (`breaks`), and each with who broke it and why (`breaches`).
    """
    silence = found.facts.silence
    if silence is None or not silence.is_running(act.now) or act.seat.role is Role.OBSERVER:
        return {}
    await act.db.execute(
        update(SilenceClause)
        .where(
            SilenceClause.clause_id == found.id,
            SilenceClause.silence_id.in_(
                select(Silence.id).where(Silence.negotiation_id == act.negotiation.id, Silence.number == silence.number)
            ),
        )
        .values(broken_by=by or act.seat.delegation, broken_at=act.now, broken_reason=reason, broken_seq=act.seq)
    )
    breach = {"silence": silence.name, "clause": found.key, "by": by or act.seat.delegation, "reason": reason}
    return {"breaks": {silence.name: [found.label]}, "breaches": [breach]}


async def break_on_each(act: Act, broken: Iterable[tuple[ClauseStanding, str, str]]) -> dict[str, Any]:
    """Break the silences running on several clauses; each comes with the reason and by whom, as for `break_on`."""
    told: dict[str, list[str]] = {}
    breaches: list[dict[str, str]] = []
    for found, reason, by in broken:
        one = await break_on(act, found, reason, by)
        breaches += one.get("breaches", ())
        for name, labels in one.get("breaks", {}).items():
            told.setdefault(name, []).extend(labels)
    return {"breaks": told, "breaches": breaches} if told else {}


async def due(db: AsyncSession) -> list[int]:
    """The ids of the silences whose deadline has come and whose passing is not on the record yet. One statement."""
    rows = await db.scalars(
        select(Silence.id)
        .where(Silence.passed_seq.is_(None), Silence.deadline <= now_of(db))
        .order_by(Silence.deadline)
    )
    return list(rows)


async def next_due(db: AsyncSession) -> datetime | None:
    """When the next silence comes to its deadline, or None when none runs. One statement."""
    found: datetime | None = await db.scalar(
        select(Silence.deadline).where(Silence.passed_seq.is_(None)).order_by(Silence.deadline).limit(1)
    )
    return found


async def pass_silence(db: AsyncSession, silence_id: int) -> bool:
    """Put the end of one silence on the record: once, whichever process notices first. Whether this call did it.

    The entry says for which clauses it passed unbroken; those count as agreed since the deadline, recorded or not. An
    objection that stands at the end without an act on the clause, because a delegation has become a member of a group
    that objects, breaks the silence there in the name of that delegation.
    """
    silence = await db.get(Silence, silence_id)
    if silence is None:
        return False
    negotiation = await locked(db, silence.negotiation_id)
    await db.refresh(silence)
    if negotiation is None or silence.passed_seq is not None or silence.deadline > now_of(db):
        return False
    seat = Seat(None, "Chapeau", Role.SECRETARIAT, negotiation.slug, negotiation.id)
    act = Act(db, seat, "silence.pass", negotiation, now_of(db))
    breaches = await _break_where_objections_stand(act, silence)
    rows = (
        await db.execute(
            select(SilenceClause, Clause)
            .join(Clause, SilenceClause.clause_id == Clause.id)
            .where(SilenceClause.silence_id == silence.id)
            .order_by(Clause.place)
            .execution_options(populate_existing=True)
        )
    ).all()
    silence.passed_seq = act.seq
    await act.recorded(
        {
            "silence": f"S{silence.number}",
            "deadline": timestamp(silence.deadline),
            "agreed": [
                {"clause": clause.key, "label": clause.label, "version": under.version}
                for under, clause in rows
                if under.broken_by is None and under.ended_at is None and clause.removed_by is None
            ],
            "broken": [clause.label for under, clause in rows if under.broken_by is not None],
            "breaches": breaches,
        }
    )
    return True


async def _break_where_objections_stand(act: Act, silence: Silence) -> list[dict[str, str]]:
    """Who broke it at its very end, on which clause and why."""
    breaches = []
    for found in await clauses_under(act, silence):
        here, against = found.facts.silence, objections(found.facts)
        if not against or found.is_removed or here is None or here.number != silence.number or here.broken_by:
            continue
        await act.db.execute(
            update(SilenceClause)
            .where(SilenceClause.silence_id == silence.id, SilenceClause.clause_id == found.id)
            .values(
                broken_by=against[0].delegation,
                broken_at=act.now,
                broken_reason=against[0].reason,
                broken_seq=act.seq,
            )
        )
        by, reason = against[0].delegation, against[0].reason
        breaches.append({"silence": f"S{silence.number}", "clause": found.key, "by": by, "reason": reason})
    return breaches


# --- which clauses ----------------------------------------------------------------------------------------------------


async def _covered(act: Act, clauses: Sequence[str] | None) -> list[ClauseStanding]:
    named = await _named(act, clauses)
    found = (await standing(act.db, act.negotiation, named)).clauses
    if named is not None:
        for clause in found:
            clause.must_be_in_the_text()
        return list(found)
    closed_or_formal = [
        clause
        for clause in found
        if clause.is_removed or clause.clause.kind is Kind.OPENING or clause.status(act.now).status == "agreed"
    ]
    open_clauses = [clause for clause in found if clause not in closed_or_formal]
    if not open_clauses:
        raise InvalidInput.at(
            "clauses", Said("every paragraph is agreed already; there is nothing to put under silence.")
        )
    return open_clauses


async def _named(act: Act, clauses: Sequence[str] | None) -> list[int] | None:
    if clauses is None:
        return None
    if not clauses:
        raise InvalidInput.at(
            "clauses",
            Said(
                "name at least one clause, or leave the field out for the whole text.",
                "name at least one paragraph, or none for the whole text.",
            ),
        )
    return [clause.id for clause in await clauses_named(act.db, act.negotiation, clauses)]


def _must_be_free(found: ClauseStanding, now: datetime) -> None:
    must_be_open(found.facts, now)
    must_have_no_objection(found.facts, Said("A silence"))
    must_not_be_under_silence(found.facts, now, Said("extend that one instead."))


async def _silence_named(act: Act, name: str) -> tuple[Silence, list[ClauseStanding]]:
    """A silence by its name (`S2`) with the clauses it was opened on. Raises NotFound."""
    digits = name.strip().removeprefix("S").removeprefix("s")
    number = int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= 9 else 0
    silence = await act.db.scalar(
        select(Silence).where(Silence.negotiation_id == act.negotiation.id, Silence.number == number)
    )
    if silence is None:
        raise NotFound(
            what=Said("silence"),
            name=name,
            remedy=Said("GET .../silences lists them.", "The page of the silences lists them."),
        )
    return silence, await clauses_under(act, silence)


def running_on(covered: Iterable[ClauseStanding], silence: Silence, now: datetime) -> list[ClauseStanding]:
    """Those of some clauses on which a silence still runs at `now`: neither broken there nor left behind."""
    return [
        found
        for found in covered
        if (here := found.facts.silence) is not None
        and not found.is_removed
        and here.number == silence.number
        and here.is_running(now)
    ]


async def clauses_under(act: Act, silence: Silence) -> list[ClauseStanding]:
    """The clauses that a silence was opened on, as they stand now."""
    ids = (await act.db.scalars(select(SilenceClause.clause_id).where(SilenceClause.silence_id == silence.id))).all()
    return list((await standing(act.db, act.negotiation, ids)).clauses)


def _in_the_text_first(covered: Iterable[ClauseStanding]) -> list[ClauseStanding]:
    """So that a paragraph that was removed is not what a refusal is about while the silence was on others too."""
    return sorted(covered, key=lambda found: found.is_removed)


def _must_run_here(found: ClauseStanding, silence: Silence, now: datetime) -> None:
    """Refuse what comes too late (SilenceOver), or where the silence was left behind by a later act (NotFound)."""
    found.must_be_in_the_text()
    here = found.facts.silence
    if here is not None and here.number == silence.number:
        must_still_run(here, now)
        return
    raise NotFound(
        what=Said("running silence on {label} called", label=found.label),
        name=f"S{silence.number}",
        remedy=Said("It was left behind there by a later act; take a position on the paragraph instead."),
    )
