"""The compilation, what changed between two moments, and the editorial checks."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Request, Response

from app.api.context import may
from app.api.transactions import Transaction
from app.api.versions import NoneMatch, head_tag, tag_answer
from app.http.server import Db, standing_of
from app.rules.permissions import Seat
from app.rules.standing import Standing
from app.text.editorial import Finding
from app.views import compilations as views
from app.views.clauses import clause_in

router = APIRouter(prefix="/negotiations/{negotiation}", tags=["text"], route_class=Transaction)

Reader = Annotated[Seat, Depends(may("negotiation.read"))]


async def _standing(request: Request, response: Response, db: Db, seat: Seat) -> Standing:
    tag_answer(request, response, head_tag(seat.negotiation, request.state.head_seq))
    return await standing_of(request, db, seat)


@router.get("/compilation", operation_id="getCompilation", summary="Read the text with every open proposal in place")
async def get_compilation(
    request: Request, response: Response, db: Db, seat: Reader, _known: NoneMatch = None
) -> Sequence[views.CompiledParagraph]:
    """Words kept, added and deleted, with the delegations behind each; identical proposals share one bracket."""
    return views.compiled_draft(await _standing(request, response, db, seat))


@router.get(
    "/clauses/{clause}/compilation",
    operation_id="getClauseCompilation",
    summary="Read a clause with every open proposal in place",
)
async def get_clause_compilation(
    request: Request,
    response: Response,
    db: Db,
    seat: Reader,
    clause: Annotated[str, Path(max_length=100, description="The label or the key.")],
    _known: NoneMatch = None,
) -> views.CompiledParagraph:
    """And which proposals touch the same words, with the words at stake."""
    return views.compiled_clause(clause_in(await _standing(request, response, db, seat), clause))


@router.get("/changes", operation_id="listChanges", summary="Compare the text at two moments")
async def list_changes(
    request: Request,
    response: Response,
    db: Db,
    seat: Reader,
    old: Annotated[
        str,
        Query(
            alias="from",
            max_length=40,
            description="A record entry, a revision, a reading or a time; by default the first.",
        ),
    ] = "1",
    new: Annotated[str | None, Query(alias="to", max_length=40, description="The same; by default now.")] = None,
    _known: NoneMatch = None,
) -> Sequence[views.TextChange]:
    """Paragraphs equal, changed, inserted, deleted, moved, split or merged, each word by word."""
    return await views.changes_between(db, await _standing(request, response, db, seat), old, new)


@router.get("/editorial-findings", operation_id="listEditorialFindings", summary="Check the house style of the text")
async def list_editorial_findings(
    request: Request, response: Response, db: Db, seat: Reader, _known: NoneMatch = None
) -> Sequence[Finding]:
    """Each with its rule, severity, place and, where one is certain, the text put right."""
    return views.editorial_findings(await _standing(request, response, db, seat))
