"""Cells in every format alike. Read: whole numbers as int, nothing as None, rows of equal length and no empty
margin. Written: as text, or as values of a type that holds a whole column.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta, timezone, tzinfo
from decimal import Decimal
from math import isfinite
from typing import Any, Literal
from zoneinfo import ZoneInfo

from matchkit.tables.formats.faults import FileFaults
from matchkit.tables.formats.grid import Grid

ColumnKind = Literal["whole", "number", "truth", "text"]
LARGEST_WHOLE = 2**53
"""From here on a float that is whole stays one: it may stand for a number with other digits."""
LARGEST_SHORT = 2**24
"""The same for floats of 32 bits."""
AS_THEY_ARE = (str, bool, int, date, timedelta)


def plain(cell: Any) -> Any:
    """A cell as a Grid holds it: a whole float as int, NaN, NaT and an empty text as None, a number of a
    package as Python's own.
    """
    kind = type(cell)
    if kind is str:
        return cell or None
    if kind is float:
        return whole(cell)
    if kind in AS_THEY_ARE or cell is None:
        return cell
    return _of_a_package(cell)


def whole(cell: float) -> int | float | None:
    """A float as a cell: as int where it is whole and has all its digits, None where it is not finite."""
    if cell.is_integer() and -LARGEST_WHOLE < cell < LARGEST_WHOLE:
        return int(cell)
    return cell if isfinite(cell) else None


def doubled(cells: list[Any]) -> list[Any]:
    """Cells of a column of floats of 32 bits or fewer: whole numbers of which these may have lost digits are
    floats again.
    """
    return [
        float(cell) if type(cell) is int and abs(cell) >= LARGEST_SHORT else cell
        for cell in cells
    ]


def _of_a_package(cell: Any) -> Any:
    kind = type(cell)
    # pandas: they equal nothing, and may not even be asked
    if kind.__name__ in ("NaTType", "NAType"):
        return None
    if (kind is datetime or kind is time) and cell.tzinfo is None:
        return cell
    if hasattr(cell, "to_pydatetime"):
        cell = cell.to_pydatetime(warn=False)  # a table has no nanoseconds
    elif hasattr(cell, "to_pytimedelta"):
        cell = cell.to_pytimedelta()
    elif (
        hasattr(cell, "dtype")
        and hasattr(cell, "item")
        and getattr(cell, "ndim", 1) == 0
    ):
        item = cell.item()
        return item if type(item) is kind else plain(item)
    if isinstance(cell, Decimal):
        if not cell.is_finite():
            return None
        is_whole = abs(cell) < 2**63 and cell == cell.to_integral_value()
        return int(cell) if is_whole else float(cell)
    return _of_python(cell, type(cell))


def _of_python(cell: Any, kind: type) -> Any:
    """A cell of a class that derives from one of Python's own, as that one: a class may do anything where it
    is asked for its text.
    """
    if issubclass(kind, str):
        return str.__str__(cell) or None
    if issubclass(kind, int):
        return int.__int__(cell)
    if issubclass(kind, float):
        return whole(float.__float__(cell))
    if issubclass(kind, datetime):
        day = _fields(date, cell, "year", "month", "day")
        *clock, fold = _fields(
            datetime, cell, "hour", "minute", "second", "microsecond", "fold"
        )
        return datetime(*day, *clock).replace(tzinfo=_zone(cell, datetime), fold=fold)  # noqa: DTZ001 - its zone, or none
    if issubclass(kind, date):
        return date(*_fields(date, cell, "year", "month", "day"))
    if issubclass(kind, time):
        clock = _fields(time, cell, "hour", "minute", "second", "microsecond")
        return time(*clock).replace(tzinfo=_zone(cell, time))
    if issubclass(kind, timedelta):
        return timedelta(*_fields(timedelta, cell, "days", "seconds", "microseconds"))
    return cell


def _fields(kind: type, cell: Any, *names: str) -> list[Any]:
    return [kind.__dict__[name].__get__(cell) for name in names]


def _zone(cell: Any, kind: type[datetime] | type[time]) -> tzinfo | None:
    """The zone of a moment; of a class that is not Python's own, the offset that it has at that moment."""
    [zone] = _fields(kind, cell, "tzinfo")
    if zone is None or type(zone) in (timezone, ZoneInfo):
        return zone  # type: ignore[no-any-return]
    offset = kind.utcoffset(cell)
    return None if offset is None else timezone(offset)


def trimmed(rows: list[list[Any]]) -> list[list[Any]]:
    """The rows without empty ones at the end and empty columns at the right, each as long as the longest."""
    height = len(rows)
    while height and all(map(blank, rows[height - 1])):
        height -= 1
    kept = rows[:height]
    width = max(map(len, kept), default=0)
    while width and all(len(row) < width or blank(row[width - 1]) for row in kept):
        width -= 1
    return [
        row if len(row) == width else row[:width] + [None] * (width - len(row))
        for row in kept
    ]


def blank(cell: Any) -> bool:
    """Whether a cell holds nothing: None, a text of blanks, or a number that is none, as data frames hold in
    the place of nothing.
    """
    return (
        cell is None
        or (isinstance(cell, str) and not cell.strip())
        or (isinstance(cell, float) and cell != cell)
    )


def filled(row: Sequence[Any]) -> int:
    """How many cells of a row hold something."""
    return sum(not blank(cell) for cell in row)


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
        return f"{minutes // 60:02}:{minutes % 60:02}" + (
            f":{seconds:02}" if seconds else ""
        )
    return str(cell)


def typed_columns(grid: Grid) -> Iterator[tuple[str, ColumnKind, list[Any]]]:
    """The columns of a grid below its first row, which names them: name, type, and cells as values of it.

    The type holds every cell exactly: whole numbers, numbers, truth values, else text. Raises InputError
    where a name is missing or stands twice.
    """
    for place, name in enumerate(_header(grid)):
        cells = [row[place] for row in grid.rows[1:]]
        kind = _column_kind(cells)
        yield name, kind, [_typed(cell, kind) for cell in cells]


def _header(grid: Grid) -> list[str]:
    """The names of the columns. Raises InputError where one is missing or stands twice."""
    faults = FileFaults()
    first = grid.rows[0] if grid.rows else []
    names = ["" if cell is None else written(cell) for cell in first]
    seen: set[str] = set()
    for place, name in enumerate(names, 1):
        if not name:
            faults.add("no_column_name", "", 1, sheet=grid.name, column=place)
        elif name in seen:
            faults.add("column_twice", "", 1, sheet=grid.name, column=place)
        seen.add(name)
    faults.raise_if_any()
    return names


def _column_kind(cells: Sequence[Any]) -> ColumnKind:
    """The type that holds every cell of a column exactly; of a column without any cell, text."""
    kinds = {type(cell) for cell in cells} - {type(None)}
    if kinds == {bool}:
        return "truth"
    if kinds == {int} and all(
        -(2**63) <= cell < 2**63 for cell in cells if cell is not None
    ):
        return "whole"
    if kinds == {float} or (
        kinds == {int, float}
        and all(abs(cell) <= 2**53 for cell in cells if type(cell) is int)
    ):
        return "number"
    return "text"


def _typed(cell: Any, kind: ColumnKind) -> Any:
    """A cell as a value of its column's type."""
    if cell is None or type(cell) is str:
        return cell
    if kind == "number":
        return float(cell)
    return written(cell) if kind == "text" else cell
