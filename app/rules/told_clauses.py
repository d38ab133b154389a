"""What entries of the record tell of clauses: their versions, the positions and rulings on them, and silences."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from app.rules.outcomes import AS_ADOPTED, AS_TABLED, numbered_afresh, orally_revised
from app.rules.proceedings import UNKNOWN, Proceedings, Told
from app.rules.replay import Change
from app.said import Said

_BY_AMENDMENT: Final = "amendment."
_ORALLY: Final = "text.revise_orally"  # its versions are of the pen, and have a substance of their own
_NUMBERS_AFRESH: Final = {"text.table": AS_TABLED, "text.adopt": AS_ADOPTED}


@dataclass(frozen=True, slots=True)
class ClauseTold:
    removed_by: str | None = None


@dataclass(frozen=True, slots=True)
class ClauseVersionTold:
    text: str
    text_hash: str
    origin: str
    origin_name: str
    substance: int
    entry: int
    created_at: datetime


@dataclass(frozen=True, slots=True)
class PositionTold:
    """`on` is a clause ("c4") or an amendment ("A3")."""

    delegation: str
    on: str
    version: int
    stance: str
    reason: str
    person: int | None
    taken_at: datetime
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class RulingTold:
    clause: str
    version: int
    kind: str
    by: str
    pending: tuple[str, ...]
    package: str
    ruled_at: datetime
    ended_at: datetime | None = None
    ended_reason: str = ""


@dataclass(frozen=True, slots=True)
class SilenceTold:
    """Older entries tell the deadline to the second only."""

    opened_at: datetime
    deadline: datetime
    deadline_to_the_second: datetime
    opened_entry: int
    passed_entry: int | None = None


@dataclass(frozen=True, slots=True)
class UnderSilenceTold:
    clause: str
    silence: str
    version: int
    broken_by: str | None = None
    broken_at: datetime | None = None
    broken_reason: str = ""
    broken_entry: int | None = None
    ended_at: datetime | None = None


def named_version(number: int, of: str) -> Said:
    return Said("version {number} of {of}", number=number, of=of)


def named_clause(key: str) -> Said:
    return Said("clause {key}", key=key)


def named_position(delegation: str, on: str, entry: int) -> Said:
    return Said("the position of {delegation} on {on} (entry {entry})", delegation=delegation, on=on, entry=entry)


def named_ruling(clause: str, entry: int) -> Said:
    return Said("the ruling on {clause} (entry {entry})", clause=clause, entry=entry)


def named_under(clause: str, silence: str) -> Said:
    return Said("{clause} under {silence}", clause=clause, silence=silence)


# --- the text ---------------------------------------------------------------------------------------------------------


def text_told(proceedings: Proceedings, told: Told) -> None:
    """What the changes of an entry make: clauses, and versions of them."""
    for change in told.payload.get("changes", ()):
        match change["op"]:
            case "insert":
                proceedings.add(named_clause(change["clause"]), ClauseTold())
                _version(proceedings, told, change)
            case "reword":
                _version(proceedings, told, change)
            case "remove":
                proceedings.change(ClauseTold, named_clause(change["clause"]), removed_by=_made_by(told, change))


def _version(proceedings: Proceedings, told: Told, change: Change) -> None:
    key, number = change["clause"], int(change["version"])
    origin, origin_name = _origin(told, change)
    substance: Any = number if origin is not UNKNOWN else UNKNOWN
    if origin == "editorial" and told.verb != _ORALLY:
        versions = proceedings.of(ClauseVersionTold)
        substance = versions[named_version(number - 1, named_clause(key))].substance
    row = ClauseVersionTold(
        text=change["text"],
        text_hash=hashlib.sha256(change["text"].encode()).hexdigest(),
        origin=origin,
        origin_name=origin_name,
        substance=substance,
        entry=told.seq,
        created_at=told.at,
    )
    proceedings.add(named_version(number, named_clause(key)), row)


def _origin(told: Told, change: Change) -> tuple[str, str]:
    """Where a version came from, and what that is called."""
    if told.verb == "negotiation.create":
        return "import", ""
    if told.verb == "clause.edit":
        return "editorial", told.payload["reason"]
    if told.verb == "revision.publish":
        return "editorial", numbered_afresh(told.payload["revision"])
    if told.verb in _NUMBERS_AFRESH:
        return "editorial", numbered_afresh(_NUMBERS_AFRESH[told.verb])
    if told.verb == _ORALLY:
        return "editorial", orally_revised(told.payload["announced_by"])
    if told.verb.startswith(_BY_AMENDMENT):
        return "amendment", _made_by(told, change)
    return UNKNOWN, UNKNOWN


def _made_by(told: Told, change: Change) -> str:
    """The amendment that made a change; of several decided together, older entries do not tell which."""
    return str(change.get("by") or told.payload.get("amendment") or "") or UNKNOWN


# --- positions and rulings --------------------------------------------------------------------------------------------


def position_told(proceedings: Proceedings, told: Told) -> None:
    payload = told.payload
    subject = payload.get("amendment") or payload["clause"]
    _end_position(proceedings, told, subject)
    if payload["stance"] is not None:
        _say(proceedings, told, subject, payload["version"], payload["stance"], payload.get("reason", ""))


def _say(proceedings: Proceedings, told: Told, on: str, version: int, stance: str, reason: str) -> None:
    name = named_position(told.delegation, on, told.seq)
    proceedings.add(name, PositionTold(told.delegation, on, version, stance, reason, told.person_id, told.at))
    proceedings.current["position", told.delegation, on] = name


def _end_position(proceedings: Proceedings, told: Told, on: str) -> None:
    """What a delegation says ends what it said before on the same."""
    ended = proceedings.current.pop(("position", told.delegation, on), None)
    if ended is not None:
        proceedings.change(PositionTold, ended, ended_at=told.at)


def ruling_told(proceedings: Proceedings, told: Told) -> None:
    payload = told.payload
    _end_rulings(proceedings, told, "ruled anew")
    row = RulingTold(
        clause=payload["clause"],
        version=payload["version"],
        kind=payload["kind"],
        by=told.delegation or told.actor,
        pending=tuple(payload["pending"]),
        package=payload["package"],
        ruled_at=told.at,
    )
    name = named_ruling(payload["clause"], told.seq)
    proceedings.add(name, row)
    proceedings.current["ruling", payload["clause"]] = name


def reopening_told(proceedings: Proceedings, told: Told) -> None:
    _end_rulings(proceedings, told, told.payload["reason"])


def _end_rulings(proceedings: Proceedings, told: Told, reason: str) -> None:
    """A ruling, or a reopening, ends the ruling before it, and leaves the silences behind that are over."""
    clause = told.payload["clause"]
    ended = proceedings.current.pop(("ruling", clause), None)
    if ended is not None:
        proceedings.change(RulingTold, ended, ended_at=told.at, ended_reason=reason)
    for silence, known in proceedings.of(SilenceTold).items():
        under = proceedings.of(UnderSilenceTold).get(named_under(clause, silence))
        if under is None or under.ended_at is not None:
            continue
        deadline = known.deadline_to_the_second if known.deadline is UNKNOWN else known.deadline
        if under.broken_by is not None or deadline <= told.at:
            proceedings.change(UnderSilenceTold, named_under(clause, silence), ended_at=told.at)


# --- silences ---------------------------------------------------------------------------------------------------------


def silence_opened(proceedings: Proceedings, told: Told) -> None:
    payload = told.payload
    silence = SilenceTold(told.at, *_deadline(payload), told.seq)
    proceedings.add(payload["silence"], silence)
    for covered in payload["clauses"]:
        row = UnderSilenceTold(covered["clause"], payload["silence"], covered["version"])
        proceedings.add(named_under(row.clause, row.silence), row)


def silence_extended(proceedings: Proceedings, told: Told) -> None:
    exact, second = _deadline(told.payload)
    proceedings.change(SilenceTold, told.payload["silence"], deadline=exact, deadline_to_the_second=second)


def _deadline(payload: Mapping[str, Any]) -> tuple[datetime, datetime]:
    """A deadline, and to the second."""
    deadline = datetime.fromisoformat(payload["deadline"])
    return (deadline if "." in payload["deadline"] else UNKNOWN), deadline.replace(microsecond=0)


def silence_broken(proceedings: Proceedings, told: Told) -> None:
    silence, reason = told.payload["silence"], told.payload["reason"]
    for covered in told.payload["clauses"]:
        _break(proceedings, told, covered["clause"], silence, told.delegation, reason)
        _end_position(proceedings, told, covered["clause"])
        _say(proceedings, told, covered["clause"], covered["version"], "object", reason)


def silence_passed(proceedings: Proceedings, told: Told) -> None:
    """Older entries do not tell who broke it at the very end, only on which clauses it passed."""
    silence = told.payload["silence"]
    proceedings.change(SilenceTold, silence, passed_entry=told.seq)
    if "breaches" in told.payload:
        return
    agreed = {covered["clause"] for covered in told.payload["agreed"]}
    for clause in proceedings.text.clauses:
        under = proceedings.of(UnderSilenceTold).get(named_under(clause.key, silence))
        if under is not None and clause.key not in agreed and under.broken_by is None and under.ended_at is None:
            _break(proceedings, told, clause.key, silence, UNKNOWN, UNKNOWN)


def breaches_told(proceedings: Proceedings, told: Told) -> None:
    """The silences that an act broke on the way."""
    for breach in told.payload.get("breaches", ()):
        _break(proceedings, told, breach["clause"], breach["silence"], breach["by"], breach["reason"])
    if "breaks" in told.payload and "breaches" not in told.payload:  # older entries tell the labels only
        labels = {clause.label: clause.key for clause in proceedings.text.clauses}
        for silence, broken in told.payload.get("breaks", {}).items():
            for label in broken:
                _break(proceedings, told, labels[label], silence, UNKNOWN, UNKNOWN)


def _break(proceedings: Proceedings, told: Told, clause: str, silence: str, by: str, reason: str) -> None:
    proceedings.change(
        UnderSilenceTold,
        named_under(clause, silence),
        broken_by=by,
        broken_at=told.at,
        broken_reason=reason,
        broken_entry=told.seq,
    )
