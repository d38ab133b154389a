"""The text as the record tells it: every entry says what it changed in the text; replaying them gives any moment's
draft.

A change is a small JSON object with an `op`; `entry.payload["changes"]` lists them in the order they apply. The
actions write them, `chapeau verify` replays them against the tables, and `?at=` reads the past from them.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from app.said import Said
from app.text.clauses import Clause, Draft, FrontMatter, Kind

Change = dict[str, Any]


def front_set(front: FrontMatter) -> Change:
    """The front matter became this."""
    return {
        "op": "front",
        "slug": front.slug,
        "organ": front.organ,
        "symbol": front.symbol,
        "session": front.session,
        "agenda_item": front.agenda_item,
        "language": front.language,
        "sponsors": list(front.sponsors),
        "masthead": list(front.masthead),
        "closing": list(front.closing),
    }


def clause_inserted(clause: Clause, after: str) -> Change:
    """A clause came into the text, behind the clause with the key `after` (empty: at the very beginning)."""
    return {
        "op": "insert",
        "clause": clause.key,
        "after": after,
        "kind": clause.kind.value,
        "label": clause.label,
        "level": clause.level,
        "version": clause.version,
        "text": clause.text,
    }


def clause_reworded(key: str, version: int, text: str) -> Change:
    """A clause got a new version."""
    return {"op": "reword", "clause": key, "version": version, "text": text}


def clause_moved(key: str, after: str) -> Change:
    """A clause came to stand behind the clause with the key `after`."""
    return {"op": "move", "clause": key, "after": after}


def clause_relabelled(key: str, label: str) -> Change:
    """A clause is called otherwise."""
    return {"op": "relabel", "clause": key, "label": label}


def clause_removed(key: str) -> Change:
    """A clause left the text; its identity and its versions stay."""
    return {"op": "remove", "clause": key}


class NotReplayable(ValueError):
    """A change that does not fit the text that the entries before it made: the record has been altered."""


@dataclass(slots=True)
class Replay:
    """A text being rebuilt, entry by entry."""

    front: FrontMatter = field(default_factory=FrontMatter)
    clauses: list[Clause] = field(default_factory=list)
    _present: set[str] = field(default_factory=set, init=False)

    def apply(self, changes: Sequence[Mapping[str, Any]]) -> None:
        """Apply the changes of one entry. Raises NotReplayable when one names what is not there, or is not a change."""
        for change in changes:
            try:
                self._apply(change)
            except NotReplayable:
                raise
            except (KeyError, TypeError, ValueError) as wrong:
                raise NotReplayable(Said("not a change: {change}", change=repr(change))) from wrong

    def _apply(self, change: Mapping[str, Any]) -> None:
        match change.get("op"):
            case "front":
                self.front = _front(change)
            case "insert":
                self._insert(_clause(change), after=str(change["after"]))
            case "reword":
                place = self._place(str(change["clause"]))
                self.clauses[place] = replace(
                    self.clauses[place], version=int(change["version"]), text=str(change["text"])
                )
            case "relabel":
                place = self._place(str(change["clause"]))
                self.clauses[place] = replace(self.clauses[place], label=str(change["label"]))
            case "move":
                self._move(str(change["clause"]), after=str(change["after"]))
            case "remove":
                self._remove(str(change["clause"]))
            case other:
                raise NotReplayable(Said("unknown change {change}", change=repr(other)))

    def _insert(self, clause: Clause, after: str) -> None:
        if clause.key in self._present:
            raise NotReplayable(Said("clause {clause} is in the text already", clause=clause.key))
        self.clauses.insert(self._place(after) + 1 if after else 0, clause)
        self._present.add(clause.key)

    def _move(self, key: str, after: str) -> None:
        clause = self.clauses.pop(self._place(key))
        self.clauses.insert(self._place(after) + 1 if after else 0, clause)

    def _remove(self, key: str) -> None:
        del self.clauses[self._place(key)]
        self._present.remove(key)

    def draft(self) -> Draft:
        return Draft(self.front, tuple(self.clauses))

    def _place(self, key: str) -> int:
        for place in range(len(self.clauses) - 1, -1, -1):  # an import appends: look from the end
            if self.clauses[place].key == key:
                return place
        raise NotReplayable(Said("clause {clause} is not in the text", clause=key))


def replayed(entries: Iterable[Sequence[Mapping[str, Any]]]) -> Draft:
    """The draft that a sequence of entries' changes makes."""
    replay = Replay()
    for changes in entries:
        replay.apply(changes)
    return replay.draft()


def _front(change: Mapping[str, Any]) -> FrontMatter:
    return FrontMatter(
        slug=change["slug"],
        organ=change["organ"],
        symbol=change["symbol"],
        session=change["session"],
        agenda_item=change["agenda_item"],
        language=change["language"],
        sponsors=tuple(change["sponsors"]),
        masthead=tuple(change["masthead"]),
        closing=tuple(change["closing"]),
    )


def _clause(change: Mapping[str, Any]) -> Clause:
    return Clause(
        kind=Kind(change["kind"]),
        label=change["label"],
        text=change["text"],
        level=change["level"],
        key=change["clause"],
        version=change["version"],
    )
