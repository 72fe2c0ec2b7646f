"""What a mapping says of tables that have names of their own."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from fnmatch import fnmatchcase
from pathlib import PurePath
from typing import Any

from matchkit.tables.columns.known import header_key
from matchkit.tables.formats.grid import Grid

MappedValue = str | int | float | bool | date
"""What a mapping may put in the place of a cell."""


def folded(text: str) -> str:
    """What texts of a mapping and texts of a table are compared by: without letter case, outer and double
    blanks and forms of a letter.
    """
    return " ".join(
        unicodedata.normalize(
            "NFKC", unicodedata.normalize("NFKC", text).casefold()
        ).split()
    )


def alike(values: Mapping[str, MappedValue]) -> dict[str, str]:
    """The texts that a mapping replaces by how they are compared; none where two that are alike become
    different values.
    """
    found: dict[str, list[str]] = {}
    for text in values:
        found.setdefault(folded(text), []).append(text)
    return {
        key: texts[0]
        for key, texts in found.items()
        if all(values[text] == values[texts[0]] for text in texts)
    }


def is_alike(name: str, other: str) -> bool:
    """Whether a name of a mapping, in which * stands for any text, is this one; folders before it mean
    nothing.
    """
    pattern = (
        folded(name.rstrip("/\\").replace("\\", "/").rpartition("/")[2])
        .replace("[", "[[]")
        .replace("?", "[?]")
    )
    return fnmatchcase(folded(other), pattern)


def is_file(name: str, grid: Grid) -> bool:
    """Whether a name of a mapping is that of the grid's file, with or without its ending."""
    source = grid.source.rstrip("/")
    return is_alike(name, source) or is_alike(name, PurePath(source).stem)


def is_sheet(name: str, grid: Grid) -> bool:
    """Whether a name of a mapping is that of the grid's sheet; a file with one table has its name."""
    return (
        header_key(name) == header_key(grid.name)
        or is_alike(name, grid.name)
        or (grid.is_file and is_file(name, grid))
    )


def meant(name: str, grids: Iterable[Grid]) -> list[Grid]:
    """The sheets that a name of a mapping means: those of this name, or else all of the files that are called
    so.
    """
    held = list(grids)
    exact = [
        grid
        for grid in held
        if is_sheet(name, grid)
        or (grid.source and is_alike(name, grid.source.rstrip("/")))
    ]
    return exact or [grid for grid in held if grid.source and is_file(name, grid)]


@dataclass(frozen=True, slots=True)
class Span:
    """A time made of two cells: from ``start`` to ``end``, or from ``start`` so many ``minutes``.

    With ``only``, just in rows whose cells under those headers hold exactly these texts.
    """

    start: str
    end: str | None = None
    minutes: int | None = None
    only: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class BoundingBox:
    """Where all places should lie, in degrees."""

    south: float
    west: float
    north: float
    east: float

    def hold(self, lat: float, lon: float) -> bool:
        """Whether a point lies within; bounds may reach over the date line."""
        across = (
            self.west <= lon <= self.east
            if self.west <= self.east
            else lon >= self.west or lon <= self.east
        )
        return self.south <= lat <= self.north and across


@dataclass(frozen=True, slots=True)
class TableMapping:
    """How one table is read: which file and sheet, and for its columns other headers, constants, other values
    and prefixes.

    Headers are kept by their keys (``header_key``).
    """

    table: str
    file: str | None = None
    """The name of the file with or without its ending, in which * stands for any text; None: any file."""
    sheet: str | None = None
    header: int | None = None
    """The row of the header, counted from 1; None: it is looked for."""
    renamed: Mapping[str, str] = field(default_factory=dict)
    """Column by the key of the header that stands for it here."""
    spans: Mapping[str, Span] = field(default_factory=dict)
    constants: Mapping[str, MappedValue] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, MappedValue]] = field(default_factory=dict)
    """By column and text of a cell (without outer blanks), what is read instead."""
    alike: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """By column and folded text which of the texts is meant."""
    prefixes: Mapping[str, str] = field(default_factory=dict)
    until: Mapping[str, str] = field(default_factory=dict)
    """By column a mark; of a cell only what stands before its first one is read."""
    ignored: frozenset[str] = frozenset()
    ignore_rest: bool = False
    texts: Mapping[str, str] = field(default_factory=dict)
    """The headers named here as they are written, by their keys."""

    @property
    def overridden(self) -> frozenset[str]:
        """Columns that only the headers named here stand for."""
        return frozenset((*self.renamed.values(), *self.spans))

    @property
    def named(self) -> frozenset[str]:
        """Columns of which the mapping says something other than a constant: with ``ignore_rest`` no others
        are read.
        """
        return self.overridden.union(self.values, self.prefixes, self.until)

    def reads(self, column: str) -> bool:
        """Whether a header of the table may stand for this column."""
        return not self.ignore_rest or column in self.named

    @property
    def taken(self) -> frozenset[str]:
        """Headers that are read without being a column themselves."""
        found = {
            header_key(name)
            for span in self.spans.values()
            for name in (span.start, span.end, *span.only)
            if name
        }
        return frozenset(found)

    def meets(self, grid: Grid) -> bool:
        """Whether it says by file or sheet that it is about this grid."""
        if self.file is None and self.sheet is None:
            return False
        file = self.file is None or (bool(grid.source) and is_file(self.file, grid))
        return file and (self.sheet is None or is_sheet(self.sheet, grid))


@dataclass(frozen=True, slots=True)
class TableMappings:
    """A whole mapping: settings and tables."""

    settings: Mapping[str, Any] = field(default_factory=dict)
    """zone, first, last, day_first, and the user's own ``words`` and ``parts`` of the day."""
    bounds: BoundingBox | None = None
    tables: tuple[TableMapping, ...] = ()
    ignored_sheets: tuple[str, ...] = ()
    """Names of sheets or files to pass over, as they are written."""
