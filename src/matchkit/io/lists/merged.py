"""Merged cells: what stands in the first of them holds for all."""

from __future__ import annotations

from dataclasses import replace

from matchkit.errors import BudgetError
from matchkit.io.lists.findings import Notices, note
from matchkit.io.lists.headers import Sheet
from matchkit.io.location import where
from matchkit.io.sheets.grid import Grid
from matchkit.words import LANGUAGES, say

COUNTS = frozenset({"whole", "head_count", "points", "loads"})
"""Kinds of cells that may count for all merged rows together, or for each of them: filling them is a guess."""


def unmerged(grid: Grid) -> Grid:
    """The grid with merged cells filled from the first of each area; the grid itself where there are none.

    Raises BudgetError where the areas hold more cells than the grid, which only areas do that lie over each other.
    """
    if not grid.merged:
        return grid
    rows = [list(row) for row in grid.rows]
    cells = len(rows) * len(rows[0])
    for top, left, bottom, right in dict.fromkeys(grid.merged):
        below, beside = min(bottom, len(rows) - 1), min(right, len(rows[0]) - 1)
        if not (0 <= top < len(rows) and 0 <= left < len(rows[0])):
            continue
        cells -= max(0, below - top + 1) * max(0, beside - left + 1)
        if cells < 0:
            raise BudgetError(*(say("tables.over.merged", lang, where=where(grid).text(lang)) for lang in LANGUAGES))
        value = rows[top][left]
        for row in rows[top : below + 1]:
            for place in range(left, beside + 1):
                if row[place] is None or row[place] == "":
                    row[place] = value
    return replace(grid, rows=rows)


def tell_merged(sheet: Sheet, notices: Notices) -> None:
    """Tells of every column below the header in which merged cells were filled."""
    for column in sheet.table.columns:
        for place in sheet.places.get(column.name, ()):
            areas = [area for area in sheet.grid.merged if area[0] > sheet.header and area[1] <= place <= area[3] and area[2] > area[0]]
            if areas:
                spot = where(sheet.grid, areas[0][0], place, sheet.head(place))
                said = note("tables.merged", count=len(areas))
                notices.found("guess" if column.kind in COUNTS else "note", spot, said)
