"""Columns of an Arrow table as lists of cells."""

from __future__ import annotations

from typing import Any

from matchkit.tables.formats.extra import extra
from matchkit.tables.formats.faults import Faults
from matchkit.tables.formats.plain import doubled, plain, whole

ADVISED = ("list", "struct", "map", "union", "binary")
"""Kinds of columns that tables of people do not have; any other unknown kind is refused as "other"."""


def check_types(schema: Any, source: str) -> None:
    """Raise InputError for every column that no cell could hold."""
    known = extra("pyarrow.types")

    holds = (
        known.is_string,
        known.is_large_string,
        known.is_string_view,
        known.is_boolean,
        known.is_integer,
        known.is_floating,
        known.is_decimal,
        known.is_date,
        known.is_timestamp,
        known.is_time,
        known.is_duration,
        known.is_null,
    )
    faults = Faults()
    for column, entry in enumerate(schema, 1):
        kind = entry.type.value_type if known.is_dictionary(entry.type) else entry.type
        if not any(fits(kind) for fits in holds):
            word = next((word for word in ADVISED if word in str(kind)), "other")
            faults.add(
                "nested" if word in ADVISED[:4] else "no_cell",
                source,
                column=column,
                name=entry.name,
                kind=str(kind)[:40],
            )
    faults.raise_if_any()


def cells_of(column: Any) -> list[Any]:
    """The cells of one column (a chunked array), in which a text that repeats stands once in memory."""
    arrow = extra("pyarrow")
    known = extra("pyarrow.types")

    kind = column.type
    if known.is_dictionary(kind):
        return [cell for chunk in column.chunks for cell in _looked_up(chunk)]
    if known.is_timestamp(kind) and kind.unit == "ns":
        column = column.cast(
            arrow.timestamp("us", kind.tz), safe=False
        )  # no table means nanoseconds
    elif known.is_duration(kind) and kind.unit == "ns":
        column = column.cast(arrow.duration("us"), safe=False)
    elif known.is_time(kind) and kind.unit == "ns":
        column = column.cast(arrow.time64("us"), safe=False)
    cells: list[Any] = column.to_pylist()
    if known.is_integer(kind) or known.is_boolean(kind):
        return cells
    if known.is_string(kind) or known.is_large_string(kind) or known.is_string_view(kind):
        return [cell or None for cell in cells]
    if known.is_floating(kind):
        wholes = [None if cell is None else whole(cell) for cell in cells]
        return wholes if known.is_float64(kind) else doubled(wholes)
    return [plain(cell) for cell in cells]


def _looked_up(chunk: Any) -> list[Any]:
    arrow = extra("pyarrow")

    values = [*cells_of(arrow.chunked_array([chunk.dictionary])), None]
    places = chunk.indices.to_pylist()
    if chunk.indices.null_count:
        places = [-1 if place is None else place for place in places]
    return list(map(values.__getitem__, places))


def characters(column: Any) -> int:
    """How many bytes of text the cells of a column hold together, a text that repeats counted each time."""
    compute = extra("pyarrow.compute")
    known = extra("pyarrow.types")

    if known.is_dictionary(column.type):
        return sum(characters_of_chunk(chunk) for chunk in column.chunks)
    if (
        known.is_string(column.type)
        or known.is_large_string(column.type)
        or known.is_string_view(column.type)
    ):
        return int(compute.sum(compute.binary_length(column)).as_py() or 0)
    return 0


def characters_of_chunk(chunk: Any) -> int:
    """The same of one chunk whose cells are places in a list of texts."""
    compute = extra("pyarrow.compute")
    known = extra("pyarrow.types")

    if not (
        known.is_string(chunk.type.value_type) or known.is_large_string(chunk.type.value_type)
    ):
        return 0
    lengths = compute.cast(compute.binary_length(chunk.dictionary), "int64")
    return int(compute.sum(compute.take(lengths, chunk.indices)).as_py() or 0)
