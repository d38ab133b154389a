"""A negotiation as tables for spreadsheets."""

import asyncio
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response

from app.api.context import may
from app.api.transactions import Transaction
from app.api.versions import NoneMatch, standing_tag, tag_answer
from app.documents.tables import TABLE_MEDIA_TYPES, TableFormat, written_table
from app.http.server import Db, standing_of
from app.record.database import now_of
from app.rules.permissions import Seat
from app.views.tables import TableName, table

router = APIRouter(prefix="/negotiations/{negotiation}", tags=["text"], route_class=Transaction)


@router.get(
    "/tables/{table_name}",
    operation_id="exportTable",
    summary="Export a table for spreadsheets",
    response_class=Response,
    responses={
        200: {
            "description": "The table in the format asked for. `Chapeau-Entry` names the record entry it stands at.",
            "content": {media_type.partition(";")[0]: {} for media_type in TABLE_MEDIA_TYPES.values()},
        }
    },
)
async def export_table(
    request: Request,
    db: Db,
    seat: Annotated[Seat, Depends(may("text.export"))],
    table_name: TableName,
    as_format: Annotated[TableFormat, Query(alias="format")] = TableFormat.CSV,
    _known: NoneMatch = None,
) -> Response:
    """The amendments that you may see, the positions, the board, the sponsors or, for those who hold the pen, the
    outreach. Nothing in a cell is a formula; times are in UTC."""
    standing = await standing_of(request, db, seat)
    response = Response(media_type=TABLE_MEDIA_TYPES[as_format])
    tag_answer(request, response, f"{standing_tag(standing, now_of(db))}.{table_name}.{as_format}")
    found = await table(db, seat, standing, table_name)
    response.body = await asyncio.to_thread(written_table, found, as_format)
    response.headers["Content-Length"] = str(len(response.body))
    response.headers["Chapeau-Entry"] = f"{found.origin.seq} {found.origin.hash}"
    response.headers["Content-Disposition"] = f'attachment; filename="{seat.negotiation}.{table_name}.{as_format}"'
    return response
