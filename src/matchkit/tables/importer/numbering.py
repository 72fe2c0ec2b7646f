"""Ids of rows that have none of their own: the running number, the row, and whose list it is where there are
several.
"""

from __future__ import annotations

from pathlib import PurePath

from matchkit.messages.message import Message
from matchkit.tables.cells import quote
from matchkit.tables.findings import Kind, Notices
from matchkit.tables.importer.headers import Sheet
from matchkit.tables.importer.table_rows import TableRows
from matchkit.tables.location import line_of, where

LETTERS = {
    "units": "U",
    "communities": "C",
    "resources": "R",
    "demands": "D",
    "requirements": "Q",
}


def number_rows(rows: TableRows, notices: Notices) -> None:
    """Gives every row an id: what stands there, or the letter of its table and the number of its row in the
    sheet.

    Where ids are running numbers or rows, and several sheets are one table, each id begins with whose sheet
    it is.
    """
    if rows.table.name not in LETTERS:
        return
    held = rows.values.setdefault("id", [None] * rows.count)
    several = sum(1 for sheet in rows.sheets if sheet.rows) > 1
    for sheet, start in zip(rows.sheets, rows.starts, strict=True):
        ids = held[start : start + len(sheet.rows)]
        owner = f"{_owner(rows, sheet)}-" if several else ""
        if sheet.spare_id and several:
            ids = [None if one is None else f"{owner}{one}" for one in ids]
            if ids:
                notices.found(
                    "added",
                    where(sheet.grid),
                    Message.of("tables.numbers_of_several", example=quote(ids[0] or owner)),
                )
        missing = [
            at
            for at, one in enumerate(ids)
            if one is None and not rows.is_faulty(start + at, "id", notices)
        ]
        for at in missing:
            ids[at] = f"{owner}{LETTERS[rows.table.name]}{line_of(sheet.grid, sheet.rows[at])}"
        if missing:
            # A column of ids or of running numbers with a gap is somebody's slip; a sheet without such a
            # column never had any.
            kind: Kind = "guess" if "id" in sheet.places else "added"
            spot = where(sheet.grid, sheet.rows[missing[0]])
            notices.found(
                kind,
                spot,
                Message.of("tables.numbered", id=quote(ids[missing[0]])),
                more=len(missing) - 1,
            )
        held[start : start + len(sheet.rows)] = ids


def _owner(rows: TableRows, sheet: Sheet) -> str:
    names = [other.grid.name for other in rows.sheets if other.rows]
    name = (
        sheet.grid.name
        if names.count(sheet.grid.name) == 1
        else f"{PurePath(sheet.grid.source).stem} {sheet.grid.name}"
    )
    visible = "".join(letter for letter in name if letter.isprintable()).strip()
    return visible[:100] or str(sheet.number + 1)
