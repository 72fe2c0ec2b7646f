"""What a folder holds of tables: the files that are read, and what may hold tables and is not."""

from __future__ import annotations

import os
from pathlib import Path, PurePath

from matchkit.tables.formats.faults import too_large
from matchkit.tables.formats.limits import MOST_ENTRIES
from matchkit.tables.forms import TABLES as SUFFIXES
from matchkit.tables.reading import shown, unreadable

OTHER_SHEETS = frozenset(
    {
        *(
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
        ),
    }
)
"""Spreadsheets of other kinds: a spreadsheet program can save them as .xlsx."""
OTHER_TABLES = frozenset({".tsv", ".tab", ".dbf", ".feather", ".arrow", ".orc", ".pq"})
"""Tables of other kinds."""
TABLES = OTHER_SHEETS | OTHER_TABLES | set(SUFFIXES)


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
    return sorted(found, key=lambda entry: entry.name), sorted(
        left_out, key=lambda entry: entry.name
    )


def _is_hidden(name: str) -> bool:
    return name.startswith(
        (".", "~$")
    )  # the latter begins the lock of a workbook that somebody has open


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
