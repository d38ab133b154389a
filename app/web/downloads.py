"""Taking the text away: the consolidated text at any moment, in every format and language that there is."""

from dataclasses import dataclass
from typing import Annotated, Final

from fastapi import APIRouter, Depends, Query, Request, Response

from app.documents.formats import MEDIA_TYPES, Format
from app.http.server import Db, server_of, standing_of
from app.rules.permissions import Seat
from app.text.languages import Language
from app.views.exports import Content, Wanted
from app.views.revisions import revisions
from app.views.translations import languages
from app.web.catalogue import N_
from app.web.pages import page
from app.web.routing import Page
from app.web.session import may

router = APIRouter(prefix="/n/{negotiation}", include_in_schema=False, route_class=Page)


@dataclass(frozen=True, slots=True)
class Offered:
    """A format that one can take a text away in, and what people call it."""

    format: Format
    name: str


_CALLED: Final = {
    Format.MARKDOWN: N_("Markdown (drafts format)"),
    Format.TEXT: N_("Plain text"),
    Format.JSON: N_("JSON, for programs"),
    Format.HTML: N_("Web page (HTML)"),
    Format.PDF: "PDF",
}
FORMATS: Final = tuple(Offered(one, _CALLED.get(one, one.value)) for one in Format)


@router.get("/downloads")
async def downloads_page(request: Request, db: Db, seat: Annotated[Seat, Depends(may("negotiation.read"))]) -> Response:
    """Every revision and the present text, in every format and every language that is complete."""
    standing = await standing_of(request, db, seat)
    return page(
        request,
        "downloads.html",
        seat=seat,
        here="draft",
        revisions=await revisions(db, seat.negotiation_id),
        formats=FORMATS,
        complete=[one for one in await languages(db, standing) if one.is_complete],
        zone=standing.negotiation.time_zone,
    )


@router.get("/export")
async def export(
    request: Request,
    db: Db,
    seat: Annotated[Seat, Depends(may("text.export"))],
    as_format: Annotated[Format, Query(alias="format")] = Format.MARKDOWN,
    content: Content = Content.TEXT,
    at: Annotated[str | None, Query(max_length=40)] = None,
    since: Annotated[str | None, Query(max_length=40)] = None,
    language: Language | None = None,
) -> Response:
    """The text as a file: now, or as it stood `at` a revision, a record entry or a time; the same bytes as the API's
    export. In another language only where all of it is translated (TranslationIncomplete)."""
    standing = await standing_of(request, db, seat)
    wanted = Wanted(content, at or None, since or None, language)
    found = await server_of(request).exports.of(db, standing, wanted, as_format)
    moments = [
        "".join(c if c.isascii() and c.isalnum() else "-" for c in m or "").strip("-").lower() for m in (since, at)
    ]
    shown = "" if content is Content.TEXT else content.value
    parts = (seat.negotiation, shown, *moments, language and language.value, as_format.value)
    name = ".".join(part for part in parts if part)
    return Response(
        found.content,
        media_type=MEDIA_TYPES[as_format],
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Chapeau-Entry": f"{found.seq} {found.hash}",
            "Cache-Control": "private, no-cache",
            "X-Content-Type-Options": "nosniff",
        },
    )


def _in_a_name(moment: str | None) -> str:
    """`Rev.1` as a part of the name of a file: `rev-1`."""
    return "".join(c if c.isascii() and c.isalnum() else "-" for c in moment or "").strip("-").lower()
