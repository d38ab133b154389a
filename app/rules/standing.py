"""Where a negotiation stands, as plain facts: what actions ask the rules about and what views are made of."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.problems import ClauseRemoved, StaleVersion
from app.rules.amendments import OpenAmendment
from app.rules.consensus import ClauseStatus, TextStatus, status_of, status_of_text
from app.rules.facts import ClauseFacts
from app.rules.permissions import Visibility
from app.rules.positions import Participant
from app.text.clauses import Clause, Draft, FrontMatter, Kind


@dataclass(frozen=True, slots=True)
class NegotiationFacts:
    """What is known of a negotiation itself. `head_seq` and `head_hash` are the last entry of its record, `reading` is
    the number of the reading that is open."""

    id: int
    slug: str
    front: FrontMatter
    stage: str
    visibility: Visibility
    time_zone: str
    silence_least: timedelta
    silence_warning: timedelta
    submissions_until: datetime | None
    reading: int | None
    sponsors_until: datetime | None
    created_at: datetime
    head_seq: int
    head_hash: str


@dataclass(frozen=True, slots=True)
class ClauseStanding:
    """One clause with its current wording and everything its status depends on.

    `id` is its row, `parent` the key of the paragraph it is a sub-paragraph of. `insertions` are the open proposals to
    put a paragraph behind this one; they do not bracket it.
    """

    id: int
    clause: Clause
    parent: str
    text_hash: str
    facts: ClauseFacts
    insertions: tuple[OpenAmendment, ...] = ()

    @property
    def key(self) -> str:
        return self.clause.key

    @property
    def label(self) -> str:
        return self.clause.label

    @property
    def tag(self) -> str:
        return version_tag(self.clause.key, self.clause.version)

    @property
    def is_removed(self) -> bool:
        return self.facts.is_removed

    def status(self, now: datetime) -> ClauseStatus:
        return status_of(self.facts, now)

    def must_be_at(self, expected: str) -> None:
        """Refuse (StaleVersion, 412) what is written against another version than the current one."""
        must_be_current(
            self.label, expected, self.tag, version=self.clause.version, text=self.clause.text, hash=self.text_hash
        )

    def must_be_in_the_text(self) -> None:
        if self.is_removed:
            raise ClauseRemoved(label=self.label, removed_by=self.facts.removed_by)


@dataclass(frozen=True, slots=True)
class Standing:
    """A whole negotiation, or those clauses of it that were asked for, in the order of the document."""

    negotiation: NegotiationFacts
    participants: tuple[Participant, ...]
    clauses: tuple[ClauseStanding, ...]

    def in_the_text(self) -> Iterator[ClauseStanding]:
        return (clause for clause in self.clauses if not clause.is_removed)

    def draft(self) -> Draft:
        """The consolidated text."""
        return Draft(self.negotiation.front, tuple(standing.clause for standing in self.in_the_text()))

    def text_status(self, now: datetime) -> TextStatus:
        """The status of the whole text. The opening line is the organ's formula: nobody negotiates it."""
        return status_of_text(
            (standing.status(now).status for standing in self.clauses if standing.clause.kind is not Kind.OPENING),
            open_beside=sum(1 for _ in self.open_beside()),
        )

    def open_beside(self) -> Iterator[OpenAmendment]:
        """The proposals before the room that bracket no paragraph: to insert one, or to one that has left the text."""
        for standing in self.clauses:
            for proposal in (*standing.insertions, *(standing.facts.amendments if standing.is_removed else ())):
                if proposal.is_before_the_room:
                    yield proposal

    def next_deadline(self, now: datetime) -> datetime | None:
        """When a status next changes by itself: the first deadline of a running silence."""
        silences = (standing.facts.silence for standing in self.clauses)
        return min((s.deadline for s in silences if s is not None and s.is_running(now)), default=None)


def version_tag(name: str, version: int) -> str:
    """How a version is named in If-Match: `c7.v4` for a clause, `A12.v2` for an amendment."""
    return f"{name}.v{version}"


def must_be_current(what: str, sent: str, current: str, **version: object) -> None:
    """Refuse (StaleVersion, 412) a write against another version; `version` is the current one, for the answer."""
    if sent != current:
        raise StaleVersion(what=what, sent=sent, current_etag=current, current={**version, "etag": f'"{current}"'})
