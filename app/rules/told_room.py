"""What entries of the record tell of the room: who takes part and sits in it, how it is run, comments, revisions."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from app.rules.permissions import Role
from app.rules.proceedings import UNKNOWN, Proceedings, Told
from app.rules.told_sponsors import named_in_the_draft_told
from app.said import Said

HOUSE: Final = "how the negotiation is run"


@dataclass(frozen=True, slots=True)
class HouseTold:
    visibility: str
    time_zone: str
    least_silence_in_seconds: int
    submissions_until: datetime | None
    sponsors_until: datetime | None
    warning_of_a_silence_in_seconds: int


@dataclass(frozen=True, slots=True)
class ParticipationTold:
    delegation: str
    role: str
    invited_at: datetime


@dataclass(frozen=True, slots=True)
class SeatTold:
    """`delegation` is empty for the secretariat and for readers."""

    delegation: str
    role: str
    taken_at: datetime


@dataclass(frozen=True, slots=True)
class InvitationTold:
    """A seat to be taken; by whom, the record does not tell. `sender` is the delegation of who sent the invitation."""

    delegation: str
    role: str
    person: int | None
    sender: str
    sent_at: datetime
    expires_at: datetime
    accepted_at: datetime | None = None
    accepted_by: int | None = None
    revoked_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class RevisionTold:
    """`is_as_hashed`: its text is the one that its hash was made of."""

    name: str
    hash: str
    labels: Mapping[str, str]
    entry: int
    published_at: datetime
    is_as_hashed: bool = True


@dataclass(frozen=True, slots=True)
class ReadingTold:
    """The counts say how many paragraphs had each status."""

    opened_at: datetime
    opened_entry: int
    opening_counts: Mapping[str, int]
    closed_at: datetime | None = None
    closed_entry: int | None = None
    closing_counts: Mapping[str, int] | None = None


@dataclass(frozen=True, slots=True)
class CommentTold:
    """`on` is a clause ("c4") or an amendment ("A3")."""

    on: str
    version: int
    person: int | None
    delegation: str
    audience: str
    group: str
    reply_to: str
    text: str
    entry: int
    written_at: datetime
    retracted_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class TranslationTold:
    of_version: int
    text: str
    text_hash: str
    is_confirmed: bool
    person: int | None
    delegation: str
    entry: int
    written_at: datetime


def named_translation(number: int, clause: str, language: str) -> Said:
    return Said(
        "translation {number} of clause {clause} into {language}", number=number, clause=clause, language=language
    )


def named_participation(delegation: str) -> Said:
    return Said("the participation of {delegation}", delegation=delegation)


def named_seat(person: int) -> Said:
    return Said("the seat of person {person}", person=person)


def named_revision(number: int) -> Said:
    return Said("revision {number}", number=number)


def named_reading(number: int) -> Said:
    return Said("reading {number}", number=number)


def beginning_told(proceedings: Proceedings, told: Told) -> None:
    """A negotiation begins with its zero draft, and with a seat for whoever began it."""
    house_told(proceedings, told)
    if told.person_id is not None:
        seat = SeatTold("", Role.SECRETARIAT.value, told.at)
        proceedings.add(named_seat(told.person_id), seat)
    named_in_the_draft_told(proceedings, told)
    if "hash" not in told.payload:  # older entries
        _revision(proceedings, told, UNKNOWN, UNKNOWN)


def house_told(proceedings: Proceedings, told: Told) -> None:
    payload = told.payload
    proceedings.of(HouseTold)[HOUSE] = HouseTold(
        visibility=payload.get("visibility", UNKNOWN),
        time_zone=payload.get("time_zone", UNKNOWN),
        least_silence_in_seconds=_seconds(payload.get("silence_least_hours", UNKNOWN)),
        submissions_until=_moment(payload.get("submissions_until", UNKNOWN)),
        sponsors_until=_moment(payload.get("sponsors_until", UNKNOWN)),
        warning_of_a_silence_in_seconds=_seconds(payload.get("silence_warning_hours", UNKNOWN)),
    )


def _moment(written: Any) -> Any:
    return datetime.fromisoformat(written) if isinstance(written, str) else written


def _seconds(hours: Any) -> Any:
    return hours if hours is UNKNOWN else round(hours * 3600)


def invitation_told(proceedings: Proceedings, told: Told) -> None:
    row = ParticipationTold(told.payload["delegation"], told.payload["role"], told.at)
    proceedings.add(named_participation(told.payload["delegation"]), row)


def seat_told(proceedings: Proceedings, told: Told) -> None:
    """A new seat takes the place of the one that a person had."""
    payload = told.payload
    seats = proceedings.of(SeatTold)
    seats[named_seat(payload["person_id"])] = SeatTold(payload["delegation"], payload["role"], told.at)


def invitation_sent(proceedings: Proceedings, told: Told) -> None:
    payload = told.payload
    row = InvitationTold(
        delegation=payload["delegation"],
        role=payload["role"],
        person=told.person_id,
        sender=told.delegation,
        sent_at=told.at,
        expires_at=datetime.fromisoformat(payload["until"]),
    )
    proceedings.add(payload["invitation"], row)


def invitation_revoked(proceedings: Proceedings, told: Told) -> None:
    proceedings.change(InvitationTold, told.payload["invitation"], revoked_at=told.at)


def invitation_accepted(proceedings: Proceedings, told: Told) -> None:
    by = told.payload["person_id"]
    proceedings.change(InvitationTold, told.payload["invitation"], accepted_at=told.at, accepted_by=by)
    seat_told(proceedings, told)


def revision_told(proceedings: Proceedings, told: Told) -> None:
    """Whatever act keeps the whole text under a name tells the `revision` and its `hash`."""
    if "hash" in told.payload:
        _revision(proceedings, told, told.payload["revision"], told.payload["hash"])


def _revision(proceedings: Proceedings, told: Told, name: str, text_hash: str) -> None:
    number = len(proceedings.of(RevisionTold))
    labels = {clause.key: clause.label for clause in proceedings.text.clauses}
    proceedings.add(named_revision(number), RevisionTold(name, text_hash, labels, told.seq, told.at))


def reading_opened(proceedings: Proceedings, told: Told) -> None:
    reading = ReadingTold(told.at, told.seq, told.payload["counts"])
    proceedings.add(named_reading(told.payload["reading"]), reading)


def reading_closed(proceedings: Proceedings, told: Told) -> None:
    proceedings.change(
        ReadingTold,
        named_reading(told.payload["reading"]),
        closed_at=told.at,
        closed_entry=told.seq,
        closing_counts=told.payload["counts"],
    )


def comment_told(proceedings: Proceedings, told: Told) -> None:
    payload = told.payload
    row = CommentTold(
        on=payload.get("amendment") or payload["clause"],
        version=payload["version"],
        person=told.person_id,
        delegation=told.delegation,
        audience=told.heard_by.value,
        group=told.group,
        reply_to=payload.get("reply_to", ""),
        text=payload["text"],
        entry=told.seq,
        written_at=told.at,
    )
    proceedings.add(payload["comment"], row)


def retraction_told(proceedings: Proceedings, told: Told) -> None:
    proceedings.change(CommentTold, told.payload["comment"], retracted_at=told.at)


def translations_told(proceedings: Proceedings, told: Told) -> None:
    """Whatever act translates tells its `translations`."""
    for said in told.payload.get("translations", ()):
        row = TranslationTold(
            of_version=said["of_version"],
            text=said["text"],
            text_hash=hashlib.sha256(said["text"].encode()).hexdigest(),
            is_confirmed=said["confirmed"],
            person=told.person_id,
            delegation=told.delegation,
            entry=told.seq,
            written_at=told.at,
        )
        proceedings.add(named_translation(said["number"], said["clause"], said["language"]), row)
