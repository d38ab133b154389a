"""Taking the text away: the consolidated text at any moment, in every format and language that there is."""

from dataclasses import dataclass
from typing import Annotated, Final

from fastapi import APIRouter, Depends, Query, Request, Response

from app.http.server import Db, standing_of
from app.rules.permissions import Seat
from app.text.languages import Language
from app.views import drafts as views
from app.views.revisions import revisions
from app.views.translated_drafts import in_language
from app.views.translations import languages
from app.web.catalogue import N_
from app.web.pages import page
from app.web.routing import Page
from app.web.session import may

router = APIRouter(prefix="/n/{negotiation}", include_in_schema=False, route_class=Page)


@dataclass(frozen=True, slots=True)
class Offered:
    """A format that one can take a text away in, and what people call it."""

    format: views.Format
    name: str


_CALLED: Final = {
    views.Format.MARKDOWN: N_("Markdown (drafts format)"),
    views.Format.TEXT: N_("Plain text"),
    views.Format.JSON: N_("JSON, for programs"),
}
FORMATS: Final = tuple(Offered(one, _CALLED.get(one, one.value)) for one in views.Format)


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
    as_format: Annotated[views.Format, Query(alias="format")] = views.Format.MARKDOWN,
    at: Annotated[str | None, Query(max_length=40)] = None,
    language: Language | None = None,
) -> Response:
    """The text as a file: now, or as it stood `at` a revision, a record entry or a time; the same bytes as the API's
    export. In another language only where all of it is translated (TranslationIncomplete)."""
    standing = await standing_of(request, db, seat)
    found = await in_language(db, standing, await views.consolidated(db, standing, at or None), language)
    moment = "".join(c if c.isascii() and c.isalnum() else "-" for c in at or "").strip("-").lower()
    name = ".".join(part for part in (seat.negotiation, moment, language and language.value, as_format.value) if part)
    return Response(
        views.exported(found, as_format),
        media_type=views.MEDIA_TYPES[as_format],
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Chapeau-Entry": f"{found.seq} {found.hash}",
            "Cache-Control": "private, no-cache",
            "X-Content-Type-Options": "nosniff",
        },
    )
