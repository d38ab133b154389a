"""Who hears a comment."""

import pytest

from app.problems import InvalidInput
from app.rules.amendments import Audience
from app.rules.comments import audience_of


@pytest.mark.parametrize("asked", Audience)
def test_a_delegation_chooses_whether_the_room_hears_it(asked: Audience) -> None:
    assert audience_of(asked, "FRA") is asked


def test_who_speaks_for_no_delegation_speaks_to_the_room() -> None:
    assert audience_of(Audience.ROOM, "") is Audience.ROOM
    with pytest.raises(InvalidInput, match="no delegation"):
        audience_of(Audience.DELEGATION, "")


def test_the_room_does_not_hear_of_a_draft_or_of_what_was_said_within_a_delegation() -> None:
    assert audience_of(Audience.DELEGATION, "FRA", on_a_draft=True, answers=Audience.DELEGATION) is Audience.DELEGATION
    with pytest.raises(InvalidInput, match="does not know this draft"):
        audience_of(Audience.ROOM, "FRA", on_a_draft=True)
    with pytest.raises(InvalidInput, match="within your delegation"):
        audience_of(Audience.ROOM, "FRA", answers=Audience.DELEGATION)
