"""Votes of the General Assembly: who carries them, and how they are said (rules 82 to 91 of its rules of procedure)."""

import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from app.said import N_, Fact, Said
from app.text.clauses import Kind


class Choice(StrEnum):
    """In the order in which a recorded vote names them."""

    IN_FAVOUR = "in_favour"
    AGAINST = "against"
    ABSTAINING = "abstaining"

    @property
    def words(self) -> Said:
        return Said(_WORDS[self.value])


_WORDS: Final = {
    "in_favour": N_("in favour"),
    "against": N_("against"),
    "abstaining": N_("abstaining"),
}


class Majority(StrEnum):
    """Of the members present and voting. Two thirds on important questions, where the body says so (rules 83 to 85)."""

    SIMPLE = "simple"
    TWO_THIRDS = "two_thirds"


@dataclass(frozen=True, slots=True)
class Tally:
    """How many voted how. Who abstains is not voting (rule 86)."""

    in_favour: int
    against: int
    abstaining: int

    @property
    def voting(self) -> int:
        return self.in_favour + self.against

    def is_carried(self, majority: Majority) -> bool:
        """Whether the proposal has the majority; when votes are equally divided it is rejected (rule 95)."""
        if majority is Majority.SIMPLE:
            return self.in_favour > self.against
        return self.in_favour > 0 and 3 * self.in_favour >= 2 * self.voting

    @property
    def sentence_part(self) -> Said:
        """`by a recorded vote of 130 in favour to 3 against, with 12 abstentions`."""
        few = {0: Said("with no abstentions"), 1: Said("with 1 abstention")}
        abstentions = few.get(self.abstaining, Said("with {number} abstentions", number=self.abstaining))
        told: dict[str, Fact] = {"in_favour": self.in_favour, "abstentions": abstentions}
        if not self.against:
            return Said("by a recorded vote of {in_favour} in favour to none against, {abstentions}", **told)
        told["against"] = self.against
        return Said("by a recorded vote of {in_favour} in favour to {against} against, {abstentions}", **told)


def tally(choices: Iterable[Choice]) -> Tally:
    """Counts the votes of the states that voted or abstained."""
    counts = Counter(choices)
    return Tally(counts[Choice.IN_FAVOUR], counts[Choice.AGAINST], counts[Choice.ABSTAINING])


def alphabetical(states: Mapping[str, str]) -> tuple[str, ...]:
    """The codes of states in the English alphabetical order of their names (rule 87): Côte d'Ivoire before Croatia."""
    return tuple(sorted(states, key=lambda code: (_plain(states[code]), code)))


def rejects_the_whole(kinds_left: Collection[Kind], taken_out: Collection[Kind]) -> bool:
    """Whether a text counts as rejected as a whole: all its operative parts have been (rule 89)."""
    return Kind.OPERATIVE in taken_out and Kind.OPERATIVE not in kinds_left


def _plain(name: str) -> str:
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    return "".join(character for character in decomposed if character.isalnum() or character == " ")
