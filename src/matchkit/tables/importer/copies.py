"""Sheets of one table that hold the same rows: a copy that somebody kept would count everything twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from typing import Final

from matchkit.messages.message import Message
from matchkit.tables.findings import Notices
from matchkit.tables.formats.plain import AS_THEY_ARE
from matchkit.tables.importer.headers import Sheet
from matchkit.tables.location import where

SHARE: Final = 0.8
"""Where so many rows of a sheet stand in another one, too, it is taken for a copy."""


def tell_copies(sheets: Sequence[Sheet], notices: Notices) -> None:
    """Tells of sheets without ids of their own whose rows stand in a sheet before them. Equal ids are a fault
    of the records.
    """
    by_table: dict[str, list[tuple[Sheet, Counter[Hashable]]]] = {}
    for sheet in sheets:
        if sheet.rows and (sheet.spare_id or "id" not in sheet.places):
            by_table.setdefault(sheet.table.name, []).append((sheet, Counter()))
    for held in by_table.values():
        for at, (sheet, rows) in enumerate(held if len(held) > 1 else ()):
            rows.update(_contents(sheet, number) for number in sheet.rows)
            for other, before in held[:at]:
                same = (rows & before).total()
                if sheet.grid is not other.grid and same >= SHARE * min(
                    len(sheet.rows), len(other.rows)
                ):
                    place = where(other.grid)
                    notices.found(
                        "guess",
                        where(sheet.grid),
                        Message.of("tables.copy", count=same, other=place),
                    )
                    break


def _contents(sheet: Sheet, number: int) -> Hashable:
    """What a row holds without its running number, by column. A cell of a foreign type is asked nothing."""
    row = sheet.grid.rows[number]
    cells = (
        (name, row[place])
        for name, places in sorted(sheet.places.items())
        for place in places
        if place not in sheet.numbers
    )
    return tuple(
        (name, cell if type(cell) in AS_THEY_ARE or type(cell) is float else id(cell))
        for name, cell in cells
        if cell is not None
    )
