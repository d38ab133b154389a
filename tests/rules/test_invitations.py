"""The life of an invitation."""

from datetime import timedelta

import pytest

from app.problems import InvalidInput
from app.rules.invitations import InvitationStatus, expiry, status_of
from tests.builders import NOW

SECOND = timedelta(seconds=1)


def test_an_invitation_is_open_until_the_moment_at_which_it_expires() -> None:
    assert status_of(None, None, NOW, NOW - SECOND) is InvitationStatus.OPEN
    assert status_of(None, None, NOW, NOW) is InvitationStatus.EXPIRED


def test_what_was_done_with_it_stays_after_that() -> None:
    assert status_of(NOW, None, NOW, NOW + SECOND) is InvitationStatus.ACCEPTED
    assert status_of(None, NOW, NOW, NOW + SECOND) is InvitationStatus.REVOKED


def test_it_lasts_two_weeks_or_as_long_as_asked_and_at_most_ninety_days() -> None:
    assert expiry(NOW, None) == NOW + timedelta(days=14)
    assert expiry(NOW, 90) == NOW + timedelta(days=90)
    for days in (0, -1, 91):
        with pytest.raises(InvalidInput, match="from 1 to 90 days"):
            expiry(NOW, days)
