"""What a sheet holds and does not show, or shows otherwise: whoever looks at it does not see what is read."""

from __future__ import annotations

from matchkit.io.lists.findings import Notices, note
from matchkit.io.lists.headers import Sheet
from matchkit.io.lists.spots import where


def tell_unseen(sheet: Sheet, notices: Notices) -> None:
    """Tells of a hidden sheet and of hidden rows that hold a record: they may be drafts, copies, or what a filter leaves out."""
    grid = sheet.grid
    if grid.hidden and sheet.rows:
        notices.found("guess", where(grid), note("unseen.sheet"))
    hidden = [number for number in sheet.rows if number in grid.hidden_rows]
    if hidden:
        notices.found("guess", where(grid, hidden[0]), note("unseen.rows"), more=len(hidden) - 1)
