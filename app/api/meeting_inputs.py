"""What clients send of meetings."""

import re
from datetime import time
from typing import Annotated, Any, Final, Self

from pydantic import BeforeValidator, Field, model_validator

from app.actions.meetings import Discussed, Minutes
from app.api.inputs import ClauseName, Day, Input

_HOUR: Final = re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]")


def _hour(hour: object) -> object:
    if not isinstance(hour, str) or not _HOUR.fullmatch(hour):
        raise ValueError("should be an hour such as 15:00")
    return hour


Title = Annotated[str, Field(min_length=1, max_length=200, description="What it is called.", examples=["3rd informal"])]
HeldOn = Annotated[Day, Field(description="In the negotiation's time zone; by default today.", examples=["2023-01-16"])]
Hour = Annotated[time, BeforeValidator(_hour), Field(examples=["15:00"])]
Place = Annotated[str, Field(max_length=200, examples=["Conference Room 4"])]
ReadingNumber = Annotated[
    int, Field(ge=1, le=1_000_000, description="The reading that it was part of; by default the one open on that day.")
]
Notes = Annotated[
    str,
    Field(max_length=20_000, description="The minutes; line breaks are kept.", examples=["The room went through OP1."]),
]


class DiscussedIn(Input):
    """A clause that was discussed, and what was noted of it."""

    clause: ClauseName
    note: str = Field("", max_length=1_000, examples=["EU asked for time."])


Clauses = Annotated[
    list[DiscussedIn],
    Field(
        max_length=500, description="What was discussed.", examples=[[{"clause": "OP1", "note": "EU asked for time."}]]
    ),
]


class MeetingIn(Input):
    """A meeting that was held."""

    title: Title
    held_on: HeldOn | None = None
    starts_at: Hour | None = None
    ends_at: Hour | None = None
    place: Place = ""
    reading: ReadingNumber | None = None
    notes: Notes = ""
    clauses: Clauses = Field(default_factory=list)

    def to_minutes(self) -> Minutes:
        return Minutes(
            self.title,
            self.held_on,
            self.starts_at,
            self.ends_at,
            self.place,
            self.reading,
            self.notes,
            _discussed(self.clauses),
        )


class MeetingChangeIn(Input):
    """What is put down of a meeting from now on; what is left out stays. `clauses` are all that were discussed."""

    title: Title | None = None
    held_on: HeldOn | None = None
    starts_at: Hour | None = None
    ends_at: Hour | None = None
    place: Place | None = None
    reading: ReadingNumber | None = None
    notes: Notes | None = None
    clauses: Clauses | None = None

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not self.model_fields_set:
            raise ValueError("should have at least one field to change")
        for name in self.model_fields_set - {"starts_at", "ends_at", "reading"}:
            if getattr(self, name) is None:
                raise ValueError(f"{name} cannot be null; leave out what should stay")
        return self

    def changes(self) -> dict[str, Any]:
        given = {name: getattr(self, name) for name in self.model_fields_set}
        return given | ({"clauses": _discussed(self.clauses)} if self.clauses is not None else {})


def _discussed(clauses: list[DiscussedIn]) -> tuple[Discussed, ...]:
    return tuple(Discussed(one.clause, one.note) for one in clauses)
