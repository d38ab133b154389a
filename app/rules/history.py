"""How a position ended: its delegation said something else, took it back, or the text changed under it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Ending(StrEnum):
    REPLACED = "replaced"  # the delegation said something else
    WITHDRAWN = "withdrawn"  # it took its position back
    LAPSED = "lapsed"  # the text that it was about changed


@dataclass(frozen=True, slots=True)
class End:
    """Why a position ended, with the record entry that ended it and its time."""

    why: Ending
    seq: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Wording:
    """One version of a text, by record entry `seq`. `substance` is the number of the version whose substance it has."""

    number: int
    substance: int
    seq: int
    at: datetime


def end_of(seq: int, version: int, wordings: Iterable[Wording], acts: Iterable[End]) -> End | None:
    """What ended a position taken on `version` at record entry `seq`; None while it stands.

    `wordings` are all versions of the text, `acts` what its delegation did about it: what came first after the position
    ended it. A version that keeps the substance (an editorial change, a proposal carried over) ends nothing.
    """
    known = tuple(wordings)
    about = next(wording.substance for wording in known if wording.number == version)
    lapses = (End(Ending.LAPSED, w.seq, w.at) for w in known if w.substance > about)
    return min((end for end in (*lapses, *acts) if end.seq > seq), key=lambda end: end.seq, default=None)
