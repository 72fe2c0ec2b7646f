"""Data frames (pandas, polars, Arrow and what else narwhals takes) as grids, and grids as the same kind of
frame.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from matchkit.errors import MatchkitError
from matchkit.tables.formats.faults import (
    FileFaults,
    check_extent,
    extra,
    refuse,
    too_large,
)
from matchkit.tables.formats.grid import Grid
from matchkit.tables.formats.limits import MOST_CHARACTERS, MOST_FILES
from matchkit.tables.formats.plain import (
    ColumnKind,
    doubled,
    plain,
    trimmed,
    typed_columns,
)

NESTED = (list, tuple, dict, set, frozenset, bytes)


def read_frames(tables: Mapping[Any, Any]) -> list[Grid]:
    """Each frame as a grid of the name it is given under, the names of its columns as first row; an index
    that has a name is a column.
    """
    if len(tables) > MOST_FILES:
        too_large("sheets", "", most=MOST_FILES)
    return [_grid(name, frame) for name, frame in tables.items()]


def _grid(name: Any, frame: Any) -> Grid:
    narwhals = extra("narwhals")
    if not isinstance(name, str):
        refuse("frame_name", "")
    name = str.__str__(name)
    try:
        table = narwhals.from_native(frame, eager_only=True)
        height, width = table.shape
        check_extent(name, height, width)
        names = [
            str.__str__(name) if isinstance(name, str) else name
            for name in table.columns
        ]
        columns = []
        for place in range(width):
            series = table[:, place]
            cells = [plain(cell) for cell in series.to_list()]
            columns.append(
                doubled(cells) if series.dtype == narwhals.Float32 else cells
            )
        labels = _labels(name, narwhals.maybe_get_index(table), names)
    except MatchkitError:
        raise
    except narwhals.exceptions.DuplicateError:
        refuse("columns_alike", "", sheet=name)
    except Exception:  # noqa: BLE001 - every kind of frame raises errors of its own
        refuse("no_frame", "", sheet=name)
    names, columns = [*labels, *names], [*labels.values(), *columns]
    _check(name, names, columns)
    rows = [list(row) for row in zip(*columns, strict=True)] if columns else []
    kept = trimmed([names, *rows])
    return Grid(name, kept, "", range(1, len(kept) + 1), exact=True)


def _labels(sheet: str, index: Any, names: Sequence[Any]) -> dict[Any, list[Any]]:
    """The levels of the index of a pandas frame by their names, those left out that are columns too; numbers
    without a name are rows.

    Raises InputError where other labels have no name: they may be ids.
    """
    found: dict[Any, list[Any]] = {}
    for level, name in enumerate(() if index is None else index.names):
        if name is not None and name not in names:
            found[name] = [
                plain(cell) for cell in index.get_level_values(level).tolist()
            ]
        elif name is None and any(
            type(plain(cell)) is not int
            for cell in index.get_level_values(level).tolist()
        ):
            refuse("frame_index", "", sheet=sheet)
    return found


def _check(sheet: str, names: list[Any], columns: list[list[Any]]) -> None:
    faults = FileFaults()
    total = 0
    for place, (name, cells) in enumerate(zip(names, columns, strict=True), 1):
        if not isinstance(name, str):
            faults.add("column_name", "", sheet=sheet, column=place)
            continue
        kinds = {type(cell) for cell in cells}
        if any(issubclass(kind, NESTED) for kind in kinds):
            faults.add("nested", "", sheet=sheet, column=place, name=name, kind="list")
        total += (
            sum(len(cell) for cell in cells if type(cell) is str) if str in kinds else 0
        )
    faults.raise_if_any()
    if total > MOST_CHARACTERS:
        too_large("characters", sheet, characters=total, most=MOST_CHARACTERS)


def frames(grids: Sequence[Grid], like: Any) -> dict[str, Any]:
    """The grids as data frames of the same kind as ``like`` (a pandas, polars or Arrow frame; None: pandas),
    by the grids' names.

    A column of whole numbers becomes integers, of numbers floats, of truth values Booleans, any other text;
    empty cells are null. Raises InputError where ``like`` is no frame, or names of columns are missing or
    stand twice.
    """
    narwhals = extra("narwhals")
    try:
        backend = narwhals.Implementation.PANDAS
        if like is not None:
            backend = narwhals.from_native(like, eager_only=True).implementation
    except Exception:  # noqa: BLE001 - every kind of frame raises errors of its own
        refuse("no_frame", "")
    types = {
        "whole": narwhals.Int64,
        "number": narwhals.Float64,
        "truth": narwhals.Boolean,
        "text": narwhals.String,
    }
    made = {}
    for grid in grids:
        columns = list(typed_columns(grid))
        if backend.is_pandas():
            made[grid.name] = _pandas(columns)
        else:
            data = {name: cells for name, _, cells in columns}
            schema = {name: types[kind] for name, kind, _ in columns}
            made[grid.name] = narwhals.from_dict(
                data, schema, backend=backend
            ).to_native()
    return made


def _pandas(columns: Iterable[tuple[str, ColumnKind, list[Any]]]) -> Any:
    """A pandas frame; only whole numbers and truth values with empty cells among them need its nullable
    types.
    """
    pandas = extra("pandas")
    full = {"whole": "int64", "number": "float64", "truth": "bool", "text": None}
    nullable = {**full, "whole": "Int64", "truth": "boolean"}
    return pandas.DataFrame(
        {
            name: pandas.Series(
                cells, dtype=(nullable if None in cells else full)[kind]
            )
            for name, kind, cells in columns
        }
    )
