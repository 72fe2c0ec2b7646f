"""A grid as a Parquet file with one type a column."""

from __future__ import annotations

from typing import Any

from matchkit.tables.formats.extra import extra
from matchkit.tables.formats.grid import Grid
from matchkit.tables.formats.typed import ColumnKind, column_kind, header, typed


def parquet_bytes(grid: Grid) -> bytes:
    """The file: a column of whole numbers as int64, of numbers as double, of truth values as bool, any other
    as text.

    Raises InputError where a name of a column is missing or stands twice.
    """
    arrow = extra("pyarrow")
    parquet = extra("pyarrow.parquet")
    names = header(grid)
    columns = [[row[place] for row in grid.rows[1:]] for place in range(len(names))]
    sink = arrow.BufferOutputStream()
    parquet.write_table(
        arrow.table([_column(arrow, cells) for cells in columns], names=names), sink
    )
    return bytes(sink.getvalue())


def _column(arrow: Any, cells: list[Any]) -> Any:
    kind: ColumnKind = column_kind(cells)
    types = {
        "whole": arrow.int64(),
        "number": arrow.float64(),
        "truth": arrow.bool_(),
        "text": arrow.string(),
    }
    return arrow.array([typed(cell, kind) for cell in cells], types[kind])
