"""A negotiation as one would play it with paper and pencil: what each act does, and why it would be refused.

Written from DESIGN, section 4, for a text whose paragraphs have three places for a word each, so that merging two
changes needs no diff: place by place. Knows nothing of the database and nothing of app/rules or app/text.
"""

from dataclasses import dataclass, field
from datetime import date, datetime

Words = tuple[str, str, str]

GROUPS = ("EU",)
STATES = ("FRA", "ESP", "ARG", "BRA")  # a group counts through its members, an observer never
PEN = {"FRA", ""}  # the secretariat speaks for nobody
VOICES = {"FRA", "ESP", "ARG", "BRA", "EU"}
HEARD = VOICES | {"ILO"}

CAUTION = ("support", "accept", "reserve", "object")
OUTCOMES = {"accepted", "accepted_with_changes", "rejected", "withdrawn", "absorbed"}

Refusals = set[str]


def text_of(head: str, words: Words | None) -> str | None:
    """How a paragraph reads that begins with `head`; None for a deletion or a move."""
    return None if words is None else f"{head} ({words[0]}) ({words[1]}) ({words[2]});"


def read_text(text: str) -> tuple[str, Words]:
    """The beginning and the words of a paragraph that reads so."""
    head, first, second, third = text.removesuffix(");").replace(") (", " (").split(" (")
    return head, (first, second, third)


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


@dataclass
class Membership:
    """A state in a group, from one day until the day before another."""

    group: str
    member: str
    since: date
    until: date | None = None

    def holds_on(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day < self.until)


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
    merges: tuple[str, ...] = ()  # the keys of the clauses that a merger takes in
    after: str = ""  # the key of the clause behind which one is to be moved
    amends: str = ""  # the amendment that a sub-amendment amends
    paragraphs: str | None = None  # what a split is to say, as it is told: how it is carried over is not foretold

    @property
    def name(self) -> str:
        return f"A{self.number}"

    @property
    def text(self) -> str | None:
        return self.paragraphs or text_of(self.head, self.words)

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
class Comment:
    by: str
    is_private: bool
    is_retracted: bool = False


@dataclass
class Room:
    """All there is to know, and what follows from it."""

    now: datetime
    clauses: list[Clause]  # in the order of the document, removed ones too
    amendments: list[Amendment] = field(default_factory=list)
    silences: list[Silence] = field(default_factory=list)
    memberships: list[Membership] = field(default_factory=list)
    submissions_until: datetime | None = None
    comments: list[Comment] = field(default_factory=list)
    is_rearranged: bool = False  # paragraphs stand where their labels do not tell: places are no longer foretold
    to_come: list[str] = field(default_factory=list)  # paragraphs that come into the text at a place not foretold
    moving: set[str] = field(default_factory=set)  # the keys of those that move

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

    def amendment(self, name: str) -> Amendment:
        return self.amendments[int(name[1:]) - 1]

    def touched(self, kind: str, clause: Clause, merges: tuple[str, ...] = ()) -> list[Clause]:
        """The paragraphs of the text that a proposal is about: a deletion and a move take the sub-paragraphs along, a
        merger what it takes in."""
        if clause.removed_by or kind == "insert":
            return []
        if kind == "merge":
            return [clause, *(other for other in self.in_the_text() if other.key in merges)]
        return self.below(clause) if kind in ("delete", "move") else [clause]

    # --- who speaks for whom --------------------------------------------------------------------------------------

    def members(self, group: str) -> list[str]:
        return [m.member for m in self.memberships if m.group == group and m.holds_on(self.now.date())]

    def counted(self) -> list[str]:
        """Whose agreement consensus needs: the states, and a group that has no members here."""
        return [*STATES, *(group for group in GROUPS if not self.members(group))]

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
        groups = [spoken[group] for group in GROUPS if code in self.members(group) and group in spoken]
        return spoken.get(code) or max(groups, key=CAUTION.index, default="")

    def objectors(self, clause: Clause) -> list[str]:
        return [code for code in self.counted() if self.stance(clause, code) == "object"]

    def is_closed(self, clause: Clause) -> bool:
        """Ruled agreed, or a silence has passed: not against an objection that came without an act, with a member."""
        if clause.ruled == "agreed":
            return True
        found = self.silence_on(clause)
        if found is None or found[1].broken_by or found[0].deadline > self.now:
            return False
        return found[0].is_recorded or not self.objectors(clause)

    def is_contested(self, clause: Clause) -> bool:
        proposals = (a for a in self.amendments if a.is_open)
        return bool(self.objectors(clause)) or any(
            clause in self.touched(a.kind, self.clause(a.clause), a.merges) for a in proposals
        )

    def is_contested_by_an_act(self, clause: Clause) -> bool:
        """As is_contested, but for objections that count for a state only since it is a member of a group."""
        own = [who for who, said in clause.positions.items() if said.substance == clause.substance]
        objecting = [who for who in own if who in STATES and clause.positions[who].stance == "object"]
        proposals = (a for a in self.amendments if a.is_open)
        return bool(objecting) or any(
            clause in self.touched(a.kind, self.clause(a.clause), a.merges) for a in proposals
        )

    def status(self, clause: Clause) -> str:
        """The table of DESIGN, section 4: the first row that holds."""
        silence = self.silence_on(clause)
        stances = [self.stance(clause, code) for code in self.counted()]
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
