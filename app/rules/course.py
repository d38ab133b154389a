"""The course of a negotiation: where each paragraph stood at any moment, as the record tells it.

What the tables say now (app/record/standing.py), the record says of every moment: hear its entries up to one, and ask.
Of the amendments only what a status depends on is told here: those before the room, without their words.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TypeVar

from app.rules import positions
from app.rules.amendments import TAKING_ALONG, AmendmentStatus, ChangeKind, OpenAmendment, taken_along
from app.rules.consensus import Status, status_of
from app.rules.facts import ClauseFacts, Dissociation, Ruling, RulingKind
from app.rules.permissions import Role
from app.rules.positions import DelegationKind, Participant, Position, Stance, Voices
from app.rules.proceedings import UNKNOWN, Proceedings, Told
from app.rules.replay import NotReplayable
from app.rules.silence import ClauseSilence
from app.rules.stages import Stage
from app.rules.telling import hear
from app.rules.told_adoption import DissociationTold, StageTold
from app.rules.told_amendments import AmendmentTold, AmendmentVersionTold
from app.rules.told_clauses import (
    ClauseTold,
    ClauseVersionTold,
    PositionTold,
    RulingTold,
    SilenceTold,
    UnderSilenceTold,
    named_clause,
    named_version,
)
from app.rules.told_room import ParticipationTold
from app.said import Said
from app.text.clauses import Kind

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Membership:
    """A state, by its code, in a group from `since` until the day before `until` (None: still)."""

    member: str
    since: date
    until: date | None = None

    def holds_on(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day < self.until)


Groups = Mapping[str, Sequence[Membership]]  # by the code of each group: what no negotiation's record tells


@dataclass(slots=True)
class _Paragraph:
    """What holds for one clause now: positions by delegation, and what is open by its name. Ended ones are not here."""

    kind: Kind
    label: str
    version: int
    positions: dict[str, PositionTold] = field(default_factory=dict)
    amendments: dict[str, AmendmentTold] = field(default_factory=dict)
    under: dict[str, UnderSilenceTold] = field(default_factory=dict)
    dissociations: dict[str, DissociationTold] = field(default_factory=dict)
    ruling: RulingTold | None = None


@dataclass(slots=True)
class Course:
    """A negotiation being told entry by entry, with the status that each paragraph has at the moment of asking.

    Asking costs O(paragraphs whose facts may have changed since it was last asked), not O(record).
    """

    groups: Groups = field(default_factory=dict)
    proceedings: Proceedings = field(default_factory=Proceedings)
    _paragraphs: dict[str, _Paragraph] = field(default_factory=dict, init=False)
    _roles: dict[str, Role] = field(default_factory=dict, init=False)
    _voices: Voices = field(default_factory=lambda: positions.voices(()), init=False)
    _stage: Stage = field(default=Stage.ZERO_DRAFT, init=False)
    _taking: dict[str, AmendmentTold] = field(default_factory=dict, init=False)  # proposals that take others along
    _taken: dict[str, tuple[str, ...]] = field(default_factory=dict, init=False)  # by which, by the key of a clause
    _is_rearranged: bool = field(default=False, init=False)
    _touched: set[str] = field(default_factory=set, init=False)
    _running: set[str] = field(default_factory=set, init=False)
    _statuses: dict[str, Status] = field(default_factory=dict, init=False)

    def hear(self, told: Told) -> None:
        """Hear one entry. Raises NotReplayable when it does not fit what the entries before it told."""
        hear(self.proceedings, told)
        try:
            for change in told.payload.get("changes", ()):
                self._change(change)
            for name, row in self.proceedings.touched:
                self._take_in(name, row)
        except (KeyError, ValueError) as wrong:
            raise NotReplayable(
                Said("it is about what the entries before it do not tell of ({what})", what=str(wrong))
            ) from wrong

    def statuses(self, now: datetime) -> Mapping[str, Status]:
        """The status of each paragraph at `now`, not before what was heard, by key; without the opening line, which
        nobody negotiates. Good until something else is heard or asked."""
        voices = positions.voices([self._participant(code, now.date()) for code in self._roles])
        if voices != self._voices:
            self._voices = voices
            self._touched.update(self._paragraphs)
        self._take_along()
        for key in self._touched | self._running:
            self._judge(key, now)
        self._touched.clear()
        return self._statuses

    def counts(self, now: datetime) -> dict[Status, int]:
        """How many paragraphs have each status at `now`, as TextStatus has it."""
        found = Counter(self.statuses(now).values())
        return {status: found[status] for status in Status if found[status]}

    def facts(self, key: str) -> ClauseFacts:
        """All that the status of a clause depends on, as of the last asking for `statuses`."""
        found = self._paragraphs[key]
        substance = self._substance(key, found.version)
        current: dict[str, Position] = {}
        earlier: dict[str, Position] = {}
        for code, said in found.positions.items():
            about = current if self._substance(key, said.version) == substance else earlier
            about[code] = Position(code, Stance(said.stance), said.reason, said.version, said.taken_at)
        removed_by = self.proceedings.of(ClauseTold)[named_clause(key)].removed_by
        return ClauseFacts(
            label=found.label,
            version=found.version,
            counted=self._voices.counted,
            positions=self._voices.effective(current),
            groups=self._voices.for_members(current),
            lapsed=self._voices.lapsed(earlier, current),
            amendments=tuple(self._amendment(name, row) for name, row in found.amendments.items()),
            taken_by=tuple(self._amendment(name, self._taking[name]) for name in self._taken.get(key, ())),
            ruling=self._ruling(key, found.ruling, substance),
            silence=self._silence(key, found.under, substance),
            is_removed=removed_by is not None,
            removed_by="" if removed_by is None or removed_by is UNKNOWN else removed_by,
            stage=self._stage,
            dissociations=tuple(
                Dissociation(name, row.delegation, row.statement, row.declared_at)
                for name, row in found.dissociations.items()
            ),
        )

    # --- what an entry tells ------------------------------------------------------------------------------------------

    def _change(self, change: Mapping[str, object]) -> None:
        key = str(change.get("clause", ""))
        match change["op"]:
            case "insert":
                found = _Paragraph(Kind(str(change["kind"])), str(change["label"]), int(str(change["version"])))
                self._paragraphs[key] = found
                self._is_rearranged = True
            case "reword":
                self._paragraphs[key].version = int(str(change["version"]))
            case "relabel":
                self._paragraphs[key].label = str(change["label"])
            case "move" | "remove":
                self._is_rearranged = True
            case _:
                return
        self._touched.add(key)

    def _take_in(self, name: str, row: object) -> None:
        """What became of one thing. On an amendment, what is said of it touches no paragraph."""
        match row:
            case PositionTold() if row.on in self._paragraphs:
                _keep(self._paragraphs[row.on].positions, row.delegation, row, row.ended_at is None)
                self._touched.add(row.on)
            case RulingTold():
                self._paragraphs[row.clause].ruling = row if row.ended_at is None else None
                self._touched.add(row.clause)
            case UnderSilenceTold():
                _keep(self._paragraphs[row.clause].under, row.silence, row, row.ended_at is None)
                self._touched.add(row.clause)
            case SilenceTold():
                self._touched.update(key for key, found in self._paragraphs.items() if name in found.under)
            case AmendmentTold():
                self._take_in_proposal(name, row)
            case DissociationTold():
                for key in row.clauses:
                    _keep(self._paragraphs[key].dissociations, name, row, row.withdrawn_at is None)
                self._touched.update(row.clauses)
            case ParticipationTold():
                self._roles[row.delegation] = Role(row.role)
            case StageTold():
                self._stage = Stage(row.stage)

    def _take_in_proposal(self, name: str, row: AmendmentTold) -> None:
        """To insert a paragraph brackets none."""
        if row.kind == ChangeKind.INSERT:
            return
        is_open = row.status == AmendmentStatus.PROPOSED
        _keep(self._paragraphs[row.clause].amendments, name, row, is_open)
        self._touched.add(row.clause)
        if row.kind in TAKING_ALONG:
            _keep(self._taking, name, row, is_open)
            self._is_rearranged = True

    # --- what follows from it -----------------------------------------------------------------------------------------

    def _take_along(self) -> None:
        """Which proposals would take which other paragraphs along, worked out anew where that may have changed."""
        if not self._is_rearranged:
            return
        self._is_rearranged = False
        taken: dict[str, tuple[str, ...]] = {}
        live = self.proceedings.text.clauses
        for name in sorted(self._taking, key=_number):
            row = self._taking[name]
            for key in taken_along(ChangeKind(row.kind), row.clause, self._merges(name, row), live):
                taken[key] = (*taken.get(key, ()), name)
        self._touched.update(key for key in taken.keys() | self._taken.keys() if taken.get(key) != self._taken.get(key))
        self._taken = taken

    def _participant(self, code: str, day: date) -> Participant:
        """Whether it is a state or an organisation makes no difference here."""
        kind = DelegationKind.GROUP if code in self.groups else DelegationKind.STATE
        members = frozenset(m.member for m in self.groups.get(code, ()) if m.holds_on(day))
        return Participant(code, code, kind, self._roles[code], members)

    def _judge(self, key: str, now: datetime) -> None:
        if self._paragraphs[key].kind is Kind.OPENING:
            return
        facts = self.facts(key)
        self._statuses[key] = status_of(facts, now).status
        is_running = facts.silence is not None and facts.silence.is_running(now)
        (self._running.add if is_running else self._running.discard)(key)

    def _substance(self, key: str, version: int) -> int:
        """The version whose substance a version has; where an older entry does not tell, its own."""
        found = self.proceedings.of(ClauseVersionTold)[named_version(version, named_clause(key))].substance
        return version if found is UNKNOWN else found

    def _merges(self, name: str, row: AmendmentTold) -> tuple[str, ...]:
        version = self.proceedings.of(AmendmentVersionTold)[named_version(row.version, name)]
        return tuple(version.details.get("merges", ()))

    def _amendment(self, name: str, row: AmendmentTold) -> OpenAmendment:
        version = self.proceedings.of(AmendmentVersionTold)[named_version(row.version, name)]
        return OpenAmendment(
            number=_number(name),
            kind=ChangeKind(row.kind),
            clause=row.clause,
            label=self._paragraphs[row.clause].label,
            proposer=row.proposer,
            status=AmendmentStatus(row.status),
            version=row.version,
            base_version=version.base_version,
            conflicts=row.conflicts,
            submitted_at=row.submitted_at,
        )

    def _ruling(self, key: str, row: RulingTold | None, substance: int) -> Ruling | None:
        if row is None or self._substance(key, row.version) != substance:
            return None
        return Ruling(RulingKind(row.kind), row.version, row.ruled_at, row.by, row.pending, row.package)

    def _silence(self, key: str, under: Mapping[str, UnderSilenceTold], substance: int) -> ClauseSilence | None:
        """The last one opened on this substance; of the breaking of some, older entries tell the time only."""
        on_this = [name for name, row in under.items() if self._substance(key, row.version) == substance]
        if not on_this:
            return None
        name = max(on_this, key=_number)
        row, silence = under[name], self.proceedings.of(SilenceTold)[name]
        return ClauseSilence(
            number=_number(name),
            opened_at=silence.opened_at,
            deadline=silence.deadline_to_the_second if silence.deadline is UNKNOWN else silence.deadline,
            broken_by="?" if row.broken_by is UNKNOWN else row.broken_by or "",
            broken_at=row.broken_at,
            reason="" if row.broken_reason is UNKNOWN else row.broken_reason,
            is_recorded=silence.passed_entry is not None,
        )


def _keep(rows: dict[str, Row], name: str, row: Row, holds: bool) -> None:
    if holds:
        rows[name] = row
    else:
        rows.pop(name, None)


def _number(name: str) -> int:
    """12 of `A12`."""
    return int(name[1:])
