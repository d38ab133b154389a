"""Who hears a comment."""

import pytest

from app.problems import InvalidInput
from app.rules.amendments import Audience
from app.rules.comments import audience_of


@pytest.mark.parametrize("asked", [Audience.DELEGATION, Audience.ROOM])
def test_a_delegation_chooses_whether_the_room_hears_it(asked: Audience) -> None:
    assert audience_of(asked, "FRA") is asked


def test_who_speaks_for_no_delegation_speaks_to_the_room() -> None:
    assert audience_of(Audience.ROOM, "") is Audience.ROOM
    with pytest.raises(InvalidInput, match="no delegation"):
        audience_of(Audience.DELEGATION, "")


@pytest.mark.parametrize("asked", [Audience.GROUP, Audience.ROOM])
def test_nobody_else_hears_of_a_draft_or_of_what_was_said_within_a_delegation(asked: Audience) -> None:
    private = Audience.DELEGATION
    assert audience_of(private, "FRA", about=private, answers=private) is private
    with pytest.raises(InvalidInput, match="does not know this draft"):
        audience_of(asked, "FRA", about=private)
    with pytest.raises(InvalidInput, match="within your delegation"):
        audience_of(asked, "FRA", answers=private)


def test_what_a_group_has_seen_is_commented_within_it_and_not_to_the_room() -> None:
    for shown in ({"about": Audience.GROUP}, {"answers": Audience.GROUP}):
        assert audience_of(Audience.GROUP, "FRA", **shown) is Audience.GROUP
        assert audience_of(Audience.DELEGATION, "FRA", **shown) is Audience.DELEGATION
        with pytest.raises(InvalidInput, match="use 'group' or 'delegation'"):
            audience_of(Audience.ROOM, "FRA", **shown)
    with pytest.raises(InvalidInput, match="shared with a group"):
        audience_of(Audience.GROUP, "FRA")
