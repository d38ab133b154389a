"""What accepting an amendment does to the text, for each kind of change, and to the other open amendments."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.actions.finding import amendment_row, current_version
from app.actions.locking import Act
from app.actions.proposals import must_be_possible
from app.actions.rebasing import Rebased, absorb, conflict_all, rebase_others
from app.actions.structure import give_parts, live_anchor, live_clauses, move, put_in, standings_of, take_out
from app.actions.versioning import add_version
from app.problems import AmendmentConflicts, NothingChanges
from app.record.proposals import Amendment, AmendmentVersion
from app.rules import replay
from app.rules.amendments import ChangeKind, split_texts
from app.rules.consensus import AS_CIRCULATED, must_be_open, must_not_be_under_silence
from app.rules.standing import ClauseStanding
from app.text import clauses as text
from app.text.clauses import block
from app.text.insertion import insertion, place_beside
from app.text.labels import alternative_of, label_after


@dataclass(slots=True)
class Effect:
    """What was done to the text: the changes for the record, the clause made or changed, the labels that left the text,
    and what became of the other amendments."""

    changes: list[replay.Change]
    rebased: tuple[Rebased, ...] = ()
    label: str = ""
    key: str = ""
    clause_version: int = 0
    text: str | None = None
    removed: tuple[str, ...] = ()


async def carry_out(
    act: Act, amendment: Amendment, version: AmendmentVersion, found: ClauseStanding, wording: str | None
) -> Effect:
    """Change the text as the amendment asks, with `wording` for its words. Closed and removed clauses refuse."""
    match ChangeKind(amendment.kind):
        case ChangeKind.REPLACE:
            return await _reword(act, amendment, found, wording)
        case ChangeKind.INSERT:
            return await _insert(act, amendment, version, found, wording)
        case ChangeKind.DELETE:
            return await _delete(act, amendment, found)
        case ChangeKind.MOVE:
            return await _move(act, version, found)
        case ChangeKind.SPLIT:
            return await _split(act, amendment, found, wording)
        case ChangeKind.MERGE:
            return await _merge(act, amendment, version, found, wording)
        case ChangeKind.ALTERNATIVE:
            return await _put_beside(act, amendment, found, wording)


async def _reword(act: Act, amendment: Amendment, found: ClauseStanding, wording: str | None) -> Effect:
    _must_take_changes(act, found)
    if wording is None or wording == found.clause.text:
        raise NothingChanges(what=found.label)
    name = f"A{amendment.number}"
    number = await add_version(act, found.id, wording, origin="amendment", origin_name=name)
    rebased = await rebase_others(act, found, wording, number, by=name, but=[amendment.number])
    changes = [replay.clause_reworded(found.key, number, wording)]
    return Effect(changes, rebased, found.label, found.key, number, wording)


async def _insert(
    act: Act, amendment: Amendment, version: AmendmentVersion, anchor: ClauseStanding, wording: str | None
) -> Effect:
    kind, level = text.Kind(version.details["paragraph_kind"]), int(version.details["level"])
    live, taken = await live_clauses(act)
    spot = insertion(live, await live_anchor(act, anchor.key, level), kind, level, taken)
    after = live[spot.place - 1].key if spot.place else ""
    name = f"A{amendment.number}"
    new = await put_in(act, text.Clause(kind, spot.label, wording or "", level), after, name)
    rebased = await _absorb_same_insertions(act, anchor, amendment, new, name)
    return Effect([replay.clause_inserted(new, after)], rebased, new.label, new.key, 1, new.text)


async def _delete(act: Act, amendment: Amendment, found: ClauseStanding) -> Effect:
    """Take a clause out of the text with its sub-paragraphs; a closed one among them stays closed and refuses."""
    found.must_be_in_the_text()
    live, _ = await live_clauses(act)
    gone = await standings_of(act, [clause.key for clause in block(live, found.key)])
    changes, rebased = await _take_out(act, amendment, gone)
    labels = tuple(clause.label for clause in gone)
    return Effect(changes, rebased, found.label, found.key, found.clause.version, None, labels)


async def _move(act: Act, version: AmendmentVersion, found: ClauseStanding) -> Effect:
    """Move a clause with its sub-paragraphs; its label stays until the next renumbering."""
    _must_take_changes(act, found)
    live, taken = await live_clauses(act)
    moved = block(live, found.key)
    keys = {clause.key for clause in moved}
    for one in await standings_of(act, list(keys)):
        must_be_open(one.facts, act.now)
        must_not_be_under_silence(one.facts, act.now, AS_CIRCULATED)
    staying = [clause for clause in live if clause.key not in keys]
    anchor = await live_anchor(act, str(version.details["after"]), found.clause.level)
    spot = insertion(staying, anchor, found.clause.kind, found.clause.level, taken)
    after = staying[spot.place - 1].key if spot.place else ""
    await move(act, moved, after)
    changes = []
    for clause in moved:
        changes.append(replay.clause_moved(clause.key, after))
        after = clause.key
    return Effect(changes, (), found.label, found.key, found.clause.version, found.clause.text)


async def _split(act: Act, amendment: Amendment, found: ClauseStanding, wording: str | None) -> Effect:
    """The clause keeps the first of the paragraphs; the others come into the text behind it, and its sub-paragraphs
    belong to the last: the order of the words stays as it was."""
    first, *rest = split_texts(wording or "")
    effect = await _reword(act, amendment, found, first)
    name, after, label = f"A{amendment.number}", found.key, found.label
    _, taken = await live_clauses(act)
    for part in rest:
        label = label_after(label, taken)
        taken.add(label)
        new = await put_in(act, text.Clause(found.clause.kind, label, part, found.clause.level), after, name)
        effect.changes.append(replay.clause_inserted(new, after))
        after = new.key
    await give_parts(act, found.id, after)
    return effect


async def _merge(
    act: Act, amendment: Amendment, version: AmendmentVersion, found: ClauseStanding, wording: str | None
) -> Effect:
    """The clause takes in the others: it has the new words, and they leave the text."""
    await must_be_possible(act, ChangeKind.MERGE, version.details, found)  # the text may have moved since
    taken_in = await standings_of(act, list(version.details["merges"]))
    changes, rebased = await _take_out(act, amendment, taken_in)
    effect = await _reword(act, amendment, found, wording)
    effect.changes = changes + effect.changes
    effect.rebased = rebased + effect.rebased
    effect.removed = tuple(one.label for one in taken_in)
    return effect


async def _put_beside(act: Act, amendment: Amendment, found: ClauseStanding, wording: str | None) -> Effect:
    """An alternative stands beside the clause, `OP4 alt`, as a paragraph of its own, until one of the two goes."""
    _must_take_changes(act, found)
    live, taken = await live_clauses(act)
    after = live[place_beside(live, found.label) - 1].key
    label = alternative_of(found.label, taken)
    name = f"A{amendment.number}"
    new = await put_in(act, text.Clause(found.clause.kind, label, wording or "", found.clause.level), after, name)
    return Effect([replay.clause_inserted(new, after)], (), new.label, new.key, 1, new.text)


def must_fit(
    amendment: Amendment, version: AmendmentVersion, found: ClauseStanding, proposer: str, has_changes: bool
) -> None:
    """Refuse (AmendmentConflicts, 409) what could not be carried over, unless those who decide give the words."""
    if amendment.conflicts and not has_changes:
        raise AmendmentConflicts(
            amendment=f"A{amendment.number}",
            base=version.base_version,
            label=found.label,
            now=found.clause.version,
            proposer=proposer,
            proposed=version.text,
            current=found.clause.text,
        )


def _must_take_changes(act: Act, found: ClauseStanding) -> None:
    found.must_be_in_the_text()
    must_be_open(found.facts, act.now)


async def _take_out(
    act: Act, amendment: Amendment, gone: Sequence[ClauseStanding]
) -> tuple[list[replay.Change], tuple[Rebased, ...]]:
    name = f"A{amendment.number}"
    rebased: list[Rebased] = []
    for one in gone:
        must_be_open(one.facts, act.now)
        must_not_be_under_silence(one.facts, act.now, AS_CIRCULATED)
        rebased += await conflict_all(act, one, by=name, but=[amendment.number])
    await take_out(act, [one.key for one in gone], name)
    return [replay.clause_removed(one.key) for one in reversed(gone)], tuple(rebased)


async def _absorb_same_insertions(
    act: Act, anchor: ClauseStanding, accepted: Amendment, new: text.Clause, by: str
) -> tuple[Rebased, ...]:
    """Proposals to insert the very same paragraph at the same place are in the text now."""
    outcomes = []
    for other in anchor.insertions:
        if other.number == accepted.number or not other.is_before_the_room or other.text != new.text:
            continue
        row = await amendment_row(act, other.number)
        details = (await current_version(act, row)).details
        if (details["paragraph_kind"], details["level"]) == (new.kind.value, new.level):
            outcomes.append(absorb(act, row, other, by))
    return tuple(outcomes)
