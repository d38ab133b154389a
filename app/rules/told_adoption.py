"""What entries of the record tell of the way to adoption: stages, oral revisions, votes, and what is said about it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from app.rules.amendments import AmendmentStatus
from app.rules.outcomes import left_behind
from app.rules.proceedings import Proceedings, Told
from app.rules.told_amendments import settled_told
from app.rules.told_clauses import PositionTold
from app.said import Said


@dataclass(frozen=True, slots=True)
class StageTold:
    stage: str
    reason: str
    symbol: str
    day: date | None
    meeting: str
    revision: str
    reached_at: datetime


@dataclass(frozen=True, slots=True)
class OralRevisionTold:
    announced_by: str
    labels: tuple[str, ...]
    revision: str
    entry: int
    announced_at: datetime


@dataclass(frozen=True, slots=True)
class VoteRequestTold:
    """`on` is the key of a clause, empty for the whole text; `vote` the name of the one that met it."""

    delegation: str
    on: str
    entry: int
    requested_at: datetime
    ended_at: datetime | None = None
    vote: str = ""


@dataclass(frozen=True, slots=True)
class VoteTold:
    """`roll` is how each state voted, by its code, with the name that it had."""

    on: str
    label: str
    majority: str
    is_carried: bool
    rejects_whole: bool
    requested_by: tuple[str, ...]
    day: date
    meeting: str
    roll: Mapping[str, tuple[str, str]]
    entry: int
    taken_at: datetime


@dataclass(frozen=True, slots=True)
class CorrectionTold:
    name: str
    choice: str
    advised_at: datetime


@dataclass(frozen=True, slots=True)
class ExplanationTold:
    delegation: str
    person: int | None
    subject: str
    moment: str
    text: str
    clauses: tuple[str, ...]
    entry: int
    given_at: datetime


@dataclass(frozen=True, slots=True)
class DissociationTold:
    delegation: str
    person: int | None
    clauses: tuple[str, ...]
    statement: str
    entry: int
    declared_at: datetime
    withdrawn_at: datetime | None = None


def named_stage(entry: int) -> Said:
    return Said("the stage reached at entry {entry}", entry=entry)


def named_oral_revision(number: int) -> Said:
    return Said("oral revision {number}", number=number)


def named_correction(state: str, vote: str, entry: int) -> Said:
    return Said("the correction of {state} to {vote} (entry {entry})", state=state, vote=vote, entry=entry)


# --- stages ---------------------------------------------------------------------------------------------------------


def stage_told(proceedings: Proceedings, told: Told) -> None:
    """A step between the stages before tabling."""
    _reach(proceedings, told, told.payload["stage"], told.payload["reason"])


def tabling_told(proceedings: Proceedings, told: Told) -> None:
    _reach(proceedings, told, "tabled", told.payload["although"])


def adoption_told(proceedings: Proceedings, told: Told) -> None:
    """The action on the whole text; by a vote, or not. What was still proposed is left behind where it is adopted."""
    payload = told.payload
    if "vote" in payload:
        vote_told(proceedings, told)
    if payload["is_adopted"]:
        for name in payload["rejected"]:
            reason = left_behind(payload["symbol"])
            settled_told(proceedings, told, name, AmendmentStatus.REJECTED.value, reason)
        _reach(proceedings, told, "adopted", "")


def _reach(proceedings: Proceedings, told: Told, stage: str, reason: str) -> None:
    payload = told.payload
    row = StageTold(
        stage=stage,
        reason=reason,
        symbol=payload.get("symbol", ""),
        day=_day(payload),
        meeting=payload.get("meeting", ""),
        revision=payload.get("revision", ""),
        reached_at=told.at,
    )
    proceedings.add(named_stage(told.seq), row)


def oral_revision_told(proceedings: Proceedings, told: Told) -> None:
    payload = told.payload
    row = OralRevisionTold(
        announced_by=payload["announced_by"],
        labels=tuple(one["label"] for one in payload["changed"]),
        revision=payload["revision"],
        entry=told.seq,
        announced_at=told.at,
    )
    proceedings.add(named_oral_revision(len(proceedings.of(OralRevisionTold)) + 1), row)


# --- votes ----------------------------------------------------------------------------------------------------------


def request_told(proceedings: Proceedings, told: Told) -> None:
    payload = told.payload
    if payload.get("withdrawn"):
        proceedings.change(VoteRequestTold, payload["request"], ended_at=told.at)
        return
    row = VoteRequestTold(payload["delegation"], payload.get("clause", ""), told.seq, told.at)
    proceedings.add(payload["request"], row)


def vote_told(proceedings: Proceedings, told: Told) -> None:
    """A vote with how each state voted; requests for it are met."""
    payload = told.payload
    on = payload["clause"] or ""
    row = VoteTold(
        on=on,
        label=payload["label"],
        majority=payload["majority"],
        is_carried=payload["is_carried"],
        rejects_whole=payload["rejects_whole"] if on else not payload["is_carried"],
        requested_by=tuple(payload["requested_by"]),
        day=date.fromisoformat(payload["day"]),
        meeting=payload["meeting"],
        roll={one["state"]: (one["name"], one["choice"]) for one in payload["roll"]},
        entry=told.seq,
        taken_at=told.at,
    )
    proceedings.add(payload["vote"], row)
    for name in payload["meets"]:
        proceedings.change(VoteRequestTold, name, ended_at=told.at, vote=payload["vote"])


def correction_told(proceedings: Proceedings, told: Told) -> None:
    payload = told.payload
    row = CorrectionTold(payload["name"], payload["intended"], told.at)
    proceedings.add(named_correction(payload["state"], payload["vote"], told.seq), row)


# --- what delegations say -------------------------------------------------------------------------------------------


def explanation_told(proceedings: Proceedings, told: Told) -> None:
    payload = told.payload
    row = ExplanationTold(
        delegation=payload["delegation"],
        person=told.person_id,
        subject=payload["subject"],
        moment=payload["when"],
        text=payload["text"],
        clauses=_keys(payload["clauses"]),
        entry=told.seq,
        given_at=told.at,
    )
    proceedings.add(payload["explanation"], row)


def dissociation_told(proceedings: Proceedings, told: Told) -> None:
    """It ends the delegation's own objections and reservations on those paragraphs."""
    payload = told.payload
    row = DissociationTold(
        delegation=payload["delegation"],
        person=told.person_id,
        clauses=_keys(payload["clauses"]),
        statement=payload["statement"],
        entry=told.seq,
        declared_at=told.at,
    )
    proceedings.add(payload["dissociation"], row)
    for key in _keys(payload["lifted"]):
        ended = proceedings.current.pop(("position", payload["delegation"], key))
        proceedings.change(PositionTold, ended, ended_at=told.at)


def association_told(proceedings: Proceedings, told: Told) -> None:
    proceedings.change(DissociationTold, told.payload["dissociation"], withdrawn_at=told.at)


def _keys(clauses: Any) -> tuple[str, ...]:
    return tuple(one["clause"] for one in clauses)


def _day(payload: Mapping[str, Any]) -> date | None:
    return date.fromisoformat(payload["day"]) if "day" in payload else None
