"""Where a person starts who settles a conflict: two wordings that lose nothing on which both sides agree."""

from app.text.merge import Merge, merge


def for_ours(base: str, ours: str, theirs: str) -> str:
    """All of `ours`, with all of `theirs` that does not touch the same words."""
    return _filled_in(base, ours, theirs)


def for_theirs(base: str, ours: str, theirs: str) -> str:
    """All of `theirs`, with all of `ours` that does not touch the same words."""
    return _filled_in(base, theirs, ours)


def _filled_in(base: str, preferred: str, other: str) -> str:
    both: Merge = merge(base, preferred, other)
    if not both.conflicts:
        return both.text
    filled = merge(base, both.text, preferred)  # what is disputed reads as in the base there: it takes the preferred
    return preferred if filled.conflicts else filled.text
