"""Who hears a comment: the room, a group to which it was shown, or the author's delegation alone."""

from app.problems import InvalidInput
from app.rules.amendments import Audience
from app.said import Said


def audience_of(
    asked: Audience, delegation: str, *, about: Audience = Audience.ROOM, answers: Audience = Audience.ROOM
) -> Audience:
    """The audience of a comment for which `asked` was asked, by somebody who speaks for `delegation` (empty: none).

    What is said on a draft stays among those who see it (`about`), and an answer among those who heard what it answers
    (`answers`). Raises InvalidInput where somebody would hear what they may not, where there is no delegation to keep
    it within, or no group that has seen what it is on.
    """
    if asked is Audience.DELEGATION:
        if not delegation:
            raise InvalidInput.at(
                "audience", Said("your seat has no delegation to keep it within; say it to the room.")
            )
        return asked
    if about is Audience.DELEGATION:
        raise InvalidInput.at(
            "audience",
            Said(
                "the {asked} does not know this draft; use 'delegation'.",
                "only your delegation knows this draft; keep it within your delegation.",
                asked=asked,
            ),
        )
    if answers is Audience.DELEGATION:
        raise InvalidInput.at(
            "audience",
            Said(
                "it answers what was said within your delegation; use 'delegation'.",
                "it answers what was said within your delegation; keep it within your delegation.",
            ),
        )
    within_a_group = Audience.GROUP in (about, answers)
    if asked is Audience.ROOM and within_a_group:
        raise InvalidInput.at(
            "audience",
            Said(
                "the room does not know this; use 'group' or 'delegation'.",
                "the room does not know this; keep it within your group or your delegation.",
            ),
        )
    if asked is Audience.GROUP and not within_a_group:
        raise InvalidInput.at("audience", Said("only what is shared with a group is commented within it; use another."))
    return asked
