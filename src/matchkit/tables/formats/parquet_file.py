"""Parquet files: what they declare and what their pages do is checked first, then they are read in this
thread alone.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from matchkit.errors import MatchkitError
from matchkit.tables.formats.columns_of import cells_of, characters, check_types
from matchkit.tables.formats.extra import extra
from matchkit.tables.formats.faults import refuse, too_large
from matchkit.tables.formats.grid import Grid
from matchkit.tables.formats.limits import (
    LARGEST_FILE,
    LARGEST_FOOTER,
    MOST_BLOCKS,
    MOST_CHARACTERS,
)
from matchkit.tables.formats.parquet_footer import check_parquet
from matchkit.tables.formats.plain import trimmed
from matchkit.tables.reading import opened, shown

BOUNDS = {
    "pre_buffer": False,  # it would start threads that stay
    "thrift_string_size_limit": LARGEST_FOOTER,
    "thrift_container_size_limit": MOST_BLOCKS,
}


def read_parquet(path: Path) -> Grid:
    """The table of a .parquet file, the names of its columns as first row; its name is that of the file.

    Columns of text, numbers, truth values, dates and times. Raises InputError, BudgetError or StorageError.
    """
    source = shown(path)
    content = opened(path, LARGEST_FILE)
    check_parquet(content, source)
    arrow = extra("pyarrow", source)
    parquet = extra("pyarrow.parquet", source)
    try:
        # Texts as places in a list of the different ones: what repeats a million times stands in memory once.
        texts = _texts(parquet.ParquetFile(arrow.BufferReader(content), **BOUNDS), source)
        table = parquet.ParquetFile(
            arrow.BufferReader(content), read_dictionary=texts, **BOUNDS
        ).read(use_threads=False)
        table.validate(full=True)
        total = sum(map(characters, table.columns))
        if total > MOST_CHARACTERS:
            too_large("characters", source, characters=total, most=MOST_CHARACTERS)
        rows = grid_rows(table)
    except MatchkitError:
        raise
    except Exception:  # noqa: BLE001 - pyarrow raises errors of many kinds, its own and Python's
        refuse("damaged_parquet", source)
    return Grid(path.stem, rows, source, range(1, len(rows) + 1), exact=True)


def _texts(file: Any, source: str) -> list[str]:
    """The columns of text. Raises InputError for columns that no cell holds."""
    known = extra("pyarrow.types")
    schema = file.schema_arrow
    check_types(schema, source)
    return [
        entry.name
        for entry in schema
        if known.is_string(entry.type) or known.is_large_string(entry.type)
    ]


def grid_rows(table: Any) -> list[list[Any]]:
    """The rows of an Arrow table, the names of its columns first."""
    columns = [cells_of(column) for column in table.columns]
    rows = map(list, zip(*columns, strict=True)) if columns else []
    return trimmed([list(table.column_names), *rows])
