"""A negotiation as one would play it with paper and pencil: what each act does, and why it would be refused.

Written from DESIGN, section 4, for a text whose paragraphs have three places for a word each, so that merging two
changes needs no diff: place by place. Knows nothing of the database and nothing of app/rules or app/text.
"""

from dataclasses import dataclass, field
from datetime import datetime

Words = tuple[str, str, str]

MEMBERS = {"EU": ("FRA", "ESP")}
COUNTED = ("FRA", "ESP", "ARG", "BRA")  # the states; the group counts through its members, the observer never
PEN = {"FRA", ""}  # the secretariat speaks for nobody
VOICES = {"FRA", "ESP", "ARG", "BRA", "EU"}
HEARD = VOICES | {"ILO"}

CAUTION = ("support", "accept", "reserve", "object")
OUTCOMES = {"accepted", "accepted_with_changes", "rejected", "withdrawn", "absorbed"}

Refusals = set[str]


def text_of(head: str, words: Words | None) -> str | None:
    """How a paragraph reads that begins with `head`; None for a deletion."""
    return None if words is None else f"{head} ({words[0]}) ({words[1]}) ({words[2]});"


def merged(base: Words, ours: Words, theirs: Words) -> Words | None:
    """Both changes of the base, place by place; None where they change the same place in different ways."""
    found = []
    for was, here, there in zip(base, ours, theirs, strict=True):
        if here in (was, there):
            found.append(there)
        elif there == was:
            found.append(here)
        else:
            return None
    return found[0], found[1], found[2]


@dataclass(frozen=True)
class Said:
    """A position: on which version, and on which substance (the number of the version that brought it)."""

    stance: str
    version: int
    substance: int


@dataclass
class Clause:
    key: str
    kind: str
    level: int
    head: str
    words: list[Words]
    substances: list[int] = field(default_factory=lambda: [1])
    family: str = ""  # the key of the paragraph that it was inserted behind, and those inserted behind that one
    parent: str = ""  # the key of the paragraph that it is a sub-paragraph of
    removed_by: str = ""
    positions: dict[str, Said] = field(default_factory=dict)
    ruling: tuple[str, int] | None = None  # its kind and the substance it is about

    @property
    def version(self) -> int:
        return len(self.words)

    @property
    def now(self) -> Words:
        return self.words[-1]

    @property
    def substance(self) -> int:
        return self.substances[-1]

    @property
    def ruled(self) -> str:
        """The ruling that holds on the present substance, or nothing."""
        return self.ruling[0] if self.ruling is not None and self.ruling[1] == self.substance else ""


@dataclass
class Amendment:
    number: int
    kind: str
    clause: str
    proposer: str
    status: str
    is_private: bool
    head: str
    versions: list[tuple[int, Words | None]]
    rationale: str = ""
    cosponsors: list[str] = field(default_factory=list)
    conflicts: bool = False
    substance: int = 1
    positions: dict[str, Said] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return f"A{self.number}"

    @property
    def version(self) -> int:
        return len(self.versions)

    @property
    def is_open(self) -> bool:
        return self.status == "proposed"

    @property
    def words(self) -> Words | None:
        return self.versions[-1][1]


@dataclass
class Under:
    """A clause under a silence."""

    substance: int
    broken_by: str = ""
    is_over: bool = False  # left behind: reopened, or ruled on


@dataclass
class Silence:
    number: int
    deadline: datetime
    clauses: dict[str, Under]
    is_recorded: bool = False


@dataclass
class Room:
    """All there is to know, and what follows from it."""

    now: datetime
    clauses: list[Clause]  # in the order of the document, removed ones too
    amendments: list[Amendment] = field(default_factory=list)
    silences: list[Silence] = field(default_factory=list)

    def clause(self, key: str) -> Clause:
        return next(clause for clause in self.clauses if clause.key == key)

    def in_the_text(self) -> list[Clause]:
        return [clause for clause in self.clauses if not clause.removed_by]

    def below(self, clause: Clause) -> list[Clause]:
        """A paragraph of the text with its sub-paragraphs."""
        live = self.in_the_text()
        found = [clause]
        for other in live[live.index(clause) + 1 :]:
            if other.kind != clause.kind or other.level <= clause.level:
                break
            found.append(other)
        return found

    def open_on(self, clause: Clause, *kinds: str) -> list[Amendment]:
        return [a for a in self.amendments if a.is_open and a.clause == clause.key and a.kind in kinds]

    def touched(self, kind: str, clause: Clause) -> list[Clause]:
        """The paragraphs of the text that a proposal is about: a deletion takes the sub-paragraphs along."""
        if clause.removed_by or kind == "insert":
            return []
        return self.below(clause) if kind == "delete" else [clause]

    # --- where a paragraph stands ---------------------------------------------------------------------------------

    def silence_on(self, clause: Clause) -> tuple[Silence, Under] | None:
        """The last silence on the present substance."""
        for silence in reversed(self.silences):
            under = silence.clauses.get(clause.key)
            if under is not None and not under.is_over and under.substance == clause.substance:
                return silence, under
        return None

    def running_on(self, clause: Clause) -> tuple[Silence, Under] | None:
        found = self.silence_on(clause)
        return found if found and not found[1].broken_by and self.now < found[0].deadline else None

    def stance(self, clause: Clause, code: str) -> str:
        """Where a state stands on the present substance: what it says itself, else the most cautious of its groups."""
        spoken = {who: s.stance for who, s in clause.positions.items() if s.substance == clause.substance}
        groups = [spoken[group] for group, members in MEMBERS.items() if code in members and group in spoken]
        return spoken.get(code) or max(groups, key=CAUTION.index, default="")

    def objectors(self, clause: Clause) -> list[str]:
        return [code for code in COUNTED if self.stance(clause, code) == "object"]

    def is_closed(self, clause: Clause) -> bool:
        found = self.silence_on(clause)
        has_passed = found is not None and not found[1].broken_by and found[0].deadline <= self.now
        return clause.ruled == "agreed" or has_passed

    def is_contested(self, clause: Clause) -> bool:
        proposals = (a for a in self.amendments if a.is_open)
        return bool(self.objectors(clause)) or any(
            clause in self.touched(a.kind, self.clause(a.clause)) for a in proposals
        )

    def status(self, clause: Clause) -> str:
        """The table of DESIGN, section 4: the first row that holds."""
        silence = self.silence_on(clause)
        stances = [self.stance(clause, code) for code in COUNTED]
        rows = {
            "removed": bool(clause.removed_by),
            "agreed": self.is_closed(clause),
            "bracketed": self.is_contested(clause) or (silence is not None and bool(silence[1].broken_by)),
            "under_silence": silence is not None,
            "ad_ref": clause.ruled == "ad_ref",
            "reserved": "reserve" in stances,
            "emerging": all(stance in ("support", "accept") for stance in stances),
            "open": True,
        }
        return next(row for row, holds in rows.items() if holds)
