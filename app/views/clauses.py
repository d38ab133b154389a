"""Clauses as people read them: the wording, where it stands and why, its history, and the difference of any two
versions.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.problems import NotFound
from app.record.texts import ClauseVersion
from app.rules.amendments import OpenAmendment
from app.rules.because import Because
from app.rules.consensus import Status, Step
from app.rules.outcomes import said_again
from app.rules.permissions import Seat
from app.rules.positions import EffectivePosition
from app.rules.standing import ClauseStanding, Standing
from app.said import Said
from app.text.clauses import Kind
from app.text.diff import Run, diff
from app.text.labels import canonical


@dataclass(frozen=True, slots=True)
class Clause:
    """One paragraph: what it says, where it stands, `because` of what, and what comes `next`.

    `key` never changes; `label` is what negotiators call it in this reading. `level` is 1 for a paragraph, 2 for (a).
    `parent` is the key of the paragraph that a sub-paragraph belongs to. `hash` is the SHA-256 of the text.
    `amendments` and `insertions` (behind this paragraph) are the open proposals that the caller may see. `positions`
    on this version include what a group says for its members (`via`); those on earlier wording have `lapsed`.
    """

    key: str
    label: str
    kind: Kind
    level: int
    parent: str
    version: int
    text: str
    hash: str
    status: Status
    because: tuple[Because, ...]
    next: tuple[Step, ...]
    amendments: tuple[str, ...]
    insertions: tuple[str, ...]
    positions: tuple[EffectivePosition, ...]
    lapsed: tuple[EffectivePosition, ...]


@dataclass(frozen=True, slots=True)
class Version:
    """One immutable text of a clause. `origin` is import, editorial or amendment; `origin_name` which, or why."""

    number: int
    text: str
    hash: str
    origin: str
    origin_name: str
    seq: int
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Difference:
    """The words that differ between two texts, as runs: `equal`, `delete`, `insert`. `marked` shows them on one line:
    `[-deleted-]` and `{+inserted+}`."""

    old: str
    new: str
    runs: tuple[Run, ...]
    marked: str


def clause_view(found: ClauseStanding, seat: Seat, now: datetime) -> Clause:
    """One clause as the holder of `seat` sees it at `now`."""
    status = found.status(now)
    return Clause(
        key=found.key,
        label=found.label,
        kind=found.clause.kind,
        level=found.clause.level,
        parent=found.parent,
        version=found.clause.version,
        text=found.clause.text,
        hash=found.text_hash,
        status=status.status,
        because=status.because,
        next=status.next,
        amendments=_names(found.facts.amendments, seat),
        insertions=_names(found.insertions, seat),
        positions=found.facts.positions,
        lapsed=found.facts.lapsed,
    )


def clauses_view(standing: Standing, seat: Seat, now: datetime, *, with_removed: bool = False) -> tuple[Clause, ...]:
    """All clauses in the order of the document, those that were removed only when asked for."""
    shown = standing.clauses if with_removed else standing.in_the_text()
    return tuple(clause_view(found, seat, now) for found in shown)


def clause_in(standing: Standing, name: str) -> ClauseStanding:
    """A clause by label or key, one in the text before one that was removed. Raises NotFound."""
    label, key = canonical(name) or name, name.strip().lower()
    found = [clause for clause in standing.clauses if clause.label == label or clause.key == key]
    if not found:
        raise NotFound(
            what=Said("clause"),
            name=name,
            remedy=Said(
                "The labels of {slug} are listed under /clauses.",
                "The draft of {slug} shows the labels that there are.",
                slug=standing.negotiation.slug,
            ),
        )
    return min(reversed(found), key=lambda clause: clause.is_removed)


async def versions(db: AsyncSession, clause: ClauseStanding) -> tuple[Version, ...]:
    """Every text that a clause has had, oldest first. One statement."""
    rows = await db.scalars(
        select(ClauseVersion).where(ClauseVersion.clause_id == clause.id).order_by(ClauseVersion.number)
    )
    return tuple(_version(row) for row in rows)


async def version(db: AsyncSession, clause: ClauseStanding, number: int) -> Version:
    """One text of a clause by its number. One statement. Raises NotFound."""
    row = await db.scalar(
        select(ClauseVersion).where(ClauseVersion.clause_id == clause.id, ClauseVersion.number == number)
    )
    if row is None:
        raise NotFound(
            what=Said("version of {label}", label=clause.label),
            name=str(number),
            remedy=Said("It has the versions 1 to {version}.", version=clause.clause.version),
        )
    return _version(row)


async def difference(db: AsyncSession, clause: ClauseStanding, old: int, new: int) -> Difference:
    """How one version of a clause differs from another. Two statements. Raises NotFound."""
    before, after = await version(db, clause, old), await version(db, clause, new)
    return differing(before.text, after.text, f"{clause.label} v{old}", f"{clause.label} v{new}")


def differing(before: str, after: str, old: str, new: str) -> Difference:
    """The difference of two texts that are called `old` and `new`."""
    runs = diff(before, after)
    return Difference(old, new, runs, marked(runs))


def marked(runs: tuple[Run, ...]) -> str:
    """A difference on one line, in the notation of `git diff --word-diff`."""
    around = {"delete": ("[-", "-]"), "insert": ("{+", "+}"), "equal": ("", "")}
    return "".join(f"{around[run.op.value][0]}{run.text}{around[run.op.value][1]}" for run in runs)


def _names(amendments: tuple[OpenAmendment, ...], seat: Seat) -> tuple[str, ...]:
    return tuple(a.name for a in amendments if a.is_before_the_room or seat.delegation in (a.proposer, *a.shared_with))


def _version(row: ClauseVersion) -> Version:
    return Version(
        row.number, row.text, row.text_hash, row.origin, said_again(row.origin_name), row.seq, row.created_at
    )
