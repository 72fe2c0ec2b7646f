"""Where tables go: a workbook, or a folder of text or Parquet files."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path
from typing import Final, Literal
from unicodedata import normalize

from matchkit.errors import StorageError
from matchkit.messages.message import Message
from matchkit.tables.formats.csv_written import csv_bytes
from matchkit.tables.formats.faults import Faults
from matchkit.tables.formats.grid import Grid
from matchkit.tables.formats.listing import listing
from matchkit.tables.formats.names import file_names
from matchkit.tables.formats.parquet_written import parquet_bytes
from matchkit.tables.formats.sound import check_sound
from matchkit.tables.formats.xlsx_written import workbook_bytes
from matchkit.tables.forms import form_of
from matchkit.tables.given import path_of
from matchkit.tables.reading import shown
from matchkit.tables.writing import check_writable, make_folder, write_bytes

Form = Literal["xlsx", "csv", "parquet"]
FILES: Final[Mapping[str, Form]] = {".xlsx": "xlsx"}
FOLDERS: Final[Mapping[Form, Callable[[Grid], bytes]]] = {
    "csv": csv_bytes,
    "parquet": parquet_bytes,
}


def write_grids(
    grids: Sequence[Grid],
    path: str | os.PathLike[str],
    form: Form | None = None,
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
    told = form_of(path, form, FILES, tuple(FOLDERS))
    check_sound(grids, workbook=told == "xlsx")
    if told == "xlsx":
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
        f"{name}.{told}": FOLDERS[told](grid)
        for name, grid in zip(file_names(grid.name for grid in grids), grids, strict=True)
    }
    make_folder(path)
    _check_beside(path, made, None if alone else set(map(_alike, file_names(others))))
    for name in made:  # before the first is written
        check_writable(path / name)
    for name, content in made.items():
        write_bytes(path / name, content)


def _check_beside(folder: Path, made: Collection[str], others: Collection[str] | None) -> None:
    """Raises InputError where other tables lie in the folder: any (None), or those of these names."""
    names = {_alike(name) for name in made}
    faults = Faults()
    for other in listing(folder)[0] if others is None or others else ():
        if _alike(other.name) not in names and (
            others is None or (_alike(other.stem) in others and other.suffix.lower() != ".xlsx")
        ):
            faults.add("beside" if others is None else "earlier", shown(other))
    faults.raise_if_any()


def _alike(name: str) -> str:
    return normalize("NFC", name).casefold()  # as systems differ in what they take for one name
