"""Facts to test with, in the words of the domain: `facts(label="OP4", positions=[objects("ARG", "cost")])`."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import pytest
from sqlalchemy import event

from app.record.database import Database
from app.rules.amendments import AmendmentStatus, ChangeKind, OpenAmendment
from app.rules.facts import ClauseFacts, Ruling, RulingKind
from app.rules.permissions import Role
from app.rules.positions import DelegationKind, EffectivePosition, Participant, Position, Stance
from app.rules.silence import ClauseSilence

NOW: Final = datetime(2023, 1, 16, 9, 0, tzinfo=UTC)

on_sqlite = pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
on_postgresql = pytest.mark.parametrize("database_kind", ["postgresql"], indirect=True)


class SetClock:
    """A clock that stands still until a test moves it."""

    def __init__(self, now: datetime = NOW) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def advance(self, *, days: float = 0, hours: float = 0, minutes: float = 0, seconds: float = 0) -> datetime:
        self.now += timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)
        return self.now


def need_not_outlive_the_test(database: Database) -> None:
    """Have SQLite wait for no disk."""

    @event.listens_for(database.engine.sync_engine, "connect")
    def hurry(connection: Any, _record: object) -> None:
        cursor = connection.cursor()
        cursor.execute("PRAGMA synchronous=OFF")
        cursor.close()


# --- who takes part -------------------------------------------------------------------------------------------------


def state(code: str, role: Role = Role.DELEGATE) -> Participant:
    return Participant(code, code, DelegationKind.STATE, role)


def group(code: str, *members: str, role: Role = Role.DELEGATE) -> Participant:
    return Participant(code, code, DelegationKind.GROUP, role, frozenset(members))


def observer(code: str) -> Participant:
    return Participant(code, code, DelegationKind.ORGANISATION, Role.OBSERVER)


# --- what they say --------------------------------------------------------------------------------------------------


def said(*positions: EffectivePosition) -> dict[str, Position]:
    """What delegations said themselves, by code: `said(supports("FRA"), objects("EU", "cost"))`."""
    return {p.delegation: Position(p.delegation, p.stance, p.reason, p.version, p.since) for p in positions}


def supports(delegation: str, **known: Any) -> EffectivePosition:
    return _position(delegation, Stance.SUPPORT, "", known)


def accepts(delegation: str, **known: Any) -> EffectivePosition:
    return _position(delegation, Stance.ACCEPT, "", known)


def reserves(delegation: str, reason: str = "", **known: Any) -> EffectivePosition:
    return _position(delegation, Stance.RESERVE, reason, known)


def objects(delegation: str, reason: str = "cost", **known: Any) -> EffectivePosition:
    return _position(delegation, Stance.OBJECT, reason, known)


def _position(delegation: str, stance: Stance, reason: str, known: dict[str, Any]) -> EffectivePosition:
    return EffectivePosition(delegation, stance, reason, **{"version": 1, "since": NOW, **known})


def amendment(number: int, proposer: str, **known: Any) -> OpenAmendment:
    """An amendment before the room, to change the wording of c4 on its first version, unless `known` says otherwise."""
    usual = {
        "kind": ChangeKind.REPLACE,
        "clause": "c4",
        "status": AmendmentStatus.PROPOSED,
        "version": 1,
        "base_version": 1,
        "submitted_at": NOW,
    }
    return OpenAmendment(number=number, proposer=proposer, **{**usual, **known})


# --- what is decided ------------------------------------------------------------------------------------------------


def ruled_agreed(by: str = "France", at: datetime = NOW, version: int = 1) -> Ruling:
    return Ruling(RulingKind.AGREED, version=version, at=at, by=by)


def ruled_ad_ref(by: str = "France", at: datetime = NOW, version: int = 1, **known: Any) -> Ruling:
    return Ruling(RulingKind.AD_REF, version=version, at=at, by=by, **known)


def silence(number: int = 1, hours: float = 72, opened_at: datetime = NOW) -> ClauseSilence:
    """A silence opened at `opened_at` that nobody broke; it runs for `hours`."""
    return ClauseSilence(number, opened_at=opened_at, deadline=opened_at + timedelta(hours=hours))


def broken(by: str, reason: str = "no instructions", hours: float = 72, broken_at: datetime = NOW) -> ClauseSilence:
    return replace(silence(hours=hours), broken_by=by, broken_at=broken_at, reason=reason)


def facts(**known: Any) -> ClauseFacts:
    """What is known of OP4 in its first version, in a room of Argentina, Brazil and France."""
    usual = {"label": "OP4", "version": 1, "counted": ("ARG", "BRA", "FRA")}
    stated = {name: tuple(value) if isinstance(value, list) else value for name, value in known.items()}
    return ClauseFacts(**{**usual, **stated})
