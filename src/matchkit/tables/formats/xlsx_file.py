"""Workbooks (.xlsx): surveyed first, then read by python-calamine from an archive that holds nothing but what
was surveyed.

python-calamine builds a sheet as one dense matrix from its first to its last cell, copies a shared text into
every cell that names it, ends the whole process where memory runs out, and drops error values. So every part
goes through expat first, in chunks and whatever its role, before anything is built: cells and what they span,
texts and how often they are used, merged areas; and the places of errors, which are put back.
"""

from __future__ import annotations

import io
from array import array
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import numpy as np

from matchkit.errors import MatchkitError
from matchkit.tables.formats.archive import ArchivePart, parts, repacked, unpacked
from matchkit.tables.formats.faults import extra, refuse, too_large
from matchkit.tables.formats.grid import Grid, MergedArea
from matchkit.tables.formats.limits import (
    LARGEST_FILE,
    MOST_CELLS,
    MOST_CHARACTERS,
    MOST_FILES,
)
from matchkit.tables.formats.part_reader import PartReader, SheetSurvey
from matchkit.tables.formats.plain import plain, trimmed
from matchkit.tables.reading import opened, shown

STYLES = "xl/styles.xml"
"""The part that says how numbers are shown."""
OLD_OR_LOCKED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How files of the old Office begin, and workbooks under a password."""
OTHER_KINDS = {
    "xl/workbook.bin": "xlsb",
    "content.xml": "ods",
    "xl/vbaproject.bin": "macros",
}
NOT_RAN_OUT = (KeyboardInterrupt, SystemExit, GeneratorExit, MemoryError)


def read_xlsx(path: Path) -> list[Grid]:
    """The worksheets of a workbook as grids, hidden ones too, which say so; values of formulas as they were
    last calculated.

    Numbers that are whole come as int, dates and times typed, error values as their text ("#N/A"), formulas
    that nobody has calculated as ``UNCALCULATED``. Merged cells are reported and not filled in. Raises
    InputError, BudgetError or StorageError.
    """
    source = shown(path)
    content = opened(path, LARGEST_FILE)
    if content.startswith(OLD_OR_LOCKED):
        refuse("old_or_locked", source)
    survey, kept = Survey(source), _kept(parts(content, source), source)
    for part in sorted(kept, key=lambda part: part.name.casefold() != STYLES):
        survey.part(part.name, unpacked(content, part, source))
    survey.check()
    calamine = extra("python_calamine", source)
    try:
        workbook = calamine.CalamineWorkbook.from_filelike(
            io.BytesIO(repacked(content, kept))
        )
        is_sheet, is_shown = (
            calamine.SheetTypeEnum.WorkSheet,
            calamine.SheetVisibleEnum.Visible,
        )
        sheets = [sheet for sheet in workbook.sheets_metadata if sheet.typ == is_sheet]
        if len(sheets) > MOST_FILES:
            too_large("sheets", source, most=MOST_FILES)
        return [
            _grid(workbook, one.name, one.visible != is_shown, survey) for one in sheets
        ]
    except (MatchkitError, *NOT_RAN_OUT):
        raise
    except BaseException:  # noqa: BLE001 - a panic of the Rust below is not even an Exception
        refuse("damaged", source)


def _kept(found: list[ArchivePart], source: str) -> list[ArchivePart]:
    """The parts in XML; pictures and the like are never unpacked."""
    names = {part.name.casefold() for part in found}
    for name, kind in OTHER_KINDS.items():
        if name in names:
            refuse(kind, source)
    if "xl/workbook.xml" not in names:
        refuse("no_workbook", source)
    return [part for part in found if part.name.casefold().endswith((".xml", ".rels"))]


@dataclass(slots=True)
class Survey:
    """What all parts of a workbook hold together."""

    source: str
    sheets: dict[str, SheetSurvey] = field(default_factory=dict)
    """What the parts that hold cells hold, by the part's name."""
    names: dict[str, str] = field(default_factory=dict)
    """The relation under which the workbook knows a sheet, by the sheet's name."""
    targets: dict[str, str] = field(default_factory=dict)
    """The part that a relation of the workbook leads to."""
    lengths: array[int] = field(default_factory=lambda: array("I"))
    """How long each shared text is."""
    uses: array[int] = field(default_factory=lambda: array("I"))
    """The shared text that each cell of text names."""
    elements: int = 0
    merged: int = 0
    errors: int = 0
    styles: dict[str | None, str] = field(default_factory=dict)
    """Which styles have a number format that matters; the part of styles is to be read first."""
    shared_in: str = ""
    """The part that holds the shared texts."""

    def part(self, name: str, chunks: Iterable[bytes]) -> None:
        """Read one part. Raises InputError where it is no XML or no sound sheet, BudgetError where it is too
        large.
        """
        reader = PartReader(self.source, self.elements, self.styles)
        reader.read(chunks)
        self.elements = reader.elements
        self.merged += reader.merged
        self.errors += len(reader.sheet.put_back)
        reader.check(self.merged, self.errors)
        if reader.lengths:
            if self.shared_in or reader.has_cells:
                refuse("twice", self.source)
            self.shared_in, self.lengths = name, reader.lengths
        if reader.has_cells:
            self.sheets[name.casefold()] = reader.sheet
            self.uses.extend(reader.uses)
        self.names.update(reader.names)
        if name.casefold() == "xl/_rels/workbook.xml.rels":
            self.targets.update(reader.targets)
        if name.casefold() == STYLES:
            self.styles = reader.formats.kinds()

    def check(self) -> None:
        """What can be told only after all parts: what cells span and how much text they hold together."""
        spanned = sum(sheet.height * sheet.width for sheet in self.sheets.values())
        if spanned > MOST_CELLS:
            too_large("cells", self.source, cells=spanned, most=MOST_CELLS)
        lengths, uses = np.array(self.lengths, np.int64), np.array(self.uses, np.int64)
        if uses.size and int(uses.max()) >= lengths.size:
            refuse("damaged", self.source)
        characters = int(lengths[uses].sum()) if uses.size else 0
        if characters > MOST_CHARACTERS:
            too_large(
                "characters", self.source, characters=characters, most=MOST_CHARACTERS
            )

    def sheet(self, name: str) -> SheetSurvey:
        """What was found in the part of this sheet; nothing where it has none."""
        target = self.targets.get(self.names.get(name, ""), "")
        part = target[1:] if target.startswith("/") else f"xl/{target}"
        return self.sheets.get(part.casefold()) or SheetSurvey()


def _grid(workbook: Any, name: str, hidden: bool, survey: Survey) -> Grid:
    sheet, found = workbook.get_sheet_by_name(name), survey.sheet(name)
    rows = [
        [plain(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)
    ]
    for (row, column), cell in found.put_back.items():
        rows += [[] for _ in range(row + 1 - len(rows))]
        rows[row] += [None] * (column + 1 - len(rows[row]))
        rows[row][column] = plain(cell)
    for row, column in zip(found.midnights[::2], found.midnights[1::2], strict=True):
        midnight = (
            rows[row][column] if row < len(rows) and column < len(rows[row]) else None
        )
        if type(midnight) is date:
            rows[row][column] = datetime.combine(midnight, time())
    rows = trimmed(rows)
    merged = _merged(
        sheet.merged_cell_ranges or [], len(rows), len(rows[0]) if rows else 0
    )
    covered = sum(
        (bottom - top + 1) * (right - left + 1) for top, left, bottom, right in merged
    )
    if covered > MOST_CELLS:  # they overlap: whoever fills them in would never end
        too_large("merged_cells", survey.source, most=MOST_CELLS)
    padded: dict[int, set[int]] = {}
    for row, column in zip(found.padded[::2], found.padded[1::2], strict=True):
        padded.setdefault(column, set()).add(row)
    return Grid(
        name,
        rows,
        survey.source,
        range(1, len(rows) + 1),
        merged,
        hidden=hidden,
        hidden_rows=frozenset(row for row in found.hidden if row < len(rows)),
        padded=padded,
    )


def _merged(
    ranges: list[tuple[tuple[int, int], tuple[int, int]]], height: int, width: int
) -> tuple[MergedArea, ...]:
    """The areas as far as they lie within the rows; what is left of one as a single cell is none."""
    areas = (
        (top, left, min(bottom, height - 1), min(right, width - 1))
        for (top, left), (bottom, right) in ranges
    )
    return tuple(
        sorted(
            (top, left, bottom, right)
            for top, left, bottom, right in areas
            if top <= bottom and left <= right and (top, left) != (bottom, right)
        )
    )
