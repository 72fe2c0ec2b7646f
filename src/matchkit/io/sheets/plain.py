"""Cells as every format gives them alike: whole numbers as int, nothing as None, rows of equal length and no empty margin."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from math import isfinite
from typing import Any

LARGEST_WHOLE = 2**63
"""From here on a float that is whole stays one."""
AS_THEY_ARE = (str, bool, int, date)


def plain(cell: Any) -> Any:
    """A cell as a Grid holds it: a whole float as int, NaN, NaT and an empty text as None, a number of a package as Python's own."""
    kind = type(cell)
    if kind is str:
        return cell or None
    if kind is float:
        return whole(cell)
    if kind in AS_THEY_ARE or cell is None:
        return cell
    return _of_a_package(cell)


def whole(cell: float) -> int | float | None:
    """A float as a cell: as int where it is whole and not huge, None where it is not finite."""
    if cell.is_integer() and -LARGEST_WHOLE < cell < LARGEST_WHOLE:
        return int(cell)
    return cell if isfinite(cell) else None


def _of_a_package(cell: Any) -> Any:
    if type(cell).__name__ in ("NaTType", "NAType"):  # pandas: they equal nothing, and may not even be asked
        return None
    if isinstance(cell, datetime):
        # warn=False: a table has no nanoseconds.
        return cell.to_pydatetime(warn=False) if hasattr(cell, "to_pydatetime") else cell
    if isinstance(cell, Decimal):
        if not cell.is_finite():
            return None
        return int(cell) if abs(cell) < LARGEST_WHOLE and cell == cell.to_integral_value() else float(cell)
    if hasattr(cell, "to_pytimedelta"):
        return cell.to_pytimedelta()
    if hasattr(cell, "dtype") and hasattr(cell, "item") and getattr(cell, "ndim", 1) == 0:
        return plain(cell.item())
    return cell


def trimmed(rows: list[list[Any]]) -> list[list[Any]]:
    """The rows without empty ones at the end and empty columns at the right, each as long as the longest."""
    height = len(rows)
    while height and all(map(blank, rows[height - 1])):
        height -= 1
    kept = rows[:height]
    width = max(map(len, kept), default=0)
    while width and all(len(row) < width or blank(row[width - 1]) for row in kept):
        width -= 1
    return [row if len(row) == width else row[:width] + [None] * (width - len(row)) for row in kept]


def blank(cell: Any) -> bool:
    """Whether a cell holds nothing: None or a text of blanks."""
    return cell is None or (type(cell) is str and not cell.strip())


def filled(row: Sequence[Any]) -> int:
    """How many cells of a row hold something."""
    return sum(not blank(cell) for cell in row)
