"""What every table is on its way in and out: rows of plain cells, and where they stood."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any, Final

WORKBOOKS: Final = (".xlsx", ".xls", ".xlsm", ".ods")
"""Files that hold several tables, each in a sheet with a name of its own."""

UNCALCULATED = "#FORMULA!"
"""What stands, as an error value would, where a workbook holds a formula and no value of it: nobody has
calculated it yet.
"""

MergedArea = tuple[int, int, int, int]
"""First row, first column, last row and last column of merged cells, as places in ``rows`` (from 0, both ends
included).
"""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of a file, or one to write: rows of equal length, the header among them (the first one, where
    it is to be written). A cell is a str, int, float, bool, datetime, date, time, timedelta or None.

    ``source`` is the name of the file as messages show it, without its folders ("" for a data frame);
    ``name`` that of the sheet or, in files with one table, of the file without its suffix. ``lines[k]`` is
    where ``rows[k]`` stands for people, counted from 1: the row of a sheet, which of a text file is the
    record.
    """

    name: str
    rows: list[list[Any]]
    source: str = ""
    lines: range | list[int] = field(default_factory=lambda: range(0))
    merged: tuple[MergedArea, ...] = ()
    encoding: str | None = None
    """How a text file was decoded: "utf-8-sig", "utf-8" or "gb18030"; None for other files."""
    unread: bool = False
    """Whether it stands, without rows, for a file or (``source`` ends in "/") a folder that may hold tables
    and was left out.
    """
    hidden: bool = False
    """Whether it is a sheet that the workbook does not show."""
    hidden_rows: frozenset[int] = frozenset()
    """Places in ``rows`` of the rows that the sheet does not show, for example because a filter is on."""
    exact: bool = False
    """Whether long whole numbers (int) have all their digits: a spreadsheet program keeps 15, a data frame
    keeps all.
    """
    padded: Mapping[int, Set[int]] = field(default_factory=dict)
    """By column the rows, as places in ``rows``, with a whole number that the sheet shows with zeros before
    it: 7 as 0007.
    """

    @property
    def is_file(self) -> bool:
        """Whether it is the only table of its file, so that the file's name is the sheet's, too."""
        return (
            bool(self.source) and PurePath(self.source).suffix.lower() not in WORKBOOKS
        )

    @property
    def cells(self) -> int:
        """How many cells it spans, empty ones included."""
        return len(self.rows) * len(self.rows[0]) if self.rows else 0
