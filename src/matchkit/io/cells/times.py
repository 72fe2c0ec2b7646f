"""Times."""

from __future__ import annotations

from matchkit.io.cells.context import Context
from matchkit.io.cells.lists import AsItem
from matchkit.io.cells.plain import Plain
from matchkit.io.cells.reading import Doubts, refuse
from matchkit.model.time import Window
from matchkit.model.weekly import Weekly


def read_times(cell: Plain, context: Context, doubts: Doubts) -> tuple[Window | Weekly, ...]:  # noqa: ARG001
    """Times."""
    refuse("cell.time.not")


def write_times(times: tuple[Window | Weekly, ...], as_item: AsItem) -> str | None:  # noqa: ARG001
    """Times."""
    return None
