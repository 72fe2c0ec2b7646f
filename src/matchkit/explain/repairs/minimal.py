"""A minimal part of a list that is enough, where more is never less: QuickXplain (Junker 2004)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

Element = TypeVar("Element")


def minimal(
    items: Sequence[Element], enough: Callable[[Sequence[Element]], bool]
) -> list[Element]:
    """Items that are enough, none of which can be left out, early ones rather than late ones. All of them
    together must be enough.
    """

    def needed(given: list[Element], rest: list[Element], *, grown: bool) -> list[Element]:
        if grown and enough(given):
            return []
        if len(rest) <= 1:
            return rest
        half = len(rest) // 2
        first, second = rest[:half], rest[half:]
        late = needed([*given, *first], second, grown=True)
        return [*needed([*given, *late], first, grown=bool(late)), *late]

    return needed([], list(items), grown=False)
