"""The consolidated text and where it stands as a whole."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response

from app.api.context import may
from app.api.transactions import Transaction
from app.api.versions import NoneMatch, head_tag, standing_tag, tag_answer
from app.documents.formats import MEDIA_TYPES, Format
from app.http.server import Db, server_of, standing_of
from app.record.database import now_of
from app.rules.permissions import Seat
from app.text.languages import Language
from app.views import drafts as views
from app.views.consensus import Consensus, consensus
from app.views.exports import Content, Wanted
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
    summary="Export the text, its compilation, or its changes",
    response_class=Response,
    responses={
        200: {
            "description": "The text in the format asked for. `Chapeau-Entry` names the record entry it stands at.",
            "content": {media_type.partition(";")[0]: {} for media_type in MEDIA_TYPES.values()},
        }
    },
)
async def export_draft(
    request: Request,
    db: Db,
    seat: Annotated[Seat, Depends(may("text.export"))],
    as_format: Annotated[Format, Query(alias="format")] = Format.MARKDOWN,
    content: Annotated[
        Content, Query(description="The text alone, with every open proposal in place, or the changes since a moment.")
    ] = Content.TEXT,
    at: At = None,
    since: Annotated[str | None, Query(max_length=40, description="For changes: the earlier moment.")] = None,
    language: In = None,
    _known: NoneMatch = None,
) -> Response:
    """Word, PDF, Markdown and the other formats, of the text, of the compilation, or of the changes since another
    moment. The same text always gives the same bytes. In another language, as getDraft."""
    standing = await standing_of(request, db, seat)
    response = Response(media_type=MEDIA_TYPES[as_format])
    tag_answer(request, response, f"{head_tag(seat.negotiation, standing.negotiation.head_seq)}.{as_format}")
    wanted = Wanted(content, at, since, language)
    found = await server_of(request).exports.of(db, standing, wanted, as_format)
    parts = (seat.negotiation, "" if content is Content.TEXT else content, language)
    name = ".".join(part for part in parts if part)
    response.body = found.content
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
