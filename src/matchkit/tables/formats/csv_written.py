"""A grid as a text file: UTF-8 with a byte-order mark, as spreadsheet programs expect it, and no text that
they would calculate.
"""

from __future__ import annotations

import codecs
import csv
import io
from typing import Any

from matchkit.tables.formats.grid import Grid
from matchkit.tables.formats.neutral import neutralised
from matchkit.tables.formats.typed import written


def csv_bytes(grid: Grid) -> bytes:
    """The file: cells separated by commas, lines ended as RFC 4180 says, numbers as numbers."""
    made = io.StringIO(newline="")
    # With one column no comma tells what separates: quotes keep other marks from passing for it.
    alone = bool(grid.rows) and len(grid.rows[0]) == 1
    writer = csv.writer(made, quoting=csv.QUOTE_ALL if alone else csv.QUOTE_MINIMAL)
    writer.writerows([_told(cell) for cell in row] for row in grid.rows)
    return codecs.BOM_UTF8 + made.getvalue().encode()


def _told(cell: Any) -> Any:
    if cell is None or type(cell) is int or type(cell) is float:
        return cell
    return neutralised(cell if type(cell) is str else written(cell))
