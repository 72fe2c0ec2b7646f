"""What is wrong with a file, in English and Chinese: all faults at once, so many of them listed and the rest
counted; what is too large; and a package of the extra ``tables`` that is not installed.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from importlib import import_module
from typing import Any, NoReturn

from matchkit.arrow import no_allocator_thread
from matchkit.errors import LISTED, BudgetError, Complaint, InputError
from matchkit.messages.message import Message
from matchkit.tables.formats.limits import MOST_CELLS, MOST_COLUMNS, MOST_ROWS
from matchkit.tables.location import Where, letters, quote, quoted


def complaint(
    key: str,
    source: str,
    line: int | None = None,
    sheet: str | None = None,
    column: int | None = None,
    **values: Any,
) -> Complaint:
    """The message ``sheet.<key>`` and its advice ``sheet.<key>.do`` about a place."""
    where = Where(
        source, quote(sheet or ""), line, letters(column - 1) if column else ""
    )
    values = {
        name: quoted(value) if isinstance(value, str) else value
        for name, value in values.items()
    }
    return Complaint.of(where, f"sheet.{key}", **values)


def refuse(key: str, source: str, line: int | None = None, **values: Any) -> NoReturn:
    """Raise InputError with this one complaint, without the error that led to it."""
    raise InputError([complaint(key, source, line, **values)]) from None


def too_large(key: str, source: str, **values: Any) -> NoReturn:
    """Raise BudgetError with the message ``sheet.over.<key>``."""
    raise BudgetError(
        Message.of(f"sheet.over.{key}", source=source or Where(), **values)
    ) from None


def check_extent(source: str, rows: int, columns: int) -> None:
    """Raise BudgetError for a table with more rows, columns or cells than are read or written."""
    if rows > MOST_ROWS:
        too_large("rows", source, most=MOST_ROWS)
    if columns > MOST_COLUMNS:
        too_large("columns", source, most=MOST_COLUMNS)
    if rows * columns > MOST_CELLS:
        too_large("cells", source, cells=rows * columns, most=MOST_CELLS)


class FileFaults:
    """Complaints as they are found; ``raise_if_any`` raises them together."""

    def __init__(self) -> None:
        self.found: list[Complaint] = []
        self.more = 0

    def add(
        self, key: str, source: str, line: int | None = None, **values: Any
    ) -> None:
        """Add one more complaint, or count it where there are many already."""
        self.keep(partial(complaint, key, source, line, **values))

    def keep(self, make: Callable[[], Complaint]) -> None:
        """Keep one more complaint, or count it where there are many already and it need not be made."""
        if len(self.found) < LISTED:
            self.found.append(make())
        else:
            self.more += 1

    def take(self, error: InputError) -> None:
        """Take over all that another part of the source was refused for."""
        kept = error.complaints[: LISTED - len(self.found)]
        self.found += kept
        self.more += error.more + len(error.complaints) - len(kept)

    def raise_if_any(self) -> None:
        """Raise InputError where anything was found."""
        if self.found:
            raise InputError(self.found, self.more)


def extra(module: str, source: str = "") -> Any:
    """The module of this name. Raises InputError, which names the extra, where it is not installed."""
    try:
        with no_allocator_thread():
            return import_module(module)
    except ImportError:
        refuse("extra", source, package=module.partition(".")[0])
