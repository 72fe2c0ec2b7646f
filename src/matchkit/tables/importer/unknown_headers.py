"""Headers that nobody knows: what is told of their columns, with the known one that may be meant."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import Any, Final

from matchkit.messages.message import Message, Unshortened
from matchkit.tables.cells import quote, shown
from matchkit.tables.columns.column import Column, named
from matchkit.tables.columns.known import (
    NEAR,
    in_another_zone,
    is_not_free,
    near_header,
)
from matchkit.tables.findings import Notices
from matchkit.tables.formats.plain import blank
from matchkit.tables.importer.header_row import TableSheet
from matchkit.tables.importer.value_headers import (
    FEWEST_TICKS,
    NAMING,
    columns_of_ticks,
    is_readable,
    is_time,
)
from matchkit.tables.location import where

LOOKED_AT: Final = 5
"""So many cells below a header say whether it may be that of another column."""


def first_filled(sheet: TableSheet, place: int) -> int | None:
    """The first row below the header that holds something at this place."""
    for number in range(sheet.header + 1, len(sheet.grid.rows)):
        cell = sheet.grid.rows[number][place]
        if not blank(cell):
            return number
    return None


def tell_nameless(sheet: TableSheet, place: int, notices: Notices) -> None:
    """Tells of a column that holds something and has no header."""
    first = first_filled(sheet, place)
    if first is not None and not sheet.mapping.ignore_rest:
        notices.found(
            "ignored", where(sheet.grid, first, place), Message.of("tables.no_header")
        )


def tell_unknown(sheet: TableSheet, places: list[int], notices: Notices) -> None:
    """Tells of the columns whose headers nobody knows, several of ticks together where the table has a column
    of skills.
    """
    naming = any(column.kind in NAMING for column in sheet.table.columns)
    ticks = (
        columns_of_ticks(sheet.grid.rows[sheet.header + 1 :], places) if naming else []
    )
    if len(ticks) < FEWEST_TICKS:
        ticks = []
    else:
        _tell_ticks(sheet, ticks, notices)
    for place in places:
        if place not in ticks:
            _ignored(sheet, place, sheet.head(place), notices)


def _ignored(sheet: TableSheet, place: int, cell: object, notices: Notices) -> None:
    sheet.unknown += 1
    near = (
        near_header(sheet.table, cell)
        if isinstance(cell, str) and sheet.unknown <= NEAR
        else None
    )
    if near is not None and not _may_hold(sheet, place, near[0]):
        near = None
    spot = sheet.at(sheet.header, place)
    times = next(
        (column for column in sheet.table.columns if column.kind == "times"), None
    )
    first = (
        first_cells(sheet, place)
        if times is not None
        and (near is None or near[0].kind not in ("times", "moment"))
        else []
    )
    if (
        isinstance(cell, str)
        and (other := in_another_zone(sheet.table, cell)) is not None
    ):
        notices.found(
            "ignored",
            spot,
            Message.of(
                "tables.column_zone", zone=quote(other[1]), column=named(other[0])
            ),
        )
    elif times is not None and first and all(map(is_time, first)):
        message = (
            "tables.column_not_free"
            if isinstance(cell, str) and is_not_free(cell)
            else "tables.column_of_times"
        )
        notices.found("ignored", spot, Message.of(message, column=named(times)))
    elif near is not None:
        notices.found("ignored", spot, Message.of("tables.column_near", near=near[1]))
    else:
        notices.found("ignored", spot, Message.of("tables.column_unknown"))


def _may_hold(sheet: TableSheet, place: int, column: Column) -> bool:
    """Whether the first cells below a header could be those of a column: who renames the header should not
    get faults in their place.
    """
    return column.kind in ("raw", "setting") or all(
        is_readable(column.kind, cell) for cell in first_cells(sheet, place)
    )


def first_cells(sheet: TableSheet, place: int) -> list[Any]:
    """The first cells below a header that hold something."""
    cells = (
        row[place]
        for row in sheet.grid.rows[sheet.header + 1 :]
        if not blank(row[place])
    )
    return list(islice(cells, LOOKED_AT))


def _tell_ticks(sheet: TableSheet, places: Sequence[int], notices: Notices) -> None:
    """Tells of columns of ticks whose headers nobody knows, all at once: each may be a skill."""
    heads = [sheet.head(place) for place in places]
    example = "; ".join(map(shown, heads[:2]))
    message = Message.of(
        "tables.ticks.unknown", columns=Unshortened(map(quote, heads)), example=example
    )
    notices.found("ignored", sheet.at(sheet.header), message)
