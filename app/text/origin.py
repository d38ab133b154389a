"""Where a text was taken from: the small print of every export, written so that a program can read it back."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

_READ: Final = re.compile(
    r"(?P<negotiation>[a-z0-9-]{1,80}), (?:(?P<revision>[^,]{1,40}), )?record entry (?P<seq>\d{1,9})"
    r" of (?P<at>\S{1,40}), sha256:(?P<hash>[0-9a-f]{64})"
)
_MARK: Final = "Chapeau: "  # begins the line in documents that have no place of their own for it


@dataclass(frozen=True, slots=True)
class Origin:
    """A negotiation and the entry of its record (`seq`, `hash`, `at` in UTC) since which the text reads as exported.

    `revision` is the name under which that text was published, empty where it was not.
    """

    negotiation: str
    revision: str
    seq: int
    hash: str
    at: datetime

    def __str__(self) -> str:
        """`sse, Rev.1, record entry 42 of 2026-03-05T14:00:00Z, sha256:...`; read_origin gives it back."""
        revision = f"{self.revision}, " if self.revision else ""
        at = self.at.astimezone(UTC).isoformat(timespec="microseconds").replace(".000000", "").replace("+00:00", "Z")
        return f"{self.negotiation}, {revision}record entry {self.seq} of {at}, sha256:{self.hash}"

    @property
    def line(self) -> str:
        return f"{_MARK}{self}"


def read_origin(written: str) -> Origin | None:
    """The origin that a line of small print names, with or without `Chapeau: ` before it; None if it names none."""
    found = _READ.fullmatch(written.strip().removeprefix(_MARK))
    if found is None:
        return None
    try:
        at = datetime.fromisoformat(found["at"])
    except ValueError:
        return None
    if at.tzinfo is None:
        return None
    return Origin(found["negotiation"], found["revision"] or "", int(found["seq"]), found["hash"], at.astimezone(UTC))
