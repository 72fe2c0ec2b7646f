"""Tables made by hand: pairs of resource and requirement, from a .csv, .xlsx or .json file."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

from matchkit.errors import InputError
from matchkit.messages.message import LANGUAGES, text_of
from matchkit.model.json_text import decoded, parsed
from matchkit.plan import Plan
from matchkit.tables.columns.known import slip_of
from matchkit.tables.formats import Grid, read_grids
from matchkit.tables.formats.faults import FileFaults, complaint, refuse, too_large
from matchkit.tables.formats.plain import blank, written
from matchkit.tables.importer.value_headers import DEEPEST, is_roster
from matchkit.tables.reading import check_size, read_bytes, shown

COLUMNS = ("resource", "requirement", "quantity", "start")
TRANSLATED = {
    text_of(f"ledger.column.{name}", lang).lower(): name
    for lang in LANGUAGES[1:]
    for name in COLUMNS
}
"""The same columns as tables in languages other than English name them."""
MOST_ROWS = 1_000_000
LARGEST = 64 * 1024 * 1024
"""Most bytes of a table."""
LONGEST_CELL = 1_000
_SEVERAL = re.compile("[、,，;；/\n]")
"""What stands between several names in one cell."""


def read_table(
    path: str | os.PathLike[str], known: Collection[str] | None = None
) -> list[Any] | Plan:
    """The rows of a table, or the plan that a .json file holds.

    A .csv file, or the one sheet of a .xlsx file that holds anything, has a header with the columns resource
    and requirement, and where wanted quantity and start; an empty quantity or start is none. Text is UTF-8 or
    GB18030, as ``read_grids`` says. A .json file (UTF-8) is a list of records with these fields, a list of
    pairs, or a plan. At most 64 MB. What a row says is not checked here: ``audit`` does that; but with the
    ids that are ``known`` a cell of a file of rows that is none of them and holds several names is a fault.

    Raises InputError, with line and column, for what is no such file; BudgetError for one that is too large,
    StorageError for one that cannot be read.
    """
    name = Path(path)
    if name.suffix.lower() not in (".csv", ".xlsx"):
        return _from_json(read_bytes(path), name)
    _check_file(name)
    return list(_rows(_only(read_grids(path), shown(name)), known))


def _check_file(path: Path) -> None:
    try:
        size = path.stat().st_size
    except (OSError, ValueError):
        return  # reading it says why
    check_size(path, size, LARGEST)


def _from_json(content: bytes, path: Path) -> list[Any] | Plan:
    data = parsed(decoded(content))
    if isinstance(data, dict) and "assignments" in data:
        return Plan.from_json(content)
    check_size(path, len(content), LARGEST)
    if not isinstance(data, list):
        refuse("pairs.no_list", shown(path))
    return data


def _only(grids: list[Grid], name: str) -> Grid:
    """The one grid that holds anything."""
    held = [grid for grid in grids if grid.rows]
    if not held:
        raise InputError([complaint("pairs.no_header", name, 1)])
    if len(held) > 1:
        raise InputError([complaint("pairs.sheets", name, sheet=held[1].name)])
    return held[0]


def _rows(grid: Grid, known: Collection[str] | None) -> Iterator[dict[str, Any]]:
    first = {
        cell.strip().lower()
        for row in grid.rows[:DEEPEST]
        for cell in row
        if isinstance(cell, str)
    }
    if first.isdisjoint((*COLUMNS[:2], *TRANSLATED)) and is_roster(grid):
        refuse("pairs.roster", grid.source)
    faults = FileFaults()
    count = 0
    places: list[str] = []
    for line, cells in zip(grid.lines, grid.rows, strict=True):
        if all(map(blank, cells)):
            continue
        if not places:
            places = _header(cells, grid.source, line)
            continue
        count += 1
        if count > MOST_ROWS:
            too_large("rows", grid.source, most=MOST_ROWS)
        for column, cell in enumerate(cells, 1):
            if column > len(places) and not blank(cell):
                faults.add(
                    "long_row",
                    grid.source,
                    line,
                    column=column,
                    cells=column,
                    width=len(places),
                )
            elif isinstance(cell, str) and len(cell) > LONGEST_CELL:
                faults.add(
                    "pairs.long", grid.source, line, column=column, most=LONGEST_CELL
                )
            elif (
                known is not None
                and isinstance(cell, str)
                and column <= len(places)
                and places[column - 1] in COLUMNS[:2]
            ):
                names = [name for name in _SEVERAL.split(cell) if name.strip()]
                if len(names) > 1 and cell.strip() not in known:
                    faults.add(
                        "pairs.several",
                        grid.source,
                        line,
                        column=column,
                        names=len(names),
                    )
        if not faults.found:
            yield {
                column: _cell(column, cell)
                for column, cell in zip(places, cells, strict=False)
                if not blank(cell)
            }
    faults.raise_if_any()


def _header(cells: list[Any], source: str, line: int) -> list[str]:
    names = ["" if cell is None else written(cell).strip().lower() for cell in cells]
    names = [TRANSLATED.get(name, name) for name in names]
    while names and not names[-1]:
        names.pop()
    faults = FileFaults()
    for column, name in enumerate(names, 1):
        if name not in COLUMNS:
            near = slip_of(name, COLUMNS)
            if near:
                faults.add("pairs.near", source, line, column=column, near=near)
            else:
                faults.add("pairs.unknown", source, line, column=column)
        elif name in names[: column - 1]:
            faults.add("pairs.twice", source, line, column=column, name=name)
    for name in COLUMNS[:2]:
        if name not in names:
            faults.add(f"pairs.lacks.{name}", source, line)
    faults.raise_if_any()
    return names


def _cell(column: str, cell: Any) -> Any:
    """A quantity in digits as a number; anything else stays as it is written, and the audit says what is
    wrong with it.
    """
    if isinstance(cell, int | float):
        # An id that a spreadsheet took for a number.
        return (
            written(cell)
            if column != "quantity" and not isinstance(cell, bool)
            else cell
        )
    text = written(cell).strip()
    digits = text.removeprefix("-")
    return (
        int(text)
        if column == "quantity"
        and digits.isdecimal()
        and digits.isascii()
        and len(digits) <= 30
        else text
    )
