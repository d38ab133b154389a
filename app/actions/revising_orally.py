"""Oral revisions: after tabling, the sponsors announce changes to their own text, which whoever holds the pen reads
out."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.actions.locking import Act, begin
from app.actions.rebasing import Rebased, rebase_others
from app.actions.removing import taken_out
from app.actions.revising import AS_ORALLY_REVISED, keep_next_revision
from app.actions.structure import live_anchor, live_clauses, put_in, standings_of
from app.actions.versioning import add_version
from app.actions.vote_facts import must_not_be_rejected
from app.problems import ClauseFixed, InvalidInput, NothingChanges
from app.record.adoption import OralRevision
from app.record.standing import clause_standing, standing
from app.rules import replay
from app.rules.outcomes import BY_AN_ORAL_REVISION, orally_revised
from app.rules.permissions import Seat
from app.rules.standing import ClauseStanding
from app.said import Said
from app.text import clauses as text
from app.text.clauses import Kind
from app.text.insertion import insertion
from app.text.screen import screened

MOST_CHANGES: Final = 100
_BY: Final = BY_AN_ORAL_REVISION


class OralChange(StrEnum):
    REPLACE = "replace"
    INSERT = "insert"
    DELETE = "delete"


@dataclass(frozen=True, slots=True)
class ReadOut:
    """One change that is read out: the clause (of an insertion: behind which), its version tag as it was read, and the
    words (None for a deletion). An insertion is as its neighbour unless `paragraph_kind` and `level` say otherwise."""

    change: OralChange
    clause: str
    expected: str
    text: str | None = None
    paragraph_kind: Kind | None = None
    level: int | None = None


@dataclass(frozen=True, slots=True)
class Changed:
    """What an oral revision did to one paragraph; `text` is None where it was deleted."""

    change: OralChange
    label: str
    key: str
    text: str | None


@dataclass(frozen=True, slots=True)
class Revised:
    """A text after an oral revision, kept as the revision `revision`; `rebased` is what became of open amendments."""

    revision: str
    hash: str
    announced_by: str
    changed: tuple[Changed, ...]
    rebased: tuple[Rebased, ...]
    seq: int


@dataclass(slots=True)
class _Done:
    origin_name: str
    changes: list[replay.Change] = field(default_factory=list)
    changed: list[Changed] = field(default_factory=list)
    rebased: list[Rebased] = field(default_factory=list)


async def revise_orally(db: AsyncSession, seat: Seat, read_out: Sequence[ReadOut], announced_by: str = "") -> Revised:
    """Change a tabled text as it is read out, all or nothing; the whole is kept “as orally revised”.

    `announced_by` is who announced it, by default the delegation of the seat. What was agreed on the earlier words
    lapses with them. Raises StaleVersion, ClauseRemoved, NothingChanges, ClauseFixed, InsertionImpossible,
    TextRejected, NotTabled, TextAdopted, InvalidInput.
    """
    act = await begin(db, seat, "text.revise_orally")
    await must_not_be_rejected(act)
    announced_by = screened(announced_by or seat.delegation or seat.name, "announced_by", limit=200)
    found = await _as_read(act, read_out)
    made = _Done(str(orally_revised(announced_by)))
    for asked, clause in zip(read_out, found, strict=True):
        await _carry_out(act, asked, (await standings_of(act, [clause.key]))[0], made)
    await db.flush()
    revision = await keep_next_revision(act, AS_ORALLY_REVISED, (await standing(db, act.negotiation)).draft())
    last = await db.scalar(
        select(func.max(OralRevision.number)).where(OralRevision.negotiation_id == act.negotiation.id)
    )
    db.add(
        OralRevision(
            negotiation_id=act.negotiation.id,
            number=(last or 0) + 1,
            announced_by=announced_by,
            labels=[one.label for one in made.changed],
            revision=revision.name,
            seq=act.seq,
            announced_at=act.now,
        )
    )
    written = await act.recorded(
        {
            "revision": revision.name,
            "hash": revision.source_hash,
            "announced_by": announced_by,
            "changed": [{"change": one.change.value, "label": one.label, "clause": one.key} for one in made.changed],
            "rebased": [outcome.as_payload() for outcome in made.rebased],
            "changes": made.changes,
        }
    )
    return Revised(
        revision.name, revision.source_hash, announced_by, tuple(made.changed), tuple(made.rebased), written.seq
    )


async def _as_read(act: Act, read_out: Sequence[ReadOut]) -> list[ClauseStanding]:
    """The clauses that the changes are about, each at the version that was read, before anything is changed."""
    if not 1 <= len(read_out) <= MOST_CHANGES:
        raise InvalidInput.at(
            "changes", Said("an oral revision has from 1 to {most_changes} changes.", most_changes=MOST_CHANGES)
        )
    found = []
    for asked in read_out:
        if (asked.text is None) != (asked.change is OralChange.DELETE):
            wanted = Said("does not have a text") if asked.change is OralChange.DELETE else Said("needs the text")
            raise InvalidInput.at(
                "changes",
                Said(
                    "a change to {change} {clause} {wanted}.",
                    change=Said(asked.change.value),
                    clause=asked.clause,
                    wanted=wanted,
                ),
            )
        if asked.change is not OralChange.INSERT and (asked.paragraph_kind or asked.level):
            raise InvalidInput.at(
                "changes", Said("{clause}: only what is inserted has a kind and a level.", clause=asked.clause)
            )
        clause = await clause_standing(act.db, act.negotiation, asked.clause)
        clause.must_be_at(asked.expected)
        found.append(clause)
    times = Counter(
        clause.label for asked, clause in zip(read_out, found, strict=True) if asked.change is not OralChange.INSERT
    )
    twice = [label for label, number in times.items() if number > 1]
    if twice:
        raise InvalidInput.at(
            "changes", Said("{labels}: name each paragraph once, with all that changes in it.", labels=", ".join(twice))
        )
    return found


async def _carry_out(act: Act, asked: ReadOut, found: ClauseStanding, made: _Done) -> None:
    found.must_be_in_the_text()
    match asked.change:
        case OralChange.REPLACE:
            await _replace(act, found, screened(asked.text or "", "text"), made)
        case OralChange.INSERT:
            await _insert(act, asked, found, made)
        case OralChange.DELETE:
            await _delete(act, found, made)


async def _replace(act: Act, found: ClauseStanding, wording: str, made: _Done) -> None:
    if wording == found.clause.text:
        raise NothingChanges(what=found.label)
    number = await add_version(act, found.id, wording, origin="editorial", origin_name=made.origin_name)
    made.rebased += await rebase_others(act, found, wording, number, by=_BY)
    made.changes.append(replay.clause_reworded(found.key, number, wording))
    made.changed.append(Changed(OralChange.REPLACE, found.label, found.key, wording))


async def _insert(act: Act, asked: ReadOut, found: ClauseStanding, made: _Done) -> None:
    kind = asked.paragraph_kind or found.clause.kind
    level = asked.level or (found.clause.level if kind is found.clause.kind else 1)
    wording = screened(asked.text or "", "text")
    live, taken = await live_clauses(act)
    spot = insertion(live, await live_anchor(act, found.key, level), kind, level, taken)
    after = live[spot.place - 1].key if spot.place else ""
    new = await put_in(act, text.Clause(kind, spot.label, wording, level), after, made.origin_name, origin="editorial")
    made.changes.append(replay.clause_inserted(new, after))
    made.changed.append(Changed(OralChange.INSERT, new.label, new.key, wording))


async def _delete(act: Act, found: ClauseStanding, made: _Done) -> None:
    if found.clause.kind in (Kind.TITLE, Kind.OPENING):
        raise ClauseFixed(
            label=found.label,
            reason=Said("a part that every draft has once"),
            remedy=Said("Replace its words instead."),
        )
    for change, rebased in await taken_out(act, found, _BY):
        made.changes.append(change)
        made.rebased += rebased
    made.changed.append(Changed(OralChange.DELETE, found.label, found.key, None))
