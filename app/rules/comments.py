"""Who hears a comment: the room, or the author's delegation alone."""

from app.problems import InvalidInput
from app.rules.amendments import Audience


def audience_of(
    asked: Audience, delegation: str, *, on_a_draft: bool = False, answers: Audience = Audience.ROOM
) -> Audience:
    """The audience of a comment for which `asked` was asked, by somebody who speaks for `delegation` (empty: none).

    What is said on a draft of one's delegation, or in answer to what was said within it (`answers`), stays within it.
    Raises InvalidInput where the room would hear what it may not, or where there is no delegation to keep it within.
    """
    if asked is Audience.DELEGATION and not delegation:
        raise InvalidInput.at("audience", "your seat has no delegation to keep it within; say it to the room.")
    if asked is Audience.ROOM and on_a_draft:
        raise InvalidInput.at("audience", "the room does not know this draft; use 'delegation'.")
    if asked is Audience.ROOM and answers is Audience.DELEGATION:
        raise InvalidInput.at("audience", "it answers what was said within your delegation; use 'delegation'.")
    return asked
