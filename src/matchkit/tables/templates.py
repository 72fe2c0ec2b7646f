"""Empty tables as files, for people to fill in."""

from __future__ import annotations

import os
from typing import Literal

from matchkit.errors import InputError
from matchkit.messages.message import Lang, text_of
from matchkit.tables.formats import write_grids
from matchkit.tables.formats.faults import Faults
from matchkit.tables.given import no_language, not_among, path_of
from matchkit.tables.importer.templates import template_grids
from matchkit.tables.writing import make_folder


def write_template(
    folder: str | os.PathLike[str],
    *,
    lang: Lang = "en",
    format: Literal["xlsx", "csv"] = "xlsx",
    examples: bool = False,
) -> list[str]:
    """Write the empty tables into a folder, which is made where it is missing; the names of the files
    written.

    ``format`` "xlsx" is one workbook, "csv" a file a table; either begins with notes on every column. With
    ``examples`` the tables hold an invented problem, which can be read and solved. Raises InputError for an
    unknown language or form, and where one of the files is there already, as it may be filled in; and
    StorageError.
    """
    folder = path_of(folder)
    wrong = not_among("format", format, ("xlsx", "csv")) + no_language(lang)
    if wrong:
        raise InputError(wrong)
    grids = template_grids(lang, examples=examples)
    names = (
        [text_of("template.file", lang)]
        if format == "xlsx"
        else [f"{grid.name}.csv" for grid in grids]
    )
    faults = Faults()
    for name in names:
        if os.path.lexists(folder / name):
            faults.add("filled", name)
    faults.raise_if_any()
    make_folder(folder)
    write_grids(grids, folder / names[0] if format == "xlsx" else folder, format)
    return names
