"""Grids to write, looked at before anything is written: rows of equal length, cells of known kinds, texts
that are text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from math import isfinite
from typing import Any

from matchkit.tables.formats.faults import Faults, too_large
from matchkit.tables.formats.grid import Grid
from matchkit.tables.formats.limits import (
    LONGEST_XLSX_CELL,
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_FILES,
    MOST_ROWS,
)

NO_TEXT = re.compile("[\ud800-\udfff\ufffe\uffff]")
"""Halves of characters and what is no character: no file could hold them."""
KINDS = frozenset({str, int, float, bool, datetime, date, time, timedelta, type(None)})


def check_sound(grids: Sequence[Grid], *, workbook: bool) -> None:
    """Raise InputError, with sheet, row and column, for every cell that a file could not hold; BudgetError
    for too many.
    """
    if len(grids) > MOST_FILES:
        too_large("sheets", "", most=MOST_FILES)
    if sum(len(grid.rows) * len(grid.rows[0]) for grid in grids if grid.rows) > MOST_CELLS:
        too_large(
            "cells",
            "",
            cells=sum(len(grid.rows) * len(grid.rows[0]) for grid in grids if grid.rows),
            most=MOST_CELLS,
        )
    faults = Faults()
    for grid in grids:
        width = len(grid.rows[0]) if grid.rows else 0
        if len(grid.rows) > MOST_ROWS:
            too_large("rows", grid.name, most=MOST_ROWS)
        if width > MOST_COLUMNS:
            too_large("columns", grid.name, most=MOST_COLUMNS)
        for line, row in enumerate(grid.rows, 1):
            if len(row) != width:
                faults.add("uneven", "", line, sheet=grid.name, cells=len(row), width=width)
            for column, cell in enumerate(row, 1):
                fault = _fault(cell, workbook)
                if fault:
                    faults.add(
                        fault, "", line, sheet=grid.name, column=column, most=LONGEST_XLSX_CELL
                    )
    faults.raise_if_any()


def _fault(cell: Any, workbook: bool) -> str | None:
    kind = type(cell)
    if kind is str:
        if NO_TEXT.search(cell):
            return "no_text"
        # A character has two units at most: the exact count is needed only beyond half the limit.
        long = (
            workbook
            and len(cell) > LONGEST_XLSX_CELL // 2
            and len(cell.encode("utf-16-le")) > 2 * LONGEST_XLSX_CELL
        )
        return "too_long" if long else None
    if kind is float and not isfinite(cell):
        return "no_number"
    return None if kind in KINDS else "no_kind"
