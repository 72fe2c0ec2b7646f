"""Parts of the day: what 上午 or "evening" means where a cell names no hours. Whoever means other hours says
so in the context.
"""

from __future__ import annotations

from typing import Final

from matchkit.tables.cells.context import Context
from matchkit.tables.vocabulary.words import table, words

HOURS: Final = table("day_parts", "hours")
"""The words for each part of the day by its hours ("08:00-12:00")."""

KNOWN: Final = {word: hours for hours, held in HOURS.items() for word in held}
BEFORE_NOON: Final = frozenset(words("day_parts", "before_noon"))
"""Parts of the day whose clock times are those before noon."""
AFTER_NOON: Final = frozenset(words("day_parts", "after_noon"))
"""Parts of the day whose clock times are those from noon to midnight."""


def hours_of(part: str, context: Context) -> tuple[str, str] | None:
    """The hours of a part of the day by itself, the user's own first; None where no table has them."""
    start, _, end = KNOWN.get(part, "").partition("-")
    return context.own_parts.get(part) or ((start, end) if start else None)


def day_parts(context: Context) -> list[str]:
    """All words for parts of the day, the longest first, so that none hides another."""
    return sorted(
        {*KNOWN, *BEFORE_NOON, *AFTER_NOON, *context.own_parts},
        key=lambda word: (-len(word), word),
    )
