"""Grids as a workbook (.xlsx) in which every text stays text: no formula, no link, no number made of
digits.
"""

from __future__ import annotations

import io
import re
import tempfile
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from html import escape
from typing import Any
from unicodedata import east_asian_width

from matchkit.tables.formats.faults import extra
from matchkit.tables.formats.grid import Grid
from matchkit.tables.formats.names import sheet_names
from matchkit.tables.formats.plain import written

CREATED = datetime(2020, 1, 1)  # noqa: DTZ001 - the format knows no zone; always the same, so that the same input gives the same bytes
OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}
FORMATS = {
    datetime: "yyyy-mm-dd hh:mm:ss",
    date: "yyyy-mm-dd",
    time: "hh:mm:ss",
    timedelta: "[h]:mm:ss",
}
NARROWEST, WIDEST = 8, 50
"""Widths of columns, in characters."""
LOOKED_AT = 200
"""So many rows tell how wide a column should be."""
MOST_EXACT = 10**15
"""A whole number of more than 15 digits would lose some of them in a spreadsheet program: it is written as
text.
"""
EARLIEST = date(1900, 3, 1)
"""Before this day spreadsheet programs count wrongly: such a date is written as text."""
AWKWARD = re.compile(r"<r>.*</r>|.*_x[0-9A-Fa-f]{4}_x[0-9A-Fa-f]{4}_.*", re.DOTALL)
"""Texts that xlsxwriter would write as markup, or escape by halves."""
ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)|[\x00-\x08\x0b-\x1f]")


class Exact(float):
    """A number that xlsxwriter writes with all its digits; it would round to 16 of them."""

    def __format__(self, form: str) -> str:
        return repr(float(self))


def workbook_bytes(grids: Sequence[Grid]) -> bytes:
    """The workbook, a sheet each grid, its first row bold and frozen above a filter. The same grids give the
    same bytes.
    """
    xlsxwriter = extra("xlsxwriter")
    made = io.BytesIO()
    with tempfile.TemporaryDirectory(prefix="matchkit-") as folder:
        book = xlsxwriter.Workbook(made, {**OPTIONS, "tmpdir": folder})
        book.set_properties({"created": CREATED})
        formats = {
            kind: book.add_format({"num_format": form})
            for kind, form in FORMATS.items()
        }
        bold = book.add_format({"bold": True})
        for name, grid in zip(
            sheet_names(grid.name for grid in grids), grids, strict=True
        ):
            _write_sheet(book.add_worksheet(name), grid, formats, bold)
        if not grids:
            book.add_worksheet()
        book.close()
    return made.getvalue()


def _write_sheet(sheet: Any, grid: Grid, formats: dict[type, Any], bold: Any) -> None:
    # Lengths are checked already, and markup of awkward texts is longer than they are.
    sheet.xls_strmax = 2**31
    for column, width in enumerate(_widths(grid)):
        sheet.set_column(column, column, width)
    if grid.rows and grid.rows[0]:
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(1, len(grid.rows) - 1), len(grid.rows[0]) - 1)
    for line, row in enumerate(grid.rows):
        for column, cell in enumerate(row):
            if cell is not None and cell != "":
                _write_cell(
                    sheet, line, column, cell, formats, bold if line == 0 else None
                )


def _write_cell(
    sheet: Any, line: int, column: int, cell: Any, formats: dict[type, Any], form: Any
) -> None:
    kind = type(cell)
    if kind is bool:
        sheet.write_boolean(line, column, cell, form)
    elif kind is int and abs(cell) < MOST_EXACT:
        sheet.write_number(line, column, cell, form)
    elif kind is float:
        sheet.write_number(line, column, Exact(cell), form)
    elif kind in formats and _countable(cell):
        sheet.write_datetime(line, column, cell, formats[kind])
    else:
        text = cell if kind is str else written(cell)
        text = _marked_up(text) if AWKWARD.fullmatch(text) else text
        sheet.write_string(line, column, text, form)


def _countable(cell: Any) -> bool:
    if isinstance(cell, datetime):
        return (
            cell.tzinfo is None
            and cell.date() >= EARLIEST
            and cell.microsecond % 1000 == 0
        )
    if isinstance(cell, date):
        return cell >= EARLIEST
    if isinstance(cell, time):
        return cell.tzinfo is None and cell.microsecond % 1000 == 0
    return (
        bool(timedelta(0) <= cell < timedelta(days=10_000))
        and cell.microseconds % 1000 == 0
    )


def _marked_up(text: str) -> str:
    """The text as a run of rich text, which xlsxwriter passes on as it is: escaped here, for the sheet and
    then for XML.
    """
    for_sheet = ESCAPE.sub(lambda found: f"_x{ord(found[0]):04X}_", text)
    return (
        f'<r><t xml:space="preserve">{escape(for_sheet).replace("_", "&#95;")}</t></r>'
    )


def _widths(grid: Grid) -> list[float]:
    """A width each column by its longest cell near the top, wide characters counted twice."""
    columns = zip(*grid.rows[:LOOKED_AT], strict=True)
    return [
        min(WIDEST, max(NARROWEST, 2 + max(map(_width, cells)))) for cells in columns
    ]


def _width(cell: Any) -> int:
    text = "" if cell is None else cell if type(cell) is str else written(cell)
    text = text[:WIDEST].partition("\n")[0]
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)
