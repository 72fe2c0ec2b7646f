"""Findings about a sheet as a whole: a copy of another one, rows that a state says are over, and what is
hidden or shown otherwise than it is read.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Hashable, Sequence
from typing import Final

from matchkit.messages.message import Message
from matchkit.tables.columns.known import header_key
from matchkit.tables.findings import Notices
from matchkit.tables.formats.grid import Grid
from matchkit.tables.formats.plain import AS_THEY_ARE
from matchkit.tables.importer.header_row import TableSheet
from matchkit.tables.location import Where, quoted, where
from matchkit.tables.vocabulary.words import pattern, words

STATES: Final = frozenset(map(header_key, words("states", "states")))
REMARKS: Final = frozenset(map(header_key, words("states", "remarks")))

SHORT, SHORT_ENGLISH = 8, 24
"""A remark of so many characters says little else than the state."""

_GONE = pattern("<<states.gone>>", re.IGNORECASE)


def tell_withdrawn(sheet: TableSheet, notices: Notices) -> None:
    """Tells of rows that were read although a state, or a short remark, says that they are cancelled, over or
    withdrawn.

    Not where a mapping says that the column means nothing.
    """
    used = {place for places in sheet.places.values() for place in places}
    for place, header in enumerate(sheet.grid.rows[sheet.header]):
        key = (
            header_key(header) if isinstance(header, str) and place not in used else ""
        )
        if (
            (key not in STATES and key not in REMARKS)
            or key in sheet.mapping.ignored
            or sheet.mapping.ignore_rest
        ):
            continue
        cells_by_text: dict[str, list[int]] = {}
        for number in sheet.rows:
            cell = sheet.grid.rows[number][place]
            if type(cell) is str and cell:
                cells_by_text.setdefault(cell, []).append(number)
        for cell, rows in cells_by_text.items():
            short = len(cell) <= (SHORT_ENGLISH if cell.isascii() else SHORT)
            if (key in STATES or short) and _GONE.search(cell[:200]):
                spot = where(sheet.grid, rows[0], place, header)
                # A remark may name somebody.
                read = quoted(cell) if key in STATES else None
                notices.found(
                    "guess", spot, Message.of("tables.withdrawn"), read, len(rows) - 1
                )


SHARE: Final = 0.8
"""Where so many rows of a sheet stand in another one, too, it is taken for a copy."""


def tell_copies(sheets: Sequence[TableSheet], notices: Notices) -> None:
    """Tells of sheets without ids of their own whose rows stand in a sheet before them. Equal ids are a fault
    of the records.
    """
    by_table: dict[str, list[tuple[TableSheet, Counter[Hashable]]]] = {}
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
                        sheet.at(),
                        Message.of("tables.copy", count=same, other=place),
                    )
                    break


def _contents(sheet: TableSheet, number: int) -> Hashable:
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


TEXTS = frozenset({"id", "ids", "name", "names", "kind", "skills", "personal"})
"""Kinds of columns in which 0007 is not 7."""


def tell_unread(
    grids: Sequence[Grid], ignored: Collection[int], notices: Notices
) -> None:
    """Tells of files and folders that were left out and may hold a list that is missing; not of those whose
    ``id`` is among the ignored.
    """
    for grid in grids:
        if grid.unread and id(grid) not in ignored:
            notices.found(
                "ignored",
                Where(grid.source),
                Message.of(
                    "unseen.folder" if grid.source.endswith("/") else "unseen.file"
                ),
            )


def tell_unseen(sheet: TableSheet, notices: Notices) -> None:
    """Tells of a hidden sheet, and of hidden rows that hold a record: they may be drafts, copies, or what a
    filter leaves out.

    Also of texts and ids that are numbers, and seen as others: whoever writes the id 0007 elsewhere does not
    mean 7.
    """
    grid = sheet.grid
    if grid.hidden and sheet.rows:
        notices.found("guess", where(grid), Message.of("unseen.sheet"))
    hidden = [number for number in sheet.rows if number in grid.hidden_rows]
    if hidden:
        notices.found(
            "guess",
            where(grid, hidden[0]),
            Message.of("unseen.rows"),
            more=len(hidden) - 1,
        )
    for column in sheet.columns if grid.padded else ():
        for place in sheet.places.get(column.name, ()) if column.kind in TEXTS else ():
            rows = [
                number for number in sheet.rows if number in grid.padded.get(place, ())
            ]
            if rows:
                notices.found(
                    "guess",
                    where(grid, rows[0], place, sheet.head(place)),
                    Message.of("unseen.zeros"),
                    more=len(rows) - 1,
                )
