"""Where tables go: a workbook, or a folder of text or Parquet files, all made before anything is written."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from math import isfinite
from pathlib import Path
from typing import Any, Final, Literal
from unicodedata import normalize

from matchkit.errors import StorageError
from matchkit.messages.message import Message
from matchkit.model.fault import path_of
from matchkit.tables.formats.csv_file import csv_bytes
from matchkit.tables.formats.faults import FileFaults, check_extent, too_large
from matchkit.tables.formats.grid import Grid
from matchkit.tables.formats.limits import LONGEST_XLSX_CELL, MOST_CELLS, MOST_FILES
from matchkit.tables.formats.names import file_names
from matchkit.tables.formats.parquet_file import parquet_bytes
from matchkit.tables.formats.source import listing
from matchkit.tables.formats.xlsx_written import workbook_bytes
from matchkit.tables.reading import shown
from matchkit.tables.writing import check_writable, form_of, make_folder, write_bytes

NO_TEXT = re.compile("[\ud800-\udfff\ufffe\uffff]")
"""Halves of characters and what is no character: no file could hold them."""
KINDS = frozenset({str, int, float, bool, datetime, date, time, timedelta, type(None)})
TableFormat = Literal["xlsx", "csv", "parquet"]
FILES: Final[Mapping[str, TableFormat]] = {".xlsx": "xlsx"}
FOLDERS: Final[Mapping[TableFormat, Callable[[Grid], bytes]]] = {
    "csv": csv_bytes,
    "parquet": parquet_bytes,
}


def write_grids(
    grids: Sequence[Grid],
    path: str | os.PathLike[str],
    form: TableFormat | None = None,
    *,
    alone: bool = False,
    others: Collection[str] = (),
) -> None:
    """Write grids, the first row of each its header: into one .xlsx file, or into a folder with a .csv or
    .parquet file each.

    ``form`` is told by ``path`` where it is not given: a name that ends in .xlsx is a workbook, an existing
    folder or a name without an ending a folder of .csv files. All is made in memory first; then every file is
    written whole or not at all (a folder file by file: a full disk may leave the first ones new and the
    others old). Other files of the folder stay. The same grids give the same bytes.

    With ``alone`` a folder may hold no other table, as ``read_grids`` would read it along; nor one of the
    ``others``, by the names of grids, that is not written now: it would be taken for one of these.

    Raises InputError, with sheet, row and column, for what such a file cannot hold, and where name and form
    do not fit; StorageError.
    """
    path = path_of(path)
    ending = form_of(path, form, FILES, tuple(FOLDERS))
    check_sound(grids, workbook=ending == "xlsx")
    if ending == "xlsx":
        check_writable(path)
        try:
            content = workbook_bytes(grids)
        except OSError as error:  # rows wait in a temporary file
            reason = os.strerror(error.errno or 0)
            raise StorageError(
                Message.of("file.unwritable.room", name=shown(path), reason=reason)
            ) from None
        write_bytes(path, content)
        return
    made = {
        f"{name}.{ending}": FOLDERS[ending](grid)
        for name, grid in zip(
            file_names(grid.name for grid in grids), grids, strict=True
        )
    }
    make_folder(path)
    for name in made:  # before the first is written
        check_writable(path / name)
    _check_beside(path, made, None if alone else set(map(_alike, file_names(others))))
    for name, content in made.items():
        write_bytes(path / name, content)


def check_sound(grids: Sequence[Grid], *, workbook: bool) -> None:
    """Raise InputError, with sheet, row and column, for every cell that a file could not hold; BudgetError
    for too many.
    """
    if len(grids) > MOST_FILES:
        too_large("sheets", "", most=MOST_FILES)
    if (cells := sum(grid.cells for grid in grids)) > MOST_CELLS:
        too_large("cells", "", cells=cells, most=MOST_CELLS)
    faults = FileFaults()
    for grid in grids:
        width = len(grid.rows[0]) if grid.rows else 0
        check_extent(grid.name, len(grid.rows), width)
        for line, row in enumerate(grid.rows, 1):
            if len(row) != width:
                faults.add(
                    "uneven", "", line, sheet=grid.name, cells=len(row), width=width
                )
            for column, cell in enumerate(row, 1):
                if fault := _fault(cell, workbook):
                    place = {
                        "sheet": grid.name,
                        "column": column,
                        "most": LONGEST_XLSX_CELL,
                    }
                    faults.add(fault, "", line, **place)
    faults.raise_if_any()


def _fault(cell: Any, workbook: bool) -> str | None:
    kind = type(cell)
    if kind is str:
        if NO_TEXT.search(cell):
            return "no_text"
        # A character has two units at most: the exact count is needed only beyond half the limit.
        long = (
            workbook
            and len(cell) > LONGEST_XLSX_CELL // 2
            and len(cell.encode("utf-16-le")) > 2 * LONGEST_XLSX_CELL
        )
        return "too_long" if long else None
    if kind is float and not isfinite(cell):
        return "no_number"
    return None if kind in KINDS else "no_kind"


def _check_beside(
    folder: Path, made: Collection[str], others: Collection[str] | None
) -> None:
    """Raises InputError where other tables lie in the folder: any (None), or those of these names."""
    names = {_alike(name) for name in made}
    faults = FileFaults()
    for other in listing(folder)[0] if others is None or others else ():
        if _alike(other.name) not in names and (
            others is None
            or (_alike(other.stem) in others and other.suffix.lower() != ".xlsx")
        ):
            faults.add("beside" if others is None else "earlier", shown(other))
    faults.raise_if_any()


def _alike(name: str) -> str:
    """A file's name without what some systems take for the same."""
    return normalize("NFC", name).casefold()
