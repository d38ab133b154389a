"""Where the whole text stands: the status of every paragraph, how many have each, and what stands in the way."""

from dataclasses import dataclass
from datetime import datetime

from app.rules.because import Because
from app.rules.consensus import ClauseStatus, Status, Step
from app.rules.standing import Standing
from app.text.clauses import Kind


@dataclass(frozen=True, slots=True)
class ParagraphStatus:
    """The status of one paragraph at its current version, why, and what would move it on."""

    label: str
    key: str
    version: int
    status: Status
    because: tuple[Because, ...]
    next: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Consensus:
    """The status of a whole text at one record entry: nothing is agreed until everything is agreed."""

    negotiation: str
    seq: int
    is_agreed: bool
    sentence: str
    counts: dict[str, int]
    paragraphs: tuple[ParagraphStatus, ...]


def consensus(standing: Standing, now: datetime) -> Consensus:
    """Where every paragraph stands at `now`, removed ones included; the organ's opening line is not negotiated."""
    whole = standing.text_status(now)
    return Consensus(
        negotiation=standing.negotiation.slug,
        seq=standing.negotiation.head_seq,
        is_agreed=whole.is_agreed,
        sentence=whole.sentence,
        counts={status.value: count for status, count in whole.counts.items()},
        paragraphs=tuple(
            paragraph_status(found.label, found.key, found.clause.version, found.status(now))
            for found in standing.clauses
            if found.clause.kind is not Kind.OPENING
        ),
    )


def paragraph_status(label: str, key: str, version: int, found: ClauseStatus) -> ParagraphStatus:
    """The status of one clause with what it is called."""
    return ParagraphStatus(label, key, version, found.status, found.because, found.next)
