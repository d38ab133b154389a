"""What the things in the tables of a negotiation are called, for comparing them with its record."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.record.comments import Comment
from app.record.people import Delegation
from app.record.proposals import Amendment, Position
from app.record.texts import Clause, Negotiation

Rows = Mapping[str, Any]  # by what each is called


@dataclass(frozen=True, slots=True)
class Names:
    """What things are called, by the id of their row: clauses ("c4"), amendments ("A3"), delegations ("FRA")."""

    clauses: Mapping[int, str]
    amendments: Mapping[int, str]
    delegations: Mapping[int, str]

    def subject(self, row: Position | Comment) -> str:
        """What a position or a comment is on."""
        if row.amendment_id is not None:
            return self.amendments.get(row.amendment_id, f"amendment {row.amendment_id}")
        return self.clauses.get(row.clause_id or 0, f"clause {row.clause_id}")

    def delegation(self, delegation_id: int | None) -> str:
        if delegation_id is None:
            return ""
        return self.delegations.get(delegation_id, f"delegation {delegation_id}")


async def names_of(db: AsyncSession, negotiation: Negotiation) -> Names:
    """Three statements."""
    clauses = await db.execute(select(Clause.id, Clause.key).where(Clause.negotiation_id == negotiation.id))
    amendments = await db.execute(
        select(Amendment.id, Amendment.number).where(Amendment.negotiation_id == negotiation.id)
    )
    delegations = await db.execute(select(Delegation.id, Delegation.code))
    return Names(
        {row.id: row.key for row in clauses},
        {row.id: f"A{row.number}" for row in amendments},
        {row.id: row.code for row in delegations},
    )
