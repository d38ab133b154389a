"""Publishing a revision: the whole text is kept under a name, its paragraphs are numbered afresh, and the references of
the text to its own paragraphs follow."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import count
from typing import Any, Final

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from app.actions.locking import Act, begin, undone
from app.actions.rebasing import Rebased, rebase_others
from app.actions.versioning import add_version
from app.problems import AlreadyThere, InvalidInput, ReadingOpen
from app.record.proposals import Revision
from app.record.standing import standing
from app.record.texts import Clause
from app.rules import replay
from app.rules.outcomes import numbered_afresh
from app.rules.permissions import Seat
from app.rules.readings import edge_named, reading_begins
from app.rules.standing import ClauseStanding
from app.said import Said
from app.text.clauses import Draft
from app.text.drafts import print_draft
from app.text.labels import renumbered
from app.text.references import followed
from app.text.screen import screened

ZERO_DRAFT: Final = "zero draft"
AS_TABLED: Final = "as tabled"
AS_ORALLY_REVISED: Final = "as orally revised"
AS_ADOPTED: Final = "as adopted"
KEPT_FOR_ACTS: Final = (AS_TABLED, AS_ORALLY_REVISED, AS_ADOPTED)


@dataclass(frozen=True, slots=True)
class Published:
    """A revision that was published. `labels` maps each label that changed to the new one; `followed` are the
    paragraphs (new labels) whose references to others followed; `unsure` the references that a person has to look
    at."""

    number: int
    name: str
    hash: str
    seq: int
    labels: dict[str, str]
    followed: tuple[str, ...]
    unsure: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Numbering:
    """A text whose paragraphs were numbered afresh: as for Published, with what became of open amendments (`rebased`)
    and the changes for the record."""

    draft: Draft
    labels: dict[str, str]
    followed: tuple[str, ...]
    unsure: tuple[str, ...]
    rebased: tuple[dict[str, Any], ...]
    changes: tuple[replay.Change, ...]

    def as_payload(self) -> dict[str, Any]:
        return {
            "labels": self.labels,
            "followed": list(self.followed),
            "unsure": list(self.unsure),
            "rebased": list(self.rebased),
            "changes": list(self.changes),
        }


async def publish(db: AsyncSession, seat: Seat, name: str = "") -> Published:
    """Publish the text as it stands as the next revision, called `name` (`Rev.1`, `Rev.2`, ... when empty).

    Labels are numbered afresh and the mapping is kept; a reference that follows makes an editorial version, which keeps
    positions and rulings. Raises ReadingOpen while one is: its labels stay; AlreadyThere when the name is taken,
    InvalidInput for one that could be taken for a record entry, a time or a reading.
    """
    return await _publish(await begin(db, seat, "revision.publish"), name)


async def rehearse_publication(db: AsyncSession, seat: Seat, name: str = "") -> Published:
    """How publishing the text now would number it: carried out and undone, so that nothing is left of it (`seq` is 0).

    Raises what publishing would raise.
    """
    act = await begin(db, seat, "revision.publish")
    return replace(await undone(act, _publish(act, name)), seq=0)


async def _publish(act: Act, name: str) -> Published:
    if act.negotiation.reading is not None:
        raise ReadingOpen(reading=reading_begins(act.negotiation.reading))
    number = await _next_number(act)
    name = screened(name, "name", limit=40) if name.strip() else f"Rev.{number}"
    if name.startswith(KEPT_FOR_ACTS):
        raise InvalidInput.at(
            "name", Said("“{name}” is the name of what tabling, oral revision or adoption keeps.", name=name)
        )
    if name.isdigit() or _is_a_time(name) or edge_named(name) is not None:
        raise InvalidInput.at(
            "name",
            Said(
                "“{name}” reads as a record entry, a time or a reading; choose another, such as Rev.{number}.",
                name=name,
                number=number,
            ),
        )
    taken = select(Revision.id).where(Revision.negotiation_id == act.negotiation.id, Revision.name == name)
    if await act.db.scalar(taken) is not None:
        raise AlreadyThere(what=Said("revision"), name=name, remedy=Said("Choose another name."))
    made = await number_afresh(act, name)
    revision = keep_revision(act, number, name, made.draft)
    written = await act.recorded(
        {
            "revision": name,
            "number": number,
            "hash": revision.source_hash,
            **made.as_payload(),
        }
    )
    return Published(number, name, revision.source_hash, written.seq, made.labels, made.followed, made.unsure)


async def number_afresh(act: Act, name: str) -> Numbering:
    """Number the paragraphs of the text afresh, and have its references to them follow, for a revision called `name`.

    A reference that follows makes an editorial version.
    """
    before = await standing(act.db, act.negotiation)
    present = list(before.in_the_text())
    fresh = dict(zip((found.key for found in present), renumbered([f.clause for f in present]), strict=True))
    mapping = {found.label: fresh[found.key] for found in present}
    gone: dict[str, str | None] = {
        found.label: None for found in before.clauses if found.is_removed and found.label not in mapping
    }
    changes: list[replay.Change] = await _relabel(act, present, fresh)
    rewritten, unsure, rebased = [], [], []
    for found in present:
        now = followed(found.clause.text, {**gone, **mapping}, found.label, fresh[found.key])
        unsure += [f"{fresh[found.key]}: {reference}" for reference in now.unsure]
        if now.text != found.clause.text:
            change, outcomes = await _reword(act, found, now.text, name)
            changes.append(change)
            rebased += [outcome.as_payload() for outcome in outcomes]
            rewritten.append(fresh[found.key])
    await act.db.flush()
    draft = (await standing(act.db, act.negotiation)).draft()
    changed = {old: new for old, new in mapping.items() if old != new}
    return Numbering(draft, changed, tuple(rewritten), tuple(unsure), tuple(rebased), tuple(changes))


async def keep_next_revision(act: Act, name: str, draft: Draft) -> Revision:
    """Keep a whole text as the next revision, under `name`, or `name 2`, ... when that is taken."""
    theirs = select(Revision.name).where(Revision.negotiation_id == act.negotiation.id)
    taken = set(await act.db.scalars(theirs))
    numbered = (f"{name} {number}" for number in count(2))
    free = name if name not in taken else next(candidate for candidate in numbered if candidate not in taken)
    return keep_revision(act, await _next_number(act), free, draft)


def keep_revision(act: Act, number: int, name: str, draft: Draft) -> Revision:
    """Keep a whole text under a name, in an act that will be recorded."""
    source = print_draft(draft)
    revision = Revision(
        negotiation_id=act.negotiation.id,
        number=number,
        name=name,
        source=source,
        source_hash=hashlib.sha256(source.encode()).hexdigest(),
        labels={clause.key: clause.label for clause in draft.clauses},
        seq=act.seq,
        published_at=act.now,
    )
    act.db.add(revision)
    return revision


def _is_a_time(name: str) -> bool:
    try:
        datetime.fromisoformat(name)
    except ValueError:
        return False
    return True


async def _next_number(act: Act) -> int:
    last = await act.db.scalar(select(func.max(Revision.number)).where(Revision.negotiation_id == act.negotiation.id))
    return 0 if last is None else int(last) + 1


async def _relabel(act: Act, present: list[ClauseStanding], fresh: Mapping[str, str]) -> list[replay.Change]:
    changes = []
    for found in present:
        if found.label != fresh[found.key]:
            await act.db.execute(update(Clause).where(Clause.id == found.id).values(label=fresh[found.key]))
            changes.append(replay.clause_relabelled(found.key, fresh[found.key]))
    return changes


async def _reword(
    act: Act, found: ClauseStanding, wording: str, name: str
) -> tuple[replay.Change, tuple[Rebased, ...]]:
    reason = str(numbered_afresh(name))
    number = await add_version(act, found.id, wording, origin="editorial", origin_name=reason, keeps_substance=True)
    rebased = await rebase_others(act, found, wording, number, by=name)
    return replay.clause_reworded(found.key, number, wording), rebased
