"""The webhooks of a negotiation, and what waits to be sent to one."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.record.journal import ROOM, Entry
from app.record.texts import Negotiation
from app.record.webhooks import Webhook as WebhookRow
from app.rules.delivery import WebhookState, wants
from app.rules.permissions import Seat
from app.views.records import RecordEntry, shown

_AT_ONCE: Final = 20  # entries sent in one turn, so that others have theirs
_LOOKED_AT: Final = 200


@dataclass(frozen=True, slots=True)
class Webhook:
    """A webhook without its secret. `delivered` is the record entry up to which it has the record, `head` the last
    there is. While it fails, `attempts` says how often in a row, since when, why, and when it is tried again; `paused`
    and `disabled` ones are not tried until somebody resumes them. `ping_answer` is how the last test delivery ended.
    """

    name: str
    url: str
    verbs: tuple[str, ...]
    state: WebhookState
    created_at: datetime
    delivered: int
    head: int
    delivered_at: datetime | None
    attempts: int
    failing_since: datetime | None
    next_attempt_at: datetime | None
    last_error: str
    ping_asked_at: datetime | None
    pinged_at: datetime | None
    ping_answer: str


@dataclass(frozen=True, slots=True)
class Outgoing:
    """The next entries that a webhook gets, and the entry up to which none other is for it."""

    entries: tuple[RecordEntry, ...]
    until: int


async def webhooks(db: AsyncSession, seat: Seat) -> tuple[Webhook, ...]:
    """The webhooks of the negotiation in the order in which they were added. One statement."""
    rows = await db.execute(
        select(WebhookRow, Negotiation.head_seq)
        .join(Negotiation, WebhookRow.negotiation_id == Negotiation.id)
        .where(WebhookRow.negotiation_id == seat.negotiation_id, WebhookRow.state != WebhookState.REMOVED.value)
        .order_by(WebhookRow.number)
    )
    return tuple(
        Webhook(
            name=f"W{row.number}",
            url=row.url,
            verbs=tuple(row.verbs),
            state=WebhookState(row.state),
            created_at=row.created_at,
            delivered=row.delivered_seq,
            head=head,
            delivered_at=row.delivered_at,
            attempts=row.attempts,
            failing_since=row.failing_since,
            next_attempt_at=row.next_attempt_at,
            last_error=row.last_error,
            ping_asked_at=row.ping_asked_at,
            pinged_at=row.pinged_at,
            ping_answer=row.ping_answer,
        )
        for row, head in rows
    )


async def outgoing(db: AsyncSession, negotiation_id: int, verbs: tuple[str, ...], after: int) -> Outgoing:
    """What a webhook that has the record up to `after` gets next: entries that the whole room may read, of the verbs
    it wants. One statement."""
    query = select(Entry).where(Entry.negotiation_id == negotiation_id, Entry.seq > after)
    rows = (await db.scalars(query.order_by(Entry.seq).limit(_LOOKED_AT))).all()
    wanted = [row for row in rows if row.audience == ROOM and wants(verbs, row.verb)]
    if len(wanted) > _AT_ONCE:
        wanted = wanted[:_AT_ONCE]
        until = wanted[-1].seq
    else:
        until = rows[-1].seq if rows else after
    return Outgoing(tuple(shown(row, True) for row in wanted), until)
