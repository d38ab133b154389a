"""Standing behind another delegation's amendment."""

from dataclasses import dataclass

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.actions.finding import amendment_named, must_be_at
from app.actions.locking import Act, begin
from app.problems import AlreadyBehind, NotFound
from app.record.audiences import entry_audience
from app.record.people import Delegation
from app.record.proposals import Amendment, Cosponsorship
from app.rules.amendments import AmendmentAct, AmendmentStatus, Audience, may_happen
from app.rules.permissions import Seat
from app.rules.standing import version_tag
from app.said import Said


@dataclass(frozen=True, slots=True)
class Behind:
    """Who stands behind an amendment after somebody joined or left."""

    amendment: str
    version: int
    cosponsors: tuple[str, ...]
    seq: int

    @property
    def tag(self) -> str:
        return version_tag(self.amendment, self.version)


async def cosponsor(db: AsyncSession, seat: Seat, name: str, expected: str) -> Behind:
    """Put the seat's delegation behind another's amendment, as it reads in the version `expected`; of a draft, one that
    is shared with a group.
    """
    act = await begin(db, seat, "amendment.cosponsor")
    amendment, _, proposer = await amendment_named(act, name)
    _must_be_open_to_others(amendment)
    must_be_at(amendment, expected)
    if proposer == seat.delegation:
        raise AlreadyBehind(delegation=seat.delegation, how=Said("the proposer"), amendment=f"A{amendment.number}")
    if await _cosponsorship(act, amendment) is not None:
        raise AlreadyBehind(delegation=seat.delegation, how=Said("a co-sponsor"), amendment=f"A{amendment.number}")
    db.add(Cosponsorship(amendment_id=amendment.id, delegation_id=seat.delegation_id, joined_at=act.now))
    return await _recorded(act, amendment, joins=seat.delegation)


async def leave(db: AsyncSession, seat: Seat, name: str, expected: str) -> Behind:
    """Take the seat's delegation back from behind another's amendment."""
    act = await begin(db, seat, "amendment.cosponsor")
    amendment, _, _ = await amendment_named(act, name)
    _must_be_open_to_others(amendment)
    must_be_at(amendment, expected)
    joined = await _cosponsorship(act, amendment)
    if joined is None:
        raise NotFound(
            what=Said("co-sponsor"),
            name=seat.delegation,
            remedy=Said("It does not co-sponsor {amendment}.", amendment=f"A{amendment.number}"),
        )
    joined.left_at = act.now
    return await _recorded(act, amendment, leaves=seat.delegation)


async def release_cosponsors(act: Act, amendment: Amendment) -> list[str]:
    """End every co-sponsorship: the words are no longer those that were co-sponsored. The codes released."""
    rows = (await act.db.execute(_standing_behind(amendment))).all()
    for joined, _ in rows:
        joined.left_at = act.now
    return [code for _, code in rows]


def _must_be_open_to_others(amendment: Amendment) -> None:
    status, audience = AmendmentStatus(amendment.status), Audience(amendment.audience)
    may_happen(amendment.number, status, AmendmentAct.COSPONSOR, audience)


def _standing_behind(amendment: Amendment) -> Select[Cosponsorship, str]:
    return (
        select(Cosponsorship, Delegation.code)
        .join(Delegation, Cosponsorship.delegation_id == Delegation.id)
        .where(Cosponsorship.amendment_id == amendment.id, Cosponsorship.left_at.is_(None))
        .order_by(Cosponsorship.id)
    )


async def _cosponsorship(act: Act, amendment: Amendment) -> Cosponsorship | None:
    found: Cosponsorship | None = await act.db.scalar(
        select(Cosponsorship).where(
            Cosponsorship.amendment_id == amendment.id,
            Cosponsorship.delegation_id == act.seat.delegation_id,
            Cosponsorship.left_at.is_(None),
        )
    )
    return found


async def _recorded(act: Act, amendment: Amendment, **change: str) -> Behind:
    name = f"A{amendment.number}"
    await act.db.flush()
    behind = tuple(code for _, code in (await act.db.execute(_standing_behind(amendment))).all())
    payload = {"amendment": name, "version": amendment.current_version, **change}
    heard_by = await entry_audience(act.db, amendment.audience, act.seat.delegation, amendment.group_id)
    written = await act.recorded(payload, audience=heard_by)
    return Behind(name, amendment.current_version, behind, written.seq)
