"""Words about time that no table can turn into hours, and those that mean always."""

from __future__ import annotations

from typing import Final

from matchkit.messages.message import Message
from matchkit.tables.cells.reading import refuse
from matchkit.tables.vocabulary.words import pattern, words

ALWAYS: Final = frozenset(words("times", "always"))
"""Whole cells that mean at all times."""
NEVER: Final = frozenset(words("times", "never"))
"""Whole cells that may mean at no time, or that nobody knows."""
_REASONS: Final = {
    "cell.time.holidays": pattern("<<times.refused.holidays>>"),
    "cell.time.rhythm": pattern("<<times.refused.rhythm>>"),
    "cell.time.vague": pattern("<<times.refused.vague>>"),
}


def refuse_what_no_table_says(text: str) -> None:
    """Raises CellFault for holidays, every other week, and words that say nothing by themselves."""
    for reason, said in _REASONS.items():
        if said.search(text):
            refuse(reason, Message("cell.accepts.time_words"))
