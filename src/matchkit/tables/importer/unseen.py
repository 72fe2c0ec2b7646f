"""What a sheet holds and does not show, or shows otherwise: whoever looks at it does not see what is read."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from matchkit.messages.message import Message
from matchkit.tables.findings import Notices
from matchkit.tables.formats.grid import Grid
from matchkit.tables.importer.headers import Sheet
from matchkit.tables.location import Where, where

TEXTS = frozenset({"id", "ids", "name", "names", "kind", "skills", "personal"})
"""Kinds of columns in which 0007 is not 7."""


def tell_unread(grids: Sequence[Grid], ignored: Collection[int], notices: Notices) -> None:
    """Tells of files and folders that were left out and may hold a list that is missing; not of those whose
    ``id`` is among the ignored.
    """
    for grid in grids:
        if grid.unread and id(grid) not in ignored:
            notices.found(
                "ignored",
                Where(grid.source),
                Message.of("unseen.folder" if grid.source.endswith("/") else "unseen.file"),
            )


def tell_unseen(sheet: Sheet, notices: Notices) -> None:
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
            "guess", where(grid, hidden[0]), Message.of("unseen.rows"), more=len(hidden) - 1
        )
    for column in sheet.columns if grid.padded else ():
        for place in sheet.places.get(column.name, ()) if column.kind in TEXTS else ():
            rows = [number for number in sheet.rows if number in grid.padded.get(place, ())]
            if rows:
                notices.found(
                    "guess",
                    where(grid, rows[0], place, sheet.head(place)),
                    Message.of("unseen.zeros"),
                    more=len(rows) - 1,
                )
