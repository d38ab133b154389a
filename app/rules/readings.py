"""Readings: what each is called, and how the moments of its opening and its closing are named."""

import re
from enum import StrEnum
from typing import Final

from app.said import Said

_NAMED: Final = re.compile(r"reading ([1-9][0-9]{0,8})(?: (opened|closed))?", re.IGNORECASE)


class Edge(StrEnum):
    """Which moment of a reading: when it was OPENED, when it was CLOSED, or its LATEST: the closing, or now while it is
    open.
    """

    OPENED = "opened"
    CLOSED = "closed"
    LATEST = "latest"


def reading_name(number: int) -> Said:
    """`reading 1`."""
    return Said("reading {number}", number=number)


def reading_begins(number: int) -> Said:
    """`Reading 1`, at the head of a sentence."""
    return Said("Reading {number}", number=number)


def edge_named(name: str) -> tuple[int, Edge] | None:
    """The reading and the moment of it that `reading 1`, `reading 1 opened` or `reading 1 closed` name; None for
    anything else.
    """
    found = _NAMED.fullmatch(name.strip())
    return None if found is None else (int(found[1]), Edge((found[2] or "latest").lower()))
