"""Workbooks (.xlsx): surveyed first, then read by python-calamine from an archive that holds nothing but what
was surveyed.
"""

from __future__ import annotations

import io
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from matchkit.errors import MatchkitError
from matchkit.tables.formats.archive import Part, parts, repacked, unpacked
from matchkit.tables.formats.extra import extra
from matchkit.tables.formats.faults import refuse, too_large
from matchkit.tables.formats.grid import Area, Grid
from matchkit.tables.formats.limits import LARGEST_FILE, MOST_CELLS, MOST_FILES
from matchkit.tables.formats.plain import plain, trimmed
from matchkit.tables.formats.survey import STYLES, Survey
from matchkit.tables.reading import opened, shown

OLD_OR_LOCKED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How files of the old Office begin, and workbooks under a password."""
OTHER_KINDS = {"xl/workbook.bin": "xlsb", "content.xml": "ods", "xl/vbaproject.bin": "macros"}
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
        workbook = calamine.CalamineWorkbook.from_filelike(io.BytesIO(repacked(content, kept)))
        told = [
            sheet
            for sheet in workbook.sheets_metadata
            if sheet.typ == calamine.SheetTypeEnum.WorkSheet
        ]
        if len(told) > MOST_FILES:
            too_large("sheets", source, most=MOST_FILES)
        visible = calamine.SheetVisibleEnum.Visible
        return [
            _grid(
                workbook.get_sheet_by_name(sheet.name),
                sheet.name,
                sheet.visible != visible,
                survey,
            )
            for sheet in told
        ]
    except (MatchkitError, *NOT_RAN_OUT):
        raise
    except BaseException:  # noqa: BLE001 - a panic of the Rust below is not even an Exception
        refuse("damaged", source)


def _kept(found: list[Part], source: str) -> list[Part]:
    """The parts in XML; pictures and the like are never unpacked."""
    names = {part.name.casefold() for part in found}
    for name, kind in OTHER_KINDS.items():
        if name in names:
            refuse(kind, source)
    if "xl/workbook.xml" not in names:
        refuse("no_workbook", source)
    return [part for part in found if part.name.casefold().endswith((".xml", ".rels"))]


def _grid(sheet: Any, name: str, hidden: bool, survey: Survey) -> Grid:
    found = survey.sheet(name)
    rows = [[plain(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
    for (row, column), cell in found.put_back.items():
        rows += [[] for _ in range(row + 1 - len(rows))]
        rows[row] += [None] * (column + 1 - len(rows[row]))
        rows[row][column] = plain(cell)
    for row, column in zip(found.midnights[::2], found.midnights[1::2], strict=True):
        midnight = rows[row][column] if row < len(rows) and column < len(rows[row]) else None
        if type(midnight) is date:
            rows[row][column] = datetime.combine(midnight, time())
    rows = trimmed(rows)
    merged = _merged(sheet.merged_cell_ranges or [], len(rows), len(rows[0]) if rows else 0)
    if (
        sum((bottom - top + 1) * (right - left + 1) for top, left, bottom, right in merged)
        > MOST_CELLS
    ):
        too_large(
            "merged_cells", survey.source, most=MOST_CELLS
        )  # they overlap: whoever fills them in would never end
    unseen = frozenset(row for row in found.hidden if row < len(rows))
    padded: dict[int, set[int]] = {}
    for row, column in zip(found.padded[::2], found.padded[1::2], strict=True):
        padded.setdefault(column, set()).add(row)
    lines = range(1, len(rows) + 1)
    return Grid(
        name,
        rows,
        survey.source,
        lines,
        merged,
        hidden=hidden,
        hidden_rows=unseen,
        padded=padded,
    )


def _merged(
    ranges: list[tuple[tuple[int, int], tuple[int, int]]], height: int, width: int
) -> tuple[Area, ...]:
    """The areas as far as they lie within the rows; what is left of one as a single cell is none."""
    areas = (
        (top, left, min(bottom, height - 1), min(right, width - 1))
        for (top, left), (bottom, right) in ranges
        if top < height and left < width
    )
    return tuple(
        sorted(
            area
            for area in areas
            if area[:2] != area[2:] and area[0] <= area[2] and area[1] <= area[3]
        )
    )
