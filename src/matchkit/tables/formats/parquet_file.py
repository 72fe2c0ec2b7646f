"""Parquet files: read in this thread alone, once what they declare and what their pages do is checked;
written with one type a column.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from matchkit.errors import MatchkitError
from matchkit.tables.formats.faults import FileFaults, extra, refuse, too_large
from matchkit.tables.formats.grid import Grid
from matchkit.tables.formats.limits import (
    LARGEST_FILE,
    LARGEST_FOOTER,
    MOST_BLOCKS,
    MOST_CHARACTERS,
)
from matchkit.tables.formats.parquet_footer import check_parquet
from matchkit.tables.formats.plain import doubled, plain, trimmed, typed_columns, whole
from matchkit.tables.reading import opened, shown

BOUNDS = {
    "pre_buffer": False,  # it would start threads that stay
    "thrift_string_size_limit": LARGEST_FOOTER,
    "thrift_container_size_limit": MOST_BLOCKS,
}
ADVISED = ("list", "struct", "map", "union", "binary")
"""Kinds of columns that tables of people do not have; any other unknown kind is refused as "other"."""
HELD = (
    "string",
    "large_string",
    "string_view",
    "boolean",
    "integer",
    "floating",
    "decimal",
    "date",
    "timestamp",
    "time",
    "duration",
    "null",
)
"""Kinds of columns whose values are cells, as pyarrow names them."""


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
        schema = parquet.ParquetFile(arrow.BufferReader(content), **BOUNDS).schema_arrow
        check_types(schema, source)
        texts = [entry.name for entry in schema if _is_text(entry.type)]
        table = parquet.ParquetFile(
            arrow.BufferReader(content), read_dictionary=texts, **BOUNDS
        ).read(use_threads=False)
        table.validate(full=True)
        total = sum(map(characters, table.columns))
        if total > MOST_CHARACTERS:
            too_large("characters", source, characters=total, most=MOST_CHARACTERS)
        columns = [cells_of(column) for column in table.columns]
        body = map(list, zip(*columns, strict=True)) if columns else ()
        rows = trimmed([list(table.column_names), *body])
    except MatchkitError:
        raise
    except Exception:  # noqa: BLE001 - pyarrow raises errors of many kinds, its own and Python's
        refuse("damaged_parquet", source)
    return Grid(path.stem, rows, source, range(1, len(rows) + 1), exact=True)


def check_types(schema: Any, source: str) -> None:
    """Raise InputError for every column that no cell could hold."""
    known = extra("pyarrow.types")
    holds = [getattr(known, f"is_{kind}") for kind in HELD]
    faults = FileFaults()
    for column, entry in enumerate(schema, 1):
        kind = entry.type.value_type if known.is_dictionary(entry.type) else entry.type
        if not any(fits(kind) for fits in holds):
            word = next((word for word in ADVISED if word in str(kind)), "other")
            key = "nested" if word in ADVISED[:4] else "no_cell"
            faults.add(key, source, column=column, name=entry.name, kind=str(kind)[:40])
    faults.raise_if_any()


def cells_of(column: Any) -> list[Any]:
    """The cells of one column (a chunked array), in which a text that repeats stands once in memory."""
    arrow, known = extra("pyarrow"), extra("pyarrow.types")
    kind = column.type
    if known.is_dictionary(kind):
        return [cell for chunk in column.chunks for cell in _looked_up(chunk)]
    if getattr(kind, "unit", "") == "ns":  # no table means nanoseconds
        if known.is_timestamp(kind):
            coarser = arrow.timestamp("us", kind.tz)
        else:
            coarser = (arrow.duration if known.is_duration(kind) else arrow.time64)(
                "us"
            )
        column = column.cast(coarser, safe=False)
    cells: list[Any] = column.to_pylist()
    if known.is_integer(kind) or known.is_boolean(kind):
        return cells
    if _is_text(kind) or known.is_string_view(kind):
        return [cell or None for cell in cells]
    if known.is_floating(kind):
        wholes = [None if cell is None else whole(cell) for cell in cells]
        return wholes if known.is_float64(kind) else doubled(wholes)
    return [plain(cell) for cell in cells]


def _looked_up(chunk: Any) -> list[Any]:
    values = [*cells_of(extra("pyarrow").chunked_array([chunk.dictionary])), None]
    places = chunk.indices.to_pylist()
    if chunk.indices.null_count:
        places = [-1 if place is None else place for place in places]
    return list(map(values.__getitem__, places))


def characters(column: Any) -> int:
    """How many bytes of text the cells of a column hold together, a text that repeats counted each time."""
    compute, known = extra("pyarrow.compute"), extra("pyarrow.types")
    kind = column.type
    if known.is_dictionary(kind):
        return (
            sum(map(_characters_of_chunk, column.chunks))
            if _is_text(kind.value_type)
            else 0
        )
    if _is_text(kind) or known.is_string_view(kind):
        return int(compute.sum(compute.binary_length(column)).as_py() or 0)
    return 0


def _characters_of_chunk(chunk: Any) -> int:
    """The same of one chunk whose cells are places in a list of texts."""
    compute = extra("pyarrow.compute")
    lengths = compute.cast(compute.binary_length(chunk.dictionary), "int64")
    return int(compute.sum(compute.take(lengths, chunk.indices)).as_py() or 0)


def _is_text(kind: Any) -> bool:
    known = extra("pyarrow.types")
    return bool(known.is_string(kind) or known.is_large_string(kind))


def parquet_bytes(grid: Grid) -> bytes:
    """The file: a column of whole numbers as int64, of numbers as double, of truth values as bool, any other
    as text.

    Raises InputError where a name of a column is missing or stands twice.
    """
    arrow, parquet = extra("pyarrow"), extra("pyarrow.parquet")
    types = {
        "whole": arrow.int64(),
        "number": arrow.float64(),
        "truth": arrow.bool_(),
        "text": arrow.string(),
    }
    columns = {
        name: arrow.array(cells, types[kind])
        for name, kind, cells in typed_columns(grid)
    }
    sink = arrow.BufferOutputStream()
    parquet.write_table(arrow.table(columns), sink)
    return bytes(sink.getvalue())
