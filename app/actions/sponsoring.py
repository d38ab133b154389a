"""Sponsoring the text: a delegation joins and leaves in its own name; those who hold the pen record all others."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from app.actions.locking import Act, begin
from app.problems import AlreadyASponsor, InvalidInput, NotAMember, NotASponsor
from app.record.adoption import StageChange
from app.record.participants import delegation_coded, members_on
from app.record.people import Delegation
from app.record.sponsors import Sponsorship
from app.record.standing import facts_of
from app.rules import replay
from app.rules.permissions import Seat
from app.rules.positions import DelegationKind
from app.rules.sponsors import (
    NAMED_IN_THE_DRAFT,
    OBSERVER_STATES,
    Sponsor,
    SponsorKind,
    Window,
    front_names,
    must_be_able_to_sponsor,
    read_sponsor,
)
from app.rules.stages import Stage
from app.said import Said, dated
from app.said import day as written_day
from app.text.screen import screened


@dataclass(frozen=True, slots=True)
class Joining:
    """A state that joins: as what, perhaps on behalf of a group, how that was told (“note verbale of 3 April”), whether
    it was announced at the adoption, and by which right an observer state does."""

    state: str
    kind: SponsorKind = SponsorKind.COSPONSOR
    on_behalf_of: str = ""
    told: str = ""
    at_adoption: bool = False
    exceptionally: str = ""


@dataclass(frozen=True, slots=True)
class Sponsored:
    """A state after an act on its sponsorship, and the sponsors as the front matter now names them."""

    state: str
    name: str
    kind: SponsorKind
    on_behalf_of: str
    at_adoption: bool
    is_sponsor: bool
    sponsors: tuple[str, ...]
    seq: int


@dataclass(frozen=True, slots=True)
class _Present:
    """A state that sponsors now, with the group on whose behalf it does."""

    row: Sponsorship
    state: Delegation
    group: Delegation | None

    @property
    def sponsor(self) -> Sponsor:
        return Sponsor(self.state.name, self.group.name if self.group else "", at_adoption=self.row.at_adoption)


async def join(db: AsyncSession, seat: Seat, on_behalf_of: str = "") -> Sponsored:
    """Join the sponsors in the name of one's own state, as co-sponsor.

    Raises CannotSponsor, AlreadyASponsor, SponsorsClosed, SponsorsFinal, NotFound, NotAMember.
    """
    act = await begin(db, seat, "sponsor.join")
    present = await _present(act)
    there = _among(present, seat.delegation)
    if there is not None:
        raise _already(there)
    return await _enter(act, Joining(seat.delegation, on_behalf_of=on_behalf_of), present, None)


async def leave(db: AsyncSession, seat: Seat) -> Sponsored:
    """Withdraw one's own state from the sponsors. Raises NotASponsor, SponsorsFinal, LastMainSponsor."""
    act = await begin(db, seat, "sponsor.leave")
    return await _leave(act, seat.delegation, "")


async def record(db: AsyncSession, seat: Seat, joining: Joining) -> Sponsored:
    """Put a state among the sponsors, or say anew as what it sponsors, on behalf of whom.

    Raises CannotSponsor, InvalidInput, AlreadyASponsor, SponsorsClosed, SponsorsFinal, LastMainSponsor, NotFound,
    NotAMember, and what `screened` raises.
    """
    act = await begin(db, seat, "sponsor.record")
    if joining.at_adoption and joining.kind is SponsorKind.MAIN:
        raise InvalidInput.at(
            "at_adoption",
            Said(
                "who is announced at the adoption joins as cosponsor.",
                "who is announced at the adoption joins as co-sponsor.",
            ),
        )
    told = _told(act, joining.state, joining.told)
    right = screened(joining.exceptionally, "exceptionally", limit=500) if joining.exceptionally.strip() else ""
    present = await _present(act)
    joining = Joining(joining.state, joining.kind, joining.on_behalf_of, told, joining.at_adoption, right)
    return await _enter(act, joining, present, _among(present, joining.state))


async def record_departure(db: AsyncSession, seat: Seat, state: str, told: str) -> Sponsored:
    """Put on record that a state has withdrawn from the sponsors, and how it told so.

    Raises NotASponsor, SponsorsFinal, LastMainSponsor, InvalidInput, NotFound.
    """
    act = await begin(db, seat, "sponsor.record")
    return await _leave(act, state, _told(act, state, told))


async def enter_those_named(act: Act, names: Sequence[str]) -> list[str]:
    """The states that a new draft names as sponsors become its main sponsors: their codes.

    Names that are not those of one member state (or of one that speaks for a group of its own) stay in the front matter
    as they are.
    """
    if not names:
        return []
    wanted = {name: read_sponsor(name) for name in names}
    called = {part for sponsor in wanted.values() for part in (sponsor.name, sponsor.group) if part}
    known: dict[tuple[str, bool], list[Delegation]] = {}
    for row in await act.db.scalars(select(Delegation).where(Delegation.name.in_(called)).order_by(Delegation.id)):
        known.setdefault((row.name, row.kind == DelegationKind.STATE.value), []).append(row)
    groups = [row for (_, is_state), rows in known.items() if not is_state for row in rows]
    members = await members_on(act.db, [group.id for group in groups], act.now.date())
    entered: dict[str, None] = {}
    for sponsor in wanted.values():
        states, spoken_for = known.get((sponsor.name, True), []), known.get((sponsor.group, False), [])
        if len(states) != 1 or states[0].code in OBSERVER_STATES or states[0].code in entered:
            continue
        if sponsor.group and (len(spoken_for) != 1 or states[0].code not in members[spoken_for[0].id]):
            continue
        group = spoken_for[0] if sponsor.group else None
        act.db.add(_sponsorship(act, states[0], group, SponsorKind.MAIN, told=NAMED_IN_THE_DRAFT))
        entered[states[0].code] = None
    return list(entered)


async def _enter(act: Act, joining: Joining, present: Sequence[_Present], there: _Present | None) -> Sponsored:
    state = await delegation_coded(act.db, joining.state)
    must_be_able_to_sponsor(state.code, DelegationKind(state.kind), joining.exceptionally)
    group = await _spoken_for(act, state, joining.on_behalf_of)
    at_adoption = joining.at_adoption if there is None else there.row.at_adoption
    if there is None:
        (await _window(act)).must_admit(state.name, at_adoption=at_adoption)
    else:
        if (there.row.kind, there.row.on_behalf_of_id) == (joining.kind.value, group.id if group else None):
            raise _already(there)
        demoted = joining.kind is SponsorKind.COSPONSOR and _is_last_main(present, there)
        (await _window(act)).must_let_go(state.name, is_the_last_main_sponsor=demoted)
        _end(act, there, joining.told)
    row = _sponsorship(act, state, group, joining.kind, told=joining.told)
    row.at_adoption, row.exceptionally = at_adoption, joining.exceptionally
    act.db.add(row)
    said = {"told": joining.told, "exceptionally": joining.exceptionally, "was": there.row.kind if there else ""}
    entered = _Present(row, state, group)
    return await _put_down(act, entered, present, [*(p for p in present if p is not there), entered], said)


async def _leave(act: Act, code: str, told: str) -> Sponsored:
    present = await _present(act)
    there = _among(present, code)
    if there is None:
        raise NotASponsor(state=(await delegation_coded(act.db, code)).name)
    (await _window(act)).must_let_go(there.state.name, is_the_last_main_sponsor=_is_last_main(present, there))
    _end(act, there, told)
    return await _put_down(act, there, present, [p for p in present if p is not there], {"left": True, "told": told})


async def _put_down(
    act: Act, about: _Present, before: Sequence[_Present], after: Sequence[_Present], said: dict[str, Any]
) -> Sponsored:
    """Have the front matter follow, and put the act on the record. What is empty in `said` is left out there."""
    negotiation, group = act.negotiation, about.group.code if about.group else ""
    names = front_names(negotiation.sponsors, (p.sponsor for p in before), (p.sponsor for p in after))
    changes = []
    if list(names) != negotiation.sponsors:
        negotiation.sponsors = list(names)
        changes = [replay.front_set(facts_of(negotiation).front)]
    more = {"on_behalf_of": group, "at_adoption": about.row.at_adoption, **said, "changes": changes}
    written = await act.recorded(
        {
            "state": about.state.code,
            "name": about.state.name,
            "kind": about.row.kind,
            **{name: value for name, value in more.items() if value},
        }
    )
    return Sponsored(
        state=about.state.code,
        name=about.state.name,
        kind=SponsorKind(about.row.kind),
        on_behalf_of=group,
        at_adoption=about.row.at_adoption,
        is_sponsor=about.row.left_at is None,
        sponsors=names,
        seq=written.seq,
    )


async def _present(act: Act) -> list[_Present]:
    state, group = aliased(Delegation), aliased(Delegation)
    rows = await act.db.execute(
        select(Sponsorship, state, group)
        .join(state, Sponsorship.delegation_id == state.id)
        .outerjoin(group, Sponsorship.on_behalf_of_id == group.id)
        .where(Sponsorship.negotiation_id == act.negotiation.id, Sponsorship.left_at.is_(None))
        .order_by(Sponsorship.id)
    )
    return [_Present(*row) for row in rows]


async def _spoken_for(act: Act, state: Delegation, code: str) -> Delegation | None:
    """The group on whose behalf a state sponsors, of which it has to be a member today."""
    if not code.strip():
        return None
    group = await delegation_coded(act.db, code)
    if group.kind != DelegationKind.GROUP.value:
        raise InvalidInput.at(
            "on_behalf_of",
            Said("{group} is entered as {kind}; name a group of states.", group=group.code, kind=Said(group.kind)),
        )
    today = act.now.date()
    if state.code not in (await members_on(act.db, [group.id], today))[group.id]:
        raise NotAMember(member=state.code, group=group.code, day=dated(today))
    return group


def _sponsorship(act: Act, state: Delegation, group: Delegation | None, kind: SponsorKind, *, told: str) -> Sponsorship:
    return Sponsorship(
        negotiation_id=act.negotiation.id,
        delegation_id=state.id,
        kind=kind.value,
        on_behalf_of_id=None if group is None else group.id,
        at_adoption=False,
        told=told,
        exceptionally="",
        joined_at=act.now,
        joined_seq=act.seq,
        left_told="",
    )


def _end(act: Act, there: _Present, told: str) -> None:
    there.row.left_at, there.row.left_seq, there.row.left_told = act.now, act.seq, told


def _told(act: Act, state: str, told: str) -> str:
    """How those who hold the pen learned of it. Of their own state they need not be told."""
    if told.strip():
        return screened(told, "told", limit=500)
    if state.strip().upper() == act.seat.delegation:
        return ""
    raise InvalidInput.at("told", Said("say how {state} told so, such as “note verbale of 3 April”.", state=state))


async def _window(act: Act) -> Window:
    negotiation, adopted_on = act.negotiation, None
    stage = Stage(negotiation.stage)
    if stage is Stage.ADOPTED:
        of_it = (StageChange.negotiation_id == negotiation.id, StageChange.stage == stage.value)
        adopted_on = await act.db.scalar(select(StageChange.day).where(*of_it).order_by(StageChange.id.desc()).limit(1))
    today = act.now.astimezone(ZoneInfo(negotiation.time_zone)).date()
    return Window(stage, negotiation.sponsors_until, adopted_on, act.now, today)


def _among(present: Sequence[_Present], code: str) -> _Present | None:
    return next((p for p in present if p.state.code == code.strip().upper()), None)


def _is_last_main(present: Sequence[_Present], there: _Present) -> bool:
    main = [p for p in present if p.row.kind == SponsorKind.MAIN.value]
    return main == [there]


def _already(there: _Present) -> AlreadyASponsor:
    how = Said("main sponsor") if there.row.kind == SponsorKind.MAIN.value else Said("co-sponsor")
    if there.group is not None:
        how = Said("{how} on behalf of {group}", how=how, group=there.group.name)
    since = dated(there.row.joined_at, written_day(there.row.joined_at))
    return AlreadyASponsor(state=there.state.name, how=how, since=since)
