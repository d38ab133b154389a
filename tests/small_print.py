"""What an export says in small print, taken off to compare the text itself."""

import re

_LINE = re.compile(
    r"^(?:source|Chapeau): [a-z0-9-]+, (?:[^,\n]+, )?record entry \d+ of \S+Z, sha256:[0-9a-f]{64}\n", re.MULTILINE
)


def without_small_print(text: str) -> str:
    """The text of an export; it has its small print, once."""
    rest, found = _LINE.subn("", text)
    assert found == 1, text
    return rest
