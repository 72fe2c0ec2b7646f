"""A sheet that holds a table, and where its header stands: in one row, or in several that merged cells hold
together; what merged cells below it hold for all their rows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from matchkit.errors import BudgetError
from matchkit.messages.message import Message
from matchkit.tables.columns.column import Column, TableSchema
from matchkit.tables.columns.known import Headed, headed, header_key, is_unused
from matchkit.tables.columns.mapping import TableMapping
from matchkit.tables.findings import Notices
from matchkit.tables.formats.grid import Grid
from matchkit.tables.formats.plain import blank
from matchkit.tables.importer.no_record import is_sum
from matchkit.tables.location import Where, where


@dataclass(slots=True)
class TableSheet:
    """A grid of which the table, the header and the columns are known."""

    number: int
    grid: Grid
    table: TableSchema
    header: int
    """Place of the header in the grid's rows."""
    mapping: TableMapping
    taken: Message | None = None
    """How its table was guessed; None where it is certain."""
    places: dict[str, list[int]] = field(default_factory=dict)
    """Of every column of ours, by name, the places under whose headers it stands: several where a list goes
    on, or parts join.
    """
    spare_id: bool = False
    """Whether the ids are a running number."""
    numbers: list[int] = field(default_factory=list)
    """Places of running numbers, whether they serve as ids or not."""
    unknown: int = 0
    """How many headers nobody knows."""
    met: set[tuple[str, str]] = field(default_factory=set)
    """Columns with the texts that stand in them of those that the mapping replaces or looks for."""
    rows: list[int] = field(default_factory=list)
    """Places of the rows that hold a record."""
    dated: set[int] = field(default_factory=set)
    """Those among them whose start and end are hours of the day that a column of times names."""

    @property
    def columns(self) -> list[Column]:
        """The columns that are there or that the mapping gives a constant."""
        return [
            column
            for column in self.table.columns
            if column.name in self.places or column.name in self.mapping.constants
        ]

    def head(self, place: int) -> Any:
        """The header at this place, as it is written."""
        return self.grid.rows[self.header][place]

    def at(self, row: int | None = None, place: int | None = None) -> Where:
        """Where a row of the grid, or its cell at a place, stands in the files; without a row, the sheet."""
        return where(self.grid, row, place, None if place is None else self.head(place))


COUNTS = frozenset({"whole", "head_count", "points", "loads"})
"""Kinds of cells that may count for all merged rows together, or for each of them: filling them is a guess.
"""


def unmerged(grid: Grid) -> Grid:
    """The grid with the first column of each merged area filled from its first cell; the grid itself where
    there are none.

    Other columns stay empty: what is merged sideways over cells of a record is no value of each of them.

    Raises BudgetError where the areas hold more cells than the grid, which only areas do that lie over each
    other.
    """
    if not grid.merged:
        return grid
    rows = [list(row) for row in grid.rows]
    cells = len(rows) * len(rows[0])
    for top, left, bottom, right in dict.fromkeys(grid.merged):
        below, beside = min(bottom, len(rows) - 1), min(right, len(rows[0]) - 1)
        if not (0 <= top < len(rows) and 0 <= left < len(rows[0])):
            continue
        cells -= max(0, below - top + 1) * max(0, beside - left + 1)
        if cells < 0:
            raise BudgetError(Message.of("tables.over.merged", where=where(grid)))
        value = rows[top][left]
        for row in rows[top : below + 1]:
            if row[left] is None or row[left] == "":
                row[left] = value
    return replace(grid, rows=rows)


def tell_merged(sheet: TableSheet, notices: Notices) -> None:
    """Tells of every column below the header in which merged cells were filled."""
    for column in sheet.table.columns:
        for place in sheet.places.get(column.name, ()):
            areas = [
                area
                for area in sheet.grid.merged
                if area[0] > sheet.header and area[1] == place and area[2] > area[0]
            ]
            if areas:
                spot = sheet.at(areas[0][0], place)
                message = Message.of("tables.merged", count=len(areas))
                notices.found(
                    "guess" if column.kind in COUNTS else "note", spot, message
                )


def headings(sheet: TableSheet, notices: Notices) -> set[int]:
    """Rows below the header over whose columns one area is merged: they head those that follow and hold no
    record.

    Where other cells of such a row hold something, it stays, and that the area was read in its first column
    alone is to be confirmed.
    """
    used = sorted({place for places in sheet.places.values() for place in places})
    found: set[int] = set()
    beside: dict[int, list[int]] = {}
    for top, left, bottom, right in sheet.grid.merged:
        if (
            left == right
            or not sheet.header < top < len(sheet.grid.rows)
            or sum(left <= place <= right for place in used) < 2
        ):
            continue
        rows = range(top, min(bottom + 1, len(sheet.grid.rows)))
        value = sheet.grid.rows[top][left]
        if blank(value) or (isinstance(value, str) and is_sum(value)):
            continue
        others = (
            (place, cell)
            for row in rows
            for place, cell in enumerate(sheet.grid.rows[row])
        )
        if any(
            place != left and place not in sheet.numbers and not blank(cell)
            for place, cell in others
        ):
            beside.setdefault(left, []).append(top)
        else:
            found.update(rows)
            notices.found("ignored", sheet.at(top), Message.of("tables.heading"))
    for place, tops in beside.items():
        spot = sheet.at(tops[0], place)
        notices.found(
            "guess", spot, Message.of("tables.merged_beside", count=len(tops))
        )
    return found


DEEPEST: Final = 20
"""A header is looked for in so many rows from the top."""

FEWEST: Final = 2
"""So many known headers, or all there are, make a row the header."""


def known(
    table: TableSchema, header: object, renamed: Mapping[str, str]
) -> Headed | None:
    """What a cell is the header of, by the mapping or else by its name."""
    if not isinstance(header, str):
        return None
    ours = renamed.get(header_key(header))
    if ours is not None:
        return Headed(table.column(ours))
    return headed(table, header)


def header_columns(
    table: TableSchema, row: Sequence[Any], mapping: TableMapping
) -> set[str]:
    """The columns of the table that the cells of a row are headers of, and headers that the mapping reads
    otherwise.
    """
    columns = {
        found.column.name
        for cell in row
        if (found := known(table, cell, mapping.renamed))
    }
    return (
        columns
        | {header_key(cell) for cell in row if isinstance(cell, str)} & mapping.taken
    )


def header_score(table: TableSchema, row: Sequence[Any], mapping: TableMapping) -> int:
    """How many columns of the table the cells of a row are headers of; those the mapping reads count, too."""
    return len(header_columns(table, row, mapping))


def header_rows(table: TableSchema, grid: Grid, mapping: TableMapping) -> range | None:
    """The rows that hold the header: the one with most known headers, and those above and below that it is
    merged with.
    """
    at = _best(table, grid, mapping)
    if at is None:
        return None
    first = last = at
    while first > 0 and _goes_on(table, grid, first - 1, mapping):
        first -= 1
    while last + 1 < min(DEEPEST, len(grid.rows)) and _goes_on(
        table, grid, last, mapping
    ):
        last += 1
    return range(first, last + 1)


def _best(table: TableSchema, grid: Grid, mapping: TableMapping) -> int | None:
    if mapping.header is not None:
        lines = list(grid.lines[: len(grid.rows)]) or list(range(1, len(grid.rows) + 1))
        return lines.index(mapping.header) if mapping.header in lines else None
    scores = [header_score(table, row, mapping) for row in grid.rows[:DEEPEST]]
    best = max(scores, default=0)
    if best == 0:
        return None
    at = scores.index(best)
    filled = [cell for cell in grid.rows[at] if not blank(cell)]
    unused = sum(
        1 for cell in filled if isinstance(cell, str) and is_unused(table, cell)
    )
    # One word of a header may stand in a row of records, too, and headers are quoted in messages.
    if not mapping.overridden and best + unused < min(FEWEST, len(filled)):
        return None
    return at


def _goes_on(table: TableSchema, grid: Grid, at: int, mapping: TableMapping) -> bool:
    """Whether known headers are merged with the row below them, most of their row or with other headers there
    beside them.

    Cells alike do not say so: records may be called like headers. Nor does one area alone, which may reach
    down into the records.
    """
    row, below = grid.rows[at], grid.rows[at + 1]
    merged = {
        left
        for top, left, bottom, _ in grid.merged
        if top <= at < bottom and left < len(row)
    }
    merged = {
        place
        for place in merged
        if known(table, row[place], mapping.renamed) is not None
    }
    if not merged:
        return False
    others = [cell for place, cell in enumerate(below) if place not in merged]
    return (
        len(merged) * 2 >= sum(not blank(cell) for cell in row)
        or header_score(table, others, mapping) >= FEWEST
    )


def join_header(
    table: TableSchema, grid: Grid, rows: range, mapping: TableMapping
) -> None:
    """Puts into the last row of the header what merged cells of all its rows say: 可用 over 开始 is
    可用开始.
    """
    for top, left, bottom, right in grid.merged:
        for number in range(max(top, rows.start), min(bottom, rows[-1]) + 1):
            row = grid.rows[number]
            for place in range(left + 1, min(right + 1, len(row))):
                if blank(row[place]):
                    row[place] = row[left]
        if top <= rows[-1] and left < len(
            grid.rows[0]
        ):  # no header is what a record holds
            for row in grid.rows[rows[-1] + 1 : bottom + 1]:
                row[left] = None if row[left] is grid.rows[top][left] else row[left]
    for above in rows[:-1]:
        upper, lower = grid.rows[above], grid.rows[above + 1]
        for place, (over, cell) in enumerate(zip(upper, lower, strict=True)):
            lower[place] = _joined(table, over, cell, mapping)


def _joined(table: TableSchema, over: Any, cell: Any, mapping: TableMapping) -> Any:
    if (
        blank(cell)
        or not isinstance(over, str)
        or not isinstance(cell, str)
        or over == cell
    ):
        return over if blank(cell) else cell
    if known(table, over + cell, mapping.renamed) is not None:
        return over + cell
    # What stands over a part is no name of the part, unless the mapping says so.
    named = header_key(over) in mapping.renamed or header_key(over) in mapping.taken
    return over if named and known(table, cell, mapping.renamed) is None else cell
