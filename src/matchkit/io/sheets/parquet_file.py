"""Parquet files: what they declare of themselves is checked first, then they are read in this thread alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from matchkit.errors import MatchkitError
from matchkit.io.reading import shown
from matchkit.io.sheets.columns_of import cells_of, characters, check_types
from matchkit.io.sheets.extra import extra
from matchkit.io.sheets.faults import refuse, too_large
from matchkit.io.sheets.grid import Grid
from matchkit.io.sheets.limits import (
    LARGEST_UNPACKED,
    MB,
    MOST_BLOCKS,
    MOST_CELLS,
    MOST_CHARACTERS,
    MOST_COLUMNS,
    MOST_ROWS,
)
from matchkit.io.sheets.opened import opened
from matchkit.io.sheets.parquet_pages import check_pages
from matchkit.io.sheets.plain import trimmed

MARK = b"PAR1"
LARGEST_NAME = 16 * MB
"""Most bytes of a text in what the file declares of itself."""


def read_parquet(path: Path) -> Grid:
    """The table of a .parquet file, the names of its columns as first row; its name is that of the file.

    Columns of text, numbers, truth values, dates and times. Raises InputError, BudgetError or StorageError.
    """
    source = shown(path)
    content = opened(path)
    if not (content.startswith(MARK) and content.endswith(MARK)):
        refuse("no_parquet", source)
    arrow = extra("pyarrow", source)
    parquet = extra("pyarrow.parquet", source)
    try:
        with parquet.ParquetFile(arrow.BufferReader(content), **_bounds(parquet, content)) as file:
            _check(file, source)
            check_pages(content, file.metadata, source)
            table = file.read(use_threads=False)
        table.validate(full=True)
        if sum(characters(column) for column in table.columns) > MOST_CHARACTERS:
            too_large("characters", source, characters=sum(map(characters, table.columns)), most=MOST_CHARACTERS)
        return Grid(path.stem, grid_rows(table), source, range(1, table.num_rows + 2))
    except MatchkitError:
        raise
    except Exception:  # noqa: BLE001 - pyarrow raises errors of many kinds, its own and Python's
        refuse("damaged_parquet", source)


def _bounds(parquet: Any, content: bytes) -> dict[str, Any]:
    return {
        "pre_buffer": False,  # it would start threads that stay
        "thrift_string_size_limit": LARGEST_NAME,
        "thrift_container_size_limit": MOST_BLOCKS,
        # Texts as places in a list of the different ones: what repeats a million times stands in memory once.
        "read_dictionary": _texts(parquet, content),
    }


def _texts(parquet: Any, content: bytes) -> list[str]:
    arrow, known = extra("pyarrow"), extra("pyarrow.types")
    bounds = {"thrift_string_size_limit": LARGEST_NAME, "thrift_container_size_limit": MOST_BLOCKS, "pre_buffer": False}
    with parquet.ParquetFile(arrow.BufferReader(content), **bounds) as file:
        return [entry.name for entry in file.schema_arrow if known.is_string(entry.type) or known.is_large_string(entry.type)]


def _check(file: Any, source: str) -> None:
    about = file.metadata
    if about.num_rows > MOST_ROWS:
        too_large("rows", source, most=MOST_ROWS)
    if about.num_columns > MOST_COLUMNS:
        too_large("columns", source, most=MOST_COLUMNS)
    if about.num_rows * about.num_columns > MOST_CELLS:
        too_large("cells", source, cells=about.num_rows * about.num_columns, most=MOST_CELLS)
    blocks = about.num_row_groups * about.num_columns
    if blocks > MOST_BLOCKS:
        too_large("blocks", source, most=MOST_BLOCKS)
    unpacked = sum(
        max(0, about.row_group(group).column(column).total_uncompressed_size)
        for group in range(about.num_row_groups)
        for column in range(about.num_columns)
    )
    if unpacked > LARGEST_UNPACKED:
        too_large("unpacked", source, size=unpacked, most=LARGEST_UNPACKED)
    check_types(file.schema_arrow, source)


def grid_rows(table: Any) -> list[list[Any]]:
    """The rows of an Arrow table, the names of its columns first."""
    columns = [cells_of(column) for column in table.columns]
    rows = [list(row) for row in zip(*columns, strict=True)] if columns else []
    return trimmed([list(table.column_names), *rows])
