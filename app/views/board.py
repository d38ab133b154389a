"""The board: paragraphs by delegations, with what each is held to say, and where that comes from."""

from collections import Counter
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from app.rules import positions
from app.rules.consensus import Status
from app.rules.facts import ClauseFacts
from app.rules.permissions import Role
from app.rules.positions import DelegationKind, EffectivePosition, Participant, Position, Stance, Voices
from app.rules.standing import Standing
from app.text.clauses import Kind


@dataclass(frozen=True, slots=True)
class Column:
    """One delegation. `counts` is whether consensus needs its agreement: not that of observers, nor that of a group
    which counts through its members. `positions` is how many paragraphs it has each stance on, lapsed ones left out.
    """

    code: str
    name: str
    kind: DelegationKind
    role: Role
    counts: bool
    positions: dict[Stance, int]


@dataclass(frozen=True, slots=True)
class Cell:
    """What one delegation is held to say on one paragraph. `via` is the group that speaks for it, empty when it spoke
    itself; `lapsed` is given, and true, when it was said on earlier wording, which `version` names.
    """

    stance: Stance
    via: str
    version: int
    lapsed: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One paragraph. `amendments` is how many are open; `positions` has a place for each of the board's delegations, in
    their order: null where it is held to nothing.
    """

    key: str
    label: str
    kind: Kind
    level: int
    version: int
    status: Status
    amendments: int
    positions: tuple[Cell | None, ...]


@dataclass(frozen=True, slots=True)
class Board:
    """Who stands where on what, at one record entry."""

    negotiation: str
    seq: int
    delegations: tuple[Column, ...]
    clauses: tuple[Row, ...]


def board(standing: Standing, now: datetime) -> Board:
    """Everybody's position on every paragraph at `now`, removed ones included; the opening line is not negotiated.

    No statement. Cost: O(paragraphs x delegations).
    """
    voices = positions.voices(standing.participants)
    codes = [participant.code for participant in standing.participants]
    rows = []
    for found in standing.clauses:
        if found.clause.kind is Kind.OPENING:
            continue
        cells = _cells(found.facts, voices)
        rows.append(
            Row(
                found.key,
                found.label,
                found.clause.kind,
                found.clause.level,
                found.clause.version,
                found.status(now).status,
                sum(amendment.is_before_the_room for amendment in found.facts.amendments),
                tuple(map(cells.get, codes)),
            )
        )
    columns = _columns(standing.participants, voices, rows)
    return Board(standing.negotiation.slug, standing.negotiation.head_seq, columns, tuple(rows))


def narrowed(whole: Board, *, left_out: Container[Status], only_heard: bool) -> Board:
    """A board without the paragraphs that have a status `left_out`; with `only_heard` without the delegations that are
    held to say nothing on the others. What each says is counted over the paragraphs that are left."""
    rows = [row for row in whole.clauses if row.status not in left_out]
    places = [
        place
        for place in range(len(whole.delegations))
        if not only_heard or any(row.positions[place] is not None for row in rows)
    ]
    return replace(
        whole,
        delegations=tuple(replace(whole.delegations[place], positions=_tally(rows, place)) for place in places),
        clauses=tuple(replace(row, positions=tuple(row.positions[place] for place in places)) for row in rows),
    )


def _cells(facts: ClauseFacts, voices: Voices) -> dict[str, Cell]:
    """By delegation. What was said on this wording goes before what lapsed, one's own before one's group's."""
    found: dict[str, Cell] = {}
    if facts.lapsed:
        earlier = {p.delegation: Position(p.delegation, p.stance, p.reason, p.version, p.since) for p in facts.lapsed}
        for said in (voices.for_members(earlier), voices.effective(earlier)):
            found.update(_as_cells(said, lapsed=True))
    found.update(_as_cells(facts.groups))
    found.update(_as_cells(facts.positions))
    return found


def _as_cells(said: Iterable[EffectivePosition], *, lapsed: bool = False) -> Iterable[tuple[str, Cell]]:
    return ((p.delegation, Cell(p.stance, p.via, p.version, lapsed)) for p in said)


def _columns(participants: tuple[Participant, ...], voices: Voices, rows: list[Row]) -> tuple[Column, ...]:
    counted = frozenset(voices.counted)
    return tuple(
        Column(who.code, who.name, who.kind, who.role, who.code in counted, _tally(rows, place))
        for place, who in enumerate(participants)
    )


def _tally(rows: Sequence[Row], place: int) -> dict[Stance, int]:
    """How many paragraphs the delegation at a place has each stance on."""
    cells = (row.positions[place] for row in rows)
    stances = Counter(cell.stance for cell in cells if cell is not None and not cell.lapsed)
    return {stance: stances[stance] for stance in Stance if stances[stance]}
