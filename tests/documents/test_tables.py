"""Tables for spreadsheets: every cell as it is, nothing that a spreadsheet runs, the same bytes each time."""

import csv
import io
from datetime import UTC, date, datetime

import openpyxl
import pypdf
import pytest

from app.documents.tables import TableFormat, written_table
from app.text.origin import Origin
from app.views.tables import Table, Value
from tests.documents.office import as_pdf, needs_office

AT = datetime(2023, 1, 16, 9, 0, 5, tzinfo=UTC)
ORIGIN = Origin("water", "", 17, "ab" * 32, AT)
HOSTILE = ["=1+1", "+cmd|' /C calc'!A0", "-2", "@SUM(A1)", "\t=1", "\r=1", "＝1", '=HYPERLINK("http://x","y")', "{=1}"]


def table(*rows: tuple[Value, ...]) -> Table:
    columns = tuple(f"column {at}" for at in range(len(rows[0]) if rows else 2))
    return Table("amendments", columns, rows, ORIGIN)


def as_csv(made: Table) -> list[list[str]]:
    return list(csv.reader(io.StringIO(written_table(made, TableFormat.CSV).decode("utf-8-sig"), newline="")))


def as_book(made: Table) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(written_table(made, TableFormat.XLSX)))


def test_a_table_in_csv_has_its_names_its_rows_and_where_it_was_taken_from() -> None:
    head, row = as_csv(table(("A1", 3, AT, date(2023, 1, 9), None, '« L’eau », "dit-elle"\nPP1')))
    assert head[-1] == "source"
    assert row[:-1] == ["A1", "3", "2023-01-16T09:00:05Z", "2023-01-09", "", '« L’eau », "dit-elle"\nPP1']
    assert row[-1] == str(ORIGIN)


@pytest.mark.parametrize("cell", HOSTILE)
def test_no_cell_is_a_formula(cell: str) -> None:
    made = table((cell, "after"))
    (_, row) = as_csv(made)
    assert row[0] in (cell, f"'{cell}")
    assert not row[0].startswith(("=", "+", "-", "@", "\t", "\r", "＝"))
    sheet = as_book(made).worksheets[0]
    assert sheet["A2"].data_type == "s"
    assert sheet["A2"].value.replace("_x000D_", "\r") == cell


def test_a_workbook_has_times_as_times_and_says_where_it_was_taken_from() -> None:
    book = as_book(table(("A1", 3, AT, date(2023, 1, 9), None, "=words")))
    sheet, about = book.worksheets
    assert [cell.value for cell in sheet[2]] == ["A1", 3, AT.replace(tzinfo=None), datetime(2023, 1, 9), None, "=words"]
    assert sheet.freeze_panes == "B2"
    assert about["A1"].value == str(ORIGIN)


def test_a_cell_longer_than_a_spreadsheet_holds_says_that_it_was_cut() -> None:
    sheet = as_book(table(("x" * 40_000, 1))).worksheets[0]
    assert len(sheet["A2"].value) == 32_767
    assert sheet["A2"].value.endswith("(cut: the cell cannot hold more)")


@pytest.mark.parametrize("as_format", [TableFormat.CSV, TableFormat.XLSX])
def test_the_same_table_gives_the_same_bytes(as_format: TableFormat) -> None:
    made = table(("A1", 3, AT), ("A2", 4, None))
    assert written_table(made, as_format) == written_table(made, as_format)


@pytest.mark.parametrize("as_format", [TableFormat.CSV, TableFormat.XLSX])
def test_a_table_without_rows_is_written(as_format: TableFormat) -> None:
    assert written_table(table(), as_format)


@needs_office
def test_a_workbook_opens_in_libreoffice() -> None:
    rows = [(f"A{number}", number, AT, date(2023, 1, 9), None, f"words {number}") for number in range(1, 60)]
    (printed,) = as_pdf([written_table(table(*rows), TableFormat.XLSX)], "xlsx")
    words = " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(printed)).pages)
    assert all(shown in words for shown in ("A1", "A59", "words 59", "2023-01-16 09:00", str(ORIGIN)[:30]))
