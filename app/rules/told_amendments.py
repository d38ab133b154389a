"""What entries of the record tell of amendments: their versions, who stands behind them, and how they ended."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from app.rules.amendments import AmendmentStatus, Audience
from app.rules.outcomes import BY_AN_EDITORIAL_CHANGE, BY_AN_ORAL_REVISION, absorbed, fallen_with, taken_up
from app.rules.proceedings import UNKNOWN, Proceedings, Told
from app.rules.told_clauses import named_version
from app.said import Said

DETAILS: Final = ("paragraph_kind", "level", "after", "merges", "amends")  # what only some kinds have
OPEN: Final = (AmendmentStatus.DRAFT.value, AmendmentStatus.PROPOSED.value)
INTO_THE_TEXT: Final = (AmendmentStatus.ACCEPTED.value, AmendmentStatus.ACCEPTED_WITH_CHANGES.value)


@dataclass(frozen=True, slots=True)
class AmendmentTold:
    """`amends` is the amendment that one amends now ("A3"; empty for one to the text itself), `reintroduces` the one
    whose words it brings back, `shared_with` the group that sees a draft."""

    kind: str
    clause: str
    amends: str
    proposer: str
    author: int | None
    status: str
    audience: str
    shared_with: str
    reintroduces: str
    rationale: str
    version: int
    conflicts: bool
    outcome_reason: str
    created_at: datetime
    submitted_at: datetime | None
    settled_at: datetime | None = None
    settled_entry: int | None = None


@dataclass(frozen=True, slots=True)
class AmendmentVersionTold:
    base_version: int
    text: str | None
    details: Mapping[str, Any]
    origin: str
    substance: int
    entry: int
    created_at: datetime


@dataclass(frozen=True, slots=True)
class CosponsorTold:
    joined_at: datetime
    left_at: datetime | None = None


def named_cosponsor(delegation: str, amendment: str, time: int) -> Said:
    """`time` 2: it joined for the second time."""
    if time > 1:
        return Said(
            "{delegation} behind {amendment} (time {time})", delegation=delegation, amendment=amendment, time=time
        )
    return Said("{delegation} behind {amendment}", delegation=delegation, amendment=amendment)


# --- what its proposer does -------------------------------------------------------------------------------------------


def proposal_told(proceedings: Proceedings, told: Told) -> None:
    payload = told.payload
    row = AmendmentTold(
        kind=payload["kind"],
        clause=payload["clause"],
        amends=f"A{payload['amends']}" if "amends" in payload else "",
        proposer=told.delegation,
        author=told.person_id,
        status=payload["status"],
        audience=told.heard_by.value,
        shared_with=told.group,
        reintroduces=payload.get("reintroduces", ""),
        rationale=payload["rationale"],
        version=1,
        conflicts=False,
        outcome_reason="",
        created_at=told.at,
        submitted_at=told.at if told.is_for_the_room else None,
    )
    proceedings.add(payload["amendment"], row)
    details = {name: payload[name] for name in DETAILS if name in payload}
    first = AmendmentVersionTold(payload["base_version"], payload["text"], details, "proposed", 1, told.seq, told.at)
    proceedings.add(named_version(1, payload["amendment"]), first)


def restatement_told(proceedings: Proceedings, told: Told) -> None:
    payload = told.payload
    name = payload["amendment"]
    number = _next_version(proceedings, told, name, payload["text"], payload["base_version"], "restated")
    proceedings.change(AmendmentTold, name, rationale=payload["rationale"], version=number, conflicts=False)
    for delegation in payload["released"]:
        _leave(proceedings, told, delegation)
    if "takes_up" in payload:
        settled_told(proceedings, told, payload["takes_up"], AmendmentStatus.ACCEPTED.value, taken_up(name))


def submission_told(proceedings: Proceedings, told: Told) -> None:
    payload = told.payload
    name = payload["amendment"]
    row = proceedings.change(
        AmendmentTold,
        name,
        status=payload["status"],
        audience=Audience.ROOM.value,
        shared_with="",
        submitted_at=told.at,
    )
    if payload["version"] > row.version:
        _carried(proceedings, told, name, payload["text"], payload["base_version"])


def sharing_told(proceedings: Proceedings, told: Told) -> None:
    """A draft is shared with a group, or taken back from it."""
    group = told.payload.get("shared_with", "")
    audience = Audience.GROUP if group else Audience.DELEGATION
    name = told.payload["amendment"]
    proceedings.change(AmendmentTold, name, audience=audience.value, shared_with=group)
    for delegation in told.payload["released"]:
        _leave(proceedings, told, delegation)


def withdrawal_told(proceedings: Proceedings, told: Told) -> None:
    settled_told(proceedings, told, told.payload["amendment"], AmendmentStatus.WITHDRAWN.value, told.payload["reason"])
    _let_fall(proceedings, told, told.payload["amendment"])


# --- what others do ---------------------------------------------------------------------------------------------------


def cosponsoring_told(proceedings: Proceedings, told: Told) -> None:
    payload = told.payload
    if "joins" not in payload:
        _leave(proceedings, told, payload["leaves"])
        return
    behind, time = proceedings.of(CosponsorTold), 1
    while named_cosponsor(payload["joins"], payload["amendment"], time) in behind:
        time += 1
    name = named_cosponsor(payload["joins"], payload["amendment"], time)
    proceedings.add(name, CosponsorTold(told.at))
    proceedings.current["cosponsor", payload["joins"], payload["amendment"]] = name


def _leave(proceedings: Proceedings, told: Told, delegation: str) -> None:
    name = proceedings.current.pop(("cosponsor", delegation, told.payload["amendment"]))
    proceedings.change(CosponsorTold, name, left_at=told.at)


def decision_told(proceedings: Proceedings, told: Told) -> None:
    _decided(proceedings, told, told.payload)


def decisions_told(proceedings: Proceedings, told: Told) -> None:
    """Several in one act, in the order in which they were carried out."""
    for decision in told.payload["decisions"]:
        carried_over_told(proceedings, told, decision)
        _decided(proceedings, told, decision)


def _decided(proceedings: Proceedings, told: Told, decision: Mapping[str, Any]) -> None:
    settled_told(proceedings, told, decision["amendment"], decision["status"], decision["reason"])
    _let_fall(proceedings, told, decision["amendment"])


# --- what becomes of them ---------------------------------------------------------------------------------------------


def carried_over_told(proceedings: Proceedings, told: Told, payload: Mapping[str, Any]) -> None:
    """What became of the open amendments when a text changed: `rebased`."""
    for one in payload.get("rebased", ()):
        match one["outcome"]:
            case "clean":
                _carried(proceedings, told, one["amendment"], one["text"], one.get("base_version", UNKNOWN))
            case "conflicting":
                proceedings.change(AmendmentTold, one["amendment"], conflicts=True)
            case "absorbed":
                by = _changed_by(told, payload)
                reason = UNKNOWN if by is UNKNOWN else absorbed(by)
                settled_told(proceedings, told, one["amendment"], AmendmentStatus.ABSORBED.value, reason)


def _changed_by(told: Told, payload: Mapping[str, Any]) -> Any:
    if told.verb == "clause.edit":
        return BY_AN_EDITORIAL_CHANGE
    if told.verb == "revision.publish":
        return payload["revision"]
    if told.verb == "text.revise_orally":
        return BY_AN_ORAL_REVISION
    return payload.get("amendment") or UNKNOWN


def _carried(proceedings: Proceedings, told: Told, name: str, text: str | None, base_version: int) -> None:
    number = _next_version(proceedings, told, name, text, base_version, "rebased")
    proceedings.change(AmendmentTold, name, version=number, conflicts=False)


def _next_version(
    proceedings: Proceedings, told: Told, name: str, text: str | None, base_version: int, origin: str
) -> int:
    """An amendment's next version; one that is carried over keeps the substance of the last."""
    number = proceedings.of(AmendmentTold)[name].version + 1
    last = proceedings.of(AmendmentVersionTold)[named_version(number - 1, name)]
    substance = last.substance if origin == "rebased" else number
    row = AmendmentVersionTold(base_version, text, last.details, origin, substance, told.seq, told.at)
    proceedings.add(named_version(number, name), row)
    return number


def settled_told(proceedings: Proceedings, told: Told, name: str, status: str, reason: str) -> None:
    """An amendment got its outcome."""
    proceedings.change(
        AmendmentTold,
        name,
        status=status,
        outcome_reason=reason,
        conflicts=False,
        settled_at=told.at,
        settled_entry=told.seq,
    )


def _let_fall(proceedings: Proceedings, told: Told, name: str) -> None:
    """What becomes of the sub-amendments of one that has just been settled.

    Drafts among them fall too, of which the entry does not tell the room.
    """
    amendments = proceedings.of(AmendmentTold)
    is_in_the_text = amendments[name].status in INTO_THE_TEXT
    for sub, row in list(amendments.items()):
        if row.amends != name or row.status not in OPEN:
            continue
        if is_in_the_text and not row.conflicts and row.status == AmendmentStatus.PROPOSED.value:
            proceedings.change(AmendmentTold, sub, amends="")
        else:
            reason = fallen_with(name)
            settled_told(proceedings, told, sub, AmendmentStatus.REJECTED.value, reason)
