"""Rule ``unit_cap``: at most so many units in all from a unit and those below it."""

from __future__ import annotations

from collections.abc import Iterator

from matchkit.compile.lists import Lists
from matchkit.model import UnitCap


def caps(lists: Lists) -> Iterator[tuple[str, int]]:
    """Unit and most of every such rule."""
    for rule in lists.problem.rules:
        if isinstance(rule, UnitCap):
            yield rule.unit, rule.most
