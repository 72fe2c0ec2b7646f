"""Yes, no and ticks: what a column of its own says of a record, and what names nothing."""

from __future__ import annotations

import re
from typing import Any, Final

from matchkit.messages.message import Message
from matchkit.tables.cells.plain import Plain, folded
from matchkit.tables.cells.reading import CellFault, refuse
from matchkit.tables.vocabulary.words import by_word, words

YES_NO: Final = by_word("choices", "yes_no")
TICKS: Final = YES_NO.keys() | set(words("ticks", "words")) | set("xvo√○●◯◎■□▲△★☆✅❌⭕☒☓✕✖〇")
"""What says yes or no in a column of its own, and names nothing."""
_AROUND = re.compile(r"^[\s(\[{<【《〈「『]+|[\s)\]}>】》〉」』.!。]+$|[\ufe00-\ufe0f\u20e3]")
"""Brackets and stops around a tick, and the signs that make a picture of one."""


def is_tick(cell: Any) -> bool:
    """Whether a cell holds a tick, yes or no, true or false, 1 or 0, and nothing else."""
    if isinstance(cell, bool):
        return True
    if isinstance(cell, int | float):
        return cell in (0, 1)
    if not isinstance(cell, str) or len(cell) > 12:
        return False
    try:
        text = _AROUND.sub("", folded(cell, numeric=False).casefold())
    except CellFault:
        return False
    return (
        text in TICKS
        or text in ("1.0", "0.0")
        or (len(text) > 1 and len(set(text)) == 1 and text[0] in "√✓✔xv")
    )


def refuse_ticks(cell: Plain) -> None:
    """Raises CellFault where a cell that is to name something holds a tick."""
    if is_tick(cell):
        refuse("cell.list.tick", Message("cell.accepts.no_tick"))
