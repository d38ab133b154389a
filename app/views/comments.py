"""Comments as people read them."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from app.record.audiences import hears_comment
from app.record.comments import Comment as CommentRow
from app.record.database import now_of
from app.record.people import Delegation, Person
from app.record.proposals import Amendment
from app.record.texts import Clause
from app.rules.amendments import Audience
from app.rules.permissions import Seat


@dataclass(frozen=True, slots=True)
class Comment:
    """A remark on a clause (`clause`, `label`) or an `amendment`, at the version that was current when it was made.

    `delegation` is empty where the secretariat speaks, `group` where it is not said within one, `reply_to` where it
    answers nothing. One taken back has no text and says when (`retracted_at`).
    """

    name: str
    clause: str
    label: str
    amendment: str
    version: int
    author: str
    delegation: str
    audience: Audience
    group: str
    reply_to: str
    text: str
    seq: int
    written_at: datetime
    retracted_at: datetime | None

    @property
    def number(self) -> int:
        return int(self.name[1:])


async def comments(
    db: AsyncSession,
    seat: Seat,
    *,
    clause_id: int | None = None,
    amendment: int | None = None,
    after: int = 0,
    limit: int = 50,
) -> tuple[Comment, ...]:
    """A page of the comments that the seat may hear, in the order in which they were made, from the one after `after`;
    of those on one clause (its row) or one amendment (its number), where given. One statement.
    """
    heard, group = hears_comment(seat, now_of(db).date()), aliased(Delegation)
    query = (
        select(CommentRow, Person.name, Delegation.code, group.code, Clause.key, Clause.label, Amendment.number)
        .join(Person, CommentRow.person_id == Person.id)
        .outerjoin(Delegation, CommentRow.delegation_id == Delegation.id)
        .outerjoin(group, CommentRow.group_id == group.id)
        .outerjoin(Clause, CommentRow.clause_id == Clause.id)
        .outerjoin(Amendment, CommentRow.amendment_id == Amendment.id)
        .where(CommentRow.negotiation_id == seat.negotiation_id, CommentRow.number > after, heard)
        .order_by(CommentRow.number)
        .limit(limit)
    )
    if clause_id is not None:
        query = query.where(CommentRow.clause_id == clause_id)
    if amendment is not None:
        query = query.where(Amendment.number == amendment)
    return tuple(
        Comment(
            name=f"C{row.number}",
            clause=key or "",
            label=label or "",
            amendment="" if row.amendment_id is None else f"A{number}",
            version=row.version,
            author=author,
            delegation=code or "",
            audience=Audience(row.audience),
            group=within or "",
            reply_to="" if row.reply_to is None else f"C{row.reply_to}",
            text="" if row.retracted_at is not None else row.text,
            seq=row.seq,
            written_at=row.written_at,
            retracted_at=row.retracted_at,
        )
        for row, author, code, within, key, label, number in await db.execute(query)
    )
