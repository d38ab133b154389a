"""A negotiation as tables for spreadsheets: its amendments, positions, board, sponsors and outreach, a row each."""

from collections.abc import AsyncIterator, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.record.database import now_of
from app.record.journal import Entry
from app.rules.permissions import Seat
from app.rules.positions import EffectivePosition, Stance
from app.rules.standing import Standing
from app.text.clauses import Draft
from app.text.origin import Origin
from app.views.amendments import Amendment, AmendmentFilter, amendments
from app.views.board import Board, board
from app.views.outreach import outreach
from app.views.sponsors import sponsors

Value = str | int | date | datetime | None

_PAGE: Final = 1_000  # amendments read at a time


class TableName(StrEnum):
    """Which table of a negotiation."""

    AMENDMENTS = "amendments"
    POSITIONS = "positions"
    BOARD = "board"
    SPONSORS = "sponsors"
    OUTREACH = "outreach"


@dataclass(frozen=True, slots=True)
class BoardOf:
    """The board, and the draft whose paragraphs it shows."""

    board: Board
    draft: Draft


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a row of names above it. Times are in UTC; `origin` is the head of the record when it was made.
    `board` is what the table of the board has in its rows."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    origin: Origin
    board: BoardOf | None = None


async def table(db: AsyncSession, seat: Seat, standing: Standing, wanted: TableName) -> Table:
    """What the seat may see of a negotiation as one of its tables. One statement and those of the view behind it: five
    for every 1,000 amendments, two for the sponsors, four for the outreach, none for positions and board.

    Raises NotPermitted and ScopeTooNarrow for the outreach, which is for those who hold the pen.
    """
    columns: tuple[str, ...]
    rows: list[tuple[Value, ...]]
    shown: BoardOf | None = None
    match wanted:
        case TableName.AMENDMENTS:
            columns, rows = _AMENDMENT_COLUMNS, [_amendment(one) async for one in _all(db, seat)]
        case TableName.POSITIONS:
            columns, rows = _POSITION_COLUMNS, list(_positions(standing))
        case TableName.BOARD:
            shown = BoardOf(board(standing, now_of(db)), standing.draft())
            columns, rows = _board(shown.board)
        case TableName.SPONSORS:
            columns, rows = _SPONSOR_COLUMNS, await _sponsors(db, seat)
        case TableName.OUTREACH:
            seat.must("outreach.read")
            columns, rows = _OUTREACH_COLUMNS, await _outreach(db, seat)
    return Table(wanted.value, columns, tuple(rows), await _origin(db, standing), shown)


_AMENDMENT_COLUMNS: Final = (
    *("amendment", "status", "kind", "clause", "paragraph", "proposer", "cosponsors", "changes", "proposed text"),
    *("rationale", "in conflict", "support", "accept", "reserve", "object", "outcome", "submitted", "settled"),
)
_POSITION_COLUMNS: Final = (
    *("paragraph", "clause", "version", "status", "delegation", "name", "stance", "through", "reason", "on version"),
    "since",
)
_SPONSOR_COLUMNS: Final = ("state", "name", "kind", "on behalf of", "since", "until", "at adoption", "how", "how left")
_OUTREACH_COLUMNS: Final = ("state", "name", "step", "learned from", "since", "notes", "last meeting")


async def _all(db: AsyncSession, seat: Seat) -> AsyncIterator[Amendment]:
    after, is_full = 0, True
    while is_full:
        found = await amendments(db, seat, AmendmentFilter(), after=after, limit=_PAGE)
        is_full = len(found) == _PAGE
        for one in found:
            yield one
            after = int(one.name[1:])


def _amendment(one: Amendment) -> tuple[Value, ...]:
    said = {stance: ", ".join(p.delegation for p in one.positions if p.stance is stance) for stance in Stance}
    words = one.texts or ((one.text,) if one.text else ())
    return (
        *(one.name, one.status.value, one.kind.value, one.clause, one.label, one.proposer, ", ".join(one.cosponsors)),
        *(one.difference.marked, " ¶ ".join(words), one.rationale, "yes" if one.conflicts else ""),
        *(said[Stance.SUPPORT], said[Stance.ACCEPT], said[Stance.RESERVE], said[Stance.OBJECT]),
        *(one.reason, one.submitted_at, one.settled_at),
    )


def _positions(standing: Standing) -> Iterator[tuple[Value, ...]]:
    """Those that count now, those of groups that count through their members, and those that lapsed."""
    names = {participant.code: participant.name for participant in standing.participants}
    for found in standing.clauses:
        facts = found.facts
        said: Iterable[EffectivePosition] = (*facts.positions, *facts.groups, *facts.lapsed)
        for one in sorted(said, key=lambda position: (position.delegation, position.version)):
            status = "lapsed" if one in facts.lapsed else "stands" if one.counts else "stands, not counted"
            yield (
                *(found.label, found.key, found.clause.version, status, one.delegation),
                *(names.get(one.delegation, one.delegation), one.stance.value, one.via, one.reason, one.version),
                one.since,
            )


def _board(whole: Board) -> tuple[tuple[str, ...], list[tuple[Value, ...]]]:
    """Paragraphs by delegations: what each is held to say, with the group that says it, in brackets where it lapsed."""
    columns = ("paragraph", "clause", "version", "status", "open amendments", *(one.code for one in whole.delegations))
    rows: list[tuple[Value, ...]] = []
    for row in whole.clauses:
        cells = []
        for cell in row.positions:
            shown = "" if cell is None else cell.stance.value + (f" ({cell.via})" if cell.via else "")
            cells.append(f"[{shown}]" if cell is not None and cell.lapsed else shown)
        rows.append((row.label, row.key, row.version, row.status.value, row.amendments, *cells))
    return columns, rows


async def _sponsors(db: AsyncSession, seat: Seat) -> list[tuple[Value, ...]]:
    found = await sponsors(db, seat, with_former=True)
    return [
        (
            *(one.code, one.name, one.kind.value, one.on_behalf_of, one.since, one.until),
            *("yes" if one.at_adoption else "", one.how, one.how_left),
        )
        for one in found.sponsors
    ]


async def _outreach(db: AsyncSession, seat: Seat) -> list[tuple[Value, ...]]:
    found = await outreach(db, seat)
    return [
        (one.code, one.name, one.step.value, one.source.value, one.since, one.notes, one.last_held_on)
        for one in found.states
    ]


async def _origin(db: AsyncSession, standing: Standing) -> Origin:
    facts = standing.negotiation
    at = await db.scalar(select(Entry.at).where(Entry.negotiation_id == facts.id, Entry.seq == facts.head_seq))
    assert at is not None  # noqa: S101 - the head of a record is in it
    return Origin(facts.slug, "", facts.head_seq, facts.head_hash, at)
