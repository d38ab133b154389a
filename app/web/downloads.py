"""Taking the text away: clean, with every proposal in place or with what changed; and tables for spreadsheets."""

import asyncio
from dataclasses import dataclass
from typing import Annotated, Final

from fastapi import APIRouter, Depends, Query, Request, Response

from app.documents.formats import MEDIA_TYPES, Format
from app.documents.tables import TABLE_MEDIA_TYPES, TableFormat, written_table
from app.http.server import Db, server_of, standing_of
from app.rules.permissions import Seat
from app.text.languages import Language
from app.views.exports import Content, Wanted
from app.views.revisions import revisions
from app.views.tables import TableName, table
from app.views.translations import languages
from app.web.catalogue import N_
from app.web.pages import may as offered
from app.web.pages import page
from app.web.routing import Page
from app.web.session import may

router = APIRouter(prefix="/n/{negotiation}", include_in_schema=False, route_class=Page)


@dataclass(frozen=True, slots=True)
class Offered:
    """A format that one can take a text away in, and what people call it."""

    format: Format
    name: str


_CALLED: Final = {  # in the order in which they are offered: what people work in first
    Format.WORD: N_("Word"),
    Format.PDF: "PDF",
    Format.HTML: N_("Web page (HTML)"),
    Format.TEXT: N_("Plain text"),
    Format.MARKDOWN: N_("Markdown (drafts format)"),
    Format.AKOMA_NTOSO: "Akoma Ntoso (XML)",
    Format.JSON: N_("JSON, for programs"),
}
_FOR_ALL: Final = [one for one in TableName if one is not TableName.OUTREACH]
FORMATS: Final = tuple(Offered(one, _CALLED.get(one, one.value)) for one in dict.fromkeys((*_CALLED, *Format)))


@router.get("/downloads")
async def downloads_page(request: Request, db: Db, seat: Annotated[Seat, Depends(may("negotiation.read"))]) -> Response:
    """Every revision and the present text, in every format and every language that is complete; the compilation, what
    changed since each revision, and the tables."""
    standing = await standing_of(request, db, seat)
    return page(
        request,
        "downloads.html",
        seat=seat,
        here="draft",
        revisions=await revisions(db, seat.negotiation_id),
        formats=FORMATS,
        tables=list(TableName) if offered(seat, "outreach.read") else _FOR_ALL,
        table_formats=[TableFormat.CSV, TableFormat.XLSX],
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
    shown = "" if content is Content.TEXT else content.value
    parts = (seat.negotiation, shown, _in_a_name(since), _in_a_name(at), language and language.value, as_format.value)
    name = ".".join(part for part in parts if part)
    return _file(found.content, MEDIA_TYPES[as_format], name, f"{found.seq} {found.hash}")


@router.get("/tables/{table_name}")
async def export_table(
    request: Request,
    db: Db,
    seat: Annotated[Seat, Depends(may("text.export"))],
    table_name: TableName,
    as_format: Annotated[TableFormat, Query(alias="format")] = TableFormat.CSV,
) -> Response:
    """A table for spreadsheets as a file. The outreach is for those who hold the pen."""
    found = await table(db, seat, await standing_of(request, db, seat), table_name)
    content = await asyncio.to_thread(written_table, found, as_format)
    name = f"{seat.negotiation}.{table_name}.{as_format}"
    return _file(content, TABLE_MEDIA_TYPES[as_format], name, f"{found.origin.seq} {found.origin.hash}")


def _file(content: bytes, media_type: str, name: str, entry: str) -> Response:
    return Response(
        content,
        media_type=media_type,
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Chapeau-Entry": entry,
            "Cache-Control": "private, no-cache",
            "X-Content-Type-Options": "nosniff",
        },
    )


def _in_a_name(moment: str | None) -> str:
    """`Rev.1` as a part of the name of a file: `rev-1`."""
    return "".join(c if c.isascii() and c.isalnum() else "-" for c in moment or "").strip("-").lower()
