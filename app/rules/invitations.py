"""The life of an invitation: open until it is accepted once, revoked, or too old."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from app.problems import InvalidInput
from app.said import Said

LASTING: Final = 14  # days
LONGEST: Final = 90


class InvitationStatus(StrEnum):
    OPEN = "open"
    ACCEPTED = "accepted"
    REVOKED = "revoked"
    EXPIRED = "expired"


def status_of(
    accepted_at: datetime | None, revoked_at: datetime | None, expires_at: datetime, now: datetime
) -> InvitationStatus:
    """What has become of an invitation by `now`; the moment at which it expires is too late."""
    if accepted_at is not None:
        return InvitationStatus.ACCEPTED
    if revoked_at is not None:
        return InvitationStatus.REVOKED
    return InvitationStatus.EXPIRED if now >= expires_at else InvitationStatus.OPEN


def expiry(now: datetime, days: int | None) -> datetime:
    """When an invitation that is sent now for so many days (None: two weeks) expires. Raises InvalidInput."""
    lasting = LASTING if days is None else days
    if not 1 <= lasting <= LONGEST:
        raise InvalidInput.at("days", Said("an invitation lasts from 1 to {longest} days.", longest=LONGEST))
    return now + timedelta(days=lasting)
