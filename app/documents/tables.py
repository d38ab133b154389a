"""Tables as CSV and as XLSX, and the board as PDF: the same table always gives the same bytes, and nothing in a cell is
ever a formula."""

import csv
import io
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Final

import xlsxwriter

from app.documents.board import board_as_pdf
from app.problems import InvalidInput
from app.said import Said
from app.views.tables import Table, Value


class TableFormat(StrEnum):
    """What a table is written as."""

    CSV = "csv"
    XLSX = "xlsx"
    PDF = "pdf"  # of the board only


TABLE_MEDIA_TYPES: Final = {
    TableFormat.CSV: "text/csv; charset=utf-8",
    TableFormat.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    TableFormat.PDF: "application/pdf",
}

_FORMULAS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # what spreadsheets begin one with
_LONGEST: Final = 32_767  # characters: the most that a cell of a spreadsheet holds
_WIDEST: Final = 60  # characters of a column
_CUT: Final = " … (cut: the cell cannot hold more)"
_MARK: Final = "\ufeff"  # without it spreadsheets take UTF-8 for something else


def written_table(table: Table, as_format: TableFormat) -> bytes:
    """The table in a format. Costs processor time: not for the event loop.

    Raises InvalidInput for a PDF of another table than the board, FontMissing, DocumentTooLong.
    """
    match as_format:
        case TableFormat.CSV:
            return _csv(table)
        case TableFormat.XLSX:
            return _xlsx(table)
        case TableFormat.PDF:
            if table.board is None:
                raise InvalidInput.at(
                    "format", Said("only the board is set as PDF; ask for csv or xlsx of the other tables.")
                )
            return board_as_pdf(table.board.board, table.board.draft, table.origin)


def _csv(table: Table) -> bytes:
    """RFC 4180 in UTF-8 with its mark. The last column, `source`, says in each row where the table was taken from. A
    cell that a spreadsheet could take for a formula has an apostrophe before it."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([_harmless(name) for name in (*table.columns, "source")])
    source = str(table.origin)
    for row in table.rows:
        writer.writerow([_harmless(_text(value)) for value in (*row, source)])
    return (_MARK + out.getvalue()).encode()


def _xlsx(table: Table) -> bytes:
    """One sheet with the table, its heading frozen and with filters, and one that says where it was taken from."""
    out = io.BytesIO()
    never = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(out, {**never, "in_memory": True})
    book.set_properties({"title": f"{table.origin.negotiation}: {table.name}", "created": _naive(table.origin.at)})
    sheet = book.add_worksheet(table.name.capitalize())
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    body = book.add_format({"text_wrap": True, "valign": "top"})
    formats = {
        datetime: book.add_format({"num_format": "yyyy-mm-dd hh:mm", "valign": "top", "align": "left"}),
        date: book.add_format({"num_format": "yyyy-mm-dd", "valign": "top", "align": "left"}),
    }
    for column, name in enumerate(table.columns):
        sheet.write_string(0, column, _fitting(name), head)
        sheet.set_column(column, column, _width(name, [row[column] for row in table.rows]))
    for number, row in enumerate(table.rows, 1):
        for column, value in enumerate(row):
            match value:
                case datetime():
                    sheet.write_datetime(number, column, _naive(value), formats[datetime])
                case date():
                    sheet.write_datetime(number, column, value, formats[date])
                case int():
                    sheet.write_number(number, column, value, body)
                case str() if value:
                    sheet.write_string(number, column, _fitting(value), body)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(len(table.rows), 1), len(table.columns) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_footer(f"&L&8{str(table.origin)[:200].replace('&', '&&')}&R&8&P / &N")
    about = book.add_worksheet("Source")
    about.set_column(0, 0, 110)
    about.write_string(0, 0, str(table.origin))
    about.write_string(1, 0, "Times are in UTC.")
    book.close()
    return out.getvalue()


def _text(value: Value) -> str:
    match value:
        case None:
            return ""
        case datetime():
            return value.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
        case date():
            return value.isoformat()
        case _:
            return str(value)


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULAS) else cell


def _fitting(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - len(_CUT)] + _CUT


def _naive(at: datetime) -> datetime:
    """A time in UTC without its zone, which spreadsheets do not know."""
    return at.astimezone(UTC).replace(tzinfo=None)


def _width(name: str, values: list[Value]) -> int:
    longest = max((len(_text(value)) for value in values), default=0)
    return max(8, min(_WIDEST, max(len(name), longest) + 2))
