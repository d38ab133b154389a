"""Sponsors: who may sponsor and until when, and how a list of sponsors is printed.

Only states sponsor. A group does so through one of its members, which speaks on its behalf; an observer state, where a
resolution gave it the right (52/250, annex, paragraph 6, and ES-10/23, annex, for the State of Palestine; 58/314,
annex, for the Holy See): those who hold the pen record it and say by which right. An organisation never does.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from app.problems import CannotSponsor, InvalidInput, LastMainSponsor, SponsorsClosed, SponsorsFinal
from app.rules.positions import DelegationKind
from app.rules.stages import Stage
from app.said import Said, dated, listed

NAMED_IN_THE_DRAFT: Final = "named as sponsor in the draft"  # how a sponsor of a new draft is known
OBSERVER_STATES: Final = frozenset({"PSE", "VAT"})

_OF_THE_GROUP: Final = "on behalf of the States Members of the United Nations that are members of the "
_ON_BEHALF: Final = re.compile(rf"(?P<state>.+) \({re.escape(_OF_THE_GROUP)}(?P<group>.+)\)")


class SponsorKind(StrEnum):
    """Those who introduce the text, and those who join them."""

    MAIN = "main"
    COSPONSOR = "cosponsor"


@dataclass(frozen=True, slots=True)
class Sponsor:
    """A state among the sponsors, by its official short name. `group`: the name of the group on whose behalf, if any.

    `at_adoption`: announced at the adoption, and so not on the draft as it was issued.
    """

    name: str
    group: str = ""
    at_adoption: bool = False


def printed(sponsor: Sponsor) -> str:
    """As documents name a sponsor: `France`, or `Egypt (on behalf of the States Members of the United Nations that are
    members of the Group of 77 and China)`.
    """
    return f"{sponsor.name} ({_OF_THE_GROUP}{sponsor.group})" if sponsor.group else sponsor.name


def read_sponsor(text: str) -> Sponsor:
    """The sponsor that `printed` prints as `text`."""
    found = _ON_BEHALF.fullmatch(text)
    return Sponsor(text) if found is None else Sponsor(found["state"], found["group"])


def in_english_order(names: Iterable[str]) -> tuple[str, ...]:
    """In the English alphabetical order of documents, where accents do not count: Costa Rica, Côte d'Ivoire, Cuba."""
    return tuple(sorted(set(names), key=_english))


def front_names(front: Sequence[str], before: Iterable[Sponsor], after: Iterable[Sponsor]) -> tuple[str, ...]:
    """The names of the front matter once the sponsors are those of `after`, if it said `front` with those of `before`.

    A name that belongs to none of them came with the draft, and stays.
    """
    known = {printed(sponsor) for sponsor in before}
    return in_english_order([*(name for name in front if name not in known), *map(printed, after)])


def masthead(names: Sequence[str]) -> str:
    """`France and Spain: draft resolution`, as the head of the document has it; empty without sponsors."""
    return f"{listed(in_english_order(names))}: draft resolution" if names else ""


def additional(names: Sequence[str]) -> str:
    """`Additional sponsors: Chile and Senegal`, as reports say of those announced at the adoption; empty without."""
    return f"Additional sponsors: {listed(in_english_order(names))}" if names else ""


def must_be_able_to_sponsor(code: str, kind: DelegationKind, exceptionally: str) -> None:
    """Refuse who may not sponsor. `exceptionally`: the right by which an observer state does. Raises CannotSponsor,
    InvalidInput.
    """
    match kind:
        case DelegationKind.GROUP:
            raise CannotSponsor(
                delegation=code,
                what=Said("a group"),
                remedy=Said(
                    "A group sponsors through one of its members: name that state, and the group as on_behalf_of.",
                    "A group sponsors through one of its members: name that state, and the group on "
                    "whose behalf it does so.",
                ),
            )
        case DelegationKind.ORGANISATION:
            raise CannotSponsor(
                delegation=code,
                what=Said("an organisation"),
                remedy=Said("Only states sponsor; thank it in another way."),
            )
    if code in OBSERVER_STATES and not exceptionally:
        raise CannotSponsor(
            delegation=code,
            what=Said("an observer state"),
            remedy=Said(
                "Where a resolution gives it the right to co-sponsor, those who hold the pen record it and say by "
                "which in the field 'exceptionally', such as “resolution 52/250, annex, paragraph 6”.",
                "Where a resolution gives it the right to co-sponsor, those who hold the pen record it and say by "
                "which, such as “resolution 52/250, annex, paragraph 6”.",
            ),
        )
    if code not in OBSERVER_STATES and exceptionally:
        raise InvalidInput.at(
            "exceptionally",
            Said(
                "{code} sponsors in its own right; leave it out.",
                "{code} sponsors in its own right; leave it empty.",
                code=code,
            ),
        )


@dataclass(frozen=True, slots=True)
class Window:
    """Where a negotiation stands with its sponsors. `until`: when joining ends (None: with the adoption).

    `adopted_on` is the day of the adoption and `today` the present one, both in the negotiation's time zone.
    """

    stage: Stage
    until: datetime | None
    adopted_on: date | None
    now: datetime
    today: date

    @property
    def is_open(self) -> bool:
        return self.stage is not Stage.ADOPTED and not self._is_past

    def must_admit(self, state: str, *, at_adoption: bool) -> None:
        """Refuse a state that comes too late. Raises SponsorsClosed, SponsorsFinal."""
        if self.stage is Stage.ADOPTED:
            if not (at_adoption and self.adopted_on == self.today):
                raise SponsorsFinal(state=state)
        elif self.until is not None and self._is_past and not at_adoption:
            raise SponsorsClosed(state=state, deadline=dated(self.until, f"{self.until:%Y-%m-%d %H:%M} UTC"))

    def must_let_go(self, state: str, *, is_the_last_main_sponsor: bool) -> None:
        """Refuse a withdrawal that would change an adopted text's sponsors, or leave a tabled text without the last of
        its main sponsors. Raises SponsorsFinal, LastMainSponsor.
        """
        if self.stage is Stage.ADOPTED:
            raise SponsorsFinal(state=state)
        if self.stage is Stage.TABLED and is_the_last_main_sponsor:
            raise LastMainSponsor(state=state)

    @property
    def _is_past(self) -> bool:
        return self.until is not None and self.now >= self.until


def _english(name: str) -> tuple[str, str]:
    apart = unicodedata.normalize("NFKD", name)
    return "".join(c for c in apart if not unicodedata.combining(c)).casefold(), name
