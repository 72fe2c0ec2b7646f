"""What to reach, one goal after another (lexicographically)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from matchkit.arrays import Int32

GoalValues: TypeAlias = tuple[int, ...]
"""One whole number a goal; they compare in their order, as Python compares tuples."""


@dataclass(frozen=True, slots=True)
class Goals:
    """Which goal each unit counts for. Goals are numbered in the order of ``names``, the first before all
    others.

    A unit on a node counts 1 in the goal given for that part of the node, -1 meaning in none:
    ``left_minimum`` and ``right_minimum`` (int32, one a node) for the units up to the node's minimum,
    ``right_rest`` for the units beyond the minimum, ``left_cap_minimum`` (one number) for units up to the
    minimum of a cap of left nodes, ``every`` (one number) for all units whatever else they count for. Where
    ``weight`` is true, the last goal is the sum of weight times units over the pairs.
    """

    names: tuple[str, ...]
    left_minimum: Int32
    right_minimum: Int32
    right_rest: Int32
    weight: bool
    every: int = -1
    left_cap_minimum: int = -1
