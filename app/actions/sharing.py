"""A draft that a delegation shares with a group of which it is a member, before it is for the room."""

from sqlalchemy.ext.asyncio import AsyncSession

from app.actions.cosponsoring import release_cosponsors
from app.actions.finding import own_amendment
from app.actions.locking import Act, begin
from app.actions.putting import Proposed, payload_of, recorded
from app.problems import AlreadyShared, GroupNotYours, InvalidInput, NotAGroup, NotShared
from app.record.audiences import circles, entry_audience
from app.record.participants import participating
from app.record.people import Delegation
from app.record.standing import standing
from app.rules.amendments import AmendmentAct, AmendmentStatus, Audience
from app.rules.permissions import Seat
from app.rules.positions import DelegationKind
from app.said import Said


async def share(db: AsyncSession, seat: Seat, name: str, expected: str, group: str) -> Proposed:
    """Share one's own draft with a group that takes part: its members and its own delegation see it, may comment on it
    and co-sponsor it. It stays a draft.

    `expected` is the tag of the amendment read last. Shared with another group, it is that one's alone, and its
    co-sponsors are released. Raises NotFound, NotYours, StaleVersion, AmendmentSettled, AmendmentAlreadySubmitted,
    AlreadyShared, NotTakingPart, NotAGroup, GroupNotYours.
    """
    act = await begin(db, seat, "amendment.share")
    amendment, version = await own_amendment(act, name, expected, AmendmentAct.SHARE)
    found = (await standing(db, act.negotiation, [amendment.clause_id])).clauses[0]
    with_group = await group_to_share_with(act, Audience.GROUP, group)
    if with_group is None or with_group.id == amendment.group_id:
        raise AlreadyShared(amendment=f"A{amendment.number}", group=group.strip().upper())
    released = await release_cosponsors(act, amendment)
    amendment.audience, amendment.group_id = Audience.GROUP.value, with_group.id
    told = {"shared_with": with_group.code, "released": released}
    return await recorded(act, amendment, payload_of(amendment, version, found) | told)


async def keep_back(db: AsyncSession, seat: Seat, name: str, expected: str) -> Proposed:
    """Take one's own draft back from the group with which it is shared: it is the delegation's alone again.

    Its co-sponsors, who see it no more, are released; the record keeps for the group what it has seen. Raises NotFound,
    NotYours, StaleVersion, AmendmentSettled, AmendmentAlreadySubmitted, NotShared.
    """
    act = await begin(db, seat, "amendment.share")
    amendment, _ = await own_amendment(act, name, expected, AmendmentAct.SHARE)
    if amendment.group_id is None:
        raise NotShared(amendment=f"A{amendment.number}")
    heard_by = await entry_audience(db, amendment.audience, seat.delegation, amendment.group_id)
    group = await db.get_one(Delegation, amendment.group_id)
    released = await release_cosponsors(act, amendment)
    amendment.audience, amendment.group_id = Audience.DELEGATION.value, None
    payload = {"amendment": f"A{amendment.number}", "taken_back_from": group.code, "released": released}
    written = await act.recorded(payload, audience=heard_by)
    return Proposed(f"A{amendment.number}", amendment.current_version, AmendmentStatus(amendment.status), written.seq)


async def group_to_share_with(act: Act, audience: Audience, code: str) -> Delegation | None:
    """The group that is to see a draft of the acting delegation; None where the audience is no group.

    Raises InvalidInput, NotTakingPart, NotAGroup, GroupNotYours.
    """
    if audience is not Audience.GROUP:
        if code:
            raise InvalidInput.at(
                "group",
                Said(
                    "belongs to a draft with the audience “group”; leave it out.",
                    "belongs to a draft that a group sees; leave it empty.",
                ),
            )
        return None
    if not code:
        raise InvalidInput.at("group", Said("name the group that sees it, such as EU."))
    group, _ = await participating(act.db, act.negotiation, code)
    if group.kind != DelegationKind.GROUP.value:
        raise NotAGroup(delegation=group.code, kind=Said(group.kind))
    if group.id not in (await act.db.scalars(circles(act.seat, act.now.date()))).all():
        raise GroupNotYours(delegation=act.seat.delegation, group=group.code)
    return group
