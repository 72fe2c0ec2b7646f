"""Cells that hold days or hours alone, and the two put together: a column of dates beside one of hours says
one time a row.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, Final, Literal

from matchkit.tables.cells.context import Context
from matchkit.tables.cells.dates import without_midnight
from matchkit.tables.cells.plain import LONGEST_NUMBER, folded
from matchkit.tables.cells.reading import CellFault, Doubts
from matchkit.tables.cells.time_tokens import tokens
from matchkit.tables.formats.typed import written

_JOINS: Final = frozenset({"range", "list"})
_DAYS: Final = _JOINS | {"date", "days"}
_HOURS: Final = _JOINS | {"clock", "part", "next", "after"}
_ITEMS: Final = re.compile("[;；\n\r]+")
"""What parts times in a cell."""


def says(cell: Any, context: Context) -> Literal["days", "hours", ""]:
    """Whether a cell names days without hours, or hours without days; "" for anything else."""
    if isinstance(cell, time) or (
        isinstance(cell, timedelta) and timedelta() <= cell <= timedelta(days=1)
    ):
        return "hours"
    if isinstance(cell, date):  # a moment at midnight stands for its day
        return (
            "days"
            if not isinstance(cell, datetime) or (cell.time() == time() and cell.tzinfo is None)
            else ""
        )
    if not isinstance(cell, str) or len(cell) > LONGEST_NUMBER:
        return ""
    try:
        text = folded(_text(cell, context)).casefold()
        kinds = {token.kind for token in tokens(text, context, Doubts())}
    except CellFault as fault:  # a date that is not certain is one all the same
        return "days" if fault.fact.key.startswith("cell.date.") else ""
    if not kinds - _JOINS:
        return ""
    return "days" if kinds <= _DAYS else "hours" if kinds <= _HOURS else ""


def together(cells: Sequence[Any], context: Context) -> Any:
    """Days and hours as one cell, which is a moment where they are a cell of each type."""
    if (
        len(cells) == 2 and isinstance(cells[0], date) and isinstance(cells[1], time)
    ):  # which keeps its seconds
        return datetime.combine(cells[0], cells[1])
    return " ".join(_text(cell, context) for cell in cells)


def from_until(start: Any, end: Any, context: Context) -> str:
    """Hours from a start to an end as one cell."""
    return f"{_text(start, context)} - {_text(end, context)}"


def _text(cell: Any, context: Context) -> str:
    if isinstance(cell, str):
        return ", ".join(
            without_midnight(context.word(item.strip()))
            for item in _ITEMS.split(cell)
            if item.strip()
        )
    if isinstance(cell, datetime):
        cell = cell.date()
    text = written(cell)
    return text[:5] if text[5:] == ":00" else text
