"""Entries of the record told in sentences, with what each is about."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.record.proposals import Amendment
from app.record.texts import Clause
from app.rules.sentences import sentence
from app.rules.standing import Standing
from app.said import Said
from app.views.access import OPERATOR

_NUMBERS: Final = frozenset({"relabel", "front"})  # changes that touch the words of no paragraph


@dataclass(frozen=True, slots=True)
class Subject:
    """A clause that an entry is about: its key, and its label today."""

    key: str
    label: str


class Teller:
    """Tells entries of one negotiation. `subjects` are the keys of the clauses that amendments are on, by their names
    (`A12`)."""

    def __init__(self, standing: Standing, subjects: Mapping[str, str]) -> None:
        self._names = {participant.code: participant.name for participant in standing.participants}
        self._labels = {clause.key: clause.label for clause in standing.clauses}
        self._subjects = subjects

    def clause(self, payload: Mapping[str, Any]) -> str:
        """The key of the one clause that an entry is about; empty where it is about several, or none."""
        return str(payload.get("clause") or self._subjects.get(str(payload.get("amendment", "")), ""))

    def clauses(self, payload: Mapping[str, Any]) -> frozenset[str]:
        """The keys of all clauses whose words, proposals or standing an entry touched."""
        found = {str(one["clause"]) for one in _about(payload) if "clause" in one}
        named = {str(one["amendment"]) for one in _about(payload) if "amendment" in one}
        return frozenset(found | {self._subjects[name] for name in named if name in self._subjects})

    def labelled(self, keys: Iterable[str]) -> tuple[Subject, ...]:
        """Clauses with their labels, in the order of the text."""
        wanted = set(keys)
        return tuple(Subject(key, label) for key, label in self._labels.items() if key in wanted)

    def name(self, delegation: str) -> str:
        """What a delegation is called, by its code."""
        return self._names.get(delegation, delegation)

    def sentence(self, verb: str, payload: Mapping[str, Any], actor: str, delegation: str) -> str:
        """What happened, in one sentence. `actor` stands for itself where nobody spoke for a delegation."""
        who = self.name(delegation) or (Said("The operator") if actor == OPERATOR else actor[:1].upper() + actor[1:])
        label = self._labels.get(self.clause(payload), "")
        said = payload if payload.get("label") or not label else {**payload, "label": label}
        return sentence(verb, said, who, self._names)


async def teller(db: AsyncSession, standing: Standing, payloads: Iterable[Mapping[str, Any]]) -> Teller:
    """Who can tell of entries with these payloads. One statement."""
    names = {str(one["amendment"]) for payload in payloads for one in _about(payload) if "amendment" in one}
    numbers = [int(name[1:]) for name in names if name[:1] == "A" and name[1:].isdigit()]
    rows = await db.execute(
        select(Amendment.number, Clause.key)
        .join(Clause, Amendment.clause_id == Clause.id)
        .where(Amendment.negotiation_id == standing.negotiation.id, Amendment.number.in_(numbers))
    )
    return Teller(standing, {f"A{number}": key for number, key in rows})


def _about(payload: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The entry itself and what it lists: changes, decisions, clauses, translations."""
    yield payload
    for listed in payload.values():
        if isinstance(listed, list):
            yield from (one for one in listed if isinstance(one, dict) and one.get("op") not in _NUMBERS)
