"""Merged cells: what stands in the first of them holds for all rows, and in the header for all columns."""

from __future__ import annotations

from dataclasses import replace

from matchkit.errors import BudgetError
from matchkit.messages.message import Message
from matchkit.tables.findings import Notices
from matchkit.tables.formats.grid import Grid
from matchkit.tables.formats.plain import blank
from matchkit.tables.importer.headers import Sheet
from matchkit.tables.importer.no_record import is_sum
from matchkit.tables.location import where

COUNTS = frozenset({"whole", "head_count", "points", "loads"})
"""Kinds of cells that may count for all merged rows together, or for each of them: filling them is a guess.
"""


def unmerged(grid: Grid) -> Grid:
    """The grid with the first column of each merged area filled from its first cell; the grid itself where
    there are none.

    Other columns stay empty: what is merged sideways over cells of a record is no value of each of them.

    Raises BudgetError where the areas hold more cells than the grid, which only areas do that lie over each
    other.
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
            raise BudgetError(Message.of("tables.over.merged", where=where(grid)))
        value = rows[top][left]
        for row in rows[top : below + 1]:
            if row[left] is None or row[left] == "":
                row[left] = value
    return replace(grid, rows=rows)


def tell_merged(sheet: Sheet, notices: Notices) -> None:
    """Tells of every column below the header in which merged cells were filled."""
    for column in sheet.table.columns:
        for place in sheet.places.get(column.name, ()):
            areas = [
                area
                for area in sheet.grid.merged
                if area[0] > sheet.header and area[1] == place and area[2] > area[0]
            ]
            if areas:
                spot = where(sheet.grid, areas[0][0], place, sheet.head(place))
                said = Message.of("tables.merged", count=len(areas))
                notices.found("guess" if column.kind in COUNTS else "note", spot, said)


def headings(sheet: Sheet, notices: Notices) -> set[int]:
    """Rows below the header over whose columns one area is merged: they head those that follow and hold no
    record.

    Where other cells of such a row hold something, it stays, and that the area was read in its first column
    alone is to be confirmed.
    """
    used = sorted({place for places in sheet.places.values() for place in places})
    found: set[int] = set()
    beside: dict[int, list[int]] = {}
    for top, left, bottom, right in sheet.grid.merged:
        if (
            left == right
            or not sheet.header < top < len(sheet.grid.rows)
            or sum(left <= place <= right for place in used) < 2
        ):
            continue
        rows = range(top, min(bottom + 1, len(sheet.grid.rows)))
        value = sheet.grid.rows[top][left]
        if blank(value) or (isinstance(value, str) and is_sum(value)):
            continue
        others = (
            (place, cell) for row in rows for place, cell in enumerate(sheet.grid.rows[row])
        )
        if any(
            place != left and place not in sheet.numbers and not blank(cell)
            for place, cell in others
        ):
            beside.setdefault(left, []).append(top)
        else:
            found.update(rows)
            notices.found("ignored", where(sheet.grid, top), Message.of("tables.heading"))
    for place, tops in beside.items():
        spot = where(sheet.grid, tops[0], place, sheet.head(place))
        notices.found("guess", spot, Message.of("tables.merged_beside", count=len(tops)))
    return found
