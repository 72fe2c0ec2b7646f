"""Where tables come from: a file, a folder (which of its files are read, and what may hold tables and is
not), or data frames by name.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path, PurePath
from typing import Any, NoReturn

from matchkit.errors import InputError
from matchkit.tables.formats.csv_file import read_csv
from matchkit.tables.formats.faults import FileFaults, refuse, too_large
from matchkit.tables.formats.frame_table import read_frames
from matchkit.tables.formats.grid import Grid
from matchkit.tables.formats.limits import MOST_CELLS, MOST_ENTRIES, MOST_FILES
from matchkit.tables.formats.parquet_file import read_parquet
from matchkit.tables.formats.xlsx_file import read_xlsx
from matchkit.tables.reading import refuse_file, shown, unreadable
from matchkit.tables.writing import TABLES as SUFFIXES

OTHER_SHEETS = frozenset(
    {
        ".xls",
        ".xlsm",
        ".xlsb",
        ".xlt",
        ".xltx",
        ".xltm",
        ".ods",
        ".fods",
        ".ots",
        ".sxc",
        ".et",
        ".ett",
        ".numbers",
    }
)
"""Spreadsheets of other kinds: a spreadsheet program can save them as .xlsx."""
OTHER_TABLES = frozenset({".tsv", ".tab", ".dbf", ".feather", ".arrow", ".orc", ".pq"})
"""Tables of other kinds."""
TABLES = OTHER_SHEETS | OTHER_TABLES | set(SUFFIXES)


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
    faults = FileFaults()
    for file in found:
        try:
            grids = _together([*grids, *_file(file)])
        except InputError as error:
            faults.take(error)
    faults.raise_if_any()
    return grids + [
        Grid(
            entry.stem,
            [],
            f"{shown(entry)}{'/' if entry.is_dir() else ''}",
            unread=True,
        )
        for entry in left_out
    ]


def _refuse_folder(path: Path, left_out: list[Path]) -> NoReturn:
    faults = FileFaults()
    for entry in left_out:
        faults.add("deeper" if entry.is_dir() else "other_sheet", shown(entry))
    faults.raise_if_any()
    refuse("empty_folder", shown(path))


def _together(grids: list[Grid]) -> list[Grid]:
    """The grids, where all of them together keep the limits of one source."""
    cells = sum(grid.cells for grid in grids)
    if cells > MOST_CELLS:
        too_large("cells", grids[-1].source, cells=cells, most=MOST_CELLS)
    return grids


def listing(path: Path) -> tuple[list[Path], list[Path]]:
    """The files of a folder that are read, and the files and folders within it that are left out, both by
    name.

    Left out is what may hold tables: files of another kind or packed (``.csv.gz``), and folders in which,
    however deep, any such file lies. Hidden ones are passed over. Raises BudgetError for a folder with very
    many entries and StorageError where it cannot be looked at.
    """
    found, left_out, budget = [], [], [MOST_ENTRIES]
    try:
        for count, entry in enumerate(path.iterdir(), 1):
            if count > MOST_ENTRIES:
                too_large("entries", shown(path), most=MOST_ENTRIES)
            if _is_hidden(entry.name):
                continue
            if entry.is_dir():
                if _holds_tables(entry, budget):
                    left_out.append(entry)
            elif entry.suffix.lower() in SUFFIXES:
                found.append(entry)
            elif _may_be_table(entry.name):
                left_out.append(entry)
    except OSError as error:
        raise unreadable(path, error) from None
    for entries in (found, left_out):
        entries.sort(key=lambda entry: entry.name)
    return found, left_out


def _is_hidden(name: str) -> bool:
    return name.startswith(
        (".", "~$")
    )  # "~$" begins the lock of a workbook that somebody has open


def _may_be_table(name: str) -> bool:
    return any(suffix.lower() in TABLES for suffix in PurePath(name).suffixes[-2:])


def _holds_tables(folder: Path, budget: list[int]) -> bool:
    """Whether any file of a folder may be a table. A folder that cannot be looked through, or not to its end,
    is taken to hold some.
    """
    waiting = [os.fspath(folder)]
    try:
        while waiting:
            with os.scandir(waiting.pop()) as entries:
                for entry in entries:
                    budget[0] -= 1
                    if budget[0] < 0:
                        return True
                    if _is_hidden(entry.name):
                        continue
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append(entry.path)
                    elif _may_be_table(entry.name):
                        return True
    except OSError:
        return True
    return False
