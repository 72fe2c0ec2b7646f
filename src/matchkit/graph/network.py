"""The network that a matching is a flow in, with nested caps, and the goals that its units count for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from matchkit.arrays import Int32, Int64
from matchkit.graph.candidates import Candidates

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


@dataclass(frozen=True, slots=True)
class CapTree:
    """Caps on sets of nodes of one side, nested (laminar): two sets are disjoint or one holds the other.

    ``of`` (int32, one a node) is the cap directly above a node, ``parent`` (int32, one a cap) the cap
    directly above a cap, -1 meaning none; a parent has a smaller index than its children. ``capacity``
    (int64, at least 0) is the most units that the nodes below a cap may carry together, ``minimum`` (int64,
    at most the capacity; None: 0 each) what they should carry at least. Only caps of left nodes have
    minimums.
    """

    of: Int32
    parent: Int32
    capacity: Int64
    minimum: Int64 | None = None

    @property
    def least(self) -> Int64:
        """The minimum of every cap (int64)."""
        return np.zeros(self.size, np.int64) if self.minimum is None else self.minimum

    @property
    def size(self) -> int:
        """Number of caps."""
        return len(self.capacity)

    @classmethod
    def none(cls, nodes: int) -> CapTree:
        """No caps at all over so many nodes."""
        return cls(
            np.full(nodes, -1, np.int32), np.zeros(0, np.int32), np.zeros(0, np.int64)
        )


@dataclass(frozen=True, slots=True)
class Network:
    """What a matching must keep: the pairs, how many units each node may and should carry, and nested caps.

    Arrays are int64 (lefts,) and int64 (rights,), 0 <= minimum <= capacity.
    """

    pairs: Candidates
    left_capacity: Int64
    right_capacity: Int64
    left_minimum: Int64
    right_minimum: Int64
    left_tree: CapTree
    right_tree: CapTree

    @property
    def hub_count(self) -> int:
        """The root and the caps."""
        return 1 + self.left_tree.size + self.right_tree.size

    @property
    def node_count(self) -> int:
        """Left nodes, right nodes and hubs."""
        return len(self.left_capacity) + len(self.right_capacity) + self.hub_count
