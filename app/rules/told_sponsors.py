"""What entries of the record tell of sponsors, and of the outreach to states."""

from dataclasses import dataclass
from datetime import datetime

from app.rules.proceedings import UNKNOWN, Proceedings, Told
from app.rules.sponsors import NAMED_IN_THE_DRAFT, SponsorKind
from app.said import Said


@dataclass(frozen=True, slots=True)
class SponsorshipTold:
    kind: str
    on_behalf_of: str
    at_adoption: bool
    told: str
    exceptionally: str
    joined_at: datetime
    left_at: datetime | None = None
    left_entry: int | None = None
    left_told: str = ""


@dataclass(frozen=True, slots=True)
class OutreachNoteTold:
    """`held_on` is a day, 2023-01-12."""

    state: str
    held_on: str
    step: str
    between: str
    note: str
    by: str
    entry: int
    noted_at: datetime
    retracted_at: datetime | None = None


def named_sponsorship(state: str, seq: int) -> Said:
    return Said("the sponsorship of {state} since entry {seq}", state=state, seq=seq)


def named_in_the_draft_told(proceedings: Proceedings, told: Told) -> None:
    """The states that a new draft names; on behalf of whom, its front matter says."""
    for state in told.payload.get("main_sponsors", ()):
        row = SponsorshipTold(SponsorKind.MAIN.value, UNKNOWN, False, NAMED_IN_THE_DRAFT, "", told.at)
        _enter(proceedings, told, state, row)


def sponsorship_told(proceedings: Proceedings, told: Told) -> None:
    """A state joins or leaves; one that is there already goes on as another sponsor than it was."""
    payload = told.payload
    state, words = payload["state"], payload.get("told", "")
    there = proceedings.current.pop(("sponsor", state), None)
    if there is not None or payload.get("left"):
        ended = {"left_at": told.at, "left_entry": told.seq, "left_told": words}
        proceedings.change(SponsorshipTold, there or f"the sponsorship of {state}", **ended)
    if not payload.get("left"):
        row = SponsorshipTold(
            kind=payload["kind"],
            on_behalf_of=payload.get("on_behalf_of", ""),
            at_adoption=payload.get("at_adoption", False),
            told=words,
            exceptionally=payload.get("exceptionally", ""),
            joined_at=told.at,
        )
        _enter(proceedings, told, state, row)


def note_told(proceedings: Proceedings, told: Told) -> None:
    payload = told.payload
    row = OutreachNoteTold(
        state=payload["state"],
        held_on=payload["held_on"],
        step=payload["step"],
        between=payload.get("between", ""),
        note=payload["text"],
        by=told.actor,
        entry=told.seq,
        noted_at=told.at,
    )
    proceedings.add(payload["note"], row)


def note_retraction_told(proceedings: Proceedings, told: Told) -> None:
    proceedings.change(OutreachNoteTold, told.payload["note"], retracted_at=told.at)


def _enter(proceedings: Proceedings, told: Told, state: str, row: SponsorshipTold) -> None:
    name = named_sponsorship(state, told.seq)
    proceedings.add(name, row)
    proceedings.current["sponsor", state] = name
