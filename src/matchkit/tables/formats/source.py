"""Where tables come from: a file, a folder of files, or data frames by name."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NoReturn

from matchkit.errors import InputError
from matchkit.tables.formats.csv_file import read_csv
from matchkit.tables.formats.faults import Faults, refuse, too_large
from matchkit.tables.formats.frame_table import read_frames
from matchkit.tables.formats.grid import Grid
from matchkit.tables.formats.limits import MOST_CELLS, MOST_FILES
from matchkit.tables.formats.listing import OTHER_SHEETS, listing
from matchkit.tables.formats.parquet_file import read_parquet
from matchkit.tables.formats.xlsx_file import read_xlsx
from matchkit.tables.reading import refuse_file, shown, unreadable


def read_grids(source: str | os.PathLike[str] | Mapping[str, Any]) -> list[Grid]:
    """The tables of a source as grids: sheets in the order of the workbook, files of a folder by name, frames
    as they are given.

    ``source`` is a .xlsx, .csv or .parquet file, a folder of such, or a mapping of names to data frames.
    Tables of other kinds in a folder, and folders within it that hold any, come last as grids without rows
    that say so (``unread``); hidden files are passed over. A file has at most 200 MB, one of text 100;
    limits.py holds this and all other limits.

    Raises InputError with every fault of every file, in English and Chinese; BudgetError for what is too
    large, before it is built; StorageError for what cannot be read.
    """
    if isinstance(source, Mapping):
        return _together(read_frames(source))
    try:
        path = Path(source)
        is_folder, is_there = path.is_dir(), path.exists()
    except (TypeError, ValueError):  # no path at all, or a null character in it
        refuse("no_source", "")
    except OSError as error:
        raise unreadable(path, error) from None
    if not is_there:
        refuse_file("missing", path)
    return _together(_folder(path) if is_folder else _file(path))


def _file(path: Path) -> list[Grid]:
    suffix = path.suffix.lower()
    if suffix == ".xlsx":
        return read_xlsx(path)
    if suffix == ".csv":
        return [read_csv(path)]
    if suffix != ".parquet":
        refuse("other_sheet" if suffix in OTHER_SHEETS else "other_file", shown(path))
    return [read_parquet(path)]


def _folder(path: Path) -> list[Grid]:
    found, left_out = listing(path)
    if not found:
        _refuse_folder(path, left_out)
    if len(found) > MOST_FILES:
        too_large("files", shown(path), most=MOST_FILES)
    grids: list[Grid] = []
    faults = Faults()
    for file in found:
        try:
            grids = _together([*grids, *_file(file)])
        except InputError as error:
            faults.take(error)
    faults.raise_if_any()
    return grids + [
        Grid(entry.stem, [], f"{shown(entry)}{'/' if entry.is_dir() else ''}", unread=True)
        for entry in left_out
    ]


def _refuse_folder(path: Path, left_out: list[Path]) -> NoReturn:
    faults = Faults()
    for entry in left_out:
        faults.add("deeper" if entry.is_dir() else "other_sheet", shown(entry))
    faults.raise_if_any()
    refuse("empty_folder", shown(path))


def _together(grids: list[Grid]) -> list[Grid]:
    """The grids, where all of them together keep the limits of one source."""
    cells = sum(len(grid.rows) * len(grid.rows[0]) for grid in grids if grid.rows)
    if cells > MOST_CELLS:
        too_large("cells", grids[-1].source, cells=cells, most=MOST_CELLS)
    return grids
