"""Clauses: their wording, history and differences, positions on them, editorial changes and rulings."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Request, Response

from app.actions import drafting, positions, ruling
from app.api.context import may
from app.api.inputs import EditIn, PositionIn, ReasonIn, RulingIn
from app.api.paging import Cursor, Limit, Page, after_number, page_of
from app.api.transactions import Once, Transaction
from app.api.versions import Expected, NoneMatch, day_tag, head_tag, standing_tag, tag_answer, tag_written
from app.http.server import Db, standing_of
from app.record.database import now_of
from app.rules.permissions import Seat
from app.rules.standing import ClauseStanding, version_tag
from app.views import clauses as views
from app.views.consensus import ParagraphStatus, paragraph_status
from app.views.positions import PositionTaken, clause_positions

router = APIRouter(prefix="/negotiations/{negotiation}/clauses", tags=["clauses"], route_class=Transaction)

Name = Annotated[str, Path(max_length=100, description="The label (`OP4`, `PP3 bis`, `op4(a)`) or the key (`c7`).")]
Number = Annotated[int, Path(ge=1, le=1_000_000, description="A version number.")]
Reader = Annotated[Seat, Depends(may("negotiation.read"))]


@router.get("", operation_id="listClauses", summary="Read all clauses with their status")
async def list_clauses(
    request: Request,
    response: Response,
    db: Db,
    seat: Reader,
    removed: Annotated[bool, Query(description="Also show paragraphs that were removed.")] = False,
    _known: NoneMatch = None,
) -> Sequence[views.Clause]:
    """In the order of the document."""
    standing, now = await standing_of(request, db, seat), now_of(db)
    tag_answer(request, response, standing_tag(standing, now))
    return views.clauses_view(standing, seat, now, with_removed=removed)


@router.get("/{clause}", operation_id="getClause", summary="Read a clause")
async def get_clause(
    request: Request, response: Response, db: Db, seat: Reader, clause: Name, _known: NoneMatch = None
) -> views.Clause:
    """Its wording, where it stands and why, who said what. Its ETag is what If-Match wants when you change it."""
    found = await _found(request, db, seat, clause)
    _tag(request, response, found)
    return views.clause_view(found, seat, now_of(db))


@router.get("/{clause}/versions", operation_id="listVersions", summary="Read the history of a clause")
async def list_versions(request: Request, db: Db, seat: Reader, clause: Name) -> Sequence[views.Version]:
    """Every text it has had, oldest first, and where each came from."""
    return await views.versions(db, await _found(request, db, seat, clause))


@router.get("/{clause}/versions/{number}", operation_id="getVersion", summary="Read one version of a clause")
async def get_version(request: Request, db: Db, seat: Reader, clause: Name, number: Number) -> views.Version:
    """A version never changes."""
    return await views.version(db, await _found(request, db, seat, clause), number)


@router.get("/{clause}/diff", operation_id="diffVersions", summary="Compare two versions of a clause")
async def diff_versions(
    request: Request,
    db: Db,
    seat: Reader,
    clause: Name,
    old: Annotated[int, Query(alias="from", ge=1, le=1_000_000, description="The older version.")],
    new: Annotated[int | None, Query(alias="to", ge=1, le=1_000_000, description="By default the current one.")] = None,
) -> views.Difference:
    """Word by word: runs of text that are equal, deleted or inserted."""
    found = await _found(request, db, seat, clause)
    return await views.difference(db, found, old, found.clause.version if new is None else new)


@router.get("/{clause}/consensus", operation_id="getClauseConsensus", summary="Read where a clause stands")
async def get_clause_consensus(
    request: Request, response: Response, db: Db, seat: Reader, clause: Name, _known: NoneMatch = None
) -> ParagraphStatus:
    """Its status, because of what, and what would move it on."""
    found = await _found(request, db, seat, clause)
    _tag(request, response, found)
    return paragraph_status(found.label, found.key, found.clause.version, found.status(now_of(db)))


@router.get("/{clause}/positions", operation_id="listPositions", summary="Read every position taken on a clause")
async def list_positions(
    request: Request,
    response: Response,
    db: Db,
    seat: Reader,
    clause: Name,
    limit: Limit = 50,
    cursor: Cursor = None,
    _known: NoneMatch = None,
) -> Page[PositionTaken]:
    """On any version, oldest first, and how each ended: replaced, withdrawn, or lapsed because the text changed."""
    found = await _found(request, db, seat, clause)
    tag_answer(request, response, head_tag(seat.negotiation, request.state.head_seq))
    taken = await clause_positions(db, seat, found, after=after_number(cursor), limit=limit + 1)
    return page_of(taken, limit, lambda position: position.seq)


@router.post(
    "/{clause}/versions",
    status_code=201,
    operation_id="editClause",
    summary="Make an editorial change",
)
async def edit_clause(
    response: Response,
    db: Db,
    seat: Annotated[Seat, Depends(may("clause.edit"))],
    _once: Once,
    clause: Name,
    change: EditIn,
    expected: Expected,
) -> drafting.NewVersion:
    """A new version whose substance is the same: positions are kept. For substance, propose an amendment."""
    made = await drafting.edit(db, seat, clause, expected, change.text, change.reason)
    tag_written(response, version_tag(made.key, made.version), made.seq)
    return made


@router.put("/{clause}/position", operation_id="takePosition", summary="Say where your delegation stands on a clause")
async def take_position(
    db: Db,
    seat: Annotated[Seat, Depends(may("position.take"))],
    clause: Name,
    position: PositionIn,
    expected: Expected,
) -> positions.Taken:
    """Support, accept (can live with it), reserve (awaiting instructions) or object, on the version you have read."""
    return await positions.take_on_clause(db, seat, clause, expected, position.stance, position.reason)


@router.delete("/{clause}/position", operation_id="withdrawPosition", summary="Take back your position on a clause")
async def withdraw_position(
    db: Db, seat: Annotated[Seat, Depends(may("position.withdraw"))], clause: Name, expected: Expected
) -> positions.Taken:
    """Your delegation is silent again, or its group speaks for it."""
    return await positions.withdraw_from_clause(db, seat, clause, expected)


@router.post("/{clause}/rulings", status_code=201, operation_id="ruleClause", summary="Rule a clause agreed")
async def rule_clause(
    db: Db,
    seat: Annotated[Seat, Depends(may("clause.rule"))],
    _once: Once,
    clause: Name,
    new: RulingIn,
    expected: Expected,
) -> ruling.Ruled:
    """Agreed, or agreed ad referendum. Refused while an objection or an open amendment stands."""
    return await ruling.rule(db, seat, clause, expected, new.kind, new.pending, new.package)


@router.post("/{clause}/reopen", operation_id="reopenClause", summary="Reopen a clause")
async def reopen_clause(
    db: Db,
    seat: Annotated[Seat, Depends(may("clause.reopen"))],
    _once: Once,
    clause: Name,
    why: ReasonIn,
    expected: Expected,
) -> ruling.Ruled:
    """What was ruled agreed or ad ref, or what a silence passed on, takes amendments and positions again."""
    return await ruling.reopen(db, seat, clause, expected, why.reason)


async def _found(request: Request, db: Db, seat: Seat, name: str) -> ClauseStanding:
    return views.clause_in(await standing_of(request, db, seat), name)


def _tag(request: Request, response: Response, found: ClauseStanding) -> None:
    """`c7.v4@42.20230116`, and a mark when a silence on it has passed and is not on the record yet."""
    silence = found.facts.silence
    now = now_of(request.state.db)
    passed = ".passed" if silence is not None and silence.has_passed(now) else ""
    tag_answer(request, response, day_tag(f"{found.tag}@{request.state.head_seq}", now) + passed)
