"""What was said and decided, as the record tells it: the rows that the tables should have, and how they differ.

The rows are frozen dataclasses, made from entries by the functions that app/rules/telling.py names for each verb.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from typing import Any, Final, TypeVar, cast

from app.rules.amendments import Audience
from app.rules.replay import NotReplayable, Replay
from app.said import Said

Row = TypeVar("Row")
_GROUP: Final = "group:"


class _Unknown:
    """What an entry does not tell: older entries tell less. Nothing differs from it."""

    def __repr__(self) -> str:
        return "unknown"


UNKNOWN: Final[Any] = _Unknown()


@dataclass(frozen=True, slots=True)
class Told:
    """One entry of the record. `audience` is "room", the code of a delegation, or a group's after "group:"."""

    seq: int
    at: datetime
    actor: str
    person_id: int | None
    delegation: str
    verb: str
    audience: str
    payload: Mapping[str, Any]

    @property
    def is_for_the_room(self) -> bool:
        return self.heard_by is Audience.ROOM

    @property
    def heard_by(self) -> Audience:
        if self.audience == "room":
            return Audience.ROOM
        return Audience.GROUP if self.group else Audience.DELEGATION

    @property
    def group(self) -> str:
        """The code of the group that hears it; empty where no group does."""
        return self.audience.removeprefix(_GROUP) if self.audience.startswith(_GROUP) else ""


@dataclass(slots=True)
class Proceedings:
    """A negotiation being told entry by entry: its text, and the rows of each kind by what they are called.

    `current` is, by what a row is about, the name of the one that holds now, such as a delegation's position;
    `touched` are the rows that the entry heard last made or changed, by name, in order.
    """

    text: Replay = field(default_factory=Replay)
    tables: dict[type, dict[str, Any]] = field(default_factory=dict)
    current: dict[tuple[str, ...], str] = field(default_factory=dict)
    touched: list[tuple[str, Any]] = field(default_factory=list)

    def of(self, kind: type[Row]) -> dict[str, Row]:
        """The rows of one kind, by what each is called."""
        return cast("dict[str, Row]", self.tables.setdefault(kind, {}))

    def add(self, name: str, row: object) -> None:
        """A row that was not there before. Raises NotReplayable when it was."""
        rows = self.of(type(row))
        if name in rows:
            raise NotReplayable(Said("{thing} is there already", thing=name))
        rows[name] = row
        self.touched.append((name, row))

    def change(self, kind: type[Row], name: str, **changes: Any) -> Row:
        """A row with some of what it says changed. Raises NotReplayable when there is none."""
        rows = self.of(kind)
        if name not in rows:
            raise NotReplayable(Said("{thing} was not there before", thing=name))
        rows[name] = replace(cast("Any", rows[name]), **changes)
        self.touched.append((name, rows[name]))
        return rows[name]


def differences(told: Mapping[str, Row], stored: Mapping[str, Row]) -> list[str]:
    """What the tables have otherwise than the record tells it, in a sentence each, by what the rows are called."""
    found: list[str] = []
    for name in sorted(told.keys() | stored.keys(), key=_in_order):
        if name not in stored:
            found.append(Said("{thing} is on the record, but not in the tables", thing=name))
        elif name not in told:
            found.append(Said("{thing} is in the tables, but not on the record", thing=name))
        else:
            found += [
                Said("{thing} is not what the record says: {what}", thing=name, what=one.name.replace("_", " "))
                for one in fields(cast("Any", told[name]))
                if not _same(getattr(told[name], one.name), getattr(stored[name], one.name))
            ]
    return found


def _same(told: object, stored: object) -> bool:
    return told is UNKNOWN or told == stored


def _in_order(name: str) -> list[tuple[int, str]]:
    """A2 before A10."""
    return [(int(word), "") if word.isdigit() else (0, word) for word in _words(name)]


def _words(name: str) -> list[str]:
    spaced, was_digit = "", False
    for character in name:
        if character.isdigit() != was_digit:
            spaced, was_digit = spaced + " ", character.isdigit()
        spaced += character
    return spaced.split()
