"""Taking a paragraph out of a tabled text, by an oral revision or a vote, whatever was agreed on it."""

from app.actions.locking import Act
from app.actions.rebasing import Rebased, conflict_all
from app.actions.structure import live_clauses, standings_of, take_out
from app.rules import replay
from app.rules.standing import ClauseStanding
from app.text.clauses import block


async def taken_out(act: Act, found: ClauseStanding, by: str) -> list[tuple[replay.Change, tuple[Rebased, ...]]]:
    """Take a paragraph out of the text with its sub-paragraphs, closed or not: the changes for the record, in order,
    each with what became of the open amendments to it."""
    live, _ = await live_clauses(act)
    gone = await standings_of(act, [clause.key for clause in block(live, found.key)])
    done = [
        ({**replay.clause_removed(one.key), "by": by}, await conflict_all(act, one, by=by)) for one in reversed(gone)
    ]
    await take_out(act, [one.key for one in gone], by)
    return done
