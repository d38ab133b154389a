"""Sponsors as people read them: who they are now, who they were, and how the head of the document names them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from app.record.people import Delegation
from app.record.sponsors import Sponsorship
from app.record.texts import Negotiation
from app.rules.permissions import Seat
from app.rules.sponsors import Sponsor as SponsorFact
from app.rules.sponsors import SponsorKind, additional, masthead, printed


@dataclass(frozen=True, slots=True)
class Sponsor:
    """A state among the sponsors, from `since` until `until` (null: still).

    `printed` is how documents name it, `on_behalf_of` the code of the group for which it speaks, if any. `how` and
    `how_left` say how it was learned where the state did not say so here itself; `exceptionally` by which right an
    observer state sponsors. `seq` and `left_seq` are the entries of the record.
    """

    code: str
    name: str
    kind: SponsorKind
    on_behalf_of: str
    printed: str
    at_adoption: bool
    since: datetime
    until: datetime | None
    how: str
    how_left: str
    exceptionally: str
    seq: int
    left_seq: int | None


@dataclass(frozen=True, slots=True)
class SponsorCounts:
    """How many there are now. `at_adoption`: of the co-sponsors, those announced at the adoption."""

    main: int
    cosponsors: int
    at_adoption: int
    total: int


@dataclass(frozen=True, slots=True)
class Sponsors:
    """The sponsors: main sponsors first, each kind in the order of joining.

    `names` are those of the front matter, in English alphabetical order; `others` of them came with the draft and are
    no states that the server knows. `masthead` (`France and Spain: draft resolution`) and `additional` (`Additional
    sponsors: ...`, announced at the adoption) are as documents print them. `until`: when joining ends (null: with the
    adoption).
    """

    sponsors: tuple[Sponsor, ...]
    counts: SponsorCounts
    names: tuple[str, ...]
    others: tuple[str, ...]
    masthead: str
    additional: str
    until: datetime | None


async def sponsors(db: AsyncSession, seat: Seat, *, with_former: bool = False) -> Sponsors:
    """The sponsors of a text now and, where asked for, those that have left. Two statements."""
    negotiation = await db.get_one(Negotiation, seat.negotiation_id)
    state, group = aliased(Delegation), aliased(Delegation)
    rows = await db.execute(
        select(Sponsorship, state, group)
        .join(state, Sponsorship.delegation_id == state.id)
        .outerjoin(group, Sponsorship.on_behalf_of_id == group.id)
        .where(Sponsorship.negotiation_id == negotiation.id)
        .order_by(Sponsorship.id)
    )
    found = sorted((_view(*row) for row in rows), key=lambda sponsor: sponsor.kind is not SponsorKind.MAIN)
    present = [sponsor for sponsor in found if sponsor.until is None]
    announced = [sponsor.printed for sponsor in present if sponsor.at_adoption]
    names = tuple(negotiation.sponsors)
    main = sum(sponsor.kind is SponsorKind.MAIN for sponsor in present)
    return Sponsors(
        sponsors=tuple(found if with_former else present),
        counts=SponsorCounts(main, len(present) - main, len(announced), len(present)),
        names=names,
        others=tuple(name for name in names if name not in {sponsor.printed for sponsor in present}),
        masthead=masthead([name for name in names if name not in announced]),
        additional=additional(announced),
        until=negotiation.sponsors_until,
    )


def _view(row: Sponsorship, state: Any, group: Any) -> Sponsor:
    return Sponsor(
        code=state.code,
        name=state.name,
        kind=SponsorKind(row.kind),
        on_behalf_of="" if group is None else group.code,
        printed=printed(SponsorFact(state.name, "" if group is None else group.name)),
        at_adoption=row.at_adoption,
        since=row.joined_at,
        until=row.left_at,
        how=row.told,
        how_left=row.left_told,
        exceptionally=row.exceptionally,
        seq=row.joined_seq,
        left_seq=row.left_seq,
    )
