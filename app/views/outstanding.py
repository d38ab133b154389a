"""What stands in the way of consensus, by delegation and by paragraph."""

from dataclasses import dataclass
from datetime import datetime

from app.rules import outstanding as rules
from app.rules.standing import Standing
from app.text.clauses import Kind


@dataclass(frozen=True, slots=True)
class Outstanding:
    """What is outstanding at one record entry.

    `delegations` say how many paragraphs each holds, which, and how: by an objection, as proposer or co-sponsor of an
    open amendment, by a reservation, by having broken a silence, or pending its capital; who holds most comes first.
    `clauses` are the paragraphs that something stands in the way of, in the order of the document. `beside` names the
    open proposals that bracket no paragraph (to insert one, or to one that has left the text). `unheld` are the labels
    of paragraphs that nobody holds and that are not agreed yet.
    """

    negotiation: str
    seq: int
    delegations: tuple[rules.Holder, ...]
    clauses: tuple[rules.HeldClause, ...]
    beside: tuple[str, ...]
    unheld: tuple[str, ...]


def outstanding(standing: Standing, now: datetime) -> Outstanding:
    """What stands in the way at `now`; the organ's opening line is not negotiated. No statement."""
    found = rules.outstanding(
        (
            rules.JudgedClause(clause.key, clause.label, clause.status(now))
            for clause in standing.clauses
            if clause.clause.kind is not Kind.OPENING
        ),
        standing.open_beside(),
    )
    return Outstanding(
        standing.negotiation.slug,
        standing.negotiation.head_seq,
        found.holders,
        found.clauses,
        found.beside,
        found.unheld,
    )
