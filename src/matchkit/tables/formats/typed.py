"""Columns with one type each, for files and frames that have such: whole numbers, numbers, truth values, else
text.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, Literal

from matchkit.tables.formats.faults import Faults
from matchkit.tables.formats.grid import Grid

ColumnKind = Literal["whole", "number", "truth", "text"]


def column_kind(cells: Sequence[Any]) -> ColumnKind:
    """The type that holds every cell of a column exactly; of a column without any cell, text."""
    kinds = {type(cell) for cell in cells} - {type(None)}
    if kinds == {bool}:
        return "truth"
    if kinds == {int} and all(-(2**63) <= cell < 2**63 for cell in cells if cell is not None):
        return "whole"
    if kinds == {float} or (
        kinds == {int, float} and all(abs(cell) <= 2**53 for cell in cells if type(cell) is int)
    ):
        return "number"
    return "text"


def typed(cell: Any, kind: ColumnKind) -> Any:
    """A cell as a value of its column's type."""
    if cell is None or type(cell) is str:
        return cell
    if kind == "number":
        return float(cell)
    return written(cell) if kind == "text" else cell


def written(cell: Any) -> str:
    """A cell as text: dates and times as ISO 8601 writes them, hours of a span in full, truth as spreadsheets
    spell it.
    """
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, datetime | date | time):
        return cell.isoformat()
    if isinstance(cell, timedelta):
        minutes, seconds = divmod(cell.days * 86_400 + cell.seconds, 60)
        return f"{minutes // 60:02}:{minutes % 60:02}" + (f":{seconds:02}" if seconds else "")
    return str(cell)


def header(grid: Grid) -> list[str]:
    """The names of the columns. Raises InputError where one is missing or stands twice."""
    faults = Faults()
    names = [
        "" if cell is None else written(cell) for cell in (grid.rows[0] if grid.rows else [])
    ]
    seen: set[str] = set()
    for place, name in enumerate(names, 1):
        if not name:
            faults.add("no_column_name", "", 1, sheet=grid.name, column=place)
        elif name in seen:
            faults.add("column_twice", "", 1, sheet=grid.name, column=place)
        seen.add(name)
    faults.raise_if_any()
    return names
