"""Text files with separated cells (.csv), read strictly: a quote that is not closed would swallow all that
follows.
"""

from __future__ import annotations

import csv
import io
import re
from itertools import count
from pathlib import Path

from matchkit.tables.formats.faults import Faults, too_large
from matchkit.tables.formats.grid import Grid
from matchkit.tables.formats.limits import LARGEST_TEXT, MOST_CELLS, MOST_COLUMNS, MOST_ROWS
from matchkit.tables.formats.neutral import restored
from matchkit.tables.formats.plain import filled, trimmed
from matchkit.tables.formats.text import text_of
from matchkit.tables.reading import opened, shown

SEPARATORS = (",", "\t", ";")
QUOTED = re.compile(r'"[^"]*"')
LOOKED_AT = 1_000_000
"""In so many characters the first line with a separator is looked for."""
ENDS = re.compile(r"\r\n|\r|\n")


def read_csv(path: Path) -> Grid:
    """The table of a .csv file; its name is that of the file.

    Cells are separated by commas; by tabs, or else semicolons, where the first line that has any of the three
    outside quotes has no comma. The header is the first row with two filled cells (else the first filled
    one): a row with filled cells beyond it is refused, a shorter one is filled up. What ``write_grids`` made
    harmless is restored. Raises InputError with every fault and its row.
    """
    source = shown(path)
    text, encoding = text_of(opened(path, LARGEST_TEXT), source)
    faults = Faults()
    if "\0" in text:
        for line, held in enumerate(ENDS.split(text), 1):
            if "\0" in held:
                faults.add("null", source, line)
        faults.raise_if_any()
    rows, lines = _Records(source, faults).read(text)
    faults.raise_if_any()
    rows = trimmed(rows)
    return Grid(path.stem, rows, source, lines[: len(rows)], (), encoding)


def separator(text: str) -> str:
    """What separates the cells, told by the first line that has any of the three marks outside quotes."""
    for line in ENDS.split(QUOTED.sub("", text[:LOOKED_AT])):
        found = [mark for mark in SEPARATORS if mark in line]
        if found:
            return found[0]
    return SEPARATORS[0]


class _Records:
    """The records of a text, each with its number: the row in which a spreadsheet program shows it, however
    many lines it has.
    """

    def __init__(self, source: str, faults: Faults) -> None:
        self.source = source
        self.faults = faults
        self.rows: list[list[str | None]] = []
        self.lines: list[int] = []
        self.width = 0
        self.has_header = False

    def read(self, text: str) -> tuple[list[list[str | None]], list[int]]:
        # newline="": the csv module reads line ends within quotes itself.
        reader = csv.reader(
            io.StringIO(text, newline=""), delimiter=separator(text), strict=True
        )
        for number in count(1):
            try:
                cells = next(reader)
            except StopIteration:
                break
            except csv.Error as error:
                self.faults.add(_kind(str(error)), self.source, number)
            else:
                self.row(cells, number)
        return self.rows, self.lines

    def row(self, cells: list[str], number: int) -> None:
        if not self.has_header:
            self.begin(cells)
        elif len(cells) > self.width:
            if any(cell.strip() for cell in cells[self.width :]):
                self.faults.add(
                    "long_row",
                    self.source,
                    number,
                    column=self.width + 1,
                    cells=len(cells),
                    width=self.width,
                )
            cells = cells[: self.width]
        if len(self.rows) >= MOST_ROWS:
            too_large("rows", self.source, most=MOST_ROWS)
        if (len(self.rows) + 1) * self.width > MOST_CELLS:
            too_large(
                "cells", self.source, cells=(len(self.rows) + 1) * self.width, most=MOST_CELLS
            )
        self.rows.append(
            [(restored(cell) if "'" in cell else cell) if cell else None for cell in cells]
        )
        self.lines.append(number)

    def begin(self, cells: list[str]) -> None:
        """A row up to the header: titles above it may be of any length."""
        while cells and not cells[-1].strip():
            cells.pop()
        self.width = max(self.width, len(cells))
        if self.width > MOST_COLUMNS:
            too_large("columns", self.source, most=MOST_COLUMNS)
        self.has_header = filled(cells) > 1


def _kind(error: str) -> str:
    if "end of data" in error:
        return "open_quote"
    return "long_cell" if "limit" in error else "stray_quote"
