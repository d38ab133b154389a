"""What entries of the record tell of meetings: all that is put down of one, each time that it is."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.rules.proceedings import Proceedings, Told


@dataclass(frozen=True, slots=True)
class MeetingTold:
    """The day and the hours as they are written; `clauses` are those discussed: key, label, note."""

    version: int
    title: str
    held_on: str
    starts_at: str | None
    ends_at: str | None
    place: str
    reading: int | None
    notes: str
    clauses: tuple[tuple[str, str, str], ...]
    entry: int
    noted_at: datetime


def meeting_held(proceedings: Proceedings, told: Told) -> None:
    proceedings.add(told.payload["meeting"], MeetingTold(**_put_down(told)))


def meeting_noted(proceedings: Proceedings, told: Told) -> None:
    proceedings.change(MeetingTold, told.payload["meeting"], **_put_down(told))


def _put_down(told: Told) -> dict[str, Any]:
    payload = told.payload
    as_they_are = ("version", "title", "held_on", "starts_at", "ends_at", "place", "reading", "notes")
    return {
        **{name: payload[name] for name in as_they_are},
        "clauses": tuple((one["clause"], one["label"], one["note"]) for one in payload["clauses"]),
        "entry": told.seq,
        "noted_at": told.at,
    }
