"""Where the header of a table stands: in one row, or in several that merged cells hold together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from matchkit.tables.columns.column import Table
from matchkit.tables.columns.header import header_key
from matchkit.tables.columns.known import Headed, headed, is_unused
from matchkit.tables.columns.mapping import TableMapping
from matchkit.tables.formats.grid import Grid
from matchkit.tables.formats.plain import blank

DEEPEST: Final = 20
"""A header is looked for in so many rows from the top."""

FEWEST: Final = 2
"""So many known headers, or all there are, make a row the header."""


def known(table: Table, header: object, renamed: Mapping[str, str]) -> Headed | None:
    """What a cell is the header of, by the mapping or else by its name."""
    if not isinstance(header, str):
        return None
    ours = renamed.get(header_key(header))
    if ours is not None:
        return Headed(table.column(ours))
    return headed(table, header)


def header_columns(table: Table, row: Sequence[Any], mapping: TableMapping) -> set[str]:
    """The columns of the table that the cells of a row are headers of, and headers that the mapping reads
    otherwise.
    """
    columns = {
        found.column.name for cell in row if (found := known(table, cell, mapping.renamed))
    }
    return columns | {header_key(cell) for cell in row if isinstance(cell, str)} & mapping.taken


def header_score(table: Table, row: Sequence[Any], mapping: TableMapping) -> int:
    """How many columns of the table the cells of a row are headers of; those the mapping reads count, too."""
    return len(header_columns(table, row, mapping))


def header_rows(table: Table, grid: Grid, mapping: TableMapping) -> range | None:
    """The rows that hold the header: the one with most known headers, and those above and below that it is
    merged with.
    """
    at = _best(table, grid, mapping)
    if at is None:
        return None
    first = last = at
    while first > 0 and _goes_on(table, grid, first - 1, mapping):
        first -= 1
    while last + 1 < min(DEEPEST, len(grid.rows)) and _goes_on(table, grid, last, mapping):
        last += 1
    return range(first, last + 1)


def _best(table: Table, grid: Grid, mapping: TableMapping) -> int | None:
    if mapping.header is not None:
        lines = list(grid.lines[: len(grid.rows)]) or list(range(1, len(grid.rows) + 1))
        return lines.index(mapping.header) if mapping.header in lines else None
    scores = [header_score(table, row, mapping) for row in grid.rows[:DEEPEST]]
    best = max(scores, default=0)
    if best == 0:
        return None
    at = scores.index(best)
    filled = [cell for cell in grid.rows[at] if not blank(cell)]
    unused = sum(1 for cell in filled if isinstance(cell, str) and is_unused(table, cell))
    # One word of a header may stand in a row of records, too, and headers are quoted in messages.
    if not mapping.overridden and best + unused < min(FEWEST, len(filled)):
        return None
    return at


def _goes_on(table: Table, grid: Grid, at: int, mapping: TableMapping) -> bool:
    """Whether known headers are merged with the row below them, most of their row or with other headers there
    beside them.

    Cells alike do not say so: records may be called like headers. Nor does one area alone, which may reach
    down into the records.
    """
    row, below = grid.rows[at], grid.rows[at + 1]
    merged = {
        left for top, left, bottom, _ in grid.merged if top <= at < bottom and left < len(row)
    }
    merged = {
        place for place in merged if known(table, row[place], mapping.renamed) is not None
    }
    if not merged:
        return False
    others = [cell for place, cell in enumerate(below) if place not in merged]
    return (
        len(merged) * 2 >= sum(not blank(cell) for cell in row)
        or header_score(table, others, mapping) >= FEWEST
    )


def join_header(table: Table, grid: Grid, rows: range, mapping: TableMapping) -> None:
    """Puts into the last row of the header what merged cells of all its rows say: 可用 over 开始 is
    可用开始.
    """
    for top, left, bottom, right in grid.merged:
        for number in range(max(top, rows.start), min(bottom, rows[-1]) + 1):
            row = grid.rows[number]
            for place in range(left + 1, min(right + 1, len(row))):
                if blank(row[place]):
                    row[place] = row[left]
        if top <= rows[-1] and left < len(grid.rows[0]):  # no header is what a record holds
            for row in grid.rows[rows[-1] + 1 : bottom + 1]:
                row[left] = None if row[left] is grid.rows[top][left] else row[left]
    for above in rows[:-1]:
        upper, lower = grid.rows[above], grid.rows[above + 1]
        for place, (over, cell) in enumerate(zip(upper, lower, strict=True)):
            lower[place] = _joined(table, over, cell, mapping)


def _joined(table: Table, over: Any, cell: Any, mapping: TableMapping) -> Any:
    if blank(cell) or not isinstance(over, str) or not isinstance(cell, str) or over == cell:
        return over if blank(cell) else cell
    if known(table, over + cell, mapping.renamed) is not None:
        return over + cell
    # What stands over a part is no name of the part, unless the mapping says so.
    named = header_key(over) in mapping.renamed or header_key(over) in mapping.taken
    return over if named and known(table, cell, mapping.renamed) is None else cell
