"""Where each negotiation stands, kept in memory as long as its record has not grown."""

from collections import OrderedDict
from datetime import date

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.problems import NotFound
from app.record.database import now_of
from app.record.standing import standing
from app.record.texts import Negotiation
from app.rules.standing import Standing
from app.said import Said


class Standings:
    """The last known standing of the negotiations read most recently, at most `size` of them.

    One is good for one head of the record and one day (memberships of groups are dated). A standing holds no status:
    that is worked out from it for the moment of asking, so that a deadline is never missed.
    """

    def __init__(self, size: int) -> None:
        self._size = size
        self._kept: OrderedDict[int, tuple[int, date, Standing]] = OrderedDict()

    async def of(self, db: AsyncSession, negotiation_id: int, head_seq: int | None = None) -> Standing:
        """The standing at the head of the record, as the transaction of `db` sees it.

        `head_seq` is the head where this transaction has read it already: then no statement when the standing is in
        memory. Without it one, and ten when it is not in memory. Raises NotFound.
        """
        today = now_of(db).date()
        kept = self._kept.get(negotiation_id)
        if kept is not None and kept[:2] == (head_seq, today):
            self._kept.move_to_end(negotiation_id)
            return kept[2]
        negotiation = await db.scalar(select(Negotiation).where(Negotiation.id == negotiation_id))
        if negotiation is None:
            raise NotFound(what=Said("negotiation"), name=str(negotiation_id), remedy=Said("It may have been removed."))
        if kept is not None and kept[:2] == (negotiation.head_seq, today):
            self._kept.move_to_end(negotiation_id)
            return kept[2]
        found = await standing(db, negotiation)
        self._keep(negotiation_id, negotiation.head_seq, today, found)
        return found

    def _keep(self, negotiation_id: int, head: int, today: date, found: Standing) -> None:
        known = self._kept.get(negotiation_id)
        if known is not None and known[0] > head:
            return  # a reader on an older snapshot must not put back what another has renewed
        self._kept[negotiation_id] = (head, today, found)
        self._kept.move_to_end(negotiation_id)
        while len(self._kept) > self._size:
            self._kept.popitem(last=False)
