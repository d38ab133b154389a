"""The consolidated text and where it stands as a whole."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response

from app.api.context import may
from app.api.transactions import Transaction
from app.api.versions import NoneMatch, head_tag, standing_tag, tag_answer
from app.http.server import Db, standing_of
from app.record.database import now_of
from app.rules.permissions import Seat
from app.text.languages import Language
from app.views import drafts as views
from app.views.consensus import Consensus, consensus
from app.views.translated_drafts import in_language

router = APIRouter(prefix="/negotiations/{negotiation}", tags=["text"], route_class=Transaction)

At = Annotated[
    str | None,
    Query(
        max_length=40,
        description="A record entry, a revision (`Rev.1`), a reading (`reading 1`: as it was closed, or as it stands "
        "while open; `reading 1 opened`: as it was opened) or a time; by default now.",
        examples=["42"],
    ),
]

In = Annotated[
    Language | None,
    Query(description="An official language into which the whole text is translated; by default the authentic text."),
]


@router.get("/draft", operation_id="getDraft", summary="Read the consolidated text")
async def get_draft(
    request: Request,
    response: Response,
    db: Db,
    seat: Annotated[Seat, Depends(may("negotiation.read"))],
    at: At = None,
    language: In = None,
    _known: NoneMatch = None,
) -> views.Consolidated:
    """The text alone, clean, now or as it stood at any moment of the record. In another language it is given only when
    every paragraph of it has a translation that is up to date."""
    standing = await standing_of(request, db, seat)
    tag_answer(request, response, head_tag(seat.negotiation, standing.negotiation.head_seq))
    return await in_language(db, standing, await views.consolidated(db, standing, at), language)


@router.get(
    "/export",
    operation_id="exportDraft",
    summary="Export the consolidated text",
    response_class=Response,
    responses={
        200: {
            "description": "The text in the format asked for. `Chapeau-Entry` names the record entry it stands at.",
            "content": {
                "text/markdown": {"schema": {"type": "string"}},
                "text/plain": {"schema": {"type": "string"}},
                "application/json": {"schema": {"type": "object"}},
            },
        }
    },
)
async def export_draft(
    request: Request,
    db: Db,
    seat: Annotated[Seat, Depends(may("text.export"))],
    as_format: Annotated[views.Format, Query(alias="format")] = views.Format.MARKDOWN,
    at: At = None,
    language: In = None,
    _known: NoneMatch = None,
) -> Response:
    """In the drafts/ format, as plain text or as JSON. The same text always gives the same bytes. In another language,
    as getDraft."""
    standing = await standing_of(request, db, seat)
    response = Response(media_type=views.MEDIA_TYPES[as_format])
    tag_answer(request, response, f"{head_tag(seat.negotiation, standing.negotiation.head_seq)}.{as_format}")
    found = await in_language(db, standing, await views.consolidated(db, standing, at), language)
    name = seat.negotiation if language is None else f"{seat.negotiation}.{language}"
    response.body = views.exported(found, as_format).encode()
    response.headers["Content-Length"] = str(len(response.body))
    response.headers["Chapeau-Entry"] = f"{found.seq} {found.hash}"
    response.headers["Content-Disposition"] = f'inline; filename="{name}.{as_format}"'
    return response


@router.get("/consensus", operation_id="getConsensus", summary="Read where the whole text stands")
async def get_consensus(
    request: Request,
    response: Response,
    db: Db,
    seat: Annotated[Seat, Depends(may("negotiation.read"))],
    _known: NoneMatch = None,
) -> Consensus:
    """The status of every paragraph with its reasons. Nothing is agreed until everything is agreed."""
    standing, now = await standing_of(request, db, seat), now_of(db)
    tag_answer(request, response, standing_tag(standing, now))
    return consensus(standing, now)
